import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openPostgres } from '../../../hub/database.ts'
import { migrate } from '../../../hub/migrate.ts'
import { makeJoinCode } from '../../../hub/sync/devices.ts'
import { emptyFiles } from '../../simulation/empty-files.ts'
import { checkAll } from '../../simulation/invariants.ts'
import { chanceOf, type Chance } from '../../simulation/random.ts'
import { SimHub } from '../../simulation/sim-hub.ts'
import type { SimTill } from '../../simulation/sim-till.ts'
import { until } from '../../support/hub-shop.ts'
import { CentreProcesses } from '../../support/hub/centre-processes.ts'
import { faultProxy, type Fault, type FaultProxy } from '../../support/hub/fault-proxy.ts'
import { TillProcess, type Kill } from '../../support/hub/till-process.ts'

const FAULTS: readonly Fault[] = ['pass', 'pass', 'pass', 'cut', 'deaf', 'slow', 'half', 'doubled']
/** So many sales and returns at least, and so many of them by the till that has no cable. */
const ACTS_MIN = 30
const ACTS_ALONE_MIN = 8
/** The part of a run that one till has no cable for, at least. */
const ALONE = 0.6
/** What is waited for comes when the machine gets to it: this is for a busy one. */
const WITHIN_MS = 120_000
/** So many pieces lie in the shops at a time, and so many new ones come each second in place of the oldest. */
const SHELF = 30
const NEW_EACH_SECOND = 1
/** When an act has begun its till is killed: before it is written, in the middle, or after it; or when it is written and nobody has heard of it. */
const KILLS: readonly Kill[] = [...[0, 1, 3, 8, 25].map((after_ms) => ({ moment: 'begins', after_ms }) as const), { moment: 'wrote', after_ms: 0 }]

/** What a run was made of. */
export interface Outcome {
  readonly events: number
  readonly conflicts: number
  readonly tillKills: number
  /** Of the acts whose answer died with a till: those that its file has, as a whole, and those that it has nothing of. */
  readonly unheardDone: number
  readonly unheardUndone: number
  readonly hubKills: number
  readonly postgresKills: number
  /** Lines that were refused, answers that were lost, questions that were cut in the middle. */
  readonly cut: number
  readonly deaf: number
  readonly half: number
  /** Uploads that the centre has taken twice at a time, and once more when newer ones were there. */
  readonly doubled: number
  readonly playedLate: number
  /** What one till did while it had no cable for most of the run. */
  readonly actsAlone: number
}

interface Station {
  readonly till: TillProcess
  readonly cable: FaultProxy
}

/**
 * Real processes on a real PostgreSQL for so many seconds: three tills sell and take back through cables that are hurt,
 * tills, both hubs and PostgreSQL are killed and started again, uploads come twice and late, and one till has no cable
 * for most of the time. Each of these happens at least once by plan, and more often by chance in a longer run. Then all
 * is let in peace, and the tills and the centre must be equal, byte for byte and cent for cent. Throws where they are not.
 */
