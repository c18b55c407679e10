import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../../contract/durations.ts'
import { cents } from '../../../contract/money.ts'
import { Errands } from '../../../electron/core/sync/errands.ts'
import { lastLook } from '../../../electron/core/sync/last-look.ts'
import { progressOf, saveHubPlace, saveProgress } from '../../../electron/core/sync/progress.ts'
import { ReceiptLine } from '../../../electron/core/sync/receipt-line.ts'
import { isToldLately } from '../../../electron/core/store/told-receipts.ts'
import type { Database } from '../../../hub/database.ts'
import { receiptFor, releaseReceipt, writeReceipts } from '../../../hub/sync/receipts.ts'
import { at, lookOver, MORNING, ShopFloor } from '../../support/core/shop-floor.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'

const RECEIPT = 'L1-R000017'

/** A till, its line to the centre and the cable between them. */
interface Counter {
  readonly floor: ShopFloor
  readonly line: ReceiptLine
  readonly errands: Errands
  isCut: boolean
}

let db: Database
let now_ms: number
let one: Counter
let two: Counter

const centre = () => ({ db, now_ms: () => now_ms })

function counter(code: string): Counter {
  const floor = new ShopFloor('counter', code)
  floor.enter('supervisor')
  floor.ground.store.write((tx) => saveHubPlace(tx, { url: 'http://127.0.0.1:1', storeId: floor.ground.place.id, hubKey: '' }))
  const errands = new Errands()
  const client = {
    findReceipt: (number: string) => receiptFor(centre(), `till-${code}`, number),
    findPurchases: () => Promise.reject(new Error('nobody looks for a purchase here')),
    releaseReceipt: (number: string, until: string) => releaseReceipt(centre(), `till-${code}`, { number, until }),
  }
  const made: Counter = { floor, errands, isCut: false, line: new ReceiptLine({ ground: floor.ground, client: () => (made.isCut ? null : client), told: () => undefined, errands }) }
  allTold(made)
  return made
}

/** Everything this till did is at the centre. */
const allTold = ({ floor: { ground } }: Counter): void =>
  ground.store.write((tx) => saveProgress(tx, { acked: (tx.prepare('SELECT max(seq) AS seq FROM journal').get() as { seq: number | null }).seq ?? 0 }))

/** Time passes everywhere, and each till looks at what it keeps now and then. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 30_000) {
    now_ms += 30_000
    for (const { floor, line } of [one, two]) {
      floor.later(30_000)
      await line.keep()
    }
  }
}

beforeAll(async () => {
  db = await migratedDatabase()
}, 60_000)
afterAll(() => db.close())

beforeEach(async () => {
  now_ms = Date.parse(MORNING)
  one = counter('T1')
  two = counter('T2')
  await db.query('TRUNCATE receipt_row, receipt_claim')
  const product = one.floor.ground.mirror.reading.prepare("SELECT id, name FROM products WHERE tracking = 'none' LIMIT 1").get() as { id: string; name: string }
  const rows = [
    { book: 'sales', key: 's', row: { id: 's', number: RECEIPT, store_id: one.floor.ground.place.id, sold_at: MORNING, currency: one.floor.ground.place.currency } },
    { book: 'sale_lines', key: 'l', row: {
      id: 'l', sale_id: 's', position: 0, tracking: 'plain', product_id: product.id, unit_id: null, name: product.name, serial: null, quantity: 3, total_cents: 3_000, tax_bp: 1_900,
    } },
    { book: 'tenders', key: 't', row: { id: 't', sale_id: 's', kind: 'card', amount_cents: cents(3_000) } },
  ]
  await db.transaction((tx) => writeReceipts(tx, 'till-L1', [{ event: { storeId: 'store-lyon', at: MORNING, rows } }] as never))
})
afterEach(async () => {
  for (const { errands, floor } of [one, two]) {
    await errands.close()
    floor.close()
  }
})

/** Two of three lie on the counter, looked over: nothing but the refund is left to do. */
async function lookedOver({ floor, line }: Counter): Promise<void> {
  floor.goReturn()
  expect(await line.lookUp(RECEIPT, false)).toEqual({ is: 'new' })
  const { lines } = at(floor.scanReturn(RECEIPT), 'lines')
  floor.return({ do: 'take-line', lineId: lines[0]?.lineId ?? '', quantity: 2 })
  lookOver(floor, 'new')
}
/** Their money goes by the card: it is on its way, and nobody knows yet how it ends. */
async function atTerminal(counter: Counter): Promise<void> {
  await lookedOver(counter)
  at(counter.floor.return({ do: 'refund' }), 'paying-out')
}
const mayPay = ({ floor: { ground, desk }, line }: Counter): Promise<boolean> =>
  lastLook({ ground, desk: () => desk, receipts: line, confirm: () => Promise.resolve() }, null)
/** What came back at this till is told to the centre. */
async function tellBack({ floor: { ground } }: Counter): Promise<void> {
  const rows = ground.store.reading.prepare('SELECT return_line_id AS id, sale_id, sale_line_id, quantity FROM returned_elsewhere').all() as { id: string; [column: string]: string | number }[]
  expect(rows).toHaveLength(1)
  const event = { storeId: ground.place.id, at: ground.now(), rows: rows.map((row) => ({ book: 'returned_elsewhere', key: row.id, row })) }
  await db.transaction((tx) => writeReceipts(tx, ground.till.id, [{ event }] as never))
}
const asked = async ({ line }: Counter): Promise<string> => (await line.lookUp(RECEIPT, false)).is

