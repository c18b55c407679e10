import type { CountOfOther, TillInCount } from '../../../contract/counting-view.ts'
import type { CountPart } from '../../../contract/sync/count-wire.ts'
import type { Ground } from '../ground.ts'
import { sql, type Reading } from '../store/store.ts'
import { countById, seenByTill, type CountRow, type SeenElsewhere } from './count-rows.ts'

/** What a till of this store has told of a count, as the centre brought it here. */
interface PartRow extends Omit<CountPart, 'id'> {
  readonly count_id: string
  readonly till_id: string
  readonly till_name: string
}

const partsOf = (ground: Ground, countId: string): PartRow[] =>
  sql(ground.mirror.reading, 'SELECT * FROM count_parts WHERE count_id = ? ORDER BY till_name, till_id').all(countId) as PartRow[]

/** The part of the till whose count it is, as far as it is known here. */
export const leadOf = (ground: Ground, countId: string): PartRow | null => partsOf(ground, countId).find((part) => part.lead_till === null) ?? null

/** Counts that go on at other tills of this store and that this one does not count along. */
export function countsOfOthers(ground: Ground): CountOfOther[] {
  const parts = sql(
    ground.mirror.reading,
    `SELECT * FROM count_parts WHERE store_id = ? AND lead_till IS NULL AND status = 'going' AND till_id <> ? AND (sample IS NULL OR lot_up_to IS NOT NULL)
     ORDER BY began_at DESC`,
  ).all(ground.place.id, ground.till.id) as PartRow[]
  return parts.map((part) => ({
    countId: part.count_id, number: part.number, scope: scopeOf(part), beganAt: part.began_at, beganBy: part.began_by, till: part.till_name,
    wasHere: countById(ground.store.reading, part.count_id) !== null,
  }))
}

/** A count of another till as this one keeps it. */
export const countAlong = (part: PartRow): CountRow => ({
  id: part.count_id, number: part.number, scope: scopeOf(part), began_at: part.began_at, began_by: part.began_by, lead_till: part.till_id, lot_up_to: part.lot_up_to,
})

const scopeOf = ({ area, category, sample, blind }: PartRow): CountRow['scope'] => ({ area, category, sample, blind: blind === 1 })

/** The other tills of a count: how many pieces are known here of each, and whether it has said that its part is done. */
export function otherTills(ground: Ground, { id }: CountRow): TillInCount[] {
  const seen = seenByTill(ground.store.reading, id)
  return partsOf(ground, id).filter(({ till_id }) => till_id !== ground.till.id).map((part) => ({
    name: part.till_name, leads: part.lead_till === null, found: seen.get(part.till_id)?.pieces ?? 0, lastAt: seen.get(part.till_id)?.lastAt ?? null,
    isDone: part.status !== 'going',
  }))
}

/** The name of a till that counts along, for people; its id where it is not known. */
export const tillName = (ground: Ground, countId: string, tillId: string): string =>
  partsOf(ground, countId).find((part) => part.till_id === tillId)?.till_name ?? tillId

/** By the order in which rows came, and not by the index of the count: only what is new is looked at. */
export const SEEN_SINCE = 'SELECT * FROM count_sightings WHERE rowid > @after AND +count_id = @countId AND till_id <> @ownTill ORDER BY rowid'

/** What other tills saw in a count, in the order in which it came, behind the row `after` of this very mirror file. */
export const seenSince = (mirror: Reading, countId: string, ownTill: string, after: number): SeenElsewhere[] =>
  sql(mirror, SEEN_SINCE).all({ countId, ownTill, after }) as SeenElsewhere[]

/** The row of this very mirror file that came last, of whatever count and till. */
export const lastSighting = (mirror: Reading): number => sql(mirror, 'SELECT coalesce(max(rowid), 0) FROM count_sightings').pluck().get() as number
