import type { OutsideCheck } from '../../../contract/outside-check.ts'
import type { OutsideAnswer } from '../../../contract/verdicts/facts.ts'

/** More than any answer to one number needs; what goes on beyond is not read to its end. */
export const ANSWER_BYTES_MAX = 64 * 1024

/** What is put into the question. */
export interface AskedAbout {
  readonly number: string
  readonly kind: string
  readonly gtin: string
  readonly brand: string
}

/** Why nobody answered, for the log of the till; the screen says only that the register could not be reached. */
export type Silence = 'time-out' | 'no-connection' | 'refused' | 'too-long' | 'no-json' | 'not-understood'

export interface Asked {
  /** Null: the register answered and has no opinion on this number. */
  readonly answer: OutsideAnswer | null
  readonly silence: Silence | null
}

/**
 * Asks one register about one number. Never throws and never takes longer than the limit of the register (3 s at
 * most): what does not come in time, is cut off, is no JSON, or says a word nobody told us the meaning of, is
 * `unreachable`, never clear. A redirect is not followed: the number goes where the shop's policy says and nowhere else.
 */
export async function askRegister(check: OutsideCheck, about: AskedAbout, key: string, now: () => string): Promise<Asked> {
  const silent = (silence: Silence): Asked => ({
    answer: { asks: check.asks, said: 'unreachable', register: check.register, at: now(), reference: null },
    silence,
  })
  try {
    const response = await fetch(filled(check.url, about, encodeURIComponent), {
      method: check.method,
      redirect: 'error',
      signal: AbortSignal.timeout(check.limit_ms),
      headers: {
        accept: 'application/json',
        ...(check.body === null ? {} : { 'content-type': 'application/json' }),
        ...Object.fromEntries(Object.entries(check.headers).map(([name, value]) => [name, value.replaceAll('{key}', key)])),
      },
      ...(check.method === 'POST' && check.body !== null ? { body: filled(check.body, about, inJson) } : {}),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      return silent('refused')
    }
    const text = await boundedText(response)
    return text === null ? silent('too-long') : understood(check, text, now()) ?? silent(isJson(text) ? 'not-understood' : 'no-json')
  } catch (error) {
    return silent(error instanceof DOMException && error.name === 'TimeoutError' ? 'time-out' : 'no-connection')
  }
}

/** Null where the answer is no JSON, or its word is none of those the policy knows the meaning of. */
function understood(check: OutsideCheck, text: string, at: string): Asked | null {
  const answer = parsed(text)
  if (answer === undefined) return null
  const word = inside(answer, check.answerAt)
  const said = typeof word === 'string' || typeof word === 'boolean' || typeof word === 'number' ? own(check.means, String(word)) : undefined
  if (said === undefined) return null
  if (said === 'no-opinion') return { answer: null, silence: null }
  const reference = check.referenceAt === null ? null : inside(answer, check.referenceAt)
  const rest = { register: check.register, at, reference: typeof reference === 'string' || typeof reference === 'number' ? String(reference).slice(0, 64) : null }
  return { answer: { asks: check.asks, said, ...rest } as OutsideAnswer, silence: null }
}

const own = <V>(table: Readonly<Record<string, V>>, word: string): V | undefined => (Object.hasOwn(table, word) ? table[word] : undefined)

/** RFC 6901, over what an answer really has of its own. */
function inside(answer: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, part) => (typeof value === 'object' && value !== null && Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : undefined),
      answer,
    )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const isJson = (text: string): boolean => parsed(text) !== undefined

/** Null where there is more than anybody needs to say; the rest is not fetched. */
async function boundedText(response: Response): Promise<string | null> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length
    if (bytes > ANSWER_BYTES_MAX) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)

const filled = (template: string, about: AskedAbout, escape: (text: string) => string): string =>
  template.replaceAll(/\{(number|kind|gtin|brand)\}/g, (_, name: keyof AskedAbout) => escape(about[name]))
