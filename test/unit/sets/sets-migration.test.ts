import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../electron/core/store/open-database.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { temporaryFolder } from '../../support/core/till.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

/** The migrations before one, as a till of that day had them. */
function before(kind: 'shop' | 'mirror', number: string): string {
  const dir = join(folder.path, `${kind}-before`)
  mkdirSync(dir)
  for (const name of readdirSync(join(MIGRATIONS, kind))) if (name < number) cpSync(join(MIGRATIONS, kind, name), join(dir, name))
  return dir
}

const HEAD = "INSERT INTO returns VALUES ('r1', 'G1', 'f1', NULL, 's', 't', NULL, NULL, NULL, '2026-05-01T10:00:00.000Z', 'EUR', 0, 0, 1)"
const LINE = "INSERT INTO return_lines VALUES ('l1', 'r1', 0, 'p', NULL, 2, 'sale-1', NULL, 'L1-R000001', 'faulty', 'new', 0, 'inspection', '{}')"

describe('the files of a till that sold before there were sets', () => {
  it('finds the parts of a set by an index, in the mirror and in what this till did', () => {
    const file = join(folder.path, 'mirror.db')
    const unit = "INSERT INTO units (id, product_id, custody, title, condition, more, ver) VALUES (?, 'p', 'in-stock', 'ours', 'new', ?, 1)"
    const old = openDatabase(file, before('mirror', '0008'), 'disposable')
    old.prepare(unit).run('alone', null)
    old.prepare(unit).run('flagged', JSON.stringify({ flags: [] }))
    old.prepare(unit).run('part', JSON.stringify({ partOf: 'whole' }))
    old.close()
    const mirror = openDatabase(file, join(MIGRATIONS, 'mirror'), 'disposable')
    const parts = "SELECT id FROM units WHERE json_extract(more, '$.partOf') = ?"
    expect(mirror.prepare(parts).all('whole')).toEqual([{ id: 'part' }])
    expect(JSON.stringify(mirror.prepare(`EXPLAIN QUERY PLAN ${parts}`).all('whole'))).toContain('units_of_set')
    mirror.close()

    const shop = new Store(join(folder.path, 'shop.db'), join(MIGRATIONS, 'shop'))
    const here = "SELECT unit_id AS id FROM unit_overlays WHERE json_extract(facts, '$.partOf') = ?"
    expect(JSON.stringify(shop.reading.prepare(`EXPLAIN QUERY PLAN ${here}`).all('whole'))).toContain('overlays_of_set')
    shop.close()
  })

  it('books what comes back of another till’s receipt, and keeps it', () => {
    const file = join(folder.path, 'shop.db')
    const old = new Store(file, before('shop', '0017'))
    old.write((db) => {
      db.prepare(HEAD).run()
      db.prepare(LINE).run()
    })
    old.close()
    const shop = new Store(file, join(MIGRATIONS, 'shop'))
    shop.write((db) => db.prepare("INSERT INTO returned_elsewhere VALUES ('l1', 'sale-1', 'line-1', 2)").run())
    expect(shop.reading.prepare("SELECT key FROM booked WHERE book = 'returned_elsewhere'").all()).toEqual([{ key: '{"return_line_id":"l1"}' }])
    expect(() => shop.write((db) => db.prepare('UPDATE returned_elsewhere SET quantity = 1').run())).toThrow(/never changed/)
    expect(() => shop.write((db) => db.prepare('DELETE FROM returned_elsewhere').run())).toThrow(/never deleted/)
    const plan = shop.reading.prepare('EXPLAIN QUERY PLAN SELECT quantity FROM returned_elsewhere WHERE sale_line_id = ?').all('line-1')
    expect(JSON.stringify(plan)).toContain('returned_elsewhere_of_line')
    shop.close()
  })
})
