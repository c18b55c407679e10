import { ReceiptNumber, type ReceiptReply } from '../../../contract/sync/receipt-wire.ts'
import type { Ground } from '../ground.ts'
import { RECEIPT_QR } from '../scans/resolve.ts'
import { keepToldReceipt } from '../store/told-receipts.ts'
import type { HubClient } from './hub-client.ts'
import { bearLineTrouble } from './line-trouble.ts'

/** A customer waits at the counter: without an answer the till goes by its own books. */
const FIND_MS = 800

/** The number of a receipt of this chain in a scan, printed or typed; null for everything else. */
export function receiptNumberIn(text: string): string | null {
  const trimmed = text.trim()
  const number = trimmed.startsWith(RECEIPT_QR) ? trimmed.slice(RECEIPT_QR.length) : trimmed.toUpperCase()
  return ReceiptNumber.safeParse(number).data ?? null
}

/** `new`: the centre knows a receipt of which nothing stood here; `known`: it told how it stands now. */
export type Looked = { readonly is: 'new' | 'known' | 'unknown' | 'not-reached' } | { readonly is: 'held'; readonly till: string }

/** Asks the centre for receipts that somebody stands here with. */
export class ReceiptLine {
  readonly #ground: Ground
  readonly #client: () => HubClient | null
  readonly #stop: AbortSignal

  constructor(parts: { ground: Ground; client: () => HubClient | null; stop: AbortSignal }) {
    this.#ground = parts.ground
    this.#client = parts.client
    this.#stop = parts.stop
  }

  /** No longer than a breath. Keeps what the centre tells; `isKnown` says whether anything of it stood here before. */
  async lookUp(number: string, isKnown: boolean): Promise<Looked> {
    const client = this.#client()
    if (client === null) return { is: 'not-reached' }
    let reply: ReceiptReply
    try {
      reply = await client.findReceipt(number, AbortSignal.any([this.#stop, AbortSignal.timeout(FIND_MS)]))
    } catch (error) {
      bearLineTrouble(error)
      return { is: 'not-reached' }
    }
    if (reply.is !== 'told') return reply.is === 'held' ? { is: 'held', till: reply.till } : { is: 'unknown' }
    const { receipt } = reply
    this.#ground.store.write((db) => keepToldReceipt(db, receipt, this.#ground.now()))
    return { is: isKnown ? 'known' : 'new' }
  }
}
