import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grownTill, type GrownTill } from '../../support/core/grown-till.ts'

let till: GrownTill

/** A till with two customers, which then got the program that tells the centre of them. */
beforeAll(() => {
  till = grownTill('0015', `INSERT INTO customers (id, made_at, changed_at, sealed) VALUES ('a', '2026-01-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', x'00'), ('b', '2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', x'00');`)
})
afterAll(() => till.close())

const due = () => till.db.prepare('SELECT customer_id AS id, mark FROM customers_due ORDER BY mark').all() as { id: string; mark: number }[]
const told = () => till.db.exec('DELETE FROM customers_due')

describe('customers of whom the centre is to be told', () => {
  it('are first those of before, in the order in which they changed', () => {
    expect(due()).toEqual([{ id: 'b', mark: 1 }, { id: 'a', mark: 2 }])
  })

  it.each([
    ['a new word on what is allowed', "INSERT INTO customer_consents VALUES ('c1', 'a', 'warranty', 1, '2026-04-01T00:00:00.000Z', NULL, 'de')"],
    ['a change', "UPDATE customers SET sealed = x'01', changed_at = '2026-04-02T00:00:00.000Z' WHERE id = 'a'"],
    ['that somebody was erased', "UPDATE customers SET sealed = NULL, erased_at = '2026-04-03T00:00:00.000Z' WHERE id = 'a'"],
  ])('then %s', (_what, change) => {
    told()
    till.db.exec(change)
    expect(due()).toEqual([{ id: 'a', mark: 1 }])
  })

  it('and what changes while it is being told stays due', () => {
    told()
    till.db.exec("UPDATE customers SET changed_at = '2026-05-01T00:00:00.000Z' WHERE id = 'b'")
    const [sent] = due()
    till.db.exec("UPDATE customers SET changed_at = '2026-05-02T00:00:00.000Z' WHERE id = 'b'")
    till.db.prepare('DELETE FROM customers_due WHERE customer_id = ? AND mark = ?').run(sent?.id, sent?.mark)
    expect(due()).toHaveLength(1)
  })

  it('are found in their order by an index', () => {
    const plan = till.db.prepare('EXPLAIN QUERY PLAN SELECT c.id FROM customers_due d JOIN customers c ON c.id = d.customer_id ORDER BY d.mark LIMIT 50').all() as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join()).toMatch(/customers_due_by_mark/)
  })
})
