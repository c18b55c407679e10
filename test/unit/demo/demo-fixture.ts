import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { makeDemoMirror } from '../../../electron/core/demo/make-demo-mirror.ts'
import type { Params } from '../../../contract/ids.ts'

export const NOW = '2026-11-22T03:00:00.000Z'
const MIGRATIONS = join(import.meta.dirname, '../../../migrations/mirror')

export interface DemoMirror {
  readonly db: Database.Database
  remove(): void
}

/** A demo shop in a folder of its own. */
export function demoMirror(seed: string, units: number, now = NOW): DemoMirror {
  const dir = mkdtempSync(join(tmpdir(), 'countermark-demo-'))
  const file = join(dir, 'mirror.db')
  makeDemoMirror(file, MIGRATIONS, { seed, units, now })
  const db = new Database(file)
  return {
    db,
    remove: () => {
      db.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export interface UnitRow {
  readonly id: string
  readonly product_id: string
  readonly custody: string
  readonly store_id: string | null
  readonly area: string | null
  readonly title: string
  readonly sale_id: string | null
  readonly receipt_number: string | null
  readonly sold_at: string | null
  readonly sold_store_id: string | null
  readonly channel: string | null
  readonly paid_cents: number | null
  readonly currency: string | null
  readonly tender: string | null
  readonly condition: string
  readonly price_cents: number | null
  readonly produced_on: string | null
  readonly more: string | null
}

export interface EventRow {
  readonly unit_id: string
  readonly at: string
  readonly n: number
  readonly kind: string
  readonly store_id: string | null
  readonly who: string | null
  readonly params: string
}

export interface AliasRow {
  readonly value: string
  readonly unit_id: string
  readonly kind: string
  readonly match_key: string | null
  readonly retired_why: string | null
}

export const unitRows = (db: Database.Database): UnitRow[] =>
  db.prepare<[], UnitRow>('SELECT * FROM units ORDER BY id').all()
export const aliasRows = (db: Database.Database): AliasRow[] =>
  db.prepare<[], AliasRow>('SELECT * FROM unit_aliases ORDER BY value, unit_id').all()

export function historiesOf(db: Database.Database): ReadonlyMap<string, readonly EventRow[]> {
  const histories = new Map<string, EventRow[]>()
  for (const event of db.prepare<[], EventRow>('SELECT * FROM unit_events ORDER BY unit_id, at, n').iterate()) {
    const history = histories.get(event.unit_id)
    if (history === undefined) histories.set(event.unit_id, [event])
    else history.push(event)
  }
  return histories
}

export const paramsOf = (event: EventRow): Params => JSON.parse(event.params)
