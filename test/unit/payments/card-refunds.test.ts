import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeDemoMirror, DEMO_SEED } from '../../../electron/core/demo/make-demo-mirror.ts'
import { Desk } from '../../../electron/core/desk/desk.ts'
import { ViewFeed } from '../../../electron/core/desk/view-feed.ts'
import { parseTerminal } from '../../../electron/core/devices/device-settings.ts'
import type { Deed } from '../../../electron/core/flows/deed.ts'
import type { TerminalSaid } from '../../../electron/core/flows/sale-state.ts'
import type { Ground } from '../../../electron/core/ground.ts'
import { openGround } from '../../../electron/core/open-ground.ts'
import { readOptions, type CoreOptions } from '../../../electron/core/options.ts'
import { attemptOf } from '../../../electron/core/payments/attempts.ts'
import {
  askRefund, askRefundAgain, cancelRefund, keepRefundBeside, readRefund, refundsOf,
} from '../../../electron/core/payments/card-refunds.ts'
import { lastDayEnd } from '../../../electron/core/payments/day-ends.ts'
import { Payments } from '../../../electron/core/payments/payments.ts'
import { saveFlow } from '../../../electron/core/store/flows.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { systemClock } from '../../../native/clock.ts'
import { startTerminalServer, type TerminalServer } from '../../../native/simulators/terminal/terminal-server.ts'
import { recordAttempt, recordStep } from '../../../electron/core/payments/attempts.ts'
import { NO_MACHINES } from '../../support/core/no-machines.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
const FLOW = '01900000-0000-7000-8000-000000000001'
const PAID_FLOW = '01900000-0000-7000-8000-000000000002'
const RETURN = '01900000-0000-7000-8000-0000000000aa'

let folder: string
let terminal: TerminalServer
let ground: Ground
let desk: Desk
let payments: Payments
/** What a return was told, in its order; `waits` false: it has been dropped in between. */
let told: TerminalSaid['said'][]
let waits: boolean

function open(setting = terminal.address): void {
  const options = readOptions(['--data', folder]) as CoreOptions
  ground = openGround(options, MIGRATIONS, systemClock, true)
  const around = { ...NO_MACHINES, terminal: () => payments?.link() ?? null, afterWrite: () => payments?.kick() }
  desk = new Desk(ground, around, new ViewFeed(systemClock.now()))
  const parsed = parseTerminal(setting)
  if (typeof parsed === 'string') throw new Error(parsed)
  payments = new Payments({
    ground, desk, clock: systemClock, setting: parsed, canForget: true,
    tell: (_deed, said) => {
      if (!waits) return refused('no-such-flow')
      told.push(said.said)
      return ok(null)
    },
  })
  payments.resume()
}

async function shut(): Promise<void> {
  await payments.close()
  ground.store.close()
  ground.mirror.close()
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-refunds-'))
  makeDemoMirror(join(folder, 'mirror.db'), join(MIGRATIONS, 'mirror'), { seed: DEMO_SEED, units: 400, now: new Date().toISOString() })
  terminal = await startTerminalServer()
  told = []
  waits = true
  open()
  for (const id of [FLOW, PAID_FLOW]) {
    const now = ground.now()
    ground.store.write((db) => saveFlow(db, { id, kind: id === FLOW ? 'return' : 'sale', status: 'open', name: null, state: {}, staffId: null, openedAt: now, touchedAt: now }))
  }
  await ready()
})

afterEach(async () => {
  await shut()
  await terminal.close()
  rmSync(folder, { recursive: true, force: true })
})

const ready = () => expect.poll(() => payments.machine.devices()[0]?.state).toBe('ready')
const end = () => expect.poll(() => told.at(-1)?.is ?? 'nothing', { interval: 20 })
const taken = () => terminal.terminal.taken_cents

/** One step of the return, as its flow makes it. */
function step<Value>(act: (deed: Deed) => Result<Value>): Value {
  const done = desk.turn(FLOW, act)
  if (!done.ok) throw new Error(done.fault.code)
  return done.value
}
const ask = (amount_cents: number, payment: string | null = null) => step((deed) => askRefund(deed, { returnId: RETURN, amount_cents, payment }))

