import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { defaultDataDir, makeDataDir } from '../electron/core/data-dir.ts'
import { mirrorFile, shopFile, takeDataFolder } from '../electron/core/data-folder.ts'
import { DEMO_SEED, DEMO_UNITS, makeDemoMirror } from '../electron/core/demo/make-demo-mirror.ts'
import { UNITS_MAX, UNITS_MIN } from '../electron/core/demo/unit-plan.ts'
import { StartFault } from '../electron/core/options.ts'
import { progressOn } from './progress.ts'
import { NOT_POSSIBLE, Refusal, runOrRefuse, WRONG_USE } from './refusal.ts'

const HELP = `Makes a demo shop.

  npm run demo -- [--units N] [--seed TEXT] [--data DIR]

  --units N    how many pieces with a serial number (${UNITS_MIN} to ${UNITS_MAX}; ${DEMO_UNITS} unless said)
  --seed TEXT  the same seed gives the same shop (${DEMO_SEED} unless said)
  --data DIR   the folder of the till's data (${defaultDataDir()} unless said)

A demo shop that is there already is made anew. A folder with a real till in it is refused.`

const MIGRATIONS = join(import.meta.dirname, '..', 'migrations', 'mirror')

interface Wish {
  readonly units: number
  readonly seed: string
  readonly dataDir: string
}

function main(): void {
  const wish = wishOf(process.argv.slice(2))
  if (wish === null) {
    console.log(HELP)
    return
  }
  makeFolder(wish.dataDir)
  refuseRealShop(shopFile(wish.dataDir))
  const folder = takeFolder(wish.dataDir)
  try {
    makeShop(wish)
  } finally {
    folder.release()
  }
}

function makeShop({ units, seed, dataDir }: Wish): void {
  const file = mirrorFile(dataDir)
  const began_ms = performance.now()
  const onProgress = progressOn(process.stdout, 'Units made')
  try {
    makeDemoMirror(file, MIGRATIONS, { units, seed, now: new Date().toISOString(), onProgress })
  } catch (error) {
    throw new Refusal(`The demo shop could not be written to ${dataDir}: ${messageOf(error)}.`, NOT_POSSIBLE, { cause: error })
  }
  const seconds = ((performance.now() - began_ms) / 1_000).toFixed(1)
  const megabytes = Math.ceil(statSync(file).size / 1_000_000)
  console.log(`A demo shop with ${units} units is in ${file}: ${megabytes} MB, made in ${seconds} s.`)
}

/** Null when only the explanation is wanted. */
function wishOf(args: readonly string[]): Wish | null {
  const values = optionsOf(args)
  if (values.help === true) return null
  const units = values.units === undefined ? DEMO_UNITS : wholeNumber(values.units)
  if (units === null || units < UNITS_MIN || units > UNITS_MAX)
    throw new Refusal(`--units takes a whole number from ${UNITS_MIN} to ${UNITS_MAX}, not "${values.units}".`, WRONG_USE)
  return { units, seed: values.seed ?? DEMO_SEED, dataDir: values.data ?? defaultDataDir() }
}

interface Options {
  readonly units?: string | undefined
  readonly seed?: string | undefined
  readonly data?: string | undefined
  readonly help?: boolean | undefined
}

function optionsOf(args: readonly string[]): Options {
  try {
    return parseArgs({
      args: [...args],
      options: {
        units: { type: 'string' },
        seed: { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw new Refusal(`${messageOf(error)} Say --help for the options.`, WRONG_USE, { cause: error })
  }
}

const wholeNumber = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null)

function makeFolder(dataDir: string): void {
  try {
    makeDataDir(dataDir)
  } catch (error) {
    throw new Refusal(`The folder ${dataDir} cannot be made: ${messageOf(error)}.`, NOT_POSSIBLE, { cause: error })
  }
}

/** A real till's sales belong to real units; a demo mirror beside them would make nonsense of both. */
function refuseRealShop(file: string): void {
  if (!existsSync(file)) return
  if (!isDemoShop(file))
    throw new Refusal(
      `${file} is the shop of a real till, not of a demo. Choose another folder with --data; nothing was changed.`,
      NOT_POSSIBLE,
    )
}

/** The shop keeps its values as JSON; `1` is how the mirror says it. */
const DEMO_MARKS: ReadonlySet<unknown> = new Set(['true', '1'])

function isDemoShop(file: string): boolean {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true })
    try {
      return DEMO_MARKS.has(db.prepare("SELECT value FROM meta WHERE key = 'demo'").pluck().get())
    } finally {
      db.close()
    }
  } catch (error) {
    throw new Refusal(
      `${file} cannot be read, so it may be a real till's: ${messageOf(error)}. Nothing was changed.`,
      NOT_POSSIBLE,
      { cause: error },
    )
  }
}

/** The folder for this program alone: a till that runs on it would go on reading a file that is gone. */
function takeFolder(dataDir: string): { release(): void } {
  try {
    return takeDataFolder(dataDir)
  } catch (error) {
    if (!(error instanceof StartFault)) throw error
    throw new Refusal(error.message, NOT_POSSIBLE, { cause: error })
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')

runOrRefuse(main)
