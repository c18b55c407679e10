import { renameSync, rmSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { openDatabase } from '../store/open-database.ts'
import { productId } from './catalogue.ts'
import type { DemoProduct } from './catalogue.ts'
import { Life } from './life.ts'
import { numbersOf, runningNumber } from './numbering.ts'
import { pastWorld } from './past-world.ts'
import type { PastWorld } from './past-world.ts'
import { randomFrom } from './random.ts'
import type { Random } from './random.ts'
import { STORIES } from './stories.ts'
import type { Story } from './telling.ts'
import { UNITS_MAX, UNITS_MIN, chanceUnit, plannedUnits } from './unit-plan.ts'
import type { UnitPlan } from './unit-plan.ts'
import { writeCampaigns } from './write-campaigns.ts'
import { writePrices } from './write-prices.ts'
import { writeReadings } from './write-readings.ts'
import { writeSets } from './write-set.ts'
import { unitWriter, writeShop } from './write-mirror.ts'
import type { LivedUnit } from './write-mirror.ts'

/** The demo shop of a first start. */
export const DEMO_SEED = 'countermark'
export const DEMO_UNITS = 5_000

export interface DemoOptions {
  /** The same seed, moment and number give the same rows. */
  readonly seed: string
  readonly units: number
  /** The demo's present, UTC: every history ends before it. */
  readonly now: string
  readonly onProgress?: (done: number, of: number) => void
}

const UNITS_OF_A_TRANSACTION = 20_000

/**
 * Writes a whole demo shop as a mirror file, in place of one that may be there and that nobody may have open.
 * The file appears under its name only when it is complete. Refuses (throws a RangeError) fewer than
 * {@link UNITS_MIN} units, which cannot tell every story, and more than {@link UNITS_MAX}, which run out of numbers.
 */
export function makeDemoMirror(file: string, migrationsDir: string, options: DemoOptions): void {
  if (!Number.isInteger(options.units) || options.units < UNITS_MIN || options.units > UNITS_MAX)
    throw new RangeError(`a demo shop has ${UNITS_MIN} to ${UNITS_MAX} units, not ${options.units}`)
  const unfinished = `${file}.unfinished`
  removeDatabase(unfinished)
  try {
    writeFile(unfinished, migrationsDir, options)
    removeDatabase(file)
    renameSync(unfinished, file)
  } finally {
    removeDatabase(unfinished)
  }
}

function writeFile(file: string, migrationsDir: string, options: DemoOptions): void {
  const db = openDatabase(file, migrationsDir, 'disposable')
  try {
    quicken(db)
    writeAll(db, options)
    db.pragma('journal_mode = WAL')
    db.pragma('optimize')
  } finally {
    db.close()
  }
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}

/** Nothing is lost if this is cut short: the unfinished file is thrown away and made again. */
function quicken(db: Database): void {
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -262144')
}

function writeAll(db: Database, { seed, units, now, onProgress }: DemoOptions): void {
  const random = randomFrom(seed)
  const world = pastWorld(random, now)
  const plans = plannedUnits(random)
  const ordinals = new Map<number, number>()
  const write = unitWriter(db)
  const writeRange = db.transaction((from: number, to: number) => {
    for (let n = from; n < to; n++) write(livedUnit(plans[n] ?? chanceUnit(random), world, random, ordinals))
  })

  onProgress?.(0, units)
  db.transaction(() => writeShop(db, seed, now))()
  for (let from = 0; from < units; from += UNITS_OF_A_TRANSACTION) {
    const to = Math.min(units, from + UNITS_OF_A_TRANSACTION)
    writeRange(from, to)
    onProgress?.(to, units)
  }
  db.transaction(() => writePrices(db, now))()
  db.transaction(() => writeCampaigns(db, now))()
  db.transaction(() => writeSets(db))()
  db.transaction(() => writeReadings(db))()
}

/** The maker finished a piece between ten days and two months before it reached the shop. */
function producedDaysAgo(receivedDaysAgo: number, random: Random): number {
  return receivedDaysAgo + random.between(10, 60)
}

function livedUnit(plan: UnitPlan, world: PastWorld, random: Random, ordinals: Map<number, number>): LivedUnit {
  const story: Story = STORIES[plan.story]
  const id = world.newId()
  const receivedDaysAgo = random.between(...story.received)
  const producedOn = world.calendar.day(-producedDaysAgo(receivedDaysAgo, random))
  const ordinal = ordinals.get(plan.product.item) ?? 0
  ordinals.set(plan.product.item, ordinal + 1)
  const number = runningNumber(ordinal, random.between(0, 2))
  const life = new Life(plan.numbers ?? seriesNumbers(plan.product, Number(producedOn.slice(0, 4)), number))
  story.tell({ life, world, product: plan.product, store: plan.store, receivedDaysAgo })
  return { id, productId: productId(plan.product.item), producedOn, life }
}

function seriesNumbers({ numbering, name }: DemoProduct, year: number, number: number): ReturnType<typeof numbersOf> {
  if (numbering === null) throw new Error(`${name} has no numbers`)
  return numbersOf(numbering, year, number)
}
