import { afterEach, beforeEach, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import type { ToldReceipt } from '../../../contract/sync/receipt-wire.ts'
import { isToldLately, keepToldReceipt } from '../../../electron/core/store/told-receipts.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
})
afterEach(() => floor.close())

const AT = '2026-11-22T09:00:00.000Z'
const RECEIPT: ToldReceipt = {
  number: 'T9-R000001', saleId: 'sale-9', storeId: 'store-berlin', soldAt: AT, currency: 'EUR', tenders: [], returned: [], refunded: [],
  lines: [{ lineId: 'line-9', tracking: 'plain', productId: 'p', unitId: null, name: 'Cable', serial: null, quantity: 2, total_cents: cents(1_998), tax_bp: 1_900 }],
}
const isBelieved = (now: string) => isToldLately(floor.ground.store.reading, RECEIPT.number, now)

it('a told receipt is believed for two minutes, and one that was never told not at all', () => {
  expect(isBelieved(AT)).toBe(false)
  floor.ground.store.write((db) => keepToldReceipt(db, RECEIPT, AT))
  expect(isBelieved('2026-11-22T09:01:59.000Z')).toBe(true)
  expect(isBelieved('2026-11-22T09:02:00.000Z')).toBe(false)
})

it('it is believed no longer once goods of it came back here: the centre gives it to whoever asks next', () => {
  floor.ground.store.write((db) => {
    keepToldReceipt(db, RECEIPT, AT)
    db.exec(`INSERT INTO returns VALUES ('r1', 'G1', 'f1', NULL, 's', 't', NULL, NULL, NULL, '${AT}', 'EUR', 0, 0, 1);
      INSERT INTO return_lines (id, return_id, position, product_id, unit_id, quantity, reason, condition, refund_cents, next_place, looked_at)
        VALUES ('l1', 'r1', 0, 'p', NULL, 1, 'faulty', 'new', 0, 'inspection', '{}');
      INSERT INTO returned_elsewhere VALUES ('l1', 'sale-9', 'line-9', 1)`)
  })
  expect(isBelieved('2026-11-22T09:00:30.000Z')).toBe(false)
  floor.ground.store.write((db) => keepToldReceipt(db, { ...RECEIPT, returned: [{ returnLineId: 'l1', lineId: 'line-9', quantity: 1 }] }, AT))
  expect(isBelieved('2026-11-22T09:00:30.000Z')).toBe(true)
})
