import { isDigits } from './characters.ts'
import { luhnCheckDigit, luhnInBase } from './check-digits.ts'
import { numberText } from './number-text.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** A CDMA device's number in both of its forms, each with its check digit (3GPP2 X.S0008). */
export interface Meid {
  /** 14 hexadecimal digits in capitals. */
  readonly hex: string
  /** 18 decimal digits. */
  readonly dec: string
  readonly hexCheck: string
  readonly decCheck: string
}

/**
 * Reads 14 hexadecimal digits, or 15 with the check digit, or the decimal form of 18, or 19 with its check digit.
 * 14 decimal digits are an IMEI-style number, whose check digit is the ordinary one. Region codes below A0 that are
 * not decimal do not exist (`RANGE`), nor do decimal halves beyond 32 and 24 bits.
 */
export function readMeid(value: string): Outcome<Meid> {
  const cleaned = numberText(value)
  if (!cleaned.ok) return cleaned
  const text = cleaned.text
  if (!/^[0-9A-F]+$/.test(text)) return refused('CHARSET')
  if (text.length === 14 || text.length === 15) return fromHex(text.slice(0, 14), text.charAt(14))
  if (text.length !== 18 && text.length !== 19) return refused('LENGTH')
  if (!isDigits(text)) return refused('CHARSET')
  return fromDecimal(text.slice(0, 18), text.charAt(18))
}

function fromHex(hex: string, check: string): Outcome<Meid> {
  if (!isDigits(hex) && hex < 'A0') return refused('RANGE', 0)
  const meid = meidOf(hex)
  return check === '' || check === meid.hexCheck ? meid : refused('CHECK_DIGIT', 14)
}

function fromDecimal(dec: string, check: string): Outcome<Meid> {
  const high = Number(dec.slice(0, 10))
  const low = Number(dec.slice(10))
  if (high > 0xffff_ffff || low > 0xff_ffff) return refused('RANGE')
  if (check !== '' && check !== luhnCheckDigit(dec)) return refused('CHECK_DIGIT', 18)
  const hex = (high.toString(16).padStart(8, '0') + low.toString(16).padStart(6, '0')).toUpperCase()
  return !isDigits(hex) && hex < 'A0' ? refused('RANGE', 0) : meidOf(hex)
}

function meidOf(hex: string): Meid & { ok: true } {
  const high = Number.parseInt(hex.slice(0, 8), 16)
  const low = Number.parseInt(hex.slice(8), 16)
  const dec = String(high).padStart(10, '0') + String(low).padStart(8, '0')
  return { ok: true, hex, dec, hexCheck: luhnInBase(hex, isDigits(hex) ? 10 : 16), decCheck: luhnCheckDigit(dec) }
}
