/** Words of a question beyond this many narrow nothing and only cost. */
const WORDS_MAX = 8

/** The words of a question as the search tables hold them: letters and digits, the rest parts them. */
export const wordsOf = (text: string): string[] => (text.normalize('NFKC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, WORDS_MAX)

/**
 * An FTS5 question in which every word may go on: `"can" * "eos" *`. Each word stands in quotes, so that no sign of a
 * person's text is read as an operator. Null for a text without words.
 */
export function matchOf(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.map((word) => `"${word}" *`).join(' ')
}