/** The customer paid this by card at this very terminal, a while ago. */
function paidBefore(amount_cents: number): string {
  terminal.terminal.bookByHand(amount_cents)
  const receipt = terminal.terminal.books.at(-1)!.receipt
  const id = ground.newId()
  ground.store.write((db) => {
    recordAttempt(db, {
      id, flowId: PAID_FLOW, amount_cents, currency: 'EUR', terminal: terminal.address, byHand: false, staffId: 's', staffName: 'Ada', at: ground.now(),
    })
    recordStep(db, attemptOf(db, id), { state: 'approved', at: ground.now(), saidBy: 'terminal', receipt })
  })
  return id
}

describe('money that goes back to a card', () => {
  it('is a row before the terminal is asked, and the return hears when it is done', async () => {
    terminal.terminal.set({ slow_ms: 60 })
    const { attemptId, way } = ask(2_500)
    expect(way).toBe('refund')
    expect(attemptOf(ground.store.reading, attemptId)).toMatchObject({ state: 'asked', amount_cents: 2_500, return_id: RETURN })
    await end().toBe('paid')
    expect(taken()).toBe(-2_500)
    expect(refundsOf(ground.store.reading, RETURN)).toMatchObject([{ attemptId, state: 'approved', amount_cents: 2_500, by: 'line' }])
    expect(told).toHaveLength(1)
  })

  it('takes a whole payment of today back by its receipt, without the card', async () => {
    const payment = paidBefore(9_900)
    expect(ask(9_900, payment).way).toBe('reverse')
    await end().toBe('paid')
    expect(terminal.terminal.books.at(-1)).toMatchObject({ kind: 'reversal', amount_cents: 9_900 })
    expect(taken()).toBe(0)
  })

  it('gives a part of it, and anything after the end of day, to a card that is held up', async () => {
    const payment = paidBefore(9_900)
    expect(ask(4_000, payment).way).toBe('refund')
    await end().toBe('paid')
    const second = paidBefore(5_000)
    expect(await payments.endOfDay()).toMatchObject({ ok: true })
    expect(lastDayEnd(ground.store.reading, terminal.address)).toMatchObject({ outcome: 'done' })
    expect(ask(5_000, second).way).toBe('refund')
    await end().toBe('paid')
  })

  it('never gives back more than was paid, not even while nobody knows the end of the first', async () => {
    const payment = paidBefore(9_900)
    expect(() => ask(9_901, payment)).toThrow('amount-out-of-range')
    for (const wrong of [0, -1, 0.5, Number.NaN]) expect(() => ask(wrong)).toThrow('amount-out-of-range')
    ask(9_000, payment)
    expect(() => ask(900, payment)).toThrow('not-in-this-state')
    await end().toBe('paid')
    expect(() => ask(901, payment)).toThrow('amount-out-of-range')
  })

  it('asks for the card where the terminal cannot take the payment back any more', async () => {
    const payment = paidBefore(9_900)
    terminal.terminal.set({ refuses: true })
    expect(ask(9_900, payment).way).toBe('reverse')
    await end().toBe('not-paid')
    terminal.terminal.set({ refuses: false })
    expect(ask(9_900, payment).way).toBe('refund')
    await end().toBe('paid')
    expect(taken()).toBe(0)
  })
})

