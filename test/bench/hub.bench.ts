import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { readCursors } from '../../contract/sync/wire.ts'
import { Mirror } from '../../electron/core/mirror/mirror.ts'
import { fetchMirror } from '../../electron/core/sync/fetch-mirror.ts'
import { HubClient } from '../../electron/core/sync/hub-client.ts'
import { catchUp, listen } from '../../electron/core/sync/listen.ts'
import { cursorsOf, followScopes } from '../../electron/core/sync/take-rows.ts'
import { tillKey } from '../../electron/core/sync/till-key.ts'
import { startHub, type Hub } from '../../hub/start-hub.ts'
import { applySome } from '../../hub/sync/apply.ts'
import { CHAIN_START, chained } from '../../hub/sync/chain.ts'
import { claim } from '../../hub/sync/claims.ts'
import { makeJoinCode } from '../../hub/sync/devices.ts'
import { loadMirror } from '../../hub/sync/load-mirror.ts'
import { newestSchema } from '../../hub/sync/mirror-file.ts'
import { receive } from '../../hub/sync/receive.ts'
import { SimHub } from '../simulation/sim-hub.ts'
import { benchMirror } from '../support/bench-mirror.ts'
import type { MedianBench } from './resolver.bench.ts'

const MIGRATIONS = join(import.meta.dirname, '../../migrations')
/** A million takes minutes to load into PostgreSQL first; BENCH_UNITS says how many. */
const UNITS = Number(process.env['BENCH_UNITS'] ?? 100_000)
const TILLS = 8
const STREAMS = 200

type AsyncBench = Omit<MedianBench, 'measure'> & { measure(say: (sentence: string) => void): Promise<{ median_us: number; limit_us: number; p99_us?: number }> }

interface World {
  readonly hub: Hub
  readonly sim: SimHub
  readonly folder: string
}
let opened: Promise<World> | null = null

/** A centre on its own PostgreSQL, durable as it comes; ended with the process. */
function world(): Promise<World> {
  opened ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countermark-bench-hub-'))
    chmodSync(folder, 0o755)
    const hub = await startHub({ host: '127.0.0.1', port: 0, dataDir: folder, databaseUrl: null, load: null, joinCodes: false }, () => undefined)
    process.on('exit', () => {
      if (hub.postgres) process.kill(hub.postgres.pid, 'SIGINT')
      rmSync(folder, { recursive: true, force: true })
    })
    const sim = new SimHub(hub.ground.db, Date.now)
    return { hub, sim, folder }
  })()
  return opened
}

const medianOf = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0
const p99Of = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * 0.99)] ?? 0

async function joinedClient({ hub, folder }: World, id: string): Promise<{ client: HubClient; dir: string; hubKey: string; gen: string; scopes: string[] }> {
  const dir = mkdtempSync(join(folder, 'till-'))
  const key = tillKey(dir)
  const { code } = await makeJoinCode(hub.ground, 'north', 'bench')
  const reply = await HubClient.join(hub.url, { code, protocol: 1, till: { id, code: 'B1', name: id }, publicKey: key.publicKey })
  const client = new HubClient(hub.url, id, key)
  const token = await client.signIn()
  return { client, dir, hubKey: reply.hubKey, gen: token.gen, scopes: token.scopes }
}

let tillCount = 0

