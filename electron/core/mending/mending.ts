import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { arch, platform, release } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { v7 } from 'uuid'
import { refused, ok, type Result } from '../../../contract/fault.ts'
import type { MendingView, MendReport, MendWay, Reach } from '../../../contract/mending-view.ts'
import type { Seat } from '../../../contract/roles.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Clock } from '../../../native/clock.ts'
import { removeDatabase, shopFile } from '../data-folder.ts'
import { codeOf } from '../open-ground.ts'
import { openDatabase } from '../store/open-database.ts'
import type { HubPlace, Progress } from '../sync/progress.ts'
import type { KeptTillKey } from '../sync/till-key.ts'
import { answered, askCentre } from './ask-centre.ts'
import { readDamaged, type ReadFile } from './damaged-file.ts'
import { goOn } from './go-on.ts'
import { rebuild, type Sources } from './rebuild.ts'
import { changePlaces, copiesIn, copyFile, halfFile, nextFile, stampOf } from './shop-files.ts'
import { wholeChain } from './whole-chain.ts'

export interface MendingParts {
  readonly dataDir: string
  /** The folder with the numbered SQL files of the precious file. */
  readonly migrationsDir: string
  readonly clock: Clock
  readonly what: MendingView['what']
  /** What SQLite said. */
  readonly detail: string
  readonly seat: Seat
  readonly tillKey: KeptTillKey
}

/** Who this till is, as one of its files says. */
interface Identity {
  readonly till: { readonly id: string; readonly code: string } | null
  readonly hub: HubPlace | null
  readonly sync: Partial<Progress> | null
}

/**
 * A till whose precious file is damaged. It sells nothing and begins nothing anew by itself: it says what is the matter
 * and what can be had, and does what a person then chooses. The damaged file is kept aside, whatever is chosen.
 */
export class Mending {
  readonly #parts: MendingParts
  readonly #damaged: ReadFile | null
  readonly #copy: ReadFile | null
  readonly #copyDay: string | null
  /** Copies that are damaged or could not be read, and why, for whoever is asked for help. */
  readonly #copiesNotWhole: string[] = []
  #view: MendingView | null = null
  #isMending = false

  constructor(parts: MendingParts) {
    this.#parts = parts
    const { dataDir } = parts
    this.#damaged = parts.what === 'emptied' ? null : readDamaged(shopFile(dataDir), join(dataDir, 'shop.db.reading'))
    const { day, copy } = this.#newestCopy()
    this.#copyDay = day
    this.#copy = copy
  }

