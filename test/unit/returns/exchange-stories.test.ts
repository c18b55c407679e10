import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CAUTIOUS_RETURN_RULES } from '../../../contract/cautious-return-rules.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import type { ExchangeAction, ExchangeView } from '../../../contract/exchange-view.ts'
import { timelineOf } from '../../../electron/core/facts/history.ts'
import { actExchange } from '../../../electron/core/returns/run-exchange.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { at, lookOver, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('cashier')
})
afterEach(() => floor.close())

const rows = (text: string, ...values: string[]) => sql(floor.ground.store.reading, text).all(...values) as Record<string, unknown>[]

function exchangeNow(): ExchangeView {
  const { front } = floor.desk.view()
  if (front.screen !== 'exchange') throw new Error(`in front is ${front.screen}`)
  return front.exchange
}
const tryAct = (action: ExchangeAction) => floor.desk.act(exchangeNow().flowId, (deed) => actExchange(deed, action))
function act(action: ExchangeAction): ExchangeView {
  shown(tryAct(action))
  return exchangeNow()
}
function scan(text: string): ExchangeView {
  floor.scan(text)
  return exchangeNow()
}
function be<At extends ExchangeView['at']>(view: ExchangeView, state: At): Extract<ExchangeView, { at: At }> {
  if (view.at !== state) throw new Error(`the exchange is ${view.at}: ${JSON.stringify(view)}`.slice(0, 900))
  return view as Extract<ExchangeView, { at: At }>
}
const begin = () => shown(floor.desk.go('exchange', null))
const sumOf = (list: readonly Record<string, unknown>[]) => list.reduce((sum, row) => sum + Number(row['amount_cents']), 0)

/** Two fresh pieces of one article, and one of another that costs something else. */
function pieces(category = 'audio') {
  const all = floor.fresh(category, 20).map((piece) => ({ ...piece, unit: floor.unit(piece.unitId) }))
  const twins = all.flatMap((one) => all.filter((other) => other !== one && other.unit.product.id === one.unit.product.id).map((other) => [one, other] as const))[0]
  if (!twins) throw new Error(`no two fresh pieces of one article of ${category}`)
  const others = ['watch', 'tablet', 'phone', 'camera'].flatMap((one) => floor.fresh(one, 4)).map((piece) => ({ ...piece, unit: floor.unit(piece.unitId) }))
  // Dearer, and by no more than may go back in cash.
  const dearer = others.find(({ unit }) => unit.price_cents > twins[0].unit.price_cents && unit.price_cents - twins[0].unit.price_cents <= 100_000)
  if (!dearer) throw new Error('no dearer piece')
  return { old: twins[0], twin: twins[1], dearer }
}

/** Reason and condition are said, and the act is done for cash. */
function finish(reason = 'wrong-item', condition: 'new' | 'open-box' = 'open-box'): ExchangeView {
  act({ do: 'give-reason', reason })
  act({ do: 'grade', condition })
  return act({ do: 'settle', tender: 'cash' })
}

