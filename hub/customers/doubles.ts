import { bothConsents, type Person } from '../../contract/sync/person-merge.ts'
import type { CustomerDouble, CustomerView, MergedCustomer } from '../contract/office-calls.ts'
import type { Query } from '../database.ts'
import { instant } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { change, type Tell } from '../sync/feed.ts'
import { putRecords } from '../sync/records.ts'
import { customerRow, customerView } from './customers.ts'
import { cardKey, knownOf, newest, personOf, phoneKey, saidNow, type Known } from './known.ts'
import { writeKeys } from './same-person.ts'

const NOTE_MAX = 400

interface Row {
  readonly id: string
  readonly sealed: Buffer | null
  readonly keep_until: string
  readonly changed_at: string | null
  readonly erased_at: string | null
  readonly merged_into: string | null
}

interface Merge {
  readonly id: string
  readonly kept_id: string
  readonly away_id: string
  readonly sealed_before: Buffer | null
  readonly changed_at: string
  readonly moved_units: string
  readonly away_units: string
  readonly followed: string
  readonly undone_at: string | null
}

/**
 * Pairs that may be one person: found by the same mail address, telephone number or card, compared by their keyed
 * hashes. Whether they are is for a person to say: pairs that are two stand there for good, so the next page begins `after`
 * the last pair (its two ids with a blank between) of the one before. That somebody looked is written down.
 */
export async function findDoubles(office: Office, who: string, after: string | null, limit: number): Promise<{ rows: CustomerDouble[]; next: string | null }> {
  const [afterOne = '', afterOther = ''] = (after ?? '').split(' ')
  const found = await office.db.query<{ one: string; other: string }>(
    `SELECT a.customer_id AS one, b.customer_id AS other FROM customer_key a JOIN customer_key b ON b.blind = a.blind AND b.customer_id > a.customer_id
     WHERE a.customer_id >= $1 AND (a.customer_id, b.customer_id) > ($1, $2)
     GROUP BY a.customer_id, b.customer_id ORDER BY a.customer_id, b.customer_id LIMIT $3`, [afterOne, afterOther, limit + 1],
  )
  const pairs = found.slice(0, limit)
  const last = pairs.at(-1)
  await logAct(office.db, office, who, 'customer-doubles-looked-up', pairs.map(({ one, other }) => `${one} ${other}`).join(', '))
  const rows = await Promise.all(pairs.map(async ({ one, other }): Promise<CustomerDouble> => {
    const both = await Promise.all([one, other].map((id) => customerRow(office.db, id)))
    const [first, second] = both.map((row) => knownOf(office, row))
    const people = await Promise.all(both.map((row) => customerView(office, row)))
    return { by: first && second ? sharedBy(first, second) : [], people }
  }))
  return { rows, next: found.length > limit && last !== undefined ? `${last.one} ${last.other}` : null }
}

function sharedBy(one: Known, other: Known): CustomerDouble['by'] {
  const same = (of: (known: Known) => string): boolean => of(one) !== '' && of(one) === of(other)
  return [
    ...(same(({ email }) => email.trim().toLowerCase()) ? ['email' as const] : []),
    ...(same(({ phone }) => phoneKey(phone)) ? ['phone' as const] : []),
    ...(same(({ card }) => (card === '' ? '' : cardKey(card))) ? ['card' as const] : []),
  ]
}

/**
 * Two rows become one person: `awayId` leads to `keepId` from now on, here and at every till. What only the other row
 * knows is taken over, a no on what is allowed counts, and a second address or number goes into the note. Refuses the
 * erased (`erased`), and one that was merged meanwhile (`stale`).
 */
