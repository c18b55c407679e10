import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTerminalServer, type TerminalServer } from '../../../native/simulators/terminal/terminal-server.ts'
import { boughtLately, kioskIn, type AtKiosk } from '../../support/core/kiosk.ts'
import { startKioskWithTerminal } from '../../support/core/kiosk-with-terminal.ts'
import { booksIn, temporaryFolder, withDemoMirror, type RunningTill } from '../../support/core/till.ts'
import { withRules } from '../../support/core/with-rules.ts'

let folder: ReturnType<typeof temporaryFolder>
let terminal: TerminalServer
let till: RunningTill
let kiosk: AtKiosk
let leave: () => void
/** Each story brings a piece of its own. */
let brought = -1
let takenBefore = 0

async function open(): Promise<void> {
  ;({ till, kiosk, leave } = await startKioskWithTerminal(folder.path, terminal.address))
}

async function cutPower(): Promise<void> {
  leave()
  await till.end('SIGKILL')
}

/** A till that has just found its terminal asks what its last receipt is: only then can it tell this refund from another. */
async function learnMark(): Promise<void> {
  await cutPower()
  await open()
  await expect.poll(() => books('SELECT receipt FROM terminal_marks'), { timeout: 30_000 }).toHaveLength(1)
}

beforeAll(async () => {
  folder = temporaryFolder()
  withDemoMirror(folder.path)
  withRules(folder.path, (policy) => ({ ...policy, kiosk: { ...policy.kiosk, checksPerHour: 500 } }))
  terminal = await startTerminalServer()
  // A terminal that has been used before: its last receipt is what a till can compare with.
  terminal.terminal.bookByHand(4_200)
  await open()
})

afterAll(async () => {
  leave()
  await till.end()
  await terminal.close()
  folder.remove()
})

beforeEach(() => {
  brought += 1
  takenBefore = terminal.terminal.taken_cents
  terminal.terminal.set({ customer: 'pays', line_ends: 'never', tells_last: true })
})

const givenBack = () => takenBefore - terminal.terminal.taken_cents
const piece = () => boughtLately(folder.path, { tender: 'card', skip: brought })
const books = <Row>(query: string): Row[] => booksIn<Row>(folder.path, query)
const returns = () => books<{ number: string; refund_cents: number; staff_id: string | null }>('SELECT number, refund_cents, staff_id FROM returns ORDER BY number')
const sessionsWithPiece = () => books<{ n: number }>("SELECT count(*) AS n FROM flows WHERE kind = 'kiosk' AND json_extract(state, '$.unitId') IS NOT NULL")[0]?.n

const showing = (at: string) => expect.poll(async () => kioskIn(await kiosk.client.desk.view()).at, { timeout: 30_000, interval: 30 }).toBe(at)

/** A piece is given back, the card gets its money or not, and the terminal cannot say which; the customer goes. */
async function lost(serial: string, line_ends: 'after-booking' | 'before-booking') {
  terminal.terminal.set({ line_ends, tells_last: false })
  await kiosk.begin('return')
  await kiosk.scan(serial)
  const offered = await kiosk.answerAll()
  if (offered.at !== 'confirm') throw new Error(offered.at)
  await kiosk.act({ do: 'refund', as: 'card' })
  await showing('colleague')
  return offered
}

async function openDoor(): Promise<string> {
  const mirror = new Database(join(folder.path, 'mirror.db'), { readonly: true })
  const supervisor = mirror.prepare("SELECT badge, demo_pin AS pin, id FROM staff WHERE role = 'supervisor'").get() as { badge: string; pin: string; id: string }
  mirror.close()
  await kiosk.client.desk.scan({ text: supervisor.badge, via: 'wedge', aim: null })
  await kiosk.client.kiosk.openDoor({ pin: supervisor.pin })
  return supervisor.id
}

/** What the open door shows of a card whose end nobody knows. */
async function cardAtDoor() {
  const { kioskDoor } = await kiosk.client.desk.view()
  return kioskDoor?.at === 'open' ? kioskDoor.card : null
}

async function unknownAtDoor() {
  const card = await cardAtDoor()
  if (card === null) throw new Error('the door knows of no card')
  return card
}

