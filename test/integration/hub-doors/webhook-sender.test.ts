import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../../contract/durations.ts'
import { sealingWith } from '../../../hub/customers/sealing.ts'
import type { Database } from '../../../hub/database.ts'
import { makeQuery } from '../../../hub/doors/epcis-queries.ts'
import { subscribe } from '../../../hub/doors/epcis-subscriptions.ts'
import { trustedNetworks } from '../../../hub/doors/inner-networks.ts'
import { WebhookSender } from '../../../hub/doors/webhook-sender.ts'
import { makeWebhook, setWebhook, type HookRow } from '../../../hub/doors/webhooks.ts'
import { instant, newId } from '../../../hub/ground.ts'
import type { Office } from '../../../hub/people/office.ts'
import { appendTold } from '../../../hub/reports/told-row.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'
import { until } from '../../support/hub-shop.ts'

const BASE = 'https://centre.example.com/'
let db: Database
let office: Office
let sender: WebhookSender
let target: Server
let dest = ''
let now_ms = Date.parse('2026-11-20T08:30:00.000Z')
/** What the target answers next; 204 after the last. */
let answers: number[] = []
/** What the target waits for before it answers. */
let held: Promise<void> = Promise.resolve()
const told: { headers: IncomingHttpHeaders; body: string }[] = []

beforeAll(async () => {
  db = await migratedDatabase()
  office = {
    db, now_ms: () => now_ms, newId, dataDir: '', log: (line) => process.stderr.write(`${line}\n`), trusted: trustedNetworks('127.0.0.0/8'), sealing: sealingWith(Buffer.alloc(32, 7)),
  }
  target = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      told.push({ headers: request.headers, body })
      const status = answers.shift() ?? 204
      void held.then(() => response.writeHead(status).end())
    })
  })
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
  dest = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`
  await makeQuery(office, 'test', { name: 'comings', query: { EQ_bizStep: ['receiving'] } })
}, 60_000)

afterAll(async () => {
  target.closeAllConnections()
  await new Promise((resolve) => target.close(resolve))
  await db.close()
})

beforeEach(async () => {
  sender = new WebhookSender(office)
  await db.query('DELETE FROM webhook')
  told.length = 0
  answers = []
  held = Promise.resolve()
})
afterEach(() => sender.stop())

/** So many things happen to pieces of the shop. */
const happens = (count: number, kind = 'received'): Promise<void> =>
  db.transaction((tx) => appendTold(tx, Array.from({ length: count }, () => {
    const id = newId()
    return {
      id, kind, unit_id: `unit-${id}`, product_id: null, serial: null, lot: null, supplier: null, store_id: null, till: null, at: instant(now_ms), day: instant(now_ms).slice(0, 10),
      received_at: instant(now_ms), verdict: 'applied', amount_cents: null, currency: null, params: '{}',
    }
  })))

async function row(): Promise<HookRow & { readonly held_until_ms: number }> {
  const [hook] = await db.query<HookRow & { held_until_ms: number }>('SELECT * FROM webhook')
  if (hook === undefined) throw new Error('no target')
  return hook
}

/** One turn, to its end. */
async function turn(by = sender): Promise<void> {
  await by.turn()
  await until(row, ({ held_until_ms }) => held_until_ms === 0)
}

const names = (): unknown[] => told.map(({ headers }) => headers['countermark-delivery'])
const eventsOf = (nth: number): unknown[] => (JSON.parse(told[nth]?.body ?? '{}') as { epcisBody: { queryResults: { resultsBody: { eventList: unknown[] } } } }).epcisBody.queryResults.resultsBody.eventList

describe('a target of webhooks', () => {
  const make = async (): Promise<string> => (await makeWebhook(office, 'Ada', { url: dest, kinds: [] })).row.id

  it('is not given up for one failure after it has answered again', async () => {
    await make()
    await db.query('UPDATE webhook SET failures = 59')
    await happens(101)
    answers = [204, 500]
    await turn()
    expect(told).toHaveLength(2)
    expect(await row()).toMatchObject({ state: 'on', failures: 1 })
  })

  it('hears no more of a long list once it is switched off', async () => {
    const id = await make()
    await happens(101)
    let answer = (): void => undefined
    held = new Promise((resolve) => (answer = resolve))
    await sender.turn()
    await until(async () => told.length, (count) => count === 1)
    await setWebhook(office, 'Ada', { id, state: 'off' })
    answer()
    await until(row, ({ held_until_ms }) => held_until_ms === 0)
    await sender.stop()
    expect(told).toHaveLength(1)
    expect((await row()).state).toBe('off')
  })

  it('knows a message that comes twice by its name, and another by another', async () => {
    await make()
    await happens(2)
    answers = [500, 500]
    await turn()
    await db.query('UPDATE webhook SET next_try_ms = 0')
    await turn()
    await happens(1)
    await db.query('UPDATE webhook SET next_try_ms = 0')
    await turn()
    const [first, again, more] = names()
    expect(again).toBe(first)
    expect(more).not.toBe(first)
    expect(told.map(({ body }) => (JSON.parse(body) as { events: unknown[] }).events.length)).toEqual([2, 2, 3])
  })
})

describe('a subscription with a schedule', () => {
  /** The moment before which it is not told. */
  const make = async (reportIfEmpty: boolean): Promise<void> => void (await subscribe(office, 'WMS', 'comings', { dest, schedule: { minute: '5' }, reportIfEmpty }, BASE))
  const isMoment = ({ next_try_ms }: HookRow): boolean => next_try_ms > now_ms && new Date(next_try_ms).getUTCMinutes() === 5

  it('hears at its next moment what came after one at which nothing had come', async () => {
    await make(false)
    now_ms = (await row()).next_try_ms
    await sender.turn()
    expect(await until(row, isMoment)).toMatchObject({ last_sent_at: null, failures: 0 })
    now_ms += 20 * MINUTE_MS
    await happens(1)
    await turn()
    expect(told).toEqual([])
    now_ms = (await row()).next_try_ms
    await turn()
    expect(eventsOf(0)).toHaveLength(1)
  })

  it('keeps to its moments when it was off and has missed nothing', async () => {
    await make(false)
    const { id } = await row()
    await setWebhook(office, 'Ada', { id, state: 'off' })
    await setWebhook(office, 'Ada', { id, state: 'on' })
    await sender.turn()
    await until(row, isMoment)
    await happens(1)
    await turn()
    expect(told).toEqual([])
  })

  it('hears once that nothing came, however many processes the centre has, and by one name however often it is tried', async () => {
    await make(true)
    now_ms = (await row()).next_try_ms
    answers = [500]
    await turn()
    now_ms = (await row()).next_try_ms
    const hook = await row()
    // The other process has read the list before we sent, and comes to this target after us.
    const late: Database = { ...db, query: async <Row>(text: string, values?: Parameters<Database['query']>[1]) => (text.includes('ORDER BY id LIMIT 50') ? ([hook] as Row[]) : db.query<Row>(text, values)) }
    const other = new WebhookSender({ ...office, db: late })
    await turn()
    await until(row, isMoment)
    await turn(other)
    expect(told.map((_, nth) => eventsOf(nth))).toEqual([[], []])
    now_ms = (await row()).next_try_ms
    await turn()
    expect(told).toHaveLength(3)
    const [first, again, next] = names()
    expect(again).toBe(first)
    expect(next).not.toBe(first)
  })
})
