import { zstdDecompressSync } from 'node:zlib'
import Database from 'better-sqlite3'
import type { UnitColumns } from '../../contract/sync/unit-columns.ts'
import { moreOf } from '../../contract/sync/unit-columns.ts'
import { UnitLives, type LifeRow } from '../../contract/sync/unit-lives.ts'
import type { Columns, WireAlias } from '../../contract/sync/wire.ts'
import type { Query } from '../database.ts'
import type { HubGround } from '../ground.ts'
import { columnsOf, keyOf, OF_THE_MIRROR, OF_UNITS, tablesOf } from './mirror-file.ts'
import { change } from './feed.ts'
import { putRecords, type RecordChange } from './records.ts'
import { homeOf, UNIT_COLUMNS, writeAliases, type HubUnit } from './units.ts'

const ROWS_AT_ONCE = 2_000
/** Rows of a till that were its own and not of the shop. */
const OWN_ABOUT = new Set(['as_of', 'home_store', 'hub_gen', 'lives', 'snapshot'])

/**
 * An empty centre takes over the shop of a till's mirror file: all of its tables, its units and their lives. Answers
 * how many units came. Refuses a centre that knows units already: two shops are not mixed by accident.
 */
export async function loadMirror(ground: HubGround, file: string): Promise<number> {
  if (!(await isEmpty(ground.db))) throw new Error('This centre has a shop already; a mirror file is only taken over by an empty one.')
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    for (const { name } of tablesOf(db)) if (!OF_THE_MIRROR.has(name) && !OF_UNITS.has(name)) await loadTable(ground, db, name)
    return await loadUnits(ground, db)
  } finally {
    db.close()
  }
}

/** True for a centre that has neither units nor anything else of a shop. */
export async function isEmpty(db: Query): Promise<boolean> {
  return (await db.query('SELECT id FROM unit LIMIT 1')).length === 0 && (await db.query('SELECT key FROM record LIMIT 1')).length === 0
}

async function loadTable(ground: HubGround, db: Database.Database, table: string): Promise<void> {
  const key = keyOf(db, table)
  if (key.length === 0) return
  const columns = columnsOf(db, table)
  const pages = pagesOf(db.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).iterate() as IterableIterator<Columns>)
  for (const rows of pages) {
    const changes = rows
      .filter((row) => table !== 'about' || !OWN_ABOUT.has(String(row['key'])))
      .map((row): RecordChange => ({ kind: table, key: Object.fromEntries(key.map((name) => [name, row[name] ?? null])), row }))
    await change(ground, (tx, tell) => putRecords(tx, tell, changes))
  }
}

type MirrorRow = UnitColumns & { readonly id: string; readonly product_id: string; readonly price_cents: number | null; readonly produced_on: string | null; readonly ver: number }

async function loadUnits(ground: HubGround, db: Database.Database): Promise<number> {
  const aliases = db.prepare('SELECT value, kind, match_key, retired_why FROM unit_aliases WHERE unit_id = ?')
  const lives = new UnitLives(db, (block) => zstdDecompressSync(block).toString())
  let count = 0
  for (const rows of pagesOf(db.prepare('SELECT * FROM units ORDER BY id').iterate() as IterableIterator<MirrorRow>)) {
    const lines = rows.flatMap(({ id }) => lives.of(id).map((line): LifeLine => ({ ...line, unit_id: id })))
    const units = rows.map((row) => unitOf(row, aliases.all(row.id) as WireAlias[]))
    await ground.db.transaction(async (tx) => {
      await insertUnits(tx, units)
      await writeAliases(tx, units)
      await insertLives(tx, lines)
    })
    count += rows.length
  }
  return count
}

interface LifeLine extends LifeRow {
  readonly unit_id: string
}

const unitOf = (row: MirrorRow, aliases: WireAlias[]): HubUnit => ({
  ...row, home: homeOf(row), aliases: JSON.stringify(aliases), flagged: (moreOf(row).flags ?? []).length > 0, disputed: false,
  owner_till: null, owner_inc: null, owner_seq: null,
})

const INSERT = `INSERT INTO unit (${UNIT_COLUMNS.join(', ')}) SELECT ${UNIT_COLUMNS.map((name) => `n.${name}`).join(', ')}
  FROM jsonb_populate_recordset(null::unit, $1::jsonb) AS n ON CONFLICT (id) DO NOTHING`

const insertUnits = (tx: Query, units: readonly HubUnit[]): Promise<number> => tx.touch(INSERT, [JSON.stringify(units)])

/** A life from before the centre stands under no till: `past`, numbered as the mirror numbered it. */
async function insertLives(tx: Query, lines: readonly LifeLine[]): Promise<void> {
  const seen = new Map<string, number>()
  const rows = lines.map((line) => {
    const seq = (seen.get(line.unit_id) ?? 0) + 1
    seen.set(line.unit_id, seq)
    return { ...line, seq, id: `${line.unit_id}.${seq}` }
  })
  await tx.query(
    `INSERT INTO unit_event (unit_id, till, inc, seq, id, kind, at, store_id, who, params, verdict, ver)
     SELECT n.unit_id, 'past', 'past', n.seq, n.id, n.kind, n.at, n.store_id, n.who, n.params, 'noted', n.n
     FROM jsonb_to_recordset($1::jsonb) AS n (unit_id text, seq bigint, id text, kind text, at text, store_id text, who text, params text, n bigint)
     ON CONFLICT (unit_id, till, inc, seq) DO NOTHING`,
    [JSON.stringify(rows)],
  )
}

function* pagesOf<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let page: Row[] = []
  for (const row of rows) {
    page.push(row)
    if (page.length < ROWS_AT_ONCE) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
