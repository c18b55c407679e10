import type { ExitTag, ExitView } from '../../../contract/device-view.ts'
import type { SaleView } from '../../../contract/sale-view.ts'
import type { Clock } from '../../../native/clock.ts'
import { beginPrivacy, stepPrivacy, type PrivacyState, type PrivacyStep, type PrivacyWish } from '../../../native/rfid/privacy.ts'
import type { RfidCommand, RfidEvent } from '../../../native/rfid/reader.ts'
import type { Ground } from '../ground.ts'
import { recordEvent } from '../store/journal.ts'
import type { TagPasswords } from './tag-passwords.ts'

type PaidSale = Extract<SaleView, { at: 'paid' }>

export interface ExitParts {
  readonly ground: Ground
  readonly clock: Clock
  readonly sale: PaidSale
  readonly choice: 'mute' | 'kill'
  readonly passwords: TagPasswords
  send(command: RfidCommand): void
  /** Which piece a tag belongs to; null for a stranger's. */
  unitOf(tag: string): string | null
  changed(): void
}

interface Working {
  readonly unitId: string
  readonly tag: string
  readonly state: PrivacyState
  readonly cancel: () => void
}

/**
 * The customer leaves, and wants the tags of what was bought muted or killed. The pieces are laid on the pad once
 * more; each tag of this sale, and no other, is ordered and then looked for. What was proven by reading is kept in the
 * journal; a tag of which nobody knows can be held to the pad again.
 */
export class ExitTags {
  readonly flowId: string
  readonly #parts: ExitParts
  readonly #tags = new Map<string, ExitTag>()
  readonly #waiting: { readonly unitId: string; readonly tag: string }[] = []
  #working: Working | null = null
  #closed = false

  constructor(parts: ExitParts) {
    this.#parts = parts
    this.flowId = parts.sale.flowId
    for (const line of parts.sale.lines.flatMap((one) => [one, ...(one.parts ?? [])]))
      if (line.unitId !== null)
        this.#tags.set(line.unitId, {
          unitId: line.unitId, name: line.name, serial: line.aliases[0]?.value ?? null, state: 'waiting', why: null,
        })
  }

  view(): NonNullable<ExitView['going']> {
    return { choice: this.#parts.choice, tags: [...this.#tags.values()] }
  }

  /** A tag lies on the pad. One that is not of this sale is left alone, and so is one that is done. */
  laid(tag: string): void {
    const unitId = this.#parts.unitOf(tag)
    const known = unitId === null ? undefined : this.#tags.get(unitId)
    if (known === undefined || known.state === 'done' || known.state === 'working') return
    this.#waiting.push({ unitId: known.unitId, tag })
    this.#next()
  }

  heard(event: RfidEvent): void {
    if (event.kind === 'outcome' || event.kind === 'unsupported' || event.kind === 'tag') this.#give({ kind: 'event', event })
  }

  /** The reader is gone: what it was told may have happened. */
  gone(): void {
    this.#give({ kind: 'reader-lost' })
  }

  close(): void {
    this.#closed = true
    this.#working?.cancel()
    this.#working = null
  }

  #next(): void {
    if (this.#closed || this.#working !== null) return
    const next = this.#waiting.shift()
    if (next === undefined) return
    this.#turn(next.unitId, 'working', null)
    this.#take(next, beginPrivacy(this.#wishFor(next.tag), `exit-${this.#parts.ground.newId()}`))
  }

  #wishFor(epc: string): PrivacyWish {
    const { choice, passwords: { access, kill } } = this.#parts
    if (choice === 'kill') return { choice, epc, password: kill ?? '' }
    return access === null ? { choice, epc } : { choice, epc, password: access }
  }

  #give(input: Parameters<typeof stepPrivacy>[1]): void {
    const working = this.#working
    if (working !== null) this.#take(working, stepPrivacy(working.state, input))
  }

  #take(piece: { readonly unitId: string; readonly tag: string }, [state, effects]: PrivacyStep): void {
    let cancel = this.#working?.cancel ?? (() => undefined)
    const { clock } = this.#parts
    for (const effect of effects)
      if (effect.kind === 'wait') cancel = clock.after(effect.after_ms, () => this.#give({ kind: 'time' }))
    this.#working = { ...piece, state, cancel }
    for (const effect of effects) if (effect.kind === 'command') this.#parts.send(effect.command)
    if (state.at === 'ended') this.#ended(piece.unitId, state)
  }

  #ended(unitId: string, { outcome, why }: Extract<PrivacyState, { at: 'ended' }>): void {
    this.#working?.cancel()
    this.#working = null
    if (outcome === 'done') this.#keep(unitId)
    this.#turn(unitId, outcome, outcome === 'done' ? null : why)
    this.#next()
  }

  #keep(unitId: string): void {
    const { ground, choice, sale } = this.#parts
    ground.store.write((db) =>
      recordEvent(db, {
        id: ground.newId(), kind: choice === 'kill' ? 'tag-killed' : 'tag-muted', unitId, at: ground.now(),
        storeId: ground.place.id, tillId: ground.till.id, staffId: null, who: null, params: { receipt: sale.receiptNumber },
        facts: null,
      }),
    )
  }

  #turn(unitId: string, state: ExitTag['state'], why: string | null): void {
    const known = this.#tags.get(unitId)
    if (known) this.#tags.set(unitId, { ...known, state, why })
    this.#parts.changed()
  }
}
