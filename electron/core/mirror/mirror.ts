import { renameSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { Role } from '../../../contract/roles.ts'
import type { Alias, AliasKind, Condition, Picture, Tracking, UnitFacts } from '../../../contract/unit.ts'
import { closeDatabase, openDatabase } from '../store/open-database.ts'
import { sql } from '../store/store.ts'
import { syncFolder } from '../store/write-whole.ts'
import { factsOfColumns } from '../../../contract/sync/unit-columns.ts'
import type { LifeRow, UnitLives } from '../../../contract/sync/unit-lives.ts'
import { livesIn } from './lives-in.ts'
import { keepUnderSecondName, removeSecondName } from './second-name.ts'
import { lotOf, type UnitRow } from './unit-row.ts'

export interface Product {
  readonly id: string
  readonly gtin: string | null
  readonly sku: string
  readonly brand: string
  readonly name: string
  readonly variant: string
  readonly category: string
  readonly picture: Picture
  readonly tracking: Tracking
  readonly price_cents: number
  readonly tax_bp: number
  readonly serial_mask: string | null
  readonly maker_months: number
  readonly durable: boolean
  readonly active: boolean
  readonly limits?: string | null
}

export interface ShopStore {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly country: string
  readonly currency: string
  readonly tax_number: string
  readonly tax_inclusive: number
  readonly cash_step: number
  readonly time_zone: string
}

export interface StaffRow {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly pin_hash: string
  readonly badge: string | null
  readonly demo_pin: string | null
}

/** A unit as the centre last told of it. */
export interface MirrorUnit {
  readonly id: string
  readonly productId: string
  readonly price_cents: number | null
  readonly producedOn: string | null
  /** The lot it was made or delivered in, where the centre knows it. */
  readonly lot: string | null
  readonly facts: UnitFacts
}

export interface UnitAlias {
  readonly unitId: string
  readonly kind: AliasKind
  readonly retiredWhy: string | null
}

/** What a number is in the mirror. */
export interface NumberHits {
  readonly units: readonly UnitAlias[]
  readonly productIds: readonly string[]
  readonly isReceipt: boolean
}

const ALIAS = 0
const PRODUCT_CODE = 1
/**
 * The most that is looked at under one number: a question with more answers is none. A limit inside a part of the
 * question would cost more than the whole of it.
 */
const SAME_NUMBER_MAX = 20
const GTINS_KEPT_MAX = 2_000
const LOOK_UP = `
  SELECT ${ALIAS}, unit_id, kind, retired_why FROM unit_aliases WHERE value = ?
  UNION ALL SELECT ${PRODUCT_CODE}, product_id, NULL, NULL FROM product_codes WHERE code = ?
  UNION ALL SELECT 2, id, NULL, NULL FROM units WHERE receipt_number = ? LIMIT ${SAME_NUMBER_MAX}`

/** What the centre knows, as a file on this till. Read only here; it is written by whoever brings it. */
export class Mirror {
  #db: Database.Database
  readonly #migrationsDir: string
  #generation = 0

  constructor(file: string, migrationsDir: string) {
    this.#migrationsDir = migrationsDir
    removeSecondName(file)
    this.#db = openDatabase(file, migrationsDir, 'disposable')
  }

  /** Rises with every change of what stands here; whoever keeps something he has read looks at it first. */
  get generation(): number {
    return this.#generation
  }

  /** The number of this program's shape of a mirror; opening has brought the file up to it. */
  get schema(): number {
    return this.#db.pragma('user_version', { simple: true }) as number
  }

  /** Rows were written by the line to the centre: what was kept of them in memory is read again. */
  changed(): void {
    this.#generation += 1
    this.#productIds.clear()
    this.#unitCount = undefined
  }

  /** True while rows can be read here that a crash would take away again: thousands are being put in, over many turns. */
  isFilling = false

  /**
   * Brings to the disk what stands here, and says whether all of it is there now: a commit alone is in the log, which a
   * power cut may take away. False while somebody reads an older state, or a transaction is open: it waits for nobody.
   */
  isOnDisk(): boolean {
    try {
      if (this.#isNewlyNamed) syncFolder(dirname(this.#db.name))
      this.#isNewlyNamed = false
      const [said] = this.#db.pragma('wal_checkpoint(PASSIVE)') as { busy: number; log: number; checkpointed: number }[]
      return said !== undefined && said.busy === 0 && said.log === said.checkpointed
    } catch (error) {
      if (error instanceof Database.SqliteError) return false
      throw error
    }
  }
  /** Its folder keeps the name of a file: until that is on the disk, a power cut brings back the file that was here before. */
  #isNewlyNamed = false

  /** Another file of the same shape, to be filled before it takes this one's place. */
  beside(file: string): Mirror {
    return new Mirror(file, this.#migrationsDir)
  }

  /**
   * Puts a ready file in the place of this one, between two acts of the shop. The new one is opened before the old is
   * let go of in name: a file that cannot be opened throws and leaves everything as it was. Nothing here waits for the
   * disk where `emptyLog` went before, for who sells would wait too; `keepName` comes after.
   */
  replaceWith(ready: string): void {
    const place = this.#db.name
    openDatabase(ready, this.#migrationsDir, 'disposable').close()
    this.#db.close()
    let removeOld = (): void => undefined
    try {
      removeOld = keepUnderSecondName(place)
      renameSync(ready, place)
      this.#isNewlyNamed = true
    } finally {
      this.#db = openDatabase(place, this.#migrationsDir, 'disposable')
      this.#lookUp = undefined
      this.#lives = undefined
      this.changed()
      removeOld()
    }
  }

  close(): void {
    closeDatabase(this.#db)
  }

  /** Everything that is read of a product from here on carries the price and the tax of one store. */
  priceBy(pricing: (product: Product, condition: Condition) => Product): void {
    this.#pricing = pricing
  }
  #pricing: (product: Product, condition: Condition) => Product = (product) => product

  about(key: string): string | null {
    const row = sql(this.#db, 'SELECT value FROM about WHERE key = ?').get(key) as { value: string } | undefined
    return row?.value ?? null
  }

  listAsOf(name: 'stolen' | 'recall'): string | null {
    const row = sql(this.#db, 'SELECT as_of FROM lists WHERE name = ?').get(name) as { as_of: string } | undefined
    return row?.as_of ?? null
  }

  stores(): ShopStore[] {
    return sql(this.#db, 'SELECT * FROM stores ORDER BY id').all() as ShopStore[]
  }

  store(id: string): ShopStore | null {
    return (sql(this.#db, 'SELECT * FROM stores WHERE id = ?').get(id) as ShopStore | undefined) ?? null
  }

  staff(storeId: string): StaffRow[] {
    return sql(
      this.#db,
      `SELECT id, name, role, pin_hash, badge, demo_pin FROM staff
       WHERE store_id IS NULL OR store_id = ? ORDER BY CASE role WHEN 'cashier' THEN 0 WHEN 'supervisor' THEN 1
         WHEN 'manager' THEN 2 ELSE 3 END, name`,
    ).all(storeId) as StaffRow[]
  }

  /** `condition` is that of the piece whose price is asked for. */
  product(id: string, condition: Condition = 'new'): Product | null {
    const row = sql(this.#db, 'SELECT * FROM products WHERE id = ?').get(id) as ProductRow | undefined
    return row ? this.#pricing(productOf(row), condition) : null
  }

  /** Products that answer to a printed code: a GTIN of 14 digits or a code of our own, byte for byte. */
  productsByCode(code: string): Product[] {
    const rows = sql(
      this.#db,
      'SELECT p.* FROM product_codes c JOIN products p ON p.id = c.product_id WHERE c.code = ? ORDER BY p.id',
    ).all(code) as ProductRow[]
    return rows.map((row) => this.#pricing(productOf(row), 'new'))
  }

  /** The serial masks of all goods on sale, as the centre wrote them. */
  serialMasks(): { id: string; serial_mask: string }[] {
    return sql(
      this.#db,
      'SELECT id, serial_mask FROM products WHERE serial_mask IS NOT NULL ORDER BY id',
    ).all() as { id: string; serial_mask: string }[]
  }

  lots(productId: string, storeId: string): { lot: string; expiry: string | null; quantity: number }[] {
    return sql(
      this.#db,
      'SELECT lot, expiry, quantity FROM lots WHERE product_id = ? AND store_id = ? ORDER BY expiry, lot',
    ).all(productId, storeId) as { lot: string; expiry: string | null; quantity: number }[]
  }

  unit(id: string): MirrorUnit | null {
    const row = sql(this.#db, 'SELECT * FROM units WHERE id = ?').get(id) as UnitRow | undefined
    return row
      ? { id: row.id, productId: row.product_id, price_cents: row.price_cents, producedOn: row.produced_on, lot: lotOf(row), facts: factsOfColumns(row) }
      : null
  }

  /**
   * All that a number is here, byte for byte, in one look: every scan begins with this one. Rows and not objects,
   * because the making of objects costs more than the finding.
   */
  lookUp(number: string): NumberHits {
    this.#lookUp ??= this.#db.prepare(LOOK_UP).raw()
    const hits: { units: UnitAlias[]; productIds: string[]; isReceipt: boolean } = { units: [], productIds: [], isReceipt: false }
    for (const [what, id, kind, retiredWhy] of this.#lookUp.all(number, number, number) as [number, string, AliasKind, string | null][]) {
      if (what === ALIAS) hits.units.push({ unitId: id, kind, retiredWhy })
      else if (what === PRODUCT_CODE) hits.productIds.push(id)
      else hits.isReceipt = true
    }
    return hits
  }
  #lookUp: Database.Statement | undefined

  /** Units that carry this number byte for byte, under whatever kind, retired labels too. */
  unitIdsByAlias(value: string): readonly UnitAlias[] {
    return this.lookUp(value).units
  }

  /** Units of one GTIN (14 digits) that carry this number byte for byte. Point looks: a join of three costs thrice. */
  unitIdsByGtinAndAlias(gtin: string, value: string): readonly UnitAlias[] {
    const { units } = this.lookUp(value)
    if (units.length === 0) return units
    const productIds = this.#productIdsOf(gtin)
    return units.filter((unit) => productIds.includes(this.productIdOf(unit.unitId) ?? ''))
  }

  /** A shop scans few articles again and again. */
  #productIdsOf(gtin: string): readonly string[] {
    let ids = this.#productIds.get(gtin)
    if (ids === undefined) {
      if (this.#productIds.size >= GTINS_KEPT_MAX) this.#productIds.clear()
      this.#productIds.set(gtin, (ids = this.lookUp(gtin).productIds))
    }
    return ids
  }
  readonly #productIds = new Map<string, readonly string[]>()

  /** The product of a unit, without looking at anything else of it. */
  productIdOf(unitId: string): string | null {
    const row = sql(this.#db, 'SELECT product_id AS id FROM units WHERE id = ?').get(unitId) as { id: string } | undefined
    return row?.id ?? null
  }

  /** Units whose number looks the same (case, blanks, look-alikes). For asking back, never for identity. */
  unitIdsByMatchKey(key: string): string[] {
    const rows = sql(
      this.#db,
      `SELECT unit_id AS id FROM unit_aliases WHERE match_key = @key
       UNION SELECT unit_id FROM unit_aliases WHERE value = @key LIMIT 20`,
    ).all({ key }) as { id: string }[]
    return rows.map((row) => row.id)
  }

  /** Units whose number starts with the text, for search as you type. */
  unitIdsByStart(text: string, most: number): string[] {
    const rows = sql(
      this.#db,
      'SELECT DISTINCT unit_id AS id FROM unit_aliases WHERE value >= ? AND value < ? ORDER BY value LIMIT ?',
    ).all(text, `${text}\u{10FFFF}`, most) as { id: string }[]
    return rows.map((row) => row.id)
  }

  unitIdsOfReceipt(number: string): string[] {
    const rows = sql(this.#db, 'SELECT id FROM units WHERE receipt_number = ? ORDER BY id').all(number) as { id: string }[]
    return rows.map((row) => row.id)
  }

  aliases(unitId: string): Alias[] {
    return sql(
      this.#db,
      `SELECT kind, value, retired_why AS retiredWhy FROM unit_aliases WHERE unit_id = ?
       ORDER BY retired_why IS NOT NULL, CASE kind WHEN 'serial' THEN 0 WHEN 'vin' THEN 1 WHEN 'imei' THEN 2 ELSE 3 END, value`,
    ).all(unitId) as Alias[]
  }

  history(unitId: string): LifeRow[] {
    this.#lives ??= livesIn(this.#db)
    return this.#lives.of(unitId)
  }
  #lives: UnitLives | undefined

  /** Counted once until something changes. */
  get unitCount(): number {
    this.#unitCount ??= (sql(this.#db, 'SELECT count(*) AS n FROM units').get() as { n: number }).n
    return this.#unitCount
  }
  #unitCount: number | undefined

  /** For readers of whole tables, such as the list of examples. */
  get reading(): Database.Database {
    return this.#db
  }
}

type ProductRow = Omit<Product, 'durable' | 'active'> & { durable: number; active: number }
const productOf = (row: ProductRow): Product => ({ ...row, durable: row.durable === 1, active: row.active === 1 })