describe('a line that is lost in the middle of a refund', () => {
  it('after the booking: the terminal is asked what became of it, and nothing is given twice', async () => {
    terminal.terminal.bookByHand(100)
    await payments.ask('last')
    ground.store.write((db) => sql(db, 'INSERT OR REPLACE INTO terminal_marks VALUES (?, ?, ?)').run(terminal.address, terminal.terminal.books.at(-1)!.receipt, ground.now()))
    terminal.terminal.set({ line_ends: 'after-booking' })
    ask(2_500)
    await end().toBe('paid')
    expect(terminal.terminal.heard.filter((command) => command.kind === 'refund')).toHaveLength(1)
    expect(taken()).toBe(100 - 2_500)
  })

  it('where the terminal cannot say: the clerk looks, asks again, and decides', async () => {
    terminal.terminal.set({ line_ends: 'after-booking', tells_last: false })
    const { attemptId } = ask(2_500)
    await end().toBe('unknown')
    step((deed) => askRefundAgain(deed, attemptId))
    await expect.poll(() => attemptOf(ground.store.reading, attemptId).state).toBe('unknown')
    expect(step((deed) => readRefund(deed, attemptId, { paid: true, code: null }))).toBe('paid')
    expect(attemptOf(ground.store.reading, attemptId).state).toBe('approved')
    expect(() => step((deed) => readRefund(deed, attemptId, { paid: false, code: null }))).toThrow('not-in-this-state')
    expect(terminal.terminal.heard.filter((command) => command.kind === 'refund')).toHaveLength(1)
  })

  it('a till that went down meanwhile asks at the next start, and never for the money again', async () => {
    terminal.terminal.bookByHand(100)
    ground.store.write((db) => sql(db, 'INSERT OR REPLACE INTO terminal_marks VALUES (?, ?, ?)').run(terminal.address, terminal.terminal.books.at(-1)!.receipt, ground.now()))
    terminal.terminal.set({ slow_ms: 80 })
    ask(2_500)
    await expect.poll(() => terminal.terminal.books.at(-1)?.kind, { interval: 5 }).toBe('refund')
    await shut()
    terminal.terminal.set({ slow_ms: 0 })
    open()
    await end().toBe('paid')
    expect(terminal.terminal.heard.filter((command) => command.kind === 'refund')).toHaveLength(1)
  })

  it('money that went back for a return nobody waits for becomes a case with an alarm', async () => {
    terminal.terminal.set({ slow_ms: 40 })
    waits = false
    ask(2_500)
    await expect.poll(() => desk.view().alarm?.code).toBe('card-refund-stray')
    expect(sql(ground.store.reading, 'SELECT kind FROM cases').all()).toEqual([{ kind: 'card-refund' }])
  })
})

describe('a customer, a clerk, another terminal', () => {
  it('the refund can be called off while the card is not there yet', async () => {
    terminal.terminal.set({ customer: 'walks-away', patience_ms: 60_000 })
    const { attemptId } = ask(2_500)
    await expect.poll(() => payments.link()?.progress).toBe('insert-card')
    step((deed) => cancelRefund(deed, attemptId))
    await end().toBe('not-paid')
    expect(told.at(-1)).toMatchObject({ why: 'cancelled' })
  })

  it('on a stand-alone terminal the clerk’s word is what the return hears', async () => {
    await shut()
    open('manual')
    const { attemptId, by } = ask(2_500)
    expect(by).toBe('hand')
    await expect.poll(() => step((deed) => readRefund(deed, attemptId, { paid: true, code: '0815' }))).toBe('told')
    await end().toBe('paid')
  })

  it('beside the till it is booked with its code', () => {
    const { attemptId } = step((deed) => keepRefundBeside(deed, { returnId: RETURN, amount_cents: 700, payment: null }, 'A1'))
    expect(refundsOf(ground.store.reading, RETURN)).toMatchObject([{ attemptId, state: 'approved', by: 'hand', amount_cents: 700 }])
  })

  it('the terminal stays until the refund is at its end', async () => {
    terminal.terminal.set({ customer: 'walks-away', patience_ms: 400 })
    ask(2_500)
    expect(await payments.change(null)).toMatchObject({ ok: false, fault: { code: 'open-work' } })
    expect(await payments.endOfDay()).toMatchObject({ ok: false, fault: { code: 'open-work' } })
    await end().toBe('not-paid')
    expect(await payments.change(null)).toMatchObject({ ok: true })
    expect(() => ask(2_500)).toThrow('no-such-device')
  })
})
