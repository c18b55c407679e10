import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { CountDifferences, CountScope, CountSaid, CountView } from '../../../contract/counting-view.ts'
import type { Result } from '../../../contract/fault.ts'
import { CountingDesk } from '../../../electron/core/counting/counting-desk.ts'
import { Desk } from '../../../electron/core/desk/desk.ts'
import { ViewFeed } from '../../../electron/core/desk/view-feed.ts'
import { beginSession } from '../../../electron/core/people/session.ts'
import { personOf, staffOf } from '../../../electron/core/people/staff.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { forgetSightings } from '../../../hub/sync/counts.ts'
import { emptyFiles } from '../../simulation/empty-files.ts'
import { NO_MACHINES } from '../../support/core/no-machines.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'
import { SimHub } from '../../simulation/sim-hub.ts'
import { SimTill } from '../../simulation/sim-till.ts'
import { quickFolder } from '../../support/quick-folder.ts'

const ALL: CountScope = { area: null, category: null, sample: null, blind: false }
/** What stands in the store that is counted; every second piece of the shop is in the other one. */
const HERE = ['u0', 'u2', 'u4', 'u6', 'u8', 'u10']
const SHOP = Array.from({ length: 12 }, (_, index) => `u${index}`)
const folder = mkdtempSync(join(quickFolder(), 'countermark-together-'))
const template = emptyFiles(folder)

let hub: SimHub
let close: () => Promise<void>
let now_ms = 0
let tills: CountingTill[] = []

