import { z } from 'zod'
import type { OutsideCheck } from './outside-check.ts'
import { parsed, questionAt, saidIn, type OutsideQuestion, type Silence } from './outside-request.ts'
import type { Alias } from './unit.ts'
import type { Intent } from './verdict.ts'
import type { OutsideAnswer } from './verdicts/facts.ts'

/** What is put into the question. */
export interface AskedAbout {
  readonly number: string
  readonly kind: string
  readonly gtin: string
  readonly brand: string
}

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

/** One question to one register. Pure. */
export const questionTo = (check: OutsideCheck, about: AskedAbout, key: string): OutsideQuestion => questionAt(check, { ...about }, key)

/** What the answer of a register means here; what cannot be read is silence. Pure. */
export function understood(check: OutsideCheck, text: string, at: string): Asked {
  const told = saidIn<string>(check, text)
  if ('silence' in told) return silentOf(check, at, told.silence)
  if (told.said === 'no-opinion') return { answer: null, silence: null }
  return { answer: { asks: check.asks, said: told.said, register: check.register, at, reference: told.reference } as OutsideAnswer, silence: null }
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
