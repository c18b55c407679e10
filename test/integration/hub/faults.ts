import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Sync } from '../../../electron/core/sync/sync.ts'
import { openPostgres } from '../../../hub/database.ts'
import { startEmbeddedPostgres } from '../../../hub/embedded-postgres.ts'
import { migrate } from '../../../hub/migrate.ts'
import { makeJoinCode } from '../../../hub/sync/devices.ts'
import { emptyFiles } from '../../simulation/empty-files.ts'
import { checkAll } from '../../simulation/invariants.ts'
import { chanceOf } from '../../simulation/random.ts'
import { SimHub } from '../../simulation/sim-hub.ts'
import { SimTill } from '../../simulation/sim-till.ts'
import { faultProxy, type Fault } from '../../support/hub/fault-proxy.ts'
import { freePort, startHubProcess, type HubProcess } from '../../support/hub/hub-process.ts'
import { withTillKey } from '../../support/hub/new-till-key.ts'

const FAULTS: readonly Fault[] = ['pass', 'pass', 'pass', 'cut', 'deaf', 'slow', 'half']

/** So many sales and returns at least, and so much longer for them at most. */
const ACTS_MIN = 30
const MORE_MS_MAX = 90_000

export interface Outcome {
  readonly events: number
  readonly conflicts: number
  readonly hubKills: number
  readonly postgresStops: number
}

/**
 * Real processes on a real PostgreSQL for so many seconds: three tills sell and take back through cables that are hurt,
 * two hubs are killed and started again, PostgreSQL stops as if the power was cut. Then all is let in peace, and the
 * tills and the centre must be equal, byte for byte and cent for cent. Throws where they are not.
 */
export async function underFaults(seconds: number, seed: number, log: (line: string) => void = () => undefined): Promise<Outcome> {
  const chance = chanceOf(seed)
  const folder = mkdtempSync(join(tmpdir(), 'countermark-faults-'))
  chmodSync(folder, 0o755)
  const template = emptyFiles(folder)
  let postgres = await startEmbeddedPostgres(folder)
  const db = openPostgres(postgres.url, 4)
  await migrate(db)
  const hub = new SimHub(db, Date.now)
  const units = Array.from({ length: 30 }, (_, index) => `unit-${index}`)
  await hub.reset([], units)
  const hubs: HubProcess[] = []
  const cables: Awaited<ReturnType<typeof faultProxy>>[] = []
  const tills: { till: SimTill; sync: Sync }[] = []
  let [hubKills, postgresStops] = [0, 0]
  const startOne = (n: number, port: number): Promise<HubProcess> => startHubProcess(postgres.url, join(folder, `hub-${n}`), port)
  try {
    for (const n of [0, 1]) hubs.push(await startOne(n, await freePort()))
    for (const n of [0, 1, 2]) {
      const cable = await faultProxy(hubs[n % 2]?.port ?? 0)
      cables.push(cable)
      const storeId = n === 1 ? 'south' : 'north'
      const till = new SimTill({ id: `T${n + 1}`, storeId, follows: 'all', dir: join(folder, `till-${n}`), now: Date.now, template, joined: false })
      const sync = new Sync({ ground: till.ground, dataDir: till.dir, tillKey: await withTillKey(till.dir), told: () => undefined, moved: () => undefined, health: null, customers: () => null })
      await sync.join(cable.url, (await makeJoinCode(hub.ground, storeId, 'test')).code)
      tills.push({ till, sync })
    }
    await until(() => tills.every(({ sync }) => sync.view.state === 'up-to-date'), 30_000, () => tills.map(({ sync }) => sync.view.state).join(' '))
    const end = performance.now() + seconds * 1_000
    let acts = 0
    // A busy machine does less in the same time: what was to be tried is tried all the same, within a bound.
    const isEnough = (): boolean => acts >= ACTS_MIN && hubKills > 0
    while (performance.now() < end || (!isEnough() && performance.now() < end + MORE_MS_MAX)) {
      const { till, sync } = chance.pick(tills)
      const unit = chance.pick(units)
      const done = chance.is(0.6) ? till.sell(unit) : till.takeBack(unit)
      if (done) {
        acts += 1
        sync.kick()
      }
      if (chance.is(0.05)) {
        const cable = chance.pick(cables)
        cable.fault = chance.pick(FAULTS)
        if (chance.is(0.5)) cable.cutAll()
      }
      if (chance.is(0.006)) {
        const n = chance.below(2)
        const { port } = hubs[n] ?? { port: 0 }
        await hubs[n]?.kill()
        hubKills += 1
        hubs[n] = await startOne(n, port)
      }
      if (chance.is(0.003)) {
        await postgres.stopImmediately()
        postgresStops += 1
        postgres = await startEmbeddedPostgres(folder, { port: postgres.port })
      }
      await wait(5 + chance.below(25))
    }
    for (const cable of cables) cable.fault = 'pass'
    const isQuiet = (): boolean => {
      for (const { sync } of tills) if (sync.view.state === 'unreached') sync.retry()
      return tills.every(({ till, sync }) => sync.view.state === 'up-to-date' && sync.view.waiting.events === 0 && till.isAnswered)
    }
    await until(isQuiet, 60_000, () => JSON.stringify(tills.map(({ sync }) => sync.view)))
    await wait(6_000)
    await until(isQuiet, 30_000, () => 'not quiet again')
    const found = await checkAll(hub, tills.map(({ till }) => till), units, 'none')
    log(`${found.events} events, ${found.conflicts} conflicts, ${hubKills} hubs killed, PostgreSQL stopped ${postgresStops} times`)
    return { ...found, hubKills, postgresStops }
  } finally {
    for (const { sync } of tills) await sync.close()
    for (const { till } of tills) till.close()
    for (const cable of cables) await cable.close()
    for (const one of hubs) await one.kill()
    await db.close()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function until(is: () => boolean, within_ms: number, what: () => string): Promise<void> {
  const end = performance.now() + within_ms
  while (!is()) {
    if (performance.now() > end) throw new Error(`still waiting: ${what()}`)
    await wait(50)
  }
}
