import type { Limit, LimitedKind, ProductLimits } from './product-limits.ts'

/** Limits of a product as a person writes them, each in a field of its own, empty where nothing is asked for. */
export const LIMIT_FIELDS = [
  'temperature_min', 'temperature_max', 'temperature_minutes', 'humidity_min', 'humidity_max', 'humidity_minutes', 'shock_max', 'shock_minutes', 'reading_minutes',
] as const
export type LimitField = (typeof LIMIT_FIELDS)[number]
export type WrittenLimits = Readonly<Record<LimitField, string>>

/** What is wrong with a field: `below-lowest` is a highest value under the lowest, `no-limit` is time without a value. */
export interface LimitFault {
  readonly field: LimitField
  readonly code: 'not-a-number' | 'out-of-range' | 'below-lowest' | 'no-limit'
}

/** What can be, in °C, per cent and multiples of standard gravity. */
const RANGES: Readonly<Record<LimitedKind, readonly [number, number]>> = { temperature: [-273, 1_000], humidity: [0, 100], shock: [0, 10_000] }
const KINDS: readonly LimitedKind[] = ['temperature', 'humidity', 'shock']
const YEAR_MINUTES = 366 * 24 * 60

/** Limits in the words of their fields. */
export function writtenLimits(limits: ProductLimits | null): WrittenLimits {
  const text = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value))
  const of = (kind: LimitedKind): Limit | undefined => limits?.limits.find((limit) => limit.of === kind)
  const [temperature, humidity, shock] = [of('temperature'), of('humidity'), of('shock')]
  return {
    temperature_min: text(temperature?.min), temperature_max: text(temperature?.max), temperature_minutes: text(temperature?.outside_minutes),
    humidity_min: text(humidity?.min), humidity_max: text(humidity?.max), humidity_minutes: text(humidity?.outside_minutes),
    shock_max: text(shock?.max), shock_minutes: text(shock?.outside_minutes), reading_minutes: text(limits?.readEvery_minutes),
  }
}

/** Fields as limits; null where all are empty. Minutes left empty are none: not for a moment. Tells every field that is wrong. */
export function readWrittenLimits(written: WrittenLimits): { readonly limits: ProductLimits | null; readonly faults: readonly LimitFault[] } {
  const faults: LimitFault[] = []
  const number = (field: LimitField, [least, most]: readonly [number, number], pattern: RegExp): number | null => {
    const text = written[field].trim().replace(',', '.').replace('−', '-')
    if (text === '') return null
    // Minus nought is nought.
    const value = Number(text) + 0
    if (!pattern.test(text)) faults.push({ field, code: 'not-a-number' })
    else if (value < least || value > most) faults.push({ field, code: 'out-of-range' })
    else return value
    return null
  }
  const limits = KINDS.flatMap((of): Limit[] => {
    const before = faults.length
    const min = of === 'shock' ? null : number(`${of}_min`, RANGES[of], DECIMAL)
    const max = number(`${of}_max`, RANGES[of], DECIMAL)
    const minutes = number(`${of}_minutes`, [0, YEAR_MINUTES], WHOLE)
    if (min !== null && max !== null && max < min) faults.push({ field: `${of}_max`, code: 'below-lowest' })
    if (min === null && max === null) {
      if (minutes !== null && faults.length === before) faults.push({ field: `${of}_minutes`, code: 'no-limit' })
      return []
    }
    return [{ of, min, max, outside_minutes: minutes ?? 0 }]
  })
  const readEvery_minutes = number('reading_minutes', [1, YEAR_MINUTES], WHOLE)
  if (limits.length === 0 && readEvery_minutes !== null && faults.length === 0) faults.push({ field: 'reading_minutes', code: 'no-limit' })
  return { limits: limits.length === 0 ? null : { limits, readEvery_minutes }, faults }
}

const DECIMAL = /^-?\d{1,5}(?:\.\d{1,15})?$/u
const WHOLE = /^\d{1,6}$/u
