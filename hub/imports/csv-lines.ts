const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const QUOTE = 0x22

/** A row longer than this is no row of a list. */
export const ROW_BYTES_MAX = 64 * 1024
/** A quoted cell may run over a few lines; a quote that nobody closed must not swallow the rest of the file. */
const LINES_IN_ROW_MAX = 8

export interface CsvLine {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number
  readonly bytes: Buffer
  /** Where the next row begins, in bytes from the start of the file: an import goes on from here. */
  readonly next: number
  /** A quote was opened and not closed within the bounds of a row. */
  readonly isBroken: boolean
}

/** Where to go on reading; the default is the start of the file. */
export interface CsvPlace {
  readonly byte: number
  readonly line: number
}

/**
 * Cuts a file into rows, in whatever pieces its bytes arrive. Line ends within quotes belong to the cell; where the
 * quotes do not close, only the one line is broken and reading goes on after it. Holds at most one row and one piece.
 */
export async function* csvLines(
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>, from: CsvPlace = { byte: 0, line: 1 },
): AsyncGenerator<CsvLine> {
  let rest: Buffer = Buffer.alloc(0)
  let { byte, line } = from
  const cut = (isEnd: boolean): CsvLine[] => {
    const rows: CsvLine[] = []
    for (;;) {
      const row = firstRow(rest, isEnd)
      if (row === null) return rows
      rest = rest.subarray(row.used)
      byte += row.used
      if (row.bytes.length > 0) rows.push({ line, bytes: row.bytes, next: byte, isBroken: row.isBroken })
      line += row.lines
    }
  }
  for await (const piece of pieces) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    yield* cut(false)
  }
  yield* cut(true)
}

interface FirstRow {
  readonly bytes: Buffer
  readonly used: number
  readonly lines: number
  readonly isBroken: boolean
}

/** The first row of the bytes; null if it may go on in bytes that are still to come. */
function firstRow(bytes: Buffer, isEnd: boolean): FirstRow | null {
  if (bytes.length === 0) return null
  let quotes = 0
  let counted = 0
  let start = 0
  let first: number | null = null
  for (let lines = 1; lines <= LINES_IN_ROW_MAX; lines += 1) {
    const found = bytes.indexOf(LINE_FEED, start)
    if (found === -1 && !isEnd && bytes.length <= ROW_BYTES_MAX) return null
    const end = found === -1 ? bytes.length : found
    first ??= end
    for (counted = bytes.indexOf(QUOTE, start); counted !== -1 && counted < end; counted = bytes.indexOf(QUOTE, counted + 1)) quotes += 1
    if (quotes % 2 === 0 && end <= ROW_BYTES_MAX) return rowTo(bytes, end, found !== -1, lines, false)
    if (found === -1 || end > ROW_BYTES_MAX) break
    start = found + 1
  }
  const end = first ?? bytes.length
  return rowTo(bytes, end, end < bytes.length, 1, true)
}

function rowTo(bytes: Buffer, end: number, hasFeed: boolean, lines: number, isBroken: boolean): FirstRow {
  const text = end > 0 && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end
  return { bytes: bytes.subarray(0, text), used: hasFeed ? end + 1 : end, lines, isBroken }
}
