import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { isCalendarDay } from '../contract/identity/dates.ts'
import { defaultDataDir } from '../electron/core/data-dir.ts'
import { mirrorFile, shopFile } from '../electron/core/data-folder.ts'
import { exportOfCase, exportOfDay, exportOfUnit, type Export } from '../contract/epcis/document.ts'
import {
  exportWorld, linesOfUnits, unitIdOfHandedOver, unitIdsByNumber, unitIdsOfCase, unitIdsOfDay, type ExportSources,
} from '../electron/core/epcis/load-journal.ts'
import { NOT_POSSIBLE, Refusal, runOrRefuse, WRONG_USE } from './refusal.ts'

const HELP = `Tells what happened to pieces as an EPCIS 2.0 document (JSON-LD) on standard output.

  npm run -s epcis -- --unit SERIAL | --day YYYY-MM-DD | --case ID

  --unit SERIAL    the whole life of one piece
  --day DAY        one day of a store, by the clock on its wall
  --case ID        a receipt, return, recall or case, and all that ever happened to its pieces
  --store ID       the store of --day (unless said, the shop's first)
  --base URL       the shop's own web address, for what has no GS1 name (unless said, https://shop.example/)
  --data DIR       the folder of the till's data (unless said, ${defaultDataDir()})

Who did it and to whom it was sold is left behind on purpose. The till may be running.`

type Wish = ReturnType<typeof wishOf>

function wishOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        unit: { type: 'string' },
        day: { type: 'string' },
        case: { type: 'string' },
        store: { type: 'string' },
        base: { type: 'string', default: 'https://shop.example/' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new Refusal(`${why}. Try --help.`, WRONG_USE, { cause: error })
  }
}

function main(): void {
  const wish = wishOf(process.argv.slice(2))
  if (wish.help === true) return console.log(HELP)
  const asked = [wish.unit, wish.day, wish.case].filter((one) => one !== undefined)
  if (asked.length !== 1) throw new Refusal('Say one of --unit, --day and --case. Try --help.', WRONG_USE)
  const sources = openSources(resolve(wish.data ?? defaultDataDir()))
  try {
    const { document, untold } = exported(sources, wish)
    console.log(JSON.stringify(document, null, 2))
    for (const { id } of untold) console.error(`not told: ${id} undoes an event that is not known here`)
  } finally {
    sources.mirror.close()
    sources.shop?.close()
  }
}

function openSources(dataDir: string): ExportSources {
  const mirror = mirrorFile(dataDir)
  if (!existsSync(mirror)) throw new Refusal(`There is no shop in ${dataDir}. Say where it is with --data.`, NOT_POSSIBLE)
  const shop = shopFile(dataDir)
  const open = (file: string) => new Database(file, { readonly: true })
  return { mirror: open(mirror), shop: existsSync(shop) ? open(shop) : null }
}

function exported(sources: ExportSources, wish: Wish): Export {
  const now = new Date().toISOString()
  const base = baseOf(wish.base)
  if (wish.day !== undefined) return day(sources, wish.day, wish.store, base, now)
  if (wish.unit !== undefined) return unit(sources, wish.unit, base, now)
  return caseOf(sources, wish.case ?? '', base, now)
}

function unit(sources: ExportSources, number: string, base: string, now: string): Export {
  const ids = unitIdsByNumber(sources, number)
  const [id] = ids
  if (id === undefined) throw new Refusal(`No piece carries the number ${number}.`, NOT_POSSIBLE)
  if (ids.length > 1)
    throw new Refusal(`${ids.length} pieces carry the number ${number}: ${ids.join(', ')}.`, NOT_POSSIBLE)
  return exportOfUnit(linesOfUnits(sources, [id]), id, exportWorld(sources, [id], base), now)
}

function day(sources: ExportSources, date: string, wanted: string | undefined, base: string, now: string): Export {
  const [, year, month, dayOfMonth] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []
  if (!isCalendarDay(Number(year), Number(month), Number(dayOfMonth)))
    throw new Refusal(`${date} is no day: write YYYY-MM-DD.`, WRONG_USE)
  const { mirror } = sources
  const stores = mirror.prepare<[], { id: string }>('SELECT id FROM stores ORDER BY id').all().map((store) => store.id)
  const home = mirror.prepare<[], { value: string }>("SELECT value FROM about WHERE key = 'home_store'").get()?.value
  const storeId = wanted ?? home ?? stores[0]
  if (storeId === undefined || !stores.includes(storeId))
    throw new Refusal(`There is no store ${storeId ?? ''}. There are: ${stores.join(', ')}.`, NOT_POSSIBLE)
  const ids = unitIdsOfDay(sources, storeId, date)
  return exportOfDay(linesOfUnits(sources, ids), storeId, date, exportWorld(sources, ids, base), now)
}

function caseOf(sources: ExportSources, number: string, base: string, now: string): Export {
  const handedOver = unitIdOfHandedOver(sources, number)
  if (handedOver !== null)
    return exportOfUnit(linesOfUnits(sources, [handedOver]), handedOver, exportWorld(sources, [handedOver], base), now)
  const ids = unitIdsOfCase(sources, number)
  if (ids.length === 0) throw new Refusal(`Nothing that happened here names ${number}.`, NOT_POSSIBLE)
  return exportOfCase(linesOfUnits(sources, ids), number, exportWorld(sources, ids, base), now)
}

function baseOf(text: string): string {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new Refusal(`--base is a web address such as https://shop.example/, not ${text}.`, WRONG_USE)
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}

runOrRefuse(main)
