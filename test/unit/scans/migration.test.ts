import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grownTill, type GrownTill } from '../../support/core/grown-till.ts'

let till: GrownTill

/** A till that sold a piece before it knew of own numbers and tags, and was then given the newer program. */
beforeAll(() => {
  till = grownTill('0002', `INSERT INTO journal VALUES (1, 'e1', x'00', 'sold', 'unit-1', '2026-11-01T10:00:00.000Z', '{}'); INSERT INTO unit_overlays VALUES ('unit-1', 1, '{}')`, 'newest')
})
afterAll(() => till.close())

const plan = (sql: string): string =>
  (till.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map((row) => row.detail).join(' / ')

describe('numbers and tags come to a till that is in use', () => {
  it('and what it did before is still there', () => {
    expect(till.db.prepare('SELECT id, unit_id FROM journal').all()).toEqual([{ id: 'e1', unit_id: 'unit-1' }])
    for (const table of ['unit_labels', 'number_blocks', 'issued_numbers', 'sun_tags', 'tag_bindings', 'label_keys', 'proof_readings'])
      expect(till.db.prepare(`SELECT count(*) AS n FROM ${table}`).get(), table).toEqual({ n: 0 })
  })

  it.each([
    ["SELECT * FROM unit_labels WHERE value = 'x'", /PRIMARY KEY/],
    ["SELECT * FROM unit_labels WHERE unit_id = 'x'", /labels_of_unit/],
    ["SELECT * FROM unit_labels WHERE match_key = 'x'", /labels_by_match_key/],
    ["SELECT * FROM tag_bindings WHERE stid = 'x'", /bindings_by_stid/],
    ["SELECT * FROM proof_readings WHERE unit_id = 'x' ORDER BY n DESC LIMIT 1", /readings_of_unit/],
    ["SELECT * FROM sun_tags WHERE uid = 'x'", /PRIMARY KEY/],
  ])('%s finds its index', (sql, index) => {
    expect(plan(sql)).toMatch(index)
  })

  it('keeps what was given out and what was read, whatever the program tries', () => {
    till.db.exec(`INSERT INTO number_blocks VALUES ('b', '{}', 'number', '{}', 1, 9, 3, '2026-11-22')`)
    till.db.exec(`INSERT INTO issued_numbers VALUES ('CM1', 'b', NULL, NULL, '2026-11-22')`)
    for (const wrong of [
      'UPDATE number_blocks SET next = 2', 'DELETE FROM number_blocks', "UPDATE issued_numbers SET number = 'CM2'",
      'DELETE FROM issued_numbers', "INSERT INTO issued_numbers VALUES ('CM1', 'b', NULL, NULL, '')",
      "INSERT INTO number_blocks VALUES ('c', '{}', 'number', '{}', 5, 4, 5, '')",
    ])
      expect(() => till.db.exec(wrong), wrong).toThrow()
  })
})
