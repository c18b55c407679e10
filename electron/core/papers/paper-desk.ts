import type { Fault, Result } from '../../../contract/fault.ts'
import { ok, refused } from '../../../contract/fault.ts'
import type { Language } from '../../../contract/ids.ts'
import type { PaperTemplate } from '../../../contract/paper-template.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import type { Ground } from '../ground.ts'
import { rightsNow, useUpLent } from '../people/authority.ts'
import { signedIn } from '../people/session.ts'
import { setMeta } from '../store/meta.ts'
import { documentOf, findDocuments, queueJob, type NewDocument } from '../store/papers.ts'
import type { Writing } from '../store/store.ts'
import { makeCertificate, makeGift, makePickup, makeSlip, makeWarranty, type Made } from './make-papers.ts'
import { copyOf } from './other-papers.ts'
import type { VerdictAsked } from './paper-rows.ts'
import { isHandedOut } from './paper-rows.ts'
import type { PaperSetting } from './paper-words.ts'
import type { PdfFormat } from './pdf/paper-pdf.ts'
import { PdfWorkshop } from './pdf/pdf-workshop.ts'
import { samplePaper } from './sample-paper.ts'
import { logoTrouble, picturesOf } from './template.ts'

/** Papers that are asked for: made, shown, printed, saved. Those that belong to an act are made with the act. */
export class PaperDesk {
  readonly #ground: Ground
  readonly #hasPrinter: () => boolean
  readonly #queued: () => void
  readonly #pdfs = new PdfWorkshop()

  constructor(parts: { ground: Ground; hasPrinter: () => boolean; queued: () => void }) {
    this.#ground = parts.ground
    this.#hasPrinter = parts.hasPrinter
    this.#queued = parts.queued
  }

  /** Documents by the start of their number or by what stands in their line, the newest first. */
  find(text: string): Omit<NewDocument, 'body'>[] {
    return findDocuments(this.#ground.store.reading, text.trim())
  }

  /** As `staffId` may see it: a code that is shown once stands only before whoever had it made. */
  document(documentId: string, staffId: string | null): Result<ReceiptDocument> {
    const paper = this.open(documentId)
    return paper.ok ? ok(this.#ground.shownOnce.forScreen(documentId, staffId) ?? paper.value.body) : paper
  }

  /**
   * A kept paper for the person at the till. What an authority was told is for whoever may see customers, and for
   * whoever had it made just before; a right that a colleague lent is used up by it.
   */
  open(documentId: string): Result<NewDocument> {
    const ground = this.#ground
    const document = documentOf(ground.store.reading, documentId)
    if (!document) return refused('no-such-document')
    if (document.kind !== 'authority') return ok(document)
    const person = signedIn(ground)?.person ?? null
    if (person !== null && ground.shownOnce.isMaker(documentId, person.staffId)) return ok(document)
    if (person === null || !rightsNow(ground, person).includes('see-customer')) return refused('no-right', { right: 'see-customer' })
    useUpLent(ground, person, 'see-customer')
    return ok(document)
  }

  warranty(unitId: string, language: Language | null): Made {
    return this.#make(language, (db, setting) => makeWarranty(this.#ground, db, unitId, setting))
  }

  gift(documentId: string, language: Language | null): Made {
    return this.#make(language, (db, setting) => makeGift(this.#ground, db, documentId, setting))
  }

  certificate(asked: VerdictAsked, language: Language | null): Made {
    return this.#make(language, (db, setting) => makeCertificate(this.#ground, db, asked, setting))
  }

  slip(flowId: string, language: Language | null): Made {
    return this.#make(language, (db, setting) => makeSlip(this.#ground, db, flowId, setting))
  }

  /** The first paper of its kind and number is the original, every further one says COPY. */
  print(documentId: string): Result<null> {
    const ground = this.#ground
    const paper = this.open(documentId)
    if (!paper.ok) return paper
    if (!this.#hasPrinter()) return refused('no-such-device')
    ground.store.write((db) => {
      const copy = isHandedOut(db, paper.value.kind, paper.value.number)
      queueJob(db, { id: ground.newId(), documentId, copy, drawer: false, at: ground.now() })
    })
    this.#queued()
    return ok(null)
  }

  pickup(asked: { documentId: string; name: string; who: string }, language: Language | null): Made {
    return this.#make(language, (db, setting) => makePickup(this.#ground, db, asked, setting))
  }

  /** The document as a PDF file for the window to save: to whoever made it once with what is given out once, as on paper. */
  async pdf(documentId: string, format: PdfFormat): Promise<Result<{ name: string; base64: string }>> {
    const { shownOnce } = this.#ground
    const paper = this.open(documentId)
    if (!paper.ok) return paper
    const whole = shownOnce.forScreen(documentId, signedIn(this.#ground)?.person.staffId ?? null)
    const file = await this.pdfFile(documentId, format, whole)
    if (file.ok) shownOnce.forget(documentId)
    return file.ok ? ok({ name: file.value.name, base64: file.value.bytes.toString('base64') }) : file
  }

  /** The document as a PDF file, marked COPY where it is out on paper. Laid out beside the till's own work. */
  async pdfFile(documentId: string, format: PdfFormat, whole: ReceiptDocument | null = null): Promise<Result<{ name: string; bytes: Buffer }>> {
    const ground = this.#ground
    const document = documentOf(ground.store.reading, documentId)
    if (!document) return refused('no-such-document')
    const setting = ground.paperSetting()
    const copy = isHandedOut(ground.store.reading, document.kind, document.number)
    const bytes = await this.#pdfs.make(copy ? copyOf(document.body, setting) : (whole ?? document.body), format, {
      title: `${ground.place.name} ${document.number}`,
      author: ground.place.name,
      at: document.at,
      pictures: picturesOf(setting.template),
    })
    return ok({ name: `${document.kind}-${document.number.replaceAll(/[^A-Za-z0-9-]+/g, '-')}.pdf`, bytes })
  }

  close(): Promise<void> {
    return this.#pdfs.close()
  }

  template(): PaperTemplate {
    return this.#ground.paperSetting().template
  }

  setTemplate(template: PaperTemplate): Result<PaperTemplate> {
    const why = logoTrouble(template)
    if (why !== null) return refused('unusable-picture', { why })
    this.#ground.store.write((db) => setMeta(db, 'paper-template', template))
    return ok(this.template())
  }

  /** A receipt as it would look, of things nobody has bought. */
  preview(template: PaperTemplate, language: Language | null): ReceiptDocument {
    const ground = this.#ground
    const setting = { ...ground.paperSetting(language ?? template.language), template }
    return samplePaper(ground.now(), setting, ground.policy())
  }

  #make(language: Language | null, make: (db: Writing, setting: PaperSetting) => Made): Made {
    const setting = this.#ground.paperSetting(language)
    let made: Made = refused('no-such-document' satisfies Fault['code'])
    this.#ground.store.write((db) => {
      made = make(db, setting)
    })
    return made
  }
}
