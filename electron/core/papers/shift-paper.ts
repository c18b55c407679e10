import { negated } from '../../../contract/money.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { ShiftReport } from '../../../contract/shift-view.ts'
import { formatRate } from '../../../contract/words/format.ts'
import { lawOf } from './country-law.ts'
import { codeWords, finished, heading, localTime, money, rule, text, words, type PaperSetting } from './paper-words.ts'

/** Of which moment a report speaks, and who asked for it. An X has a number of the day, a Z one of its own series. */
export interface ReportHead {
  readonly number: string
  readonly at: string
  readonly who: string
}

/** X or Z on paper: what was sold and given back, by rate and by means, and what the drawer should hold or held. */
export function shiftPaper(report: ShiftReport, head: ReportHead, setting: PaperSetting): ReceiptDocument {
  const pair = (left: string, right: string, bold = false): ReceiptBlock => ({ kind: 'pair', left, right, bold })
  const counted = (key: 'receipt.shift-sales' | 'receipt.shift-returns' | 'receipt.shift-voids' | 'receipt.shift-credits', sum: ShiftReport['sales']) =>
    pair(words(setting, key, { count: sum.count }), money(setting, sum.amount_cents))
  const isZ = report.closedAt !== null
  return finished('shift', setting, [
    ...heading(setting, isZ ? 'receipt.z-title' : 'receipt.x-title', head.number, head.at, head.who),
    text(words(setting, 'receipt.shift-opened', { time: localTime(report.openedAt, setting), name: report.openedBy })),
    rule(),
    counted('receipt.shift-sales', report.sales),
    counted('receipt.shift-returns', { ...report.returns, amount_cents: negated(report.returns.amount_cents) }),
    ...(report.discount_cents === 0 ? [] : [pair(words(setting, 'receipt.shift-discounts'), money(setting, report.discount_cents))]),
    ...(report.rounding_cents === 0 ? [] : [pair(words(setting, 'receipt.rounding'), money(setting, report.rounding_cents))]),
    ...(report.voids.count === 0 ? [] : [counted('receipt.shift-voids', report.voids)]),
    ...(report.credits.count === 0 ? [] : [counted('receipt.shift-credits', report.credits)]),
    ...(report.drawerOpened === 0 ? [] : [pair(words(setting, 'receipt.shift-no-sale'), String(report.drawerOpened))]),
    rule(),
    ...report.taxes.map((tax) =>
      pair(
        words(setting, 'receipt.tax', { rate: formatRate(setting.language, tax.rate_bp), name: lawOf(setting.place.country).taxName }),
        words(setting, 'receipt.tax-from', { tax: money(setting, tax.tax_cents), gross: money(setting, tax.gross_cents) }),
      ),
    ),
    ...(report.taxes.length === 0 ? [] : [rule()]),
    ...report.tenders.flatMap((sum) => {
      const tender = codeWords(setting, `tender.${sum.kind}`, sum.kind)
      return [
        pair(words(setting, 'receipt.shift-in', { tender }), money(setting, sum.in_cents)),
        ...(sum.out_cents === 0 ? [] : [pair(words(setting, 'receipt.shift-out', { tender }), money(setting, -sum.out_cents))]),
      ]
    }),
    ...report.moves.map((move) =>
      pair(
        `${codeWords(setting, `cash-move.${move.what}`, move.what)}, ${codeWords(setting, `tender.${move.kind}`, move.kind)}`,
        money(setting, move.amount_cents),
      ),
    ),
    rule('double'),
    pair(words(setting, 'receipt.shift-float'), money(setting, report.float_cents)),
    pair(words(setting, 'receipt.shift-expected'), money(setting, report.expected_cents), true),
    ...(report.counted_cents === null || report.difference_cents === null
      ? []
      : [
        pair(words(setting, 'receipt.shift-counted'), money(setting, report.counted_cents), true),
        { kind: 'total', left: words(setting, 'receipt.shift-difference'), right: money(setting, report.difference_cents) } as const,
        ...(report.reason === null ? [] : [text(words(setting, 'receipt.reason', { reason: report.reason }))]),
        { kind: 'space', lines: 2 } as const,
        text(words(setting, 'receipt.signature')),
        rule(),
      ]),
    { kind: 'cut' },
  ])
}
