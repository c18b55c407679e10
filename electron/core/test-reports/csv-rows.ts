const DELIMITERS = [',', ';', '\t'] as const

/** One row of a file, with the number of the line it begins in as an editor counts them. */
export interface CsvRow {
  readonly line: number
  readonly fields: readonly string[]
}

/**
 * The rows of a CSV file after RFC 4180: fields in quotes may hold the delimiter, quotes written twice, and line breaks.
 * The delimiter is the one the first line has most of. Empty lines are left out. Null where a quote is never closed.
 */
export function csvRows(text: string): CsvRow[] | null {
  const whole = text.replace(/^\uFEFF/, '')
  const delimiter = delimiterOf(whole.slice(0, Math.max(0, whole.search(/[\r\n]|$/))))
  const rows: CsvRow[] = []
  let fields: string[] = []
  let field = ''
  let line = 1
  let beganAt = 1
  let isQuoted = false
  const endField = () => {
    fields.push(field.trim())
    field = ''
  }
  const endRow = () => {
    endField()
    if (fields.some((one) => one !== '')) rows.push({ line: beganAt, fields })
    fields = []
  }
  for (let at = 0; at < whole.length; at += 1) {
    const sign = whole[at] ?? ''
    if (sign === '\n') line += 1
    if (isQuoted) {
      if (sign !== '"') field += sign
      else if (whole[at + 1] === '"') {
        field += '"'
        at += 1
      } else isQuoted = false
    } else if (sign === '"' && field.trim() === '') {
      isQuoted = true
      field = ''
    } else if (sign === delimiter) endField()
    else if (sign === '\n') {
      endRow()
      beganAt = line
    } else if (sign !== '\r') field += sign
  }
  if (isQuoted) return null
  endRow()
  return rows
}

function delimiterOf(head: string): string {
  const count = (delimiter: string): number => head.split(delimiter).length
  return DELIMITERS.toSorted((a, b) => count(b) - count(a))[0] ?? ','
}
