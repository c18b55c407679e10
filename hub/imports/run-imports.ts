import { instant } from '../ground.ts'
import { LostRace, type Query } from '../database.ts'
import type { Office } from '../people/office.ts'
import { change } from '../sync/feed.ts'
import { prepare, type LineFault, type ReadRow } from './apply-rows.ts'
import { manyRowCells, rowCells, type CsvForm } from './csv-head.ts'
import { csvLines, type CsvLine } from './csv-lines.ts'
import { faultOf } from './row-fault.ts'
import { partsFrom, rowOf, runOf, type RunRow } from './runs.ts'

/** So many rows are one transaction: enough to be quick, few enough that a till waits for none of them. */
const ROWS_AT_ONCE: Readonly<Record<RunRow['kind'], number>> = { products: 200, units: 1_000, customers: 100, staff: 10, stolen: 400 }
const LEASE_MS = 30_000
/** Beyond these nobody reads on; the count goes on. */
const TROUBLES_KEPT = 20_000

/** Goes on with one file that is to run and that no other process has. Answers false where there is none. */
export async function runSomeImport(office: Office, holder: string, isStopping: () => boolean): Promise<boolean> {
  const now_ms = office.now_ms()
  const [due] = await office.db.query<{ id: string }>("SELECT id FROM import_run WHERE state = 'running' AND held_until_ms < $1 ORDER BY started_at LIMIT 1", [now_ms])
  if (due === undefined) return false
  const taken = await office.db.touch(
    "UPDATE import_run SET holder = $2, held_until_ms = $3 WHERE id = $1 AND state = 'running' AND held_until_ms < $4", [due.id, holder, now_ms + LEASE_MS, now_ms],
  )
  if (taken === 1) await runFile(office, due.id, holder, isStopping)
  return true
}

async function runFile(office: Office, id: string, holder: string, isStopping: () => boolean): Promise<void> {
  const run = await runOf(office.db, id)
  const form = JSON.parse(run.form ?? '{}') as CsvForm
  let place = { bytes: run.done_bytes, line: run.done_line }
  let lines: CsvLine[] = []
  const flush = async (isEnd: boolean): Promise<boolean> => {
    const goesOn = await applyLines(office, run, form, holder, lines, place, isEnd)
    const last = lines.at(-1)
    if (last !== undefined) place = { bytes: last.next, line: last.line + 1 }
    lines = []
    return goesOn
  }
  for await (const line of csvLines(partsFrom(office.db, id, place.bytes), { byte: place.bytes, line: place.line })) {
    // The line stands on the bytes of a part that is let go: rows that wait for their transaction are copied.
    lines.push({ ...line, bytes: Buffer.from(line.bytes) })
    if (lines.length < ROWS_AT_ONCE[run.kind]) continue
    if (!(await flush(false)) || isStopping()) {
      await office.db.query('UPDATE import_run SET held_until_ms = 0 WHERE id = $1 AND holder = $2', [id, holder])
      return
    }
  }
  await flush(true)
}

/** Rows, progress and troubles are one transaction: after any crash the file goes on exactly behind what was taken. */
async function applyLines(
  office: Office, run: RunRow, form: CsvForm, holder: string, lines: readonly CsvLine[], from: { bytes: number; line: number }, isEnd: boolean,
): Promise<boolean> {
  const { rows, broken } = readLines(lines, form)
  const apply = await prepare(office, run.kind, run.made_by, rows)
  const last = lines.at(-1)
  return change(office, async (tx, tell) => {
    const troubles = [...broken, ...(await apply(tx, tell))]
    const bad = new Set(troubles.map((trouble) => trouble.line)).size
    await keepTroubles(tx, run.id, troubles)
    const now_ms = office.now_ms()
    const moved = await tx.query<{ state: string }>(
      `UPDATE import_run SET done_bytes = $3, done_line = $4, done_rows = done_rows + $5, good_rows = good_rows + $6, bad_rows = bad_rows + $7,
         held_until_ms = $8, state = CASE WHEN $9 AND state = 'running' THEN 'done' ELSE state END, ended_at = CASE WHEN $9 THEN $10 ELSE ended_at END
       WHERE id = $1 AND holder = $2 AND done_bytes = $11 RETURNING state`,
      [
        run.id, holder, last?.next ?? from.bytes, last === undefined ? from.line : last.line + 1, lines.length, lines.length - bad, bad,
        isEnd ? 0 : now_ms + LEASE_MS, isEnd, instant(now_ms), from.bytes,
      ],
    )
    const [row] = moved
    if (row === undefined) throw new LostRace('an import')
    return row.state === 'running'
  })
}

function readLines(lines: readonly CsvLine[], form: CsvForm): { rows: ReadRow[]; broken: LineFault[] } {
  const whole = lines.filter((line) => !line.isBroken)
  const together = manyRowCells(whole.map((line) => line.bytes), form)
  const broken: LineFault[] = lines.filter((line) => line.isBroken).map(brokenLine)
  const rows = whole.flatMap((line, place): ReadRow[] => {
    const cells = together === null ? rowCells(line.bytes, form) : (together[place] ?? null)
    if (cells !== null) return [{ line: line.line, row: rowOf(form, cells) }]
    broken.push(brokenLine(line))
    return []
  })
  return { rows, broken }
}

const brokenLine = (line: CsvLine): LineFault => ({ line: line.line, ...faultOf('', 'broken-line', line.bytes.toString('utf8').replaceAll('\u0000', '')) })

async function keepTroubles(tx: Query, id: string, troubles: readonly LineFault[]): Promise<void> {
  if (troubles.length === 0) return
  const [kept] = await tx.query<{ n: number }>('SELECT bad_rows AS n FROM import_run WHERE id = $1', [id])
  if ((kept?.n ?? 0) > TROUBLES_KEPT) return
  const rows = troubles.map((trouble, n) => ({ line: trouble.line, n, column_name: trouble.column, code: trouble.code, value: trouble.value.replaceAll('\u0000', '') }))
  await tx.query(
    `INSERT INTO import_trouble (run_id, line, n, column_name, code, value) SELECT $1, t.line, t.n, t.column_name, t.code, t.value
     FROM jsonb_to_recordset($2::jsonb) AS t (line bigint, n int, column_name text, code text, value text) ON CONFLICT DO NOTHING`, [id, JSON.stringify(rows)],
  )
}
