import { numberText } from './number-text.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** A vehicle's number (ISO 3779, 49 CFR 565). */
export interface Vin {
  readonly vin: string
  /** Maker, description and serial part: characters 1–3, 4–9, 10–17. */
  readonly wmi: string
  readonly vds: string
  readonly vis: string
  readonly computedCheck: string
  readonly checkDigit: 'ok' | 'mismatch'
  /** True where law demands the check digit (North America, China): there a mismatch is refused. */
  readonly enforced: boolean
}

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2] as const
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'
const LETTER_VALUES = '12345678123457923456789'

/** Reads 17 characters without I, O, Q, which are never corrected to 1 and 0. European makers use position 9 freely. */
export function readVin(value: string): Outcome<Vin> {
  const cleaned = numberText(value)
  if (!cleaned.ok) return cleaned
  const vin = cleaned.text
  if (!/^[0-9A-HJ-NPR-Z]*$/.test(vin)) return refused('CHARSET')
  if (vin.length !== 17) return refused('LENGTH')
  const sum = WEIGHTS.reduce<number>((total, weight, i) => total + weight * valueFor(vin.charAt(i)), 0)
  const computedCheck = sum % 11 === 10 ? 'X' : String(sum % 11)
  const checkDigit = vin.charAt(8) === computedCheck ? 'ok' : 'mismatch'
  const enforced = /^[1-5L]/.test(vin)
  if (enforced && checkDigit === 'mismatch') return refused('CHECK_DIGIT', 8)
  const parts = { wmi: vin.slice(0, 3), vds: vin.slice(3, 9), vis: vin.slice(9) }
  return { ok: true, vin, ...parts, computedCheck, checkDigit, enforced }
}

function valueFor(character: string): number {
  const letter = LETTERS.indexOf(character)
  return Number(letter < 0 ? character : LETTER_VALUES.charAt(letter))
}
