import { scryptSync } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import Database from 'better-sqlite3'
import type { LineSeat, Seat } from '../../../contract/roles.ts'
import type { RunningCore } from '../../../electron/core/calls/implementer.ts'
import { routerOf } from '../../../electron/core/calls/router.ts'
import { DEMO_SEED, makeDemoMirror } from '../../../electron/core/demo/make-demo-mirror.ts'
import { unitOf } from '../../../electron/core/facts/judge.ts'
import { readOptions } from '../../../electron/core/options.ts'
import { GIFT_VOUCHER } from '../../../electron/core/prices/gift-voucher.ts'
import { startCoreWith, type Core } from '../../../electron/core/start-core.ts'
import { wrongDocuments, wrongMoney } from '../core/books.ts'
import type { Client } from '../core/till.ts'
import { VirtualClock } from '../drivers/virtual-clock.ts'
import { quickFolder } from '../quick-folder.ts'

const UNITS = 2_000
const MIRROR_MIGRATIONS = join(import.meta.dirname, '../../../migrations/mirror')
/** The devices that need no machine; of the settings file, so that a monkey may take them out of use. */
const PRACTICE = { scanner: 'practice:scanner', pad: 'practice:pad', printer: 'practice:printer', terminal: 'practice:terminal' }

/** Somebody of the demo, with the PIN that stands on the tile. */
export interface Known {
  readonly staffId: string
  readonly role: string
  readonly pin: string
}

/** A demo shop before its first call, to begin as many walks from as are wanted. */
export class Stage {
  readonly #folder = mkdtempSync(join(quickFolder(), 'countermark-monkey-'))
  #walks = 0

