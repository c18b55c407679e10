import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grownTill, type GrownTill } from '../../support/core/grown-till.ts'

let till: GrownTill

/** A till on which things were scanned, typed and lent before serials were counted apart. */
beforeAll(() => {
  till = grownTill('0012', `INSERT INTO scan_marks (at, flow_id, screen, via, what) VALUES
    ('2026-11-23T09:00:00.000Z', 'f', 'sale', 'scanned', 'unit'), ('2026-11-23T09:01:00.000Z', 'f', 'sale', 'typed', 'unit'),
    ('2026-11-23T09:02:00.000Z', 'f', 'sale', 'typed', 'product'), ('2026-11-23T09:03:00.000Z', 'f', 'sale', 'lent', 'void-sale')`)
})
afterAll(() => till.close())

describe('serials are counted apart on a till that is in use', () => {
  it('and every scan is still there, but no mark of a right that was only lent', () => {
    expect(till.db.prepare('SELECT via, what FROM scan_marks ORDER BY n').all()).toEqual([
      { via: 'scanned', what: 'unit' }, { via: 'typed', what: 'unit' }, { via: 'typed', what: 'product' },
    ])
  })

  it('by an index that holds the answer', () => {
    const plan = till.db.prepare("EXPLAIN QUERY PLAN SELECT at, via AS what FROM scan_marks WHERE at >= 'a' AND at < 'b' AND what = 'unit'").all() as { detail: string }[]
    expect(plan.map((row) => row.detail).join(' / ')).toMatch(/COVERING INDEX serials_by_time/)
  })
})