describe('an exchange in one document', () => {
  it('P53, P54, P55: shows both side by side, takes the difference, and leaves one paper', () => {
    const { old, dearer } = pieces()
    floor.sell([old.serial])
    begin()
    be(scan(old.serial), 'new')
    const settle = be(scan(dearer.serial), 'settle')
    expect(settle.settlement.difference_cents).toBe(dearer.unit.price_cents - old.unit.price_cents)
    expect(settle.differences.find(({ what }) => what === 'product')?.differs).toBe(true)
    const done = be(finish(), 'done')
    expect(rows('SELECT kind FROM documents WHERE number = ?', done.number)).toEqual([{ kind: 'exchange' }])
    expect(floor.unit(old.unitId).facts.title.is).toBe('returned')
    expect(floor.unit(dearer.unitId).facts).toMatchObject({ title: { is: 'sold' }, custody: { at: 'with-customer' } })
    const [sale] = rows('SELECT id, gross_cents, rounding_cents FROM sales WHERE number = ?', done.number)
    expect(sumOf(rows('SELECT amount_cents FROM tenders WHERE sale_id = ?', String(sale?.['id'])))).toBe(Number(sale?.['gross_cents']))
    const drawer = sumOf(rows("SELECT amount_cents FROM tenders WHERE kind = 'cash'"))
    expect(drawer).toBe(dearer.unit.price_cents)
  })

  it('gives the difference back to the tender that was used where the new piece costs less', () => {
    const { old, dearer } = pieces()
    floor.sell([dearer.serial])
    begin()
    scan(dearer.serial)
    const settle = be(scan(old.serial), 'settle')
    expect(settle.settlement.back?.pays).toEqual([{ kind: 'cash', amount_cents: dearer.unit.price_cents - old.unit.price_cents }])
    be(finish(), 'done')
    expect(sumOf(rows("SELECT amount_cents FROM tenders WHERE kind = 'cash'"))).toBe(old.unit.price_cents)
  })

  it('the same article costs what was paid, whatever it costs today', () => {
    const { old, twin } = pieces()
    floor.sell([old.serial])
    begin()
    scan(old.serial)
    expect(be(scan(twin.serial), 'settle').settlement.difference_cents).toBe(0)
    be(finish(), 'done')
  })

  it('P57: the piece that goes is never the one that came', () => {
    const { old } = pieces()
    floor.sell([old.serial])
    begin()
    scan(old.serial)
    expect(scan(old.serial)).toMatchObject({ at: 'new', notice: { code: 'same-unit' } })
  })

  it('does not give out a piece that may not be sold', () => {
    const { old } = pieces()
    floor.sell([old.serial])
    begin()
    scan(old.serial)
    be(scan(floor.story('recalled')), 'settle')
    act({ do: 'give-reason', reason: 'wrong-item' })
    act({ do: 'grade', condition: 'open-box' })
    expect(act({ do: 'settle', tender: 'cash' }).notice?.code).toBe('may-not-be-sold')
  })

  it('the exchanged piece can be returned later for what the customer has really paid, and no more', () => {
    const { old, dearer } = pieces()
    floor.sell([old.serial])
    begin()
    scan(old.serial)
    scan(dearer.serial)
    finish()
    floor.goReturn()
    const assess = at(floor.scanReturn(dearer.serial), 'assess')
    expect(assess.refund?.amount_cents).toBe(dearer.unit.price_cents)
    expect(assess.refund?.parts.every(({ saleId }) => saleId !== null)).toBe(true)
  })
})

describe('an exchange after the window', () => {
  /** Bought so many days ago; the dearer of two, so that money goes back. */
  function boughtDear(days: number) {
    const { old, dearer } = pieces()
    floor.sell([dearer.serial])
    floor.later(days * DAY_MS)
    floor.enter('cashier')
    begin()
    return { cheap: old, dear: dearer, back_cents: dearer.unit.price_cents - old.unit.price_cents }
  }

  it('follows the rule of goodwill as a return does: somebody with authority says why, and what is over goes back as credit', async () => {
    const { cheap, dear, back_cents } = boughtDear(40)
    expect(be(scan(dear.serial), 'new')).toMatchObject({ mayGoOn: true, verdict: { outcome: 'refuse', findings: { purchase: { reason: 'window-over' } } } })
    const settle = be(scan(cheap.serial), 'settle')
    expect(settle).toMatchObject({ approvalFor: ['late'], settlement: { back: { pays: [{ kind: 'store-credit', amount_cents: back_cents }] } } })
    expect(be(finish(), 'settle').notice?.code).toBe('needs-approval')
    await floor.stepUp('manager', 'approve-return', 'was abroad')
    act({ do: 'approve', note: '' })
    const done = be(act({ do: 'settle', tender: 'cash' }), 'done')
    expect(done.credits).toHaveLength(1)
    expect(rows("SELECT sum(amount_cents) AS out FROM tenders t JOIN returns r ON r.id = t.return_id WHERE t.kind = 'store-credit'")).toEqual([{ out: -back_cents }])
    expect(sumOf(rows("SELECT amount_cents FROM tenders WHERE kind = 'cash'"))).toBe(dear.unit.price_cents)
    expect(rows('SELECT kind, unit_id FROM cases')).toEqual([{ kind: 'after-window', unit_id: dear.unitId }])
    expect(timelineOf(floor.ground, dear.unitId).find(({ kind }) => kind === 'returned')?.params).toMatchObject({ exception: 'after-window' })
  })

  it.each([9, 0])('is refused for good where goodwill ends after %i days', (days) => {
    const { dear } = boughtDear(40)
    const policy = floor.ground.policy()
    const rules = policy.returns.rules ?? CAUTIOUS_RETURN_RULES
    floor.ground.policy = () => ({ ...policy, returns: { ...policy.returns, rules: { ...rules, afterWindow: { days, payAs: 'original' } } } })
    expect(be(scan(dear.serial), 'new').mayGoOn).toBe(false)
    expect(scan(floor.fresh('audio')[0]?.serial ?? '')).toMatchObject({ at: 'new', notice: { code: 'not-to-be-exchanged' } })
  })
})

