import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import { RECEIPT_QR } from '../scans/resolve.ts'
import { finished, heading, keptFor, rule, text, words, type PaperSetting } from './paper-words.ts'

export interface PickupPaper {
  /** Number of the sale: its code brings the sale up when the goods are fetched. */
  readonly number: string
  readonly at: string
  readonly who: string
  /** Who may fetch them, as the customer said it. */
  readonly name: string
  readonly soldOn: string
  readonly lines: readonly { readonly name: string; readonly numbers: readonly string[]; readonly quantity: number }[]
}

/** Lies with goods that are paid and wait to be fetched: for whom, which pieces, and a line to sign on. No prices. */
export function pickupPaper(entry: PickupPaper, setting: PaperSetting): ReceiptDocument {
  return finished('slip', setting, [
    ...heading(setting, 'receipt.pickup-title', entry.number, entry.at, entry.who),
    keptFor(entry.name),
    text(words(setting, 'receipt.pickup-paid', { date: entry.soldOn }), 'center', true),
    rule(),
    ...entry.lines.map((line): ReceiptBlock => ({
      kind: 'item',
      name: line.name,
      details: [...line.numbers],
      quantity: null,
      amount: `${line.quantity} ×`,
    })),
    rule(),
    text(words(setting, 'receipt.pickup-text')),
    { kind: 'space', lines: 2 },
    text(words(setting, 'receipt.signature')),
    rule(),
    { kind: 'qr', payload: `${RECEIPT_QR}${entry.number}`, caption: words(setting, 'receipt.scan-me') },
    { kind: 'cut' },
  ])
}
