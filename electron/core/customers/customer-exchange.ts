import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Consent, PersonDetails, Purpose } from '../../../contract/customer.ts'
import { CUSTOMERS_MAX, PIECES_OF_CUSTOMER_MAX, type SaidAt, type ToldCustomer } from '../../../contract/sync/customer-wire.ts'
import { bothConsents, givenOf, mergedPerson, saidAtOf, wordsBetween, type Person } from '../../../contract/sync/person-merge.ts'
import type { Ground } from '../ground.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import type { CustomerKey } from './customer-key.ts'
import { consentsOf, customerRow, recordConsent, sealedIds, writeCustomer, writeFindings } from './customer-rows.ts'
import { findingsOf } from './findings.ts'
import { forgetPerson } from './forget-person.ts'
import { heardOf, saveHeard } from './heard.ts'
import { leadNowhere, leadTo, mergedIds, type MergedId } from './merged.ts'
import { NamedPapers } from './named-papers.ts'

/** A person of whom the centre is to be told; `mark` is another one when something changes while it is told. */
export interface DueCustomer {
  readonly told: ToldCustomer
  readonly mark: number
}

/** What this till and its centre tell each other of customers. The key never leaves the till: the centre seals with its own. */
export class CustomerExchange {
  readonly #ground: Ground
  readonly #key: CustomerKey
  #erasedSeen = -1

  constructor(ground: Ground, key: CustomerKey) {
    this.#ground = ground
    this.#key = key
  }

  /**
   * Some of those the centre does not know as they are now, those that have waited longest first. `leftOff` are not
   * told by themselves: the marks of changes the centre refuses.
   */
  due(leftOff: ReadonlyMap<string, number>): DueCustomer[] {
    const db = this.#ground.store.reading
    const rows = sql(
      db,
      `SELECT c.id, c.changed_at AS changedAt, d.mark FROM customers_due d JOIN customers c ON c.id = d.customer_id
       WHERE NOT EXISTS (SELECT 1 FROM json_each(?) l WHERE l.key = d.customer_id AND l.value = d.mark) ORDER BY d.mark LIMIT ${CUSTOMERS_MAX}`,
    ).all(JSON.stringify(Object.fromEntries(leftOff))) as { id: string; changedAt: string; mark: number }[]
    return rows.map(({ id, changedAt, mark }) => ({ told: this.#told(db, id, changedAt), mark }))
  }

  /** The centre was put back from a backup and may have lost what it was told: all of it is told again, erasures too. */
  tellAllAgain(): void {
    this.#ground.store.write((db) =>
      sql(
        db,
        `INSERT INTO customers_due SELECT id, (SELECT coalesce(max(mark), 0) FROM customers_due) + row_number() OVER (ORDER BY changed_at, id) FROM customers WHERE true
         ON CONFLICT (customer_id) DO UPDATE SET mark = excluded.mark`,
      ).run(),
    )
  }

  /** These were told, and the centre answered how they stand there `now`. What changed here meanwhile is told the next time. */
  noteTold(customers: readonly DueCustomer[], now: readonly ToldCustomer[]): void {
    const answers = new Map(now.map((one) => [one.id, one]))
    this.#ground.store.write((db) => {
      for (const { told, mark } of customers) {
        const isAsTold = sql(db, 'DELETE FROM customers_due WHERE customer_id = ? AND mark = ?').run(told.id, mark).changes === 1
        if (told.details === null) continue
        const heard = heardOf(db, told.id)
        if (isAsTold) saveHeard(db, told.id, { ...heard, changed: heard.changed.filter((field) => told.changed?.includes(field) !== true) })
        const answer = answers.get(told.id)
        if (answer?.details) this.#takeOne(db, answer, answer.details, told.saidAt)
      }
    })
  }

  /**
   * People the centre knows by what somebody here has shown: from now on this till knows them too. One erased here stays
   * erased, and what was changed here and is not told yet stays. Answers how many were new.
   */
  take(customers: readonly ToldCustomer[]): number {
    return this.#ground.store.write((db) => customers.filter((told) => told.details !== null && this.#takeOne(db, told, told.details)).length)
  }