export async function underFaults(seconds: number, seed: number, log: (line: string) => void = () => undefined): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'countermark-faults-'))
  chmodSync(folder, 0o755)
  const run = await FaultRun.start(folder, seconds, seed)
  try {
    await run.join()
    await run.work()
    const outcome = await run.peace()
    log(JSON.stringify(outcome))
    return outcome
  } finally {
    await run.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

class FaultRun {
  readonly #folder: string
  readonly #seconds: number
  readonly #chance: Chance
  readonly #centre: CentreProcesses
  /** The centre's rows as this process looks at them. */
  readonly #hub: SimHub
  readonly #units: readonly string[]
  readonly #stations: Station[] = []
  readonly #opened: SimTill[] = []
  /** Cables that chance leaves alone for now. */
  readonly #reserved = new Set<FaultProxy>()
  #began = 0
  #isOver = false
  #playedLate = 0
  #actsAlone = 0

  private constructor(folder: string, seconds: number, seed: number, centre: CentreProcesses) {
    this.#folder = folder
    this.#seconds = seconds
    this.#chance = chanceOf(seed)
    this.#centre = centre
    this.#hub = new SimHub(openPostgres(centre.databaseUrl, 4), Date.now)
    this.#units = Array.from({ length: SHELF + Math.ceil(seconds * NEW_EACH_SECOND) }, (_, index) => `unit-${index}`)
  }

  static async start(folder: string, seconds: number, seed: number): Promise<FaultRun> {
    return new FaultRun(folder, seconds, seed, await CentreProcesses.start(folder))
  }

  /** Two hubs, and three tills that have joined them and know what they know. */
  async join(): Promise<void> {
    await migrate(this.#hub.db)
    await this.#hub.reset([], this.#units)
    const template = emptyFiles(this.#folder)
    await this.#centre.addHub()
    await this.#centre.addHub()
    const { ports } = this.#centre
    for (const [n, storeId] of ['north', 'south', 'north'].entries()) {
      const cable = await faultProxy(ports[n % 2] ?? 0)
      this.#stations.push({ till: new TillProcess({ id: `T${n + 1}`, storeId, dir: join(this.#folder, `till-${n}`) }), cable })
    }
    const begin = async ({ till, cable }: Station): Promise<void> => {
      const { code } = await makeJoinCode(this.#hub.ground, till.storeId, 'test')
      await till.begin({ template, url: cable.url, code })
    }
    await Promise.all(this.#stations.map(begin))
    await this.#settled()
  }

  /** Everybody sells and takes back, and everything goes wrong. */
  async work(): Promise<void> {
    this.#began = performance.now()
    const all = [this.#goWrong().finally(() => (this.#isOver = true)), this.#hurtCables(), ...this.#stations.map(({ till }) => this.#trade(till))]
    const broken: unknown[] = []
    for (const each of all)
      each.catch((error: unknown) => {
        this.#isOver = true
        broken.push(error)
      })
    await Promise.allSettled(all)
    // The first is the cause, the others end because of it.
    if (broken.length > 0) throw broken[0]
  }

  /** The cables hold and nobody is killed: all is said in bounded time, and what is there then is right. */
  async peace(): Promise<Outcome> {
    for (const { cable } of this.#stations) cable.fault = 'pass'
    await this.#settled()
    for (const { till } of this.#stations) this.#opened.push(await till.end())
    const found = await checkAll(this.#hub, this.#opened, this.#units, 'none')
    const sum = (count: (station: Station) => number): number => this.#stations.reduce((total, station) => total + count(station), 0)
    return {
      ...found, hubKills: this.#centre.hubKills, postgresKills: this.#centre.postgresKills, playedLate: this.#playedLate, actsAlone: this.#actsAlone,
      tillKills: sum(({ till }) => till.kills),
      unheardDone: sum(({ till }) => till.unheard.done), unheardUndone: sum(({ till }) => till.unheard.undone),
      cut: sum(({ cable }) => cable.met.cut), deaf: sum(({ cable }) => cable.met.deaf),
      half: sum(({ cable }) => cable.met.half), doubled: sum(({ cable }) => cable.met.doubled),
    }
  }

  async stop(): Promise<void> {
    for (const till of this.#opened) till.close()
    for (const { till, cable } of this.#stations) {
      await till.drop()
      await cable.close()
    }
    await this.#hub.db.close()
    await this.#centre.stop()
  }

  get #elapsed_s(): number {
    return (performance.now() - this.#began) / 1_000
  }

  async #trade(till: TillProcess): Promise<void> {
    while (!this.#isOver) {
      const oldest = Math.floor(Math.min(this.#elapsed_s, this.#seconds) * NEW_EACH_SECOND)
      const unitId = this.#units[oldest + this.#chance.below(SHELF)] ?? ''
      const said = await till.act({ do: this.#chance.is(0.6) ? 'sell' : 'take-back', unitId })
      if (said?.state === 'unreached' && this.#chance.is(0.1)) till.retry()
      await wait(10 + this.#chance.below(60))
    }
  }

  async #hurtCables(): Promise<void> {
    while (!this.#isOver) {
      await wait(100 + this.#chance.below(400))
      const { cable } = this.#chance.pick(this.#stations)
      if (this.#reserved.has(cable)) continue
      cable.fault = this.#chance.pick(FAULTS)
      if (this.#chance.is(0.5)) cable.cutAll()
    }
  }

  /** Each kind of trouble by plan while one till has no cable, then by chance; at the end that till has its cable for a while. */
  async #goWrong(): Promise<void> {
    const [, , alone] = this.#stations
    if (!alone) throw new Error('there are three tills')
    const before = alone.till.acts
    this.#reserved.add(alone.cable)
    alone.cable.fault = 'cut'
    alone.cable.cutAll()
    await this.#byPlan()
    await this.#byChance(this.#seconds * ALONE, () => alone.till.acts - before >= ACTS_ALONE_MIN)
    this.#actsAlone = alone.till.acts - before
    alone.cable.fault = 'pass'
    this.#reserved.delete(alone.cable)
    alone.till.retry()
    await this.#byChance(this.#seconds, () => this.#acts >= ACTS_MIN)
  }

  async #byPlan(): Promise<void> {
    for (const { till } of this.#stations) await this.#killTill(till)
    await this.#comesTrue(async () => {
      await this.#killTill(this.#chance.pick(this.#stations).till, { moment: 'wrote', after_ms: 0 })
      return this.#stations.some(({ till }) => till.unheard.done > 0)
    }, 'an act that is done, and unheard')
    await this.#meet('doubled')
    await this.#centre.killHub(0)
    await this.#comesTrue(() => this.#playLate(), 'an upload played late')
    await this.#centre.killPostgres()
    await this.#meet('deaf')
    await this.#centre.killHub(1)
    await this.#meet('half')
  }

  /** Until so many seconds of the run are over, and longer where the machine has not come to what is wanted. */
  async #byChance(until_s: number, isEnough: () => boolean): Promise<void> {
    const ends_s = Math.max(until_s, this.#elapsed_s) + WITHIN_MS / 1_000
    while (!this.#isOver && (this.#elapsed_s < until_s || !isEnough())) {
      if (this.#elapsed_s > ends_s) throw new Error('too little was done in the time')
      if (this.#chance.is(0.01)) await this.#killTill(this.#chance.pick(this.#stations).till)
      if (this.#chance.is(0.006)) await this.#centre.killHub(this.#chance.below(2))
      if (this.#chance.is(0.003)) await this.#centre.killPostgres()
      if (this.#chance.is(0.02)) await this.#playLate()
      await wait(5 + this.#chance.below(25))
    }
  }

  get #acts(): number {
    return this.#stations.reduce((sum, { till }) => sum + till.acts, 0)
  }

  async #killTill(till: TillProcess, kill = this.#chance.pick(KILLS)): Promise<void> {
    const before = till.kills
    till.killInAct(kill)
    await this.#comesTrue(async () => till.kills > before, `${till.id} killed`)
  }

  /** A cable has this fault until it has hurt something. */
  async #meet(fault: keyof FaultProxy['met']): Promise<void> {
    const { cable } = this.#chance.pick(this.#stations.filter((station) => !this.#reserved.has(station.cable)))
    const before = cable.met[fault]
    this.#reserved.add(cable)
    cable.fault = fault
    await this.#comesTrue(async () => cable.met[fault] > before, fault)
    cable.fault = 'pass'
    this.#reserved.delete(cable)
  }

  async #playLate(): Promise<boolean> {
    const { cable } = this.#chance.pick(this.#stations)
    const isPlayed = await cable.playLate(this.#chance.pick(this.#centre.ports))
    this.#playedLate += Number(isPlayed)
    return isPlayed
  }

  async #comesTrue(isSo: () => Promise<boolean>, what: string): Promise<void> {
    const seen = await until(async () => ({ what, isSo: await isSo() }), (now) => now.isSo || this.#isOver, WITHIN_MS)
    if (!seen.isSo) throw new Error(`it all ended before: ${what}`)
  }

  /** Every till knows what the centre has told, and the centre has judged what the tills did. */
  async #settled(): Promise<void> {
    const left = async (): Promise<readonly object[]> => {
      const heads = new Map((await this.#hub.db.query<{ scope: string; seq: number }>('SELECT scope, seq FROM feed_head')).map(({ scope, seq }) => [scope, seq]))
      const unjudged = await this.#hub.db.query<object>('SELECT till, seq, applied FROM register_head WHERE applied < seq')
      const behind: object[] = []
      for (const { till } of this.#stations) {
        const belief = await till.believes()
        if (belief.state === 'unreached') till.retry()
        const isQuiet = belief.state === 'up-to-date' && belief.isAnswered && belief.overlays === 0
        if (!isQuiet || Object.entries(belief.cursors).some(([scope, seq]) => seq !== (heads.get(scope) ?? 0))) behind.push({ till: till.id, ...belief })
      }
      return [...unjudged, ...behind]
    }
    await until(left, (found) => found.length === 0, WITHIN_MS)
  }
}
