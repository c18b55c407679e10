import type { z } from 'zod'
import { fullName } from '../../contract/product-name.ts'
import type { CustomerView } from '../contract/office-calls.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { change, type Tell } from '../sync/feed.ts'
import { putRecords } from '../sync/records.ts'
import { lifeOf, unitCards } from '../tills/unit-search.ts'
import { cardKey, findingsOf, Known, knownOf, newest, personOf, phoneKey, saidNow } from './known.ts'
import { idsOf } from './same-person.ts'

/** As lists and orders bring a person: what a till writes down beside it is not known then. */
type NewKnown = Omit<z.input<typeof Known>, 'saidAt' | 'tellings'>

/** As long as the longest claim of a consumer may come: three years after the last time, to the end of that year. */
const KEPT_YEARS = 3

export interface CustomerRow {
  readonly id: string
  readonly sealed: Buffer | null
  readonly made_at: string
  readonly keep_until: string
  readonly erased_at: string | null
}

/**
 * Writes a person, found again by mail address; the same address is the same person. Gives the id. A list or an order
 * says nothing of cards and consents, nor of what it leaves empty: those stay what they were. So does a mail address: who
 * is found by another one has two since both became one person.
 */
export async function saveCustomer(tx: Query, office: Office, given: NewKnown): Promise<string> {
  const blind = office.sealing.blind(given.email)
  const found = await standingOf(tx, blind)
  const row = found ?? (await standingAlone(tx, blind))
  const id = row?.id ?? newId()
  const before = row === null ? null : knownOf(office, row)
  const words = Object.fromEntries(Object.entries(given).filter(([name, word]) => word !== '' && word !== null && !(name === 'email' && before?.email)))
  const at = newest(office, row ?? { changed_at: null })
  const after = personOf(Known.parse({ ...given, ...before, ...words }), { changed_at: at })
  const known = saidNow(after, at, before === null ? null : personOf(before, row ?? { changed_at: null }), Object.keys(words))
  await tx.query(
    `INSERT INTO customer (id, sealed, made_at, keep_until, changed_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, keep_until = excluded.keep_until, changed_at = excluded.changed_at`,
    [id, office.sealing.seal(id, JSON.stringify(known)), instant(office.now_ms()), keepUntil(office.now_ms()), at],
  )
  for (const key of findingsOf(known).map((key) => office.sealing.blind(key))) await tx.query('INSERT INTO customer_key (blind, customer_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [key, id])
  if (found === null) await tx.query('DELETE FROM customer_key WHERE blind = $1 AND customer_id = $2', [blind, NOBODY])
  return id
}

interface StandingRow {
  readonly id: string
  readonly sealed: Buffer | null
  readonly changed_at: string | null
}

/** In the place of an id, while a new person is written: no other transaction writes one of the same address meanwhile. */
const NOBODY = ''

/** Holds the mail address of somebody who is not known, and looks again: another may have written the person just now. */
async function standingAlone(tx: Query, blind: string): Promise<StandingRow | null> {
  await tx.query('INSERT INTO customer_key (blind, customer_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [blind, NOBODY])
  return standingOf(tx, blind)
}

/** The person found by this, held until the end; null: nobody, or somebody who was erased while we waited. */
async function standingOf(tx: Query, blind: string): Promise<StandingRow | null> {
  const [found] = await tx.query<{ customer_id: string }>('SELECT customer_id FROM customer_key WHERE blind = $1 AND customer_id <> $2', [blind, NOBODY])
  let id = found?.customer_id ?? null
  while (id !== null) {
    const [row] = await tx.query<StandingRow & { merged_into: string | null }>('SELECT id, sealed, changed_at, merged_into FROM customer WHERE id = $1 FOR UPDATE', [id])
    if (row === undefined || row.sealed === null) return null
    if (row.merged_into === null) return row
    // Became one with somebody else while we waited.
    id = row.merged_into
  }
  return null
}

export const keepUntil = (now_ms: number): string => `${new Date(now_ms).getUTCFullYear() + KEPT_YEARS}-12-31`

/** Who has this piece, from this moment on. Answers whether that was not known. */
export async function giveUnit(tx: Query, customerId: string, unitId: string, since: string): Promise<boolean> {
  return (await tx.touch('INSERT INTO customer_unit (customer_id, unit_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [customerId, unitId, since])) === 1
}

/** People by their whole mail address or telephone number; what is sealed cannot be searched by its parts. */
export async function findCustomers(office: Office, who: string, text: string): Promise<CustomerView[]> {
  const keys = [text, phoneKey(text), cardKey(text)].filter((key) => key.length >= 3).map((key) => office.sealing.blind(key))
  const rows = await office.db.query<CustomerRow>(
    'SELECT c.* FROM customer c WHERE c.id IN (SELECT customer_id FROM customer_key WHERE blind = ANY ($1::text[])) ORDER BY c.id LIMIT 20', [keys],
  )
  await logAct(office.db, office, who, 'customer-looked-up', rows.map((row) => row.id).join(', '))
  return Promise.all(rows.map((row) => customerView(office, row)))
}

export async function customerView(office: Office, row: CustomerRow): Promise<CustomerView> {
  const known = knownOf(office, row)
  const units = await office.db.query<{ unit_id: string; since: string }>('SELECT unit_id, since FROM customer_unit WHERE customer_id = $1 ORDER BY since', [row.id])
  const cards = new Map((await unitCards(office.db, units.map((unit) => unit.unit_id))).map((card) => [card.unitId, card]))
  return {
    id: row.id, name: known?.name ?? '', email: known?.email ?? '', phone: known?.phone ?? '', address: known?.address ?? '', language: known?.language ?? 'en',
    keepUntil: row.keep_until, erasedAt: row.erased_at,
    units: units.map(({ unit_id, since }) => {
      const card = cards.get(unit_id)
      return { unitId: unit_id, since, thing: card === undefined ? unit_id : fullName(card.brand, card.name), serial: card?.aliases[0]?.value ?? null }
    }),
  }
}

export async function customerRow(db: Query, id: string): Promise<CustomerRow> {
  const [row] = await db.query<CustomerRow>('SELECT * FROM customer WHERE id = $1', [id])
  if (row === undefined) throw new HubRefusal('no-such-thing')
  return row
}

/**
 * All that is kept of a person, as one readable file (GDPR article 15 and 20): the person, the pieces, their history, and
 * what was known under another id before both became one.
 */
export async function exportCustomer(office: Office, who: string, id: string): Promise<{ fileName: string; text: string }> {
  const [stands = id, ...others] = await idsOf(office.db, id)
  const row = await customerRow(office.db, stands)
  const view = await customerView(office, row)
  const known = knownOf(office, row)
  if (view.erasedAt !== null || known === null) throw new HubRefusal('erased')
  const { card, note, consents } = known
  const units = await Promise.all(view.units.map(async (unit) => ({ ...unit, history: await lifeOf(office.db, unit.unitId) })))
  const before = await office.db.query<{ id: string; sealed: Buffer | null }>('SELECT id, sealed FROM customer WHERE id = ANY ($1::text[]) ORDER BY id', [others])
  const merged = before.flatMap((one) => {
    const other = knownOf(office, one)
    if (other === null) return []
    const { details, consents } = personOf(other, { changed_at: null })
    return { id: one.id, ...details, consents }
  })
  await logAct(office.db, office, who, 'customer-exported', stands)
  return { fileName: `customer-${stands}.json`, text: JSON.stringify({ ...view, card, note, consents, units, merged, exportedAt: instant(office.now_ms()) }, null, 2) }
}

/**
 * Erases a person for good: the sealed text, the keys it was found by, and whose the pieces were. The pieces and their
 * history stay as they are, because there was never a name in them.
 */
export async function eraseCustomer(office: Office, who: string, id: string, why: string): Promise<CustomerView> {
  await change(office, (tx, tell) => erase(tx, tell, office, who, id, why))
  return customerView(office, await customerRow(office.db, id))
}

/** Inside of `change`: each till that knows the person forgets it as well, under every id. */
export async function erase(tx: Query, tell: Tell, office: Office, who: string, id: string, why: string): Promise<void> {
  const now = instant(office.now_ms())
  const ids = await heldIdsOf(tx, id)
  const gone = await tx.touch('UPDATE customer SET sealed = NULL, erased_at = $2, erased_why = $3 WHERE id = ANY ($1::text[]) AND erased_at IS NULL', [ids, now, why])
  if (gone === 0) throw new HubRefusal('erased')
  await tx.query('DELETE FROM customer_key WHERE customer_id = ANY ($1::text[])', [ids])
  await tx.query('DELETE FROM customer_unit WHERE customer_id = ANY ($1::text[])', [ids])
  await tx.query("UPDATE customer_merge SET sealed_before = NULL, moved_units = '[]', away_units = '[]' WHERE kept_id = ANY ($1::text[]) OR away_id = ANY ($1::text[])", [ids])
  await putRecords(tx, tell, ids.map((one) => ({ kind: 'erased_customers', key: { customer_id: one }, row: { customer_id: one, at: now } })))
  await logAct(tx, office, who, 'customer-erased', `${ids.join(', ')}: ${why}`)
}

/** All ids of a person, held to the commit: nobody becomes one with the person meanwhile, and nothing more is written of them. */
async function heldIdsOf(tx: Query, id: string): Promise<string[]> {
  const ids = await idsOf(tx, id)
  await tx.query('SELECT id FROM customer WHERE id = ANY ($1::text[]) ORDER BY id FOR UPDATE', [ids])
  const held = await idsOf(tx, id)
  return held.every((one) => ids.includes(one)) ? held : heldIdsOf(tx, id)
}

const AT_ONCE = 200

/** Erases everybody whose time is over. Answers how many; run once a day, by any process of the centre. */
export async function eraseOverdue(office: Office): Promise<number> {
  const today = instant(office.now_ms()).slice(0, 10)
  const rows = await office.db.query<{ id: string }>('SELECT id FROM customer WHERE keep_until < $1 AND erased_at IS NULL AND merged_into IS NULL ORDER BY keep_until LIMIT $2', [today, AT_ONCE])
  for (const { id } of rows) await change(office, (tx, tell) => eraseIfOver(tx, tell, office, id, today)).catch(unlessErased)
  return rows.length
}

/** Who has bought again since we looked is kept. */
async function eraseIfOver(tx: Query, tell: Tell, office: Office, id: string, today: string): Promise<void> {
  const over = await tx.query('SELECT id FROM customer WHERE id = $1 AND keep_until < $2 FOR UPDATE', [id, today])
  if (over.length > 0) await erase(tx, tell, office, 'retention', id, 'retention')
}

/** Another process was faster; the person is gone all the same. */
export function unlessErased(error: unknown): void {
  if (!(error instanceof HubRefusal)) throw error
}
