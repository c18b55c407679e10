import { AI_ROWS } from './ai-rows.ts'
import type { AiRow } from './ai-rows.ts'
import { BASE64URL, DIGIT, SET_39, SET_82 } from './characters.ts'
import { valueChecks } from './value-checks.ts'
import type { ValueCheck } from './value-checks.ts'

/** One component of a value: a run of characters of one set, with the checks that it must pass. */
export interface AiPart {
  readonly set: number
  readonly min: number
  readonly max: number
  readonly optional: boolean
  readonly checks: readonly ValueCheck[]
  /** The names of the checks in the GS1 Syntax Dictionary. */
  readonly lints: readonly string[]
}

/** An Application Identifier or a family of them in a condition, as slots of one presence table. */
export interface Slot {
  readonly slot: number
  /** 1 if the AI that owns the condition counts in this slot itself, so that it must not exclude itself. */
  readonly own: 0 | 1
}

/** All that is known about one Application Identifier. */
export interface AiSpec {
  readonly ai: string
  readonly title: string
  readonly parts: readonly AiPart[]
  /** Characters of the shortest and of the longest value. */
  readonly min: number
  readonly max: number
  /** The length is fixed and known to decoders: no separator follows in an element string. */
  readonly predefined: boolean
  /** May be a query attribute of a Digital Link. */
  readonly attribute: boolean
  /** For each condition, the alternatives; each is a group of slots that must all be present. */
  readonly required: readonly (readonly (readonly number[])[])[]
  readonly excluded: readonly Slot[]
  /** The permitted orders of qualifiers if this AI is a Digital Link key, else null. */
  readonly qualifierOrders: readonly (readonly string[])[] | null
  /** The slots of the presence table that this AI fills: itself and its two families. */
  readonly slots: readonly [number, number, number]
}

/** Slots: an AI's own number below 10,000, then one for each three leading digits, for each two, and one for none. */
export const SLOTS = 10_000 + 1_000 + 100 + 1
const NO_FAMILY = SLOTS - 1

/**
 * The slot of an AI (`'8006'`) or of a family (`'310n'`, `'31nn'`). AIs of two, three and four digits
 * never share a number, because the first two digits fix the length.
 */
function slotOf(pattern: string): number {
  if (pattern.endsWith('nn')) return 11_000 + Number(pattern.slice(0, 2))
  if (pattern.endsWith('n')) return 10_000 + Number(pattern.slice(0, 3))
  return Number(pattern)
}

const SETS: Readonly<Record<string, number>> = { N: DIGIT, X: SET_82, Y: SET_39, Z: BASE64URL }

function partOf(text: string): AiPart {
  const optional = text.startsWith('[')
  const [format = '', ...lints] = (optional ? text.slice(1, -1) : text).split(',')
  const [min, max] = format.slice(1).split('..')
  const checks = lints.map((name) => valueChecks[name]!)
  return {
    set: SETS[format.charAt(0)]!,
    min: max === undefined ? Number(min) : Number(min === '' ? 1 : min),
    max: Number(max ?? min),
    optional,
    checks: format.startsWith('Z') ? [valueChecks['padding']!, ...checks] : checks,
    lints,
  }
}

function specOf(ai: string, [, title, parts, flags, required, excluded, key]: AiRow): AiSpec {
  const inFamily = ai.length === 4
  const own: [number, number, number] = [
    slotOf(ai),
    inFamily ? slotOf(`${ai.slice(0, 3)}n`) : NO_FAMILY,
    inFamily ? slotOf(`${ai.slice(0, 2)}nn`) : NO_FAMILY,
  ]
  const list = parts.split(' ').map(partOf)
  return {
    ai,
    title,
    parts: list,
    min: list.reduce((sum, part) => sum + (part.optional ? 0 : part.min), 0),
    max: list.reduce((sum, part) => sum + part.max, 0),
    predefined: flags.includes('P'),
    attribute: flags.includes('Q'),
    required: required === '' ? [] : required.split(' & ').map((condition) =>
      condition.split(' ').map((group) => group.split('+').map(slotOf))),
    excluded: excluded === '' ? [] : excluded.split(' ').map((pattern) => {
      const slot = slotOf(pattern)
      return { slot, own: own.includes(slot) ? 1 : 0 }
    }),
    qualifierOrders: key === '' ? null : key.split(' ').map((order) => (order === '-' ? [] : order.split('>'))),
    slots: own,
  }
}

function aisOf(range: string): string[] {
  const [first = '', last = first] = range.split('-')
  const count = Number(last) - Number(first) + 1
  return Array.from({ length: count }, (_, i) => String(Number(first) + i).padStart(first.length, '0'))
}

/** Every Application Identifier, in the order of the table. */
export const AI_SPECS: readonly AiSpec[] = AI_ROWS.flatMap((row) => aisOf(row[0]).map((ai) => specOf(ai, row)))

/** The spec by the AI's number; safe because its first two digits fix how long it is. */
export const SPEC_BY_NUMBER: readonly (AiSpec | undefined)[] = (() => {
  const table: (AiSpec | undefined)[] = Array.from({ length: 10_000 })
  for (const spec of AI_SPECS) table[Number(spec.ai)] = spec
  return table
})()

/** How many digits an AI has, by its first two digits; 0 where no AI begins so. */
export const AI_LENGTH_BY_PREFIX: Uint8Array = (() => {
  const lengths = new Uint8Array(100)
  for (const spec of AI_SPECS) lengths[Number(spec.ai.slice(0, 2))] = spec.ai.length
  return lengths
})()

const specByAi: ReadonlyMap<string, AiSpec> = new Map(AI_SPECS.map((spec) => [spec.ai, spec]))

/** The spec of an AI written out, `'8006'`; undefined if there is no such AI. */
export function specOfAi(ai: string): AiSpec | undefined {
  return specByAi.get(ai)
}
