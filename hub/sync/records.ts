import type { Columns, FeedRow } from '../../contract/sync/wire.ts'
import { EVERYWHERE } from '../../contract/sync/wire.ts'
import { LostRace, type Query } from '../database.ts'
import type { Tell } from './feed.ts'

/**
 * A row of any table of the tills' mirror that is no unit: products, prices, staff, policies, lists, campaigns. `kind` is
 * the table's name there, `key` its primary key. A mirror takes the columns it knows and passes over a table it has not.
 */
export interface RecordChange {
  readonly kind: string
  readonly key: Columns
  /** The store whose tills need it; `*`: all. */
  readonly scope?: string
  /** All columns with their values, the key among them; null takes the row away. */
  readonly row: Columns | null
}

interface Kept {
  readonly kind: string
  readonly key: string
  readonly scope: string
  readonly body: string
  readonly ver: number
  readonly gone: boolean
}

/** The same key gives the same text, in whatever order its columns were named. */
export const keyText = (key: Columns): string => JSON.stringify(Object.fromEntries(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1))))

/** Writes rows and tells the tills that need them. Inside of `change`; some hundreds at a time. Rows that are the same already are passed over. */
export async function putRecords(tx: Query, tell: Tell, changes: readonly RecordChange[]): Promise<number> {
  const last = new Map(changes.map((entry) => [`${entry.kind} ${keyText(entry.key)}`, entry]))
  const sorted = [...last.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  const known = await readKept(tx, sorted.map(([, entry]) => entry))
  let count = 0
  for (const [name, entry] of sorted) {
    const before = known.get(name) ?? null
    const scope = entry.scope ?? EVERYWHERE
    const body = JSON.stringify(entry.row ?? {})
    if (before ? before.body === body && before.gone === (entry.row === null) && before.scope === scope : entry.row === null) continue
    const ver = (before?.ver ?? 0) + 1
    await write(tx, { kind: entry.kind, key: keyText(entry.key), scope, body, ver, gone: entry.row === null }, before?.ver ?? 0)
    // The old scope hears where the row belongs now, and lets it go.
    tell([scope, ...(before ? [before.scope] : [])], rowOf(entry.kind, entry.key, ver, scope, entry.row))
    count += 1
  }
  return count
}

async function readKept(tx: Query, changes: readonly RecordChange[]): Promise<Map<string, Kept>> {
  const found = new Map<string, Kept>()
  for (const kind of new Set(changes.map((entry) => entry.kind))) {
    const keys = changes.filter((entry) => entry.kind === kind).map((entry) => keyText(entry.key))
    for (const row of await tx.query<Kept>('SELECT * FROM record WHERE kind = $1 AND key = ANY ($2::text[])', [kind, keys])) found.set(`${kind} ${row.key}`, row)
  }
  return found
}

async function write(tx: Query, row: Kept, was: number): Promise<void> {
  const touched =
    was === 0
      ? await tx.touch('INSERT INTO record (kind, key, scope, body, ver, gone) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, key) DO NOTHING', [row.kind, row.key, row.scope, row.body, row.ver, row.gone])
      : await tx.touch('UPDATE record SET scope = $3, body = $4, ver = $5, gone = $6 WHERE kind = $1 AND key = $2 AND ver = $7', [row.kind, row.key, row.scope, row.body, row.ver, row.gone, was])
  if (touched !== 1) throw new LostRace(`${row.kind} ${row.key}`)
}

const rowOf = (kind: string, key: Columns, ver: number, scope: string, row: Columns | null): FeedRow => ({
  t: 'record', kind, key: JSON.parse(keyText(key)) as Columns, ver, scope, row,
})

/** Rows of some scopes in the order of their keys, for a first mirror. `after` is the last one had. */
export async function readRecords(db: Query, scopes: readonly string[], after: { kind: string; key: string } | null, limit: number): Promise<{ rows: FeedRow[]; last: { kind: string; key: string } | null }> {
  const kept = await db.query<Kept>(
    `SELECT kind, key, scope, body, ver, gone FROM record WHERE scope = ANY ($1::text[]) AND (kind, key) > ($2, $3) AND NOT gone ORDER BY kind, key LIMIT $4`,
    [[...scopes], after?.kind ?? '', after?.key ?? '', limit],
  )
  const last = kept.at(-1)
  return {
    rows: kept.map((row) => rowOf(row.kind, JSON.parse(row.key) as Columns, row.ver, row.scope, JSON.parse(row.body) as Columns)),
    last: last ? { kind: last.kind, key: last.key } : null,
  }
}
