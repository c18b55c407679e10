import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { RefundOffer } from '../../../contract/return-view.ts'
import type { Condition } from '../../../contract/unit.ts'
import type { NextPlace } from '../../../contract/verdict.ts'
import { dayIn } from '../facts/days.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { codeWords, finished, heading, money, numbersOf, productName, rule, text, words, type PaperSetting } from './paper-words.ts'

export interface ReturnPaper {
  readonly number: string
  readonly at: string
  readonly who: string
  readonly approvedBy: string | null
  readonly unit: KnownUnit
  readonly soldAt: string
  readonly refund: RefundOffer
  readonly reason: string
  readonly condition: Condition
  readonly next: NextPlace
}

/** The customer's proof of the refund and, behind the knife, the slip that goes with the piece. */
export function returnPaper(entry: ReturnPaper, setting: PaperSetting): ReceiptDocument {
  const { unit } = entry
  const name = productName(unit.product)
  const numbers = numbersOf(unit.aliases, setting)
  const soldOn = dayIn(entry.soldAt, setting.place.time_zone)
  const serial = unit.aliases[0]?.value ?? unit.id
  const blocks: ReceiptBlock[] = [
    ...heading(setting, 'receipt.return-title', entry.number, entry.at, entry.who),
    { kind: 'item', name, details: numbers, quantity: null, amount: money(setting, -entry.refund.amount_cents) },
    text(words(setting, 'receipt.original', { receipt: entry.refund.receiptNumber, date: soldOn })),
    text(words(setting, 'receipt.reason', { reason: codeWords(setting, `return-reason.${entry.reason}`, entry.reason) })),
    text(words(setting, 'receipt.condition', { condition: codeWords(setting, `condition.${entry.condition}`, entry.condition) })),
    ...(entry.approvedBy === null ? [] : [text(words(setting, 'receipt.approved-by', { name: entry.approvedBy }))]),
    rule(),
    { kind: 'total', left: words(setting, 'receipt.refund'), right: money(setting, entry.refund.amount_cents) },
    text(words(setting, 'receipt.refund-to', { tender: codeWords(setting, `tender.${entry.refund.to}`, entry.refund.to) })),
    { kind: 'cut' },
    { kind: 'title', text: words(setting, 'receipt.routing-title') },
    ...(setting.demo ? [{ kind: 'banner', text: words(setting, 'receipt.demo') } as const] : []),
    text(name, 'center', true),
    ...numbers.map((line) => text(line, 'center')),
    { kind: 'total', left: words(setting, 'receipt.goes-to', { place: codeWords(setting, `place.${entry.next}`, entry.next) }), right: '' },
    { kind: 'pair', left: words(setting, 'receipt.return-title'), right: entry.number, bold: false },
    { kind: 'barcode', symbology: 'code128', payload: serial, caption: serial },
    { kind: 'cut' },
  ]
  return finished('return', setting, blocks)
}
