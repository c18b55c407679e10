import type { CodePage } from './code-page-tables.ts'
import { byteOf } from './code-page-tables.ts'
import { TRANSLITERATIONS } from './transliterations.ts'

/** A character that does not stand on the paper as it was written, and what stands there instead. */
export interface Replacement {
  readonly character: string
  /** Empty: left out, as a lone accent. */
  readonly by: string
  /** Nothing resembles it: a question mark stands in its place, and whoever asked for the print is told. */
  readonly lost: boolean
}

const NOTHING_RESEMBLES_IT = '?'
/** Format characters (direction marks, joiners, variation selectors) steer a screen and have no glyph of their own. */
const INVISIBLE = /^[\p{Cf}\p{Variation_Selector}]$/u
const CONTROL = /^\p{Cc}$/u
const MARK = /^\p{M}$/u

/**
 * Writes a text in characters that the printer has: itself where one of its pages holds it, else the documented
 * transliteration, else without accents, else `?` told as lost. Control characters become blanks, so no text can
 * smuggle a command to the printer; the line feed stays and means a new line.
 *
 * Done before the layout, because a replacement may be longer than the character (`€` becomes `EUR`).
 */
export function legibleText(
  text: string,
  pages: Iterable<CodePage>,
): { readonly text: string; readonly replaced: readonly Replacement[] } {
  const known = [...pages]
  const replaced: Replacement[] = []
  let written = ''
  for (const character of text.normalize('NFC')) {
    if (character === '\n' || isPrintable(character, known)) written += character
    else if (CONTROL.test(character)) written += ' '
    else if (!INVISIBLE.test(character)) {
      const by = replacementOf(character, known)
      const lost = by === null && !MARK.test(character)
      const standing = by ?? (lost ? NOTHING_RESEMBLES_IT : '')
      // A blank for a blank of another width is not worth a remark.
      if (standing.trim() !== '' || character.trim() !== '') replaced.push({ character, by: standing, lost })
      written += standing
    }
  }
  return { text: written, replaced }
}

/** ASCII is on every printer, also on one that has no page of its own at all. */
function isPrintable(character: string, pages: readonly CodePage[]): boolean {
  if (/^[ -~]$/.test(character)) return true
  return pages.some((page) => byteOf(character, page) !== undefined)
}

function replacementOf(character: string, pages: readonly CodePage[]): string | null {
  const candidates = [...(TRANSLITERATIONS.get(character) ?? []), ...withoutAccents(character)]
  for (const candidate of candidates) {
    if ([...candidate].every((part) => isPrintable(part, pages))) return candidate
  }
  // A letter under accents may itself need a transliteration: Ǿ is Ø with an acute.
  for (const candidate of candidates) {
    const parts = [...candidate].map((part) => (isPrintable(part, pages) ? part : simplerOf(part, character, pages)))
    if (parts.every((part) => part !== null)) return parts.join('')
  }
  return null
}

function simplerOf(part: string, whole: string, pages: readonly CodePage[]): string | null {
  return part === whole ? null : replacementOf(part, pages)
}

/** The letter with ever fewer accents: of ấ first â, then a. */
function withoutAccents(character: string): string[] {
  const parts = [...character.normalize('NFD')]
  const fewer: string[] = []
  for (let kept = parts.length - 1; kept >= 1; kept--) {
    if (MARK.test(parts[kept] ?? '')) fewer.push(parts.slice(0, kept).join('').normalize('NFC'))
  }
  return fewer
}

/** A stretch of text that one page can print. */
export interface PageRun {
  readonly page: CodePage
  readonly bytes: Uint8Array
}

/**
 * Cuts a legible text into runs of one code page each, beginning on the page the printer is on. A word stays on one
 * page where one holds all of it; the page changes only where it must. Throws (a bug) on a character that
 * `legibleText` for the same pages would not have let through.
 */
export function pageRuns(text: string, pages: readonly CodePage[], active: CodePage): PageRun[] {
  const runs: { page: CodePage; bytes: number[] }[] = []
  let page = active
  const put = (character: string) => {
    const byte = byteOf(character, page)
    if (byte === undefined) throw new Error(`not legible on this printer: ${JSON.stringify(character)}`)
    const last = runs.at(-1)
    if (last?.page === page) last.bytes.push(byte)
    else runs.push({ page, bytes: [byte] })
  }
  for (const word of text.match(/ +|[^ ]+/g) ?? []) {
    page = pageHolding(word, pages, page) ?? page
    for (const character of word) {
      page = pageHolding(character, pages, page) ?? page
      put(character)
    }
  }
  return runs.map((run) => ({ page: run.page, bytes: Uint8Array.from(run.bytes) }))
}

/** The active page where it holds the whole text, else the first of the printer's that does. */
function pageHolding(text: string, pages: readonly CodePage[], active: CodePage): CodePage | undefined {
  return [active, ...pages].find((page) => [...text].every((character) => byteOf(character, page) !== undefined))
}
