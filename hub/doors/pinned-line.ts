import { lookup, type LookupAddress } from 'node:dns'
import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP, type BlockList, type LookupFunction } from 'node:net'
import { isInner } from './inner-networks.ts'

export interface Message {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** When it is over: out of time, or the centre ends. */
  readonly signal: AbortSignal
  /** Inner networks the target may lie in. */
  readonly trusted: BlockList | undefined
}

/**
 * Sends a message to an address somebody has written down, and gives the head of the answer; null where the address is
 * an inner one. The name is resolved now, each of its addresses must be a public or a trusted one, and the line goes to
 * those very addresses: a name that means something else a moment later (DNS rebinding) gains nothing. A redirect is an
 * answer like any other. Rejects when nobody answers before the signal. Whoever reads no body destroys the answer.
 */
export async function sendPinned(url: string, message: Message): Promise<IncomingMessage | null> {
  const { protocol, hostname } = new URL(url)
  const addresses = await inTime(addressesOf(hostname.replace(/^\[|\]$/gu, '')), message.signal)
  if (addresses.some(({ address }) => isInner(address, message.trusted))) return null
  return send(protocol === 'https:' ? secureRequest : plainRequest, url, message, addresses)
}

function addressesOf(host: string): Promise<LookupAddress[]> {
  const family = isIP(host)
  if (family !== 0) return Promise.resolve([{ address: host, family }])
  return new Promise((resolve, reject) => lookup(host, { all: true }, (error, found) => (error === null ? resolve(found) : reject(error))))
}

/** Asking for a name cannot be called off; it is not waited for any longer. */
const inTime = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  Promise.race([work, new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true }))])

function send(request: typeof plainRequest, url: string, { method, headers, body, signal }: Message, addresses: readonly LookupAddress[]): Promise<IncomingMessage> {
  const pinned: LookupFunction = (_host, options, done) => {
    const [first] = addresses
    if (options.all) done(null, [...addresses])
    else done(null, first?.address ?? '', first?.family)
  }
  const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const sending = request(url, { method, headers: { ...headers, ...length }, lookup: pinned, agent: false, signal }, resolve)
    sending.on('error', reject)
    sending.end(body ?? undefined)
  })
}