export async function mergeCustomers(office: Office, who: string, keepId: string, awayId: string, why: string): Promise<MergedCustomer> {
  const mergeId = office.newId()
  await change(office, async (tx, tell) => {
    const [kept, away] = await lockBoth(tx, keepId, awayId)
    // Tried again because nobody heard of its commit: it is done.
    if ((await tx.query('SELECT id FROM customer_merge WHERE id = $1', [mergeId])).length > 0) return
    if (kept.merged_into !== null || away.merged_into !== null) throw new HubRefusal('stale')
    const changedAt = newest(office, kept)
    const units = await tx.query<{ unit_id: string; since: string }>('SELECT unit_id, since FROM customer_unit WHERE customer_id = $1 ORDER BY unit_id', [awayId])
    const moved = await moveUnits(tx, units, awayId, keepId)
    const followed = (await tx.query<{ id: string }>('SELECT id FROM customer WHERE merged_into = $1 ORDER BY id', [awayId])).map(({ id }) => id)
    const [before, second] = [notErased(office, kept), notErased(office, away)]
    await tx.query('UPDATE customer SET sealed = $2, changed_at = $3, keep_until = $4 WHERE id = $1', [
      keepId, office.sealing.seal(keepId, JSON.stringify(saidNow(asOne(before, second), changedAt, personOf(before, kept)))), changedAt,
      kept.keep_until > away.keep_until ? kept.keep_until : away.keep_until,
    ])
    await tx.query('UPDATE customer SET merged_into = $1 WHERE id = $2 OR merged_into = $2', [keepId, awayId])
    await tx.query(
      `INSERT INTO customer_merge (id, kept_id, away_id, at, who, why, sealed_before, changed_at, moved_units, away_units, followed)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [mergeId, keepId, awayId, instant(office.now_ms()), who, why, kept.sealed, changedAt, JSON.stringify(moved), JSON.stringify(units), JSON.stringify(followed)],
    )
    await writeKeys(tx, office, keepId)
    await tellMerged(tx, tell, [awayId, ...followed], keepId)
    await logAct(tx, office, who, 'customer-merged', `${awayId} into ${keepId}: ${why}`)
  })
  return { mergeId, person: await customerView(office, await customerRow(office.db, keepId)) }
}

/** The two are two again, as they were. Refuses (`stale`) where somebody changed the person since, or undid it already. */
export async function unmergeCustomers(office: Office, who: string, mergeId: string): Promise<CustomerView[]> {
  const [named] = await office.db.query<Merge>('SELECT * FROM customer_merge WHERE id = $1', [mergeId])
  if (named === undefined) throw new HubRefusal('no-such-thing')
  const { kept_id: keptId, away_id: awayId } = named
  await change(office, async (tx, tell) => {
    const [kept, away] = await lockBoth(tx, keptId, awayId)
    const [merge] = await tx.query<Merge>('SELECT * FROM customer_merge WHERE id = $1', [mergeId])
    if (merge === undefined || merge.undone_at !== null || merge.sealed_before === null || kept.changed_at !== merge.changed_at || away.merged_into !== keptId)
      throw new HubRefusal('stale')
    const followed = JSON.parse(merge.followed) as string[]
    const at = newest(office, kept)
    const before = personOf(notErased(office, { id: keptId, sealed: merge.sealed_before }), kept)
    const known = saidNow(before, at, personOf(notErased(office, kept), kept))
    await tx.query('UPDATE customer SET sealed = $2, changed_at = $3 WHERE id = $1', [keptId, office.sealing.seal(keptId, JSON.stringify(known)), at])
    await tx.query('UPDATE customer SET merged_into = NULL, changed_at = $2 WHERE id = $1', [awayId, newest(office, away)])
    await tx.query('UPDATE customer SET merged_into = $1 WHERE id = ANY ($2::text[])', [awayId, followed])
    await tx.query('DELETE FROM customer_unit WHERE customer_id = $1 AND unit_id = ANY ($2::text[])', [keptId, JSON.parse(merge.moved_units) as string[]])
    for (const { unit_id, since } of JSON.parse(merge.away_units) as { unit_id: string; since: string }[])
      await tx.query('INSERT INTO customer_unit (customer_id, unit_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [awayId, unit_id, since])
    await tx.query('UPDATE customer_merge SET undone_at = $2 WHERE id = $1', [mergeId, instant(office.now_ms())])
    for (const id of [keptId, awayId]) await writeKeys(tx, office, id)
    await putRecords(tx, tell, [{ kind: 'merged_customers', key: { customer_id: awayId }, row: null }])
    await tellMerged(tx, tell, followed, awayId)
    await logAct(tx, office, who, 'customer-unmerged', `${awayId} from ${keptId}`)
  })
  return Promise.all([keptId, awayId].map(async (id) => customerView(office, await customerRow(office.db, id))))
}

/** Both rows, held until the end, in one order for all. Refuses one person twice, and whom nobody knows. */
async function lockBoth(tx: Query, keepId: string, awayId: string): Promise<[Row, Row]> {
  const rows = await tx.query<Row>('SELECT id, sealed, keep_until, changed_at, erased_at, merged_into FROM customer WHERE id = ANY ($1::text[]) ORDER BY id FOR UPDATE', [[keepId, awayId]])
  const [kept, away] = [keepId, awayId].map((id) => rows.find((row) => row.id === id))
  if (kept === undefined || away === undefined || kept === away) throw new HubRefusal('no-such-thing')
  if (kept.erased_at !== null || away.erased_at !== null) throw new HubRefusal('erased')
  return [kept, away]
}

function notErased(office: Office, row: Pick<Row, 'id' | 'sealed'>): Known {
  const known = knownOf(office, row)
  if (known === null) throw new HubRefusal('erased')
  return known
}

/** The pieces of the one are the other's; answers which of them the other did not have. */
async function moveUnits(tx: Query, units: readonly { unit_id: string; since: string }[], from: string, to: string): Promise<string[]> {
  const moved: string[] = []
  for (const { unit_id, since } of units)
    if ((await tx.touch('INSERT INTO customer_unit (customer_id, unit_id, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [to, unit_id, since])) === 1) moved.push(unit_id)
  await tx.query('DELETE FROM customer_unit WHERE customer_id = $1', [from])
  return moved
}

async function tellMerged(tx: Query, tell: Tell, ids: readonly string[], into: string): Promise<void> {
  await putRecords(tx, tell, ids.map((id) => ({ kind: 'merged_customers', key: { customer_id: id }, row: { customer_id: id, into_id: into } })))
}

/** What is known of both, as of one. */
function asOne(kept: Known, away: Known): Person {
  const either = (field: 'name' | 'email' | 'phone' | 'address' | 'card'): string => (kept[field] === '' ? away[field] : kept[field])
  const one = { name: either('name'), email: either('email'), phone: either('phone'), address: either('address'), card: either('card') }
  const phone = phoneKey(away.phone) === phoneKey(one.phone) ? '' : away.phone
  const second = [away.email, phone, away.card, away.address].filter((text) => !Object.values<string>(one).includes(text))
  const note = [...new Set([kept.note, away.note, ...second].filter((text) => text !== ''))].join('\n').slice(0, NOTE_MAX)
  return { details: { ...one, note, language: kept.language ?? away.language }, consents: bothConsents(away.consents, kept.consents) }
}
