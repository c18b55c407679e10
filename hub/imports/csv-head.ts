import { parse } from 'csv-parse/sync'

/** How a file is written, found out from its first line and first piece. */
export interface CsvForm {
  readonly delimiter: ',' | ';' | '\t'
  readonly encoding: 'utf-8' | 'windows-1252'
  /** Names of the columns in lower case, blanks as `_`. */
  readonly columns: readonly string[]
}

const DELIMITERS = [';', '\t', ','] as const

/** Reads the form of a file; where its first line cannot be read as CSV it has no columns. `sample` is its first piece; spreadsheets of Western Europe still write windows-1252. */
export function csvForm(firstLine: Buffer, sample: Buffer): CsvForm {
  const encoding = isUtf8(sample) ? 'utf-8' : 'windows-1252'
  const head = textOf(firstLine, encoding)
  const delimiter = [...DELIMITERS].sort((a, b) => head.split(b).length - head.split(a).length)[0] ?? ','
  return { delimiter, encoding, columns: (rowCells(firstLine, { delimiter, encoding }) ?? []).map(columnName) }
}

/** The cells of one row; null where it cannot be read as CSV. */
export function rowCells(bytes: Buffer, form: Pick<CsvForm, 'delimiter' | 'encoding'>): string[] | null {
  try {
    return cellsOf(textOf(bytes, form.encoding), form.delimiter)
  } catch {
    // What the parser has against a row is not more than that it is no row.
    return null
  }
}

/** Cells of many rows in one call, which is ten times as fast; null if any of them is no row by itself. */
export function manyRowCells(rows: readonly Buffer[], form: CsvForm): string[][] | null {
  try {
    const text = rows.map((row) => textOf(row, form.encoding)).join('\n')
    const read = parse(text, { delimiter: form.delimiter, relax_column_count: true, record_delimiter: '\n' })
    return read.length === rows.length ? read : null
  } catch {
    return null
  }
}

const cellsOf = (text: string, delimiter: string): string[] =>
  parse(text, { delimiter, relax_column_count: true, record_delimiter: '\u0000\n' })[0] ?? []

const columnName = (text: string): string => text.trim().toLowerCase().replace(/[\s-]+/gu, '_')

const decoders = { 'utf-8': new TextDecoder('utf-8'), 'windows-1252': new TextDecoder('windows-1252') }

const textOf = (bytes: Buffer, encoding: CsvForm['encoding']): string => decoders[encoding].decode(bytes)

/** A piece may end within a character, so its last three bytes are not asked. */
function isUtf8(sample: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample.subarray(0, wholeCharacters(sample)))
    return true
  } catch {
    return false
  }
}

function wholeCharacters(sample: Buffer): number {
  let end = sample.length
  while (end > 0 && end > sample.length - 4 && ((sample[end - 1] ?? 0) & 0x80) !== 0) end -= 1
  return end
}
