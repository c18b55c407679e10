import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { EVERYWHERE, type FeedRow, type FirstLine, type FirstPlace, type ToldEvent } from '../../contract/sync/wire.ts'
import type { Query } from '../database.ts'
import { instant, type HubGround } from '../ground.ts'
import type { Asked } from '../server.ts'
import { headsOf } from './feed.ts'
import { kindsReadBy, rowFor } from './older-tills.ts'
import { readRecords } from './records.ts'
import { KEPT } from './repair.ts'
import { feedRowOf, UNIT_COLUMNS, type HubUnit } from './units.ts'

const PAGE = 2_000
/** Rows of the feed from so long before the start are told again: what was committed late is then not missed. */
const OVERLAP_MS = 15 * 60_000

interface Page {
  readonly rows: FeedRow[]
  /** Where the next page begins, also for somebody who comes back later. */
  readonly after: FirstPlace
}

/**
 * All that a first mirror of some scopes holds, in the order of its keys, page by page: first the tables of the shop,
 * then the units with their lives. Pages are no one moment of the database; `startOf` says from where the feed mends that.
 */
export async function* firstPages(db: Query, scopes: readonly string[], after: FirstPlace | null): AsyncGenerator<Page> {
  let unit = after?.unit ?? ''
  for (let record = after?.record ?? null; unit === ''; ) {
    const page: Awaited<ReturnType<typeof readRecords>> = await readRecords(db, scopes, record, PAGE)
    if (page.last === null) break
    yield { rows: page.rows, after: { record: page.last } }
    record = page.last
  }
  const stores = scopes.filter((scope) => scope !== EVERYWHERE)
  for (;;) {
    const units = await db.query<HubUnit>(`SELECT ${UNIT_COLUMNS.join(', ')} FROM unit WHERE ${KEPT} AND id > $2 ORDER BY id LIMIT $3`, [stores, unit, PAGE])
    const last = units.at(-1)
    if (!last) return
    const lives = await livesOf(db, units.map(({ id }) => id))
    yield { rows: units.map((one) => feedRowOf(one, lives.get(one.id) ?? [])), after: { unit: last.id } }
    unit = last.id
  }
}

/** The last number of each scope that was certainly told before now: from there on the feed goes over what pages may have missed. */
export async function startOf(db: Query, scopes: readonly string[], now_ms: number): Promise<Record<string, number>> {
  const heads = await headsOf(db, scopes)
  const cursors: Record<string, number> = {}
  for (const scope of scopes) {
    const rows = await db.query<{ seq: number | null }>('SELECT max(seq) AS seq FROM feed WHERE scope = $1 AND at_ms < $2', [scope, now_ms - OVERLAP_MS])
    cursors[scope] = rows[0]?.seq ?? heads.get(scope)?.min_seq ?? 0
  }
  return cursors
}

/** Counts no further than it has to. */
export async function hasFewUnits(db: Query, scopes: readonly string[], few: number): Promise<boolean> {
  const stores = scopes.filter((scope) => scope !== EVERYWHERE)
  const rows = await db.query<{ n: number }>(`SELECT count(*) AS n FROM (SELECT id FROM unit WHERE ${KEPT} LIMIT $2) AS kept`, [stores, few + 1])
  return (rows[0]?.n ?? 0) <= few
}

/** A first mirror as lines of JSON, packed, from the beginning or from where the till was cut off. */
export async function sendFirstRows(ground: Pick<HubGround, 'db' | 'now_ms'>, gen: string, scopes: readonly string[], after: FirstPlace | null, asked: Asked): Promise<void> {
  const kinds = kindsReadBy(asked)
  const { response } = asked
  const now_ms = ground.now_ms()
  const head: FirstLine = { is: 'head', gen, at: instant(now_ms), cursors: await startOf(ground.db, scopes, now_ms) }
  const lines = async function* (): AsyncGenerator<string> {
    yield lineOf(head)
    for await (const { rows, after: place } of firstPages(ground.db, scopes, after)) yield lineOf({ is: 'page', rows: rows.map((row) => rowFor(kinds, row)), after: place })
    yield lineOf({ is: 'end' })
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-encoding': 'zstd', 'cache-control': 'no-store' })
  // A till that hangs up in the middle asks for the rest later.
  await pipeline(Readable.from(lines()), createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } }), response).catch(() => response.destroy())
}

const lineOf = (line: FirstLine): string => `${JSON.stringify(line)}\n`

/** What these pieces lived through, as the tills are told of it. */
export async function livesOf(db: Query, ids: readonly string[]): Promise<Map<string, ToldEvent[]>> {
  const rows = await db.query<{ unit_id: string; at: string; ver: number; kind: string; store_id: string | null; who: string | null; params: string }>(
    `SELECT unit_id, at, ver, kind, store_id, who, params FROM unit_event WHERE unit_id = ANY ($1::text[]) ORDER BY unit_id, at, ver`, [[...ids]],
  )
  const lives = new Map<string, ToldEvent[]>()
  for (const row of rows) {
    const line: ToldEvent = { at: row.at, n: row.ver, kind: row.kind, store_id: row.store_id, who: row.who, params: JSON.parse(row.params) as ToldEvent['params'] }
    const life = lives.get(row.unit_id)
    if (life) life.push(line)
    else lives.set(row.unit_id, [line])
  }
  return lives
}
