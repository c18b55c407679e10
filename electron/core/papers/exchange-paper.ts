import type { ExchangeKind, Settlement } from '../../../contract/exchange-view.ts'
import { productName } from '../../../contract/product-name.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { Condition, CoverLayer, TenderKind } from '../../../contract/unit.ts'
import type { NextPlace } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { RECEIPT_QR } from '../scans/resolve.ts'
import {
  codeWords, ending, exact, finished, heading, money, numbersOf, rule, text, words, type PaperSetting,
} from './paper-words.ts'
import { slipBlocks, type Slips } from './routing-slip.ts'

export interface ExchangePaper {
  readonly kind: ExchangeKind
  readonly number: string
  readonly at: string
  readonly who: string
  readonly old: KnownUnit
  readonly new: KnownUnit
  readonly reason: string
  readonly condition: Condition
  readonly next: NextPlace
  readonly settlement: Settlement
  readonly tender: TenderKind | null
  readonly cover: readonly CoverLayer[]
  readonly credits: readonly string[]
  readonly originalReceipt: string
}

/** One paper for both pieces: what came, what went, what was paid between them, and the cover that went along. */
export function exchangePaper(entry: ExchangePaper, setting: PaperSetting, slips: Slips): ReceiptDocument {
  const { settlement } = entry
  const isSwap = entry.kind !== 'exchange'
  return finished('exchange', setting, [
    ...heading(setting, isSwap ? 'receipt.swap-title' : 'receipt.exchange-title', entry.number, entry.at, entry.who),
    text(words(setting, 'receipt.came-back'), 'left', true),
    item(entry.old, isSwap ? null : -settlement.old_cents, setting),
    text(words(setting, 'receipt.reason', { reason: codeWords(setting, `return-reason.${entry.reason}`, entry.reason) })),
    rule(),
    text(words(setting, 'receipt.went-out'), 'left', true),
    item(entry.new, isSwap ? null : settlement.new_cents, setting),
    rule(),
    ...(isSwap ? [] : moneyBlocks(entry, setting)),
    ...(entry.cover.length === 0 ? [] : [text(words(setting, 'receipt.cover-moved'), 'left', true)]),
    ...entry.cover.map((layer): ReceiptBlock => ({
      kind: 'pair', bold: false, left: codeWords(setting, `cover.${layer.layer}`, layer.layer), right: words(setting, 'receipt.until', { date: layer.end }),
    })),
    { kind: 'space', lines: 1 },
    { kind: 'qr', payload: `${RECEIPT_QR}${isSwap ? entry.originalReceipt : entry.number}`, caption: words(setting, 'receipt.scan-me') },
    ...ending(setting, 'receipt.thanks'),
    ...(slips === 'labels-apart' ? [] : slipBlocks(entry.number, { product: entry.old.product, unit: entry.old, serial: null, quantity: 1, next: entry.next }, setting)),
  ])
}

const item = (unit: KnownUnit, amount_cents: number | null, setting: PaperSetting): ReceiptBlock => ({
  kind: 'item', name: productName(unit.product), details: numbersOf(unit.aliases, setting), quantity: null,
  amount: amount_cents === null ? '' : money(setting, amount_cents),
})

function moneyBlocks({ settlement, tender, credits }: ExchangePaper, setting: PaperSetting): ReceiptBlock[] {
  const name = (kind: string): string => codeWords(setting, `tender.${kind}`, kind)
  const paid = tender === 'cash' ? settlement.cash_cents : settlement.difference_cents
  if (settlement.difference_cents > 0)
    return [
      { kind: 'total', left: words(setting, 'receipt.to-pay'), right: money(setting, paid) },
      ...(tender === null ? [] : [text(words(setting, 'receipt.paid-by', { tender: name(tender) }))]),
    ]
  if (settlement.back === null) return [{ kind: 'total', left: words(setting, 'receipt.even'), right: money(setting, 0) }]
  return [
    { kind: 'total', left: words(setting, 'receipt.refund'), right: money(setting, settlement.back.amount_cents + settlement.back.rounding_cents) },
    ...settlement.back.pays.map(({ kind, amount_cents }): ReceiptBlock => ({ kind: 'pair', left: name(kind), right: money(setting, amount_cents), bold: false })),
    ...credits.map((number) => text(words(setting, 'receipt.credit-number', { number: exact(number, setting) }))),
  ]
}
