import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { Id, Language, ScanText } from '../ids.ts'
import { MailSettings, MailView } from '../mail.ts'
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
  /** Goods that are paid and wait to be fetched: who may fetch them, and the code that brings the sale up again. */
  pickup: staff(STAFFED)
    .input(PaperLanguage.extend({ documentId: Id, name: z.string().trim().min(1).max(80) }))
    .output(PaperMade),
  /**
   * Sends a document as a PDF in a letter, now or as soon as there is a line. To an address, or to the customer of the
   * sale where the address is null.
   */
  email: staff(STAFFED).input(z.object({ documentId: Id, to: z.email().max(200).nullable() })).output(MailView),
  /** Letters of the last days, the newest first. */
  mails: staff(STAFFED, EVERYBODY).output(z.array(MailView)),
  actMail: staff(STAFFED).input(z.object({ mailId: Id, act: z.enum(['try-again', 'give-up']) })).output(z.array(MailView)),
  mailSettings: withRight(STAFFED, 'settings').output(z.object({ settings: MailSettings.nullable(), hasPassword: z.boolean() })),
  /** A password of null leaves the one that is kept. It is never given out again. */
  setMailSettings: withRight(STAFFED, 'settings')
    .input(z.object({ settings: MailSettings.nullable(), password: z.string().max(400).nullable() }))
    .output(z.object({ settings: MailSettings.nullable(), hasPassword: z.boolean() })),
  template: staff(STAFFED, EVERYBODY).output(PaperTemplate),
  setTemplate: withRight(STAFFED, 'settings').input(PaperTemplate).output(PaperTemplate),
  /** A receipt as it would look with a template, of things nobody has bought. */
  preview: staff(STAFFED, ['manager']).input(PaperLanguage.extend({ template: PaperTemplate })).output(ReceiptDocument),
  /** The clerk looked at the printer and says what became of a paper of unknown fate; `again` prints a COPY. */
  settle: staff(STAFFED).input(z.object({ jobId: Id, fate: z.enum(['printed', 'again', 'give-up']) })).output(DeskView),
}
