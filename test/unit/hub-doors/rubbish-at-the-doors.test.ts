import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import fc from 'fast-check'
import type { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doorContract } from '../../../hub/contract/door-contract.ts'
import { faceContract } from '../../../hub/contract/face-contract.ts'
import { Scope } from '../../../hub/contract/office-calls.ts'
import { customerKey, sealingWith } from '../../../hub/customers/sealing.ts'
import { makeKey, revokeKey } from '../../../hub/doors/api-keys.ts'
import { NamedQuery } from '../../../hub/doors/epcis-queries.ts'
import { doorsRoom } from '../../../hub/doors-room.ts'
import { faceRoom } from '../../../hub/face-room.ts'
import type { Office } from '../../../hub/people/office.ts'
import { COOKIE, openSession } from '../../../hub/people/sessions.ts'
import { openDoor, type Door } from '../../../hub/server.ts'
import { SimHub } from '../../simulation/sim-hub.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'
import { RUBBISH, sampleOf, spoiled } from '../../support/hub/rubbish-inputs.ts'
import { quickFolder } from '../../support/quick-folder.ts'

/** Some thousands are too many for each day: the same 40 of each kind, unless `RUBBISH_RUNS` says how many others, or `all`. */
const RUNS = process.env['RUBBISH_RUNS']

const folder = mkdtempSync(join(quickFolder(), 'countermark-rubbish-'))
const log: string[] = []
let now_ms = Date.parse('2026-03-02T08:00:00.000Z')
let hub: SimHub
let office: Office
let door: Door
let key = ''
let cookie = ''
let tables: string[] = []

beforeAll(async () => {
  hub = new SimHub(await migratedDatabase(), () => now_ms)
  await hub.reset([], ['u1'])
  const ground = { ...hub.ground, dataDir: folder, log: (line: string) => void log.push(line) }
  office = { ...ground, sealing: sealingWith(customerKey(undefined, folder)) }
  await hub.db.query("INSERT INTO person (id, name, name_key, role, active, password_hash, made_at) VALUES ('ada', 'Ada', 'ada', 'owner', true, '', '')")
  cookie = `${COOKIE}=${await openSession(hub.db, 'ada', 2, now_ms)}`
  key = (await makeKey(office, 'Ada', { name: 'ERP', scopes: Scope.options })).key
  const rooms = await Promise.all([doorsRoom(ground), faceRoom(ground)])
  // Their work behind the doors changes things by itself; the doors stay open without.
  for (const room of rooms) await room.stop?.()
  door = await openDoor({ host: '127.0.0.1', port: 0, routes: rooms.flatMap(({ routes }) => routes), log: ground.log })
  // A key notes when it was used, whoever guesses is counted, a capture that is refused is kept as such: that is not what was asked for.
  const all = await hub.db.query<{ name: string }>("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")
  tables = all.map(({ name }) => name).filter((name) => !['api_key', 'job_lease', 'guessing', 'session', 'passkey_question', 'trace_time', 'capture_job'].includes(name))
}, 90_000)
afterAll(async () => {
  await door.close()
  await hub.db.close()
  rmSync(folder, { recursive: true, force: true })
})

const everything = async (): Promise<string> => {
  const [row] = await hub.db.query<{ all: string }>(`SELECT ${tables.map((table) => `(SELECT coalesce(md5(string_agg(seen, '' ORDER BY seen)), '') FROM (SELECT (to_jsonb(t) - 'seen_at')::text AS seen FROM ${table} t) AS rows)`).join(' || ')} AS all`)
  return row?.all ?? ''
}

interface Request {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

const asked = async ({ method, path, headers, body }: Omit<Request, 'what'>): Promise<{ status: number; text: string }> => {
  // Nobody is kept waiting for the next minute of calls.
  now_ms += 1_000
  const response = await fetch(`${door.url}${path}`, { method, headers, body, redirect: 'manual' })
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    await response.body?.cancel()
    return { status: response.status, text: '' }
  }
  return { status: response.status, text: await response.text() }
}

interface Procedure {
  readonly '~orpc': { readonly inputSchema?: z.ZodType; readonly route: { readonly method?: string; readonly path?: string }; readonly meta: { readonly scope: Scope } }
}
const proceduresOf = (contract: Readonly<Record<string, Readonly<Record<string, unknown>>>>): [string, Procedure][] =>
  Object.entries(contract).flatMap(([room, calls]) => Object.entries(calls).map(([call, procedure]) => [`${room}/${call}`, procedure as Procedure] as [string, Procedure]))

