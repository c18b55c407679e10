import Database from 'better-sqlite3'
import { BOOKED } from '../../../contract/sync/event-body.ts'
import type { NewEvent } from '../store/journal.ts'
import { openDatabase } from '../store/open-database.ts'
import type { Writing } from '../store/store.ts'
import type { ReadFile, ReadTable, Row } from './damaged-file.ts'
import type { FoundEvent } from './journal-pages.ts'
import { bookAgain, rowsOfEvents } from './books-again.ts'
import { wholeChain } from './whole-chain.ts'

/** What a shop's file is made anew from. */
export interface Sources {
  /** What is left of the damaged file; null where it is not to be used. */
  readonly damaged: ReadFile | null
  /** The newest copy that was checked. */
  readonly copy: ReadFile | null
  /** What the centre has of this till's journal, from its first event on; empty for a till without a centre. */
  readonly centre: readonly FoundEvent[]
}

export interface Rebuilt {
  /** Events in the chain, and up to which of them the centre has it. */
  readonly events: number
  /** Events that stood behind a gap and have lost the one they followed, in their order; they are not in the chain. */
  readonly behindGap: readonly string[]
  /** Events that are known to have been, and are lost. */
  readonly eventsLost: number
  /** Tables of which not every row could be read. */
  readonly notWhole: readonly string[]
  /** Rows of money that were put back out of the journal. */
  readonly rowsFromJournal: number
  /**
   * Nothing of what numbers hang on was lost: the journal to its end, its counters, who this till is. Else nobody knows
   * which numbers were given last, and the till goes on under other letters and as another incarnation.
   */
  readonly isCertain: boolean
}

/** What is going on at this moment. Of an older copy it would be told twice, so it is taken from the damaged file only. */
const GOING_ON = new Set([
  'flows', 'holds', 'payments_open', 'print_jobs', 'unit_claims', 'pad_links', 'flow_customers', 'customers_due', 'credits_told', 'open_claims', 'mails',
])
/** Put together in a way of their own. */
const APART = new Set(['migrations', 'journal', 'booked'])
/** What tells which numbers have been given. */
const NUMBERS_HANG_ON = ['journal', 'counters', 'meta', 'number_blocks']

/**
 * Makes a new file of the shop at `target` out of everything that can be had. Nothing is invented: every row was read
 * somewhere, every event of the chain hashes into it, and what does not is handed back to be written down again.
 */
