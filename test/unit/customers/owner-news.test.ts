import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Purpose } from '../../../contract/customer.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import { CustomerDesk } from '../../../electron/core/customers/customer-desk.ts'
import { CustomerKey } from '../../../electron/core/customers/customer-key.ts'
import { at, lookOver, ShopFloor, shown } from '../../support/core/shop-floor.ts'

const ROSA = { name: 'Rosa Núñez', phone: '', email: '', card: '', address: '', note: '', language: null }

let floor: ShopFloor
let customers: CustomerDesk
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('manager')
  customers = new CustomerDesk({ ground: floor.ground, desk: floor.desk, key: new CustomerKey(randomBytes(32)) })
})
afterEach(() => floor.close())

/** Rosa buys a phone; answers her and the piece. */
function bought(consents: Purpose[]): { customerId: string; unitId: string; serial: string } {
  const [piece] = floor.fresh('phone')
  if (piece === undefined) throw new Error('no phone')
  shown(floor.desk.go('sale', null))
  const { front } = floor.scan(piece.serial)
  if (front.screen !== 'sale') throw new Error(front.screen)
  const made = customers.create(ROSA, consents, front.sale.flowId)
  if (!made.ok) throw new Error(made.fault.code)
  floor.sale({ do: 'pay' })
  const tendering = floor.desk.view().front
  if (tendering.screen !== 'sale' || tendering.sale.at !== 'tendering') throw new Error('nothing is paid')
  floor.sale({ do: 'tender', kind: 'cash', given_cents: tendering.sale.due_cents })
  return { customerId: made.value.customerId, ...piece }
}

function told(customerId: string) {
  const seen = customers.view(customerId)
  if (!seen.ok) throw new Error(seen.fault.code)
  return seen.value.news
}

describe('a customer who stands at the counter', () => {
  it('F080: is told of a recall of what was bought, also without having agreed to anything', () => {
    const { customerId, unitId, serial } = bought([])
    expect(told(customerId)).toEqual([])
    floor.recall(serial, floor.unit(unitId).product.id)
    expect(told(customerId)).toMatchObject([{ is: 'recall', unitId, serial, reference: 'RC-T', remedy: 'New cell', stopUse: true }])
  })

  it('is not told of a piece that came back', () => {
    const { customerId, unitId, serial } = bought([])
    floor.goReturn()
    floor.scanReturn(serial)
    lookOver(floor)
    at(floor.return({ do: 'refund' }), 'done')
    floor.recall(serial, floor.unit(unitId).product.id)
    expect(told(customerId)).toEqual([])
  })

  it('WA-09: is told of a promise in its last month where that was agreed to, and not a day earlier or later', () => {
    const agreed = bought(['warranty'])
    const cover = floor.unit(agreed.unitId).facts.cover.find(({ layer }) => layer === 'maker')
    if (cover === undefined) throw new Error('phones have a maker’s warranty')
    const daysLeft = (days: number) => floor.later(Date.parse(cover.end) - days * DAY_MS - floor.ground.clock.now())
    const layers = (customerId: string) => told(customerId).map((one) => (one.is === 'ends' ? `${one.layer} ${one.end}` : one.is))
    const maker = `maker ${cover.end}`
    daysLeft(31)
    expect(layers(agreed.customerId)).not.toContain(maker)
    daysLeft(30)
    expect(layers(agreed.customerId)).toContain(maker)
    daysLeft(0)
    expect(layers(agreed.customerId)).toContain(maker)
    daysLeft(-1)
    expect(layers(agreed.customerId)).not.toContain(maker)
  })

  it('is told of nothing that ends without having agreed to be told', () => {
    const { customerId, unitId } = bought([])
    const end = floor.unit(unitId).facts.cover.find(({ layer }) => layer === 'maker')?.end ?? ''
    floor.later(Date.parse(end) - 10 * DAY_MS - floor.ground.clock.now())
    expect(told(customerId)).toEqual([])
  })
})
