import { paragraphOf, partOf, type Direction, type Line } from './visual-words.ts'

/**
 * Wraps by words into lines of at most a width, in the unit of the measure. A word wider than the line is broken inside
 * and loses nothing; line feeds break too.
 */
export function wrapLines(text: string, direction: Direction, fits: (line: Line) => boolean): Line[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph.trim().replaceAll(/ {2,}/g, ' '), direction, fits))
}

function wrapParagraph(text: string, direction: Direction, fits: (line: Line) => boolean): Line[] {
  const paragraph = paragraphOf(text, direction)
  const lines: Line[] = []
  let start = 0
  while (start < text.length) {
    let end = start
    for (let stop = nextStop(text, end); stop > end && fits(partOf(paragraph, start, stop)); stop = nextStop(text, end)) end = stop
    if (end === start) {
      const word = nextStop(text, start)
      end = start + 1
      while (end < word && fits(partOf(paragraph, start, end + 1))) end++
    }
    lines.push(partOf(paragraph, start, end))
    start = text[end] === ' ' ? end + 1 : end
  }
  return lines.length === 0 ? [paragraph] : lines
}

/** The end of the word that begins or goes on after a place; the place itself at the end of the text. */
function nextStop(text: string, from: number): number {
  const blank = text.indexOf(' ', from + 1)
  return blank === -1 ? text.length : blank
}
