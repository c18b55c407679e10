import { csvText } from '../../../contract/csv.ts'
import type { ShiftReport } from '../../../contract/shift-view.ts'
import { decimalText, minorDigits } from '../../../contract/words/format.ts'

/**
 * A report as lines of `section,name,count,amount,tax`: names are the codes of the contract and the same in every
 * language, amounts are decimal numbers with a point, whatever the country of the till writes.
 */
export function reportCsv(report: ShiftReport, till: string, store: string): string {
  const digits = minorDigits(report.currency)
  const money = (amount_cents: number): number => Number(decimalText(amount_cents, digits))
  const head = (name: string, value: string | null) => ['shift', name, null, value, null]
  return csvText([
    ['section', 'name', 'count', 'amount', 'tax'],
    head('store', store),
    head('till', till),
    head('number', report.number),
    head('opened-at', report.openedAt),
    head('opened-by', report.openedBy),
    head('closed-at', report.closedAt),
    head('closed-by', report.closedBy),
    head('currency', report.currency),
    ['sum', 'sales', report.sales.count, money(report.sales.amount_cents), null],
    ['sum', 'returns', report.returns.count, money(-report.returns.amount_cents), null],
    ['sum', 'discounts', null, money(report.discount_cents), null],
    ['sum', 'rounding', null, money(report.rounding_cents), null],
    ['sum', 'voids', report.voids.count, money(report.voids.amount_cents), null],
    ['sum', 'credits-given-out', report.credits.count, money(report.credits.amount_cents), null],
    ['sum', 'drawer-opened', report.drawerOpened, null, null],
    ...report.taxes.map((tax) => ['tax', String(tax.rate_bp / 100), null, money(tax.gross_cents), money(tax.tax_cents)]),
    ...report.tenders.flatMap((sum) => [
      ['tender-in', sum.kind, sum.count, money(sum.in_cents), null],
      ['tender-out', sum.kind, null, money(-sum.out_cents), null],
    ]),
    ...report.moves.map((move) => [move.what, move.kind, move.count, money(move.amount_cents), null]),
    ['drawer', 'float', null, money(report.float_cents), null],
    ['drawer', 'expected', null, money(report.expected_cents), null],
    ['drawer', 'counted', null, report.counted_cents === null ? null : money(report.counted_cents), null],
    ['drawer', 'difference', null, report.difference_cents === null ? null : money(report.difference_cents), null],
    ['drawer', 'reason', null, report.reason, null],
  ])
}
