import { afterAll, beforeAll, expect, it } from 'vitest'
import { grownTill, type GrownTill } from '../../support/core/grown-till.ts'

let till: GrownTill

/** A till at which rules were made and withdrawn before such things travelled. */
beforeAll(() => {
  till = grownTill('0016', `INSERT INTO policy_versions VALUES ('T1-P1', 'v1', '{}', 'test', 's', 'Mina', '2026-05-01T10:00:00.000Z');
    INSERT INTO policy_steps (version, step, at, staff_id, who) VALUES ('T1-P1', 'trial', '2026-05-01T10:00:00.000Z', 's', 'Mina'), ('T1-P1', 'withdrawn', '2026-05-02T10:00:00.000Z', 's', 'Mina');`)
})
afterAll(() => till.close())

const due = () => till.db.prepare('SELECT book, key FROM booked WHERE seq IS NULL ORDER BY n').all()

it('what was made at a till before goes to the centre like the rest, and so does what is made after', () => {
  const before = [{ book: 'policy_versions', key: '{"version":"T1-P1"}' }, { book: 'policy_steps', key: '{"n":1}' }, { book: 'policy_steps', key: '{"n":2}' }]
  expect(due()).toEqual(before)
  till.db.exec("INSERT INTO policy_steps (version, step, at, staff_id, who) VALUES ('T1-P1', 'in-force', '2026-05-03T10:00:00.000Z', 's', 'Mina')")
  expect(due()).toEqual([...before, { book: 'policy_steps', key: '{"n":3}' }])
})

it('whether it has gone is asked by an index', () => {
  const plan = JSON.stringify(till.db.prepare("EXPLAIN QUERY PLAN SELECT 1 FROM booked WHERE book = 'policy_versions' AND seq <= 7").all())
  expect(plan).toContain('booked_by_event')
})
