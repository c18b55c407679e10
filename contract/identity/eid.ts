import { isDigits } from './characters.ts'
import { numberText } from './number-text.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** Reads the number of an eSIM (GSMA SGP.29): 32 digits beginning with 89 that leave 1 when divided by 97. */
export function readEid(value: string): Outcome<{ eid: string }> {
  const cleaned = numberText(value)
  if (!cleaned.ok) return cleaned
  const eid = cleaned.text
  if (!isDigits(eid)) return refused('CHARSET')
  if (eid.length !== 32) return refused('LENGTH')
  if (!eid.startsWith('89')) return refused('FORMAT', 0)
  return remainder97(eid) === 1 ? { ok: true, eid } : refused('CHECK_DIGIT')
}

function remainder97(digits: string): number {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest
}
