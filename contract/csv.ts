type Field = string | number | null

/**
 * Rows as RFC 4180 has them: CRLF, quotes where the delimiter, a quote or a line break stands. A value that a
 * spreadsheet would take for a formula gets an apostrophe in front: a name typed at the till must not run on the
 * manager's desk.
 */
export const csvText = (rows: readonly (readonly Field[])[], delimiter: ',' | ';' = ','): string =>
  rows.map((row) => `${row.map((value) => csvField(value, delimiter)).join(delimiter)}\r\n`).join('')

function csvField(value: Field, delimiter: string): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