/** Journals of sales, each of another unit, in batches; 8 tills at once, received and applied, beside the bare insert of the same rows. */
function ingest(batchSize: number): AsyncBench {
  return {
    name: `an event of a batch of ${batchSize}, received and applied`, promised_us: null, limitName: 'bare insert',
    async measure() {
      const { hub, sim } = await world()
      const batches = batchSize === 1 ? 60 : batchSize === 10 ? 20 : 5
      const ids = Array.from({ length: TILLS * batches * batchSize }, (_, index) => `unit-${batchSize}-${index}`)
      const tills = Array.from({ length: TILLS }, () => ({ id: `bench-${(tillCount += 1)}`, storeId: 'north', follows: 'all' }))
      await sim.reset(tills, ids)
      const journals = tills.map((till, n) => journalOf(till.id, ids.slice(n * batches * batchSize, (n + 1) * batches * batchSize), batchSize))
      const began = performance.now()
      await Promise.all(tills.map(async (till, n) => {
        for (const batch of journals[n] ?? []) {
          await receive(hub.ground, till.id, batch)
          while (!(await applySome(hub.ground, till.id, batch.inc)));
        }
      }))
      const took = performance.now() - began
      await hub.ground.db.query('CREATE TABLE IF NOT EXISTS bare (till text, seq bigint, hash text, body text, PRIMARY KEY (till, seq))')
      await hub.ground.db.query('DELETE FROM bare')
      const bareBegan = performance.now()
      await Promise.all(tills.map(async (till, n) => {
        for (const { events } of journals[n] ?? [])
          await hub.ground.db.query('INSERT INTO bare SELECT $1, n.* FROM unnest($2::bigint[], $3::text[], $4::text[]) AS n', [
            till.id, events.map(({ seq }) => seq), events.map(({ hash }) => hash), events.map(({ body }) => body),
          ])
      }))
      return { median_us: (took * 1_000) / ids.length, limit_us: ((performance.now() - bareBegan) * 1_000) / ids.length }
    },
  }
}

function journalOf(till: string, units: readonly string[], size: number) {
  let before = CHAIN_START
  const events = units.map((unitId, index) => {
    const at = new Date().toISOString()
    const purchase = { saleId: `s-${unitId}`, receiptNumber: `R${index}`, soldAt: at, storeId: 'north', channel: 'store', paid_cents: 10_000, currency: 'EUR', tender: 'cash' }
    const body = JSON.stringify({
      v: 1, seq: index + 1, p: 0, id: `${till}-${index}`, kind: 'sold', unitId, at, storeId: 'north', tillId: till, staffId: 'eva', who: 'Eva', params: { receipt: `R${index}` },
      facts: { custody: { at: 'with-customer' }, title: { is: 'sold', purchase }, condition: 'new', flags: [], cover: [] },
    })
    before = chained(before, body)
    return { seq: index + 1, hash: before, body }
  })
  return Array.from({ length: Math.ceil(events.length / size) }, (_, n) => ({
    inc: `${till}-1`, prevSeq: n * size, prevHash: events[n * size - 1]?.hash ?? CHAIN_START, events: events.slice(n * size, (n + 1) * size), answered: 0, signature: '',
  }))
}

const feedRows: AsyncBench = {
  name: 'a row of the feed, from PostgreSQL over HTTP into the mirror', promised_us: 100, limitName: 'SQLite insert',
  async measure() {
    const whole = await world()
    const ids = Array.from({ length: 20_000 }, (_, index) => `unit-${index}`)
    await whole.sim.reset([], ids)
    const { client, dir, gen, scopes } = await joinedClient(whole, `feed-${(tillCount += 1)}`)
    const mirror = new Mirror(join(dir, 'mirror.db'), join(MIGRATIONS, 'mirror'))
    followScopes(mirror, scopes)
    const began = performance.now()
    const taken = await catchUp(client, mirror, gen)
    const took = performance.now() - began
    mirror.close()
    const bare = new Database(join(dir, 'bare.db'))
    bare.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE units (id TEXT PRIMARY KEY, row TEXT) WITHOUT ROWID')
    const insert = bare.prepare('INSERT INTO units VALUES (?, ?)')
    const bareBegan = performance.now()
    for (let n = 0; n < ids.length; n += 2_000) bare.transaction(() => ids.slice(n, n + 2_000).forEach((id) => insert.run(id, 'x'.repeat(150))))()
    const limit = performance.now() - bareBegan
    bare.close()
    return { median_us: (took * 1_000) / taken, limit_us: (limit * 1_000) / ids.length }
  },
}

