import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mustBeWhole, writeTight } from '../../../hub/sync/whole-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'countermark-whole-'))
const file = join(folder, 'mirror.db')

beforeAll(() => {
  const db = new Database(file)
  db.exec('CREATE TABLE units (id TEXT PRIMARY KEY, title TEXT) STRICT, WITHOUT ROWID')
  const put = db.prepare('INSERT INTO units VALUES (?, ?)')
  // As numbers come, in no order: pages break in two wherever one more is put between.
  db.transaction(() => Array.from({ length: 2_000 }, (_, n) => put.run(`unit-${(n * 977) % 2_000}`, 'ours')))()
  db.pragma('user_version = 18')
  db.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a mirror that was made whole may be signed', async () => {
  await expect(mustBeWhole(file)).resolves.toBeUndefined()
})

it('a mirror written anew holds the same in fewer bytes, whole, under its own shape', async () => {
  const tight = join(folder, 'tight.db')
  await writeTight(file, tight)
  await expect(mustBeWhole(tight)).resolves.toBeUndefined()
  expect(statSync(tight).size).toBeLessThan(statSync(file).size)
  const [before, after] = [file, tight].map((name) => {
    const db = new Database(name, { readonly: true })
    const held = { schema: db.pragma('user_version', { simple: true }), units: db.prepare('SELECT * FROM units ORDER BY id').all() }
    db.close()
    return held
  })
  expect(after).toEqual(before)
  await expect(writeTight(join(folder, 'none.db'), join(folder, 'anew.db'))).rejects.toThrow()
})

it('a mirror with a page of rubbish in it, or that is no database, is signed for no till', async () => {
  const bytes = readFileSync(file)
  writeFileSync(file, Buffer.concat([bytes.subarray(0, 8_192), Buffer.alloc(4_096, 0x5a), bytes.subarray(12_288)]))
  await expect(mustBeWhole(file)).rejects.toThrow()
  writeFileSync(file, 'no database '.repeat(1_000))
  await expect(mustBeWhole(file)).rejects.toThrow('not a database')
})