  static async open(): Promise<Stage> {
    const stage = new Stage()
    const dir = join(stage.#folder, 'shop')
    mkdirSync(dir)
    const clock = new VirtualClock()
    const mirror = join(dir, 'mirror.db')
    makeDemoMirror(mirror, MIRROR_MIGRATIONS, { seed: DEMO_SEED, units: UNITS, now: new Date(clock.now()).toISOString() })
    cheapPins(mirror)
    await (await start(dir, 'counter', clock)).stop()
    // Its size is of no interest here, and it is copied many times.
    writeFileSync(join(dir, 'reserve.bin'), '')
    return stage
  }

  /** A till at this seat over a copy of the shop, with practice devices or with none. */
  async till(seat: Seat, hasDevices: boolean): Promise<MonkeyTill> {
    this.#walks += 1
    const dir = join(this.#folder, `walk-${this.#walks}`)
    cpSync(join(this.#folder, 'shop'), dir, { recursive: true })
    if (hasDevices) writeFileSync(join(dir, 'settings.json'), JSON.stringify(PRACTICE))
    const till = new MonkeyTill(dir, seat)
    await till.start()
    return till
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

function start(dir: string, seat: Seat, clock: VirtualClock): Promise<Core> {
  const options = readOptions(['--data', dir, '--seat', seat, '--no-open'])
  if (options === 'help') throw new Error('nobody asked for help')
  return startCoreWith(options, clock)
}

/** A guess at a PIN is dear by design (`pin.ts`); here thousands are said, and none is a secret. */
function cheapPins(mirror: string): void {
  const db = new Database(mirror)
  const salt = Buffer.alloc(16)
  const text = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')
  const people = db.prepare('SELECT id, demo_pin AS pin FROM staff WHERE demo_pin IS NOT NULL').all() as { id: string; pin: string }[]
  for (const { id, pin } of people)
    db.prepare('UPDATE staff SET pin_hash = ? WHERE id = ?').run(`$scrypt$ln=1,r=8,p=1$${text(salt)}$${text(scryptSync(pin, salt, 32, { N: 2, r: 8, p: 1 }))}`, id)
  db.close()
}

/** A whole core in this process with its windows' lines, on a clock that stands still until it is moved. */
export class MonkeyTill {
  readonly dir: string
  readonly seat: Seat
  readonly clock = new VirtualClock()
  #core: Core | null = null

  constructor(dir: string, seat: Seat) {
    this.dir = dir
    this.seat = seat
  }

  get core(): Core {
    if (this.#core === null) throw new Error('the till is not running')
    return this.#core
  }

  /** A window's line. What throws in a handler is thrown here with its stack. */
  client(seat: LineSeat = this.seat): Client {
    return createRouterClient(routerOf(this.core as Core & RunningCore), { context: { seat } })
  }

  async start(): Promise<void> {
    this.#core = await start(this.dir, this.seat, this.clock)
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  async stop(): Promise<void> {
    await this.passing(this.core.stop())
    this.#core = null
  }

  /** Ends it and forgets all it did. */
  async end(): Promise<void> {
    await this.stop()
    rmSync(this.dir, { recursive: true, force: true })
  }

  /** Waits as the shop does: machines answer only while time passes. Rejects when a quarter of an hour was not enough. */
  async passing<T>(answer: Promise<T>): Promise<T> {
    let isOver = false
    const over = answer.finally(() => (isOver = true))
    over.catch(() => undefined)
    for (let turn = 0; turn < 20 && !isOver; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    for (let waited_s = 0; !isOver; waited_s += 1) {
      if (waited_s > 900) throw new Error('no answer came within a quarter of an hour')
      await new Promise((resolve) => setTimeout(resolve, 2))
      await this.clock.advance(1_000)
    }
    return over
  }

  /** What is wrong in the books and with the pieces, in words; nothing is after whatever sequence of calls. */
  wrong(): string[] {
    const { ground } = this.core.shop.desk
    const { reading } = ground.store
    const gifts = ground.mirror.reading.prepare('SELECT id FROM products WHERE category = ?').pluck().all(GIFT_VOUCHER) as string[]
    const sold = reading.prepare(`SELECT DISTINCT unit_id FROM sale_lines l WHERE unit_id IS NOT NULL
      AND (SELECT count(*) FROM sale_lines s WHERE s.unit_id = l.unit_id) > (SELECT count(*) FROM return_lines r WHERE r.unit_id = l.unit_id)
        + (SELECT count(*) FROM trade_ins t WHERE t.unit_id = l.unit_id)`).pluck().all() as string[]
    const onShelf = sold.filter((unitId) => unitOf(ground, unitId)?.facts.custody.at === 'in-stock')
    return [...wrongDocuments(reading), ...wrongMoney(reading, gifts), ...onShelf.map((unitId) => `${unitId} is sold and stands on the shelf`)]
  }

  /** Numbers that a person at this till could scan: of pieces on the shelf, of sold ones with their receipts, and of plain goods. */
  numbers(): { shelf: string[]; sold: string[]; plain: string[]; people: Known[] } {
    const { reading } = this.core.shop.desk.ground.mirror
    const texts = (sql: string, ...values: string[]): string[] => reading.prepare(sql).pluck().all(...values) as string[]
    return {
      shelf: texts(`SELECT (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND a.retired_why IS NULL ORDER BY a.kind = 'serial' DESC LIMIT 1) FROM units u
        WHERE u.custody = 'in-stock' AND u.store_id = ? AND u.title = 'ours' ORDER BY u.id DESC LIMIT 40`, this.core.shop.desk.ground.place.id),
      sold: texts(`SELECT (SELECT value FROM unit_aliases a WHERE a.unit_id = u.id AND a.retired_why IS NULL ORDER BY a.kind = 'serial' DESC LIMIT 1) FROM units u
        WHERE u.title = 'sold' AND u.custody = 'with-customer' ORDER BY u.sold_at DESC LIMIT 30`),
      plain: texts("SELECT gtin FROM products WHERE tracking <> 'serial' AND active = 1 AND gtin IS NOT NULL ORDER BY id LIMIT 20"),
      people: reading.prepare('SELECT id AS staffId, role, demo_pin AS pin FROM staff WHERE demo_pin IS NOT NULL ORDER BY id').all() as Known[],
    }
  }
}
