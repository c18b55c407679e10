import { promisify } from 'node:util'
import { constants, zstdCompressSync, zstdDecompress } from 'node:zlib'
import type { z } from 'zod'
import {
  challengeText, ClaimReply, Digest, FeedReply, FeedRow, JoinReply, JournalReply, PACKED_PAGE, PROTOCOL, SnapshotManifest, TokenReply, cursorText,
  type ClaimAim, type Cursors, type FirstPlace, type JournalBatch, type TillHealth,
} from '../../../contract/sync/wire.ts'
import { z as zod } from 'zod'
import { BroughtReply, CustomersFound, CustomersHeard, type ToldCustomer } from '../../../contract/sync/customer-wire.ts'
import { PurchasesFound, ReceiptReply, type PurchaseQuestion } from '../../../contract/sync/receipt-wire.ts'
import type { TillKey } from './till-key.ts'

/** The centre said no. `status` 410: take a new mirror; 401: a new token; 403: not this till; 426: a newer program. */
export class HubRefusal extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string) {
    super(`the centre answered ${status} ${code}`)
    this.name = 'HubRefusal'
    this.status = status
    this.code = code
  }
}

const REPLY_MS_MAX = 10_000
/** Making the first file of a large shop takes the centre a while. */
const MANIFEST_MS_MAX = 300_000
const PACK_FROM_BYTES = 1_024
/** As much as most pages are unpacked. In pieces of the usual 16 KB most of the time would go into handing them on. */
const PAGE_BYTES = 1 << 20
const PROGRAM = `countermark/${PROTOCOL}`
/** Lines of lives that this till does not know it reads as such; without that word the centre leaves out what older programs fail on. */
const KINDS = 'kinds=any'

/** Talks to the centre: every call has a deadline, every reply is checked before anybody believes it. */
export class HubClient {
  readonly url: string
  readonly #till: string
  readonly #key: TillKey
  #token: { text: string; until: number } | null = null

  constructor(url: string, till: string, key: TillKey) {
    this.url = url.replace(/\/+$/, '')
    this.#till = till
    this.#key = key
  }

  static async join(url: string, request: unknown): Promise<JoinReply> {
    return asked(JoinReply, `${url.replace(/\/+$/, '')}/v1/join`, { method: 'POST', body: JSON.stringify(request) })
  }

