import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SaleLine } from '../../../contract/sale-view.ts'
import { at, lookOver, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('manager')
})
afterEach(() => floor.close())

const sale = () => {
  const { front } = floor.desk.view()
  if (front.screen !== 'sale' || front.sale.at !== 'open') throw new Error(`in front is ${front.screen}`)
  return front.sale
}
/** What a scan puts into an empty sale; the sale is voided again. */
const lineOf = (story: string): SaleLine => {
  shown(floor.desk.go('sale', null))
  floor.scan(floor.story(story))
  const [line] = sale().lines
  if (line === undefined) throw new Error(`${story} is not sold`)
  floor.sale({ do: 'void' })
  return line
}
const recallLot = ({ productId, lot }: SaleLine) => floor.recallBy({ by: 'lot', lots: [lot ?? ''] }, productId)

describe('a recall of goods without numbers of their own', () => {
  it('stops no other lot of the same goods', () => {
    const line = lineOf('lot')
    floor.recallBy({ by: 'lot', lots: ['ANOTHER-LOT'] }, line.productId)
    expect(lineOf('lot').lot).toBe(line.lot)
  })

  it('TY-08: stops its lot at the scan', () => {
    const line = lineOf('lot')
    recallLot(line)
    shown(floor.desk.go('sale', null))
    floor.scan(floor.story('lot'))
    expect(sale()).toMatchObject({ lines: [], notice: { tone: 'stop', code: 'recalled', params: { name: line.name, campaign: 'RC-T' } } })
  })

  it('that is announced while they lie in the cart stops the payment, and offers to take them out', () => {
    shown(floor.desk.go('sale', null))
    floor.scan(floor.story('lot'))
    const [line] = sale().lines
    if (line === undefined) throw new Error('nothing is in the cart')
    recallLot(line)
    floor.sale({ do: 'pay' })
    expect(sale().notice).toMatchObject({ code: 'recalled', offer: { kind: 'remove-line', lineId: line.lineId } })
    floor.sale({ do: 'remove-line', lineId: line.lineId })
    expect(sale().lines).toEqual([])
  })

  it('means no plain goods where it names the numbers of single pieces', () => {
    const line = lineOf('plain-article')
    floor.recallBy({ by: 'serials', serials: [floor.story('plain-article')] }, line.productId)
    expect(lineOf('plain-article').productId).toBe(line.productId)
  })

  it('stops plain goods that are recalled as a whole', () => {
    const line = lineOf('plain-article')
    floor.recallBy({ by: 'product' }, line.productId)
    shown(floor.desk.go('sale', null))
    floor.scan(floor.story('plain-article'))
    expect(sale()).toMatchObject({ lines: [], notice: { code: 'recalled' } })
  })

  it('is told by a check', () => {
    recallLot(lineOf('lot'))
    shown(floor.desk.go('check', null))
    const { front } = floor.scan(floor.story('lot'))
    expect(front.screen === 'check' ? front.check.notice : null).toMatchObject({ tone: 'stop', code: 'recalled', params: { campaign: 'RC-T' } })
  })

  it('takes what was sold before back, and keeps it apart whatever the clerk says', () => {
    const line = lineOf('lot')
    const receipt = floor.sell([floor.story('lot')])
    recallLot(line)
    floor.goReturn()
    const lines = at(floor.scanReturn(receipt), 'lines')
    floor.return({ do: 'take-line', lineId: lines.lines[0]?.lineId ?? '', quantity: 1 })
    const assessed = at(lookOver(floor, 'new'), 'assess')
    expect({ next: assessed.next, choices: assessed.nextChoices }).toEqual({ next: 'quarantine', choices: ['quarantine'] })
  })
})