describe('a receipt that the centre keeps for a till', () => {
  it('stays that till’s own as long as the refund waits at the card terminal, and is another’s once it is given up', async () => {
    await atTerminal(one)
    await pass(20 * MINUTE_MS)
    expect(await asked(two)).toBe('held')
    // Nobody stood there for so long: the till has locked itself.
    one.floor.enter('supervisor')
    one.floor.return({ do: 'terminal-read', paid: false })
    one.floor.return({ do: 'start-over' })
    allTold(one)
    await one.line.keep()
    expect(isToldLately(one.floor.ground.store.reading, RECEIPT, one.floor.ground.now())).toBe(false)
    expect(await asked(two)).toBe('new')
  })

  it('is not given back before the centre knows what this till did', async () => {
    await atTerminal(one)
    one.floor.return({ do: 'terminal-read', paid: true })
    expect(progressOf(one.floor.ground.store.reading).acked).toBe(0)
    await one.line.keep()
    expect(await asked(two)).toBe('held')
  })

  it('is asked about once more before money goes back: it may be on another counter by now, and fewer left', async () => {
    await lookedOver(one)
    // One waits for a colleague and does not reach the centre, longer than the receipt is kept for it.
    one.isCut = true
    await pass(3 * MINUTE_MS)
    one.isCut = false
    await atTerminal(two)
    expect(await mayPay(one)).toBe(false)
    expect(one.floor.desk.view()).toMatchObject({ alarm: { code: 'receipt-held', params: { number: RECEIPT, till: 'till-T2' } }, front: { return: { at: 'assess' } } })
    at(two.floor.return({ do: 'terminal-read', paid: true }), 'done')
    await tellBack(two)
    expect(await mayPay(one)).toBe(true)
    expect(one.floor.desk.view().alarm).toBe(null)
    expect(one.floor.tryReturn({ do: 'refund' })).toEqual({ ok: false, fault: { code: 'more-than-bought', params: { left: 1 } } })
    one.floor.return({ do: 'set-quantity', quantity: 1 })
    at(one.floor.return({ do: 'refund' }), 'paying-out')
  })

  it('is not kept for a return that nobody goes on with', async () => {
    one.floor.goReturn()
    await one.line.lookUp(RECEIPT, false)
    at(one.floor.scanReturn(RECEIPT), 'lines')
    await pass(10 * MINUTE_MS)
    expect(await asked(two)).toBe('held')
    await pass(10 * MINUTE_MS)
    expect(await asked(two)).toBe('new')
  })

  it('goes to the next one when the line is cut, and the first till takes it from nobody when it is back', async () => {
    await atTerminal(one)
    one.isCut = true
    await pass(3 * MINUTE_MS)
    await atTerminal(two)
    one.isCut = false
    await pass(MINUTE_MS)
    expect(await asked(one)).toBe('held')
    one.floor.return({ do: 'terminal-read', paid: false })
    one.floor.return({ do: 'start-over' })
    allTold(one)
    await one.line.keep()
    expect(await asked(one)).toBe('held')
  })

  it('is kept where its till was asked to give back what it has been told anew since: that word came late', async () => {
    const first = await receiptFor(centre(), 'till-T1', RECEIPT)
    now_ms += 1_000
    await receiptFor(centre(), 'till-T1', RECEIPT)
    const until = first.is === 'told' ? (first.until ?? '') : ''
    await releaseReceipt(centre(), 'till-T1', { number: RECEIPT, until })
    expect(await asked(two)).toBe('held')
    await releaseReceipt(centre(), 'till-T2', { number: RECEIPT, until: '9999-12-31T00:00:00.000Z' })
    expect(await asked(two)).toBe('held')
  })
})

it('tells the lot of what another till sold, so that a recall of it is seen when it comes back', async () => {
  const { floor, line } = one
  const product = floor.ground.mirror.reading.prepare("SELECT id, name FROM products WHERE tracking = 'lot' LIMIT 1").get() as { id: string; name: string }
  const number = 'L1-R000018'
  const rows = [
    { book: 'sales', key: 's2', row: { id: 's2', number, store_id: floor.ground.place.id, sold_at: MORNING, currency: floor.ground.place.currency } },
    ...['LOT-7', 'LOT-8'].map((lot, position) => ({ book: 'sale_lines', key: lot, row: {
      id: lot, sale_id: 's2', position, tracking: 'lot', product_id: product.id, unit_id: null, name: product.name, serial: null, lot, quantity: 1, total_cents: 500, tax_bp: 1_900,
    } })),
    { book: 'tenders', key: 't2', row: { id: 't2', sale_id: 's2', kind: 'cash', amount_cents: cents(1_000) } },
  ]
  await db.transaction((tx) => writeReceipts(tx, 'till-L1', [{ event: { storeId: 'store-lyon', at: MORNING, rows } }] as never))
  floor.recallBy({ by: 'lot', lots: ['LOT-7'] }, product.id)
  const nextOf = (lineId: string) => {
    floor.goReturn()
    floor.return({ do: 'start-over' })
    floor.scanReturn(number)
    floor.return({ do: 'take-line', lineId, quantity: 1 })
    return at(lookOver(floor, 'new'), 'assess').next
  }
  expect(await line.lookUp(number, false)).toEqual({ is: 'new' })
  expect(nextOf('LOT-7')).toBe('quarantine')
  expect(nextOf('LOT-8')).not.toBe('quarantine')
})