  /** Shows the till's key and gets the token for the next minutes, with what the centre says of this till. */
  async signIn(stop?: AbortSignal): Promise<TokenReply> {
    const { challenge } = await asked(zod.object({ challenge: zod.string().max(300) }), `${this.url}/v1/challenge`, {}, endingWith(stop))
    const body = { till: this.#till, challenge, signature: this.#key.sign(challengeText(this.#till, challenge)), program: PROGRAM }
    const reply = await asked(TokenReply, `${this.url}/v1/token`, { method: 'POST', body: JSON.stringify(body) }, endingWith(stop))
    this.#token = { text: reply.token, until: Date.parse(reply.until) - Date.parse(reply.at) + performance.now() - 60_000 }
    return reply
  }

  /** True when the token is about to end, or there is none. */
  get needsToken(): boolean {
    return this.#token === null || performance.now() > this.#token.until
  }

  forgetToken(): void {
    this.#token = null
  }

  sendJournal(batch: JournalBatch, signal?: AbortSignal): Promise<JournalReply> {
    return this.#call(JournalReply, '/v1/journal', { method: 'POST', ...packed(batch) }, signal)
  }

  /** A page of what is new; the centre gives fewer rows where so many are too many for it. */
  feed(cursors: Cursors, gen: string, limit = 5_000): Promise<FeedReply> {
    return this.#call(FeedReply, `/v1/feed?${KINDS}&gen=${gen}&limit=${limit}&c=${encodeURIComponent(cursorText(cursors))}`, {})
  }

  claim(unitId: string, to: ClaimAim, signal?: AbortSignal): Promise<ClaimReply> {
    return this.#call(ClaimReply, '/v1/claim', { method: 'POST', body: JSON.stringify({ unitId, to }) }, signal)
  }

  async release(unitId: string, until: string, stop?: AbortSignal): Promise<void> {
    await this.#call(zod.object({}), '/v1/release', { method: 'POST', body: JSON.stringify({ unitId, until }) }, endingWith(stop))
  }

  /** Answers how these people stand at the centre now; nobody where it is an older one. */
  async tellCustomers(customers: readonly ToldCustomer[], stop?: AbortSignal): Promise<ToldCustomer[]> {
    const heard = await this.#call(CustomersHeard, '/v1/customers', { method: 'POST', body: JSON.stringify({ customers }) }, endingWith(stop))
    return heard.customers ?? []
  }

  async findCustomers(text: string, signal: AbortSignal): Promise<ToldCustomer[]> {
    return (await this.#call(CustomersFound, '/v1/customers/find', { method: 'POST', body: JSON.stringify({ text }) }, signal)).customers
  }

  /** Which pieces whoever bought this one has brought back anywhere since then. */
  broughtBack(unitId: string, since: string, signal: AbortSignal): Promise<BroughtReply> {
    return this.#call(BroughtReply, '/v1/customers/brought', { method: 'POST', body: JSON.stringify({ unitId, since }) }, signal)
  }

  /** A receipt of another till, by its number; it is this till's alone for a while. */
  findReceipt(number: string, signal: AbortSignal): Promise<ReceiptReply> {
    return this.#call(ReceiptReply, '/v1/receipt', { method: 'POST', body: JSON.stringify({ number }) }, signal)
  }

  /** Purchases of the stores this till may see, by about when and for how much. */
  findPurchases(question: PurchaseQuestion, signal: AbortSignal): Promise<PurchasesFound> {
    return this.#call(PurchasesFound, '/v1/purchases/find', { method: 'POST', body: JSON.stringify(question) }, signal)
  }

  /** Gives the receipt back that was kept for this till until then; one it has been told anew since stays. */
  async releaseReceipt(number: string, until: string, stop?: AbortSignal): Promise<void> {
    await this.#call(zod.object({}), '/v1/receipt/release', { method: 'POST', body: JSON.stringify({ number, until }) }, endingWith(stop))
  }

  async tellHealth(health: TillHealth, stop?: AbortSignal): Promise<void> {
    await this.#call(zod.object({}), '/v1/health', { method: 'POST', body: JSON.stringify(health) }, endingWith(stop))
  }

  digest(): Promise<Digest> {
    return this.#call(Digest, '/v1/digest', {})
  }

  async bucket(ending: string): Promise<FeedRow[]> {
    return (await this.#call(zod.object({ rows: zod.array(FeedRow) }), `/v1/bucket/${encodeURIComponent(ending)}`, {})).rows
  }

  /** For a mirror of the shape this program knows, and packed in frames. */
  manifest(schema: number, or?: 'rows', stop?: AbortSignal): Promise<SnapshotManifest> {
    const path = `/v1/snapshot?${KINDS}&schema=${schema}&packing=frames${or === undefined ? '' : `&or=${or}`}`
    return this.#call(SnapshotManifest, path, {}, AbortSignal.any([AbortSignal.timeout(MANIFEST_MS_MAX), ...(stop === undefined ? [] : [stop])]))
  }

  /** The bytes of a first mirror from `start` on; the caller ends it by the signal. */
  async snapshot(id: string, start: number, signal: AbortSignal): Promise<Response> {
    const response = await fetch(`${this.url}/v1/snapshot/${id}`, { headers: { ...this.#headers(), ...(start > 0 ? { range: `bytes=${start}-` } : {}) }, signal })
    if (!response.ok) throw await refusalOf(response)
    return response
  }

  /** A first mirror as lines of JSON, behind what the till has of it; the caller ends it by the signal. */
  async firstRows(after: FirstPlace | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const response = await fetch(`${this.url}/v1/first-rows?${KINDS}&after=${encodeURIComponent(JSON.stringify(after))}`, { headers: this.#headers(), signal })
    if (!response.ok || response.body === null) throw await refusalOf(response)
    return response.body
  }

  /** The stream of what is new. It lasts until it is ended by the signal or the line breaks. */
  async stream(cursors: Cursors, gen: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const response = await fetch(`${this.url}/v1/stream?${KINDS}&gen=${gen}&c=${encodeURIComponent(cursorText(cursors))}`, { headers: this.#headers(), signal })
    if (!response.ok || response.body === null) throw await refusalOf(response)
    return response.body
  }

  async #call<T extends z.ZodType>(shape: T, path: string, init: RequestInit, signal?: AbortSignal): Promise<z.infer<T>> {
    try {
      return await asked(shape, `${this.url}${path}`, { ...init, headers: { ...this.#headers(), ...init.headers } }, signal)
    } catch (error) {
      if (error instanceof HubRefusal && error.status === 401) this.#token = null
      throw error
    }
  }

  #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token?.text ?? ''}`, accept: `${PACKED_PAGE}, application/json`, 'accept-encoding': 'zstd' }
  }
}

/** The usual deadline of an answer, or earlier where the till closes. */
const endingWith = (stop: AbortSignal | undefined): AbortSignal | undefined =>
  stop === undefined ? undefined : AbortSignal.any([stop, AbortSignal.timeout(REPLY_MS_MAX)])

async function asked<T extends z.ZodType>(shape: T, url: string, init: RequestInit, signal?: AbortSignal): Promise<z.infer<T>> {
  const response = await fetch(url, { ...init, signal: signal ?? AbortSignal.timeout(REPLY_MS_MAX) })
  if (!response.ok) throw await refusalOf(response)
  const isPacked = response.headers.get('content-type') === PACKED_PAGE
  return shape.parse(isPacked ? JSON.parse((await unpacked(await response.arrayBuffer(), { chunkSize: PAGE_BYTES })).toString()) : await response.json())
}
const unpacked = promisify(zstdDecompress)

/** Why the centre said no, in its own word; `unknown` where it is not one of ours that answered. */
export async function refusalOf(response: Response): Promise<HubRefusal> {
  const said = zod.object({ error: zod.string().max(64) }).safeParse(await response.json().catch(() => null))
  return new HubRefusal(response.status, said.success ? said.data.error : 'unknown')
}

function packed(value: unknown): Pick<RequestInit, 'body' | 'headers'> {
  const text = JSON.stringify(value)
  if (text.length < PACK_FROM_BYTES) return { body: text }
  const body = zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
  return { body: new Uint8Array(body), headers: { 'content-encoding': 'zstd' } }
}
