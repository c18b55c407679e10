import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { add, share, type Cents } from '../../../contract/money.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import type { ReturnAction, ReturnView } from '../../../contract/return-view.ts'
import { linesOfReceipt, type BoughtLine } from '../../../electron/core/returns/bought.ts'
import { GOODS, moneyTill, type MoneyTill } from '../../support/core/money-till.ts'
import { saleIn } from '../../support/core/till.ts'
import { demoMirror } from '../demo/demo-fixture.ts'

const CAMERAS = 3
let till: MoneyTill

/** A store whose prices are net: what is on the shelf is not yet what the customer pays. */
function openStore(): void {
  till = moneyTill({ tax_inclusive: 0, cameras: CAMERAS })
  till.desk.setLanguage('en')
  till.desk.actShift({ do: 'open', float_cents: 100_000 as never })
}
beforeEach(openStore)
afterEach(() => till.close())

const number = (sql: string, ...values: string[]): number => Number(till.ground.store.reading.prepare(sql).pluck().get(...values))

/** Sells the goods and answers the receipt's number. */
function sell(codes: readonly string[]): string {
  till.desk.beginSale()
  for (const text of codes) till.desk.scan({ text, aim: null })
  const { flowId } = saleIn(till.desk.view())
  till.desk.actSale(flowId, { do: 'pay' })
  const due = saleIn(till.desk.view())
  if (due.at !== 'tendering') throw new Error(`the sale is ${due.at}`)
  till.desk.actSale(flowId, { do: 'tender', kind: 'cash', given_cents: due.due_cents })
  const paid = saleIn(till.desk.view())
  if (paid.at !== 'paid') throw new Error(`the sale is ${paid.at}`)
  expect(paid.totals.gross_cents).toBe(due.due_cents)
  return paid.receiptNumber
}

function inReturn(): ReturnView {
  const { front } = till.desk.view()
  if (front.screen !== 'return') throw new Error('no return is in front')
  return front.return
}

const linesOf = (receipt: string): BoughtLine[] => linesOfReceipt(till.ground, till.ground.store.reading, receipt)

/** One thing comes back, by its own number or from its receipt; answers what was given for it. */
function giveBack({ receiptNumber, lineId, serial }: BoughtLine): number {
  till.desk.go('return', null)
  till.desk.scan({ text: serial ?? receiptNumber, aim: null })
  const act = (action: ReturnAction): void => {
    const done = till.desk.actReturn(inReturn().flowId, action)
    if (!done.ok) throw new Error(`${action.do}: ${done.fault.code}`)
  }
  // A receipt with one thing left on it needs no list to choose from.
  if (inReturn().at === 'lines') act({ do: 'take-line', lineId, quantity: 1 })
  act({ do: 'give-reason', reason: 'changed-mind' })
  act({ do: 'grade', condition: 'new' })
  act({ do: 'all-in-order' })
  const assessed = inReturn()
  if (assessed.at === 'assess' && assessed.missing.includes('approval')) act({ do: 'approve', note: 'seen' })
  act({ do: 'refund' })
  const done = inReturn()
  if (done.at !== 'done') throw new Error(`the return is ${done.at}`)
  return done.refund.amount_cents
}

const amountsOf = (receipt: string): ReadonlyMap<string, string> => {
  const body = till.ground.store.reading.prepare("SELECT body FROM documents WHERE number = ? AND kind = 'sale'").pluck().get(receipt) as string
  const { blocks } = JSON.parse(body) as ReceiptDocument
  return new Map(blocks.flatMap((block) => (block.kind === 'pair' || block.kind === 'total' ? [[block.left, block.right] as const] : [])))
}

describe('a store whose prices are net', () => {
  it('shows net, the tax of each rate and the total, prints the same, and gives the same back', () => {
    till.desk.beginSale()
    for (const text of ['CAM-1', 'ART-manual']) till.desk.scan({ text, aim: null })
    const { totals, lines } = saleIn(till.desk.view())
    expect(lines.map(({ total_cents }) => total_cents)).toEqual([19_990, 1_233])
    expect(totals).toMatchObject({
      net_cents: 21_223, gross_cents: 25_107,
      taxes: [{ rate_bp: 1_900, tax_cents: 3_798, gross_cents: 23_788 }, { rate_bp: 700, tax_cents: 86, gross_cents: 1_319 }],
    })

    const receipt = sell([])
    const paper = amountsOf(receipt)
    expect(paper.get('Net')).toBe('€212.23')
    expect(paper.get('plus 19% MwSt.')).toBe('€37.98')
    expect(paper.get('plus 7% MwSt.')).toBe('€0.86')
    expect(paper.get('TOTAL')).toBe('€251.07')

    expect(linesOf(receipt).map(giveBack)).toEqual([23_788, 1_319])
  })

  it('gives back what was paid and the tax that was booked, to the cent, whatever comes back in whatever order', () => {
    const plain = GOODS.filter(({ id }) => id !== 'camera')
    const cart = fc.record({
      plain: fc.array(fc.nat({ max: plain.length - 1 }), { minLength: 1, maxLength: 6 }), cameras: fc.subarray([1, 2, 3]), order: fc.infiniteStream(fc.nat({ max: 99 })),
    })
    fc.assert(fc.property(cart, ({ plain: places, cameras, order }) => {
      till.close()
      openStore()
      const receipt = sell([...places.map((place) => `ART-${plain[place]?.id}`), ...cameras.map((n) => `CAM-${n}`)])
      const gross = number('SELECT gross_cents FROM sales WHERE number = ?', receipt)
      let given = 0
      for (;;) {
        const left = linesOf(receipt).filter((line) => line.returned < line.bought)
        const line = left[(order.next().value ?? 0) % left.length]
        if (line === undefined) break
        given += giveBack(line)
        expect(given).toBeLessThanOrEqual(gross)
      }
      expect(given).toBe(gross)
      const sold = 'SELECT coalesce(sum(tax_cents), 0) FROM sale_taxes WHERE sale_id = (SELECT id FROM sales WHERE number = ?)'
      const back = `SELECT coalesce(sum(tax_cents), 0) FROM return_taxes
        WHERE return_id IN (SELECT DISTINCT return_id FROM return_lines WHERE sale_id = (SELECT id FROM sales WHERE number = ?))`
      expect(number(back, receipt)).toBe(-number(sold, receipt))
    }), { numRuns: 12 })
  })
})

describe('the trade counter of the demo shop', () => {
  it('has net prices with which a thing costs in the end what it costs elsewhere, to a cent', () => {
    const demo = demoMirror('countermark', 400)
    const rows = demo.db.prepare(`
      SELECT p.price_cents, p.tax_bp, l.price_cents AS net_cents FROM products p
      JOIN list_prices l ON l.product_id = p.id AND l.list_id = 'list-hamburg'`).all() as { price_cents: Cents; tax_bp: number; net_cents: Cents }[]
    const places = demo.db.prepare('SELECT id FROM stores WHERE tax_inclusive = 0').pluck().all()
    demo.remove()
    expect(places).toEqual(['store-hamburg'])
    expect(rows.length).toBeGreaterThan(40)
    for (const { price_cents, tax_bp, net_cents } of rows) {
      expect(net_cents).toBeLessThanOrEqual(price_cents)
      expect(Math.abs(add(net_cents, share(net_cents, tax_bp)) - price_cents)).toBeLessThanOrEqual(1)
    }
  })
})