  /** The newest copy that is whole; where none is, the newest that can be read at all. */
  #newestCopy(): { readonly day: string | null; readonly copy: ReadFile | null } {
    const days = copiesIn(this.#parts.dataDir, this.#now().slice(0, 10))
    for (const mustBeWhole of [true, false])
      for (const day of days)
        try {
          return { day, copy: this.#readCopy(day, mustBeWhole) }
        } catch (error) {
          console.error(error)
          if (mustBeWhole) this.#copiesNotWhole.push(`${day}: ${String(error)}`)
        }
    // A disk that is full is not to be kept full by what was read on the way.
    afterwards(() => [this.#besideCopy, `${this.#besideCopy}-2`].forEach(removeDatabase))
    return { day: null, copy: null }
  }

  look(): MendingView {
    this.#view ??= this.#made()
    return this.#view
  }

  /** Does what was chosen. A second press while it is being done changes nothing. */
  async mend(way: MendWay): Promise<Result<MendReport>> {
    if (this.#isMending || !this.look().ways.includes(way)) return refused('not-in-this-state')
    this.#isMending = true
    try {
      return await this.#mend(way)
    } finally {
      this.#isMending = false
    }
  }

  async #mend(way: MendWay): Promise<Result<MendReport>> {
    switch (way) {
      case 'empty':
        return ok(this.#beginEmpty())
      case 'save':
      case 'copy':
        return this.#mendFrom(way)
      default:
        return unreachable(way)
    }
  }

  close(): void {
    this.#damaged?.close()
    this.#copy?.close()
  }

  get #identity(): Identity {
    const [here, copied] = [identityIn(this.#damaged), identityIn(this.#copy)]
    return { till: here.till ?? copied.till, hub: here.hub ?? copied.hub, sync: here.sync ?? copied.sync }
  }

  #made(): MendingView {
    const { what, detail, seat } = this.#parts
    const { till, hub } = this.#identity
    const damaged = this.#damaged === null ? null : reachOf(this.#damaged)
    const copied = this.#copy === null || this.#copyDay === null ? null : { ...reachOf(this.#copy), day: this.#copyDay }
    const isReadable = damaged !== null && (damaged.events > 0 || identityIn(this.#damaged).till !== null)
    const ways: MendWay[] = [...(isReadable && till !== null ? (['save'] as const) : []), ...(copied !== null && till !== null ? (['copy'] as const) : [])]
    // A customer alone at a kiosk is asked nothing of this.
    const offered: MendWay[] = seat === 'kiosk' ? [] : ways.length > 0 ? ways : ['empty']
    const view = { what, detail, centre: hub?.url ?? null, damaged: isReadable ? damaged : null, copy: copied, ways: offered }
    const notWhole = this.#damaged === null ? [] : NAMED_IN_REPORT.filter((table) => this.#damaged?.table(table).isWhole === false)
    return {
      ...view,
      support: JSON.stringify({ at: this.#now(), system: `${platform()} ${release()} ${arch()}`, till, ...view, version: this.#damaged?.version ?? null, notWhole, copies: copiesIn(this.#parts.dataDir, this.#now().slice(0, 10)), copiesNotWhole: this.#copiesNotWhole }, null, 2),
    }
  }

  async #mendFrom(way: 'save' | 'copy'): Promise<Result<MendReport>> {
    const { migrationsDir, tillKey: { key } } = this.#parts
    const { till, hub, sync } = this.#identity
    if (till === null) return refused('not-in-this-state')
    if (hub !== null && key === null) return refused('key-elsewhere')
    const at = hub === null || key === null ? null : { ...hub, till: till.id, inc: sync?.inc ?? '', key }
    const asked = at === null ? ok(null) : await answered(at.url, () => askCentre(at))
    if (!asked.ok) return asked
    const centre = asked.value
    const sources: Sources = { damaged: way === 'save' ? this.#damaged : null, copy: this.#copy, centre: centre?.events ?? [] }
    const half = this.#emptyPlace()
    const rebuilt = rebuild(half, migrationsDir, sources)
    openDatabase(half, migrationsDir, 'disposable').close()
    const given = rebuilt.isCertain ? ok(null) : at === null || centre === null ? ok(codeOf(v7())) : await answered(at.url, () => centre.newLetters())
    if (!given.ok) return given
    const letters = given.value
    goOn(half, rebuilt, letters, sources.centre.length, this.#now())
    const before = wholeChain([...(sources.damaged?.events ?? []), ...(sources.copy?.events ?? [])], []).events.length
    const read = readDamaged(half, `${half}.reading`)
    const kept = reachOf(read)
    read.close()
    return ok(this.#done({
      way, kept, eventsFromCentre: Math.max(0, sources.centre.length - before), eventsAgain: rebuilt.behindGap.length, eventsLost: rebuilt.eventsLost,
      notWhole: [...rebuilt.notWhole], letters: letters === null ? null : { before: till.code, now: letters },
    }))
  }

  /** Where the new file is put together; nothing of an earlier try is left there, nor where it goes when it is whole. */
  #emptyPlace(): string {
    const half = halfFile(this.#parts.dataDir)
    for (const file of [half, nextFile(this.#parts.dataDir)]) removeDatabase(file)
    return half
  }

  #beginEmpty(): MendReport {
    openDatabase(this.#emptyPlace(), this.#parts.migrationsDir, 'precious').close()
    return this.#done({ way: 'empty', kept: NOTHING, eventsFromCentre: 0, eventsAgain: 0, eventsLost: 0, notWhole: [], letters: null })
  }

  /**
   * The mended file takes its place, and what was done is written down beside it. Until it is there, this can be tried
   * again; from then on nothing that fails takes it back.
   */
  #done(done: Omit<MendReport, 'at' | 'aside'>): MendReport {
    const { dataDir } = this.#parts
    const at = this.#now()
    renameSync(halfFile(dataDir), nextFile(dataDir))
    const report = { at, ...done, aside: changePlaces(dataDir, stampOf(at)) }
    afterwards(() => this.close())
    afterwards(() => writeFileSync(join(dataDir, `shop.db.mended-${stampOf(at)}.json`), `${JSON.stringify(report, null, 2)}\n`))
    return report
  }

  get #besideCopy(): string {
    return join(this.#parts.dataDir, 'shop.db.reading-copy')
  }

  #now = (): string => new Date(this.#parts.clock.now()).toISOString()

  /**
   * A copy may be older than the tables of today: it is brought up to them in a copy of its own. Of a version that the
   * damaged file only seems to have, because a copy is newer, nothing is believed. Throws where it cannot be read.
   */
  #readCopy(day: string, mustBeWhole: boolean): ReadFile {
    const { dataDir, migrationsDir } = this.#parts
    const beside = this.#besideCopy
    removeDatabase(beside)
    copyFileSync(copyFile(dataDir, day), beside)
    const own = versionOf(beside, mustBeWhole)
    const here = this.#damaged?.version ?? null
    openDatabase(beside, migrationsDir, 'disposable', here === null ? undefined : Math.max(here, own)).close()
    const read = readDamaged(beside, `${beside}-2`)
    return {
      ...read,
      close: () => {
        read.close()
        for (const suffix of ['', '-wal', '-shm']) rmSync(beside + suffix, { force: true })
      },
    }
  }
}

/** The version of a copy's tables. Throws where it must be whole and is not, or cannot be read. */
function versionOf(copy: string, mustBeWhole: boolean): number {
  const db = new Database(copy)
  try {
    const said = mustBeWhole ? db.pragma('quick_check(1)', { simple: true }) : 'ok'
    if (said !== 'ok') throw new Error(String(said))
    return db.pragma('user_version', { simple: true }) as number
  } finally {
    db.close()
  }
}

/** What is done is done, whatever becomes of this. */
function afterwards(act: () => void): void {
  try {
    act()
  } catch (error) {
    console.error(error)
  }
}

const NOTHING: Reach = { receipts: 0, lastReceipt: null, lastAt: null, events: 0 }
/** What a helper asks for first. */
const NAMED_IN_REPORT = ['meta', 'counters', 'journal', 'sales', 'sale_lines', 'tenders', 'returns', 'documents', 'shifts', 'number_blocks', 'flows']

function reachOf(file: ReadFile): Reach {
  const sales = file.table('sales').rows.filter(({ number, sold_at }) => typeof number === 'string' && typeof sold_at === 'string')
  const last = sales.reduce<(typeof sales)[number] | null>((latest, row) => (latest === null || String(row['sold_at']) > String(latest['sold_at']) ? row : latest), null)
  return {
    receipts: sales.length, lastReceipt: last === null ? null : String(last['number']), lastAt: last === null ? null : String(last['sold_at']),
    events: wholeChain(file.events, []).events.length,
  }
}

function identityIn(file: ReadFile | null): Identity {
  const values = new Map((file?.table('meta').rows ?? []).map(({ key, value }) => [key, value]))
  const read = <T>(key: string): T | null => {
    try {
      return JSON.parse(String(values.get(key) ?? 'null')) as T
    } catch {
      return null
    }
  }
  return { till: read('till'), hub: read('hub'), sync: read('sync') }
}
