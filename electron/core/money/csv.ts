/**
 * Rows as RFC 4180 has them: CRLF, quotes where a comma, a quote or a line break stands. A value that a spreadsheet
 * would take for a formula gets an apostrophe in front: a name typed at the till must not run on the manager's desk.
 */
export const csvText = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => row.map(csvField).join(',')).join('\r\n') + '\r\n'

function csvField(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
