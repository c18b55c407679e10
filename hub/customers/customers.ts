import { z } from 'zod'
import { Consent } from '../../contract/customer.ts'
import { Language } from '../../contract/ids.ts'
import { fullName } from '../../contract/product-name.ts'
import type { CustomerView } from '../contract/office-calls.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { change, type Tell } from '../sync/feed.ts'
import { putRecords } from '../sync/records.ts'
import { timelineOf, unitCards } from '../tills/unit-search.ts'

/** What is known of a person; kept sealed, as one text. */
export const Known = z.object({
  name: z.string(), email: z.string(), phone: z.string(), address: z.string(), language: Language.nullable(),
  card: z.string().default(''), note: z.string().default(''), consents: z.array(Consent).default([]),
})
export type Known = z.infer<typeof Known>
/** As lists and orders bring a person: what a till writes down beside it is not known then. */
type NewKnown = z.input<typeof Known>

/** As long as the longest claim of a consumer may come: three years after the last time, to the end of that year. */
const KEPT_YEARS = 3

interface CustomerRow {
  readonly id: string
  readonly sealed: Buffer | null
  readonly made_at: string
  readonly keep_until: string
  readonly erased_at: string | null
}

/** Writes a person, found again by mail address; the same address is the same person. Gives the id. */
export async function saveCustomer(tx: Query, office: Office, given: NewKnown): Promise<string> {
  const now = instant(office.now_ms())
  const blind = office.sealing.blind(given.email)
  const [found] = await tx.query<{ customer_id: string }>('SELECT customer_id FROM customer_key WHERE blind = $1', [blind])
  const id = found?.customer_id ?? newId()
  const known = Known.parse({ ...(await knownOf(tx, office, id)), ...given })
  await tx.query(
    `INSERT INTO customer (id, sealed, made_at, keep_until, changed_at) VALUES ($1, $2, $3, $4, $3)
     ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, keep_until = excluded.keep_until, changed_at = excluded.changed_at WHERE customer.erased_at IS NULL`,
    [id, office.sealing.seal(id, JSON.stringify(known)), now, keepUntil(office.now_ms())],
  )
  for (const key of findingsOf(known).map((key) => office.sealing.blind(key))) await tx.query('INSERT INTO customer_key (blind, customer_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [key, id])
  return id
}

/** A list or an order says nothing of cards and consents: those stay what they were. */
async function knownOf(tx: Query, office: Office, id: string): Promise<Known | null> {
  const [row] = await tx.query<{ sealed: Buffer | null }>('SELECT sealed FROM customer WHERE id = $1', [id])
  return row === undefined || row.sealed === null ? null : Known.parse(JSON.parse(office.sealing.open(id, row.sealed)))
}

/** All that a person is found by; hashed under a key before it is kept. */
export const findingsOf = (known: Pick<Known, 'email' | 'phone' | 'card'>): string[] =>
  [known.email, phoneKey(known.phone), known.card === '' ? '' : cardKey(known.card)].filter((key) => key !== '')

export const cardKey = (card: string): string => `card:${card.trim().toUpperCase()}`

/** The last digits alone: people leave the country away and programs write it. */
export const phoneKey = (phone: string): string => phone.replace(/\D/gu, '').replace(/^0+/u, '').slice(-8)

export const keepUntil = (now_ms: number): string => `${new Date(now_ms).getUTCFullYear() + KEPT_YEARS}-12-31`

/** Who has this piece, from this moment on. */
export async function giveUnit(tx: Query, customerId: string, unitId: string, since: string): Promise<void> {
  await tx.query('INSERT INTO customer_unit (customer_id, unit_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [customerId, unitId, since])
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

async function customerView(office: Office, row: CustomerRow): Promise<CustomerView> {
  const known = row.sealed === null ? null : Known.parse(JSON.parse(office.sealing.open(row.id, row.sealed)))
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

async function customerRow(db: Query, id: string): Promise<CustomerRow> {
  const [row] = await db.query<CustomerRow>('SELECT * FROM customer WHERE id = $1', [id])
  if (row === undefined) throw new HubRefusal('no-such-thing')
  return row
}

/** All that is kept of a person, as one readable file (GDPR article 15 and 20): the person, the pieces, their history. */
export async function exportCustomer(office: Office, who: string, id: string): Promise<{ fileName: string; text: string }> {
  const row = await customerRow(office.db, id)
  const view = await customerView(office, row)
  if (view.erasedAt !== null || row.sealed === null) throw new HubRefusal('erased')
  const { card, note, consents } = Known.parse(JSON.parse(office.sealing.open(row.id, row.sealed)))
  const units = await Promise.all(view.units.map(async (unit) => ({ ...unit, history: await timelineOf(office.db, unit.unitId) })))
  await logAct(office.db, office, who, 'customer-exported', id)
  return { fileName: `customer-${id}.json`, text: JSON.stringify({ ...view, card, note, consents, units, exportedAt: instant(office.now_ms()) }, null, 2) }
}

/**
 * Erases a person for good: the sealed text, the keys it was found by, and whose the pieces were. The pieces and their
 * history stay as they are, because there was never a name in them.
 */
export async function eraseCustomer(office: Office, who: string, id: string, why: string): Promise<CustomerView> {
  await change(office, (tx, tell) => erase(tx, tell, office, who, id, why))
  return customerView(office, await customerRow(office.db, id))
}

/** Inside of `change`: each till that knows the person forgets it as well. */
export async function erase(tx: Query, tell: Tell, office: Office, who: string, id: string, why: string): Promise<void> {
  const now = instant(office.now_ms())
  const gone = await tx.touch('UPDATE customer SET sealed = NULL, erased_at = $2, erased_why = $3 WHERE id = $1 AND erased_at IS NULL', [id, now, why])
  if (gone === 0) throw new HubRefusal('erased')
  await tx.query('DELETE FROM customer_key WHERE customer_id = $1', [id])
  await tx.query('DELETE FROM customer_unit WHERE customer_id = $1', [id])
  await putRecords(tx, tell, [{ kind: 'erased_customers', key: { customer_id: id }, row: { customer_id: id, at: now } }])
  await logAct(tx, office, who, 'customer-erased', `${id}: ${why}`)
}

const AT_ONCE = 200

/** Erases everybody whose time is over. Answers how many; run once a day, by any process of the centre. */
export async function eraseOverdue(office: Office): Promise<number> {
  const today = instant(office.now_ms()).slice(0, 10)
  const rows = await office.db.query<{ id: string }>('SELECT id FROM customer WHERE keep_until < $1 AND erased_at IS NULL ORDER BY keep_until LIMIT $2', [today, AT_ONCE])
  for (const { id } of rows) await change(office, (tx, tell) => erase(tx, tell, office, 'retention', id, 'retention')).catch(unlessErased)
  return rows.length
}

/** Another process was faster; the person is gone all the same. */
function unlessErased(error: unknown): void {
  if (!(error instanceof HubRefusal)) throw error
}
