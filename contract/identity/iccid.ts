import { isDigits } from './characters.ts'
import { luhnHolds } from './check-digits.ts'
import { numberText } from './number-text.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** The number printed on a SIM card (ITU-T E.118). */
export interface Iccid {
  readonly iccid: string
  /** Major industry identifier: always 89, telecommunications. */
  readonly mii: string
  readonly checkDigit: string
}

/** Reads 19 or 20 digits beginning with 89, Luhn-checked. A printed filler `F` in the twentieth place is taken off. */
export function readIccid(value: string): Outcome<Iccid> {
  const cleaned = numberText(value)
  if (!cleaned.ok) return cleaned
  const text = cleaned.text.length === 20 && cleaned.text.endsWith('F') ? cleaned.text.slice(0, 19) : cleaned.text
  if (!isDigits(text)) return refused('CHARSET')
  if (text.length !== 19 && text.length !== 20) return refused('LENGTH')
  if (!text.startsWith('89')) return refused('FORMAT', 0)
  return luhnHolds(text) ? { ok: true, iccid: text, mii: '89', checkDigit: text.slice(-1) } : refused('CHECK_DIGIT')
}