  /**
   * Forgets whom the centre has erased, each in a transaction of their own, and the till is served between two. Ends
   * early where the shop closes; the next call forgets the others. Answers how many were known here.
   */
  async forgetErased(closing: AbortSignal): Promise<number> {
    const { n } = sql(this.#ground.mirror.reading, 'SELECT count(*) AS n FROM erased_customers').get() as { n: number }
    if (n === this.#erasedSeen) return 0
    const here = sql(this.#ground.mirror.reading, 'SELECT customer_id AS id FROM erased_customers WHERE customer_id IN (SELECT value FROM json_each(?))')
      .all(JSON.stringify(sealedIds(this.#ground.store.reading))) as { id: string }[]
    const named = new NamedPapers()
    for (const { id } of here) {
      this.#ground.store.write((db) => {
        if (customerRow(db, id)?.sealed) forgetPerson(db, this.#key, id, this.#ground.now(), named)
        isKnownThere(db, id)
      })
      await nextTurn()
      if (closing.aborted) return here.length
    }
    this.#erasedSeen = n
    return here.length
  }

  /**
   * Leads second ids to the persons they are, as the centre said, and back where that was undone there. Whoever is known
   * here only under the second one is known under the other from now on. Answers how many were changed.
   */
  followMerged(): number {
    const told = new Map((sql(this.#ground.mirror.reading, 'SELECT customer_id, into_id FROM merged_customers').all() as MergedId[]).map((row) => [row.customer_id, row]))
    const here = new Map(mergedIds(this.#ground.store.reading).map((row) => [row.customer_id, row]))
    const fresh = [...told.values()].filter((row) => here.get(row.customer_id)?.into_id !== row.into_id)
    const undone = [...here.keys()].filter((id) => !told.has(id))
    if (fresh.length + undone.length === 0) return 0
    this.#ground.store.write((db) => {
      for (const row of fresh) this.#leadTo(db, row)
      for (const id of undone) this.#leadBack(db, id, here.get(id)?.into_id ?? id)
    })
    return fresh.length + undone.length
  }

  #leadTo(db: Writing, row: MergedId): void {
    leadTo(db, row)
    const second = this.#told(db, row.customer_id, '')
    if (second.details === null) return
    writeFindings(db, row.customer_id, [])
    if (customerRow(db, row.into_id) !== null) return this.#leadToKnown(db, row.into_id, second)
    this.#write(db, { ...second, id: row.into_id, changedAt: this.#ground.now() }, { details: second.details, consents: second.consents }, new Map())
    saveHeard(db, row.into_id, { at: null, changed: [], saidAt: {}, tellings: {} })
    isKnownThere(db, row.into_id)
  }

  /**
   * The person may have been found by nothing since an earlier merge was undone, and is found again. A no on what is
   * allowed that was said under the second id counts from now on, and not only when the centre's word of both is here.
   */
  #leadToKnown(db: Writing, id: string, second: ToldCustomer): void {
    const { details, consents } = this.#told(db, id, '')
    if (details === null) return
    writeFindings(db, id, this.#keysOf(details))
    this.#writeConsents(db, id, details, bothConsents(second.consents, consents), givenOf(consents))
  }

  #leadBack(db: Writing, id: string, from: string): void {
    leadNowhere(db, id)
    const { details } = this.#told(db, id, '')
    if (details !== null) writeFindings(db, id, this.#keysOf(details))
    // Of whom the centre has not said anything here, only the other's word was known: nobody is found by it any more.
    const { at, changed } = heardOf(db, from)
    if (details !== null && at === null && changed.length === 0) writeFindings(db, from, [])
  }

  #keysOf = (details: PersonDetails): Buffer[] => findingsOf(details).map((found) => this.#key.finding(found))

  #told(db: Reading, id: string, changedAt: string): ToldCustomer {
    const sealed = customerRow(db, id)?.sealed ?? null
    const text = sealed === null ? null : this.#key.open(sealed, id)
    const pieces = sql(
      db,
      `SELECT l.unit_id AS unitId, s.sold_at AS since FROM sale_customers c JOIN sales s ON s.id = c.sale_id JOIN sale_lines l ON l.sale_id = s.id
       WHERE c.customer_id = ? AND l.unit_id IS NOT NULL ORDER BY s.sold_at DESC LIMIT ${PIECES_OF_CUSTOMER_MAX}`,
    ).all(id) as ToldCustomer['pieces']
    const { at: heardAt, changed, saidAt, tellings } = heardOf(db, id)
    return {
      id, changedAt, heardAt, changed: [...changed], saidAt, tellings, details: text === null ? null : (JSON.parse(text) as PersonDetails),
      consents: consentsOf(db, id).map(({ purpose, given, at }) => ({ purpose, given: given === 1, at })), pieces: text === null ? [] : pieces,
    }
  }

  /**
   * By what was said knowing what, and by the centre's own dates: whatever a clock here says, its word
   * is as new as the centre says it is. In an answer the centre has `weighed` what it was told against what it knew.
   */
  #takeOne(db: Writing, told: ToldCustomer, details: PersonDetails, weighed: SaidAt = {}): boolean {
    const here = this.#told(db, told.id, '')
    const isKnown = customerRow(db, told.id) !== null
    if (isKnown && here.details === null) return false
    const { at, changed, saidAt, tellings } = heardOf(db, told.id)
    const theirs = { details, consents: told.consents, saidAt: saidAtOf(told), tellings: told.tellings ?? {} }
    const notWeighed = Object.fromEntries(Object.entries(saidAt).filter(([word, said]) => weighed[word] !== said))
    const mine = here.details === null ? theirs : { details: here.details, consents: here.consents, saidAt: notWeighed, tellings }
    const person = mergedPerson(mine, changed, theirs)
    if (at === told.changedAt && wordsBetween(mine, person).length === 0) return false
    this.#write(db, told, person, givenOf(here.consents))
    saveHeard(db, told.id, { at: told.changedAt, changed, saidAt: person.saidAt, tellings: person.tellings })
    // What the centre has said before and lost since is still to be told to it.
    if (changed.length === 0 && wordsBetween(theirs, person).length === 0) isKnownThere(db, told.id)
    return true
  }

  #write(db: Writing, { id, changedAt: at }: ToldCustomer, { details, consents }: Person, before: ReadonlyMap<Purpose, boolean>): void {
    writeCustomer(db, { id, at, by: null, sealed: this.#key.seal(JSON.stringify(details), id), keys: this.#keysOf(details) })
    this.#writeConsents(db, id, details, consents, before)
  }

  #writeConsents(db: Writing, id: string, { language }: PersonDetails, consents: readonly Consent[], before: ReadonlyMap<Purpose, boolean>): void {
    for (const { purpose, given, at } of consents) {
      if (before.get(purpose) === given) continue
      recordConsent(db, { id: this.#ground.newId(), customerId: id, purpose, given, at, by: null, language: language ?? this.#ground.language })
    }
  }
}

/** What came from the centre need not be told to it. */
const isKnownThere = (db: Writing, id: string): void => void sql(db, 'DELETE FROM customers_due WHERE customer_id = ?').run(id)
