import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../../hub/server.ts'
import { emptyFiles } from './empty-files.ts'
import { checkAll, checkNow } from './invariants.ts'
import { chanceOf, type Chance } from './random.ts'
import { SimHub } from './sim-hub.ts'
import { SimTill } from './sim-till.ts'
import { migratedDatabase, type Injury } from '../support/hub/pglite-database.ts'

const TILLS = 4
const UNITS = 7
/** How long a whole life is; a short one has the same turns in less time. */
export const STEPS = 240
const DAY_1 = Date.parse('2026-03-02T08:00:00.000Z')

/** What happens once in some lives. */
export type Special = 'none' | 'copy' | 'restore' | 'shut-out'
const SHUT_OUT = 't3'
const REFUSED = Symbol('refused')

/** A refusal of the centre is heard as nothing; anything else is a bug. */
const refusedOnly = (error: unknown): typeof REFUSED => {
  if (error instanceof Refusal) return REFUSED
  throw error
}

interface Letter {
  readonly at: number
  readonly deliver: () => Promise<void>
}

export interface Course {
  readonly seed: number
  readonly events: number
  readonly conflicts: number
}

/** What a world stands on, made once for many seeds. */
export interface Stage {
  readonly hub: SimHub
  readonly folder: string
  readonly template: string
  now: number
  chance: Chance
  injuries: boolean
}

export async function openStage(folder: string): Promise<Stage> {
  const template = emptyFiles(folder)
  const stage = { folder, template, now: 0, chance: chanceOf(0), injuries: false } as Omit<Stage, 'hub'> & { hub: SimHub }
  const injury = (): Injury => (!stage.injuries ? 'none' : stage.chance.is(0.02) ? 'before-commit' : stage.chance.is(0.02) ? 'after-commit' : 'none')
  const db = await migratedDatabase(injury)
  stage.hub = new SimHub(db, () => DAY_1 + stage.now * 1_000)
  return stage
}

/**
 * One life of four tills and a centre, wholly decided by a seed and its length: sales, returns, claims, thefts,
 * transfers, words nobody can read, with letters lost, doubled and late, tills that crash or are cut off, processes of
 * the centre that die, first mirrors that come in between, and now and then a copied till, one that is shut out, or a
 * centre that was put back to an older day. Then everybody is let in peace, and all invariants are looked at. Throws
 * with the seed when one does not hold.
 */
