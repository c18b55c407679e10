import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grownTill, type GrownTill } from '../../support/core/grown-till.ts'

let till: GrownTill

/** A till with a case and two hand-overs, which then got the program that shows them at the centre. */
beforeAll(() => {
  till = grownTill('0014', `INSERT INTO cases VALUES ('c1', '2026-11-22T08:00:00.000Z', 'refused', 'u1', NULL, 1, 'counter');
    INSERT INTO case_entries (id, case_id, at, kind, staff_id, who, body) VALUES
      ('e1', 'c1', '2026-11-22T08:00:00.000Z', 'opened', 'ada', 'Ada', '{"text":"SN-1"}'), ('e2', 'c1', '2026-11-22T08:01:00.000Z', 'note', 'ada', 'Ada', '{"text":"said to be Ida''s"}'),
      ('e3', 'c1', '2026-11-22T09:00:00.000Z', 'closed', 'ada', 'Ada', '{"text":"it was hers"}');
    INSERT INTO hand_overs VALUES ('h1', '2026-11-22T08:00:00.000Z', 'k1', 'Kiosk', 1, 0, NULL, '{"why":"asked-for","task":"return","text":"SN-1"}'),
      ('h2', '2026-11-22T08:00:00.000Z', 'k2', 'Kiosk 2', 0, 0, NULL, '{"why":"limit","task":"return","text":"SN-2"}');
    INSERT INTO hand_over_steps (hand_over_id, step, at, who, till) VALUES ('h1', 'told', '2026-11-22T08:00:01.000Z', NULL, NULL), ('h1', 'taken', '2026-11-22T08:01:00.000Z', 'Ada', 'Till 1');`)
})
afterAll(() => till.close())

const waiting = () => (till.db.prepare('SELECT book, key FROM booked WHERE seq IS NULL ORDER BY n').all() as { book: string; key: string }[]).map(({ book, key }) => `${book} ${key}`)

describe('cases and hand-overs come to the centre from a till that is in use', () => {
  it('those of before wait to be told, and nothing that somebody said or wrote', () => {
    expect(waiting()).toEqual(['case_heads {"id":"c1"}', 'case_steps {"id":"e1"}', 'case_steps {"id":"e3"}', 'hand_over_heads {"id":"h1"}', 'hand_over_moves {"n":2}'])
    expect(till.db.prepare('SELECT * FROM case_steps').all()).toEqual([
      { id: 'e1', case_id: 'c1', at: '2026-11-22T08:00:00.000Z', kind: 'opened' }, { id: 'e3', case_id: 'c1', at: '2026-11-22T09:00:00.000Z', kind: 'closed' },
    ])
    expect(till.db.prepare("SELECT * FROM hand_over_heads WHERE id = 'h1'").get()).toEqual({ id: 'h1', at: '2026-11-22T08:00:00.000Z', from_till: 'k1', quiet: 0, unit_id: null, why: 'asked-for', task: 'return' })
  })

  it('what comes from now on waits as well; a note does not', () => {
    const before = waiting().length
    till.db.exec(`INSERT INTO case_entries (id, case_id, at, kind, staff_id, who, body) VALUES ('e4', 'c1', '2026-11-22T10:00:00.000Z', 'note', 'ada', 'Ada', '{}'),
      ('e5', 'c1', '2026-11-22T10:01:00.000Z', 'reopened', 'ada', 'Ada', '{}')`)
    expect(waiting().slice(before)).toEqual(['case_steps {"id":"e5"}'])
  })

  it.each([
    ["SELECT * FROM case_heads WHERE id = 'c1'", /cases/], ["SELECT * FROM case_steps WHERE id = 'e1'", /autoindex|PRIMARY KEY/],
    ['SELECT * FROM hand_over_moves WHERE n = 1', /INTEGER PRIMARY KEY/],
  ])('%s is found by its key', (query, plan) => {
    const steps = (till.db.prepare(`EXPLAIN QUERY PLAN ${query}`).all() as { detail: string }[]).map(({ detail }) => detail).join('; ')
    expect(steps).toMatch(plan)
    expect(steps).not.toMatch(/SCAN/)
  })
})
