import { productName } from '../../../contract/product-name.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { certificateNumber } from './paper-rows.ts'
import { codeWords, ending, exact, finished, heading, numbersOf, rule, text, words, type PaperSetting } from './paper-words.ts'

export interface VendorPaperLine {
  readonly unit: KnownUnit
  readonly reason: string | null
  readonly symptom: string | null
  /** Of the return or the claim by which it came. */
  readonly number: string | null
  /** The last check of the piece that was kept. */
  readonly verdictId: string | null
}

export interface VendorPaper {
  readonly number: string
  readonly at: string
  readonly who: string
  readonly vendor: string
  readonly reference: string
  readonly note: string
  readonly lines: readonly VendorPaperLine[]
}

/** Goes with what is sent to a maker or supplier: each piece by its numbers, why it comes, and who answers for it. */
export function vendorPaper(entry: VendorPaper, setting: PaperSetting): ReceiptDocument {
  return finished('vendor-return', setting, [
    ...heading(setting, 'receipt.vendor-title', entry.number, entry.at, entry.who),
    { kind: 'pair', left: words(setting, 'receipt.vendor-to'), right: entry.vendor, bold: true },
    ...(entry.reference === ''
      ? []
      : [{ kind: 'pair', left: words(setting, 'receipt.vendor-reference'), right: exact(entry.reference, setting), bold: false } as const]),
    ...(entry.note === '' ? [] : [text(entry.note)]),
    rule(),
    ...entry.lines.map((line, index) => lineBlock(line, index + 1, setting)),
    rule(),
    { kind: 'total', left: words(setting, 'receipt.vendor-count', { count: entry.lines.length }), right: '' },
    { kind: 'barcode', symbology: 'code128', payload: entry.number, caption: entry.number },
    ...signature(setting, words(setting, 'receipt.vendor-handed')),
    ...signature(setting, words(setting, 'receipt.vendor-received')),
    ...ending(setting, 'receipt.vendor-keep'),
  ])
}

function lineBlock({ unit, reason, symptom, number, verdictId }: VendorPaperLine, place: number, setting: PaperSetting): ReceiptBlock {
  const why = reason === null ? symptom : codeWords(setting, `return-reason.${reason}`, reason)
  const { condition } = unit.facts
  return {
    kind: 'item',
    name: `${place}. ${productName(unit.product)}`,
    details: [
      ...numbersOf(unit.aliases, setting),
      ...(why === null ? [] : [words(setting, 'receipt.reason', { reason: why })]),
      // Of a customer's piece the shop's own grade says nothing.
      ...(symptom === null ? [words(setting, 'receipt.condition', { condition: codeWords(setting, `condition.${condition}`, condition) })] : []),
      ...(number === null ? [] : [words(setting, 'receipt.vendor-by', { number: exact(number, setting) })]),
      ...(verdictId === null ? [] : [words(setting, 'receipt.vendor-check', { number: exact(certificateNumber(verdictId), setting) })]),
    ],
    quantity: null,
    amount: '',
  }
}

const signature = (setting: PaperSetting, who: string): ReceiptBlock[] => [
  { kind: 'space', lines: 2 },
  rule(),
  text(`${who} · ${words(setting, 'receipt.signature')}`),
]
