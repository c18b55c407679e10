import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { SlipLine } from '../../../native/terminals/payment-terminal.ts'
import type { Deed } from '../flows/carry-out.ts'
import { bcp47, text, words, type PaperSetting } from '../papers/paper-words.ts'
import { queueJob, recordDocument } from '../store/papers.ts'

/** What a terminal wants printed, word for word: the merchant's copy, the customer's, each cut off by itself. */
export function slipPaper(lines: readonly SlipLine[], setting: PaperSetting): ReceiptDocument {
  const copies = [...new Set(lines.map((line) => line.copy))]
  const blocks = copies.flatMap((copy): ReceiptBlock[] => [
    ...(setting.demo ? [{ kind: 'banner', text: words(setting, 'receipt.demo') } as const] : []),
    ...lines.filter((line) => line.copy === copy).map((line) => text(line.text)),
    { kind: 'cut' },
  ])
  return { kind: 'slip', copy: false, demo: setting.demo, language: bcp47(setting), blocks }
}

/** The terminal has no printer of its own as long as the till has logged on with it: its slip is a paper of ours. */
export function keepSlip(deed: Deed, lines: readonly SlipLine[], receipt: number | null, amount_cents: number): void {
  if (lines.length === 0) return
  const { ground, db, setting } = deed
  const at = ground.now()
  const documentId = ground.newId()
  const number = receipt === null ? 'C' : `C-${String(receipt).padStart(4, '0')}`
  recordDocument(db, { id: documentId, kind: 'slip', number, at, total_cents: amount_cents, summary: '', body: slipPaper(lines, setting) })
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: false, at })
}