/** Without those that end this session or end the person it belongs to. */
const faceCalls = proceduresOf(faceContract).filter(([name]) => !['people/signOut'].includes(name))
const doorCalls = proceduresOf(doorContract)

function* atTheFace(): Generator<Request> {
  for (const [name, { '~orpc': { inputSchema } }] of faceCalls) {
    if (inputSchema === undefined) continue
    for (const [what, input] of spoiled(sampleOf(inputSchema)))
      yield { what: `${name}: ${what}`, method: 'POST', path: `/face/rpc/${name}`, headers: { origin: door.url, cookie, 'content-type': 'application/json' }, body: JSON.stringify({ json: input }) }
  }
}

const inAddress = (value: unknown = ''): string => encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed().slice(0, 4_000))

/** Fields of the input that stand in the path are put there, those of a question behind it, all else is the body. */
function doorRequest(what: string, { method = 'GET', path = '' }: Procedure['~orpc']['route'], input: unknown, n: number): Request {
  const fields = typeof input === 'object' && input !== null ? (input as Readonly<Record<string, unknown>>) : {}
  const filled = path.replaceAll(/\{(\w+)\}/gu, (_all, name: string) => inAddress(fields[name]) || '%20')
  const question = method === 'GET' ? `?${Object.entries(fields).filter(([name]) => !path.includes(`{${name}}`)).map(([name, value]) => `${name}=${inAddress(value)}`).join('&')}` : ''
  return {
    what, method, path: `/api/v1${filled}${question}`, body: method === 'GET' ? null : JSON.stringify(input),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': `k-${n}` },
  }
}

function* atTheDoors(): Generator<Request> {
  let n = 0
  for (const [name, { '~orpc': { inputSchema, route } }] of doorCalls)
    if (inputSchema !== undefined) for (const [what, input] of spoiled(sampleOf(inputSchema))) yield doorRequest(`${name}: ${what}`, route, input, (n += 1))
}

const CAPTURE = {
  '@context': [], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-03-02T08:00:00Z',
  epcisBody: { eventList: [{ type: 'ObjectEvent', eventTime: '2026-03-02T08:00:00Z', eventTimeZoneOffset: '+01:00', eventID: 'urn:uuid:1', action: 'OBSERVE', epcList: ['https://id.gs1.org/01/09521234543213/21/SN-1'], bizStep: 'receiving', disposition: 'in_progress', bizLocation: { id: 'https://example.org/loc/north' } }] },
}
const SUBSCRIPTION = { dest: 'https://example.org/hook', signatureToken: 'a secret of many letters', reportIfEmpty: false, stream: true }

function* atEpcis(): Generator<Request> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  for (const [path, sample] of [['/capture', CAPTURE], ['/queries', sampleOf(NamedQuery)], ['/queries/SimpleEventQuery/subscriptions', SUBSCRIPTION]] as const)
    for (const [what, input] of spoiled(sample)) yield { what: `epcis${path}: ${what}`, method: 'POST', path: `/epcis${path}`, headers, body: JSON.stringify(input) }
  for (const [what, rubbish] of RUBBISH) {
    const word = inAddress(rubbish) || '%20'
    for (const path of [`/capture/${word}`, `/events/${word}`, `/epcs/${word}/events`, `/queries/${word}`, `/queries/${word}/events`, `/queries/${word}/subscriptions`, `/queries/SimpleEventQuery/subscriptions/${word}`])
      yield { what: `epcis GET ${path.slice(0, 60)}: ${what}`, method: 'GET', path: `/epcis${path}`, headers, body: null }
    for (const path of [`/queries/${word}`, `/queries/SimpleEventQuery/subscriptions/${word}`]) yield { what: `epcis DELETE: ${what}`, method: 'DELETE', path: `/epcis${path}`, headers, body: null }
    for (const name of ['GE_eventTime', 'EQ_action', 'MATCH_anyEPC', 'EQ_eventID', 'EQ_bizStep', 'perPage', 'nextPageToken', 'orderBy', 'eventCountLimit', 'GE_recordTime', `EQ_${word}`, word])
      yield { what: `epcis events by ${name.slice(0, 20)}: ${what}`, method: 'GET', path: `/epcis/events?${name}=${word}`, headers, body: null }
    yield { what: `postings of ${what}`, method: 'GET', path: `/api/files/postings/${word}/csv`, headers, body: null }
    yield { what: `an import named ${what}`, method: 'POST', path: `/face/imports/products?name=${word}`, headers: { origin: door.url, cookie }, body: 'sku\n' }
  }
}

