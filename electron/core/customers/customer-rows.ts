import type { Purpose } from '../../../contract/customer.ts'
import { later } from '../../../contract/days.ts'
import { forgetSimsOf } from '../activations/activation-rows.ts'
import { forgetAddressesOf } from '../parcels/parcel-rows.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import { idsOf, standingFor } from './merged.ts'

export interface CustomerRow {
  readonly id: string
  readonly made_at: string
  readonly changed_at: string
  readonly sealed: Buffer | null
}

export const customerRow = (db: Reading, id: string): CustomerRow | null =>
  (sql(db, 'SELECT id, made_at, changed_at, sealed FROM customers WHERE id = ?').get(id) as CustomerRow | undefined) ?? null

/** Whether anybody is sealed in this file: then there must be a key that opens it. */
export const anybodySealed = (db: Reading): boolean =>
  sql(db, 'SELECT 1 FROM customers WHERE sealed IS NOT NULL LIMIT 1').get() !== undefined

/** Everybody of whom something is known here. */
export const sealedIds = (db: Reading): string[] =>
  (sql(db, 'SELECT id FROM customers WHERE sealed IS NOT NULL').all() as { id: string }[]).map(({ id }) => id)

export function writeCustomer(
  db: Writing, row: { id: string; sealed: Buffer; at: string; by: string | null; keys: readonly Buffer[] },
): void {
  sql(
    db,
    `INSERT INTO customers (id, made_at, made_by, changed_at, sealed) VALUES (@id, @at, @by, @at, @sealed)
     ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at, sealed = excluded.sealed`,
  ).run({ id: row.id, at: row.at, by: row.by, sealed: row.sealed })
  writeFindings(db, row.id, row.keys)
}

/** What is known of the person goes, what was bought stays. */
export function eraseRow(db: Writing, id: string, at: string): void {
  sql(db, 'DELETE FROM customer_keys WHERE customer_id = ?').run(id)
  sql(db, 'DELETE FROM flow_customers WHERE customer_id = ?').run(id)
  sql(db, 'DELETE FROM customers_heard WHERE customer_id = ?').run(id)
  sql(
    db,
    `UPDATE mails SET sealed_to = NULL, shown_to = '', changed_at = @at,
       state = CASE WHEN state IN ('sent', 'refused') THEN state ELSE 'given-up' END WHERE customer_id = @id`,
  ).run({ id, at })
  forgetSimsOf(db, id)
  forgetAddressesOf(db, id)
  sql(db, 'UPDATE customers SET sealed = NULL, erased_at = @at, changed_at = @at WHERE id = @id').run({ id, at })
}

/** What a person is found by here, written anew; none: found by nothing. */
export function writeFindings(db: Writing, id: string, keys: readonly Buffer[]): void {
  sql(db, 'DELETE FROM customer_keys WHERE customer_id = ?').run(id)
  for (const key of keys) sql(db, 'INSERT OR IGNORE INTO customer_keys VALUES (?, ?)').run(key, id)
}

export const idsByKey = (db: Reading, key: Buffer, most = 500): string[] =>
  (sql(db, 'SELECT customer_id AS id FROM customer_keys WHERE key = ? LIMIT ?').all(key, most) as { id: string }[]).map(({ id }) => id)

export const latestIds = (db: Reading, most: number): string[] =>
  (sql(db, 'SELECT id FROM customers WHERE sealed IS NOT NULL AND id NOT IN (SELECT customer_id FROM customers_merged) ORDER BY id DESC LIMIT ?').all(most) as { id: string }[]).map(({ id }) => id)

export interface ConsentRow {
  readonly purpose: Purpose
  readonly given: number
  readonly at: string
}

/** The word that counts of each purpose: the newest. */
export const consentsOf = (db: Reading, customerId: string): ConsentRow[] =>
  sql(
    db,
    `SELECT purpose, given, at FROM customer_consents c WHERE customer_id = @id
       AND id = (SELECT id FROM customer_consents n WHERE n.customer_id = @id AND n.purpose = c.purpose ORDER BY at DESC, id DESC LIMIT 1)
     ORDER BY purpose`,
  ).all({ id: customerId }) as ConsentRow[]

