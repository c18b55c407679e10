import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { PURCHASE_DAYS_MAX, PURCHASE_PIECES_MAX, PURCHASES_MAX, PurchaseQuestion } from '../../../contract/sync/receipt-wire.ts'
import type { EventBody } from '../../../contract/sync/event-body.ts'
import type { Database } from '../../../hub/database.ts'
import { booksOf, writeBooks } from '../../../hub/sync/books.ts'
import type { Device } from '../../../hub/sync/devices.ts'
import { findPurchases } from '../../../hub/sync/find-purchases.ts'
import { receiptFor, writeReceipts } from '../../../hub/sync/receipts.ts'
import { SimHub } from '../../simulation/sim-hub.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'

const NOON = '2026-03-02T12:00:00.000Z'
const DAY = { from: '2026-03-01T23:00:00.000Z', until: '2026-03-02T23:00:00.000Z' }
const ABOUT = { ...DAY, least_cents: cents(4_000), most_cents: cents(5_000) }

interface Sold {
  readonly number: string
  readonly storeId?: string
  readonly at?: string
  readonly gross_cents?: number
  readonly rounding_cents?: number
  readonly names?: readonly string[]
  readonly inc?: string
}

let db: Database
let hub: SimHub

/** A sale as its till told of it: two lines of 2,000 and 2,500 for cash, where nothing else is said. */
async function sold({ number, storeId = 'north', at = NOON, gross_cents = 4_500, rounding_cents = 0, names = ['Lamp', 'Bulb'], inc = 'i' }: Sold): Promise<void> {
  const saleId = `sale-${number}`
  const lines = names.map((name, position) => ({
    book: 'sale_lines', key: `${saleId}-${position}`,
    row: { id: `${saleId}-${position}`, sale_id: saleId, position, tracking: 'plain', product_id: 'lamp', unit_id: null, name, serial: `SECRET-${position}`, quantity: 1, total_cents: 1, tax_bp: 1_900 },
  }))
  const rows = [
    { book: 'sales', key: saleId, row: { id: saleId, number, store_id: storeId, staff_id: 'staff-ines', sold_at: at, currency: 'EUR', gross_cents, rounding_cents } },
    // The last line is told first: which is first is said by its position.
    ...lines.toReversed(),
    { book: 'tenders', key: `t-${saleId}`, row: { id: `t-${saleId}`, sale_id: saleId, kind: 'cash', amount_cents: gross_cents + rounding_cents } },
  ]
  const event = { storeId, at, rows } as unknown as EventBody
  await db.transaction(async (tx) => {
    await writeBooks(tx, 'sells', inc, booksOf(1, event))
    await writeReceipts(tx, 'sells', [{ event }])
  })
}
const till = async (id: string): Promise<Device> => (await db.query<Device>('SELECT * FROM device WHERE till = $1', [id]))[0]!
const found = async (question: PurchaseQuestion = ABOUT, id = 'asks') => findPurchases(hub.ground, await till(id), question)
const numbers = async (question?: PurchaseQuestion, id?: string) => (await found(question, id)).purchases.map(({ number }) => number)

beforeAll(async () => {
  db = await migratedDatabase()
  hub = new SimHub(db, () => Date.parse(NOON))
}, 60_000)
afterAll(() => db.close())
beforeEach(async () => {
  await hub.reset([{ id: 'asks', storeId: 'north', follows: 'all' }, { id: 'far', storeId: 'south', follows: 'own' }, { id: 'sells', storeId: 'north', follows: 'all' }], [])
  await db.query('TRUNCATE receipt_row, receipt_claim, office_log')
})

