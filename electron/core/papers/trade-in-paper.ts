import { productName } from '../../../contract/product-name.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { TradeInPay } from '../../../contract/trade-in-view.ts'
import type { Condition } from '../../../contract/unit.ts'
import type { Product } from '../mirror/mirror.ts'
import { codeWords, exact, finished, heading, money, rule, text, words, type PaperSetting } from './paper-words.ts'

export interface TradeInPaper {
  /** Empty on the statement that is signed before anything is bought. */
  readonly number: string
  readonly at: string
  readonly who: string
  readonly product: Product
  readonly serial: string
  readonly grade: Condition | null
  readonly amount_cents: number | null
  readonly payAs: TradeInPay | null
  readonly credits: readonly string[]
}

/**
 * What the owner signs: that the piece is his to sell, free of debts and of anybody's claim. Of him it has the room for
 * a signature and nothing else; the signed sheet stays with the shop on paper.
 */
export function tradeInPaper(entry: TradeInPaper, setting: PaperSetting): ReceiptDocument {
  return finished('trade-in', setting, [
    ...heading(setting, 'receipt.trade-in-title', entry.number, entry.at, entry.who),
    {
      kind: 'item', name: productName(entry.product), details: [words(setting, 'receipt.serial', { serial: exact(entry.serial, setting) })],
      quantity: null, amount: entry.amount_cents === null ? '' : money(setting, entry.amount_cents),
    },
    ...(entry.grade === null ? [] : [text(words(setting, 'receipt.condition', { condition: codeWords(setting, `condition.${entry.grade}`, entry.grade) }))]),
    rule(),
    text(words(setting, 'receipt.owner-states')),
    { kind: 'space', lines: 4 },
    rule(),
    text(words(setting, 'receipt.signature')),
    { kind: 'space', lines: 1 },
    text(words(setting, 'receipt.identity-seen')),
    ...paid(entry, setting),
    { kind: 'cut' },
  ])
}

function paid({ amount_cents, payAs, credits }: TradeInPaper, setting: PaperSetting): ReceiptBlock[] {
  if (amount_cents === null || payAs === null) return []
  return [
    rule(),
    { kind: 'total', left: words(setting, 'receipt.paid-out'), right: money(setting, amount_cents) },
    text(words(setting, 'receipt.refund-to', { tender: codeWords(setting, `tender.${payAs}`, payAs) })),
    ...credits.map((number) => text(words(setting, 'receipt.credit-number', { number: exact(number, setting) }))),
  ]
}
