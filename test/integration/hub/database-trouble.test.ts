import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { batchText } from '../../../contract/sync/wire.ts'
import { openPostgres, type Database } from '../../../hub/database.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../hub/embedded-postgres.ts'
import { migrate } from '../../../hub/migrate.ts'
import type { Room } from '../../../hub/room.ts'
import { openDoor, type Door } from '../../../hub/server.ts'
import { syncRoom } from '../../../hub/sync/room.ts'
import { SimHub } from '../../simulation/sim-hub.ts'
import { batchOf, bodyOf, DoorCaller } from '../../support/hub/door-caller.ts'

const folder = mkdtempSync(join(tmpdir(), 'countermark-trouble-'))
let postgres: EmbeddedPostgres
let hub: SimHub
let door: Door
let room: Room
let isFull = false
const caller = new DoorCaller(() => door.url, () => hub.ground)

/** What PostgreSQL says of a full disk, for every change; a disk of this machine is not filled for it. */
const onFullDisk = (db: Database): Database => {
  const full = (): Promise<never> => Promise.reject(Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' }))
  return {
    ...db,
    query: (text, values) => (isFull && !/^\s*SELECT/.test(text) ? full() : db.query(text, values)),
    touch: (text, values) => (isFull ? full() : db.touch(text, values)),
    transaction: (body) => (isFull ? full() : db.transaction(body)),
  }
}

beforeAll(async () => {
  chmodSync(folder, 0o755)
  postgres = await startEmbeddedPostgres(folder)
  const db = openPostgres(postgres.url, 4)
  await migrate(db)
  hub = new SimHub(onFullDisk(db), Date.now)
  await hub.reset([], ['u1', 'u2'])
  room = await syncRoom({ ...hub.ground, dataDir: folder })
  door = await openDoor({ host: '127.0.0.1', port: 0, routes: room.routes, log: () => undefined })
}, 90_000)
afterAll(async () => {
  await door.close()
  await room.stop?.()
  await hub.db.close()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Says something to the server beside the centre. */
async function beside<T>(act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}
const countOf = async (till: string): Promise<number> => (await hub.db.query<{ n: number }>('SELECT count(*)::bigint AS n FROM journal WHERE till = $1', [till]))[0]?.n ?? -1

/** The same piece of a journal in trouble and after it: not taken and not lost, then taken once. */
async function survives(id: string, trouble: () => Promise<void>, over: () => Promise<void>): Promise<void> {
  const till = await caller.joined(id)
  const batch = batchOf(till, [bodyOf(1), bodyOf(2)])
  await trouble()
  const refused = await caller.call('/v1/journal', batch, till.token)
  expect(refused.status).toBeGreaterThanOrEqual(500)
  // Nobody outside is told of our rows and files.
  expect(JSON.stringify(refused.json)).not.toMatch(/space|read-only|\.ts|journal/)
  await over()
  expect(await countOf(id)).toBe(0)
  await expect.poll(async () => (await caller.call('/v1/journal', batch, till.token)).status).toBe(200)
  expect(await caller.call('/v1/journal', batch, till.token)).toMatchObject({ json: { head: 2, applied: 2 } })
  expect(await countOf(id)).toBe(2)
}

it('a PostgreSQL whose disk is full takes nothing and tells what it has; with room again all goes up once', async () => {
  const reader = await caller.joined('reader')
  await survives(
    'full',
    async () => {
      isFull = true
      expect((await caller.call('/v1/digest', undefined, reader.token)).status).toBe(200)
    },
    () => {
      isFull = false
      return Promise.resolve()
    },
  )
}, 40_000)

it('a PostgreSQL that only may be read takes nothing, and nothing is lost by it', async () => {
  const readOnly = (is: 'on' | 'off') => () => beside(async (client) => {
    await client.query('SET default_transaction_read_only = off')
    await client.query(`ALTER SYSTEM SET default_transaction_read_only = ${is}`)
    await client.query('SELECT pg_reload_conf()')
    await expect.poll(async () => (await hub.db.query<{ v: string }>('SHOW default_transaction_read_only'))[0]).toEqual({ default_transaction_read_only: is })
  })
  await survives('sealed', readOnly('on'), readOnly('off'))
}, 40_000)

it('a PostgreSQL that is started again in the middle is found again', async () => {
  await survives(
    'reborn',
    () => postgres.stopImmediately(),
    async () => {
      postgres = await startEmbeddedPostgres(folder, { port: postgres.port })
    },
  )
}, 60_000)

it('a PostgreSQL that is slow holds up no till: what is taken is said at once, the verdict comes later', async () => {
  const till = await caller.joined('hasty')
  const facts = { custody: { at: 'in-stock', storeId: 'north', area: 'window' }, title: { is: 'ours' }, condition: 'new', flags: [], cover: [] }
  const batch = batchOf(till, [bodyOf(1, 'e1', { kind: 'moved', facts })])
  await beside(async (client) => {
    await client.query('BEGIN')
    await client.query("SELECT id FROM unit WHERE id = 'u1' FOR UPDATE")
    // Held until the answer is here: one that waited for the verdict would never come.
    expect(await caller.call('/v1/journal', batch, till.token)).toMatchObject({ status: 200, json: { head: 1, applied: 0, answers: [] } })
    await client.query('ROLLBACK')
  })
  const empty = { inc: batch.inc, prevSeq: 1, prevHash: batch.events[0]?.hash ?? '', events: [], answered: 0 }
  const ask = () => caller.call('/v1/journal', { ...empty, signature: till.key.sign(batchText(till.id, empty)) }, till.token)
  await expect.poll(async () => (await ask()).json['answers']).toMatchObject([{ seq: 1, verdict: 'accepted' }])
}, 40_000)
