import { z } from 'zod'

/** The longest anybody outside is waited for: a customer stands there. */
export const OUTSIDE_LIMIT_MS = 3_000

/** More than any answer to one question needs; what goes on beyond is not read to its end. */
export const ANSWER_BYTES_MAX = 64 * 1024

const HeaderName = z.string().regex(/^[A-Za-z0-9-]{1,64}$/)

/** Where in a JSON answer something stands, as RFC 6901 has it: `/result/0/status`; empty is the whole answer. */
const Pointer = z.string().max(200).regex(/^(?:\/[^/]*)*$/)

/** What is asked over HTTP, the same for everybody outside: one request, one JSON answer, words mapped to ours. */
export const outsideRequest = {
  id: z.string().regex(/^[a-z0-9-]{1,32}$/),
  /**
   * Names in braces are put in, escaped for where they stand; who asks says which there are. Plain HTTP is for somebody
   * on this very machine only.
   */
  url: z.string().max(500).regex(/^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)[:/])/),
  /** `{key}` is the secret of this door, which lies in the till's own `register-keys.json` and in no policy. */
  headers: z.record(HeaderName, z.string().max(500)),
  limit_ms: z.int().min(100).max(OUTSIDE_LIMIT_MS),
  /** Where the answer and the number of the case stand. */
  answerAt: Pointer,
  referenceAt: Pointer.nullable(),
} as const

/** One request as it goes over the line. */
export interface OutsideQuestion {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** Why nobody answered, for the log; the screen says only that nobody could be reached. */
export type Silence = 'time-out' | 'no-connection' | 'refused' | 'too-long' | 'no-json' | 'not-understood'

interface Door {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  /** The JSON body of a POST, with the same names put in as in `url`; null: none. */
  readonly body: string | null
}

/** The request word for word as the rules have it, with what it is about escaped for where it stands. Pure. */
export function questionAt(door: Door, about: Readonly<Record<string, string>>, key: string): OutsideQuestion {
  const body = door.method === 'POST' ? door.body : null
  return {
    url: filled(door.url, about, encodeURIComponent),
    method: door.method,
    headers: {
      accept: 'application/json',
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...Object.fromEntries(Object.entries(door.headers).map(([name, value]) => [name, value.replaceAll('{key}', key)])),
    },
    body: body === null ? null : filled(body, about, inJson),
  }
}

interface Meaning<Said> {
  readonly answerAt: string
  readonly referenceAt: string | null
  /** What they say in their own words stands beside what it means here. */
  readonly means: Readonly<Record<string, Said>>
}

/** What an answer means here; one that is no JSON, or says a word nobody told us the meaning of, is silence. Pure. */
export function saidIn<Said>(door: Meaning<Said>, text: string): { readonly said: Said; readonly reference: string | null } | { readonly silence: Silence } {
  const answer = parsed(text)
  if (answer === undefined) return { silence: 'no-json' }
  const word = inside(answer, door.answerAt)
  const said = typeof word === 'string' || typeof word === 'boolean' || typeof word === 'number' ? own(door.means, String(word)) : undefined
  if (said === undefined) return { silence: 'not-understood' }
  const reference = door.referenceAt === null ? null : inside(answer, door.referenceAt)
  return { said, reference: typeof reference === 'string' || typeof reference === 'number' ? String(reference).slice(0, 64) : null }
}

/** Whatever a text of somebody else holds; undefined where it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
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

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)

const filled = (template: string, about: Readonly<Record<string, string>>, escape: (text: string) => string): string =>
  template.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) => {
    const value = own(about, name)
    return value === undefined ? whole : escape(value)
  })
