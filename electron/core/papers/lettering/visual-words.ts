import bidiFactory from 'bidi-js'

const bidi = bidiFactory()

export type Direction = 'ltr' | 'rtl'

/** Marks that steer the order and are not drawn (Unicode Standard Annex 9). */
const STEERING = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g

/** Hebrew and Arabic letters, and the marks that say: from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\u2067\ufb1d-\ufdff\ufe70-\ufeff]/

/** A stretch of a paragraph with the level of each of its characters (Unicode Standard Annex 9). */
export interface Line {
  readonly text: string
  readonly levels: Uint8Array
}

/**
 * A paragraph with its levels; lines are cut out of it, because a bracket may close on another line than it opens. A
 * paragraph without any such letter, like an address, keeps its own order in an Arabic paper too.
 */
export function paragraphOf(text: string, direction: Direction): Line {
  return { text, levels: bidi.getEmbeddingLevels(text, RIGHT_TO_LEFT.test(text) ? direction : 'ltr').levels }
}

export const partOf = (line: Line, start: number, end: number): Line => ({
  text: line.text.slice(start, end),
  levels: line.levels.slice(start, end),
})

/**
 * One line as the words a pen would draw from left to right; blanks stand between words as they are seen. Letters
 * inside a word stay in their logical order: shaping turns Arabic words round by itself. Brackets in right-to-left
 * words are already mirrored.
 */
export function visualWords({ text, levels }: Line): string[] {
  return visualOrder(runsOf(text, levels)).flatMap((run) => wordsOf(run, text)).filter((word) => word !== '')
}

interface Run {
  readonly start: number
  readonly end: number
  readonly level: number
}

function runsOf(line: string, levels: Uint8Array): Run[] {
  const runs: Run[] = []
  for (let start = 0, end = 1; start < line.length; end++) {
    if (end < line.length && levels[end] === levels[start]) continue
    runs.push({ start, end, level: levels[start] ?? 0 })
    start = end
  }
  return runs
}

/** Rule L2: from the highest level down to the lowest odd one, every stretch at that level or above is turned round. */
function visualOrder(runs: readonly Run[]): Run[] {
  const ordered = [...runs]
  const highest = Math.max(0, ...runs.map((run) => run.level))
  for (let level = highest; level >= 1; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) end++
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse())
      start = end
    }
  }
  return ordered
}

function wordsOf(run: Run, line: string): string[] {
  const rightToLeft = run.level % 2 === 1
  const words = line.slice(run.start, run.end).replaceAll(STEERING, '').split(/([ \u00a0\u202f]+)/)
  return rightToLeft ? words.reverse().map(turned) : words
}

/** Shaping turns round what has letters that join; brackets and full stops alone are turned round here. */
function turned(word: string): string {
  const signs = [...word].map((character) => bidi.getMirroredCharacter(character) ?? character)
  return (/\p{L}/u.test(word) ? signs : signs.reverse()).join('')
}
