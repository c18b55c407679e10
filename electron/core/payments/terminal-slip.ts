import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { SlipLine } from '../../../native/terminals/payment-terminal.ts'
import type { Deed } from '../flows/deed.ts'
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

/** What a slip is found by: the terminal's receipt number, where it told one. */
export const slipNumber = (receipt: number | null): string => (receipt === null ? 'C' : `C-${String(receipt).padStart(4, '0')}`)

/**
 * The terminal has no printer of its own as long as the till has logged on with it: its slip is a paper of ours.
 * Returns the paper's id, or null where the terminal wants nothing printed.
 */
export function keepSlip(
  deed: Deed, slip: { readonly lines: readonly SlipLine[]; readonly number: string; readonly amount_cents: number },
): string | null {
  if (slip.lines.length === 0) return null
  const { ground, db, setting } = deed
  const at = ground.now()
  const documentId = ground.newId()
  const body = slipPaper(slip.lines, setting)
  recordDocument(db, { id: documentId, kind: 'slip', number: slip.number, at, total_cents: slip.amount_cents, summary: '', body })
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: false, at })
  return documentId
}
