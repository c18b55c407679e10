import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { applySome } from '../../hub/sync/apply.ts'
import { CHAIN_START, chained } from '../../hub/sync/chain.ts'
import { receive } from '../../hub/sync/receive.ts'
import { emptyCentre, medianOf, openBenchCentre, stockUnits, unitIds, type BenchCentre } from '../support/hub/bench-centre.ts'
import type { CentreBench } from './hub.bench.ts'

const TILLS = 8
const ROUNDS = 5
/** So many batches of a till a round: enough work that the clock tells the one from the other. */
const BATCHES: Readonly<Record<number, number>> = { 1: 100, 10: 40, 100: 15 }

let opened: Promise<BenchCentre> | null = null
const centre = (): Promise<BenchCentre> => (opened ??= openBenchCentre())
export const end = async (): Promise<void> => (await opened)?.end()

interface Ingest {
  readonly received_us: number
  readonly applied_us: number
  readonly bare_us: number
}

const measuredBefore = new Map<number, Promise<Ingest>>()

function ingest(size: number): Promise<Ingest> {
  let known = measuredBefore.get(size)
  if (!known) measuredBefore.set(size, (known = measure(size)))
  return known
}

/**
 * Journals of sales, each of another piece, of 8 tills at once: the bare insert of the same rows into a table of the same
 * shape, with its indexes; then what the centre does until a till may forget them; then its judging and telling of them.
 * Turn by turn, so that whatever else the machine does meets all three.
 */
async function measure(size: number): Promise<Ingest> {
  const { ground } = await centre()
  const { db } = ground
  await db.query('DROP TABLE IF EXISTS bare')
  await db.query('CREATE TABLE bare (LIKE journal INCLUDING ALL)')
  const batches = BATCHES[size] ?? 1
  const ids = unitIds(TILLS * batches * size)
  const rounds: Ingest[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    await emptyCentre(ground)
    await stockUnits(ground, ids, false)
    const journals = Array.from({ length: TILLS }, (_, n) => journalOf(`till-${n}`, ids.slice(n * batches * size, (n + 1) * batches * size), size))
    for (const { till } of journals)
      await db.query("INSERT INTO device (till, code, name, store_id, public_key, state, follows, joined_at) VALUES ($1, $1, $1, 'north', '', 'joined', 'all', '')", [till])
    await db.query('TRUNCATE bare')
    const eachTill = async (act: (journal: (typeof journals)[number]) => Promise<void>): Promise<number> => {
      const began = performance.now()
      await Promise.all(journals.map(act))
      return ((performance.now() - began) * 1_000) / ids.length
    }
    const bare_us = await eachTill(async ({ till, batches: sent }) => {
      for (const { inc, events } of sent) await db.query(BARE, [till, inc, ...columnsOf(events)])
    })
    const received_us = await eachTill(async ({ till, batches: sent }) => {
      for (const batch of sent) await receive(ground, till, batch)
    })
    const judged_us = await eachTill(async ({ till }) => {
      while (!(await applySome(ground, till, `${till}-1`)));
    })
    // The first round makes the programs of both sides warm.
    if (round > 0) rounds.push({ bare_us, received_us, applied_us: received_us + judged_us })
  }
  const median = (key: keyof Ingest): number => medianOf(rounds.map((one) => one[key]))
  return { bare_us: median('bare_us'), received_us: median('received_us'), applied_us: median('applied_us') }
}

const BARE = `INSERT INTO bare (till, inc, seq, id, kind, unit_id, at, hash, body, received_at)
  SELECT $1, $2, n.*, 'now' FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) AS n`

type Sent = ReturnType<typeof journalOf>['batches'][number]['events']

const columnsOf = (events: Sent): (string | number)[][] => [
  events.map(({ seq }) => seq), events.map(({ id }) => id), events.map(() => 'sold'), events.map(({ unitId }) => unitId), events.map(({ at }) => at),
  events.map(({ hash }) => hash), events.map(({ body }) => body),
]

function journalOf(till: string, units: readonly string[], size: number) {
  let before = CHAIN_START
  const events = units.map((unitId, index) => {
    const at = new Date().toISOString()
    const id = `${till}-${index}`
    const purchase = { saleId: `s-${unitId}`, receiptNumber: `R${index}`, soldAt: at, storeId: 'north', channel: 'store', paid_cents: 10_000, currency: 'EUR', tender: 'cash' }
    const body = JSON.stringify({
      v: 1, seq: index + 1, p: 0, id, kind: 'sold', unitId, at, storeId: 'north', tillId: till, staffId: 'eva', who: 'Eva', params: { receipt: `R${index}` },
      facts: { custody: { at: 'with-customer' }, title: { is: 'sold', purchase }, condition: 'new', flags: [], cover: [] },
    })
    before = chained(before, body)
    return { seq: index + 1, hash: before, body, id, unitId, at }
  })
  const batches = Array.from({ length: Math.ceil(events.length / size) }, (_, n) => ({
    inc: `${till}-1`, prevSeq: n * size, prevHash: events[n * size - 1]?.hash ?? CHAIN_START, events: events.slice(n * size, (n + 1) * size), answered: 0,
    signature: 'x'.repeat(88),
  }))
  return { till, batches }
}

const received = (size: number): CentreBench => ({
  name: `an event of a batch of ${size}, received for good`, promised_us: null, limitName: 'bare insert', ...(size >= 10 ? { promisedTimes: 2 } : {}),
  measure: async () => {
    const { received_us, bare_us } = await ingest(size)
    return { median_us: received_us, limit_us: bare_us }
  },
})

const applied = (size: number): CentreBench => ({
  name: `an event of a batch of ${size}, received, judged and told`, promised_us: null, limitName: 'bare insert',
  measure: async () => {
    const { applied_us, bare_us } = await ingest(size)
    return { median_us: applied_us, limit_us: bare_us }
  },
})

/** PostgreSQL's own bench, where it is installed: one row a transaction, over as many connections. */
const besidePgbench = (pgbench: string): CentreBench => ({
  name: 'an event of a batch of 1, received for good, beside pgbench', promised_us: null, limitName: 'pgbench',
  measure: async () => {
    const { received_us } = await ingest(1)
    const { ground, folder, url } = await centre()
    await ground.db.query('DROP TABLE IF EXISTS one_by_one')
    await ground.db.query('CREATE TABLE one_by_one (id bigserial PRIMARY KEY, body text)')
    const script = join(folder, 'one.sql')
    writeFileSync(script, `INSERT INTO one_by_one (body) VALUES ('${'x'.repeat(400)}');\n`)
    const run = spawnSync(pgbench, ['-n', '-M', 'prepared', '-c', String(TILLS), '-T', '3', '-f', script, url], { encoding: 'utf8' })
    const tps = Number(/tps = ([\d.]+)/.exec(run.stdout)?.[1] ?? Number.NaN)
    return { median_us: received_us, limit_us: 1_000_000 / tps }
  },
})

function pgbenchHere(): string | null {
  const debian = '/usr/lib/postgresql'
  const folders = [...(existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : []), ...(process.env['PATH'] ?? '').split(':')]
  return folders.map((folder) => join(folder, 'pgbench')).find((file) => existsSync(file)) ?? null
}

const pgbench = pgbenchHere()
export const benches: readonly CentreBench[] = [...[1, 10, 100].flatMap((size) => [received(size), applied(size)]), ...(pgbench === null ? [] : [besidePgbench(pgbench)])]
