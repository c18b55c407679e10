import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SaleLine } from '../../../contract/sale-view.ts'
import { pullList, pullScanned, reachOf } from '../../../electron/core/recalls/pull-list.ts'
import { allCampaigns } from '../../../electron/core/recalls/campaigns.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { grownTill } from '../../support/core/grown-till.ts'
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

describe('the pull list of goods without numbers of their own', () => {
  const goods = (productId: string) => pullList(floor.ground).filter((item) => item.is === 'goods' && item.productId === productId)
  const pull = (text: string) => floor.turn((deed) => pullScanned(deed, text))
  const reach = () => {
    const campaign = allCampaigns(floor.ground.mirror.reading).find(({ reference }) => reference === 'RC-T')
    if (campaign === undefined) throw new Error('nothing is recalled')
    return reachOf(floor.ground, campaign)
  }
  const onHand = ({ productId, lot }: SaleLine) => floor.ground.mirror.lots(productId, floor.ground.place.id).find((entry) => entry.lot === lot)?.quantity ?? 0

  it('names a recalled lot with how many the books have here, and a scan of its code clears it once for all', () => {
    const line = lineOf('lot')
    expect(onHand(line)).toBeGreaterThan(0)
    recallLot(line)
    expect(goods(line.productId)).toMatchObject([{ lot: line.lot, quantity: onHand(line), campaign: 'RC-T', state: 'to-pull' }])
    expect(pull(floor.story('lot'))).toMatchObject({ did: { lot: line.lot, state: 'pulled' } })
    expect(pull(floor.story('lot'))).toMatchObject({ did: { state: 'pulled' } })
    expect(goods(line.productId)).toMatchObject([{ state: 'pulled' }])
  })

  it('clears a lot by what is printed on it, where no scanner reads the code', () => {
    const line = lineOf('lot')
    recallLot(line)
    expect(pull(` ${line.lot} `)).toMatchObject({ did: { productId: line.productId, lot: line.lot } })
  })

  it('asks to look for a lot of which the books know none here', () => {
    const line = lineOf('lot')
    floor.recallBy({ by: 'lot', lots: ['NEVER-HEARD-OF'] }, line.productId)
    expect(goods(line.productId)).toMatchObject([{ lot: 'NEVER-HEARD-OF', quantity: null, state: 'to-pull' }])
    expect(reach()).toEqual({ here: null, sold: 0 })
    expect(pull(floor.story('lot'))).toEqual({ refused: 'not-recalled' })
  })

  const soldOut = ({ productId, lot }: SaleLine) =>
    sql(floor.ground.mirror.reading, 'UPDATE lots SET quantity = 0 WHERE product_id = ? AND (lot = ? OR ? IS NULL)').run(productId, lot, lot)

  it('sends nobody for a lot that is all gone by the books, and lets none of it stay that is found all the same', () => {
    const line = lineOf('lot')
    floor.sell([floor.story('lot'), floor.story('lot')])
    recallLot(line)
    soldOut(line)
    expect(goods(line.productId)).toEqual([])
    expect(reach()).toEqual({ here: 0, sold: 2 })
    expect(pull(line.lot ?? '')).toMatchObject({ did: { lot: line.lot, state: 'pulled' } })
    expect(pull(floor.story('lot'))).toMatchObject({ did: { state: 'pulled' } })
    expect(goods(line.productId)).toMatchObject([{ lot: line.lot, quantity: 0, state: 'pulled' }])
  })

  it('lets nothing stay of an article that is recalled as a whole, where all its lots are gone by the books', () => {
    const line = lineOf('lot')
    floor.recallBy({ by: 'product' }, line.productId)
    soldOut({ ...line, lot: null })
    expect(reach()).toMatchObject({ here: 0 })
    expect(pull(floor.story('lot'))).toMatchObject({ did: { lot: line.lot, state: 'pulled' } })
  })

  it('asks to look for plain goods that are recalled as a whole, and any of them clears the line', () => {
    const line = lineOf('plain-article')
    expect(pull(floor.story('plain-article'))).toEqual({ refused: 'not-recalled' })
    floor.recallBy({ by: 'product' }, line.productId)
    expect(goods(line.productId)).toMatchObject([{ lot: null, quantity: null, state: 'to-pull' }])
    expect(pull(floor.story('plain-article'))).toMatchObject({ did: { lot: null, state: 'pulled' } })
    expect(goods(line.productId)).toMatchObject([{ state: 'pulled' }])
  })

  it('names every lot here of an article that is recalled as a whole, and wants the code that says which it is', () => {
    const line = lineOf('lot')
    floor.recallBy({ by: 'product' }, line.productId)
    const here = floor.ground.mirror.lots(line.productId, floor.ground.place.id).filter(({ quantity }) => quantity > 0)
    expect(goods(line.productId)).toHaveLength(here.length)
    const { did } = pull(floor.story('lot')) as { did: { lot: string } }
    expect(goods(line.productId).filter(({ state }) => state === 'pulled')).toMatchObject([{ lot: did.lot }])
    const code = floor.ground.mirror.reading.prepare('SELECT code FROM product_codes WHERE product_id = ?').get(line.productId) as { code: string }
    expect(pull(code.code)).toEqual({ refused: 'lot-needed' })
  })

  it('means none by the numbers of single pieces', () => {
    const line = lineOf('plain-article')
    floor.recallBy({ by: 'serials', serials: ['X1'] }, line.productId)
    expect(goods(line.productId)).toEqual([])
  })

  it('counts what is here by the books, and what was sold and has not come back', () => {
    const line = lineOf('lot')
    const receipt = floor.sell([floor.story('lot'), floor.story('lot')])
    recallLot(line)
    expect(reach()).toEqual({ here: onHand(line), sold: 2 })
    floor.goReturn()
    const lines = at(floor.scanReturn(receipt), 'lines')
    floor.return({ do: 'take-line', lineId: lines.lines[0]?.lineId ?? '', quantity: 1 })
    lookOver(floor, 'new')
    floor.return({ do: 'refund' })
    expect(reach().sold).toBe(1)
  })

  it('comes to a till that is in use: what was pulled stays so, and what was sold is found by the article', () => {
    const till = grownTill('0024', '')
    till.db.exec("INSERT INTO pulled_goods VALUES ('RC-1', 'p', 'L7', '2026-11-22T09:00:00.000Z', 'Mina')")
    expect(() => till.db.exec('DELETE FROM pulled_goods')).toThrow(/stays pulled/)
    const plan = JSON.stringify(till.db.prepare("EXPLAIN QUERY PLAN SELECT lot, quantity FROM sale_lines WHERE product_id = 'p' AND unit_id IS NULL").all())
    expect(plan).toContain('lines_of_goods')
    till.close()
  })
})
