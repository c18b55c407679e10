import { ok } from '../../../contract/fault.ts'
import type { OutsideCheck } from '../../../contract/outside-check.ts'
import { isAskedFor, numberFor } from '../../../contract/register-question.ts'
import type { Intent } from '../../../contract/verdict.ts'
import type { Desk } from '../desk/desk.ts'
import { frontOf } from '../desk/going-on.ts'
import { runCheck } from '../desk/run-check.ts'
import { runKiosk } from '../desk/run-kiosk.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { KioskState } from '../flows/kiosk-state.ts'
import type { Ground } from '../ground.ts'
import { flowOf, type FlowRow } from '../store/flows.ts'
import type { Reading } from '../store/store.ts'
import { askRegister } from './ask-register.ts'
import { piecesIn } from './pieces-in-front.ts'
import { keyFor } from './register-keys.ts'

/**
 * Asks others about the piece in front, beside the answer the till gives at once. Nobody waits for it: what is heard
 * becomes a fact of the next verdict, and the screen is told anew.
 */
export class OutsideDesk {
  readonly #ground: Ground
  readonly #desk: Desk
  readonly #dataDir: string
  readonly #underWay = new Set<Promise<void>>()
  #closed = false

  constructor(parts: { ground: Ground; desk: Desk; dataDir: string }) {
    this.#ground = parts.ground
    this.#desk = parts.desk
    this.#dataDir = parts.dataDir
  }

  /**
   * Something was done at the desk: there may be a piece to ask about. Called before the desk tells of it, so that its
   * one view already says who is being asked. Never waits, never throws.
   */
  look(): void {
    const checks = this.#ground.policy().outside ?? []
    if (checks.length === 0 || this.#closed) return
    const { reading } = this.#ground.store
    for (const flow of flowsInFront(reading))
      for (const { unitId, intent } of piecesIn(flow)) {
        const unit = unitOf(this.#ground, unitId)
        if (unit !== null) for (const check of checks) this.#askOnce(check, unit, intent, flow)
      }
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#underWay)
  }

  #askOnce(check: OutsideCheck, unit: KnownUnit, intent: Intent, flow: FlowRow): void {
    const number = numberFor(check, unit.aliases)
    if (number === null || !isAskedFor(check, unit.product.category, intent) || !this.#ground.outside.begin(unit.id, check.id)) return
    const about = { number: number.value, kind: number.kind, gtin: unit.product.gtin ?? '', brand: unit.product.brand }
    const asking = askRegister(check, about, keyFor(this.#dataDir, check), () => this.#ground.now()).then(({ answer }) => {
      this.#underWay.delete(asking)
      if (this.#closed) return
      this.#ground.outside.heard(unit.id, check.id, answer, check.mayKeep)
      this.#tell(flow, unit.id)
    }).catch((error: unknown) => console.error(error))
    this.#underWay.add(asking)
  }

  /** The flow that asked hears of it, if the piece is still on its table; whatever else shows the piece is drawn anew. */
  #tell(asked: FlowRow, unitId: string): void {
    const flow = flowOf(this.#ground.store.reading, asked.id)
    const isThere = flow !== null && flow.status === 'open' && piecesIn(flow).some((piece) => piece.unitId === unitId)
    if (!isThere || (flow.kind !== 'check' && flow.kind !== 'kiosk')) return this.#desk.changed()
    this.#desk.act(flow.id, (deed) => {
      if (flow.kind === 'check') return runCheck(deed, { do: 'heard' })
      return flow.kind === 'kiosk' ? runKiosk(deed, { do: 'heard' }) : ok(null)
    })
  }
}

/** The flow in front, and the sale behind a customer who buys alone. */
function flowsInFront(db: Reading): FlowRow[] {
  const front = flowOf(db, frontOf(db).flowId ?? '')
  const sale = front?.kind === 'kiosk' ? flowOf(db, (front.state as KioskState).sale ?? '') : null
  return [front, sale].filter((flow) => flow !== null)
}
