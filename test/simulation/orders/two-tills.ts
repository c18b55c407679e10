import { join } from 'node:path'
import { askFor, keepLeases, type Asks } from '../../../electron/core/sync/leases.ts'
import { hold, release, saveFlow } from '../../../electron/core/store/flows.ts'
import { migrate } from '../../../hub/migrate.ts'
import { nestedDatabase, type NestedDatabase } from '../../support/hub/nested-database.ts'
import { emptyFiles } from '../empty-files.ts'
import { SimHub } from '../sim-hub.ts'
import { SimTill } from '../sim-till.ts'

const DAY_1 = Date.parse('2026-03-02T08:00:00.000Z')
export const UNIT = 'unit'
/** A lease of the centre is over then. */
const WAIT_MS = 121_000

const ACTS = ['scan', 'claim', 'sell', 'sell-alone', 'return', 'return-alone', 'push', 'push-unheard', 'pull'] as const
type Act = (typeof ACTS)[number]

/** One step of an order: what one of the tills does; or two minutes pass. */
export type Step = { readonly till: 0 | 1; readonly act: Act } | 'wait'
export const STEPS: readonly Step[] = [...ACTS.flatMap((act) => [{ till: 0, act } as const, { till: 1, act } as const]), 'wait']
/** What is left when nobody acts any more: both tills tell what they did and hear what is new. */
export const TAIL: readonly Step[] = STEPS.filter((step) => step !== 'wait' && (step.act === 'push' || step.act === 'pull'))
export const nameOf = (step: Step): string => (step === 'wait' ? 'wait' : `${step.act} ${step.till + 1}`)

export interface Counter {
  readonly till: SimTill
  /** What the person at the till has the piece on the table for. */
  table: 'sell' | 'return' | null
}

/**
 * Two tills of one store, a centre and one piece, all of them their own code; any moment can be come back to. An act
 * with the cable pulled asks nobody first (`sell-alone`, `return-alone`), and a reply may be lost (`push-unheard`); a claim, a push or a pull that does not get
 * through changes nothing, so it is the same as one that was not made.
 */
export class TwoTills {
  readonly hub: SimHub
  readonly counters: readonly [Counter, Counter]
  now_ms = DAY_1
  /** What the centre holds, as a text, once somebody has asked; null after each step that may have changed it. */
  centre: string | null = null
  readonly #db: NestedDatabase
  readonly #past: { now_ms: number; tables: Counter['table'][]; touched: 0 | 1 | null; hub: boolean; centre: string | null }[] = []

  private constructor(db: NestedDatabase, folder: string) {
    this.#db = db
    this.hub = new SimHub(db, () => this.now_ms)
    const template = emptyFiles(folder)
    const counter = (id: string): Counter => ({
      till: new SimTill({ id, storeId: 'north', follows: 'all', dir: join(folder, id), now: () => this.now_ms, template }), table: null,
    })
    this.counters = [counter('t1'), counter('t2')]
  }

  static async open(folder: string): Promise<TwoTills> {
    const db = await nestedDatabase()
    await migrate(db)
    const two = new TwoTills(db, folder)
    const { hub, counters } = two
    await hub.reset(counters.map(({ till }) => till), [UNIT])
    for (const { till } of counters) {
      till.token = await hub.signIn(till)
      till.takeFirst(await hub.firstRows(till.token, till.scopes, () => Promise.resolve()), join(folder, 'template'))
      const at = till.ground.now()
      till.ground.store.write((tx) => saveFlow(tx, { id: cartOf(till), kind: 'sale', status: 'open', name: null, state: {}, staffId: null, openedAt: at, touchedAt: at }))
      // Inside of a transaction this can no longer be said.
      till.ground.mirror.reading.pragma('foreign_keys = OFF')
      till.isMirrorKept = () => true
      till.ground.store.reading.exec('BEGIN')
      till.ground.mirror.reading.exec('BEGIN')
    }
    await db.begin()
    return two
  }

  async close(): Promise<void> {
    for (const { till } of this.counters) {
      till.ground.store.reading.exec('ROLLBACK')
      till.ground.mirror.reading.exec('ROLLBACK')
      till.close()
    }
    await this.#db.close()
  }