describe('who asks', () => {
  it('is told at every door that the key is none, is over, or may not do this, and nothing is changed', async () => {
    const over = await makeKey(office, 'Ada', { name: 'Over', scopes: Scope.options })
    await revokeKey(office, 'Ada', over.row.id)
    const others = new Map<Scope, string>()
    for (const scope of Scope.options) others.set(scope, (await makeKey(office, 'Ada', { name: scope, scopes: Scope.options.filter((one) => one !== scope) })).key)
    const was = await everything()
    for (const [name, { '~orpc': { inputSchema, route, meta } }] of doorCalls) {
      for (const [bearer, status] of [['', 401], ['cmk_made-up', 401], [over.key, 401], [others.get(meta.scope) ?? '', 403]] as const) {
        const call = doorRequest(name, route, inputSchema === undefined ? {} : sampleOf(inputSchema), 0)
        const answer = await asked({ ...call, headers: { ...call.headers, authorization: `Bearer ${bearer}` } })
        expect([name, answer.status, answer.text]).toEqual([name, status, expect.stringMatching(/^\{.+\}$/su) as string])
      }
    }
    expect(await everything()).toBe(was)
  })

  it.each(['//', '/%00', '/epcis/queries/%00', '/epcis/events?EQ_action=%00', '/epcis/queries/%ED%A0%80'])('is told that %s is no address', async (path) => {
    const status = await new Promise((resolve, reject) => {
      request(`${door.url}/`, { path, headers: { authorization: `Bearer ${key}` } }, (response) => resolve(response.resume().statusCode)).on('error', reject).end()
    })
    expect(status).toBe(400)
  })
})

describe('the number of a payment card', () => {
  const CARD = '4111 1111 1111 1111'
  const order = { number: '4111111111111111', storeId: 'north', soldAt: '2026-03-02T08:00:00.000Z', currency: 'EUR', lines: [{ sku: 'SKU-1', serial: '4111111111111111', price_cents: 100 }] }
  const person = { email: 'cy@example.org', name: 'Cy', phone: '', address: '' }
  const tell = (path: string, told: object, token = 'card') =>
    asked({ method: 'POST', path, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': token }, body: JSON.stringify(told) })

  it.each([
    ['a name', { ...order, customer: { ...person, name: CARD } }], ['an address', { ...order, customer: { ...person, address: `Old Street 1, card ${CARD}` } }],
    ['the name of an article', { ...order, lines: [{ sku: CARD, price_cents: 100 }] }],
  ])('is refused as %s of an order, in words, and nothing is changed', async (_what, told) => {
    const was = await everything()
    const answer = await tell('/api/v1/orders', told)
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([409, { data: { code: 'card-number' } }])
    expect(await everything()).toBe(was)
  })

  it('is refused in a captured event and in a question that is kept', async () => {
    const was = await everything()
    for (const [path, told] of [['/epcis/capture', { ...CAPTURE, note: CARD }], ['/epcis/queries', { name: 'cards', query: { EQ_bizStep: CARD } }]] as const) {
      const answer = await tell(path, told)
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('payment card') as string])
    }
    expect(await everything()).toBe(was)
  })

  it('may be what a maker made the number of a piece, and a shop that of its order', async () => {
    const { status, text } = await tell('/api/v1/orders', order, 'serial')
    expect([status, JSON.parse(text)]).toMatchObject([409, { data: { code: 'unknown-product' } }])
  })
})

let before = ''
/** What is wrong with the answer; nothing for one that was taken, or refused in words with nothing changed. */
async function complaints(request: Request): Promise<string[]> {
  log.length = 0
  const { status, text } = await asked(request)
  const was = before
  before = await everything()
  if (status >= 500) return [`${request.what}: ${status} ${text.slice(0, 200)} ${log.join(' ').slice(0, 400)}`]
  if (status < 400) return []
  if (before !== was) return [`${request.what}: ${status}, and something was changed`]
  return /^\{.+\}$/su.test(text) ? [] : [`${request.what}: ${status} without words`]
}

describe.each([['the calls of the face', atTheFace], ['the doors for programs', atTheDoors], ['EPCIS and files', atEpcis]] as const)('%s', (_name, requests) => {
  it('take rubbish at any place, or refuse it in words and change nothing', async () => {
    before = await everything()
    const all = [...requests()]
    expect(all.length).toBeGreaterThan(500)
    const some = RUNS === 'all' ? all : fc.sample(fc.constantFrom(...all), RUNS === undefined ? { numRuns: 40, seed: 7 } : Number(RUNS))
    const wrong: string[] = []
    for (const request of some) wrong.push(...(await complaints(request)))
    expect(wrong).toEqual([])
  }, RUNS === undefined ? 60_000 : 3_600_000)
})
