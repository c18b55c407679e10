import { productName } from '../../../contract/product-name.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { finished, heading, numbersOf, rule, text, words, type PaperSetting } from '../papers/paper-words.ts'

export interface ShipmentPaper {
  readonly number: string
  readonly at: string
  readonly who: string
  readonly from: string
  readonly to: { readonly name: string; readonly address: string }
  readonly note: string
  readonly pieces: readonly KnownUnit[]
}

/** Goes with pieces on their way to another store: from where, to where, which, and a line for who takes them over. */
export function shipmentPaper(entry: ShipmentPaper, setting: PaperSetting): ReceiptDocument {
  return finished('slip', setting, [
    ...heading(setting, 'receipt.shipment-title', entry.number, entry.at, entry.who),
    text(words(setting, 'receipt.shipment-from', { store: entry.from })),
    { kind: 'text', text: entry.to.name, align: 'left', bold: true, size: 'large' },
    ...(entry.to.address === '' ? [] : [text(entry.to.address)]),
    ...(entry.note === '' ? [] : [text(entry.note, 'left', true)]),
    rule(),
    ...entry.pieces.map((unit): ReceiptBlock => ({
      kind: 'item', name: productName(unit.product), details: numbersOf(unit.aliases, setting), quantity: null, amount: '1 ×',
    })),
    rule(),
    text(words(setting, 'receipt.shipment-text', { count: entry.pieces.length })),
    { kind: 'space', lines: 2 },
    text(words(setting, 'receipt.signature')),
    rule(),
    { kind: 'cut' },
  ])
}
