import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../native/clock.ts'
import type { TerminalServer } from '../../../native/simulators/terminal/terminal-server.ts'
import { startTerminalServer } from '../../../native/simulators/terminal/terminal-server.ts'
import type { PaymentTerminal, TerminalProgress } from '../../../native/terminals/payment-terminal.ts'
import { zvtTerminal } from '../../../native/terminals/zvt-terminal.ts'

const EUR = (amount_cents: number) => ({ amount_cents, currency: 'EUR' })

describe('a card terminal on the shop’s net', () => {
  let server: TerminalServer
  let terminal: PaymentTerminal

  beforeEach(async () => {
    server = await startTerminalServer()
    terminal = zvtTerminal(
      { host: '127.0.0.1', port: server.port, currency: 'EUR', watch_ms: 50, patience: { acknowledge_ms: 1_500, silence_ms: 2_500 } },
      systemClock,
    )
  })
  afterEach(async () => {
    await terminal.close()
    await server.close()
  })

  it('says that it is ready before anybody pays', async () => {
    await expect.poll(() => terminal.report().condition).toBe('ready')
    expect(await terminal.status()).toMatchObject({ condition: 'ready' })
    expect(terminal.address).toBe(server.address)
  })

  it('is paid with, telling what the customer is to do, and the slip has no card number', async () => {
    const seen: TerminalProgress[] = []
    const paid = await terminal.pay(EUR(1_999), (progress) => seen.push(progress))
    expect(paid).toMatchObject({ outcome: 'approved', details: { amount_cents: 1_999, receipt: 470, cardEnd: '4771' } })
    expect(seen).toEqual(['insert-card', 'enter-pin', 'asking-bank'])
    expect(JSON.stringify(paid)).toContain('************4771')
    expect(JSON.stringify(paid)).not.toContain('541333')
    expect(server.terminal.taken_cents).toBe(1_999)
  })

  it.each([
    ['is-declined', 'declined'], ['cancels', 'cancelled'], ['walks-away', 'cancelled'],
  ] as const)('a customer who %s has not paid', async (customer, code) => {
    server.terminal.set({ customer })
    expect(await terminal.pay(EUR(500))).toMatchObject({ outcome: 'declined', code })
    expect(server.terminal.taken_cents).toBe(0)
  })

  it.each([
    ['at-request', false], ['before-booking', false], ['after-booking', true], ['after-result', true],
  ] as const)('line lost %s: nobody knows, and the terminal says it when asked', async (line_ends, booked) => {
    await terminal.pay(EUR(100))
    server.terminal.set({ line_ends })
    expect(await terminal.pay(EUR(700))).toEqual({ outcome: 'unknown', why: 'lost' })
    server.terminal.set({ line_ends: 'never' })
    const last = await terminal.lastResult()
    expect(last).toMatchObject({ told: true, approved: true, details: { amount_cents: booked ? 700 : 100 } })
    expect(server.terminal.books).toHaveLength(booked ? 2 : 1)
  })

  it('does not know what a terminal did that answers nothing, and asks it nothing on the same line', async () => {
    await expect.poll(() => terminal.report().condition).toBe('ready')
    server.terminal.set({ deaf: true })
    expect(await terminal.pay(EUR(500))).toEqual({ outcome: 'unknown', why: 'silent' })
    server.terminal.set({ deaf: false })
    expect(await terminal.pay(EUR(500))).toMatchObject({ outcome: 'approved' })
    expect(server.terminal.heard.filter((command) => command.kind === 'register').length).toBeGreaterThan(1)
  })

  it('takes the next payment also when it was looked for while it heard nothing', async () => {
    await expect.poll(() => terminal.report().condition).toBe('ready')
    server.terminal.set({ deaf: true })
    const registered = () => server.terminal.heard.filter((command) => command.kind === 'register').length
    const before = registered()
    expect(await terminal.pay(EUR(500))).toEqual({ outcome: 'unknown', why: 'silent' })
    // The watch has opened a line again and logs on, and the terminal still hears nothing.
    await expect.poll(registered).toBeGreaterThan(before)
    server.terminal.set({ deaf: false })
    expect(await terminal.pay(EUR(500))).toMatchObject({ outcome: 'approved' })
    expect(server.terminal.heard.filter((command) => command.kind === 'pay')).toHaveLength(2)
    expect(server.terminal.taken_cents).toBe(500)
  })

  it('reads the same from a slow line that cuts every message to single bytes', async () => {
    server.cutInto(1)
    server.terminal.set({ slow_ms: 5, prints: 'block' })
    const paid = await terminal.pay(EUR(1_234))
    if (paid.outcome !== 'approved') throw new Error(paid.outcome)
    expect(new Set(paid.slip.map((line) => line.copy))).toEqual(new Set(['merchant', 'customer']))
  })

  it('takes a payment back by its receipt, and says when that was done before', async () => {
    const paid = await terminal.pay(EUR(900))
    const receipt = paid.outcome === 'approved' ? (paid.details.receipt ?? 0) : 0
    expect(await terminal.reverse(receipt)).toMatchObject({ outcome: 'approved' })
    expect(await terminal.reverse(receipt)).toMatchObject({ outcome: 'declined', code: 'already-reversed' })
    expect(await terminal.reverse(1)).toMatchObject({ outcome: 'declined', code: 'no-such-receipt' })
    expect(server.terminal.taken_cents).toBe(0)
  })

  it('gives money back and ends the day', async () => {
    expect(await terminal.refund(EUR(300))).toMatchObject({ outcome: 'approved' })
    expect(await terminal.endOfDay()).toMatchObject({ outcome: 'approved', slip: [{ text: '** KASSENSCHNITT **' }] })
    expect(server.terminal.taken_cents).toBe(-300)
  })

  it('does one thing at a time: two clicks at once are one payment', async () => {
    const [first, second] = await Promise.all([terminal.pay(EUR(800)), terminal.pay(EUR(800))])
    expect(first.outcome).toBe('approved')
    expect(second).toMatchObject({ outcome: 'declined', code: 'busy' })
    expect(server.terminal.taken_cents).toBe(800)
  })

  it('ends a payment that the clerk calls off', async () => {
    server.terminal.set({ customer: 'walks-away', patience_ms: 60_000 })
    const paying = terminal.pay(EUR(800), () => setTimeout(() => terminal.cancel(), 20))
    expect(await paying).toMatchObject({ outcome: 'declined', code: 'cancelled' })
  })

  it('sends nothing to a terminal that does not let it in, in another currency, or beyond its digits', async () => {
    expect(await terminal.pay({ amount_cents: 1, currency: 'USD' })).toMatchObject({ code: 'wrong-currency' })
    expect(await terminal.pay(EUR(0))).toMatchObject({ outcome: 'declined', code: 'limit' })
    server.cutLine()
    server.terminal.set({ registers: false })
    await expect.poll(() => terminal.report().condition).toBe('not-registered')
    expect(await terminal.pay(EUR(1))).toMatchObject({ outcome: 'declined', code: 'not-registered' })
    expect(server.terminal.books).toEqual([])
  })

  it('says that it is away, and is there again by itself', async () => {
    const { port } = server
    await server.close()
    await expect.poll(() => terminal.report().condition).toBe('refused')
    expect(await terminal.pay(EUR(1))).toMatchObject({ outcome: 'declined', code: 'not-reached' })
    server = await startTerminalServer({ port })
    await expect.poll(() => terminal.report().condition).toBe('ready')
  })

  it('has nothing to say of the last payment where the terminal cannot', async () => {
    server.terminal.set({ tells_last: false })
    expect(await terminal.lastResult()).toMatchObject({ told: false })
    await terminal.close()
    expect(await terminal.lastResult()).toMatchObject({ told: false, why: 'not-reached' })
  })
})
