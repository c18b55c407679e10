import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { call as callProcedure, ORPCError } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faceRouter } from '../../../hub/calls/face-router.ts'
import type { FaceContext } from '../../../hub/calls/implementer.ts'
import type { HubRole } from '../../../hub/contract/allowed.ts'
import { customersRoom } from '../../../hub/customers-room.ts'
import { customerKey, sealingWith } from '../../../hub/customers/sealing.ts'
import type { Office } from '../../../hub/people/office.ts'
import { receiptsRoom } from '../../../hub/receipts-room.ts'
import { openDoor, type Door } from '../../../hub/server.ts'
import { setDeviceState } from '../../../hub/sync/devices.ts'
import { receiptFor, writeReceipts } from '../../../hub/sync/receipts.ts'
import { syncRoom } from '../../../hub/sync/room.ts'
import { SimHub } from '../../simulation/sim-hub.ts'
import { quickFolder } from '../../support/quick-folder.ts'
import { DoorCaller } from '../../support/hub/door-caller.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'

const NOW = '2026-03-02T08:00:00.000Z'
const RECEIPT = 'L1-R000017'
const folder = mkdtempSync(join(quickFolder(), 'countermark-evil-'))
const log: string[] = []
let hub: SimHub
let office: Office
let door: Door
let stop: () => Promise<void>
let good: string
let held: string

