import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import { codeWords, finished, heading, money, rule, text, words, type PaperSetting } from './paper-words.ts'

export interface CashPaper {
  readonly number: string
  readonly at: string
  readonly who: string
  /** Words: `cash-move.<what>`. */
  readonly what: 'paid-in' | 'paid-out' | 'drop' | 'no-sale' | 'deposit-out' | 'credit-out'
  /** Null where no money moved. */
  readonly amount_cents: number | null
  readonly reason: string
  /** A colleague who lent the right for it, or nobody. */
  readonly approvedBy: string | null
  /** The voucher or deposit the money belongs to. */
  readonly credit: string | null
}

/** The slip that lies in the drawer for cash that moved without a sale: how much, why, who, and who allowed it. */
export function cashPaper(entry: CashPaper, setting: PaperSetting): ReceiptDocument {
  const pair = (left: string, right: string): ReceiptBlock => ({ kind: 'pair', left, right, bold: false })
  return finished('cash', setting, [
    ...heading(setting, 'receipt.cash-title', entry.number, entry.at, entry.who),
    text(codeWords(setting, `cash-move.${entry.what}`, entry.what), 'center', true),
    ...(entry.amount_cents === null
      ? []
      : [{ kind: 'total', left: words(setting, 'receipt.cash-amount'), right: money(setting, Math.abs(entry.amount_cents)) } as const]),
    ...(entry.credit === null ? [] : [pair(words(setting, 'receipt.credit-number'), entry.credit)]),
    ...(entry.reason === '' ? [] : [text(words(setting, 'receipt.reason', { reason: entry.reason }))]),
    ...(entry.approvedBy === null ? [] : [text(words(setting, 'receipt.approved-by', { name: entry.approvedBy }))]),
    { kind: 'space', lines: 2 },
    text(words(setting, 'receipt.signature')),
    rule(),
    { kind: 'cut' },
  ])
}
