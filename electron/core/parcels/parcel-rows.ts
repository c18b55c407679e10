import type { ParcelStep } from '../../../contract/parcel.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

export interface ParcelRow {
  readonly id: string
  readonly number: string
  readonly sale_id: string
  /** Number of the receipt of the sale. */
  readonly receipt: string
  readonly sealed_to: Buffer | null
  readonly made_at: string
  readonly closed_at: string | null
}

export interface StepRow {
  readonly step: ParcelStep
  readonly unit_id: string | null
  readonly carrier: string
  readonly tracking: string
  readonly at: string
  readonly who: string | null
}

const PARCEL = 'SELECT p.*, s.number AS receipt FROM parcels p JOIN sales s ON s.id = p.sale_id'

export function recordParcel(db: Writing, row: Omit<ParcelRow, 'receipt' | 'closed_at'>, unitIds: readonly string[]): void {
  sql(db, 'INSERT INTO parcels (id, number, sale_id, sealed_to, made_at) VALUES (@id, @number, @sale_id, @sealed_to, @made_at)').run(row)
  for (const unitId of unitIds) sql(db, 'INSERT INTO parcel_pieces VALUES (?, ?)').run(row.id, unitId)
}

export function recordParcelStep(db: Writing, parcelId: string, step: StepRow): void {
  sql(
    db,
    `INSERT INTO parcel_steps (parcel_id, step, unit_id, carrier, tracking, at, who)
     VALUES (@parcelId, @step, @unit_id, @carrier, @tracking, @at, @who)`,
  ).run({ ...step, parcelId })
}

export function setSealedTo(db: Writing, parcelId: string, sealed: Buffer): void {
  sql(db, 'UPDATE parcels SET sealed_to = ? WHERE id = ?').run(sealed, parcelId)
}

/** Nobody waits for it any more: where it went is nobody's business from here on. */
export function closeParcel(db: Writing, parcelId: string, at: string): void {
  sql(db, 'UPDATE parcels SET closed_at = ?, sealed_to = NULL WHERE id = ?').run(at, parcelId)
}

export function openParcelAgain(db: Writing, parcelId: string): void {
  sql(db, 'UPDATE parcels SET closed_at = NULL WHERE id = ?').run(parcelId)
}

/** Where a parcel goes is the customer's, and is forgotten with all else that is known of a person. */
export function forgetAddressesOf(db: Writing, customerId: string): void {
  sql(db, 'UPDATE parcels SET sealed_to = NULL WHERE sale_id IN (SELECT sale_id FROM sale_customers WHERE customer_id = ?)').run(customerId)
}

export const parcelRow = (db: Reading, id: string): ParcelRow | null =>
  (sql(db, `${PARCEL} WHERE p.id = ?`).get(id) as ParcelRow | undefined) ?? null

export const parcelRowsOf = (db: Reading, saleId: string): ParcelRow[] =>
  sql(db, `${PARCEL} WHERE p.sale_id = ? ORDER BY p.made_at`).all(saleId) as ParcelRow[]

export const OPEN_PARCELS = `${PARCEL} WHERE p.closed_at IS NULL ORDER BY p.made_at`
export const CLOSED_PARCELS = `${PARCEL} WHERE p.closed_at >= ? ORDER BY p.closed_at`

export const openParcelRows = (db: Reading): ParcelRow[] => sql(db, OPEN_PARCELS).all() as ParcelRow[]
export const closedParcelRows = (db: Reading, since: string): ParcelRow[] => sql(db, CLOSED_PARCELS).all(since) as ParcelRow[]

export const unitsOfParcel = (db: Reading, parcelId: string): string[] =>
  sql(db, 'SELECT unit_id FROM parcel_pieces WHERE parcel_id = ?').pluck().all(parcelId) as string[]

export const stepsOfParcel = (db: Reading, parcelId: string): StepRow[] =>
  sql(db, 'SELECT step, unit_id, carrier, tracking, at, who FROM parcel_steps WHERE parcel_id = ? ORDER BY n').all(parcelId) as StepRow[]