/** One statement in the shop's file while no till runs on it. */
function inShop(statement: string, ...values: string[]): void {
  const db = new Database(join(folder.path, 'shop.db'))
  db.prepare(statement).run(...values)
  db.close()
}

/** What another till tells of a piece that it took back. */
function cameBackElsewhere(unitId: string): void {
  const facts = { custody: { at: 'in-stock', storeId: 'elsewhere', area: 'shelf' }, title: { is: 'ours' }, condition: 'open-box', flags: [], cover: [] }
  inShop('INSERT INTO unit_overlays SELECT ?, max(seq), ? FROM journal WHERE true ON CONFLICT (unit_id) DO UPDATE SET facts = excluded.facts', unitId, JSON.stringify(facts))
}

const settle = async (attemptId: string, paid: boolean) => kiosk.client.kiosk.door({ action: { do: 'settle-card', attemptId, paid } })

describe('a refund to a card at the kiosk whose end nobody knows', () => {
  it('is read off the terminal at the door after the customer has gone, over a power cut: one return, in the colleague’s name', async () => {
    const serial = piece()
    const before = returns().length
    const { amount_cents, unit: { name, serialEnd } } = await lost(serial, 'after-booking')
    await kiosk.act({ do: 'finish' })
    expect(kioskIn(await kiosk.client.desk.view()).at).toBe('start')
    await cutPower()
    await open()
    expect(returns()).toHaveLength(before)

    const supervisorId = await openDoor()
    const card = await unknownAtDoor()
    expect(card).toMatchObject({ amount_cents, isAsking: false, refundFor: { name, serialEnd } })
    expect(card.refundFor?.receiptNumber).not.toBe('')
    await expect(settle('another', true)).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    const settled = await settle(card.attemptId, true)
    expect(settled.kioskDoor).toMatchObject({ card: null })
    expect(returns().slice(before)).toEqual([expect.objectContaining({ refund_cents: amount_cents, staff_id: supervisorId })])
    expect(givenBack()).toBe(amount_cents)
    expect(books('SELECT * FROM payments_open')).toEqual([])
    expect(sessionsWithPiece()).toBe(0)
    await expect(settle(card.attemptId, true)).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
    await kiosk.client.kiosk.door({ action: { do: 'shut' } })
  }, 120_000)

  it('goes on as not given back: no return, and the piece may be brought again', async () => {
    const serial = piece()
    const before = returns().length
    await lost(serial, 'before-booking')
    await kiosk.act({ do: 'finish' })
    await openDoor()
    await settle((await unknownAtDoor()).attemptId, false)
    await kiosk.client.kiosk.door({ action: { do: 'shut' } })
    expect(returns()).toHaveLength(before)
    expect(givenBack()).toBe(0)
    terminal.terminal.set({ line_ends: 'never', tells_last: true })
    await kiosk.giveBack(serial, 'card')
    await showing('done')
    expect(returns()).toHaveLength(before + 1)
  })

  it('is not paid a second time to who brings the piece again meanwhile', async () => {
    const serial = piece()
    await lost(serial, 'after-booking')
    await kiosk.begin('return')
    expect((await kiosk.scan(serial)).at).toBe('colleague')
    expect(books<{ why: string }>("SELECT json_extract(body, '$.why') AS why FROM hand_overs ORDER BY at DESC, id DESC LIMIT 1")).toEqual([{ why: 'card-unknown' }])
    await openDoor()
    await settle((await unknownAtDoor()).attemptId, true)
    await kiosk.client.kiosk.door({ action: { do: 'shut' } })
    await kiosk.begin('return')
    expect((await kiosk.scan(serial)).at).toBe('colleague')
    expect(givenBack()).toBe(returns().at(-1)?.refund_cents)
  })

  it('is asked about once more from the door, and the customer who still stands there sees that the money is back', async () => {
    const before = returns().length
    const { amount_cents } = await lost(piece(), 'after-booking')
    await openDoor()
    const { attemptId } = await unknownAtDoor()
    await kiosk.client.kiosk.door({ action: { do: 'ask-terminal-again', attemptId } })
    // The terminal still cannot say it: the word is with the colleague again, and nobody is called a second time.
    await expect.poll(cardAtDoor, { timeout: 30_000 }).toMatchObject({ attemptId, isAsking: false })
    expect(kioskIn(await kiosk.client.desk.view()).at).toBe('colleague')
    await settle(attemptId, true)
    expect(kioskIn(await kiosk.client.desk.view())).toMatchObject({ at: 'done', amount_cents, to: 'card' })
    await kiosk.client.kiosk.door({ action: { do: 'shut' } })
    await kiosk.act({ do: 'finish' })
    expect(returns()).toHaveLength(before + 1)
    expect(sessionsWithPiece()).toBe(0)
  })

  it.each([
    { was: 'paid', line_ends: 'after-booking', times: 1 },
    { was: 'not paid', line_ends: 'before-booking', times: 0 },
  ] as const)('is settled by the terminal itself where it can say it when it is asked again: $was', async ({ line_ends, times }) => {
    await learnMark()
    const before = returns().length
    const { amount_cents } = await lost(piece(), line_ends)
    await kiosk.act({ do: 'finish' })
    await openDoor()
    const { attemptId } = await unknownAtDoor()
    terminal.terminal.set({ line_ends: 'never', tells_last: true })
    await kiosk.client.kiosk.door({ action: { do: 'ask-terminal-again', attemptId } })
    await expect.poll(cardAtDoor, { timeout: 30_000 }).toBeNull()
    await kiosk.client.kiosk.door({ action: { do: 'shut' } })
    expect(returns().slice(before).map(({ refund_cents }) => refund_cents)).toEqual(Array(times).fill(amount_cents))
    expect(givenBack()).toBe(times * amount_cents)
    expect(sessionsWithPiece()).toBe(0)
    expect(books('SELECT * FROM payments_open')).toEqual([])
  }, 120_000)

  it('becomes a case where the card has its money and the piece came back elsewhere meanwhile: no second return', async () => {
    const before = returns().length
    const { amount_cents } = await lost(piece(), 'after-booking')
    await kiosk.act({ do: 'finish' })
    const [session] = books<{ unitId: string }>("SELECT json_extract(state, '$.unitId') AS unitId FROM flows WHERE status = 'parked'")
    await cutPower()
    cameBackElsewhere(session?.unitId ?? '')
    await open()
    await openDoor()
    await settle((await unknownAtDoor()).attemptId, true)
    expect(await cardAtDoor()).toBeNull()
    await kiosk.client.kiosk.door({ action: { do: 'shut' } })
    expect(books("SELECT unit_id AS unitId FROM cases WHERE kind = 'card-refund'")).toEqual([session])
    expect(returns()).toHaveLength(before)
    expect(givenBack()).toBe(amount_cents)
    expect(sessionsWithPiece()).toBe(0)
  }, 120_000)

  it('that was left behind by a session nobody knows any more is settled all the same, as a case', async () => {
    const cases = () => books("SELECT id FROM cases WHERE kind = 'card-refund'").length
    const before = { returns: returns().length, cases: cases() }
    for (const paid of [false, true]) {
      await lost(piece(), 'after-booking')
      await kiosk.act({ do: 'finish' })
      await cutPower()
      inShop("UPDATE flows SET status = 'done', state = json_set(state, '$.at', 'start', '$.unitId', NULL, '$.paying', NULL) WHERE status = 'parked'")
      await open()
      await openDoor()
      await settle((await unknownAtDoor()).attemptId, paid)
      expect(await cardAtDoor()).toBeNull()
      await kiosk.client.kiosk.door({ action: { do: 'shut' } })
      brought += 1
    }
    expect({ returns: returns().length, cases: cases() }).toEqual({ returns: before.returns, cases: before.cases + 1 })
  }, 120_000)

  it('is written once where the power was cut between the terminal’s approval and the row', async () => {
    await learnMark()
    const before = returns().length
    const booked = terminal.terminal.books.length
    terminal.terminal.set({ slow_ms: 150 })
    await kiosk.giveBack(piece(), 'card')
    await expect.poll(() => terminal.terminal.books.length, { timeout: 30_000, interval: 10 }).toBe(booked + 1)
    await cutPower()
    terminal.terminal.set({ slow_ms: 0 })
    await open()
    await showing('done')
    expect(returns().slice(before).map(({ refund_cents }) => refund_cents)).toEqual([givenBack()])
    expect(terminal.terminal.books).toHaveLength(booked + 1)
    await kiosk.act({ do: 'finish' })
  }, 120_000)
})
