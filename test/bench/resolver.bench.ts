import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { knownUnit } from '../../electron/core/facts/known-unit.ts'
import { DEMO_POLICY } from '../../electron/core/demo/demo-policy.ts'
import { Mirror } from '../../electron/core/mirror/mirror.ts'
import type { Knowledge, Scan } from '../../electron/core/scans/knowledge.ts'
import { locate } from '../../electron/core/scans/locate.ts'
import { resolve } from '../../electron/core/scans/resolve.ts'
import { Store } from '../../electron/core/store/store.ts'
import { BENCH_NOW, benchMirror } from '../support/bench-mirror.ts'

/** A median beside the least that any answer from the same file costs. Measured once, on first asking. */
export interface MedianBench {
  readonly name: string
  /** What the project promises, or null for a figure that is only told. */
  readonly promised_us: number | null
  readonly limitName: string
  measure(say: (sentence: string) => void): { readonly median_us: number; readonly limit_us: number }
}

const UNITS = 1_000_000
const LOOKS = 20_000
const MIGRATIONS = join(import.meta.dirname, '../../migrations')

interface Piece {
  readonly value: string
  readonly gtin: string
}

interface World {
  readonly know: Knowledge
  readonly pieces: readonly Piece[]
  readonly limit_us: number
}

let opened: World | null = null

/** Opened once for all figures: pieces from everywhere in the file, in no order, so that no page is the one just read. */
function world(say: (sentence: string) => void): World {
  if (opened !== null) return opened
  const file = benchMirror(UNITS, say)
  const folder = mkdtempSync(join(tmpdir(), 'countermark-resolver-'))
  const mirror = new Mirror(file, join(MIGRATIONS, 'mirror'))
  const store = new Store(join(folder, 'shop.db'), join(MIGRATIONS, 'shop'))
  process.on('exit', () => {
    store.close()
    mirror.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const place = mirror.stores()[0]
  if (place === undefined) throw new Error('the demo has a store')
  const where = { country: place.country, timeZone: place.time_zone }
  const know: Knowledge = {
    mirror,
    db: store.reading,
    today: BENCH_NOW.slice(0, 10),
    storeId: place.id,
    unit: (id) => knownUnit(mirror, store.reading, id, where, DEMO_POLICY),
    staffByBadge: () => null,
  }
  const pieces = piecesOf(file)
  opened = { know, pieces, limit_us: plainLookup(file, pieces) }
  return opened
}

function piecesOf(file: string): Piece[] {
  const db = new Database(file, { readonly: true })
  const rows = db
    .prepare(
      `SELECT a.value, p.gtin FROM units u JOIN unit_aliases a ON a.unit_id = u.id JOIN products p ON p.id = u.product_id
       WHERE a.kind = 'serial' AND a.retired_why IS NULL AND u.id LIKE '%7'`,
    )
    .all() as Piece[]
  db.close()
  return shuffled(rows).slice(0, LOOKS)
}

/** The same order at every run. */
function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items]
  let state = 88_172_645
  for (let at = mixed.length - 1; at > 0; at--) {
    state = (state * 48_271) % 2_147_483_647
    const other = state % (at + 1)
    const here = mixed[at]!
    mixed[at] = mixed[other]!
    mixed[other] = here
  }
  return mixed
}

/** One prepared point lookup in the same file: nothing that answers from SQLite can be quicker. */
function plainLookup(file: string, pieces: readonly Piece[]): number {
  const db = new Database(file, { readonly: true })
  const find = db.prepare('SELECT unit_id FROM unit_aliases WHERE value = ?')
  const median = medianOf(pieces, (piece) => find.get(piece.value) !== undefined)
  db.close()
  return median
}

/** The median of single looks in microseconds, after as many that warm the engine up. Every look must find its piece. */
function medianOf(pieces: readonly Piece[], look: (piece: Piece) => boolean): number {
  for (const piece of pieces.slice(0, 5_000)) look(piece)
  const took: number[] = []
  for (const piece of pieces) {
    const began = process.hrtime.bigint()
    const found = look(piece)
    took.push(Number(process.hrtime.bigint() - began) / 1_000)
    if (!found) throw new Error(`${piece.value} was not found`)
  }
  return took.sort((a, b) => a - b)[took.length >> 1] ?? Number.NaN
}

const bench = (
  name: string, promised_us: number | null, scanOf: (piece: Piece) => Scan, found: (scan: Scan, know: Knowledge) => boolean,
): MedianBench => ({
  name,
  promised_us,
  limitName: 'one prepared SQLite lookup',
  measure: (say) => {
    const { know, pieces, limit_us } = world(say)
    return { median_us: medianOf(pieces, (piece) => found(scanOf(piece), know)), limit_us }
  },
})

const byNumber = ({ value }: Piece): Scan => ({ text: value, aim: null })
const byLabel = ({ value, gtin }: Piece): Scan => ({ text: `01${gtin}21${value}`, aim: ']d2' })
const located = (scan: Scan, know: Knowledge): boolean => locate(scan, know).units.length > 0

export const benches: readonly MedianBench[] = [
  bench('a serial to its unit among 1,000,000', 20, byNumber, located),
  bench('a GS1 DataMatrix to its unit among 1,000,000', null, byLabel, located),
  bench('a serial to everything known of its unit', null, byNumber, (scan, know) => {
    const { found } = resolve(scan, know)
    return found.is === 'unit' || found.is === 'many'
  }),
]
