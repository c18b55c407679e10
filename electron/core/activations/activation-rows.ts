import type { ActivationState, ActivationTrouble } from '../../../contract/activation.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

export interface ActivationRow {
  readonly id: string
  readonly sale_id: string
  readonly unit_id: string
  readonly service_id: string
  readonly provider: string
  readonly imei: string
  readonly sealed_sim: Buffer | null
  readonly sim_end: string
  readonly state: ActivationState
  readonly why: ActivationTrouble | null
  readonly reference: string
  readonly asked_by: string | null
  readonly changed_at: string
}

/** One piece of one sale has one row, whatever becomes of it. */
export function writeActivation(db: Writing, row: ActivationRow): void {
  sql(
    db,
    `INSERT INTO activations (id, sale_id, unit_id, service_id, provider, imei, sealed_sim, sim_end, state, why, reference, asked_by, changed_at)
     VALUES (@id, @sale_id, @unit_id, @service_id, @provider, @imei, @sealed_sim, @sim_end, @state, @why, @reference, @asked_by, @changed_at)
     ON CONFLICT (id) DO UPDATE SET service_id = excluded.service_id, provider = excluded.provider, imei = excluded.imei,
       sealed_sim = excluded.sealed_sim, sim_end = excluded.sim_end, state = excluded.state, why = excluded.why,
       reference = excluded.reference, asked_by = excluded.asked_by, changed_at = excluded.changed_at`,
  ).run(row)
}

/** What was asked for under this number is asked for under another one. */
export function removeActivation(db: Writing, id: string): void {
  sql(db, 'DELETE FROM activations WHERE id = ?').run(id)
}

export const activationById = (db: Reading, id: string): ActivationRow | null =>
  (sql(db, 'SELECT * FROM activations WHERE id = ?').get(id) as ActivationRow | undefined) ?? null

export const activationOf = (db: Reading, saleId: string, unitId: string): ActivationRow | null =>
  (sql(db, 'SELECT * FROM activations WHERE sale_id = ? AND unit_id = ?').get(saleId, unitId) as ActivationRow | undefined) ?? null

/** The condition is that of the index, letter for letter. */
const OPEN = "SELECT * FROM activations WHERE state IN ('wanted', 'failed', 'postponed')"
export const OPEN_ACTIVATIONS = `${OPEN} ORDER BY changed_at DESC LIMIT 200`
export const EVERY_OPEN_ACTIVATION = `${OPEN} ORDER BY changed_at`

/** Those that wait for somebody, the newest first. */
export const openActivations = (db: Reading): ActivationRow[] => sql(db, OPEN_ACTIVATIONS).all() as ActivationRow[]

/** Each of them, the oldest first: whoever is to be asked about, and what may have come back meanwhile. */
export const everyOpenActivation = (db: Reading): ActivationRow[] => sql(db, EVERY_OPEN_ACTIVATION).all() as ActivationRow[]

/** The number of the SIM is the customer's, and goes with all else that is known of a person. */
export function forgetSimsOf(db: Writing, customerId: string): void {
  sql(
    db,
    "UPDATE activations SET sealed_sim = NULL, sim_end = '' WHERE sale_id IN (SELECT sale_id FROM sale_customers WHERE customer_id = ?)",
  ).run(customerId)
}

export interface SoldUnit {
  readonly sale_id: string
  readonly unit_id: string
  readonly number: string
}

/** The pieces of a sale with the number of its receipt. */
export const unitsOfSale = (db: Reading, saleId: string): SoldUnit[] =>
  sql(
    db,
    `SELECT l.sale_id, l.unit_id, s.number FROM sale_lines l JOIN sales s ON s.id = l.sale_id
     WHERE l.sale_id = ? AND l.unit_id IS NOT NULL ORDER BY l.position`,
  ).all(saleId) as SoldUnit[]
