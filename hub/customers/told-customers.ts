import type { PersonDetails } from '../../contract/customer.ts'
import type { ToldCustomer } from '../../contract/sync/customer-wire.ts'
import { mergedPerson, type Person } from '../../contract/sync/person-merge.ts'
import type { Query } from '../database.ts'
import { instant } from '../ground.ts'
import type { Office } from '../people/office.ts'
import { logAct } from '../people/office.ts'
import { change } from '../sync/feed.ts'
import { erase, giveUnit, keepUntil } from './customers.ts'
import { cardKey, knownOf, newest, phoneKey, type Known } from './known.ts'
import { writeKeys } from './same-person.ts'

const FOUND_MAX = 5

interface Kept {
  readonly id: string
  readonly sealed: Buffer | null
  readonly made_at: string
  readonly changed_at: string | null
  readonly erased_at: string | null
  readonly merged_into: string | null
}

/**
 * Takes what a till tells of its customers, and answers how they stand here then. Who was erased stays erased, whoever
 * tells of him later. Whose word is newer follows from what the till had heard before it changed something, and never
 * from its clock: where another till was faster, only what this one really changed is taken over. Told twice is told once.
 */
export async function takeCustomers(office: Office, till: string, customers: readonly ToldCustomer[]): Promise<ToldCustomer[]> {
  const now: ToldCustomer[] = []
  for (const told of customers) {
    const { details } = told
    if (details === null) await eraseTold(office, till, told)
    else now.push(...(await office.db.transaction((tx) => take(tx, office, told, details))))
  }
  return now
}

async function eraseTold(office: Office, till: string, told: ToldCustomer): Promise<void> {
  await change(office, async (tx, tell) => {
    // Erased before it was ever heard of: it is kept that it was, so that nobody brings the person back.
    await tx.query('INSERT INTO customer (id, sealed, made_at, keep_until) VALUES ($1, NULL, $2, $3) ON CONFLICT (id) DO NOTHING', [
      told.id, told.changedAt, keepUntil(office.now_ms()),
    ])
    const [row] = await tx.query<Pick<Kept, 'erased_at'>>('SELECT erased_at FROM customer WHERE id = $1', [told.id])
    if (row?.erased_at === null) await erase(tx, tell, office, `till ${till}`, told.id, 'at the till')
  })
}

async function take(tx: Query, office: Office, told: ToldCustomer, details: PersonDetails): Promise<ToldCustomer[]> {
  // Of two that tell of a new person at once the second waits here, and then finds the person.
  await tx.query('INSERT INTO customer (id, sealed, made_at, keep_until, changed_at) VALUES ($1, NULL, $2, $3, NULL) ON CONFLICT (id) DO NOTHING', [
    told.id, instant(office.now_ms()), keepUntil(office.now_ms()),
  ])
  const [before] = await tx.query<Kept>('SELECT id, sealed, made_at, changed_at, erased_at, merged_into FROM customer WHERE id = $1 FOR UPDATE', [told.id])
  if (before === undefined || before.erased_at !== null) return []
  if (before.merged_into !== null) return takeOfMerged(tx, office, told, details, before.merged_into)
  const kept = knownOf(office, before)
  const known = kept === null ? { person: personOf(office, told, details), at: newest(office, before) } : newerOf(office, before, kept, told, details)
  if (known !== null) await keep(tx, office, told.id, { ...known.person.details, consents: [...known.person.consents] }, known.at)
  for (const { unitId, since } of told.pieces) await giveUnit(tx, told.id, unitId, since)
  const stands = known === null ? { known: kept, at: before.changed_at ?? before.made_at } : { known: { ...known.person.details, consents: [...known.person.consents] }, at: known.at }
  return stands.known === null ? [] : [toldOf(told.id, stands.known, stands.at)]
}

const toldOf = (id: string, known: Known, changedAt: string): ToldCustomer => ({ id, changedAt, details: detailsOf(known), consents: known.consents, pieces: [] })

/** The till has not heard yet that this is somebody else's second id: only what it really changed is news of that person. */
async function takeOfMerged(tx: Query, office: Office, told: ToldCustomer, details: PersonDetails, into: string): Promise<ToldCustomer[]> {
  await take(tx, office, { ...told, id: into, changed: told.changed ?? [], heardAt: null }, details)
  return []
}

async function keep(tx: Query, office: Office, id: string, known: Known, at: string): Promise<void> {
  await tx.query('UPDATE customer SET sealed = $2, keep_until = $3, changed_at = $4 WHERE id = $1 AND erased_at IS NULL', [
    id, office.sealing.seal(id, JSON.stringify(known)), keepUntil(office.now_ms()), at,
  ])
  await writeKeys(tx, office, id)
}

/** What stands after a till has told of a person who is known here; null: it tells nothing new. */
function newerOf(office: Office, before: Kept, kept: Known, told: ToldCustomer, details: PersonDetails): { person: Person; at: string } | null {
  const mine = personOf(office, told, details)
  const changedAt = before.changed_at ?? ''
  const { changed } = told
  // A till of an older program has nothing but its clock to say it by; no change is from later than now.
  if (changed === undefined) return instant(Math.min(Date.parse(told.changedAt), office.now_ms())) < changedAt ? null : { person: mine, at: newest(office, before) }
  const heardAt = told.heardAt ?? ''
  // The centre was put back to an earlier day, and the till heard later words of it: those stand again, under their own date.
  if (heardAt > changedAt) return { person: mine, at: changed.length > 0 ? newest(office, before) : instant(Math.min(Date.parse(heardAt), office.now_ms())) }
  if (changed.length === 0) return null
  const { consents, ...rest } = kept
  const merged = mergedPerson(mine, changed, { details: rest, consents })
  // Nobody else said anything since: what is allowed is what this till says, a yes as well as a no.
  return { person: heardAt === changedAt && changed.includes('consents') ? { ...merged, consents: mine.consents } : merged, at: newest(office, before) }
}

/** No word is from later than now, whatever the clock of a till says. */
function personOf(office: Office, told: ToldCustomer, details: PersonDetails): Person {
  const now = instant(office.now_ms())
  return { details, consents: told.consents.map((consent) => ({ ...consent, at: consent.at < now ? consent.at : now })) }
}

/** People by a whole card number, telephone number or mail address, for the till where they stand. Each question is written down. */
export async function findForTill(office: Office, till: string, text: string): Promise<ToldCustomer[]> {
  const keys = [text, phoneKey(text), cardKey(text)].filter((key) => key.length >= 5).map((key) => office.sealing.blind(key))
  const rows = await office.db.query<Kept>(
    `SELECT id, sealed, made_at, changed_at, erased_at, merged_into FROM customer
     WHERE id IN (SELECT customer_id FROM customer_key WHERE blind = ANY ($1::text[])) AND sealed IS NOT NULL ORDER BY id DESC LIMIT $2`, [keys, FOUND_MAX],
  )
  await logAct(office.db, office, `till ${till}`, 'customer-looked-up', rows.map((row) => row.id).join(', '))
  return rows.flatMap((row) => {
    const known = knownOf(office, row)
    return known === null ? [] : [toldOf(row.id, known, row.changed_at ?? row.made_at)]
  })
}

/** Lists may bring longer texts than a till has room for. */
const detailsOf = ({ name, phone, email, card, address, note, language }: Known) => ({
  name: name.slice(0, 120), phone: phone.slice(0, 40), email, card: card.slice(0, 64), address: address.slice(0, 300), note: note.slice(0, 400), language,
})
