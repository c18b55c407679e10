import { metaValue } from '../store/meta.ts'
import type { Reading } from '../store/store.ts'

const TILL_OF_LETTER: Readonly<Record<string, number>> = { T: 0, K: 40, S: 70 }

/** The letters of this till as they are now; a till that joins a centre may get others. Null before it has any. */
export const lettersNow = (db: Reading): string | null => metaValue<{ readonly code: string }>(db, 'till')?.code ?? null

/** A till as it stands in the numbers it gives out: two digits for the usual letters (`T1`, `K2`), else the letters as they are. */
export function tillInNumbers(tillCode: string): string {
  const usual = /^([TKS])(\d{1,2})$/.exec(tillCode)
  return usual === null ? tillCode : String(((TILL_OF_LETTER[usual[1] ?? ''] ?? 0) + Number(usual[2])) % 100).padStart(2, '0')
}

/** A block that a till gave itself under letters it has no more: another till may have them by now, and give out the same. */
export const isOfOtherLetters = ({ id, fixed }: { readonly id: string; readonly fixed: Readonly<Record<string, string>> }, letters: string | null): boolean =>
  letters !== null && id.startsWith('own-') && fixed['till'] !== tillInNumbers(letters)
