import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ExchangeAction, ExchangeView } from '../../../contract/exchange-view.ts'
import { tellFlow } from '../../../electron/core/desk/tell-flow.ts'
import { parseTerminal } from '../../../electron/core/devices/device-settings.ts'
import { attemptOf, openAttempts } from '../../../electron/core/payments/attempts.ts'
import { Payments } from '../../../electron/core/payments/payments.ts'
import { actExchange } from '../../../electron/core/returns/run-exchange.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { systemClock } from '../../../native/clock.ts'
import { startTerminalServer, type TerminalServer } from '../../../native/simulators/terminal/terminal-server.ts'
import { ShopFloor, shown } from '../../support/core/shop-floor.ts'

let terminal: TerminalServer
let floor: ShopFloor
let payments: Payments | null

beforeEach(async () => {
  terminal = await startTerminalServer()
  payments = null
  floor = new ShopFloor('counter', 'T1', { terminal: () => payments?.link() ?? null, afterWrite: () => payments?.kick() })
  floor.enter('manager')
})
afterEach(async () => {
  await payments?.close()
  floor.close()
  await terminal.close()
})

/** From now on the terminal stands at this till. */
async function plugIn(): Promise<void> {
  const setting = parseTerminal(terminal.address)
  if (typeof setting === 'string') throw new Error(setting)
  payments = new Payments({ ground: floor.ground, desk: floor.desk, clock: systemClock, setting, canForget: true, tell: tellFlow })
  await expect.poll(() => payments?.machine.devices()[0]?.state).toBe('ready')
}

const rows = (text: string, ...values: string[]) => sql(floor.ground.store.reading, text).all(...values) as Record<string, unknown>[]

function now(): ExchangeView {
  const { front } = floor.desk.view()
  if (front.screen !== 'exchange') throw new Error(`in front is ${front.screen}`)
  return front.exchange
}
const tryAct = (action: ExchangeAction) => floor.desk.act(now().flowId, (deed) => actExchange(deed, action))
function act(action: ExchangeAction): ExchangeView {
  shown(tryAct(action))
  return now()
}
function be<At extends ExchangeView['at']>(view: ExchangeView, state: At): Extract<ExchangeView, { at: At }> {
  if (view.at !== state) throw new Error(`the exchange is ${view.at}: ${JSON.stringify(view)}`.slice(0, 900))
  return view as Extract<ExchangeView, { at: At }>
}
const until = (at: ExchangeView['at']) => expect.poll(() => now().at, { interval: 20 }).toBe(at)

/** A cheap piece and a dear one, both fresh. */
function pair() {
  const all = ['audio', 'watch', 'tablet', 'camera'].flatMap((category) => floor.fresh(category, 4))
    .map((piece) => ({ ...piece, unit: floor.unit(piece.unitId) }))
    .sort((a, b) => a.unit.price_cents - b.unit.price_cents)
  const cheap = all[0]
  const dear = all.find(({ unit }) => cheap !== undefined && unit.price_cents > cheap.unit.price_cents)
  if (!cheap || !dear) throw new Error('no two prices')
  return { cheap, dear, difference: dear.unit.price_cents - cheap.unit.price_cents }
}

/** Both pieces lie there, reason and condition are said; whoever has to approve has done so. */
function layDown(oldSerial: string, newSerial: string): void {
  shown(floor.desk.go('exchange', null))
  floor.scan(oldSerial)
  floor.scan(newSerial)
  act({ do: 'give-reason', reason: 'wrong-item' })
  const settle = be(act({ do: 'grade', condition: 'open-box' }), 'settle')
  if (settle.missing.includes('approval')) act({ do: 'approve', note: 'good customer' })
}

