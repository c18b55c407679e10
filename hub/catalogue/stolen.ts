import { matchKey } from '../../contract/identity/match-key.ts'
import { productName } from '../../contract/product-name.ts'
import type { FlagKind } from '../../contract/unit.ts'
import type { StolenOrder, StolenRow } from '../contract/shop-calls.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import { logAct, type Office } from '../people/office.ts'
import { change } from '../sync/feed.ts'
import { putRecords, type RecordChange } from '../sync/records.ts'
import { flagUnits } from '../sync/units.ts'
import { appendTold, type ToldRow } from '../reports/told-row.ts'
import { piecesOf } from '../reports/tell-out.ts'
import { arrivalOf, followersOf, headOfAll } from './arrivals.ts'
import { noteList } from './campaigns.ts'
import { likeText, productNames } from './products.ts'
import { sortedPage } from './sorted-page.ts'

interface StolenReport {
  readonly serials: readonly string[]
  readonly kind: 'stolen-own' | 'stolen-reported'
  readonly reference: string
  readonly reason: string
}

const AT_ONCE = 400

/**
 * Puts numbers on the list and a flag on every piece that carries one of them, told to every till in the same commit.
 * A number that no piece has yet stays on the list, and the piece gets its flag when it first appears.
 */
export async function reportStolen(office: Office, who: string, report: StolenReport): Promise<{ known: number; unknown: number }> {
  let known = 0
  for (let at = 0; at < report.serials.length; at += AT_ONCE) {
    const serials = [...new Set(report.serials.slice(at, at + AT_ONCE).map((serial) => serial.trim()).filter((serial) => serial !== ''))]
    known += await change(office, (tx, tell) => reportSome(tx, tell, office, who, { ...report, serials }))
  }
  const seq = await headOfAll(office.db)
  await office.db.query('UPDATE stolen_number SET told_seq = $2 WHERE serial = ANY ($1::text[])', [report.serials.map((serial) => serial.trim()), seq])
  return { known, unknown: report.serials.length - known }
}

/** Some hundreds of numbers inside of `change`; answers how many of them a piece has. */
export async function reportSome(tx: Query, tell: Parameters<typeof flagUnits>[1], office: Office, who: string, report: StolenReport): Promise<number> {
  const { serials, kind, reference, reason } = report
  const now = instant(office.now_ms())
  await tx.query(
    `INSERT INTO stolen_number (serial, match_key, kind, reference, reason, since)
     SELECT n.serial, n.match_key, $2, $3, $4, $5 FROM jsonb_to_recordset($1::jsonb) AS n (serial text, match_key text)
     ON CONFLICT (serial) DO UPDATE SET kind = excluded.kind, reference = excluded.reference, reason = excluded.reason,
       since = excluded.since, lifted_at = NULL, lifted_why = NULL`,
    [JSON.stringify([...serials].sort().map((serial) => ({ serial, match_key: matchKey(serial, 'loose') }))), kind, reference, reason, now],
  )
  const found = await tx.query<{ value: string; unit_id: string }>('SELECT value, unit_id FROM unit_alias WHERE value = ANY ($1::text[])', [[...serials]])
  const ids = [...new Set(found.map((row) => row.unit_id))]
  const flag = { kind, source: who, at: now, reason, reference: reference === '' ? null : reference }
  const event = { at: now, n: 0, kind: 'flagged', store_id: null, who, params: { flag: kind, reason, date: now } }
  const changed = await flagUnits(tx, tell, ids, (flags) => [...flags.filter((one) => one.kind !== kind), flag], event)
  const known = new Set(found.map((row) => row.value))
  await putRecords(tx, tell, serials.filter((serial) => !known.has(serial)).map((serial) => unknownNumber(serial, kind, now, reference)))
  await noteList(tx, tell, 'stolen', now)
  await recordFlags(tx, changed, 'flagged', kind, reason, who, now)
  await logAct(tx, office, who, 'stolen-reported', `${serials.length}: ${serials.slice(0, 5).join(', ')}`)
  return known.size
}

/** A number that no piece carries goes to the tills as it is: one of them may be shown the piece. */
const unknownNumber = (number: string, kind: StolenReport['kind'], since: string, reference: string): RecordChange => ({
  kind: 'stolen_numbers', key: { number }, row: { number, match_key: matchKey(number, 'loose'), kind, since, reference: reference === '' ? null : reference },
})

const PLACE = 'stolen numbers told up to'

/**
 * Tells the tills of numbers that stood on the list before tills were told of them, some hundreds a time. Answers
 * whether there may be more; nothing is left to do from then on.
 */