export function recordConsent(
  db: Writing,
  row: { id: string; customerId: string; purpose: Purpose; given: boolean; at: string; by: string | null; language: string },
): void {
  // A clock that was set back must not let an older word count: what is written last is the newest.
  const before = consentsOf(db, row.customerId).find(({ purpose }) => purpose === row.purpose)?.at ?? ''
  const at = before < row.at ? row.at : later(before, 1)
  sql(db, 'INSERT INTO customer_consents VALUES (@id, @customerId, @purpose, @given, @at, @by, @language)').run({
    ...row, at, given: row.given ? 1 : 0,
  })
}

/** The person that stands for the row's id; null without a row. */
const standing = (db: Reading, row: { id: string } | undefined): string | null => (row === undefined ? null : standingFor(db, row.id))

export const customerOfFlow = (db: Reading, flowId: string): string | null =>
  standing(db, sql(db, 'SELECT customer_id AS id FROM flow_customers WHERE flow_id = ?').get(flowId) as { id: string } | undefined)

export function setCustomerOfFlow(db: Writing, flowId: string, customerId: string | null): void {
  if (customerId === null) sql(db, 'DELETE FROM flow_customers WHERE flow_id = ?').run(flowId)
  else
    sql(db, 'INSERT INTO flow_customers VALUES (?, ?) ON CONFLICT (flow_id) DO UPDATE SET customer_id = excluded.customer_id')
      .run(flowId, customerId)
}

/** With the sale it is history whose it was. Nothing where the sale is nobody's. */
export function keepCustomerOfSale(db: Writing, flowId: string, saleId: string): void {
  sql(db, 'INSERT INTO sale_customers SELECT ?, customer_id FROM flow_customers WHERE flow_id = ?').run(saleId, flowId)
}

/** For whom a sale was; null where nobody said. */
export const customerOfSale = (db: Reading, saleId: string): string | null =>
  standing(db, sql(db, 'SELECT customer_id AS id FROM sale_customers WHERE sale_id = ?').get(saleId) as { id: string } | undefined)

export const purchaseCount = (db: Reading, customerId: string): number =>
  (sql(db, 'SELECT count(*) AS n FROM sale_customers WHERE customer_id IN (SELECT value FROM json_each(?))').get(JSON.stringify(idsOf(db, customerId))) as { n: number }).n

export interface PurchaseRow {
  readonly saleId: string
  readonly number: string
  readonly at: string
  readonly total_cents: number
  readonly documentId: string | null
}

export const purchasesOf = (db: Reading, customerId: string): PurchaseRow[] =>
  sql(
    db,
    `SELECT s.id AS saleId, s.number, s.sold_at AS at, s.gross_cents + s.rounding_cents AS total_cents,
       (SELECT d.id FROM documents d WHERE d.number = s.number AND d.kind = 'sale' LIMIT 1) AS documentId
     FROM sale_customers c JOIN sales s ON s.id = c.sale_id WHERE c.customer_id IN (SELECT value FROM json_each(?)) ORDER BY s.sold_at DESC LIMIT 100`,
  ).all(JSON.stringify(idsOf(db, customerId))) as PurchaseRow[]

export interface BoughtLine {
  readonly name: string
  readonly serial: string | null
  readonly unitId: string | null
  readonly quantity: number
  readonly isBack: number
}

export const linesBought = (db: Reading, saleId: string): BoughtLine[] =>
  sql(
    db,
    `SELECT l.name, l.serial, l.unit_id AS unitId, l.quantity,
       EXISTS (SELECT 1 FROM journal j WHERE j.unit_id = l.unit_id AND j.kind = 'returned' AND j.at >= s.sold_at) AS isBack
     FROM sale_lines l JOIN sales s ON s.id = l.sale_id WHERE l.sale_id = ? ORDER BY l.position`,
  ).all(saleId) as BoughtLine[]