describe('the difference of an exchange at the card terminal', () => {
  it('is charged over its line: a row before it is asked, and nothing is written before it is paid', async () => {
    const { cheap, dear, difference } = pair()
    floor.sell([cheap.serial])
    await plugIn()
    terminal.terminal.set({ slow_ms: 60 })
    layDown(cheap.serial, dear.serial)
    const paying = be(act({ do: 'settle', tender: 'card' }), 'paying')
    expect(paying).toMatchObject({ way: 'charge', by: 'line', outcome: 'asked', amount_cents: difference })
    expect([openAttempts(floor.ground.store.reading)[0]?.state, terminal.terminal.taken_cents]).toEqual(['asked', 0])
    expect(rows('SELECT id FROM exchanges')).toEqual([])
    await until('done')
    expect(terminal.terminal.taken_cents).toBe(difference)
    const done = be(now(), 'done')
    const tenders = rows('SELECT t.kind, t.amount_cents FROM tenders t JOIN sales s ON s.id = t.sale_id WHERE s.number = ? ORDER BY t.kind', done.number)
    expect(tenders).toContainEqual({ kind: 'card', amount_cents: difference })
    expect(floor.unit(dear.unitId).facts.title.is).toBe('sold')
  })

  it('goes back over its line to the card that paid, as a refund of this very return', async () => {
    const { cheap, dear, difference } = pair()
    floor.sell([dear.serial], dear.unit.price_cents)
    await plugIn()
    layDown(dear.serial, cheap.serial)
    expect(be(act({ do: 'settle', tender: 'cash' }), 'paying')).toMatchObject({ way: 'refund', amount_cents: difference })
    await until('done')
    expect(terminal.terminal.taken_cents).toBe(-difference)
    const [refund] = rows('SELECT r.attempt_id, r.of_attempt, e.id AS exchange FROM refund_attempts r LEFT JOIN exchanges e ON e.return_id = r.return_id')
    expect(refund?.['exchange']).toBeTypeOf('string')
    expect(refund?.['of_attempt']).toBeTypeOf('string')
    expect(attemptOf(floor.ground.store.reading, String(refund?.['attempt_id'])).state).toBe('approved')
  })

  it('where the card is declined both pieces stay where they were, and it is paid in cash instead', async () => {
    const { cheap, dear } = pair()
    floor.sell([cheap.serial])
    await plugIn()
    terminal.terminal.set({ customer: 'is-declined' })
    layDown(cheap.serial, dear.serial)
    act({ do: 'settle', tender: 'card' })
    await until('settle')
    expect(now().notice?.code).toBe('card-declined')
    expect([floor.unit(cheap.unitId).facts.title.is, floor.unit(dear.unitId).facts.title.is]).toEqual(['sold', 'ours'])
    be(act({ do: 'settle', tender: 'cash' }), 'done')
    expect(terminal.terminal.taken_cents).toBe(0)
  })

  it('nothing else is done to the exchange while the customer holds up the card', async () => {
    const { cheap, dear } = pair()
    floor.sell([cheap.serial])
    await plugIn()
    terminal.terminal.set({ customer: 'walks-away', patience_ms: 60_000 })
    layDown(cheap.serial, dear.serial)
    be(act({ do: 'settle', tender: 'card' }), 'paying')
    for (const action of [{ do: 'start-over' }, { do: 'undo' }, { do: 'settle', tender: 'cash' }, { do: 'choose-kind', kind: 'warranty-swap' }] as const)
      expect(tryAct(action)).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    expect(floor.desk.scan({ text: floor.story('fresh-phone'), aim: null })).toMatchObject({ ok: false, fault: { code: 'money-first' } })
    // The terminal is asked for its card first: what was never asked cannot be called off.
    await expect.poll(() => be(now(), 'paying').progress, { interval: 20 }).not.toBeNull()
    act({ do: 'cancel-terminal' })
    await until('settle')
    expect(now().notice?.code).toBe('card-cancelled')
  })

  it('a piece that is recalled while the customer pays does not leave: the money goes back to the card', async () => {
    const { cheap, dear } = pair()
    floor.sell([cheap.serial])
    await plugIn()
    terminal.terminal.set({ slow_ms: 60 })
    layDown(cheap.serial, dear.serial)
    be(act({ do: 'settle', tender: 'card' }), 'paying')
    floor.recall(dear.serial, dear.unit.product.id)
    await until('settle')
    expect(now().notice?.code).toBe('may-not-be-sold')
    await expect.poll(() => [openAttempts(floor.ground.store.reading).length, terminal.terminal.taken_cents]).toEqual([0, 0])
    expect(rows('SELECT id FROM exchanges')).toEqual([])
  })

  it('is taken by the clerk’s word where he did it beside the till with its code', async () => {
    const { cheap, dear, difference } = pair()
    floor.sell([cheap.serial])
    await plugIn()
    layDown(cheap.serial, dear.serial)
    be(act({ do: 'settle', tender: 'card', approvalCode: 'A77' }), 'done')
    expect(terminal.terminal.taken_cents).toBe(0)
    expect(rows("SELECT amount_cents FROM payment_attempts WHERE terminal = 'beside'")).toContainEqual({ amount_cents: difference })
  })
})
