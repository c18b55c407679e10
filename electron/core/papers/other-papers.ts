import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { TenderSum } from '../store/shifts.ts'
import { codeWords, ending, finished, heading, languageOfDocument, money, rule, text, words, type PaperSetting } from './paper-words.ts'

/** The same paper once more, and said so on top in the language it is written in. */
export function copyOf(document: ReceiptDocument, setting: PaperSetting): ReceiptDocument {
  const language = languageOfDocument(document) ?? setting.language
  return { ...document, copy: true, blocks: [{ kind: 'banner', text: words({ ...setting, language }, 'receipt.copy') }, ...document.blocks] }
}

export function testPaper(at: string, setting: PaperSetting): ReceiptDocument {
  return finished('test', setting, [
    ...heading(setting, 'receipt.test-title', '', at, ''),
    text(words(setting, 'receipt.test-text')),
    { kind: 'qr', payload: 'countermark:test', caption: null },
    ...ending(setting, 'receipt.thanks'),
  ])
}

export interface ShiftPaper {
  readonly number: string
  readonly openedAt: string
  readonly closedAt: string
  readonly who: string
  readonly float_cents: number
  readonly sales: number
  readonly returns: number
  readonly tenders: readonly TenderSum[]
  readonly expected_cents: number
  readonly counted_cents: number
}

/** The report at the end of a shift: what should be in the drawer, what was counted, and the difference. */
export function shiftPaper(shift: ShiftPaper, setting: PaperSetting): ReceiptDocument {
  const pair = (left: string, right: string, bold = false): ReceiptBlock => ({ kind: 'pair', left, right, bold })
  const tenderName = (kind: string) => codeWords(setting, `tender.${kind}`, kind)
  const blocks: ReceiptBlock[] = [
    ...heading(setting, 'receipt.shift-title', shift.number, shift.closedAt, shift.who),
    pair(words(setting, 'receipt.shift-sales'), String(shift.sales)),
    pair(words(setting, 'receipt.shift-returns'), String(shift.returns)),
    rule(),
    pair(words(setting, 'receipt.shift-float'), money(setting, shift.float_cents)),
    ...shift.tenders.flatMap((sum) => [
      pair(words(setting, 'receipt.shift-in', { tender: tenderName(sum.kind) }), money(setting, sum.in_cents)),
      pair(words(setting, 'receipt.shift-out', { tender: tenderName(sum.kind) }), money(setting, -sum.out_cents)),
    ]),
    rule('double'),
    pair(words(setting, 'receipt.shift-expected'), money(setting, shift.expected_cents), true),
    pair(words(setting, 'receipt.shift-counted'), money(setting, shift.counted_cents), true),
    { kind: 'total', left: words(setting, 'receipt.shift-difference'), right: money(setting, shift.counted_cents - shift.expected_cents) },
    { kind: 'space', lines: 2 },
    text(words(setting, 'receipt.signature')),
    rule(),
    { kind: 'cut' },
  ]
  return finished('shift', setting, blocks)
}