  /** False for what nobody can do now: to scan what is on the table already, to sell what is not there. */
  isPossible(step: Step): boolean {
    if (step === 'wait') return true
    const { table } = this.counters[step.till]
    switch (step.act) {
      case 'scan':
        return table === null
      case 'sell':
      case 'sell-alone':
        return table === 'sell'
      case 'return':
      case 'return-alone':
        return table === 'return'
      default:
        return true
    }
  }

  /** Does one step, after which `back` is where it was before. */
  async step(step: Step): Promise<void> {
    const touched = step === 'wait' ? null : step.till
    const hub = step !== 'wait' && !['scan', 'pull', 'sell-alone', 'return-alone'].includes(step.act)
    this.#past.push({ now_ms: this.now_ms, tables: this.counters.map(({ table }) => table), touched, hub, centre: this.centre })
    if (hub || step === 'wait') this.centre = null
    if (touched !== null) for (const db of this.#files(touched)) db.exec(`SAVEPOINT d${this.#past.length}`)
    if (hub) await this.#db.mark()
    this.now_ms += step === 'wait' ? WAIT_MS : 1_000
    if (step !== 'wait') await this.#act(this.counters[step.till], step.act)
  }

  /** Said at the beginning only: what was taken back is swept up. */
  async sweep(): Promise<void> {
    await this.#db.begin()
  }

  async back(): Promise<void> {
    const past = this.#past.at(-1)
    if (!past) throw new Error('there is nothing before this')
    if (past.touched !== null) for (const db of this.#files(past.touched)) db.exec(`ROLLBACK TO d${this.#past.length}; RELEASE d${this.#past.length}`)
    if (past.hub) await this.#db.rewind()
    this.#past.pop()
    this.now_ms = past.now_ms
    this.centre = past.centre
    this.counters.forEach((counter, index) => void (counter.table = past.tables[index] ?? null))
    if (past.touched !== null) this.counters[past.touched].till.rewound()
  }

  #files(till: 0 | 1) {
    const { ground } = this.counters[till].till
    return [ground.store.reading, ground.mirror.reading]
  }

  async #act(counter: Counter, act: Act): Promise<void> {
    const { till } = counter
    switch (act) {
      case 'scan':
        return this.#scan(counter)
      case 'claim':
        await keepLeases(till.ground, this.#asks(till))
        return
      case 'sell':
      case 'return':
        await askFor(till.ground, this.#asks(till), UNIT)
        return this.#finish(counter, act)
      case 'sell-alone':
        return this.#finish(counter, 'sell')
      case 'return-alone':
        return this.#finish(counter, 'return')
      case 'push':
      case 'push-unheard': {
        const batch = till.batch(100)
        const reply = await this.hub.journal(till.id, batch, () => false)
        if (act === 'push') till.takeJournalReply(batch, reply)
        return
      }
      case 'pull': {
        const reply = await this.hub.feed(till.token, till.cursors, till.gen, 500)
        if (reply === null) throw new Error(`${till.id} is outside of the feed`)
        till.takeFeed(reply)
        return
      }
      default:
        throw new Error(`nobody knows how to ${String(act)}`)
    }
  }

  #asks(till: SimTill): Asks {
    return { claim: (unitId, to) => this.hub.claim(till.token, unitId, to), release: (unitId, until) => this.hub.release(till.token, unitId, until) }
  }

  /** The till's own verdict says what the piece on the table is there for. One for sale is held for the cart. */
  #scan(counter: Counter): void {
    const { till } = counter
    counter.table = till.may('sell', UNIT) ? 'sell' : till.may('return', UNIT) ? 'return' : null
    const now = till.ground.now()
    const until = new Date(this.now_ms + 86_400_000).toISOString()
    if (counter.table === 'sell') till.ground.store.write((db) => hold(db, UNIT, cartOf(till), until, now))
  }

  /** The look before the money, and the money; what is refused leaves the table. */
  #finish(counter: Counter, what: 'sell' | 'return'): void {
    const { till } = counter
    if (what === 'sell') till.sell(UNIT, cartOf(till))
    else till.takeBack(UNIT)
    till.ground.store.write((db) => release(db, UNIT, cartOf(till)))
    counter.table = null
  }
}

const cartOf = (till: SimTill): string => `${till.id}-cart`
