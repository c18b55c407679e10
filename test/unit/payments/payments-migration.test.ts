import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grownTill, type GrownTill } from '../../support/core/grown-till.ts'

const ATTEMPT = (id: string) =>
  `INSERT INTO payment_attempts VALUES ('${id}', 'f', 100, 'EUR', 'zvt://t', 0, NULL, 's', 'Ada', '2026-11-22T10:00:00.000Z')`
const STEP = (id: string, step: number, state: string) =>
  `INSERT INTO payment_steps VALUES ('${id}', ${step}, '${state}', '2026-11-22T10:00:01.000Z', 'terminal', NULL, NULL, 471, 471, NULL, NULL, '4771', '[]')`
let till: GrownTill

/** A till with a sale in hand, which then got the program that keeps card payments. */
beforeAll(() => {
  till = grownTill('0003', `INSERT INTO flows VALUES ('f', 'sale', 'open', NULL, 1, '{}', NULL, '2026-11-22', '2026-11-22')`, 'newest')
  const { db } = till
  db.exec(ATTEMPT('a'))
  db.exec(STEP('a', 1, 'approved'))
})
afterAll(() => till.close())

describe('card payments come to a till that is in use', () => {
  it('and the sale that was in hand is still there', () => {
    expect(till.db.prepare('SELECT id, kind FROM flows').all()).toEqual([{ id: 'f', kind: 'sale' }])
  })

  it.each([
    ["SELECT * FROM payment_attempts WHERE id = 'a'", /PRIMARY KEY/],
    ["SELECT * FROM payment_attempts WHERE flow_id = 'f'", /payment_attempts_of_flow/],
    ["SELECT max(step) FROM payment_steps WHERE attempt_id = 'a'", /PRIMARY KEY/],
    ["SELECT * FROM refund_attempts WHERE return_id = 'r'", /refund_attempts_of_return/],
    ["SELECT * FROM refund_attempts WHERE of_attempt = 'a'", /refund_attempts_of_payment/],
    ["SELECT * FROM terminal_day_ends WHERE terminal = 'zvt://t' ORDER BY at DESC", /terminal_day_ends_of_terminal/],
    ["SELECT receipt FROM terminal_marks WHERE terminal = 'zvt://t'", /PRIMARY KEY/],
  ])('%s finds its index', (sql, index) => {
    const plan = till.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]
    expect(plan.map((row) => row.detail).join(' / ')).toMatch(index)
  })

  it('keeps every attempt and every step, lets nobody take a step twice, and holds no whole card number', () => {
    for (const wrong of [
      'UPDATE payment_attempts SET amount_cents = 1', 'DELETE FROM payment_attempts', "UPDATE payment_steps SET state = 'declined'",
      'DELETE FROM payment_steps', STEP('a', 1, 'declined'), STEP('a', 2, 'somehow'), STEP('a', 2, 'reversing').replace('4771', '5413330089604771'),
    ])
      expect(() => till.db.exec(wrong), wrong).toThrow()
  })

  it('keeps every refund and every end of day, and a reversal names its receipt', () => {
    till.db.exec(ATTEMPT('r1'))
    till.db.exec("INSERT INTO refund_attempts VALUES ('r1', 'r', 'a', 'reverse', 471)")
    till.db.exec("INSERT INTO terminal_day_ends VALUES ('e', 'zvt://t', '2026-11-22T20:00:00.000Z', 'done', NULL, NULL, 's', 'Ada')")
    till.db.exec(ATTEMPT('r2'))
    for (const wrong of [
      "INSERT INTO refund_attempts VALUES ('r2', 'r', 'a', 'reverse', NULL)", "INSERT INTO refund_attempts VALUES ('r2', 'r', NULL, 'gift', NULL)",
      "INSERT INTO refund_attempts VALUES ('nobody', 'r', NULL, 'refund', NULL)", "UPDATE refund_attempts SET way = 'refund'",
      'DELETE FROM refund_attempts', "UPDATE terminal_day_ends SET outcome = 'unknown'", 'DELETE FROM terminal_day_ends',
    ])
      expect(() => till.db.exec(wrong), wrong).toThrow()
  })

  it('lets a sale wait for one payment at a time', () => {
    till.db.exec(ATTEMPT('b'))
    till.db.exec(ATTEMPT('c'))
    till.db.exec("INSERT INTO payments_open VALUES ('b', 'f')")
    expect(() => till.db.exec("INSERT INTO payments_open VALUES ('c', 'f')")).toThrow(/UNIQUE/)
    till.db.exec("INSERT INTO payments_open VALUES ('a', NULL), ('c', NULL)")
  })
})
