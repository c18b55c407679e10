import type { SaleLine, Tender, Totals } from '../../../contract/sale-view.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import { VOUCHER_QR } from '../scans/resolve.ts'
import { codeWords, finished, heading, itemsOf, keptFor, localTime, money, rule, text, words, type PaperSetting } from './paper-words.ts'

export interface DepositPaper {
  readonly number: string
  readonly at: string
  readonly who: string
  readonly name: string
  readonly lines: readonly SaleLine[]
  readonly totals: Totals
  /** Paid now. */
  readonly amount_cents: number
  /** Still to pay when the goods are fetched. */
  readonly due_cents: number
  readonly heldUntil: string
  readonly tenders: readonly Tender[]
}

/** Proof of a deposit, and the slip that lies with the goods: what was paid on what, what is still due, until when it waits. */
export function depositPaper(entry: DepositPaper, setting: PaperSetting): ReceiptDocument {
  const pair = (left: string, right: string, bold = false): ReceiptBlock => ({ kind: 'pair', left, right, bold })
  return finished('slip', setting, [
    ...heading(setting, 'receipt.deposit-title', entry.number, entry.at, entry.who),
    keptFor(entry.name),
    rule(),
    ...itemsOf(entry.lines, setting),
    rule(),
    pair(words(setting, 'receipt.total'), money(setting, entry.totals.gross_cents)),
    ...entry.tenders.map((tender) =>
      pair(words(setting, 'receipt.paid-by', { tender: codeWords(setting, `tender.${tender.kind}`, tender.kind) }), money(setting, tender.amount_cents)),
    ),
    pair(words(setting, 'receipt.deposit-paid'), money(setting, entry.amount_cents), true),
    { kind: 'total', left: words(setting, 'receipt.deposit-due'), right: money(setting, entry.due_cents) },
    text(words(setting, 'receipt.slip-until', { time: localTime(entry.heldUntil, setting) })),
    { kind: 'qr', payload: `${VOUCHER_QR}${entry.number}`, caption: entry.number },
    { kind: 'cut' },
  ])
}