export function rebuild(target: string, migrationsDir: string, sources: Sources): Rebuilt {
  // The copy was brought up to the damaged file; where it is above it, the damaged one only seems to be that old.
  const versions = [sources.damaged?.version ?? null, sources.copy?.version ?? null].filter((version) => version !== null)
  const version = versions.length === 0 ? undefined : Math.max(...versions)
  const db = openDatabase(target, migrationsDir, 'precious', version)
  try {
    db.pragma('foreign_keys = OFF')
    let rebuilt: Rebuilt | null = null
    db.transaction(() => {
      const searched = tablesOf(db, 'virtual')
      const all = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string; sql: string }[]
      // What notes and forbids is silent meanwhile; what fills an index for searching fills it anew.
      const triggers = all.filter(({ sql }) => !searched.some((name) => sql.includes(`INSERT INTO ${name} `)))
      for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`)
      rebuilt = fill(db as Writing, sources, triggers.map(({ sql }) => sql))
      for (const { sql } of triggers) db.exec(sql)
    }).immediate()
    const said = db.pragma('integrity_check(1)', { simple: true })
    if (said !== 'ok' || rebuilt === null) throw new Error(`the new file is not whole: ${String(said)}`)
    db.pragma('wal_checkpoint(TRUNCATE)')
    return rebuilt
  } finally {
    db.close()
  }
}

/** Not SQLite's own, and not what a virtual table keeps its rows in. */
const tablesOf = (db: Database.Database, type: 'table' | 'virtual'): string[] =>
  (db.pragma('table_list') as { schema: string; name: string; type: string }[]).filter((row) => row.schema === 'main' && row.type === type && !row.name.startsWith('sqlite_')).map(({ name }) => name)

function fill(db: Writing, sources: Sources, triggers: readonly string[]): Rebuilt {
  const { damaged, copy, centre } = sources
  const tables = tablesOf(db, 'table').filter((name) => !APART.has(name))
  const notWhole = tables.filter((name) => !fillTable(db, name, damaged?.table(name) ?? null, GOING_ON.has(name) ? null : copy))
  const journal = damaged?.table('journal') ?? null
  const found = [...eventsOf(journal), ...(damaged?.events ?? []), ...eventsOf(copy?.table('journal') ?? null), ...(copy?.events ?? [])]
  const { events, loose, missing } = wholeChain(found, centre)
  const insert = db.prepare('INSERT INTO journal (seq, id, hash, kind, unit_id, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)')
  for (const { seq, hash, body } of events) {
    const said = JSON.parse(body) as NewEvent
    insert.run(seq, said.id, hash, said.kind, said.unitId, said.at, body)
  }
  const here = new Set(eventsOf(journal).map(({ seq }) => seq))
  const firstNotHere = events.find(({ seq }) => !here.has(seq))?.seq ?? events.length + 1
  const isWhole = journal?.isWhole === true && loose.length === 0 && missing === 0 && firstNotHere > events.length
  const rowsFromJournal = rowsOfEvents(db, [...events, ...loose])
  layOverlays(db, notWhole.includes('unit_overlays') ? 0 : firstNotHere - 1, events.length)
  bookAgain(db, triggers)
  const partial = [...(isWhole ? [] : ['journal']), ...notWhole]
  // Rows of money are booked again from their tables.
  const behindGap = loose.map(({ body }) => body).filter((body) => (JSON.parse(body) as { kind: string }).kind !== BOOKED)
  return { events: events.length, behindGap, eventsLost: missing, notWhole: partial, rowsFromJournal, isCertain: !partial.some((name) => NUMBERS_HANG_ON.includes(name)) }
}

/** Copies a table's rows; those of the copy only where the damaged file has none of that name. True: nothing was lost. */
function fillTable(db: Writing, name: string, here: ReadTable | null, copy: ReadFile | null): boolean {
  const columns = (db.pragma(`table_info("${name}")`) as { name: string }[]).map((column) => column.name)
  const put = (row: Row): boolean => {
    const known = columns.filter((column) => row[column] !== undefined)
    const text = `INSERT OR IGNORE INTO "${name}" (${known.map((column) => `"${column}"`).join(', ')}) VALUES (${known.map(() => '?').join(', ')})`
    const statement = db.prepare(text)
    try {
      statement.run(...known.map((column) => row[column]))
      return true
    } catch (error) {
      // Bytes that a table of this shape never took are no row of it.
      if (error instanceof Database.SqliteError && /^SQLITE_(CONSTRAINT|MISMATCH|ERROR)/.test(error.code)) return false
      throw error
    }
  }
  const isWhole = (here?.rows ?? []).map(put).every(Boolean) && here?.isWhole === true
  if (!isWhole) for (const row of copy?.table(name).rows ?? []) put(row)
  if (!isWhole) RAISED.get(name)?.(db, copy?.table(name).rows ?? [])
  return isWhole
}

/** Of two numbers that only rise the higher one is true. */
const RAISED: ReadonlyMap<string, (db: Writing, rows: readonly Row[]) => void> = new Map([
  ['counters', (db, rows) => rows.forEach((row) => db.prepare('UPDATE counters SET value = max(value, ?) WHERE name = ?').run(row['value'], row['name']))],
  ['number_blocks', (db, rows) => rows.forEach((row) => db.prepare('UPDATE number_blocks SET next = max(next, ?) WHERE id = ?').run(row['next'], row['id']))],
  ['sun_tags', (db, rows) => rows.forEach((row) => db.prepare('UPDATE sun_tags SET counter = max(counter, ?) WHERE uid = ?').run(row['counter'], row['uid']))],
])

const eventsOf = (table: ReadTable | null): FoundEvent[] =>
  (table?.rows ?? []).flatMap(({ seq, hash, body }) => (typeof seq === 'number' && Buffer.isBuffer(hash) && typeof body === 'string' ? [{ seq, hash, body }] : []))

/**
 * What this till did to a piece lies over its mirror; a verdict of the centre takes it off again. Laid anew for events
 * behind `after`, because the table does not know them. An effect whose own event is lost stays, under a number that no
 * verdict ever comes for: what was sold here must not look free.
 */
function layOverlays(db: Writing, after: number, last: number): void {
  db.prepare(
    `INSERT INTO unit_overlays (unit_id, seq, facts)
     SELECT unit_id, max(seq), json_extract(body, '$.facts') FROM journal
     WHERE seq > ? AND unit_id IS NOT NULL AND json_extract(body, '$.facts') IS NOT NULL GROUP BY unit_id
     ON CONFLICT (unit_id) DO UPDATE SET seq = excluded.seq, facts = excluded.facts WHERE excluded.seq > seq`,
  ).run(after)
  db.prepare('UPDATE unit_overlays SET seq = -seq WHERE seq > ?').run(last)
  db.prepare('DELETE FROM event_answers WHERE seq > ?').run(last)
}
