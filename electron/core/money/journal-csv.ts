import { csvText } from '../../../contract/csv.ts'
import type { JournalLine } from '../../../contract/day-journal.ts'
import { decimalText, minorDigits } from '../../../contract/words/format.ts'

/** The lines as a file for a spreadsheet: codes of the contract, times in UTC, amounts with a decimal point. */
export function journalCsv(lines: readonly JournalLine[], currency: string): string {
  const digits = minorDigits(currency)
  return csvText([
    ['at', 'group', 'kind', 'number', 'who', 'amount', 'currency', 'summary'],
    ...lines.map((line) => [
      line.at, line.group, line.kind, line.number, line.who,
      line.amount_cents === null ? null : Number(decimalText(line.amount_cents, digits)), line.amount_cents === null ? null : currency, line.summary,
    ]),
  ])
}
