import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { KIOSK_START, type KioskState } from '../../../electron/core/flows/kiosk-state.ts'
import { EMPTY_RETURN, type ReturnState } from '../../../electron/core/flows/return-state.ts'
import { hold, saveFlow, type FlowStatus } from '../../../electron/core/store/flows.ts'
import { Errands } from '../../../electron/core/sync/errands.ts'
import { askFor, keepLeases, Leases, type Asks } from '../../../electron/core/sync/leases.ts'
import { emptyFiles } from '../../simulation/empty-files.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'
import { SimHub } from '../../simulation/sim-hub.ts'
import { SimTill } from '../../simulation/sim-till.ts'
import { quickFolder } from '../../support/quick-folder.ts'

const DAY_1 = Date.parse('2026-03-02T08:00:00.000Z')
/** What a counter waits for the centre's answer: longer than any machine takes where it comes, and no time where it does not. */
const BREATH_MS = 20_000
const NO_TIME_MS = 5
const folder = mkdtempSync(join(quickFolder(), 'countermark-refunds-'))
const template = emptyFiles(folder)

/** Something that is on its way until somebody lets it through. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { promise, open: resolve }
}

/** A till with its leases; the way to the centre and the way back may each be stopped, or the line cut. */
interface Counter {
  readonly till: SimTill
  readonly errands: Errands
  readonly leases: Leases
  readonly asks: Asks
  there: Promise<void> | null
  back: Promise<void> | null
  isCut: boolean
}

let hub: SimHub
let close: () => Promise<void>
let now_ms = DAY_1
let one: Counter
let two: Counter

function counter(id: string): Counter {
  const till = new SimTill({ id, storeId: 'north', follows: 'all', dir: join(folder, id), now: () => now_ms, template })
  const errands = new Errands()
  const line = async <T>(ask: () => Promise<T>): Promise<T> => {
    await made.there
    const answer = await ask()
    await made.back
    return answer
  }
  const asks: Asks = {
    claim: (unitId, to) => line(() => hub.claim(till.token, unitId, to)),
    release: (unitId, until) => line(() => hub.release(till.token, unitId, until)),
  }
  const made: Counter = { till, errands, asks, there: null, back: null, isCut: false, leases: new Leases(till.ground, () => (made.isCut ? null : asks), () => undefined, errands) }
  return made
}

async function told({ till }: Counter): Promise<void> {
  const batch = till.batch(100)
  till.takeJournalReply(batch, await hub.journal(till.id, batch, () => false))
}
async function heard({ till }: Counter): Promise<void> {
  const reply = await hub.feed(till.token, till.cursors, till.gen, 500)
  if (reply === null) throw new Error(`${till.id} is outside of the feed`)
  till.takeFeed(reply)
}

/** As the key for the money does it: the last look, and the money where the till's own verdict allows it. */
async function refund({ leases, till, back }: Counter): Promise<boolean> {
  await leases.confirm(['u1'], back === null ? BREATH_MS : NO_TIME_MS)
  return till.takeBack('u1')
}

/** Both tell and hear everything; answers what the centre says of the piece then. */
async function settled(): Promise<{ title: string; cases: string[] }> {
  for (let round = 0; round < 2; round += 1)
    for (const each of [one, two]) {
      await told(each)
      await heard(each)
    }
  const [unit] = await hub.db.query<{ title: string }>("SELECT title FROM unit WHERE id = 'u1'")
  const cases = await hub.db.query<{ kind: string }>("SELECT kind FROM conflict_case WHERE unit_id = 'u1' ORDER BY kind")
  return { title: unit?.title ?? '', cases: cases.map(({ kind }) => kind) }
}

beforeAll(async () => {
  const db = await migratedDatabase()
  close = () => db.close()
  hub = new SimHub(db, () => now_ms)
}, 60_000)
afterAll(async () => {
  await close()
  rmSync(folder, { recursive: true, force: true })
})

/** A piece that was sold at the first till, which both know. */
beforeEach(async () => {
  now_ms = DAY_1
  ;[one, two] = [counter('t1'), counter('t2')]
  // The second piece lies in the other store.
  await hub.reset([one.till, two.till], ['u1', 'u2'])
  for (const { till } of [one, two]) {
    till.token = await hub.signIn(till)
    till.takeFirst(await hub.firstRows(till.token, till.scopes, () => Promise.resolve()), template)
  }
  expect(one.till.sell('u1')).toBe(true)
  await settled()
  now_ms += 60_000
  for (const each of [one, two]) await heard(each)
})
afterEach(async () => {
  for (const { errands, till } of [one, two]) {
    await errands.close()
    till.close()
  }
})

