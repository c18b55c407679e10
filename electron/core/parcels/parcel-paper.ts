import type { ParcelTo } from '../../../contract/parcel.ts'
import { productName } from '../../../contract/product-name.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { finished, heading, keptFor, numbersOf, rule, text, words, type PaperSetting } from '../papers/paper-words.ts'
import { RECEIPT_QR } from '../scans/resolve.ts'

export interface ParcelPaper {
  readonly number: string
  readonly receipt: string
  readonly at: string
  readonly who: string
  readonly carrier: string
  readonly tracking: string
  readonly pieces: readonly KnownUnit[]
}

/**
 * Goes with a parcel: to whom and where, which pieces by their numbers, and the code that brings up their sale. With null
 * for the address it is the paper as the shop keeps it. No prices: a parcel may be a gift.
 */
export function parcelPaper(entry: ParcelPaper, to: ParcelTo | null, setting: PaperSetting): ReceiptDocument {
  const pair = (left: string, right: string): ReceiptBlock[] => (right === '' ? [] : [{ kind: 'pair', left, right, bold: false }])
  return finished('slip', setting, [
    ...heading(setting, 'receipt.parcel-title', entry.number, entry.at, entry.who),
    ...(to === null
      ? [text(words(setting, 'receipt.parcel-left-out'))]
      : [keptFor(to.name), ...to.address.split('\n').map((line) => text(line, 'center', true))]),
    rule(),
    ...pair(words(setting, 'receipt.parcel-carrier'), entry.carrier),
    ...pair(words(setting, 'receipt.parcel-tracking'), entry.tracking),
    ...pair(words(setting, 'receipt.parcel-sale'), entry.receipt),
    rule(),
    ...entry.pieces.map((unit): ReceiptBlock => ({
      kind: 'item', name: productName(unit.product), details: numbersOf(unit.aliases, setting), quantity: null, amount: '1 ×',
    })),
    rule(),
    text(words(setting, 'receipt.parcel-text')),
    { kind: 'qr', payload: `${RECEIPT_QR}${entry.receipt}`, caption: entry.receipt },
    { kind: 'cut' },
  ])
}
