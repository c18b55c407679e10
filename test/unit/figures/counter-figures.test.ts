import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, SECOND_MS } from '../../../contract/durations.ts'
import { localTime } from '../../../contract/epcis/local-time.ts'
import type { SaleAction } from '../../../contract/sale-view.ts'
import type { IdentityChannel } from '../../../contract/identity/identity.ts'
import { formatInstant } from '../../../contract/words/format.ts'
import { counterFigures } from '../../../electron/core/figures/counter-figures.ts'
import { setMeta } from '../../../electron/core/store/meta.ts'
import { moneyTill, type MoneyTill } from '../../support/core/money-till.ts'
import { saleIn } from '../../support/core/till.ts'

let till: MoneyTill

beforeEach(() => {
  till = moneyTill({ cameras: 5 })
  till.desk.actShift({ do: 'open', float_cents: 10_000 as never })
})
afterEach(() => till.close())

const figures = (day: string | null = null) => counterFigures(till.ground, day)
const scan = (text: string, channel: IdentityChannel = 'scanner') => {
  const done = till.desk.scan({ text, aim: null, channel })
  if (!done.ok) throw new Error(done.fault.code)
}

function act(action: SaleAction): void {
  const done = till.desk.actSale(saleIn(till.desk.view()).flowId, action)
  if (!done.ok) throw new Error(done.fault.code)
}

/** One piece from its scan to paid in so many seconds; whoever was away for long has to sign in again. */
function sell(text: string, seconds: number, channel?: IdentityChannel): void {
  till.signIn('ada')
  till.desk.beginSale()
  scan(text, channel)
  till.clock.turn(seconds * SECOND_MS)
  till.signIn('ada')
  payCash()
}

function payCash(): void {
  act({ do: 'pay' })
  const sale = saleIn(till.desk.view())
  if (sale.at !== 'tendering') throw new Error(`the sale is ${sale.at}`)
  act({ do: 'tender', kind: 'cash', given_cents: sale.due_cents })
}

function takeBack(text: string, seconds: number): void {
  till.desk.go('return', null)
  scan(text)
  const { front } = till.desk.view()
  if (front.screen !== 'return') throw new Error('no return is in front')
  const { flowId } = front.return
  till.clock.turn(seconds * SECOND_MS)
  for (const action of [
    { do: 'give-reason', reason: 'changed-mind' }, { do: 'grade', condition: 'new' }, { do: 'all-in-order' }, { do: 'approve', note: 'seen' }, { do: 'refund' },
  ] as const)
    till.desk.actReturn(flowId, action)
}

describe('the figures of the counter', () => {
  it('tell how long a sale and a return took, by their medians', () => {
    sell('CAM-1', 20)
    sell('CAM-2', 30)
    sell('CAM-3', 90)
    takeBack('CAM-1', 40)
    const { chosen, today } = figures()
    expect(chosen).toMatchObject({ day: today, sales: 3, returns: 1, pieces: 3, gross_cents: 3 * 19_990, saleMedian_s: 30, returnMedian_s: 40 })
    expect(chosen.byHour.reduce((sum, sales) => sum + sales, 0)).toBe(3)
  })

  it('are told by the clock of Greenwich in a zone that only a newer program knows, where a till sells and prints all the same', () => {
    Object.assign(till.ground.place, { time_zone: 'Mars/Gale' })
    sell('CAM-1', 20)
    expect(figures().chosen).toMatchObject({ day: '2026-11-23', sales: 1 })
    expect(figures().chosen.byHour[8]).toBe(1)
    const { soldAt } = till.ground.store.reading.prepare('SELECT sold_at AS soldAt FROM sales').get() as { soldAt: string }
    expect(formatInstant('en', soldAt, 'Mars/Gale')).toBe(formatInstant('en', soldAt, 'UTC'))
    expect(localTime(soldAt, 'Mars/Gale')).toEqual(localTime(soldAt, 'UTC'))
  })

  it('leave out a sale that waited while the cashier was called away', () => {
    sell('CAM-1', 20)
    sell('CAM-2', 3_600)
    expect(figures().chosen).toMatchObject({ sales: 2, saleMedian_s: 20 })
  })

  it('count the serials that were typed against those that were scanned, and no article codes', () => {
    sell('CAM-1', 5)
    sell('CAM-2', 5, 'camera')
    sell('CAM-3', 5, 'keyboard')
    sell('ART-cable', 5, 'keyboard')
    expect(figures().chosen).toMatchObject({ serialsScanned: 2, serialsTyped: 1 })
  })

  it('count a price set by hand when its sale is paid, and a right when it is used and not when it was only lent', () => {
    till.signIn('max')
    const lend = () => till.ground.store.write((db) => {
      const until = new Date(till.clock.now() + 60_000).toISOString()
      setMeta(db, 'grant', { right: 'override-price', staffId: 'ada', name: 'Ada', reason: 'Shelf says so', until })
    })
    lend()
    expect(figures().chosen.stepUps).toBe(0)
    till.desk.beginSale()
    scan('CAM-1')
    const [line] = saleIn(till.desk.view()).lines
    act({ do: 'set-price', lineId: line?.lineId ?? '', price_cents: 17_990 as never, reason: 'Shelf says so' })
    expect(figures().chosen).toMatchObject({ stepUps: 1, priceChanges: 0 })
    payCash()
    expect(figures().chosen).toMatchObject({ stepUps: 1, priceChanges: 1, gross_cents: 17_990 })
  })

  it('keep the days apart, the oldest first, and answer for a day that is over', () => {
    const first = figures().today
    sell('CAM-1', 25)
    till.clock.turn(DAY_MS)
    sell('CAM-2', 15)
    sell('CAM-3', 15, 'keyboard')
    const { chosen, days, today } = figures()
    expect(chosen).toMatchObject({ day: today, sales: 2, saleMedian_s: 15 })
    expect(days).toHaveLength(14)
    expect(days.slice(-2)).toMatchObject([{ day: first, sales: 1, saleMedian_s: 25, serialsTyped: 0 }, { day: today, sales: 2, serialsTyped: 1 }])
    const back = figures(first)
    expect(back).toMatchObject({ today, chosen: { day: first, sales: 1, saleMedian_s: 25 } })
    expect(back.days.at(-1)?.day).toBe(first)
  })

  it('are empty on a day on which nothing happened, with no time in place of a wrong one', () => {
    expect(figures().chosen).toMatchObject({ sales: 0, returns: 0, saleMedian_s: null, returnMedian_s: null, serialsTyped: 0, stepUps: 0, priceChanges: 0 })
  })
})