export async function live(stage: Stage, seed: number, steps = STEPS): Promise<Course> {
  const world = new World(stage, seed, steps)
  try {
    return await world.run()
  } catch (error) {
    throw new Error(`seed ${seed} at ${stage.now}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  } finally {
    world.close()
  }
}

class World {
  readonly #stage: Stage
  readonly #seed: number
  readonly #steps: number
  readonly #chance: Chance
  readonly #units = Array.from({ length: UNITS }, (_, index) => `unit-${String(index).padStart(2, '0')}`)
  readonly #tills: SimTill[]
  readonly #special: Special
  /** Chance of its own, so that what it decides moves nothing else of the seed. */
  readonly #odd: Chance
  #letters: Letter[] = []
  #calm = false

  constructor(stage: Stage, seed: number, steps: number) {
    this.#stage = stage
    this.#seed = seed
    this.#steps = steps
    this.#odd = chanceOf(seed ^ 0x51ed270b)
    this.#chance = stage.chance = chanceOf(seed)
    stage.now = 0
    this.#special = seed % 5 === 1 ? 'copy' : seed % 5 === 2 ? 'restore' : seed % 5 === 3 ? 'shut-out' : 'none'
    const follows = seed % 3 === 0 ? 'own' : 'all'
    this.#tills = Array.from({ length: TILLS }, (_, index) =>
      new SimTill({
        id: `t${index + 1}`, storeId: index % 2 === 0 ? 'north' : 'south', follows, dir: join(stage.folder, `till-${index}`), now: () => DAY_1 + stage.now * 1_000,
        template: stage.template,
      }),
    )
  }

  close(): void {
    for (const till of this.#tills) till.close()
    rmSync(join(this.#stage.folder, 'aside'), { recursive: true, force: true })
  }

  async run(): Promise<Course> {
    const { hub } = this.#stage
    this.#stage.injuries = false
    await hub.reset(this.#tills, this.#units)
    for (const till of this.#tills) till.token = await hub.signIn(till)
    this.#stage.injuries = true
    for (const till of this.#tills) this.#askFirst(till)
    const turn = this.#steps / 4 + this.#chance.below(this.#steps / 4)
    const later = turn + Math.floor((this.#steps * 7) / 24)
    let putBack: (() => Promise<void>) | null = null
    for (let step = 0; step < this.#steps; step += 1) {
      if (this.#special === 'restore' && step === turn) putBack = await hub.backup()
      if (this.#special === 'copy' && step === turn) this.#tills[0]?.copyTo(join(this.#stage.folder, 'aside'))
      if (this.#special === 'shut-out' && step === turn) await hub.revoke(SHUT_OUT)
      if (step === later) {
        if (putBack !== null) await putBack()
        if (this.#special === 'copy') this.#tills[0]?.putBack(join(this.#stage.folder, 'aside'))
      }
      await this.#act()
      if (this.#odd.is(0.03)) this.#odd.pick(this.#tills).writeOdd(this.#odd.pick(this.#units), this.#odd.below(3))
      await this.#deliver()
      this.#stage.now += 1
      checkNow(this.#tills, this.#units)
    }
    await this.#peace()
    return { seed: this.#seed, ...(await checkAll(hub, this.#tills, this.#units, this.#special)) }
  }

  async #act(): Promise<void> {
    const chance = this.#chance
    const till = chance.pick(this.#tills)
    const unit = chance.pick(this.#units)
    const what = chance.next()
    if (what < 0.22) this.#sell(till, this.#units.find((id) => (id >= unit || chance.is(0.3)) && till.may('sell', id)) ?? unit)
    else if (what < 0.36) till.takeBack(this.#units.find((id) => (id >= unit || chance.is(0.3)) && till.may('return', id)) ?? unit)
    else if (what < 0.58) this.#push(till)
    else if (what < 0.82) this.#pull(till)
    else if (what < 0.86) this.#askFirst(till)
    else if (what < 0.93) till.online = !till.online
    else if (what < 0.96) till.crash(this.#torn())
    else if (what < 0.975) await this.#stage.hub.flag(unit, chance.is(0.4))
    else if (what < 0.99) await this.#stage.hub.move(unit)
    else await this.#stage.hub.applyAll()
  }

  /** The beginning of what a crash interrupted, from none to some pages of it. */
  #torn(): Buffer {
    return Buffer.alloc(this.#odd.below(3) * this.#odd.below(4_000), this.#odd.below(256))
  }

  /** Online a lease is asked for first; offline the till sells what its own store has, without one. */
  #sell(till: SimTill, unit: string): void {
    if (!till.may('sell', unit)) return
    if (!till.online || till.holdsClaim(unit)) return void till.sell(unit)
    this.#send(till, () => this.#stage.hub.claim(till.token, unit), (reply) => {
      till.keepClaim(unit, reply)
      if (reply.is === 'yours') till.sell(unit)
    })
  }

  #push(till: SimTill): void {
    const batch = till.batch(this.#calm ? 100 : 1 + this.#chance.below(6))
    this.#send(till, () => this.#stage.hub.journal(till.id, batch, () => !this.#calm && this.#chance.is(0.15)), (reply) => till.takeJournalReply(batch, reply))
  }

  #pull(till: SimTill): void {
    if (!till.isFilled) return
    const { cursors, gen } = till
    this.#send(till, () => this.#stage.hub.feed(till.token, cursors, gen, this.#calm ? 500 : 1 + this.#chance.below(8)), (reply) => (reply === null ? this.#askFirst(till) : till.takeFeed(reply)))
  }

  #askFirst(till: SimTill): void {
    const between = async (): Promise<void> => {
      if (!this.#calm && this.#chance.is(0.3)) await this.#stage.hub.flag(this.#chance.pick(this.#units), this.#chance.is(0.5))
    }
    this.#send(till, () => this.#stage.hub.firstRows(till.token, till.scopes, between), (first) => till.takeFirst(first, this.#stage.template))
  }

  /** A question and its reply, each lost, doubled or late as chance has it; nobody hears a reply to a life that is over. */
  #send<T>(till: SimTill, ask: () => Promise<T>, hear: (reply: T) => void): void {
    if (!till.online) return
    const { life } = till
    const times = this.#calm ? 1 : this.#chance.is(0.1) ? 0 : this.#chance.is(0.15) ? 2 : 1
    for (let n = 0; n < times; n += 1)
      this.#post(async () => {
        if (!till.online && this.#chance.is(0.5)) return
        const reply = await ask().catch(refusedOnly)
        if (reply === REFUSED) return
        if (!this.#calm && this.#chance.is(0.15)) return
        this.#post(async () => {
          if (till.life === life) hear(reply)
        })
      })
  }

  #post(deliver: () => Promise<void>): void {
    this.#letters.push({ at: this.#stage.now + 1 + (this.#calm ? 0 : this.#chance.below(12)), deliver })
  }

  async #deliver(): Promise<void> {
    const due = this.#letters.filter(({ at }) => at <= this.#stage.now)
    this.#letters = this.#letters.filter(({ at }) => at > this.#stage.now)
    for (const { deliver } of due) await deliver()
  }

  /** The cable holds and nobody dies: in bounded time there is nothing left to say. */
  async #peace(): Promise<void> {
    this.#calm = true
    this.#stage.injuries = false
    for (const till of this.#tills) till.online = true
    for (let round = 0; round < 80; round += 1) {
      for (const till of this.#tills) {
        if (!till.isFilled) this.#askFirst(till)
        this.#push(till)
        this.#pull(till)
      }
      this.#stage.now += 2
      await this.#deliver()
      this.#stage.now += 2
      await this.#deliver()
      if (round % 5 !== 4) continue
      await this.#stage.hub.applyAll()
      await this.#letPersonsDecide()
      if (this.#letters.length === 0 && (await this.#isQuiet())) return
    }
  }

  /** Nothing is left to be sent, answered or heard. */
  async #isQuiet(): Promise<boolean> {
    const { db } = this.#stage.hub
    const left = await db.query("SELECT h.till FROM register_head h JOIN device d ON d.till = h.till WHERE (h.applied < h.seq OR h.held) AND d.state <> 'revoked' LIMIT 1")
    if (left.length > 0) return false
    const heads = new Map((await db.query<{ scope: string; seq: number }>('SELECT scope, seq FROM feed_head')).map(({ scope, seq }) => [scope, seq]))
    return this.#tills.every((till) => (this.#stage.hub.shutOut.has(till.id) ? till.isSent : till.isUpToDate(heads)))
  }

  /** Somebody at the centre has looked at the copies: what was kept of them is applied. */
  async #letPersonsDecide(): Promise<void> {
    const { db } = this.#stage.hub
    await db.query("UPDATE register_head SET held = false")
    await db.query("UPDATE device SET state = 'joined' WHERE state = 'held'")
  }
}
