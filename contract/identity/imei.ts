import { isDigits } from './characters.ts'
import { luhnCheckDigit } from './check-digits.ts'
import { numberText } from './number-text.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** A mobile device's number (3GPP TS 23.003, annex B). Two printed forms of one device share `imei`. */
export interface Imei {
  /** What was given: with check digit, with software version, or the bare 14 digits. */
  readonly type: 'IMEI' | 'IMEISV' | 'IMEI14'
  /** Type allocation code, 8 digits, and its first two, the reporting body. */
  readonly tac: string
  readonly rbi: string
  /** Serial number within the type, 6 digits. */
  readonly snr: string
  /** Software version, for an IMEISV. */
  readonly svn?: string
  readonly checkDigit: string
  /** The 15 digits under which the device is known. */
  readonly imei: string
}

/**
 * Reads an IMEI (15 digits), an IMEISV (16, which has no check digit) or the bare 14 digits. Refuses placeholders
 * of one repeated digit, and 15 digits that are an American Express number: no device type begins with 34 or 37.
 */
export function readImei(value: string): Outcome<Imei> {
  const cleaned = numberText(value)
  if (!cleaned.ok) return cleaned
  const digits = cleaned.text
  if (!isDigits(digits)) return refused('CHARSET')
  if (digits.length < 14 || digits.length > 16) return refused('LENGTH')
  const device = digits.slice(0, 14)
  if (/^(\d)\1*$/.test(device)) return refused('IMPLAUSIBLE')
  const checkDigit = luhnCheckDigit(device)
  const common = { tac: device.slice(0, 8), rbi: device.slice(0, 2), snr: device.slice(8), checkDigit }
  const imei = device + checkDigit
  if (digits.length === 16) return { ok: true, type: 'IMEISV', ...common, svn: digits.slice(14), imei }
  if (digits.length === 14) return { ok: true, type: 'IMEI14', ...common, imei }
  if (digits !== imei) return refused('CHECK_DIGIT', 14)
  return /^3[47]/.test(digits) ? refused('IMPLAUSIBLE') : { ok: true, type: 'IMEI', ...common, imei }
}