function did<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.fault.code}`)
  return result.value
}

/** A till of the store with its counting desk and somebody at it; it tells and hears when the test says so. */
class CountingTill {
  readonly till: SimTill
  readonly counting: CountingDesk

  constructor(id: string, who: string) {
    this.till = new SimTill({ id, storeId: 'north', follows: 'all', dir: join(folder, id), now: () => now_ms, template })
    const { ground } = this.till
    ground.store.write((db) => sql(db, "INSERT INTO own_staff VALUES (?, ?, 'manager', '', '')").run(`staff-${id}`, who))
    this.counting = new CountingDesk(new Desk(ground, NO_MACHINES, new ViewFeed(now_ms)))
  }

  async enter(): Promise<void> {
    this.till.token = await hub.signIn(this.till)
    this.till.takeFirst(await hub.firstRows(this.till.token, this.till.scopes, () => Promise.resolve()), template)
    const { ground } = this.till
    const [row] = staffOf(ground)
    if (row === undefined) throw new Error('nobody works here')
    beginSession(ground, personOf(ground, row))
  }

  async tell(): Promise<void> {
    const batch = this.till.batch(100)
    this.till.takeJournalReply(batch, await hub.journal(this.till.id, batch, () => false))
  }

  async hear(): Promise<void> {
    const reply = await hub.feed(this.till.token, this.till.cursors, this.till.gen, 500)
    if (reply === null) throw new Error(`${this.till.id} is outside of the feed`)
    this.till.takeFeed(reply)
    this.counting.hear()
  }

  scan(unitId: string): CountSaid | undefined {
    now_ms += 1_000
    return did(this.counting.scan(unitId.toUpperCase())).said[0]
  }

  get view(): CountView {
    const view = this.counting.view()
    if (view === null) throw new Error(`${this.till.id} counts nothing`)
    return view
  }

  get differences(): CountDifferences {
    return did(this.counting.differences())
  }

  /** The sums that this count has told to the centre at its end, once for each end. */
  ends(): object[] {
    const rows = sql(this.till.ground.store.reading, "SELECT body FROM journal WHERE kind = 'counted' AND unit_id IS NULL").all() as { body: string }[]
    return rows.map(({ body }) => (JSON.parse(body) as { params: object }).params)
  }
}

/** Three tills of one store, and a day without a count. */
async function open(): Promise<[CountingTill, CountingTill, CountingTill]> {
  now_ms = Date.parse('2026-03-02T08:00:00.000Z')
  const opened: [CountingTill, CountingTill, CountingTill] = [new CountingTill('t1', 'Kim'), new CountingTill('t2', 'Ada'), new CountingTill('t3', 'Lou')]
  tills = opened
  await hub.reset(tills.map(({ till }) => till), SHOP)
  for (const till of tills) await till.enter()
  return opened
}

function closeAll(): void {
  for (const { till } of tills) till.close()
  tills = []
}

/** Everybody tells and hears all that there is. */
async function meet(): Promise<void> {
  for (let round = 0; round < 3; round += 1)
    for (const till of tills) {
      await till.tell()
      await till.hear()
    }
}

/** The first till begins a count, the others count along, and all of them know it. */
async function countTogether(lead: CountingTill, others: readonly CountingTill[], scope: CountScope = ALL): Promise<string> {
  const { countId } = did(lead.counting.begin(scope))
  await meet()
  for (const other of others) did(other.counting.join(countId))
  await meet()
  return countId
}

const custodyAtHub = async (): Promise<Record<string, string>> => {
  const rows = await hub.db.query<{ id: string; custody: string }>('SELECT id, custody FROM unit ORDER BY id')
  return Object.fromEntries(rows.filter(({ id }) => HERE.includes(id)).map(({ id, custody }) => [id, custody]))
}
const missingAtHub = async (): Promise<string[]> => Object.entries(await custodyAtHub()).filter(([, custody]) => custody === 'missing').map(([id]) => id).sort()

beforeAll(async () => {
  const db = await migratedDatabase()
  close = () => db.close()
  hub = new SimHub(db, () => now_ms)
}, 60_000)
afterAll(async () => {
  await close()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(closeAll)

describe('a store that several tills count together', () => {
  it('has one sum at all of them, and a piece that two have scanned counts once and names the other till', async () => {
    const [one, two] = await open()
    await countTogether(one, [two])
    one.scan('u0')
    two.scan('u2')
    await meet()
    expect(one.view).toMatchObject({ found: 2, expected: 6, lead: null, tills: [{ name: 't2', leads: false, found: 1, isDone: false }] })
    expect(two.view).toMatchObject({ found: 2, expected: 6, lead: 't1', tills: [{ name: 't1', leads: true, found: 1 }] })
    expect(two.scan('u0')).toMatchObject({ is: 'again', before: { who: 'Kim', till: 't1' } })
    expect(two.view.found).toBe(2)
  })

  it('goes on at each of them without a line, and is one again when they meet', async () => {
    const [one, two] = await open()
    await countTogether(one, [two])
    for (const id of ['u0', 'u2', 'u4']) one.scan(id)
    for (const id of ['u4', 'u6']) expect(two.scan(id)).toMatchObject({ is: 'counted' })
    expect([one.view.found, two.view.found]).toEqual([3, 2])
    await meet()
    expect([one.view.found, two.view.found]).toEqual([4, 4])
    expect(one.differences.missingPieces.map(({ unitId }) => unitId).sort()).toEqual(['u10', 'u8'])
  })

  it('draws the same sample at each of them', async () => {
    const [one, two] = await open()
    await countTogether(one, [two], { ...ALL, sample: 3 })
    expect(two.differences.missingPieces.map(({ unitId }) => unitId)).toEqual(one.differences.missingPieces.map(({ unitId }) => unitId))
    expect(two.view.expected).toBe(3)
  })

  it('is told at all of them what turned up at one', async () => {
    const [one, two] = await open()
    await countTogether(one, [two])
    await hub.move('u4')
    await two.hear()
    expect(two.scan('u4')).toMatchObject({ is: 'not-here', step: 'take-in' })
    await meet()
    expect(one.differences.surplusPieces).toMatchObject([{ unitId: 'u4', reason: { code: 'other-store' }, step: 'take-in' }])
  })

  it('stays as it was after a restart and with a fresh mirror', async () => {
    const [one, two] = await open()
    await countTogether(one, [two])
    two.scan('u2')
    await meet()
    await one.enter()
    one.counting.hear()
    expect(one.view).toMatchObject({ found: 1, tills: [{ found: 1 }] })
    two.scan('u4')
    await meet()
    expect(one.view.found).toBe(2)
  })

  it('hears again what could not be kept when it came', async () => {
    const [one, two] = await open()
    await countTogether(one, [two])
    two.scan('u2')
    two.scan('u4')
    await two.tell()
    const file = one.till.ground.store.reading
    file.exec("CREATE TEMP TRIGGER no_room AFTER UPDATE ON main.count_pieces WHEN new.unit_id = 'u4' BEGIN SELECT RAISE(ABORT, 'no room'); END")
    await expect(one.hear()).rejects.toThrow('no room')
    file.exec('DROP TRIGGER no_room')
    one.counting.hear()
    expect(one.view).toMatchObject({ found: 2, tills: [{ found: 2 }] })
  })
})

it('is forgotten at the centre when nobody can be counting any more, and stands in each till as it was', async () => {
  const [one, two] = await open()
  await countTogether(one, [two])
  two.scan('u2')
  await meet()
  const sightings = async () => (await hub.db.query("SELECT key FROM record WHERE kind = 'count_sightings'")).length
  expect([await forgetSightings(hub.db, now_ms, 60_000), await sightings()]).toEqual([0, 1])
  expect([await forgetSightings(hub.db, now_ms + 60_001, 60_000), await sightings()]).toEqual([1, 0])
  await one.enter()
  one.counting.hear()
  expect(one.view).toMatchObject({ found: 1, tills: [{ found: 1 }] })
})

describe('who may end a count of several tills', () => {
  it('is the till that began it, which sees who has not said that it is done', async () => {
    const [one, two] = await open()
    const countId = await countTogether(one, [two])
    expect(two.counting.finish()).toMatchObject({ fault: { code: 'not-in-this-state' } })
    expect(two.counting.drop()).toMatchObject({ fault: { code: 'not-in-this-state' } })
    expect(one.counting.handIn()).toMatchObject({ fault: { code: 'not-in-this-state' } })
    two.scan('u2')
    expect(did(two.counting.handIn())).toMatchObject({ going: null, others: [{ countId, till: 't1', wasHere: true }] })
    expect(one.view.tills).toMatchObject([{ isDone: false, found: 0 }])
    await meet()
    expect(one.view.tills).toMatchObject([{ isDone: true, found: 1 }])
    did(two.counting.join(countId))
    await meet()
    expect(one.view).toMatchObject({ found: 1, tills: [{ isDone: false }] })
  })

  it('ends it for all of them, once, and nobody joins it after that', async () => {
    const [one, two] = await open()
    const countId = await countTogether(one, [two])
    one.scan('u0')
    two.scan('u2')
    await meet()
    did(one.counting.finish())
    await meet()
    expect(two.counting.view()).toBeNull()
    expect(two.counting.desk().others).toEqual([])
    expect(two.counting.join(countId)).toMatchObject({ fault: { code: 'not-in-this-state' } })
    expect([one.ends(), two.ends()]).toEqual([[expect.objectContaining({ found: 2, missing: 4 })], []])
    expect(await missingAtHub()).toEqual(['u10', 'u4', 'u6', 'u8'])
  })

  it('marks nothing anywhere when it discards the count', async () => {
    const [one, two] = await open()
    await countTogether(one, [two])
    two.scan('u2')
    did(one.counting.drop())
    await meet()
    expect(two.counting.view()).toBeNull()
    expect(await missingAtHub()).toEqual([])
  })
})

describe('a till that was not waited for', () => {
  it('finds again what it had counted without a line, and not what is missing for another reason', async () => {
    const [one, two] = await open()
    await countTogether(one, [two])
    two.scan('u2')
    two.scan('u4')
    did(one.counting.finish())
    await one.tell()
    expect(await missingAtHub()).toEqual([...HERE].sort())
    await meet()
    expect(await missingAtHub()).toEqual(['u0', 'u10', 'u6', 'u8'])
    expect(one.counting.desk().past).toMatchObject([{ found: 0, missing: 6 }])
  })

  it('leaves missing what another count has missed since', async () => {
    const [one, two] = await open()
    await countTogether(one, [two])
    two.scan('u2')
    await two.tell()
    await one.hear()
    did(one.counting.finish())
    did(one.counting.begin(ALL))
    did(one.counting.finish())
    await meet()
    expect(await missingAtHub()).toContain('u2')
  })
})

it('whatever the order of scans, words and meetings: in the end nothing is missing that anybody counted, all else is, and the count ended once', async () => {
  const step = fc.record({ do: fc.constantFrom('scan', 'scan', 'tell', 'hear', 'finish'), till: fc.nat(2), piece: fc.nat(HERE.length - 1) })
  const steps = fc.array(step.filter((one) => one.do !== 'finish'), { maxLength: 14 })
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(14), async (order, end) => {
      const all = await open()
      try {
        await countTogether(all[0], all.slice(1))
        const counted = new Set<string>()
        for (const { do: what, till, piece } of order.toSpliced(end, 0, { do: 'finish', till: 0, piece: 0 })) {
          const at = all[till] ?? all[0]
          const id = HERE[piece] ?? ''
          if (what === 'finish') did(at.counting.finish())
          else if (what === 'tell') await at.tell()
          else if (what === 'hear') await at.hear()
          else if (at.counting.view() !== null && at.scan(id) !== undefined) counted.add(id)
        }
        await meet()
        expect(await missingAtHub()).toEqual(HERE.filter((id) => !counted.has(id)).sort())
        expect(all.map((one) => one.ends().length)).toEqual([1, 0, 0])
        expect(all.map((one) => one.counting.view())).toEqual([null, null, null])
      } finally {
        closeAll()
      }
    }),
    { numRuns: 5 },
  )
}, 60_000)