describe('a purchase whose paper and number nobody has', () => {
  it('is told by its day and its amount, with no more than tells which it is', async () => {
    await sold({ number: 'T1-R000001' })
    expect(await found()).toEqual({
      purchases: [{ number: 'T1-R000001', soldAt: NOON, storeId: 'north', till: 'sells', currency: 'EUR', total_cents: 4_500, pieces: ['Lamp', 'Bulb'] }],
      isMore: false,
    })
    expect(await db.query('SELECT who, act, about FROM office_log')).toEqual([{ who: 'till asks', act: 'purchases-looked-up', about: 'T1-R000001' }])
    // Looking takes it from no counter.
    expect(await db.query('SELECT till FROM receipt_claim WHERE until_ms > 0')).toEqual([])
    expect((await receiptFor(hub.ground, 'other', 'T1-R000001')).is).toBe('told')
  })

  it('is one of the day it is asked for, by the minute, and for no less and no more than is asked', async () => {
    await sold({ number: 'T1-R000001', at: '2026-03-01T22:59:59.999Z' })
    await sold({ number: 'T1-R000002', at: '2026-03-01T23:00:00.000Z' })
    await sold({ number: 'T1-R000003', at: '2026-03-02T22:59:59.999Z' })
    await sold({ number: 'T1-R000004', at: '2026-03-02T23:00:00.000Z' })
    await sold({ number: 'T1-R000005', gross_cents: 3_999 })
    await sold({ number: 'T1-R000006', gross_cents: 4_000 })
    await sold({ number: 'T1-R000007', gross_cents: 5_001 })
    expect(await numbers()).toEqual(['T1-R000003', 'T1-R000006', 'T1-R000002'])
  })

  it('is found by what was paid, and not by what it came to before cash was rounded', async () => {
    await sold({ number: 'T1-R000001', gross_cents: 3_998, rounding_cents: 2 })
    await sold({ number: 'T1-R000002', gross_cents: 4_001, rounding_cents: -2 })
    expect((await found()).purchases).toMatchObject([{ number: 'T1-R000001', total_cents: 4_000 }])
  })

  it('is told to the tills that may see its store, and to no other', async () => {
    await sold({ number: 'T1-R000001' })
    await sold({ number: 'T1-R000002', storeId: 'south' })
    expect(await numbers(ABOUT, 'asks')).toEqual(['T1-R000002', 'T1-R000001'])
    expect(await numbers(ABOUT, 'far')).toEqual(['T1-R000002'])
  })

  it('is one of a few, the newest, and that others fit too is said', async () => {
    for (let n = 10; n < 10 + PURCHASES_MAX; n += 1) await sold({ number: `T1-R0000${n}`, at: `2026-03-02T12:${n}:00.000Z` })
    expect(await found()).toMatchObject({ isMore: false, purchases: { length: PURCHASES_MAX, 0: { number: 'T1-R000029' } } })
    await sold({ number: 'T1-R000031', at: '2026-03-02T12:31:00.000Z' })
    expect(await found()).toMatchObject({ isMore: true, purchases: { length: PURCHASES_MAX, 0: { number: 'T1-R000031' } } })
  })

  it('of many things is told by the first of them, each once', async () => {
    await sold({ number: 'T1-R000001', names: ['Bulb', 'Bulb', ...Array.from({ length: 30 }, (_, n) => `Thing ${n}`)] })
    expect((await found()).purchases[0]?.pieces).toEqual(['Bulb', ...Array.from({ length: PURCHASE_PIECES_MAX - 1 }, (_, n) => `Thing ${n}`)])
  })

  it('is one, where its till lost its disk and told of it once more', async () => {
    await sold({ number: 'T1-R000001' })
    await sold({ number: 'T1-R000001', inc: 'after the fire' })
    expect(await numbers()).toEqual(['T1-R000001'])
  })

  it('is left out where nobody could choose it, and keeps no other from being told', async () => {
    await sold({ number: 'no number' })
    await sold({ number: 'T1-R000001', rounding_cents: Number.MAX_SAFE_INTEGER - 4_500 })
    await sold({ number: 'T1-R000002' })
    expect(await numbers()).toEqual(['T1-R000002'])
  })

  it('is found by an index of its store and day', async () => {
    await db.query(
      `INSERT INTO booked SELECT 'sells', 'i', CASE WHEN n % 5 = 0 THEN 'sales' ELSE 'sale_lines' END, 'r-' || n, n, 'store-' || (n % 50), '2026-01-' || lpad((n % 28 + 1)::text, 2, '0'), 4500, 'EUR', NULL, '{}'
       FROM generate_series(1, 20000) n`,
    )
    await db.query('ANALYZE booked')
    const plan = await db.query(
      "EXPLAIN SELECT row_id FROM booked b WHERE b.book = 'sales' AND b.store_id = ANY ('{store-5,store-10}'::text[]) AND b.at >= '2026-01-05' AND b.at < '2026-01-06' AND b.amount_cents BETWEEN 4000 AND 5000",
    )
    expect(JSON.stringify(plan)).toContain('booked_sale_of_store')
  })
})

describe('the question for a purchase', () => {
  it.each([
    ['no day', { ...ABOUT, until: ABOUT.from }],
    ['more days than anybody is unsure of', { ...ABOUT, from: '2026-01-01T00:00:00.000Z' }],
    ['a day that is none', { ...ABOUT, from: 'yesterday' }],
    ['any amount', { ...ABOUT, least_cents: 0 }],
    ['less than nothing', { ...ABOUT, least_cents: -5_000, most_cents: -4_000 }],
    ['a wide amount', { ...ABOUT, most_cents: 8_001 }],
    ['the most before the least', { ...ABOUT, most_cents: 3_999 }],
    ['half a cent', { ...ABOUT, least_cents: 4_000.5 }],
    ['no amount', DAY],
  ])('is none for %s', (_what, question) => {
    expect(PurchaseQuestion.safeParse(question).success).toBe(false)
  })

  it('may span the days that a customer is unsure of, also over the night in which the clocks go back', () => {
    const until = new Date(Date.parse(ABOUT.from) + (PURCHASE_DAYS_MAX * 24 + 1) * 3_600_000).toISOString()
    expect(PurchaseQuestion.safeParse({ ...ABOUT, until, most_cents: 8_000 }).success).toBe(true)
  })
})
