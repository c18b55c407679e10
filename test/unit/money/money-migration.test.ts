import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grownTill, type GrownTill } from '../../support/core/grown-till.ts'

let till: GrownTill

/** A till with a closed and an open shift and a sale, which then got the program that keeps promises of money. */
beforeAll(() => {
  till = grownTill('0005', `INSERT INTO shifts VALUES ('s1', '2026-11-22T08:00:00.000Z', 'Ada', 10000, 'EUR'), ('s2', '2026-11-23T08:00:00.000Z', 'Max', 5000, 'EUR');
    INSERT INTO shift_ends VALUES ('s1', '2026-11-22T18:00:00.000Z', 'Ada', 12000, 11990);
    INSERT INTO sales (id, number, flow_id, shift_id, store_id, till_id, staff_id, sold_at, currency, gross_cents, discount_cents, rounding_cents, demo)
      VALUES ('a', 'T1-R000001', 'f', 's2', 'b', 't', 'ada', '2026-11-23T09:00:00.000Z', 'EUR', 999, 0, 0, 0);
    INSERT INTO tenders VALUES ('t1', 'a', NULL, 's2', 'cash', 999, 1000, 1, 'EUR', '2026-11-23T09:00:00.000Z');`)
  const { db } = till
  db.exec(`INSERT INTO credits VALUES ('T1-V000001-AAAAA-0', 'voucher', 'EUR', NULL, NULL, '2026-11-23', 'b', 't', NULL);
    INSERT INTO credit_entries (id, number, what, amount_cents, because_of, tender_id, staff_id, at)
      VALUES ('e1', 'T1-V000001-AAAAA-0', 'issued', 1000, 'a', NULL, 'ada', '2026-11-23');`)
})
afterAll(() => till.close())

const ENTRY = (id: string, amount: number, tender: string, what = 'spent') =>
  `INSERT INTO credit_entries (id, number, what, amount_cents, because_of, tender_id, staff_id, at)
   VALUES ('${id}', 'T1-V000001-AAAAA-0', '${what}', ${amount}, 'b', ${tender}, NULL, '2026-11-23')`
const MOVE = (id: string, what: string, amount: number) =>
  `INSERT INTO money_moves VALUES ('${id}', 's2', '${what}', 'cash', ${amount}, 'EUR', 'T1-K000001', 'stamps', NULL, 'ada', 'Ada', NULL, '2026-11-23')`

describe('promises of money come to a till that is in use', () => {
  it('and the shifts and the money that were there still are', () => {
    expect(till.db.prepare('SELECT id, float_cents, opened_seq FROM shifts ORDER BY id').all()).toEqual([
      { id: 's1', float_cents: 10_000, opened_seq: null }, { id: 's2', float_cents: 5_000, opened_seq: null },
    ])
    expect(till.db.prepare('SELECT counted_cents, reason FROM shift_ends').all()).toEqual([{ counted_cents: 11_990, reason: null }])
    expect(till.db.prepare('SELECT amount_cents, credit_number FROM tenders').all()).toEqual([{ amount_cents: 999, credit_number: null }])
  })

  it.each([
    ["SELECT * FROM credit_entries WHERE number = 'n' ORDER BY n", /entries_of_credit/],
    ["SELECT number FROM credit_entries WHERE because_of = 'x' AND what = 'issued'", /credits_because_of/],
    ["SELECT number FROM credit_entries WHERE tender_id = 't'", /autoindex/],
    ["SELECT sum(amount_cents) FROM money_moves WHERE shift_id = 's2'", /moves_of_shift/],
    ["SELECT sum(amount_cents) FROM money_moves WHERE credit_number = 'n'", /moves_of_credit/],
    ["SELECT sum(gross_cents) FROM sales WHERE shift_id = 's2'", /sales_of_shift/],
    ["SELECT id, at, kind, number, total_cents, summary FROM documents WHERE at >= '' ORDER BY at DESC, id DESC", /COVERING INDEX documents_for_journal/],
    ["SELECT number FROM sale_lines l JOIN sales s ON s.id = l.sale_id WHERE l.serial = 'S'", /lines_by_serial/],
    [
      "SELECT id FROM journal WHERE kind IN ('cart-voided', 'line-voided', 'price-changed', 'gate-passed', 'authorised', 'shift-opened', 'drawer-opened', 'held') AND at >= '' ORDER BY at DESC",
      /journal_of_day/,
    ],
  ])('%s finds its index', (sql, index) => {
    const plan = till.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]
    expect(plan.map((row) => row.detail).join(' / ')).toMatch(index)
  })

  it('takes no more from a promise than is left, and by each tender once, whoever writes', () => {
    expect(() => till.db.exec(ENTRY('e2', -1_001, "'x'"))).toThrow(/no more can be taken/)
    till.db.exec(ENTRY('e3', -600, "'x'"))
    expect(() => till.db.exec(ENTRY('e4', -100, "'x'"))).toThrow(/UNIQUE/)
    expect(() => till.db.exec(ENTRY('e5', -401, "'y'"))).toThrow(/no more can be taken/)
    till.db.exec(ENTRY('e6', -400, "'y'"))
    expect(() => till.db.exec(ENTRY('e7', -1, 'NULL', 'given-back'))).toThrow(/no more can be taken/)
  })

  it('changes and deletes nothing of the past, and knows which way money goes', () => {
    till.db.exec(MOVE('m1', 'paid-out', -500))
    for (const wrong of [
      MOVE('m2', 'paid-out', 500), MOVE('m3', 'paid-in', -500), MOVE('m4', 'gone', -500), ENTRY('e8', 100, 'NULL'), ENTRY('e9', -100, 'NULL', 'issued'),
      'UPDATE money_moves SET amount_cents = -1', 'DELETE FROM money_moves', 'UPDATE credits SET holder = 1', "UPDATE credits SET kind = 'deposit'", 'DELETE FROM credits',
      'UPDATE credit_entries SET amount_cents = 1', 'DELETE FROM credit_entries',
    ])
      expect(() => till.db.exec(wrong), wrong).toThrow()
    till.db.exec('UPDATE credits SET holder = NULL, customer_id = NULL')
  })
})
