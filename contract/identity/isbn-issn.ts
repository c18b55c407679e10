import { isDigits } from './characters.ts'
import { mod10CheckDigit, mod10Holds } from './check-digits.ts'
import { numberText } from './number-text.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** A book's number; those of the 979 range have no ten-digit form. It names an edition, never a copy. */
export interface Isbn {
  readonly isbn13: string
  readonly isbn10?: string
}

/** Reads an ISBN of ten or thirteen digits (ISO 2108). Refuses 979-0, which is music (ISMN). */
export function readIsbn(value: string): Outcome<Isbn> {
  const cleaned = numberText(value)
  if (!cleaned.ok) return cleaned
  const text = cleaned.text
  if (!/^\d*X?$/.test(text) || (text.endsWith('X') && text.length !== 10)) return refused('CHARSET')
  if (text.length === 10) return readIsbn10(text)
  if (text.length !== 13) return refused('LENGTH')
  if (!/^97[89]/.test(text) || text.startsWith('9790')) return refused('FORMAT', 0)
  if (!mod10Holds(text)) return refused('CHECK_DIGIT', 12)
  if (text.startsWith('979')) return { ok: true, isbn13: text }
  const body = text.slice(3, 12)
  return { ok: true, isbn13: text, isbn10: body + mod11CheckCharacter(body) }
}

function readIsbn10(isbn10: string): Outcome<Isbn> {
  const body = isbn10.slice(0, 9)
  if (mod11CheckCharacter(body) !== isbn10.charAt(9)) return refused('CHECK_DIGIT', 9)
  return { ok: true, isbn13: `978${body}${mod10CheckDigit(`978${body}`)}`, isbn10 }
}

/**
 * Reads an ISSN (ISO 3297): eight characters, or the barcode of an issue (977, seven digits, variant), which leaves the
 * ISSN's own check digit out, so that it is computed. It names a title, never a copy.
 */
export function readIssn(value: string): Outcome<{ issn: string, variant?: string }> {
  const cleaned = numberText(value)
  if (!cleaned.ok) return cleaned
  const text = cleaned.text
  if (text.length === 13) {
    if (!isDigits(text)) return refused('CHARSET')
    if (!text.startsWith('977')) return refused('FORMAT', 0)
    if (!mod10Holds(text)) return refused('CHECK_DIGIT', 12)
    return { ok: true, issn: printedIssn(text.slice(3, 10)), variant: text.slice(10, 12) }
  }
  if (!/^\d*X?$/.test(text)) return refused('CHARSET')
  if (text.length !== 8) return refused('LENGTH')
  const issn = printedIssn(text.slice(0, 7))
  return issn.endsWith(text.charAt(7)) ? { ok: true, issn } : refused('CHECK_DIGIT', 7)
}

function printedIssn(body: string): string {
  return `${body.slice(0, 4)}-${body.slice(4)}${mod11CheckCharacter(body)}`
}

/** Modulo 11 with weights 2, 3, 4 … from the right; 10 is written X. */
function mod11CheckCharacter(body: string): string {
  let sum = 0
  for (let i = 0; i < body.length; i++) sum += Number(body.charAt(i)) * (body.length + 1 - i)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? 'X' : String(check)
}
