import { z } from 'zod'
import type { OutsideCheck } from './outside-check.ts'
import type { Alias } from './unit.ts'
import type { Intent } from './verdict.ts'
import type { OutsideAnswer } from './verdicts/facts.ts'

/** More than any answer to one number needs; what goes on beyond is not read to its end. */
export const ANSWER_BYTES_MAX = 64 * 1024

/** What is put into the question. */
export interface AskedAbout {
  readonly number: string
  readonly kind: string
  readonly gtin: string
  readonly brand: string
}

/** Why nobody answered, for the log; the screen says only that the register could not be reached. */
export type Silence = 'time-out' | 'no-connection' | 'refused' | 'too-long' | 'no-json' | 'not-understood'

export interface Asked {
  /** Null: the register answered and has no opinion on this number. */
  readonly answer: OutsideAnswer | null
  readonly silence: Silence | null
}

/** Whether a register is asked about goods of this category when this is meant to be done with them. Pure. */
export const isAskedFor = (check: OutsideCheck, category: string, intent: Intent): boolean =>
  check.intents.includes(intent) && (check.categories.includes('*') || check.categories.includes(category))

/** The number that is sent, in the order of the check's kinds; one that was retired belongs to no question any more. Pure. */
export const numberFor = (check: OutsideCheck, aliases: readonly Alias[]): Alias | null =>
  check.numbers.map((kind) => aliases.find((alias) => alias.kind === kind && alias.retiredWhy === null)).find((alias) => alias !== undefined) ?? null

export interface RegisterQuestion {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** One question to one register, word for word as the rules have it, with what it is about escaped for where it stands. Pure. */
export function questionTo(check: OutsideCheck, about: AskedAbout, key: string): RegisterQuestion {
  const body = check.method === 'POST' ? check.body : null
  return {
    url: filled(check.url, about, encodeURIComponent),
    method: check.method,
    headers: {
      accept: 'application/json',
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...Object.fromEntries(Object.entries(check.headers).map(([name, value]) => [name, value.replaceAll('{key}', key)])),
    },
    body: body === null ? null : filled(body, about, inJson),
  }
}

/** What the answer of a register means here; one that is no JSON, or says a word nobody told us the meaning of, is silence. Pure. */
export function understood(check: OutsideCheck, text: string, at: string): Asked {
  const answer = parsed(text)
  if (answer === undefined) return silentOf(check, at, 'no-json')
  const word = inside(answer, check.answerAt)
  const said = typeof word === 'string' || typeof word === 'boolean' || typeof word === 'number' ? own(check.means, String(word)) : undefined
  if (said === undefined) return silentOf(check, at, 'not-understood')
  if (said === 'no-opinion') return { answer: null, silence: null }
  const reference = check.referenceAt === null ? null : inside(answer, check.referenceAt)
  const rest = { register: check.register, at, reference: typeof reference === 'string' || typeof reference === 'number' ? String(reference).slice(0, 64) : null }
  return { answer: { asks: check.asks, said, ...rest } as OutsideAnswer, silence: null }
}

/** Nobody answered: unreachable, never clear. */
export const silentOf = (check: OutsideCheck, at: string, silence: Silence): Asked =>
  ({ answer: { asks: check.asks, said: 'unreachable', register: check.register, at, reference: null }, silence })

const Secret = z.string().max(500)
const Keys = z.record(z.string(), z.union([Secret, z.object({ key: Secret, host: z.string().max(253) })]))

/**
 * The secret of a register in the text of `register-keys.json`, or nothing where it has none: the file lies beside the
 * data and not in the policy, which is shown on screens and travels. One that cannot be read is no secret at all, and the
 * register will say so. One that lies there with its host is for that host alone, whatever address the policy comes to
 * name. Pure.
 */
export function keyIn(text: string, { id, url }: Pick<OutsideCheck, 'id' | 'url'>): string {
  const keys = Keys.safeParse(parsed(text))
  const found = keys.success ? keys.data[id] : undefined
  if (typeof found !== 'object') return found ?? ''
  return URL.parse(url)?.host === found.host.toLowerCase() ? found.key : ''
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

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)

const filled = (template: string, about: AskedAbout, escape: (text: string) => string): string =>
  template.replaceAll(/\{(number|kind|gtin|brand)\}/g, (_, name: keyof AskedAbout) => escape(about[name]))
