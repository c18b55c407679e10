import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Language } from '../../../contract/ids.ts'
import type { MailSettings, MailView } from '../../../contract/mail.ts'
import { say } from '../../../contract/words/say.ts'
import type { Clock } from '../../../native/clock.ts'
import type { CustomerDesk } from '../customers/customer-desk.ts'
import type { CustomerKey } from '../customers/customer-key.ts'
import { maskedEmail } from '../customers/masked.ts'
import { standingFor } from '../customers/merged.ts'
import { later } from '../../../contract/days.ts'
import { HOUR_MS } from '../../../contract/durations.ts'
import type { Ground } from '../ground.ts'
import type { PaperDesk } from '../papers/paper-desk.ts'
import { documentHead } from '../store/papers.ts'
import { sql } from '../store/store.ts'
import { latestMails, markMail, mailOf, nextMail, forgetAddress, recordMail, type MailRow } from './mail-rows.ts'
import { keepMailSettings, mailSettings, openPassword } from './mail-settings.ts'
import { sendMail, type Sent } from './send-mail.ts'

/** The first wait after a failed try; each further one is twice as long, up to an hour. */
const WAIT_MS = 15_000
const WAIT_MAX_MS = HOUR_MS
/** After a week a receipt is no news any more: somebody has to look. */
const TRIES_MAX = 170

/**
 * Letters to customers. A letter is a row before anything is sent, so it goes out after a power cut, and when the line
 * comes back; one at a time, in the order in which they fall due. Nothing here makes a sale wait.
 */
export class MailDesk {
  readonly #ground: Ground
  readonly #clock: Clock
  readonly #key: CustomerKey | null
  readonly #customers: CustomerDesk
  readonly #papers: PaperDesk
  readonly #changed: () => void
  #working: Promise<void> | null = null
  #forgetAlarm: (() => void) | null = null
  #closed = false

  constructor(parts: {
    ground: Ground; clock: Clock; key: CustomerKey | null; customers: CustomerDesk; papers: PaperDesk; changed: () => void
  }) {
    this.#ground = parts.ground
    this.#clock = parts.clock
    this.#key = parts.key
    this.#customers = parts.customers
    this.#papers = parts.papers
    this.#changed = parts.changed
  }

