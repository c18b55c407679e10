import { randomInt } from 'node:crypto'
import { CLEAR_SIGNS } from '../../../contract/clear-signs.ts'
import type { CreditKind } from '../../../contract/credit.ts'

const LETTERS = { voucher: 'V', 'store-credit': 'S', deposit: 'D' } as const satisfies Record<CreditKind, string>

/** Thirty-three million to one against whoever knows the number before and guesses the next. */
const SECRET_SIGNS = 5
const SHAPE = new RegExp(`^([A-Z0-9]{1,6})([VSD])(\\d{6,9})([${CLEAR_SIGNS}]{${SECRET_SIGNS}})([0-9A-Z])$`)

/**
 * The number of a promise: the till's letters, the next number of its own range, signs that nobody can guess, and a
 * check sign over all of it, such as `T1-V000012-K7Q3F-4`. Two tills never give the same one, also offline.
 */
export function creditNumber(tillCode: string, kind: CreditKind, serial: number): string {
  const secret = Array.from({ length: SECRET_SIGNS }, () => CLEAR_SIGNS[randomInt(CLEAR_SIGNS.length)]).join('')
  const range = `${LETTERS[kind]}${String(serial).padStart(6, '0')}`
  return `${tillCode}-${range}-${secret}-${checkSign(`${tillCode}${range}${secret}`)}`
}

/**
 * The number as we write it, from whatever a person typed or a scanner read: small letters, blanks and hyphens do not
 * matter. Null for what is none of ours, or mistyped.
 */
export function readCreditNumber(text: string): string | null {
  const bare = text.trim().toUpperCase().replaceAll(/[\s-]/g, '')
  const [, till, letter, serial, secret, check] = SHAPE.exec(bare) ?? []
  if (till === undefined || checkSign(bare.slice(0, -1)) !== check) return null
  return `${till}-${letter}${serial}-${secret}-${check}`
}

/** ISO/IEC 7064, MOD 37,36: one sign that shows every single wrong sign and nearly every swap of two neighbours. */
export function checkSign(body: string): string {
  const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  let carry = 36
  for (const sign of body) {
    const sum = (carry + ALPHABET.indexOf(sign)) % 36
    carry = ((sum === 0 ? 36 : sum) * 2) % 37
  }
  return ALPHABET[(37 - carry) % 36] ?? ''
}
