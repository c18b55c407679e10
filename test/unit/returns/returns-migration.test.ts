import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Store } from '../../../electron/core/store/store.ts'
import { temporaryFolder } from '../../support/core/till.ts'

const SHOP = join(import.meta.dirname, '../../../migrations/shop')
let folder: ReturnType<typeof temporaryFolder>
let file: string

beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder.path, 'shop.db')
})
afterEach(() => folder.remove())

/** The migrations before this one, as a till of that day had them. */
function before(): string {
  const dir = join(folder.path, 'before')
  mkdirSync(dir)
  for (const name of readdirSync(SHOP)) if (name < '0007') cpSync(join(SHOP, name), join(dir, name))
  return dir
}

const RETURN = "INSERT INTO returns VALUES ('ret-1', 'K1-G000001', 'flow-1', NULL, 'store', 'till', 'staff', NULL, '2026-05-01T10:00:00.000Z', 'unit-1', 'product-1', 'sale-1', 'K1-R000001', 'faulty', 'open-box', 'EUR', 1990, 1)"
const TENDER = "INSERT INTO tenders (id, return_id, kind, amount_cents, given_cents, change_cents, currency, at) VALUES ('t-1', 'ret-1', 'cash', -1990, -1990, 0, 'EUR', '2026-05-01T10:00:00.000Z')"

describe('the file of a till that has taken pieces back one by one', () => {
  it('keeps every return, its piece and its money when returns get lines', () => {
    const dir = before()
    const old = new Store(file, dir)
    old.write((db) => {
      db.prepare(RETURN).run()
      db.prepare(TENDER).run()
    })
    old.close()
    rmSync(dir, { recursive: true })

    const store = new Store(file, SHOP)
    expect(store.reading.prepare('SELECT id, number, refund_cents, rounding_cents FROM returns').all()).toEqual([
      { id: 'ret-1', number: 'K1-G000001', refund_cents: 1990, rounding_cents: 0 },
    ])
    expect(store.reading.prepare('SELECT return_id, unit_id, sale_id, reason, condition, refund_cents FROM return_lines').all()).toEqual([
      { return_id: 'ret-1', unit_id: 'unit-1', sale_id: 'sale-1', reason: 'faulty', condition: 'open-box', refund_cents: 1990 },
    ])
    expect(store.reading.pragma('foreign_key_check')).toEqual([])
    expect(() => store.write((db) => db.prepare("UPDATE returns SET refund_cents = 0").run())).toThrow(/never changed/)
    expect(() => store.write((db) => db.prepare("DELETE FROM return_lines").run())).toThrow(/never deleted/)
    store.close()
  })

  it('takes the same piece back from the same sale only once, whatever the program tries', () => {
    const store = new Store(file, SHOP)
    const head = (n: number) => `INSERT INTO returns VALUES ('r${n}', 'G${n}', 'f${n}', NULL, 's', 't', NULL, NULL, NULL, '2026-05-01T10:00:00.000Z', 'EUR', 0, 0, 1)`
    const line = (n: number, sale: string | null) => `INSERT INTO return_lines VALUES ('l${n}', 'r${n}', 0, 'p', 'u', 1, ${sale === null ? 'NULL' : `'${sale}'`}, NULL, NULL, 'faulty', 'new', 0, 'inspection', '{}')`
    const take = (n: number, sale: string | null) => store.write((db) => {
      db.prepare(head(n)).run()
      db.prepare(line(n, sale)).run()
    })
    take(1, 'sale-1')
    expect(() => take(2, 'sale-1')).toThrow(/UNIQUE/)
    take(3, 'sale-2')
    take(4, null)
    expect(() => take(5, null)).toThrow(/UNIQUE/)
    store.close()
  })

  it('finds the lines of a sale and the open cases by an index', () => {
    const store = new Store(file, SHOP)
    const plan = (sql: string) => JSON.stringify(store.reading.prepare(`EXPLAIN QUERY PLAN ${sql}`).all())
    expect(plan("SELECT * FROM return_lines WHERE sale_id = 'x'")).toContain('return_lines_of_sale')
    expect(plan("SELECT * FROM return_lines WHERE sale_line_id = 'x'")).toContain('return_lines_of_sale_line')
    expect(plan('SELECT * FROM cases ORDER BY at DESC LIMIT 50')).toContain('cases_by_time')
    expect(plan("SELECT * FROM case_entries WHERE case_id = 'x' ORDER BY at")).toContain('case_entries_of_case')
    expect(plan("SELECT id FROM photos WHERE flow_id = 'x' ORDER BY at")).toContain('photos_of_flow')
    store.close()
  })
})
