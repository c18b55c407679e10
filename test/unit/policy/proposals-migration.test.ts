import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type Database from 'better-sqlite3'
import { openDatabase } from '../../../electron/core/store/open-database.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations/shop')
const OURS = '0016-policy-proposals.sql'
let folder: string
let db: Database.Database

/** A till at which rules were made and withdrawn before such things travelled. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-proposals-'))
  const upTo = (last: (file: string) => boolean, name: string) => {
    const dir = join(folder, name)
    mkdirSync(dir)
    for (const file of readdirSync(MIGRATIONS).filter(last)) cpSync(join(MIGRATIONS, file), join(dir, file))
    return dir
  }
  const file = join(folder, 'shop.db')
  const old = openDatabase(file, upTo((name) => name < OURS, 'before'), 'precious')
  old.exec(`INSERT INTO policy_versions VALUES ('T1-P1', 'v1', '{}', 'test', 's', 'Mina', '2026-05-01T10:00:00.000Z');
    INSERT INTO policy_steps (version, step, at, staff_id, who) VALUES ('T1-P1', 'trial', '2026-05-01T10:00:00.000Z', 's', 'Mina'), ('T1-P1', 'withdrawn', '2026-05-02T10:00:00.000Z', 's', 'Mina');`)
  old.close()
  db = openDatabase(file, upTo((name) => name <= OURS, 'after'), 'precious')
})
afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const due = () => db.prepare('SELECT book, key FROM booked WHERE seq IS NULL ORDER BY n').all()

it('what was made at a till before goes to the centre like the rest, and so does what is made after', () => {
  const before = [{ book: 'policy_versions', key: '{"version":"T1-P1"}' }, { book: 'policy_steps', key: '{"n":1}' }, { book: 'policy_steps', key: '{"n":2}' }]
  expect(due()).toEqual(before)
  db.exec("INSERT INTO policy_steps (version, step, at, staff_id, who) VALUES ('T1-P1', 'in-force', '2026-05-03T10:00:00.000Z', 's', 'Mina')")
  expect(due()).toEqual([...before, { book: 'policy_steps', key: '{"n":3}' }])
})

it('whether it has gone is asked by an index', () => {
  const plan = JSON.stringify(db.prepare("EXPLAIN QUERY PLAN SELECT 1 FROM booked WHERE book = 'policy_versions' AND seq <= 7").all())
  expect(plan).toContain('booked_by_event')
})
