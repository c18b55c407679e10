/** Long enough for a card to be held up, short enough for a kiosk that fell over. */
const CLAIM_MS = 120_000

/** Which till of the store has a piece in hand at this moment; in memory, because a claim is over in minutes. */
export class Claims {
  readonly #held = new Map<string, { readonly tillId: string; readonly until_ms: number }>()
  readonly #names = new Map<string, string>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Won by the first, and again by the same. */
  claim(unitId: string, tillId: string): boolean {
    const holder = this.holderOf(unitId)
    if (holder !== null && holder !== tillId) return false
    this.#held.set(unitId, { tillId, until_ms: this.#now() + CLAIM_MS })
    return true
  }

  /** The till lets go of it before its time is over. */
  release(unitId: string, tillId: string): void {
    if (this.holderOf(unitId) === tillId) this.#held.delete(unitId)
  }

  /** As a till told of itself, or its number. */
  nameOf(tillId: string): string {
    return this.#names.get(tillId) ?? tillId
  }

  call(tillId: string, name: string): void {
    this.#names.set(tillId, name)
  }

  holderOf(unitId: string): string | null {
    const held = this.#held.get(unitId)
    return held && held.until_ms > this.#now() ? held.tillId : null
  }
}
