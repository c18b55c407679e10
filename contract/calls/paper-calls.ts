import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { Id, Language, ScanText } from '../ids.ts'
import { Cents } from '../money.ts'
import { PaperTemplate } from '../paper-template.ts'
import { ReceiptDocument } from '../receipt.ts'
import { EVERYBODY, staff, STAFFED, withRight } from './allowed.ts'

/** A document found by what stands on it. */
export const DocumentHit = z.object({
  documentId: Id,
  kind: z.string(),
  number: z.string(),
  at: z.string(),
  total_cents: Cents,
  summary: z.string(),
})

const PaperLanguage = z.object({ language: Language.nullable() })
const PaperMade = z.object({ documentId: Id })

export const papers = {
  find: staff(STAFFED, EVERYBODY).input(z.object({ text: z.string().max(128) })).output(z.array(DocumentHit)),
  view: staff(STAFFED, EVERYBODY).input(z.object({ documentId: Id })).output(ReceiptDocument),
  /** Prints a document again, marked COPY. */
  reprint: withRight(STAFFED, 'reprint').input(z.object({ documentId: Id })).output(DeskView),
  /** The warranty receipt of a piece, from the piece alone. `language` null: that of the till. */
  warranty: staff(STAFFED).input(PaperLanguage.extend({ unitId: Id })).output(PaperMade),
  /** Without prices, by the document of the receipt. */
  gift: staff(STAFFED).input(PaperLanguage.extend({ documentId: Id })).output(PaperMade),
  /** What was found in a check: by the verdict, or the newest of a piece, or of a number no piece answers to. */
  certificate: staff(STAFFED)
    .input(PaperLanguage.extend({ by: z.enum(['verdict', 'unit', 'text']), value: ScanText }))
    .output(PaperMade),
  /** Goes with goods that are put aside. */
  slip: staff(STAFFED).input(PaperLanguage.extend({ flowId: Id })).output(PaperMade),
  /** Prints a paper; the first of its kind and number is the original, any other is marked COPY. */
  print: withRight(STAFFED, 'reprint').input(z.object({ documentId: Id })).output(DeskView),
  /** A PDF file to be saved by the window, as base64. */
  pdf: staff(STAFFED)
    .input(z.object({ documentId: Id, format: z.enum(['a4', '80mm']) }))
    .output(z.object({ name: z.string(), base64: z.string() })),
  template: staff(STAFFED, EVERYBODY).output(PaperTemplate),
  setTemplate: withRight(STAFFED, 'settings').input(PaperTemplate).output(PaperTemplate),
  /** A receipt as it would look with a template, of things nobody has bought. */
  preview: staff(STAFFED, ['manager']).input(PaperLanguage.extend({ template: PaperTemplate })).output(ReceiptDocument),
  /** The clerk looked at the printer and says what became of a paper of unknown fate; `again` prints a COPY. */
  settle: staff(STAFFED).input(z.object({ jobId: Id, fate: z.enum(['printed', 'again', 'give-up']) })).output(DeskView),
}