export async function tellUnknownNumbers(office: Pick<Office, 'db' | 'now_ms'>): Promise<boolean> {
  return change(office, async (tx, tell) => {
    const [place] = await tx.query<{ value: string }>('SELECT value FROM hub_meta WHERE key = $1', [PLACE])
    // Held to the commit: whoever takes one of them off the list meanwhile does so before this reads it, or after it is told.
    const rows = await tx.query<{ serial: string; kind: StolenReport['kind']; reference: string; since: string; known: boolean }>(
      `SELECT s.serial, s.kind, s.reference, s.since, EXISTS (SELECT 1 FROM unit_alias a WHERE a.value = s.serial) AS known
       FROM stolen_number s WHERE s.lifted_at IS NULL AND s.serial > $1 ORDER BY s.serial LIMIT $2 FOR UPDATE OF s`, [place?.value ?? '', AT_ONCE],
    )
    const last = rows.at(-1)
    if (last === undefined) return false
    await putRecords(tx, tell, rows.filter(({ known }) => !known).map(({ serial, kind, since, reference }) => unknownNumber(serial, kind, since, reference)))
    await tx.query('INSERT INTO hub_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [PLACE, last.serial])
    return rows.length === AT_ONCE
  })
}

/** Takes a number off the list, and the flag off its pieces; the list itself keeps that it was on it, and why no more. */
export async function liftStolen(office: Office, who: string, serial: string, why: string): Promise<{ lifted: number }> {
  return change(office, async (tx, tell) => {
    const now = instant(office.now_ms())
    await tx.query('UPDATE stolen_number SET lifted_at = $2, lifted_why = $3 WHERE serial = $1 AND lifted_at IS NULL', [serial, now, why])
    const found = await tx.query<{ unit_id: string }>('SELECT unit_id FROM unit_alias WHERE value = $1', [serial])
    const event = { at: now, n: 0, kind: 'unflagged', store_id: null, who, params: { flag: 'stolen-reported', reason: why, date: now } }
    const changed = await flagUnits(tx, tell, found.map((row) => row.unit_id), (flags) => flags.filter(({ kind }) => !kind.startsWith('stolen')), event)
    await putRecords(tx, tell, [{ kind: 'stolen_numbers', key: { number: serial }, row: null }])
    await noteList(tx, tell, 'stolen', now)
    await recordFlags(tx, changed, 'unflagged', 'stolen-reported', why, who, now)
    await logAct(tx, office, who, 'stolen-lifted', `${serial}: ${why}`)
    return { lifted: changed.length }
  })
}

/** The centre's own acts stand in a piece's history and in the list for other systems like those of a till. */
export async function recordFlags(
  tx: Query, unitIds: readonly string[], kind: 'flagged' | 'unflagged', flag: FlagKind, reason: string, who: string, now: string,
): Promise<void> {
  if (unitIds.length === 0) return
  const params = JSON.stringify({ flag, reason, date: now })
  await tx.query(
    `INSERT INTO unit_event (unit_id, till, inc, seq, id, kind, at, store_id, who, params, verdict, ver)
     SELECT u.id, 'centre', 'centre', u.ver, n.id, $2, $3, NULL, $4, $5, 'accepted', u.ver
     FROM unit u JOIN jsonb_to_recordset($1::jsonb) AS n (unit_id text, id text) ON n.unit_id = u.id ON CONFLICT DO NOTHING`,
    [JSON.stringify(unitIds.map((unit_id) => ({ unit_id, id: newId() }))), kind, now, who, params],
  )
  const pieces = await piecesOf(tx, unitIds)
  await appendTold(tx, [...pieces.values()].map((piece): ToldRow => ({
    ...piece, id: newId(), kind, store_id: null, till: null, at: now, day: now.slice(0, 10), received_at: now, verdict: 'accepted',
    amount_cents: null, currency: null, params,
  })))
}

const SORT_BY: Readonly<Record<StolenOrder, string>> = { serial: 's.serial', kind: 's.kind', reference: 's.reference', since: 's.since' }

/** A page of the list; in no other order, the newest first. */
export async function listStolen(
  db: Query, { text, after, limit, order, isDown }: { text: string; after: string | null; limit: number; order: StolenOrder | null; isDown: boolean },
): Promise<{ rows: StolenRow[]; next: string | null }> {
  const rows = await db.query<{ serial: string; kind: StolenRow['kind']; reference: string; reason: string; since: string; told_seq: number; unit_id: string | null; product_id: string | null }>(
    sortedPage(
      `SELECT s.serial AS key, ${SORT_BY[order ?? 'since']} AS sort_by, s.serial, s.kind, s.reference, s.reason, s.since, s.told_seq, a.unit_id, u.product_id
       FROM stolen_number s LEFT JOIN unit_alias a ON a.value = s.serial LEFT JOIN unit u ON u.id = a.unit_id
       WHERE s.lifted_at IS NULL AND (s.serial ILIKE $2 OR s.reference ILIKE $2)`, order === null || isDown,
    ), [after ?? '', `%${likeText(text)}%`, limit + 1],
  )
  const page = rows.slice(0, limit)
  const products = await productNames(db, page.flatMap((row) => row.product_id ?? []))
  const followers = await followersOf(db)
  return {
    rows: page.map((row) => {
      const product = row.product_id === null ? undefined : products.get(row.product_id)
      return {
        serial: row.serial, unitId: row.unit_id, productName: product === undefined ? null : productName(product), kind: row.kind,
        reference: row.reference, reason: row.reason, since: row.since, arrival: arrivalOf(followers, row.told_seq),
      }
    }),
    next: rows.length > limit ? (page.at(-1)?.serial ?? null) : null,
  }
}
