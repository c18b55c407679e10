import { productName } from '../../../contract/product-name.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { NextPlace } from '../../../contract/verdict.ts'
import type { UnitLabel } from '../../../native/labels/unit-label.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Product } from '../mirror/mirror.ts'
import { codeWords, exact, finished, numbersOf, text, words, type PaperSetting } from './paper-words.ts'

/** What a slip says of a piece that came back. */
export interface RoutedLine {
  readonly product: Product
  readonly unit: KnownUnit | null
  /** The number on a piece nobody has a record of. */
  readonly serial: string | null
  readonly quantity: number
  readonly next: NextPlace
}

/** `labels-apart`: a label printer takes what goes with each piece, and the customer's paper holds nothing else. */
export type Slips = 'with-slips' | 'labels-apart'

export const numbersOfLine = (line: Pick<RoutedLine, 'unit' | 'serial'>, setting: PaperSetting): string[] =>
  line.unit !== null
    ? numbersOf(line.unit.aliases, setting)
    : line.serial === null ? [] : [words(setting, 'receipt.serial', { serial: exact(line.serial, setting) })]

/** Goes with the piece: what it is, where it goes, and its number to be read by the next scanner. */
export function slipBlocks(number: string, line: RoutedLine, setting: PaperSetting): ReceiptBlock[] {
  const serial = line.unit?.aliases[0]?.value ?? line.serial ?? line.product.gtin ?? line.product.sku
  return [
    { kind: 'title', text: words(setting, 'receipt.routing-title') },
    ...(setting.demo ? [{ kind: 'banner', text: words(setting, 'receipt.demo') } as const] : []),
    text(productName(line.product), 'center', true),
    ...numbersOfLine(line, setting).map((one) => text(one, 'center')),
    ...(line.quantity === 1 ? [] : [text(`${line.quantity} ×`, 'center', true)]),
    { kind: 'total', left: words(setting, 'receipt.goes-to', { place: codeWords(setting, `place.${line.next}`, line.next) }), right: '' },
    { kind: 'pair', left: words(setting, 'receipt.return-title'), right: number, bold: false },
    { kind: 'barcode', symbology: 'code128', payload: serial, caption: serial },
    { kind: 'cut' },
  ]
}

/** The slip of one piece as a paper of its own, for a printer of its own. */
export const routingPaper = (number: string, line: RoutedLine, setting: PaperSetting): ReceiptDocument =>
  finished('routing', setting, slipBlocks(number, line, setting))

/**
 * A slip as a label: first where the piece goes, which is read across the room, then what it is, and its number as a
 * square code, which a small label has room for. Null for a paper that names no piece by a code.
 */
export function slipLabel({ blocks }: Pick<ReceiptDocument, 'blocks'>): UnitLabel | null {
  const place = blocks.find((block) => block.kind === 'total')
  const code = blocks.find((block) => block.kind === 'barcode')
  if (place === undefined || code === undefined) return null
  const [name = '', ...numbers] = blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []))
  const papers = blocks.flatMap((block) => (block.kind === 'pair' ? [`${block.left} ${block.right}`] : []))
  // A small label ends after four lines: of many numbers the last may be missing, the code is never.
  return { title: place.left, lines: [name, ...papers, ...numbers], code: { gs1: false, payload: code.payload } }
}
