import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COUNTED_ALONG, goingCount, SAID_LAST } from '../../../electron/core/counting/count-rows.ts'
import { SEEN_SINCE } from '../../../electron/core/counting/counts-of-others.ts'
import { accuracy } from '../../../electron/core/counting/finish-count.ts'
import { drawn, TOLD_HERE } from '../../../electron/core/counting/stock-here.ts'
import { grownTill } from '../../support/core/grown-till.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

describe('a sample', () => {
  const IDS = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 60 })

  it('is the same however the pieces are listed, of the size that was asked for, and of those pieces alone', () => {
    fc.assert(
      fc.property(IDS, fc.nat(70), fc.string(), (ids, size, seed) => {
        const sample = drawn(ids, size, seed)
        expect(drawn(ids.toReversed(), size, seed)).toEqual(sample)
        expect(sample).toHaveLength(Math.min(size, ids.length))
        expect(new Set(sample).size).toBe(sample.length)
        expect(sample.every((id) => ids.includes(id))).toBe(true)
      }),
    )
  })

  it('falls on each piece about as often as on any other', () => {
    const ids = Array.from({ length: 20 }, (_, place) => `piece-${place}`)
    const times = new Map(ids.map((id) => [id, 0]))
    for (let count = 0; count < 1_000; count++) for (const id of drawn(ids, 5, `count-${count}`)) times.set(id, (times.get(id) ?? 0) + 1)
    for (const [id, often] of times) expect(often, id).toSatisfy((n: number) => n > 180 && n < 320)
  })
})

describe('accuracy', () => {
  it('is whole only when nothing is missing, and nothing where nothing had to be there', () => {
    expect(accuracy(0, 0)).toBeNull()
    expect(accuracy(100_000, 1)).toBe(9_999)
    fc.assert(fc.property(fc.nat(100_000), fc.nat(100_000), (found, missing) => {
      const bp = accuracy(found, missing)
      expect(bp === 10_000).toBe(missing === 0 && found > 0)
    }))
  })
})

describe('the rows of a count', () => {
  let floor: ShopFloor
  beforeAll(() => void (floor = new ShopFloor()))
  afterAll(() => floor.close())
  const planOf = (db: { prepare(sql: string): { all(...params: unknown[]): unknown[] } }, sql: string, ...params: unknown[]) =>
    JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params))

  it('are found by their own indexes, however many pieces the shop has', () => {
    expect(planOf(floor.ground.mirror.reading, TOLD_HERE, { store: 's' })).toContain('units_of_product')
    expect(planOf(floor.ground.store.reading, SAID_LAST, 'c', 8)).toContain('scans_of_count')
    expect(planOf(floor.ground.store.reading, COUNTED_ALONG)).toContain('counts_of_others')
    expect(planOf(floor.ground.mirror.reading, SEEN_SINCE, { after: 7, countId: 'c', ownTill: 't' })).toContain('(rowid>?)')
  })

  it('come to a till that was in use before it could count: one count goes at a time, and what was scanned stays', () => {
    const grown = grownTill('0021', `INSERT INTO meta VALUES ('till', '{"id":"till-1","code":"T1","name":"Till 1"}')`)
    const { db } = grown
    expect(db.prepare('SELECT value FROM meta').pluck().get()).toContain('T1')
    const count = (id: string) => db.exec(`INSERT INTO counts VALUES ('${id}', 'T1-B00000${id}', NULL, NULL, NULL, 0, '2026-11-22T09:00:00.000Z', 'Kim', 'going')`)
    count('1')
    expect(() => count('2')).toThrow('UNIQUE')
    db.exec(`INSERT INTO count_scans (count_id, staff_id, said) VALUES ('1', 's', '{}')`)
    expect(() => db.exec('DELETE FROM count_scans')).toThrow('never deleted')
    expect(() => db.exec(`UPDATE count_scans SET said = ''`)).toThrow('never changed')
    grown.close()
  })

  it('come to a till that was counting alone: the count goes on as its own, and what is found from now on goes up', () => {
    const grown = grownTill('0022', `
      INSERT INTO counts VALUES ('1', 'T1-B000001', NULL, NULL, NULL, 0, '2026-11-22T09:00:00.000Z', 'Kim', 'going');
      INSERT INTO count_pieces (count_id, unit_id, expected) VALUES ('1', 'u1', 1), ('1', 'u2', 1)`)
    const { db } = grown
    const booked = () => db.prepare('SELECT book, key FROM booked ORDER BY n').all()
    expect(goingCount(db)).toMatchObject({ id: '1', lead_till: null })
    expect(booked()).toEqual([])
    db.exec("UPDATE count_pieces SET found_at = '2026-11-22T09:05:00.000Z', found_by = 'Kim' WHERE unit_id = 'u1'")
    db.exec("UPDATE count_pieces SET found_at = '2026-11-22T09:05:00.000Z', found_by = 'Ada', found_till = 't2' WHERE unit_id = 'u2'")
    db.exec("UPDATE counts SET status = 'done'")
    expect(booked()).toEqual([{ book: 'count_pieces', key: '{"count_id":"1","unit_id":"u1"}' }, { book: 'counts', key: '{"id":"1"}' }])
    grown.close()
  })
})