const stolen: AsyncBench = {
  name: `a stolen flag, from its commit to ${STREAMS} tills' mirrors (the last of 100)`, promised_us: 150_000, limitName: 'nothing',
  async measure() {
    const whole = await world()
    const ids = Array.from({ length: 100 }, (_, index) => `unit-${index}`)
    await whole.sim.reset([], ids)
    const { client, dir, gen, scopes } = await joinedClient(whole, `stream-${(tillCount += 1)}`)
    const mirror = new Mirror(join(dir, 'mirror.db'), join(MIGRATIONS, 'mirror'))
    followScopes(mirror, scopes)
    await catchUp(client, mirror, gen)
    const end = new AbortController()
    const arrivals = new Map<number, () => void>()
    void listen(client, mirror, gen, { rows: () => arrivals.get(0)?.(), beat: () => undefined }, end.signal).catch(() => undefined)
    // The other tills are lines only: that they hear at the same time is what is measured.
    const text = Object.entries(cursorsOf(mirror)).map(([scope, seq]) => `${scope}:${seq}`).join(',')
    for (let n = 1; n < STREAMS; n += 1)
      void client.stream(readCursors(text) ?? {}, gen, end.signal).then(async (body) => {
        for await (const piece of body as unknown as AsyncIterable<Uint8Array>) if (Buffer.from(piece).includes('event: rows')) arrivals.get(n)?.()
      }).catch(() => undefined)
    await wait(2_000)
    const waits: number[] = []
    for (const id of ids.slice(0, 40)) {
      const all = Array.from({ length: STREAMS }, (_, n) => new Promise<void>((resolve) => arrivals.set(n, resolve)))
      await whole.sim.flag(id, true)
      const committed = performance.now()
      await Promise.race([Promise.all(all), wait(5_000)])
      waits.push((performance.now() - committed) * 1_000)
      await wait(20)
    }
    end.abort()
    mirror.close()
    return { median_us: medianOf(waits), limit_us: 1, p99_us: p99Of(waits) }
  },
}

const claims: AsyncBench = {
  name: 'a lease, 16 tills fighting for 500 pieces', promised_us: null, limitName: 'bare upsert',
  async measure() {
    const { hub, sim } = await world()
    const ids = Array.from({ length: 500 }, (_, index) => `unit-${index}`)
    await sim.reset([], ids)
    const fight = async (ask: (till: string, unit: string) => Promise<unknown>): Promise<number> => {
      const began = performance.now()
      await Promise.all(Array.from({ length: 16 }, async (_, till) => {
        for (let n = 0; n < 60; n += 1) await ask(`t${till}`, ids[(n * 7 + till * 31) % ids.length] ?? '')
      }))
      return ((performance.now() - began) * 1_000) / (16 * 60)
    }
    const median_us = await fight((till, unit) => claim(hub.ground, till, unit))
    const limit_us = await fight((till, unit) => hub.ground.db.query('INSERT INTO claim VALUES ($1, $2, 1, 1) ON CONFLICT (unit_id) DO UPDATE SET till = excluded.till, token = claim.token + 1', [unit, till]))
    return { median_us, limit_us }
  },
}

const firstMirror: AsyncBench = {
  name: `the first mirror of ${UNITS} units, fetched and checked`, promised_us: null, limitName: 'bare file copy',
  async measure(say) {
    const whole = await world()
    await whole.sim.reset([], [])
    await whole.hub.ground.db.query("DELETE FROM record")
    const file = benchMirror(UNITS, say)
    say(`loading ${UNITS} units into PostgreSQL`)
    await loadMirror(whole.hub.ground, file)
    const { client, dir, hubKey } = await joinedClient(whole, `first-${(tillCount += 1)}`)
    say('making the ready file')
    await client.manifest(newestSchema(join(MIGRATIONS, 'mirror')))
    const took: number[] = []
    for (let n = 0; n < 3; n += 1) {
      const began = performance.now()
      const got = await fetchMirror(client, { dataDir: dir, hubKey, schema: newestSchema(join(MIGRATIONS, 'mirror')) }, () => undefined, AbortSignal.timeout(60_000))
      took.push((performance.now() - began) * 1_000)
      const copyBegan = performance.now()
      copyFileSync(got.file, join(dir, 'copy.db'))
      took.push(-(performance.now() - copyBegan) * 1_000)
    }
    return { median_us: medianOf(took.filter((us) => us > 0)), limit_us: medianOf(took.filter((us) => us < 0).map((us) => -us)) }
  },
}

export const benches: readonly AsyncBench[] = [ingest(1), ingest(10), ingest(100), feedRows, claims, stolen, firstMirror]
