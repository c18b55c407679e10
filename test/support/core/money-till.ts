import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Clock } from '../../../native/clock.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import type { Result } from '../../../contract/fault.ts'
import type { Policy } from '../../../contract/policy.ts'
import { Desk } from '../../../electron/core/desk/desk.ts'
import { ViewFeed } from '../../../electron/core/desk/view-feed.ts'
import { DEMO_POLICY } from '../../../electron/core/demo/demo-policy.ts'
import type { Deed } from '../../../electron/core/flows/deed.ts'
import { Ground } from '../../../electron/core/ground.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { beginSession } from '../../../electron/core/people/session.ts'
import { personOf, staffOf } from '../../../electron/core/people/staff.ts'
import { GIFT_VOUCHER } from '../../../electron/core/prices/gift-voucher.ts'
import { openDatabase } from '../../../electron/core/store/open-database.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { NO_MACHINES } from './no-machines.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')

/** Stands still until the test turns it. */
export class HandClock implements Clock {
  #at = Date.parse('2026-11-23T08:00:00.000Z')
  now(): number {
    return this.#at
  }
  turn(ms: number): void {
    this.#at += ms
  }
  after(): () => void {
    return () => undefined
  }
}

/** A shop of two people and a few goods, on real files and without machines, for what is about money alone. */
export interface MoneyTill {
  readonly ground: Ground
  readonly desk: Desk
  readonly clock: HandClock
  /** Acts as an act of the desk does; fails the test when it is refused. */
  act(body: (deed: Deed) => Result<unknown>): DeskView
  /** The desk once more over the same files, as after a restart. */
  reopen(): MoneyTill
  signIn(staffId: 'ada' | 'max'): void
  close(): void
}

export interface Goods {
  readonly id: string
  readonly price_cents: number
  readonly tax_bp: number
}

export const GOODS: readonly Goods[] = [
  { id: 'cable', price_cents: 999, tax_bp: 1_900 },
  { id: 'case', price_cents: 1_995, tax_bp: 1_900 },
  { id: 'manual', price_cents: 1_233, tax_bp: 700 },
  { id: 'camera', price_cents: 19_990, tax_bp: 1_900 },
]

/** A voucher as an article, and a dearer article with numbers that a camera may be exchanged for: `LENS-<n>`. */
const GIFT: Goods = { id: 'gift', price_cents: 2_500, tax_bp: 0 }
const LENS: Goods = { id: 'lens', price_cents: 24_985, tax_bp: 1_900 }

interface ShopOf {
  readonly policy?: Partial<Policy>
  readonly cash_step?: number
  readonly tax_inclusive?: 0 | 1
  readonly currency?: string
  /** Serialised pieces of the camera, each found by its serial `CAM-<n>`. */
  readonly cameras?: number
  readonly lenses?: number
}

const made = new Map<string, string>()

/** Both files of such a shop before its first day; made once a test file, because migrating takes longer than a test. */
function freshFiles(shop: ShopOf): string {
  const key = JSON.stringify(shop)
  const known = made.get(key)
  if (known !== undefined) return known
  const folder = mkdtempSync(join(tmpdir(), 'countermark-money-'))
  stock(join(folder, 'mirror.db'), shop)
  new Store(join(folder, 'shop.db'), join(MIGRATIONS, 'shop')).close()
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  made.set(key, folder)
  return folder
}

export function moneyTill(shop: ShopOf = {}): MoneyTill {
  const folder = mkdtempSync(join(tmpdir(), 'countermark-money-'))
  for (const file of ['mirror.db', 'shop.db']) copyFileSync(join(freshFiles(shop), file), join(folder, file))
  const clock = new HandClock()
  const open = (): MoneyTill => {
    const store = new Store(join(folder, 'shop.db'), join(MIGRATIONS, 'shop'))
    const mirror = new Mirror(join(folder, 'mirror.db'), join(MIGRATIONS, 'mirror'))
    const [place] = mirror.stores()
    if (!place) throw new Error('the shop has no store')
    const ground = new Ground({ store, mirror, clock, seat: 'counter', till: { id: 'till-1', code: 'T1', name: 'T1' }, place })
    const feed = new ViewFeed(clock.now())
    const desk = new Desk(ground, NO_MACHINES, feed)
    const closeFiles = () => {
      store.close()
      mirror.close()
    }
    return {
      ground, desk, clock,
      act: (body) => {
        const done = desk.act('', body)
        if (!done.ok) throw new Error(`${done.fault.code} ${JSON.stringify(done.fault.params)}`)
        return done.value
      },
      reopen: () => {
        closeFiles()
        return open()
      },
      signIn: (staffId) => {
        const row = staffOf(ground).find((person) => person.id === staffId)
        if (!row) throw new Error(`nobody is ${staffId}`)
        beginSession(ground, personOf(ground, row))
        desk.arrive(personOf(ground, row))
      },
      close: () => {
        closeFiles()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }
  const till = open()
  till.signIn('ada')
  return till
}

function stock(file: string, shop: ShopOf): void {
  openDatabase(file, join(MIGRATIONS, 'mirror'), 'disposable').close()
  const db = new Database(file)
  db.prepare('INSERT INTO stores VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    'store-berlin', 'Berlin', 'Street 1', 'DE', shop.currency ?? 'EUR', 'DE1', shop.tax_inclusive ?? 1, shop.cash_step ?? 1, 'Europe/Berlin',
  )
  const staff = db.prepare('INSERT INTO staff VALUES (?, ?, ?, ?, ?, ?, ?)')
  staff.run('ada', 'Ada', 'manager', 'store-berlin', '-', 'BADGE-ADA', null)
  staff.run('max', 'Max', 'cashier', 'store-berlin', '-', 'BADGE-MAX', null)
  const policy: Policy = { ...DEMO_POLICY, ...shop.policy, version: 'money-1' }
  db.prepare('INSERT INTO policies VALUES (?, ?, ?)').run(policy.version, '2026-01-01', JSON.stringify(policy))
  const goods = db.prepare(
    `INSERT INTO products (id, sku, brand, name, variant, category, picture, tracking, price_cents, tax_bp, maker_months, durable, active)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 24, 0, 1)`,
  )
  const codes = db.prepare('INSERT INTO product_codes VALUES (?, ?)')
  const tracking: Readonly<Record<string, string>> = { camera: 'serial', lens: 'serial', gift: 'service' }
  for (const { id, price_cents, tax_bp } of [...GOODS, LENS, GIFT]) {
    goods.run(id, id, 'Lumo', id, '', id === 'gift' ? GIFT_VOUCHER : 'other', 'other', tracking[id] ?? 'none', price_cents, tax_bp)
    codes.run(`ART-${id}`, id)
  }
  const unit = db.prepare(
    `INSERT INTO units (id, product_id, custody, store_id, area, title, condition, ver) VALUES (?, ?, 'in-stock', 'store-berlin', 'shelf', 'ours', 'new', 1)`,
  )
  const alias = db.prepare("INSERT INTO unit_aliases (value, unit_id, kind) VALUES (?, ?, 'serial')")
  for (const { product, serial, count } of [{ product: 'camera', serial: 'CAM', count: shop.cameras }, { product: 'lens', serial: 'LENS', count: shop.lenses }])
    for (let n = 1; n <= (count ?? 0); n += 1) {
      unit.run(`${product}-${n}`, product)
      alias.run(`${serial}-${n}`, `${product}-${n}`)
    }
  for (const list of ['stolen', 'recall']) db.prepare('INSERT OR REPLACE INTO lists VALUES (?, ?)').run(list, '2026-11-23T07:00:00.000Z')
  db.close()
}