  /** To an address, or with null to the customer of the sale. Sent when there is a line and a server. */
  email(documentId: string, to: string | null): Result<MailView> {
    const { store } = this.#ground
    const paper = this.#papers.open(documentId)
    if (!paper.ok) return paper
    if (this.#key === null) return refused('customers-locked')
    const { number } = paper.value
    const customerId = to === null ? this.#customerOf(number) : null
    const letter = customerId === null ? null : this.#customers.letterTo(customerId)
    const address = to ?? letter?.email
    if (address === undefined) return refused('no-address')
    const id = this.#ground.newId()
    const key = this.#key
    store.write((db) =>
      recordMail(db, {
        id, documentId, customerId, sealedTo: key.seal(address, id), shownTo: maskedEmail(address),
        language: letter?.language ?? this.#ground.language, at: this.#ground.now(),
      }),
    )
    this.#changed()
    this.kick()
    const row = mailOf(store.reading, id)
    return row ? ok(viewOf({ ...row, number })) : refused('no-such-document')
  }

  list(): MailView[] {
    return latestMails(this.#ground.store.reading).map(viewOf)
  }

  act(mailId: string, act: 'try-again' | 'give-up'): Result<MailView[]> {
    const { store } = this.#ground
    const row = mailOf(store.reading, mailId)
    if (!row || row.state === 'sent' || row.sealed_to === null) return refused('not-in-this-state')
    const now = this.#ground.now()
    store.write((db) => {
      markMail(db, mailId, { state: act === 'give-up' ? 'given-up' : 'waiting', why: null, tries: 0, nextTryAt: now, at: now })
      if (act === 'give-up') forgetAddress(db, mailId)
    })
    this.#changed()
    this.kick()
    return ok(this.list())
  }

  settings(): { settings: MailSettings | null; hasPassword: boolean } {
    const kept = mailSettings(this.#ground.store.reading)
    return { settings: kept?.settings ?? null, hasPassword: kept !== null && kept.sealedPassword !== null }
  }

  setSettings(settings: MailSettings | null, password: string | null): Result<{ settings: MailSettings | null; hasPassword: boolean }> {
    const key = this.#key
    if (key === null) return refused('customers-locked')
    this.#ground.store.write((db) => {
      keepMailSettings(db, key, settings, password)
      // Whoever has just mended the settings wants to see it work now, and not in an hour.
      sql(db, "UPDATE mails SET next_try_at = ?, tries = 0 WHERE state = 'waiting'").run(this.#ground.now())
    })
    this.kick()
    return ok(this.settings())
  }

  /** There may be a letter to send. Never waits, never throws. */
  kick(): void {
    if (this.#closed || this.#working) return
    this.#forgetAlarm?.()
    this.#forgetAlarm = null
    const next = nextMail(this.#ground.store.reading)
    if (!next) return
    const wait_ms = Date.parse(next.next_try_at) - this.#clock.now()
    if (wait_ms > 0) {
      this.#forgetAlarm = this.#clock.after(Math.min(wait_ms, WAIT_MAX_MS), () => this.kick())
      return
    }
    this.#working = this.#send(next).finally(() => {
      this.#working = null
      this.kick()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#forgetAlarm?.()
    await this.#working
  }

  async #send(mail: MailRow): Promise<void> {
    const now = this.#ground.now()
    const tries = mail.tries + 1
    this.#mark(mail.id, { state: 'sending', why: null, tries, nextTryAt: now, at: now })
    const sent = await this.#try(mail)
    const after = this.#ground.now()
    const wait_ms = Math.min(WAIT_MS * 2 ** Math.min(tries - 1, 20), WAIT_MAX_MS)
    if (mailOf(this.#ground.store.reading, mail.id)?.state !== 'sending') return
    if (sent.is === 'later' && tries < TRIES_MAX)
      return this.#mark(mail.id, { state: 'waiting', why: sent.why, tries, nextTryAt: later(after, wait_ms), at: after })
    this.#ground.store.write((db) => {
      const state = sent.is === 'sent' ? 'sent' : 'refused'
      markMail(db, mail.id, { state, why: sent.is === 'sent' ? null : sent.why, tries, nextTryAt: after, at: after })
      if (sent.is === 'sent') forgetAddress(db, mail.id)
    })
    this.#changed()
  }

  async #try(mail: MailRow): Promise<Sent> {
    const kept = mailSettings(this.#ground.store.reading)
    if (kept === null) return { is: 'later', why: 'no-settings' }
    const to = this.#key === null || mail.sealed_to === null ? null : this.#key.open(mail.sealed_to, mail.id)
    if (this.#key === null || to === null) return { is: 'later', why: 'locked' }
    const file = await this.#papers.pdfFile(mail.document_id, 'a4')
    if (!file.ok) return { is: 'never', why: 'not-taken' }
    const language = mail.language as Language
    const shop = this.#ground.place.name
    const number = documentHead(this.#ground.store.reading, mail.document_id)?.number ?? ''
    return sendMail(kept.settings, openPassword(this.#key, kept.sealedPassword), {
      messageId: `<${mail.id}@countermark.invalid>`,
      to, language, fromName: shop,
      subject: say(language, 'mail.subject', { shop, number }),
      text: say(language, 'mail.text', { shop, number }),
      file: file.value,
    })
  }

  #customerOf(number: string): string | null {
    const row = sql(
      this.#ground.store.reading,
      'SELECT c.customer_id AS id FROM sales s JOIN sale_customers c ON c.sale_id = s.id WHERE s.number = ?',
    ).get(number) as { id: string } | undefined
    return row === undefined ? null : standingFor(this.#ground.store.reading, row.id)
  }

  #mark(id: string, mark: Parameters<typeof markMail>[2]): void {
    this.#ground.store.write((db) => markMail(db, id, mark))
    this.#changed()
  }
}

const viewOf = (row: MailRow & { number: string }): MailView => ({
  mailId: row.id, documentId: row.document_id, number: row.number, to: row.shown_to, state: row.state, why: row.why, tries: row.tries,
  at: row.made_at,
})
