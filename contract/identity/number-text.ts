import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** A printed number without what people put between its digits. */
export interface NumberText {
  readonly text: string
}

/**
 * Prepares a printed device or book number: surrounding blanks and the separators blank, `-`, `.`, `/` go,
 * letters become capitals. Refuses nothing at all (`EMPTY`) and anything outside of ASCII (`CHARSET`): digits
 * of other scripts look right on a screen and are found in no list.
 */
export function numberText(value: string): Outcome<NumberText> {
  const text = value.trim().replace(/[ \-./]/g, '')
  if (text === '') return refused('EMPTY', 0)
  if (!/^[\u0021-\u007e]*$/.test(text)) return refused('CHARSET')
  return { ok: true, text: text.toUpperCase() }
}
