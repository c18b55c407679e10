import { afterAll, beforeAll, expect, it } from 'vitest'
import { heardOf } from '../../../electron/core/customers/heard.ts'
import { grownTill, type GrownTill } from '../../support/core/grown-till.ts'

let till: GrownTill

/** A till with people told of and not told of, and one erased, which then got the program that goes by no clock. */
beforeAll(() => {
  till = grownTill('0019', `
    INSERT INTO customers (id, made_at, changed_at, sealed) VALUES ('told', '2026-01-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z', x'00'), ('due', '2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', x'00');
    INSERT INTO customers (id, made_at, changed_at, erased_at) VALUES ('gone', '2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z');
    DELETE FROM customers_due WHERE customer_id <> 'due';`, 'newest')
})
afterAll(() => till.close())

it('a person who waited to be told is told whole, and of all others the centre is believed, whatever date the till wrote', () => {
  expect(heardOf(till.db, 'told')).toEqual({ at: null, changed: [], saidAt: {}, tellings: {} })
  expect(heardOf(till.db, 'due')).toMatchObject({ at: null, changed: ['name', 'phone', 'email', 'card', 'address', 'note', 'language', 'consents'] })
  expect(till.db.prepare('SELECT count(*) FROM customers_heard').pluck().get()).toBe(2)
})

it('what was heard before the dates of words were kept is as late as what was heard last', () => {
  till.db.exec("UPDATE customers_heard SET at = '2026-03-01T00:00:00.000Z' WHERE customer_id = 'told'")
  expect(heardOf(till.db, 'told').saidAt).toMatchObject({ address: '2026-03-01T00:00:00.000Z', offers: '2026-03-01T00:00:00.000Z' })
})