describe.each([['the first', () => [one, two] as const], ['the second', () => [two, one] as const]])('two tills press refund for one piece, %s a moment earlier', (_which, order) => {
  it('and the centre answers in time: one of them gives the money', async () => {
    const [earlier, later] = order()
    expect(await Promise.all([refund(earlier), refund(later)])).toEqual([true, false])
    expect(await settled()).toEqual({ title: 'returned', cases: [] })
  })

  it('and its answer to the earlier one comes late: that one goes by its own books, and the centre has kept the piece for it', async () => {
    const [earlier, later] = order()
    const late = gate()
    earlier.back = late.promise
    const first = refund(earlier)
    expect(await refund(later)).toBe(false)
    expect(await first).toBe(true)
    late.open()
    expect(await settled()).toEqual({ title: 'returned', cases: [] })
  })

  it('and the later one waits for a colleague while its answer comes: what came late is heard, and nothing is risked', async () => {
    const [earlier, later] = order()
    const late = gate()
    later.back = late.promise
    expect(await refund(earlier)).toBe(true)
    await later.leases.confirm(['u1'], NO_TIME_MS)
    late.open()
    await vi.waitFor(() => expect(later.till.may('return', 'u1')).toBe(false))
    expect(later.till.takeBack('u1')).toBe(false)
    expect(await settled()).toEqual({ title: 'returned', cases: [] })
  })

  it('and no answer came to the later one when its money went: both gave it, and that is found', async () => {
    const [earlier, later] = order()
    const late = gate()
    later.back = late.promise
    expect([await refund(earlier), await refund(later)]).toEqual([true, true])
    late.open()
    const { title, cases } = await settled()
    expect({ title, n: cases.length }).toEqual({ title: 'returned', n: 1 })
    expect(['double-refund', 'refund-over-claim']).toContain(cases[0])
  })

  it('and the line of the earlier one is cut: both gave the money, and that is found', async () => {
    const [earlier, later] = order()
    earlier.isCut = true
    expect([await refund(earlier), await refund(later)]).toEqual([true, true])
    earlier.isCut = false
    expect((await settled()).cases).toHaveLength(1)
  })
})

describe('the lease of a piece that is about to be refunded', () => {
  const paying: KioskState['paying'] = {
    attemptId: 'attempt', returnId: 'return', outcome: 'checking', offer: { amount_cents: 1_000, deducted_cents: 0, currency: 'EUR', receiptNumber: 'T1-R000001', ways: ['card'] },
  }
  const atTerminal = (flow: { kind: 'return' | 'kiosk'; status?: FlowStatus; state: Partial<ReturnState> | Partial<KioskState> }): void => {
    const at = one.till.ground.now()
    one.till.ground.store.write((db) =>
      saveFlow(db, { id: 'flow', kind: flow.kind, status: flow.status ?? 'open', name: null, staffId: null, openedAt: at, touchedAt: at, state: { ...(flow.kind === 'kiosk' ? KIOSK_START : EMPTY_RETURN), ...flow.state } }))
  }
  it.each([
    ['at the counter', { kind: 'return', state: { at: 'paying-out', pieces: [{ unitId: 'u1' }] as unknown as ReturnState['pieces'] } }],
    ['at a kiosk, where no cart holds the piece', { kind: 'kiosk', state: { at: 'paying-out', unitId: 'u1', paying } }],
    ['at a kiosk whose customer waits for a colleague', { kind: 'kiosk', state: { at: 'colleague', unitId: 'u1', paying } }],
    ['at a kiosk whose customer has gone', { kind: 'kiosk', status: 'parked', state: { at: 'colleague', unitId: 'u1', paying } }],
  ] as const)('is kept and renewed while the card terminal has it in hand %s, however long it takes', async (_where, flow) => {
    await one.leases.confirm(['u1'], BREATH_MS)
    atTerminal(flow)
    for (let minutes = 0; minutes < 8; minutes += 1) {
      now_ms += 60_000
      await keepLeases(one.till.ground, one.asks)
    }
    expect(await refund(two)).toBe(false)
  })

  it('is not given back by what was seen to when somebody pressed', async () => {
    const { ground } = one.till
    // A piece lay here under a lease, and another one was scanned for a cart: both are to be seen to.
    await askFor(ground, one.asks, 'u1')
    ground.store.write((db) => {
      saveFlow(db, { id: 'cart', kind: 'sale', status: 'open', name: null, state: {}, staffId: null, openedAt: ground.now(), touchedAt: ground.now() })
      hold(db, 'u2', 'cart', '2026-03-03T00:00:00.000Z', ground.now())
    })
    const slow = gate()
    one.there = slow.promise
    one.leases.kick()
    one.there = null
    await one.leases.confirm(['u1'], BREATH_MS)
    slow.open()
    // Everything that was begun is over.
    await one.errands.close()
    expect(one.till.holdsClaim('u2')).toBe(true)
    expect(await refund(two)).toBe(false)
    expect(one.till.takeBack('u1')).toBe(true)
    expect(await settled()).toEqual({ title: 'returned', cases: [] })
  })

  it('is asked for again only after it was given back, where somebody pressed in the middle of that', async () => {
    await askFor(one.till.ground, one.asks, 'u1')
    const slow = gate()
    one.there = slow.promise
    one.leases.kick()
    one.there = null
    const pressed = refund(one)
    slow.open()
    expect(await pressed).toBe(true)
    expect(await refund(two)).toBe(false)
    expect(await settled()).toEqual({ title: 'returned', cases: [] })
  })

  it('that came too late for the money is known all the same, so that it can be given back', async () => {
    const late = gate()
    one.back = late.promise
    expect(await refund(one)).toBe(true)
    late.open()
    await vi.waitFor(() => expect(one.till.holdsClaim('u1')).toBe(true))
    one.back = null
    await settled()
    now_ms += 1_000
    await keepLeases(one.till.ground, one.asks)
    expect(one.till.holdsClaim('u1')).toBe(false)
    expect(await hub.db.query("SELECT until_ms FROM claim WHERE unit_id = 'u1'")).toEqual([{ until_ms: 0 }])
  })
})
