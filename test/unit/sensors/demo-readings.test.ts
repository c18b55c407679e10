import { afterEach, beforeEach, expect, it } from 'vitest'
import { limitsIn } from '../../../contract/sensors/product-limits.ts'
import { ShopFloor, shown } from '../../support/core/shop-floor.ts'
import { saleIn } from '../../support/core/till.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('cashier')
  shown(floor.desk.go('sale', null))
})
afterEach(() => floor.close())

it('the demo shop has a piece that lay in the frost: its sale is refused, with how cold it was and for how long', () => {
  const sale = saleIn(floor.scan(floor.story('logger-broken')))
  expect(sale.lines).toEqual([])
  expect(sale.notice).toMatchObject({ tone: 'stop', params: { reason: 'too-cold', value: -19.9, hours: 9 } })
})

it('and one whose readings are sound: it is sold like any other', () => {
  const [line] = saleIn(floor.scan(floor.story('logger-sound'))).lines
  if (line?.unitId === undefined || line.unitId === null) throw new Error('it is not in the cart')
  const { facts, product } = floor.unit(line.unitId)
  expect(facts.sensed).toMatchObject([{ of: 'temperature', source: 'LOG-90217', worst: null, points: { length: 40 } }])
  expect(facts.sensed?.[0]?.limit).toEqual(limitsIn(floor.ground.mirror.product(product.id)?.limits)?.limits[0])
})
