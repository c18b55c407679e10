import { lookup, type LookupAddress } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP, type BlockList, type LookupFunction } from 'node:net'
import type { HookTrouble } from '../contract/office-calls.ts'
import { isInner } from './inner-networks.ts'

interface Message {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly answer_ms_max: number
  /** The centre ends: nobody waits for the answer any more. */
  readonly ending: AbortSignal
  /** Inner networks the target may lie in. */
  readonly trusted: BlockList | undefined
}

const INNER: HookTrouble = { code: 'inner-address', detail: '' }

/**
 * Posts a message once. Null when the target took it with a 2xx; else why not. The name is resolved now, each of its
 * addresses must be a public or a trusted one, and the line goes to those very addresses: a name that means something
 * else a moment later (DNS rebinding) gains nothing. The whole exchange has its time, a body of the answer is not
 * waited for, and a redirect is an answer like any other.
 */
export async function tryUrl(url: string, message: Message): Promise<HookTrouble | null> {
  const { protocol, hostname } = new URL(url)
  const signal = AbortSignal.any([AbortSignal.timeout(message.answer_ms_max), message.ending])
  try {
    const addresses = await inTime(addressesOf(hostname.replace(/^\[|\]$/gu, '')), signal)
    if (addresses.some(({ address }) => isInner(address, message.trusted))) return INNER
    const status = await post(protocol === 'https:' ? secureRequest : plainRequest, url, message, addresses, signal)
    return status >= 200 && status < 300 ? null : { code: 'answered', detail: String(status) }
  } catch (error) {
    if (signal.aborted) return { code: 'no-answer', detail: String(message.answer_ms_max / 1_000) }
    return { code: 'not-reached', detail: error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error) }
  }
}

function addressesOf(host: string): Promise<LookupAddress[]> {
  const family = isIP(host)
  if (family !== 0) return Promise.resolve([{ address: host, family }])
  return new Promise((resolve, reject) => lookup(host, { all: true }, (error, found) => (error === null ? resolve(found) : reject(error))))
}

/** Asking for a name cannot be called off; it is not waited for any longer. */
const inTime = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  Promise.race([work, new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true }))])

function post(request: typeof plainRequest, url: string, { headers, body }: Message, addresses: readonly LookupAddress[], signal: AbortSignal): Promise<number> {
  const pinned: LookupFunction = (_host, options, done) => {
    const [first] = addresses
    if (options.all) done(null, [...addresses])
    else done(null, first?.address ?? '', first?.family)
  }
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, lookup: pinned, agent: false, signal }, (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    sending.on('error', reject)
    sending.end(body)
  })
}
