import type { PersonDetails } from '../../../contract/customer.ts'
import { CUSTOMERS_MAX, PIECES_OF_CUSTOMER_MAX, type ToldCustomer } from '../../../contract/sync/customer-wire.ts'
import type { Ground } from '../ground.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import type { CustomerKey } from './customer-key.ts'
import { consentsOf, customerRow, eraseRow, recordConsent, sealedIds, writeCustomer } from './customer-rows.ts'
import { findingsOf } from './findings.ts'

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

  noteTold(customers: readonly DueCustomer[]): void {
    this.#ground.store.write((db) => {
      for (const { told, mark } of customers) sql(db, 'DELETE FROM customers_due WHERE customer_id = ? AND mark = ?').run(told.id, mark)
    })
  }

  /**
   * People the centre knows by what somebody here has shown: from now on this till knows them too. One erased here stays
   * erased, and what is newer here stays. Answers how many were new.
   */
  take(customers: readonly ToldCustomer[]): number {
    return this.#ground.store.write((db) => customers.filter((told) => told.details !== null && this.#takeOne(db, told, told.details)).length)
  }

  /** Forgets whom the centre has erased. Answers how many were known here. */
  forgetErased(): number {
    const { n } = sql(this.#ground.mirror.reading, 'SELECT count(*) AS n FROM erased_customers').get() as { n: number }
    if (n === this.#erasedSeen) return 0
    const here = sql(this.#ground.mirror.reading, 'SELECT customer_id AS id FROM erased_customers WHERE customer_id IN (SELECT value FROM json_each(?))')
      .all(JSON.stringify(sealedIds(this.#ground.store.reading))) as { id: string }[]
    if (here.length > 0)
      this.#ground.store.write((db) => {
        const at = this.#ground.now()
        for (const { id } of here) {
          eraseRow(db, id, at)
          isKnownThere(db, id)
        }
      })
    this.#erasedSeen = n
    return here.length
  }

  #told(db: Reading, id: string, changedAt: string): ToldCustomer {
    const sealed = customerRow(db, id)?.sealed ?? null
    const text = sealed === null ? null : this.#key.open(sealed, id)
    const pieces = sql(
      db,
      `SELECT l.unit_id AS unitId, s.sold_at AS since FROM sale_customers c JOIN sales s ON s.id = c.sale_id JOIN sale_lines l ON l.sale_id = s.id
       WHERE c.customer_id = ? AND l.unit_id IS NOT NULL ORDER BY s.sold_at DESC LIMIT ${PIECES_OF_CUSTOMER_MAX}`,
    ).all(id) as ToldCustomer['pieces']
    return {
      id, changedAt, details: text === null ? null : (JSON.parse(text) as PersonDetails),
      consents: consentsOf(db, id).map(({ purpose, given, at }) => ({ purpose, given: given === 1, at })), pieces: text === null ? [] : pieces,
    }
  }

  #takeOne(db: Writing, told: ToldCustomer, details: PersonDetails): boolean {
    const here = customerRow(db, told.id)
    if (here !== null && (here.sealed === null || here.changed_at >= told.changedAt)) return false
    writeCustomer(db, {
      id: told.id, at: told.changedAt, by: null, sealed: this.#key.seal(JSON.stringify(details), told.id), keys: findingsOf(details).map((found) => this.#key.finding(found)),
    })
    const before = new Map(consentsOf(db, told.id).map((consent) => [consent.purpose, consent.at]))
    for (const { purpose, given, at } of told.consents) {
      if ((before.get(purpose) ?? '') >= at) continue
      recordConsent(db, { id: this.#ground.newId(), customerId: told.id, purpose, given, at, by: null, language: details.language ?? this.#ground.language })
    }
    isKnownThere(db, told.id)
    return true
  }
}

/** What came from the centre need not be told to it. */
const isKnownThere = (db: Writing, id: string): void => void sql(db, 'DELETE FROM customers_due WHERE customer_id = ?').run(id)
