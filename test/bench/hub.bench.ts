import { closeSync, copyFileSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { cursorText, readCursors, type FeedRow } from '../../contract/sync/wire.ts'
import { Mirror } from '../../electron/core/mirror/mirror.ts'
import { fetchMirror } from '../../electron/core/sync/fetch-mirror.ts'
import type { HubClient } from '../../electron/core/sync/hub-client.ts'
import { catchUp, listen } from '../../electron/core/sync/listen.ts'
import { cursorsOf, followScopes } from '../../electron/core/sync/take-rows.ts'
import { claim } from '../../hub/sync/claims.ts'
import { change, numbered, readFeed } from '../../hub/sync/feed.ts'
import { loadMirror } from '../../hub/sync/load-mirror.ts'
import { newestSchema } from '../../hub/sync/mirror-file.ts'
import { feedRowOf, flagUnits, readUnits, scopesOfChange, withFacts, factsOf, writeUnits } from '../../hub/sync/units.ts'
import { benchMirror } from '../support/bench-mirror.ts'
import { emptyCentre, joinedTill, lineOf, medianOf, openBenchCentre, stockUnits, unitIds, type BenchCentre } from '../support/hub/bench-centre.ts'
import { percentilesOf } from '../support/percentiles.ts'

/** A figure of the centre; `promisedTimes`: at most so many times what the least work takes. */
export interface CentreBench {
  readonly name: string
  readonly promised_us: number | null
  readonly promisedP99_us?: number
  readonly promisedTimes?: number
  readonly limitName: string
  measure(say: (sentence: string) => void): Promise<{ readonly median_us: number; readonly limit_us: number; readonly p99_us?: number }>
}

const MIRROR_MIGRATIONS = join(import.meta.dirname, '../../migrations/mirror')
/** A million takes minutes to load into PostgreSQL first; BENCH_UNITS says how many. */
const UNITS = Number(process.env['BENCH_UNITS'] ?? 100_000)
const FEED_ROWS = 40_000
const STREAMS = 200
const FLAGS = 100
/** The feed of the prototype, whose rows were a piece with eight columns and neither names nor a history. */
const ROWS_A_SECOND = 44_000

let opened: Promise<BenchCentre> | null = null
const centre = (): Promise<BenchCentre> => (opened ??= openBenchCentre())
export const end = async (): Promise<void> => (await opened)?.end()

/** Every piece of a store changes, in no order: the new state and a line of its life go into a mirror that has them all. */
const feedRows: CentreBench = {
  name: 'a changed piece, from PostgreSQL over HTTP into the mirror', promised_us: 1_000_000 / ROWS_A_SECOND, limitName: 'SQLite upsert',
  async measure() {
    const whole = await centre()
    const ids = unitIds(FEED_ROWS)
    await emptyCentre(whole.ground)
    await stockUnits(whole.ground, ids, true)
    const { client, dir, gen, scopes } = await joinedTill(whole)
    const mirror = new Mirror(join(dir, 'mirror.db'), MIRROR_MIGRATIONS)
    followScopes(mirror, scopes)
    await catchUp(client, mirror, gen)
    const [ours, least]: [number[], number[]] = [[], []]
    const inNoOrder = ids.toSorted((a, b) => (a.slice(-4) < b.slice(-4) ? -1 : 1))
    for (const area of ['window', 'shelf', 'window']) {
      mirror.reading.pragma('wal_checkpoint(TRUNCATE)')
      copyFileSync(join(dir, 'mirror.db'), join(dir, 'bare.db'))
      const before = cursorsOf(mirror)['north'] ?? 0
      await moveAll(whole, inNoOrder, area)
      const began = performance.now()
      const taken = await catchUp(client, mirror, gen)
      ours.push(((performance.now() - began) * 1_000) / taken)
      least.push(bareUpserts(join(dir, 'bare.db'), (await readFeed(whole.ground.db, 'north', before, FEED_ROWS)).map((row) => numbered(row).row)))
    }
    mirror.close()
    return { median_us: medianOf(ours), limit_us: medianOf(least) }
  },
}

async function moveAll({ ground }: BenchCentre, ids: readonly string[], area: string): Promise<void> {
  for (let start = 0; start < ids.length; start += 1_000)
    await change(ground, async (tx, tell) => {
      const units = await readUnits(tx, ids.slice(start, start + 1_000))
      const moved = [...units.values()].map((before) => {
        const unit = withFacts(before, { ...factsOf(before), custody: { at: 'in-stock', storeId: 'north', area } })
        return { before, was: before.ver, unit }
      })
      await writeUnits(tx, moved)
      for (const { before, unit } of moved) tell(scopesOfChange(before, unit, null), feedRowOf(unit, [lineOf('moved', unit.ver)]))
    })
}

/** The same rows that are here already, into the same tables, as fast as SQLite takes them: no line, no numbers, no looking. */
function bareUpserts(file: string, rows: readonly FeedRow[]): number {
  const db = new Database(file)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8000')
  const unit = db.prepare('UPDATE units SET custody = ?, area = ?, ver = ? WHERE id = ?')
  const line = db.prepare('INSERT INTO unit_events VALUES (?, ?, ?, ?, ?, ?, ?)')
  const put = db.transaction((some: readonly FeedRow[]) => {
    for (const row of some) {
      if (row.t !== 'unit') continue
      unit.run(row.row['custody'], row.row['area'], row.ver, row.id)
      for (const { at, n, kind, store_id, who, params } of row.events) line.run(row.id, at, n, kind, store_id, who, JSON.stringify(params))
    }
  })
  const began = performance.now()
  for (let start = 0; start < rows.length; start += 4_000) put(rows.slice(start, start + 4_000))
  const took = performance.now() - began
  db.close()
  return (took * 1_000) / rows.length
}

/** The flag is committed by another process of the centre than the one that holds the lines: the longest way there is. */
const stolen: CentreBench = {
  name: `a stolen flag, from its commit to the mirror of a till and ${STREAMS} lines`, promised_us: null, promisedP99_us: 150_000, limitName: '',
  async measure() {
    const whole = await centre()
    const ids = unitIds(FLAGS)
    await emptyCentre(whole.ground)
    await stockUnits(whole.ground, ids, true)
    const { client, dir, gen, scopes } = await joinedTill(whole)
    const mirror = new Mirror(join(dir, 'mirror.db'), MIRROR_MIGRATIONS)
    followScopes(mirror, scopes)
    await catchUp(client, mirror, gen)
    const leave = new AbortController()
    const arrivals = new Map<number, () => void>()
    void listen(client, mirror, gen, { rows: () => arrivals.get(0)?.(), beat: () => undefined }, leave.signal).catch(() => undefined)
    // The other tills are lines only: that they hear at the same time is what is measured.
    const cursors = readCursors(cursorText(cursorsOf(mirror))) ?? {}
    const lines = Array.from({ length: STREAMS - 1 }, async (_, n) => {
      const body = await client.stream(cursors, gen, leave.signal)
      void hear(body, () => arrivals.get(n + 1)?.()).catch(() => undefined)
    })
    await Promise.all(lines)
    await wait(1_000)
    const waits: number[] = []
    for (const id of ids) {
      const all = Array.from({ length: STREAMS }, (_, n) => new Promise<void>((resolve) => arrivals.set(n, resolve)))
      await flag(whole, id)
      const committed = performance.now()
      await Promise.race([Promise.all(all), wait(5_000)])
      waits.push((performance.now() - committed) * 1_000)
      await wait(Math.random() * 60)
    }
    leave.abort()
    mirror.close()
    return { ...percentilesOf(waits), limit_us: Number.NaN }
  },
}

async function hear(body: ReadableStream<Uint8Array>, rows: () => void): Promise<void> {
  for await (const piece of body) if (Buffer.from(piece).includes('event: rows')) rows()
}

const flag = ({ ground }: BenchCentre, id: string): Promise<string[]> =>
  change(ground, (tx, tell) => flagUnits(tx, tell, [id], () => [{ kind: 'stolen-own', source: 'centre', at: new Date().toISOString(), reason: 'stolen', reference: null }], null))

const claims: CentreBench = {
  name: 'a lease, 16 tills fighting for 500 pieces', promised_us: null, limitName: 'bare upsert',
  async measure() {
    const { ground } = await centre()
    const ids = unitIds(500)
    await emptyCentre(ground)
    await stockUnits(ground, ids, false)
    const fight = async (ask: (till: string, unit: string) => Promise<unknown>): Promise<number> => {
      const began = performance.now()
      await Promise.all(Array.from({ length: 16 }, async (_, till) => {
        for (let n = 0; n < 150; n += 1) await ask(`t${till}`, ids[(n * 7 + till * 31) % ids.length] ?? '')
      }))
      return ((performance.now() - began) * 1_000) / (16 * 150)
    }
    const bare = (till: string, unit: string): Promise<unknown> =>
      ground.db.query('INSERT INTO claim VALUES ($1, $2, 1, 1) ON CONFLICT (unit_id) DO UPDATE SET till = excluded.till, token = claim.token + 1', [unit, till])
    const [ours, least]: [number[], number[]] = [[], []]
    for (let round = 0; round < 5; round += 1) {
      ours.push(await fight((till, unit) => claim(ground, till, unit)))
      least.push(await fight(bare))
    }
    return { median_us: medianOf(ours), limit_us: medianOf(least) }
  },
}

interface FirstMirror {
  readonly fetched_us: number
  readonly copied_us: number
  readonly swapped_us: number
}

let fetched: Promise<FirstMirror> | null = null
const first = (say: (sentence: string) => void): Promise<FirstMirror> => (fetched ??= measureFirst(say))

async function measureFirst(say: (sentence: string) => void): Promise<FirstMirror> {
  const whole = await centre()
  const { ground } = whole
  await emptyCentre(ground)
  await ground.db.query('DELETE FROM record')
  const file = benchMirror(UNITS, say)
  say(`loading ${UNITS.toLocaleString('en')} units into PostgreSQL`)
  await loadMirror(ground, file)
  const { client, dir, hubKey } = await joinedTill(whole)
  say('making the ready file')
  const schema = newestSchema(MIRROR_MIGRATIONS)
  await readyFile(client, schema)
  await client.signIn()
  const mirror = new Mirror(join(dir, 'mirror.db'), MIRROR_MIGRATIONS)
  const rounds: FirstMirror[] = []
  for (let n = 0; n < 3; n += 1) {
    const began = performance.now()
    const got = await fetchMirror(client, { dataDir: dir, hubKey, schema }, () => undefined, AbortSignal.timeout(300_000))
    const came = performance.now()
    copyOntoDisk(got.file, join(dir, 'copy.db'))
    const copied = performance.now()
    rmSync(join(dir, 'copy.db'))
    const removed = performance.now()
    mirror.replaceWith(got.file)
    const swapped = performance.now()
    rounds.push({ fetched_us: (came - began) * 1_000, copied_us: (copied - came) * 1_000, swapped_us: (swapped - removed) * 1_000 })
  }
  mirror.close()
  const median = (key: keyof FirstMirror): number => medianOf(rounds.map((one) => one[key]))
  return { fetched_us: median('fetched_us'), copied_us: median('copied_us'), swapped_us: median('swapped_us') }
}

/** A file that is still there after a power cut, as a fetched mirror is. */
function copyOntoDisk(file: string, to: string): void {
  copyFileSync(file, to)
  const copy = openSync(to, 'r+')
  fsyncSync(copy)
  closeSync(copy)
}

/** On a busy machine the file of a large shop takes longer than a till waits for an answer; it asks again, as tills do. */
async function readyFile(client: HubClient, schema: number): Promise<void> {
  for (;;) {
    try {
      return void (await client.manifest(schema))
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'TimeoutError') throw error
    }
  }
}

const firstMirror: CentreBench = {
  name: `the first mirror of ${UNITS.toLocaleString('en')} units, fetched, unpacked and checked`, promised_us: null, limitName: 'bare file copy onto the disk',
  async measure(say) {
    const { fetched_us, copied_us } = await first(say)
    return { median_us: fetched_us, limit_us: copied_us }
  },
}

/** All that a cashier can feel of it: the rest is done beside the selling. */
const swap: CentreBench = {
  name: `a fetched mirror of ${UNITS.toLocaleString('en')} units put in the place of the old one`, promised_us: 150_000, limitName: 'bare file copy onto the disk',
  async measure(say) {
    const { swapped_us, copied_us } = await first(say)
    return { median_us: swapped_us, limit_us: copied_us }
  },
}

export const benches: readonly CentreBench[] = [claims, feedRows, stolen, firstMirror, swap]
