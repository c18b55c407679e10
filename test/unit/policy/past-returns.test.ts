import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../../contract/durations.ts'
import { setCustomerOfFlow } from '../../../electron/core/customers/customer-rows.ts'
import { returnsHere, returnsTold } from '../../../electron/core/policy/past-returns.ts'
import { lookOver, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('cashier')
  floor.ground.store.write((db) => db.prepare("INSERT INTO customers VALUES ('ada', ?, NULL, ?, x'00', NULL)").run(floor.ground.now(), floor.ground.now()))
})
afterEach(() => floor.close())

type Fresh = ReturnType<ShopFloor['fresh']>[number]

function soldToAda(serial: string): void {
  const { front } = shown(floor.desk.go('sale', null))
  if (front.screen !== 'sale') throw new Error(front.screen)
  floor.scan(serial)
  floor.ground.store.write((db) => setCustomerOfFlow(db, front.sale.flowId, 'ada'))
  floor.sell([])
}

function comeBack(...serials: string[]): void {
  floor.goReturn()
  serials.forEach((serial, n) => {
    if (n > 0) floor.return({ do: 'add-piece' })
    floor.scanReturn(serial)
    lookOver(floor)
  })
  floor.return({ do: 'refund' })
  floor.later(MINUTE_MS)
}

describe('what is known of the returns of a month', () => {
  it('is who took them, what came back beside them, and what the customer had brought before', () => {
    const [first, second, third, stranger] = floor.fresh('audio', 4) as [Fresh, Fresh, Fresh, Fresh]
    for (const { serial } of [first, second, third]) soldToAda(serial)
    floor.sell([stranger.serial])
    comeBack(first.serial)
    comeBack(second.serial, third.serial)
    floor.enter('supervisor')
    comeBack(stranger.serial)
    const known = new Map(returnsHere(floor.ground, '2026').map((one) => [one.unitId, one]))
    const third_cents = known.get(third.unitId)?.amount_cents
    expect(known.get(first.unitId)).toMatchObject({ role: 'cashier', beside_cents: 0, returner: { brought: 1, before: [], isAll: true } })
    expect(known.get(second.unitId)).toMatchObject({ role: 'cashier', beside_cents: third_cents, returner: { brought: 2, before: [{ quantity: 1 }] } })
    expect(known.get(stranger.unitId)).toMatchObject({ role: 'supervisor', returner: 'nobody' })
  })

  it('is neither of what was asked at another till', () => {
    const [told] = returnsTold(floor.ground, '2026', new Set())
    expect(told).toMatchObject({ role: 'unknown', returner: 'unknown' })
  })
})
