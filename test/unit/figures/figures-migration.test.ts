import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../electron/core/store/open-database.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations/shop')
let folder: string
let db: Database.Database

/** A till on which things were scanned, typed and lent before serials were counted apart. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-figures-'))
  const upTo = (last: string) => {
    const dir = join(folder, last)
    mkdirSync(dir)
    for (const file of readdirSync(MIGRATIONS).filter((name) => name < last)) cpSync(join(MIGRATIONS, file), join(dir, file))
    return dir
  }
  const file = join(folder, 'shop.db')
  const old = openDatabase(file, upTo('0012'), 'precious')
  old.exec(`INSERT INTO scan_marks (at, flow_id, screen, via, what) VALUES
    ('2026-11-23T09:00:00.000Z', 'f', 'sale', 'scanned', 'unit'), ('2026-11-23T09:01:00.000Z', 'f', 'sale', 'typed', 'unit'),
    ('2026-11-23T09:02:00.000Z', 'f', 'sale', 'typed', 'product'), ('2026-11-23T09:03:00.000Z', 'f', 'sale', 'lent', 'void-sale')`)
  old.close()
  db = openDatabase(file, upTo('0013'), 'precious')
})
afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('serials are counted apart on a till that is in use', () => {
  it('and every scan is still there, but no mark of a right that was only lent', () => {
    expect(db.prepare('SELECT via, what FROM scan_marks ORDER BY n').all()).toEqual([
      { via: 'scanned', what: 'unit' }, { via: 'typed', what: 'unit' }, { via: 'typed', what: 'product' },
    ])
  })

  it('by an index that holds the answer', () => {
    const plan = db.prepare("EXPLAIN QUERY PLAN SELECT at, via AS what FROM scan_marks WHERE at >= 'a' AND at < 'b' AND what = 'unit'").all() as { detail: string }[]
    expect(plan.map((row) => row.detail).join(' / ')).toMatch(/COVERING INDEX serials_by_time/)
  })
})
