import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { later } from '../../../contract/days.ts'
import type { JournalQuery } from '../../../contract/day-journal.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import { cents } from '../../../contract/money.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import type { ReturnAction, ReturnView } from '../../../contract/return-view.ts'
import { writeReceipts } from '../../../hub/sync/receipts.ts'
import { startHub, type Hub } from '../../../hub/start-hub.ts'
import { makeJoinCode } from '../../../hub/sync/devices.ts'
import { closeFloorCase, listFloorCases } from '../../../hub/tills/floor-case-list.ts'
import { loadMirror } from '../../../hub/sync/load-mirror.ts'
import { enter, returnIn, saleIn, scan, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'
import { DoorCaller } from '../../support/hub/door-caller.ts'
import { startPostgres, type TestPostgres } from '../../support/hub-office.ts'
import { until } from '../../support/hub-shop.ts'

const CABLE = { code: 'MR-0204', price_cents: 1_299 }
const folders = { seed: temporaryFolder(), one: temporaryFolder(), two: temporaryFolder() }
const tills: RunningTill[] = []
const leave: (() => void)[] = []
let postgres: TestPostgres
let hub: Hub
let one: Client
let two: Client
let isDown = false

async function joinTill(dir: string, letters: string, storeId: string): Promise<Client> {
  const { code } = await makeJoinCode(hub.ground, storeId, 'test')
  const till = await startTill(['--data', dir, '--till', letters, '--hub', hub.url, '--join', code])
  const { client, close } = await enter(till)
  tills.push(till)
  leave.push(close)
  await until(() => client.desk.view(), ({ sync }) => sync.state === 'up-to-date')
  await client.session.signIn({ staffId: 'staff-ines', pin: '2222' })
  await client.shift.act({ action: { do: 'open', float_cents: cents(20_000) } })
  return client
}

beforeAll(async () => {
  withDemoMirror(folders.seed.path)
  postgres = await startPostgres()
  hub = await startHub({ host: '127.0.0.1', port: 0, dataDir: postgres.folder, databaseUrl: await postgres.database('receipts'), load: null, joinCodes: false }, () => undefined)
  await loadMirror(hub.ground, join(folders.seed.path, 'mirror.db'))
  ;[one, two] = await Promise.all([joinTill(folders.one.path, 'T1', 'store-berlin'), joinTill(folders.two.path, 'L1', 'store-lyon')])
}, 90_000)
afterAll(async () => {
  for (const go of leave) go()
  await Promise.all(tills.map((till) => till.end()))
  if (!isDown) await hub.stop()
  await postgres.stop()
  for (const folder of Object.values(folders)) folder.remove()
})

/** Three cables for cash, and the number of their receipt as soon as the centre has it. */
async function sold(client: Client): Promise<string> {
  const { flowId } = saleIn(await client.sale.begin())
  for (let n = 0; n < 3; n += 1) await scan(client, CABLE.code)
  const asked = saleIn(await client.sale.act({ flowId, action: { do: 'pay' } }))
  const paid = saleIn(await client.sale.act({ flowId, action: { do: 'tender', kind: 'cash', given_cents: asked.at === 'tendering' ? asked.due_cents : cents(0) } }))
  if (paid.at !== 'paid') throw new Error(`the sale is ${paid.at}`)
  await until(() => client.desk.view(), ({ sync }) => sync.waiting.events === 0, 45_000)
  return paid.receiptNumber
}

/** Scans until the till shows it: on a busy machine the centre's word may come after the breath that a counter waits for it. */
async function scannedUntil(client: Client, text: string, isSo: (view: DeskView) => boolean): Promise<DeskView> {
  for (let tries = 1; ; tries += 1) {
    await scan(client, text)
    try {
      return await until(() => client.desk.view(), isSo, 2_000)
    } catch (error) {
      if (tries === 8) throw error
    }
  }
}

async function lines(client: Client, receipt: string, left?: number) {
  await client.desk.go({ to: 'return', unitId: null })
  const { front } = await client.desk.view()
  if (front.screen === 'return' && front.return.at !== 'scan') await client.returns.act({ flowId: front.return.flowId, action: { do: 'start-over' } })
  const view = await scannedUntil(client, receipt, (now) =>
    now.front.screen === 'return' && now.front.return.at === 'lines' && (left === undefined || now.front.return.lines[0]?.left === left))
  const back = returnIn(view)
  if (back.at !== 'lines') throw new Error(`the return is ${back.at}`)
  return back
}

/** So many cables of a receipt on the counter, looked over: nothing but the refund is left to do. */
async function lookedOver(client: Client, receipt: string, quantity: number): Promise<(action: ReturnAction) => Promise<ReturnView>> {
  const offered = await lines(client, receipt)
  const { flowId } = offered
  const act = async (action: ReturnAction) => returnIn(await client.returns.act({ flowId, action }))
  await act({ do: 'take-line', lineId: offered.lines[0]?.lineId ?? '', quantity })
  await act({ do: 'give-reason', reason: 'changed-mind' })
  await act({ do: 'all-in-order' })
  const seen = await act({ do: 'grade', condition: 'new' })
  if (seen.at === 'assess' && seen.missing.includes('approval')) await act({ do: 'approve', note: 'Seen' })
  return act
}

async function giveBack(client: Client, receipt: string, quantity: number): Promise<number> {
  const act = await lookedOver(client, receipt, quantity)
  const done = await act({ do: 'refund' })
  if (done.at !== 'done') throw new Error(`the return is ${done.at}: ${JSON.stringify('notice' in done ? done.notice : null)}`)
  await until(() => client.desk.view(), ({ sync }) => sync.waiting.events === 0, 45_000)
  return done.refund.amount_cents
}
/** As a customer says it: some time these days, for between 35 and 40. */
const ABOUT: JournalQuery = {
  text: '', group: 'sale', staffId: null, from: later(new Date().toISOString(), -3 * DAY_MS).slice(0, 10), to: later(new Date().toISOString(), DAY_MS).slice(0, 10),
  least_cents: cents(3_500), most_cents: cents(4_000),
}
/** What the other tills sold; on a busy machine the centre's word may come later than anybody waits for it. */
const elsewhere = (client: Client) => until(() => client.money.purchasesElsewhere({ query: ABOUT }), ({ is }) => is === 'found')
const overReturned = (receipt: string) =>
  hub.ground.db.query<{ case_id: string }>(
    `SELECT f.case_id FROM floor_case f JOIN receipt_row l ON l.kind = 'line' AND l.row_id = f.case_id JOIN receipt_row s ON s.sale_id = l.sale_id AND s.number = $1
     WHERE f.kind = 'over-returned'`, [receipt],
  )

describe('plain goods of another till', { timeout: 60_000 }, () => {
  it('come back at any till by their receipt, for what was paid, and never more of them than were bought', async () => {
    const receipt = await sold(one)
    expect(await giveBack(two, receipt, 2)).toBe(2 * CABLE.price_cents)
    // Nobody waits for the end of a hold whose till has told what went back.
    expect((await lines(one, receipt, 1)).lines).toMatchObject([{ bought: 3, left: 1 }])
    expect(await giveBack(one, receipt, 1)).toBe(CABLE.price_cents)
    expect(await overReturned(receipt)).toEqual([])
  })

  it('are on one counter at a time: the other is told where the receipt lies', async () => {
    const receipt = await sold(one)
    await lines(two, receipt)
    await one.desk.go({ to: 'return', unitId: null })
    const held = await scannedUntil(one, receipt, ({ alarm }) => alarm?.code === 'receipt-held')
    expect(held).toMatchObject({ alarm: { params: { till: 'L1' } }, front: { screen: 'return', return: { at: 'scan' } } })
  })

  it('given back twice while nobody could ask are found: the money moved, and a case is opened once', async () => {
    const receipt = await sold(one)
    await giveBack(two, receipt, 3)
    const [row] = await hub.ground.db.query<{ sale_id: string; body: string; line_id: string }>(
      "SELECT r.sale_id, r.line_id, r.body FROM receipt_row r JOIN receipt_row s ON s.sale_id = r.sale_id AND s.number = $1 WHERE r.kind = 'return'", [receipt],
    )
    // As the first till would have booked it without a line to the centre: it knew of its own sale alone.
    const event = { storeId: 'store-berlin', at: new Date().toISOString(), rows: [{ book: 'return_lines', key: 'own', row: { id: 'own', sale_id: row?.sale_id ?? '', sale_line_id: row?.line_id ?? '', quantity: 1 } }] }
    for (let twice = 0; twice < 2; twice += 1)
      await hub.ground.db.transaction((tx) => writeReceipts(tx, 'till-T1', [{ event: event as unknown as Parameters<typeof writeReceipts>[2][number]['event'] }]))
    expect(await overReturned(receipt)).toEqual([{ case_id: row?.line_id }])
    expect(await listFloorCases(hub.ground.db, 'open')).toMatchObject([{ kind: 'over-returned', ofCentre: true, thing: expect.stringContaining(receipt) as string }])
    const office = { ...hub.ground, sealing: null as never }
    await closeFloorCase(office, 'Ada', row?.line_id ?? '', 'Looked at the tapes')
    await expect(closeFloorCase(office, 'Ada', row?.line_id ?? '', 'Again')).rejects.toThrow('no-such-thing')
    expect(await listFloorCases(hub.ground.db, 'open')).toEqual([])
  })

  it('P46: without paper and number are found at another till by about when and how much, and come back from there', async () => {
    const receipt = await sold(one)
    const found = await elsewhere(two)
    if (found.is !== 'found') throw new Error(`the purchases are ${found.is}`)
    expect(found.purchases[0]).toMatchObject({ number: receipt, till: 'T1', store: 'Morgenrot Berlin', total_cents: 3 * CABLE.price_cents, currency: 'EUR', pieces: [expect.any(String)] })
    // Where it was bought it stands in the till's own journal, and there alone.
    expect((await one.money.journal({ query: ABOUT, after: null })).lines.map(({ number }) => number)).toContain(receipt)
    expect(await elsewhere(one)).toEqual({ is: 'found', purchases: [], isMore: false })
    expect(await giveBack(two, found.purchases[0]?.number ?? '', 3)).toBe(3 * CABLE.price_cents)
  })

  it('that were found so go on as any receipt does: not while they lie on another counter', async () => {
    const receipt = await sold(one)
    await lines(one, receipt)
    expect(await elsewhere(two)).toMatchObject({ is: 'found', purchases: { 0: { number: receipt } } })
    await two.desk.go({ to: 'return', unitId: null })
    const held = await scannedUntil(two, receipt, ({ alarm }) => alarm?.code === 'receipt-held')
    expect(held).toMatchObject({ alarm: { params: { till: 'T1' } }, front: { screen: 'return', return: { at: 'scan' } } })
  })

  it('are looked for by whoever may take them back, and by no auditor', async () => {
    await two.session.signIn({ staffId: 'staff-greta', pin: '5555' })
    await expect(two.money.purchasesElsewhere({ query: ABOUT })).rejects.toMatchObject({ data: { code: 'no-right', params: { right: 'take-back' } } })
    await two.session.signIn({ staffId: 'staff-ines', pin: '2222' })
  })

  it('are told to a till that asks now and then, and not to one that asks all day', async () => {
    const door = new DoorCaller(() => hub.url, () => hub.ground)
    const question = { from: later(new Date().toISOString(), -DAY_MS), until: new Date().toISOString(), least_cents: 3_000, most_cents: 4_000 }
    expect((await door.call('/v1/purchases/find', question)).status).toBe(401)
    const { token } = await door.joined('asking')
    const heard: number[] = []
    for (let n = 0; n < 120 && heard.at(-1) !== 429; n += 1) heard.push((await door.call('/v1/purchases/find', question, token)).status)
    expect(heard.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 200))
    expect(heard.at(-1)).toBe(429)
  })

  it('of a till that cannot ask are not guessed: it says that the receipt is of another till', async () => {
    const receipt = await sold(one)
    isDown = true
    await hub.stop()
    await until(() => two.desk.view(), ({ sync }) => sync.state !== 'up-to-date')
    expect(await two.money.purchasesElsewhere({ query: ABOUT })).toEqual({ is: 'not-reached' })
    await two.desk.go({ to: 'return', unitId: null })
    expect(await scannedUntil(two, receipt, ({ alarm }) => alarm?.code === 'receipt-elsewhere')).toMatchObject({ alarm: { params: { number: receipt } } })
  })
})
