import type { ToldCustomer } from '../../contract/sync/customer-wire.ts'
import type { Query } from '../database.ts'
import { instant } from '../ground.ts'
import type { Office } from '../people/office.ts'
import { logAct } from '../people/office.ts'
import { change } from '../sync/feed.ts'
import { cardKey, erase, findingsOf, giveUnit, keepUntil, Known, phoneKey } from './customers.ts'

const FOUND_MAX = 5

interface Kept {
  readonly id: string
  readonly sealed: Buffer | null
  readonly made_at: string
  readonly changed_at: string | null
  readonly erased_at: string | null
}

/**
 * Takes what a till tells of its customers. Who was erased stays erased, whoever tells of him later; of two tills the
 * one that changed the person last is right, and no change is from later than now, whatever the clock of a till says.
 * Told twice is told once.
 */
export async function takeCustomers(office: Office, till: string, customers: readonly ToldCustomer[]): Promise<void> {
  for (const told of customers) {
    const { details } = told
    if (details === null) await eraseTold(office, till, told)
    else await office.db.transaction((tx) => take(tx, office, told, details))
  }
}

async function eraseTold(office: Office, till: string, told: ToldCustomer): Promise<void> {
  await change(office, async (tx, tell) => {
    // Erased before it was ever heard of: it is kept that it was, so that nobody brings the person back.
    await tx.query('INSERT INTO customer (id, sealed, made_at, keep_until) VALUES ($1, NULL, $2, $3) ON CONFLICT (id) DO NOTHING', [
      told.id, told.changedAt, keepUntil(office.now_ms()),
    ])
    const [row] = await tx.query<Kept>('SELECT id, sealed, made_at, changed_at, erased_at FROM customer WHERE id = $1', [told.id])
    if (row?.erased_at === null) await erase(tx, tell, office, `till ${till}`, told.id, 'at the till')
  })
}

async function take(tx: Query, office: Office, told: ToldCustomer, details: NonNullable<ToldCustomer['details']>): Promise<void> {
  const [before] = await tx.query<Kept>('SELECT id, sealed, made_at, changed_at, erased_at FROM customer WHERE id = $1 FOR UPDATE', [told.id])
  if (before?.erased_at) return
  const now_ms = office.now_ms()
  const known: Known = { ...details, consents: told.consents }
  const taken = await tx.touch(
    `INSERT INTO customer (id, sealed, made_at, keep_until, changed_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, keep_until = excluded.keep_until, changed_at = excluded.changed_at
     WHERE customer.erased_at IS NULL AND (customer.changed_at IS NULL OR customer.changed_at <= excluded.changed_at)`,
    [told.id, office.sealing.seal(told.id, JSON.stringify(known)), instant(now_ms), keepUntil(now_ms), instant(Math.min(Date.parse(told.changedAt), now_ms))],
  )
  if (taken === 1) {
    await tx.query('DELETE FROM customer_key WHERE customer_id = $1', [told.id])
    for (const key of findingsOf(known)) await tx.query('INSERT INTO customer_key (blind, customer_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [office.sealing.blind(key), told.id])
  }
  for (const { unitId, since } of told.pieces) await giveUnit(tx, told.id, unitId, since)
}

/** People by a whole card number, telephone number or mail address, for the till where they stand. Each question is written down. */
export async function findForTill(office: Office, till: string, text: string): Promise<ToldCustomer[]> {
  const keys = [text, phoneKey(text), cardKey(text)].filter((key) => key.length >= 5).map((key) => office.sealing.blind(key))
  const rows = await office.db.query<Kept>(
    `SELECT id, sealed, made_at, changed_at, erased_at FROM customer
     WHERE id IN (SELECT customer_id FROM customer_key WHERE blind = ANY ($1::text[])) AND sealed IS NOT NULL ORDER BY id DESC LIMIT $2`, [keys, FOUND_MAX],
  )
  await logAct(office.db, office, `till ${till}`, 'customer-looked-up', rows.map((row) => row.id).join(', '))
  return rows.flatMap((row) => {
    const known = row.sealed === null ? null : Known.parse(JSON.parse(office.sealing.open(row.id, row.sealed)))
    return known === null ? [] : [{ id: row.id, changedAt: row.changed_at ?? row.made_at, details: detailsOf(known), consents: known.consents, pieces: [] }]
  })
}

/** Lists may bring longer texts than a till has room for. */
const detailsOf = ({ name, phone, email, card, address, note, language }: Known) => ({
  name: name.slice(0, 120), phone: phone.slice(0, 40), email, card: card.slice(0, 64), address: address.slice(0, 300), note: note.slice(0, 400), language,
})
