import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ToldEvent } from '../../../contract/sync/wire.ts'
import type { UnitFacts } from '../../../contract/unit.ts'
import { HubClient } from '../../../electron/core/sync/hub-client.ts'
import { newTillKey } from './new-till-key.ts'
import { openPostgres } from '../../../hub/database.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../hub/embedded-postgres.ts'
import { newId, type HubGround } from '../../../hub/ground.ts'
import { migrate } from '../../../hub/migrate.ts'
import { change } from '../../../hub/sync/feed.ts'
import { makeJoinCode } from '../../../hub/sync/devices.ts'
import { putRecords } from '../../../hub/sync/records.ts'
import { feedRowOf, newUnit, scopesOfChange, withFacts, writeUnits, type HubUnit } from '../../../hub/sync/units.ts'
import { freePort, startHubProcess, type HubProcess } from './hub-process.ts'

/** A centre to be measured: a PostgreSQL of its own, durable as it comes, and the centre's code on it. */
export interface BenchCentre {
  readonly ground: HubGround
  readonly folder: string
  /** The address of its PostgreSQL. */
  readonly url: string
  /** A process of the centre beside this one, as its users run it; started on first asking. */
  hub(): Promise<string>
  end(): Promise<void>
}

export async function openBenchCentre(): Promise<BenchCentre> {
  const folder = mkdtempSync(join(tmpdir(), 'countermark-bench-hub-'))
  chmodSync(folder, 0o755)
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres(folder)
  const db = openPostgres(postgres.url)
  await migrate(db)
  const ground: HubGround = { db, now_ms: Date.now, newId, dataDir: folder, log: (line) => console.error(line) }
  let hub: Promise<HubProcess> | null = null
  return {
    ground,
    folder,
    url: postgres.url,
    hub: async () => {
      hub ??= freePort().then((port) => startHubProcess(postgres.url, join(folder, 'hub'), port))
      return `http://127.0.0.1:${(await hub).port}`
    },
    end: async () => {
      await (await hub)?.kill('SIGTERM')
      await db.close()
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Empties everything that figures leave behind, and makes one store. */
export async function emptyCentre({ db, now_ms }: HubGround): Promise<void> {
  const tables = [
    'device', 'register_head', 'journal', 'batch', 'unit_event', 'event_answer', 'booked', 'unit', 'unit_alias', 'claim', 'conflict_case', 'record', 'feed_head',
    'feed', 'told', 'told_head', 'told_from', 'till_heard',
  ]
  await db.query(`TRUNCATE ${tables.join(', ')}`)
  await change({ db, now_ms }, (tx, tell) => putRecords(tx, tell, [STORE]))
}

const STORE = {
  kind: 'stores', key: { id: 'north' },
  row: { id: 'north', name: 'north', address: '', country: 'DE', currency: 'EUR', tax_number: '', tax_inclusive: 1, cash_step: 1, time_zone: 'Europe/Berlin' },
}
const IN_STOCK: UnitFacts = { custody: { at: 'in-stock', storeId: 'north', area: 'shelf' }, title: { is: 'ours' }, condition: 'new', flags: [], cover: [] }
const AT_ONCE = 2_000

/** Ids in no order, as serials are. */
export const unitIds = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `0197${((n * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0')}-${n}`)

/** Pieces in stock at the store, told to the tills with one line of their life where `tells`. */
export async function stockUnits(ground: HubGround, ids: readonly string[], tells: boolean): Promise<void> {
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const units = ids.slice(start, start + AT_ONCE).map((id): HubUnit => {
      const aliases = [{ value: `SN-${id}`, kind: 'serial', match_key: null, retired_why: null }] as const
      return { ...withFacts(newUnit(id, 'lamp', [...aliases], IN_STOCK), IN_STOCK), price_cents: 10_000 }
    })
    await change(ground, async (tx, tell) => {
      await writeUnits(tx, units.map((unit) => ({ was: 0, unit })))
      if (tells) for (const unit of units) tell(scopesOfChange(null, unit, null), feedRowOf(unit, [lineOf('received', 1)]))
    })
  }
}

export const lineOf = (kind: string, n: number): ToldEvent => ({ at: new Date().toISOString(), n, kind, store_id: 'north', who: 'Eva', params: { receipt: `R${n}` } })

/** A till that has just joined, with its token. */
export async function joinedTill({ ground, folder, hub }: BenchCentre): Promise<{ client: HubClient; dir: string; hubKey: string; gen: string; scopes: string[] }> {
  const dir = mkdtempSync(join(folder, 'till-'))
  const key = await newTillKey(dir)
  const id = newId()
  const url = await hub()
  const { code } = await makeJoinCode(ground, 'north', 'bench')
  const reply = await HubClient.join(url, { code, protocol: 1, till: { id, code: 'B1', name: id }, publicKey: key.publicKey })
  const client = new HubClient(url, id, key)
  const { gen, scopes } = await client.signIn()
  return { client, dir, hubKey: reply.hubKey, gen, scopes }
}

export const medianOf = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN
