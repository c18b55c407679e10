import type { PersonDetails } from '../../contract/customer.ts'
import type { SaidAt, ToldCustomer } from '../../contract/sync/customer-wire.ts'
import { allSaid, knows, mergedPerson, purposesBetween, saidOnceMore, wordsBetween, type DatedPerson } from '../../contract/sync/person-merge.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import type { Office } from '../people/office.ts'
import { logAct } from '../people/office.ts'
import { change } from '../sync/feed.ts'
import { erase, giveUnit, keepUntil, unlessErased } from './customers.ts'
import { cardKey, knownOf, newest, personOf, phoneKey, saidNow, type Known } from './known.ts'
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
 * from its clock: where another till was faster, only what this one really changed is taken over. What the till heard of
 * this centre before it was put back to an earlier day stands again, word by word. Told twice is told once: what was
 * said here since by somebody who had heard it stays.
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
  }).catch(unlessErased)
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
  const word = newerWord(office, before, kept, told, details)
  if (word !== null) await keep(tx, office, told.id, word.known, word.at)
  await keepPieces(tx, office, told)
  const stands = word ?? { known: kept, at: before.changed_at ?? before.made_at }
  return stands.known === null ? [] : [toldOf(told.id, stands.known, stands.at)]
}

/** Whose the pieces are; who bought again is kept as long as everybody after a purchase. */
async function keepPieces(tx: Query, office: Office, { id, pieces }: ToldCustomer): Promise<void> {
  const fresh: string[] = []
  for (const { unitId, since } of pieces) if (await giveUnit(tx, id, unitId, since)) fresh.push(since)
  const last = fresh.sort().at(-1)
  if (last !== undefined) await tx.query('UPDATE customer SET keep_until = greatest(keep_until, $2) WHERE id = $1', [id, keepUntil(Math.min(Date.parse(last), office.now_ms()))])
}

const toldOf = (id: string, known: Known, changedAt: string): ToldCustomer => {
  const { details, consents, saidAt, tellings } = asTold(known, { changed_at: changedAt })
  return { id, changedAt, details, consents: [...consents], pieces: [], saidAt, tellings }
}

/** The till has not heard yet that this is somebody else's second id: only what it really changed is news of that person. */
async function takeOfMerged(tx: Query, office: Office, told: ToldCustomer, details: PersonDetails, into: string): Promise<ToldCustomer[]> {
  await take(tx, office, { ...told, id: into, changed: told.changed ?? [], heardAt: null, saidAt: {} }, details)
  return []
}

async function keep(tx: Query, office: Office, id: string, known: Known, at: string): Promise<void> {
  await tx.query('UPDATE customer SET sealed = $2, keep_until = $3, changed_at = $4 WHERE id = $1 AND erased_at IS NULL', [
    id, office.sealing.seal(id, JSON.stringify(known)), keepUntil(office.now_ms()), at,
  ])
  await writeKeys(tx, office, id)
}

/** What stands after a till has told of a person, and the date of it; null: it tells nothing new. */
function newerWord(office: Office, before: Kept, kept: Known | null, told: ToldCustomer, details: PersonDetails): { known: Known; at: string } | null {
  const at = newest(office, before)
  const theirs = kept === null ? null : asTold(kept, before)
  const saidTo = saidBy(office, before, told, theirs?.saidAt ?? {})
  const mine = { details, consents: told.consents.map((consent) => ({ ...consent, at: notLater(office, consent.at) })), saidAt: saidTo, tellings: told.tellings ?? {} }
  // A till of an older program has nothing but its clock to say by whose word is newer.
  if (told.changed === undefined) return notLater(office, told.changedAt) < (before.changed_at ?? '') ? null : { known: saidNow(mine, at, theirs, Object.keys(allSaid(at))), at }
  const { changed } = told
  const person = theirs === null ? mine : mergedPerson(mine, changed, theirs)
  const now: string[] = [...changed.filter((field) => field !== 'consents' && (theirs === null || !knows(theirs, mine, field))), ...(changed.includes('consents') ? purposesBetween(theirs, person) : [])]
  const saidAt = Object.fromEntries(Object.entries({ ...allSaid(kept === null ? at : ''), ...person.saidAt }).map(([word, was]) => [word, now.includes(word) ? at : was]))
  const lastHere = (word: string): string | undefined => theirs?.tellings[word]?.at(-1)
  // What was changed under an older program of a till has no id.
  const tellings = saidOnceMore(person.tellings, now.filter((word) => person.tellings[word]?.at(-1) === lastHere(word)), newId())
  const isKnown = (word: string): boolean => saidAt[word] === (theirs?.saidAt[word] ?? '') && tellings[word]?.at(-1) === lastHere(word)
  if (theirs !== null && Object.keys(saidAt).every(isKnown)) return null
  // A text longer than a till has room for stays whole while nobody has changed it.
  const words = wordsBetween(theirs, person)
  const whole = Object.fromEntries(Object.entries(kept ?? {}).filter(([field]) => !words.includes(field)))
  return { known: { ...person.details, ...whole, consents: [...person.consents], saidAt, tellings }, at }
}

/**
 * When the centre had said to this till what it tells. Of a till whose program only keeps when the last word was: all of
 * it then where that is later than what is kept here, and what is said here where it is the same.
 */
function saidBy(office: Office, before: Kept, { saidAt, heardAt }: ToldCustomer, saidHere: SaidAt): SaidAt {
  if (saidAt !== undefined) return Object.fromEntries(Object.entries(saidAt).map(([word, at]) => [word, notLater(office, at)]))
  if (heardAt && heardAt === before.changed_at) return saidHere
  return heardAt && heardAt > (before.changed_at ?? '') ? allSaid(notLater(office, heardAt)) : {}
}

/** No word is from later than now, whatever the clock of a till says. */
const notLater = (office: Office, at: string): string => instant(Math.min(Date.parse(at), office.now_ms()))

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
function asTold(known: Known, row: Pick<Kept, 'changed_at'>): DatedPerson {
  const person = personOf(known, row)
  const { name, phone, card, address, note } = person.details
  return { ...person, details: { ...person.details, name: name.slice(0, 120), phone: phone.slice(0, 40), card: card.slice(0, 64), address: address.slice(0, 300), note: note.slice(0, 400) } }
}
