import { frontOf } from '../desk/going-on.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { KioskState } from '../flows/kiosk-state.ts'
import type { Ground } from '../ground.ts'
import { flowOf } from '../store/flows.ts'

export type LabelState = 'none' | 'printing' | 'printed' | 'not-printed'

type Print = (unit: KnownUnit) => Promise<'no-printer' | { readonly outcome: 'printed' | 'not-printed' | 'unknown' }>

/** The label that a customer sticks on the piece before it goes into the slot: printed once, when the return is done. */
export class PieceLabels {
  readonly #ground: Ground
  readonly #print: Print
  readonly #changed: () => void
  readonly #states = new Map<string, LabelState>()

  constructor(parts: { ground: Ground; print: Print; changed: () => void }) {
    this.#ground = parts.ground
    this.#print = parts.print
    this.#changed = parts.changed
  }

  of(returnId: string): LabelState {
    return this.#states.get(returnId) ?? 'none'
  }

  /** Something was done at this kiosk: a return may just have come to its end. Never waits, never throws. */
  look(): void {
    if (this.#ground.seat !== 'kiosk') return
    const { reading } = this.#ground.store
    const { flowId } = frontOf(reading)
    const state = flowId === null ? null : (flowOf(reading, flowId)?.state as KioskState | undefined)
    if (!state?.done || state.unitId === null || this.#states.has(state.done.returnId)) return
    const unit = unitOf(this.#ground, state.unitId)
    if (unit) this.#printOnce(state.done.returnId, unit)
  }

  #printOnce(returnId: string, unit: KnownUnit): void {
    this.#states.set(returnId, 'printing')
    const settle = (state: LabelState) => {
      this.#states.set(returnId, state)
      this.#changed()
    }
    this.#print(unit).then(
      (outcome) => settle(outcome === 'no-printer' ? 'none' : outcome.outcome === 'not-printed' ? 'not-printed' : 'printed'),
      () => settle('not-printed'),
    )
  }
}
