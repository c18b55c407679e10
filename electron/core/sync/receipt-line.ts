import { ReceiptNumber, type PurchaseQuestion, type PurchasesFound, type ReceiptReply } from '../../../contract/sync/receipt-wire.ts'
import type { Ground } from '../ground.ts'
import { RECEIPT_QR } from '../scans/resolve.ts'
import { believeNoLonger, keepToldReceipt } from '../store/told-receipts.ts'
import type { Errands } from './errands.ts'
import type { HubClient } from './hub-client.ts'
import { bearLineTrouble } from './line-trouble.ts'
import { waitingOf } from './progress.ts'
import { receiptsOnCounter } from './receipts-on-counter.ts'

/** A customer waits at the counter: without an answer the till goes by its own books. */
const FIND_MS = 800
/** Somebody looks through lists for a purchase, and is told that the other tills are being asked. */
const SEARCH_MS = 5_000
/** Half of the time that the centre keeps a receipt for a till without a word from it. */
const RENEW_MS = 60_000

/** The number of a receipt of this chain in a scan, printed or typed; null for everything else. */
export function receiptNumberIn(text: string): string | null {
  const trimmed = text.trim()
  const number = trimmed.startsWith(RECEIPT_QR) ? trimmed.slice(RECEIPT_QR.length) : trimmed.toUpperCase()
  return ReceiptNumber.safeParse(number).data ?? null
}

/** `new`: the centre knows a receipt of which nothing stood here; `known`: it told how it stands now. */
export type Looked = { readonly is: 'new' | 'known' | 'unknown' | 'not-reached' } | { readonly is: 'held'; readonly till: string }

/** When the centre was last heard about a receipt; `until`: it keeps it for this till so long, or null where it does not. */
interface Heard {
  readonly asked_ms: number
  readonly until: string | null
}

export interface ReceiptLineParts {
  readonly ground: Ground
  /** Null while the centre is not reached. */
  readonly client: () => Pick<HubClient, 'findReceipt' | 'findPurchases' | 'releaseReceipt'> | null
  /** Something the screen shows has changed. */
  readonly told: () => void
  readonly errands: Errands
}

/**
 * Asks the centre for receipts that somebody stands here with. What is told is this till's alone for a while: it is
 * asked for again as long as the return is worked at or its money is on its way, and given back when the return is not
 * gone on with. With a cut line it ends at the centre by itself, and what came back twice then is found there.
 */
export class ReceiptLine {
  readonly #parts: ReceiptLineParts
  readonly #heard = new Map<string, Heard>()
  #isKeeping = false

  constructor(parts: ReceiptLineParts) {
    this.#parts = parts
  }

  /** No longer than a breath. Keeps what the centre tells; `isKnown` says whether anything of it stood here before. */
  async lookUp(number: string, isKnown: boolean): Promise<Looked> {
    const { ground, errands } = this.#parts
    const client = this.#parts.client()
    if (client === null) return { is: 'not-reached' }
    const asked_ms = ground.clock.now()
    let reply: ReceiptReply
    try {
      reply = await client.findReceipt(number, AbortSignal.any([errands.signal, AbortSignal.timeout(FIND_MS)]))
    } catch (error) {
      bearLineTrouble(error)
      return { is: 'not-reached' }
    }
    this.#heard.set(number, { asked_ms, until: reply.is === 'told' ? (reply.until ?? null) : null })
    if (reply.is !== 'told') return reply.is === 'held' ? { is: 'held', till: reply.till } : { is: 'unknown' }
    const { receipt } = reply
    // The centre counts from before it answered.
    ground.store.write((db) => keepToldReceipt(db, receipt, new Date(asked_ms).toISOString()))
    return { is: isKnown ? 'known' : 'new' }
  }

  /** Purchases of other tills by about when and for how much; null where the centre does not answer, or has no ear for it. Keeps nothing. */
  async search(question: PurchaseQuestion): Promise<PurchasesFound | null> {
    try {
      return (await this.#parts.client()?.findPurchases(question, AbortSignal.any([this.#parts.errands.signal, AbortSignal.timeout(SEARCH_MS)]))) ?? null
    } catch (error) {
      bearLineTrouble(error)
      return null
    }
  }

  /** What lies on the counter may have changed, or a while has passed. Nobody waits for it. */
  kick(): void {
    if (this.#isKeeping || this.#parts.client() === null) return
    this.#isKeeping = true
    this.#parts.errands.run(() => this.keep().finally(() => void (this.#isKeeping = false)))
  }

  /** Asks again for what is still on the counter, and gives back what is not any more. */
  async keep(): Promise<void> {
    const { ground, told } = this.#parts
    for (const { number, isInUse } of receiptsOnCounter(ground)) {
      const age_ms = Math.abs(ground.clock.now() - (this.#heard.get(number)?.asked_ms ?? Number.POSITIVE_INFINITY))
      if (!isInUse || age_ms < RENEW_MS) continue
      const { is } = await this.lookUp(number, true)
      if (is === 'not-reached') return
      told()
    }
    for (const number of this.#heard.keys()) await this.#maybeGiveBack(number)
  }

  /**
   * Gives the receipt back where it is in no return here any more. What this till booked is told first: given back
   * before, the centre would tell the next one of goods that have come back already.
   */
  async #maybeGiveBack(number: string): Promise<void> {
    const { ground, errands } = this.#parts
    const client = this.#parts.client()
    const isOnCounter = receiptsOnCounter(ground).some((one) => one.number === number)
    if (client === null || isOnCounter || waitingOf(ground.store.reading).events > 0) return
    const until = this.#heard.get(number)?.until ?? null
    this.#heard.delete(number)
    if (until === null) return
    ground.store.write((db) => believeNoLonger(db, number))
    try {
      await client.releaseReceipt(number, until, errands.signal)
    } catch (error) {
      // Not heard, or a centre of an older version: it ends there by itself.
      bearLineTrouble(error)
    }
  }
}
