import type { ReceiptDocument } from '../../../contract/receipt.ts'

/** Long enough to read a paper to the person in front and to print it, too short to be found in the papers later. */
const SHOWN_FOR_MS = 10 * 60_000
const PAPERS_MAX = 50

interface Held {
  /** Null where nothing on it is secret, and once it is out. */
  readonly body: ReceiptDocument | null
  readonly madeBy: string | null
  readonly at_ms: number
}

/**
 * Papers with a secret on them, as they are given out once. The file of the shop keeps the same paper without the
 * secret; the whole one is in memory only, for whoever made it and for the printer, until it came out or some minutes
 * are over. A till that is started again has forgotten it.
 */
export class ShownOnce {
  readonly #held = new Map<string, Held>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** `body` is the whole paper, or null where the kept one says all and only who made it counts. */
  hold(documentId: string, body: ReceiptDocument | null, madeBy: string | null): void {
    if (this.#held.size >= PAPERS_MAX) this.#held.delete(this.#held.keys().next().value ?? '')
    this.#held.set(documentId, { body, madeBy, at_ms: this.#now() })
  }

  /** The whole paper for the screen of the person who made it; null for anybody else, and when its time is over. */
  forScreen(documentId: string, staffId: string | null): ReceiptDocument | null {
    const held = this.#fresh(documentId)
    return held !== null && held.madeBy === staffId ? held.body : null
  }

  /** The whole paper for the one time it is printed; null when its time is over. */
  forPrinter(documentId: string): ReceiptDocument | null {
    return this.#fresh(documentId)?.body ?? null
  }

  /** Whether this person had it made, within its time: it is shown to them as it is kept, also when it is out. */
  isMaker(documentId: string, staffId: string | null): boolean {
    return this.#fresh(documentId)?.madeBy === staffId
  }

  /** It may have come out, or its secret is worth nothing any more. */
  forget(documentId: string): void {
    const held = this.#held.get(documentId)
    if (held !== undefined) this.#held.set(documentId, { ...held, body: null })
  }

  #fresh(documentId: string): Held | null {
    const held = this.#held.get(documentId)
    const age_ms = held === undefined ? 0 : this.#now() - held.at_ms
    if (held !== undefined && age_ms >= 0 && age_ms < SHOWN_FOR_MS) return held
    this.#held.delete(documentId)
    return null
  }
}
