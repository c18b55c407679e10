import type { ImportKind, ImportPreview, ImportView } from '../contract/office-calls.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import type { Office } from '../people/office.ts'
import { KNOWN, NEEDED, troublesOf } from './apply-rows.ts'
import type { Row } from './cells.ts'
import { csvForm, rowCells, type CsvForm } from './csv-head.ts'
import { csvLines, type CsvPlace } from './csv-lines.ts'

export interface RunRow {
  readonly id: string
  readonly kind: ImportKind
  readonly file_name: string
  readonly state: ImportView['state']
  readonly bytes: number
  readonly done_bytes: number
  readonly done_line: number
  readonly done_rows: number
  readonly good_rows: number
  readonly bad_rows: number
  readonly form: string | null
  readonly made_by: string
  readonly started_at: string
  readonly ended_at: string | null
}

export const PART_BYTES = 1024 * 1024
const FILE_BYTES_MAX = 4 * 1024 * 1024 * 1024
const SAMPLE_BYTES = 256 * 1024
const PREVIEW_ROWS = 50

/** Takes a file in as it arrives, in parts of a megabyte: never more than one of them is in memory. */
export async function takeFile(office: Office, kind: ImportKind, fileName: string, by: string, body: AsyncIterable<Buffer>): Promise<ImportView> {
  const id = newId()
  await office.db.query(
    `INSERT INTO import_run (id, kind, file_name, state, bytes, done_bytes, done_line, done_rows, good_rows, bad_rows, made_by, started_at)
     VALUES ($1, $2, $3, 'uploading', 0, 0, 1, 0, 0, 0, $4, $5)`, [id, kind, fileName.slice(0, 200), by, instant(office.now_ms())],
  )
  let part = 0
  let bytes = 0
  let rest: Buffer[] = []
  let length = 0
  const keep = async (): Promise<void> => {
    await office.db.query('INSERT INTO import_part (run_id, part, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [id, part, Buffer.concat(rest)])
    part += 1
    rest = []
    length = 0
  }
  for await (const piece of body) {
    for (let at = 0; at < piece.length; ) {
      const taken = piece.subarray(at, at + PART_BYTES - length)
      rest.push(taken)
      length += taken.length
      at += taken.length
      if (length === PART_BYTES) await keep()
    }
    bytes += piece.length
    if (bytes > FILE_BYTES_MAX) throw new HubRefusal('too-large')
  }
  if (length > 0) await keep()
  await office.db.query("UPDATE import_run SET bytes = $2, state = 'ready' WHERE id = $1", [id, bytes])
  return viewOf(await runOf(office.db, id))
}

/** The bytes of a file from a place on, a part at a time. */
export async function* partsFrom(db: Query, id: string, byte: number): AsyncGenerator<Buffer> {
  let skip = byte % PART_BYTES
  for (let part = Math.floor(byte / PART_BYTES); ; part += 1) {
    const [row] = await db.query<{ bytes: Buffer }>('SELECT bytes FROM import_part WHERE run_id = $1 AND part = $2', [id, part])
    if (row === undefined) return
    yield row.bytes.subarray(skip)
    skip = 0
  }
}

/** How the file is written and where its rows begin. Refuses `no-columns` for one without a first line. */
export async function formOf(db: Query, id: string): Promise<{ form: CsvForm; rows: CsvPlace }> {
  const [first] = await db.query<{ bytes: Buffer }>('SELECT bytes FROM import_part WHERE run_id = $1 AND part = 0', [id])
  if (first === undefined) throw new HubRefusal('no-columns')
  for await (const line of csvLines([first.bytes])) {
    if (line.isBroken) break
    return { form: csvForm(line.bytes, first.bytes.subarray(0, SAMPLE_BYTES)), rows: { byte: line.next, line: line.line + 1 } }
  }
  throw new HubRefusal('no-columns')
}

/** A row by the names of its columns; what is beyond the last column is left out. */
export const rowOf = (form: CsvForm, cells: readonly string[]): Row =>
  Object.fromEntries(form.columns.map((column, place) => [column, cells[place] ?? '']))

/** The first rows as they would be taken, with all that is wrong in them; nothing is written. */
export async function previewOf(office: Office, id: string): Promise<ImportPreview> {
  const run = await runOf(office.db, id)
  const { form, rows: from } = await formOf(office.db, id)
  const rows: ImportPreview['rows'][number][] = []
  for await (const line of csvLines(partsFrom(office.db, id, from.byte), from)) {
    if (rows.length >= PREVIEW_ROWS) break
    const cells = line.isBroken ? null : rowCells(line.bytes, form)
    const troubles = cells === null
      ? [{ line: line.line, column: '', code: 'broken-line', value: line.bytes.toString('utf8').slice(0, 80) }]
      : troublesOf(run.kind, { line: line.line, row: rowOf(form, cells) })
    rows.push({ line: line.line, cells: cells ?? [], troubles })
  }
  return {
    view: viewOf(run), delimiter: form.delimiter, encoding: form.encoding, columns: [...form.columns], rows,
    missing: missingColumns(run.kind, form), unused: form.columns.filter((column) => !KNOWN[run.kind].includes(column)),
  }
}

export function missingColumns(kind: ImportKind, form: CsvForm): string[] {
  const missing = NEEDED[kind].filter((column) => !form.columns.includes(column))
  return kind === 'units' && !form.columns.includes('gtin') && !form.columns.includes('sku') ? [...missing, 'gtin'] : missing
}

/** Lets a file run; it goes on by itself, also after a restart, until it is done or stopped. */
export async function startRun(office: Office, id: string): Promise<ImportView> {
  const run = await runOf(office.db, id)
  const { form, rows } = await formOf(office.db, id)
  const missing = missingColumns(run.kind, form)
  if (missing.length > 0) throw new HubRefusal('no-columns', { columns: missing.join(', ') })
  if (run.state !== 'ready' && run.state !== 'stopped') throw new HubRefusal('not-ready')
  if (run.done_bytes === 0)
    await office.db.query('UPDATE import_run SET form = $2, done_bytes = $3, done_line = $4 WHERE id = $1 AND done_bytes = 0', [id, JSON.stringify(form), rows.byte, rows.line])
  await office.db.query("UPDATE import_run SET state = 'running' WHERE id = $1 AND state IN ('ready', 'stopped')", [id])
  return viewOf(await runOf(office.db, id))
}

export async function stopRun(office: Office, id: string): Promise<ImportView> {
  await office.db.query("UPDATE import_run SET state = 'stopped' WHERE id = $1 AND state = 'running'", [id])
  return viewOf(await runOf(office.db, id))
}

export async function runOf(db: Query, id: string): Promise<RunRow> {
  const [row] = await db.query<RunRow>('SELECT * FROM import_run WHERE id = $1', [id])
  if (row === undefined) throw new HubRefusal('no-such-thing')
  return row
}

export const viewOf = (row: RunRow): ImportView => ({
  id: row.id, kind: row.kind, fileName: row.file_name, state: row.state, bytes: row.bytes, doneBytes: row.done_bytes, doneRows: row.done_rows,
  goodRows: row.good_rows, badRows: row.bad_rows, startedAt: row.started_at, endedAt: row.ended_at, by: row.made_by,
})

const RUNS_SHOWN = 50

export const listRuns = async (db: Query): Promise<ImportView[]> =>
  (await db.query<RunRow>('SELECT * FROM import_run ORDER BY started_at DESC LIMIT $1', [RUNS_SHOWN])).map(viewOf)

const TROUBLES_SHOWN = 500

export const troublesAfter = (db: Query, id: string, after: number): Promise<{ line: number; column: string; code: string; value: string }[]> =>
  db.query('SELECT line, column_name AS "column", code, value FROM import_trouble WHERE run_id = $1 AND line > $2 ORDER BY line, n LIMIT $3', [id, after, TROUBLES_SHOWN])
