import type { LimitedKind } from './product-limits.ts'

/** From a value in a unit to ours. Codes of UN/ECE Recommendation 20, as the GS1 Web Vocabulary uses them. */
const UNITS: Readonly<Record<LimitedKind, Readonly<Record<string, (value: number) => number>>>> = {
  temperature: {
    CEL: (celsius) => celsius,
    FAH: (fahrenheit) => ((fahrenheit - 32) * 5) / 9,
    KEL: (kelvin) => kelvin - 273.15,
    A48: (rankine) => ((rankine - 491.67) * 5) / 9,
  },
  humidity: { P1: (percent) => percent, C62: (share) => share * 100 },
  shock: { K40: (gravities) => gravities, MSK: (metres) => metres / 9.80665 },
}

export const unitsOf = (of: LimitedKind): string[] => Object.keys(UNITS[of])

/** The value in °C, per cent or multiples of standard gravity, to three places; null for a unit that does not measure this. */
export function inOurUnit(of: LimitedKind, value: number, uom: string): number | null {
  const convert = Object.hasOwn(UNITS[of], uom) ? UNITS[of][uom] : undefined
  return convert === undefined ? null : Math.round(convert(value) * 1_000) / 1_000
}