const caller = new DoorCaller(() => door.url, () => hub.ground)
/** Everything that a request could have changed, as one text. */
const everything = async (): Promise<string> => {
  const rows = await Promise.all(['receipt_row', 'receipt_claim', 'customer', 'customer_key', 'customer_unit', 'customer_merge', 'record', 'feed'].map((table) => hub.db.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${table} t ORDER BY 1`)))
  return JSON.stringify(rows)
}

beforeAll(async () => {
  const db = await migratedDatabase()
  hub = new SimHub(db, () => Date.parse(NOW))
  await hub.reset([], ['u1'])
  const ground = { ...hub.ground, dataDir: folder, log: (line: string) => void log.push(line) }
  office = { ...ground, sealing: sealingWith(customerKey(undefined, folder)) }
  const rooms = await Promise.all([syncRoom(ground), receiptsRoom(ground), customersRoom(ground)])
  stop = async () => {
    for (const room of rooms) await room.stop?.()
  }
  door = await openDoor({ host: '127.0.0.1', port: 0, routes: rooms.flatMap(({ routes }) => routes), log: ground.log })
  good = (await caller.joined('good')).token
  held = (await caller.joined('held')).token
  await setDeviceState(ground, 'held', 'held', 'a copy')
  const rows = [{ book: 'sales', key: 's', row: { id: 's', number: RECEIPT, store_id: 'north', sold_at: NOW, currency: 'EUR' } }]
  await db.transaction((tx) => writeReceipts(tx, 'other', [{ event: { storeId: 'north', at: NOW, rows } }] as never))
  // It lies on the counter of another till.
  expect((await receiptFor(hub.ground, 'other', RECEIPT)).is).toBe('told')
}, 60_000)
afterAll(async () => {
  await door.close()
  await stop()
  await hub.db.close()
  rmSync(folder, { recursive: true, force: true })
})

const PERSON = { name: 'Cy', phone: '', email: '', card: 'C-1', address: '', note: '', language: null }
const told = (more: object) => ({ customers: [{ id: 'c-1', changedAt: NOW, details: PERSON, consents: [], pieces: [], heardAt: null, changed: [], ...more }] })
const PURCHASE = { from: '2026-03-01T00:00:00.000Z', until: NOW, least_cents: 4_000, most_cents: 5_000 }
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`

/** What no program of ours says. Each door refuses all of it. */
const NOT_FOR_ANY: readonly (readonly [string, unknown])[] = [
  ['nothing', ''], ['no JSON', 'number=1'], ['half of it', '{"number":'], ['a list', []], ['a number', 7], ['null', 'null'], ['very deep', deep(50_000)],
  ['far too much', 'x'.repeat(3 * 1024 * 1024)], ['another thing', { unitId: 'u1' }], ['the fields of every object', { __proto__: { number: RECEIPT }, constructor: 1 }],
]

describe.each([
  ['/v1/receipt', [
    ['no number', { number: '' }], ['SQL', { number: "' OR 1=1 --" }], ['a beginning', { number: 'L1-R' }], ['a list of numbers', { number: [RECEIPT] }], ['a number with a zero in it', { number: `${RECEIPT}\u0000` }],
  ]],
  ['/v1/receipt/release', [
    ['no date', { number: RECEIPT }], ['a date that is none', { number: RECEIPT, until: 'tomorrow' }], ['a date as a number', { number: RECEIPT, until: 9e15 }], ['SQL', { number: "' OR 1=1 --", until: NOW }], ['a number with a zero in it', { number: `${RECEIPT}\u0000`, until: NOW }],
  ]],
  ['/v1/purchases/find', [
    ['no days', { least_cents: 4_000, most_cents: 5_000 }], ['all days', { ...PURCHASE, from: '2000-01-01T00:00:00.000Z' }], ['any amount', { ...PURCHASE, least_cents: 1 }], ['the most there is', { ...PURCHASE, most_cents: 1e300 }],
    ['SQL', { ...PURCHASE, from: "' OR 1=1 --" }], ['a list of days', { ...PURCHASE, from: [NOW] }], ['a day with a zero in it', { ...PURCHASE, from: `${NOW}\u0000` }],
  ]],
  ['/v1/customers', [
    ['fields nobody has', told({ changed: ['password'] })], ['the same field a thousand times', told({ changed: Array.from({ length: 1_000 }, () => 'name') })], ['a date that is none', told({ heardAt: 'yesterday' })],
    ['a mail address as a list', told({ details: { ...PERSON, email: ['a@example.org'] } })], ['a zero in an id', told({ id: 'c\u0000' })], ['a piece with a zero in it', told({ pieces: [{ unitId: 'u\u0000', since: NOW }] })], ['an endless name', told({ details: { ...PERSON, name: 'x'.repeat(121) } })],
  ]],
] as const)('%s', (path, own) => {
  it.each([...NOT_FOR_ANY, ...own])('refuses %s, and nothing is changed', async (_what, body) => {
    const before = await everything()
    const answer = await caller.call(path, body, good)
    expect([400, 413]).toContain(answer.status)
    expect(Object.keys(answer.json)).toContain('error')
    expect(JSON.stringify(answer.json)).not.toMatch(/select|insert|node_modules|at .*\.ts/iu)
    expect(await everything()).toBe(before)
  })

  it('refuses who is nobody, whose token was made up, and a till that is held', async () => {
    const body = path === '/v1/customers' ? told({}) : { number: RECEIPT, until: '9999-12-31T00:00:00.000Z' }
    const before = await everything()
    const heard = await Promise.all([undefined, 'nobody.nothing', `${good}x`, held].map((token) => caller.call(path, body, token)))
    expect(heard.map(({ status }) => status)).toEqual([401, 401, 401, 403])
    expect(await everything()).toBe(before)
  })
})

it('a till gives back what is its own and nothing of another, whatever date it names', async () => {
  const before = await everything()
  expect((await caller.call('/v1/receipt/release', { number: RECEIPT, until: '9999-12-31T00:00:00.000Z' }, good)).status).toBe(200)
  expect((await caller.call('/v1/receipt/release', { number: 'ZZ-R999999', until: NOW }, good)).status).toBe(200)
  expect(await everything()).toBe(before)
})

it('a till that says it has heard the future of a person wins nothing by it', async () => {
  const tell = (address: string, more: object) => caller.call('/v1/customers', told({ details: { ...PERSON, address }, ...more }), good)
  expect((await tell('first', { changed: ['address'] })).json).toMatchObject({ customers: [{ changedAt: NOW, details: { address: 'first' } }] })
  await tell('of the year 9999', { heardAt: '9999-12-31T00:00:00.000Z' })
  expect((await tell('next', { changed: ['address'], heardAt: NOW })).json).toMatchObject({ customers: [{ details: { address: 'next' } }] })
  await tell('told again, long ago', { heardAt: '2020-01-01T00:00:00.000Z' })
  expect((await caller.call('/v1/customers/find', { text: 'C-1xx' }, good)).json).toEqual({ customers: [] })
  const [row] = await hub.db.query<{ changed_at: string }>("SELECT changed_at FROM customer WHERE id = 'c-1'")
  expect(row?.changed_at.slice(0, 19)).toBe(NOW.slice(0, 19))
})

describe('making one person of two', () => {
  const as = (role: HubRole | null, factors: 1 | 2 = 2): FaceContext =>
    ({ signed: role === null ? null : { id: 'p', name: 'Ada', role, factors } }) as unknown as FaceContext
  const calls = () => faceRouter(office).customers
  const codeOf = async (asked: Promise<unknown>): Promise<string> => asked.then(() => 'done', (error: unknown) => (error instanceof ORPCError ? ((error.data as { code?: string } | undefined)?.code ?? error.code) : String(error)))
  const merge = (input: unknown, context = as('owner')) => codeOf(callProcedure(calls().merge, input as never, { context }))

  it('is for whoever leads, and for nobody else', async () => {
    for (const role of ['auditor', 'support', null] as const)
      for (const asked of [merge({ keepId: 'a', awayId: 'b', why: 'x' }, as(role)), codeOf(callProcedure(calls().doubles, {}, { context: as(role) })), codeOf(callProcedure(calls().unmerge, { mergeId: 'm' }, { context: as(role) }))])
        expect(await asked).toBe(role === null ? 'not-signed-in' : 'no-right')
    expect(await merge({ keepId: 'a', awayId: 'b', why: 'x' }, as('owner', 1))).toBe('second-factor-needed')
  })

  it.each<[string, unknown]>([
    ['nothing', undefined], ['no reason', { keepId: 'c-1', awayId: 'b', why: '' }], ['a reason of blanks', { keepId: 'c-1', awayId: 'b', why: '   ' }], ['an endless reason', { keepId: 'c-1', awayId: 'b', why: 'x'.repeat(301) }],
    ['an id as a list', { keepId: ['c-1'], awayId: 'b', why: 'x' }], ['an empty id', { keepId: '', awayId: 'b', why: 'x' }], ['one id only', { keepId: 'c-1', why: 'x' }], ['nobody', { keepId: 'c-1', awayId: 'nobody', why: 'x' }],
    ['the same person twice', { keepId: 'c-1', awayId: 'c-1', why: 'x' }], ['SQL', { keepId: "c-1' OR '1'='1", awayId: 'c-1', why: 'x' }], ['a zero in a reason', { keepId: 'c-1', awayId: 'c-2', why: 'a\u0000b' }],
  ])('refuses %s, and nothing is changed', async (_what, input) => {
    const before = await everything()
    expect(['BAD_REQUEST', 'no-such-thing']).toContain(await merge(input))
    expect(await everything()).toBe(before)
  })
})