describe('a replacement', () => {
  it('P60: inherits what is left of the cover, counts the claim, and moves no money', () => {
    const { old, twin } = pieces('audio')
    const receipt = floor.sell([old.serial])
    const before = floor.unit(old.unitId).facts.cover
    begin()
    act({ do: 'choose-kind', kind: 'warranty-swap' })
    scan(old.serial)
    const settle = be(scan(twin.serial), 'settle')
    expect(settle.settlement.difference_cents).toBe(0)
    const done = be(finish('faulty'), 'done')
    const after = floor.unit(twin.unitId).facts
    expect(after.title).toMatchObject({ is: 'sold', purchase: { receiptNumber: receipt } })
    expect(after.cover.map(({ layer, end }) => [layer, end])).toEqual(before.map(({ layer, end }) => [layer, end]))
    expect(after.cover.reduce((sum, layer) => sum + layer.claimsUsed, 0)).toBe(1)
    expect(rows('SELECT amount_cents FROM tenders t JOIN returns r ON r.id = t.return_id')).toEqual([])
    expect(rows('SELECT kind, sale_id FROM exchanges WHERE number = ?', done.number)).toEqual([{ kind: 'warranty-swap', sale_id: null }])
    expect(timelineOf(floor.ground, twin.unitId).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sold', 'exchanged', 'cover-moved']))
  })

  it('5.3: replacement unit returned later: for what was paid for the first one, to its tender, once', () => {
    const { old, twin } = pieces('audio')
    floor.sell([old.serial])
    begin()
    act({ do: 'choose-kind', kind: 'dead-on-arrival' })
    scan(old.serial)
    scan(twin.serial)
    be(finish('dead-on-arrival'), 'done')
    floor.goReturn()
    expect(at(floor.scanReturn(old.serial), 'assess').verdict?.outcome).toBe('refuse')
    floor.return({ do: 'start-over' })
    const assess = at(floor.scanReturn(twin.serial), 'assess')
    expect(assess.refund?.pays).toEqual([{ kind: 'cash', amount_cents: old.unit.price_cents }])
    lookOver(floor)
    at(floor.return({ do: 'refund' }), 'done')
    expect(sumOf(rows("SELECT amount_cents FROM tenders WHERE kind = 'cash'"))).toBe(0)
  })

  it('is over when it has its documents: a late key changes nothing in it', () => {
    const { old, twin } = pieces()
    floor.sell([old.serial])
    begin()
    scan(old.serial)
    scan(twin.serial)
    const done = be(finish(), 'done')
    for (const action of [{ do: 'start-over' }, { do: 'undo' }, { do: 'choose-kind', kind: 'warranty-swap' }] as const)
      expect(tryAct(action)).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    expect(be(scan(twin.serial), 'new').flowId).not.toBe(done.flowId)
  })

  it('is the same article: another one is an exchange', () => {
    const { old, dearer } = pieces()
    floor.sell([old.serial])
    begin()
    act({ do: 'choose-kind', kind: 'warranty-swap' })
    scan(old.serial)
    expect(be(scan(dearer.serial), 'settle').missing).toContain('same-article')
    expect(finish('faulty').notice?.code).toBe('needs-same-article')
  })
})
