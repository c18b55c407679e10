import type { BroughtReply } from '../../../contract/sync/customer-wire.ts'

/** So long an answer of the centre is good for: one customer, one question; and so long one that did not come is not asked for again. */
const FRESH_MS = 120_000
const SILENCE_MS = 20_000
const UNITS_MAX = 500

interface Heard {
  /** The last that was told, however long ago; null: nothing ever. */
  readonly reply: BroughtReply | null
  readonly isReached: boolean
  readonly at_ms: number
}

/**
 * What the centre told of whoever brings the pieces on the counter back: which of his pieces came back at any till. In
 * memory only, and no more of the person than an id: what a till keeps of people is sealed.
 */
export class BroughtElsewhere {
  readonly #heard = new Map<string, Heard>()
  readonly #asking = new Set<string>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** True where the centre was not asked about the piece lately; from then on it counts as asked. */
  begin(unitId: string): boolean {
    const heard = this.#heard.get(unitId)
    const age_ms = heard === undefined ? 0 : this.#now() - heard.at_ms
    if (this.#asking.has(unitId) || (heard !== undefined && age_ms >= 0 && age_ms < (heard.isReached ? FRESH_MS : SILENCE_MS))) return false
    this.#asking.add(unitId)
    return true
  }

  /** `reply` null: the centre was not reached, and what it told before still counts. */
  heard(unitId: string, reply: BroughtReply | null): void {
    this.#asking.delete(unitId)
    if (!this.#heard.has(unitId) && this.#heard.size >= UNITS_MAX) this.#heard.delete(this.#heard.keys().next().value ?? '')
    this.#heard.set(unitId, { reply: reply ?? this.of(unitId), isReached: reply !== null, at_ms: this.#now() })
  }

  /** What was told of the buyer of this piece; null where nothing was. */
  of(unitId: string): BroughtReply | null {
    return this.#heard.get(unitId)?.reply ?? null
  }

  /** The centre was asked about the piece and did not answer: what is counted is what this till knows. */
  isUnreached(unitId: string): boolean {
    return this.#heard.get(unitId)?.isReached === false
  }

  /** Pieces on this counter lately that the same person bought. */
  piecesOf(customerId: string): string[] {
    return [...this.#heard].flatMap(([unitId, { reply }]) => (reply?.customerId === customerId ? [unitId] : []))
  }
}
