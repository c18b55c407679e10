import { setImmediate as nextTurn } from 'node:timers/promises'
import type { NumberedRow } from '../../../contract/sync/wire.ts'
import { LogFolding } from '../mirror/log-folding.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { behindCursor, moveCursor } from './take-rows.ts'

/** So many rows are put in in one turn: longer, and somebody who scans would wait for it. */
const ROWS_A_TURN = 500
/**
 * So many rows share one writing out of the pages of the file in which they lie. In a small mirror they share nearly all
 * of them, and most of the work is that writing; in a large one each row has its own, and a commit keeps whoever scans.
 */
const ROWS_A_TRANSACTION = 4_000
const ROWS_A_TRANSACTION_IN_SMALL = 16_000
/** Of 4 KB: a mirror that lies in SQLite's own memory as a whole (`openDatabase`). */
const SMALL_PAGES_MAX = 8_000

/** Beside a writer the log only grows. Of so many pages, the rows that come next wait until it is folded in and begins anew. */
const LOG_PAGES_MAX = 8_000

/**
 * Puts in thousands of rows, in transactions that last over turns of the program and over pages of the feed. Who looks
 * into the mirror meanwhile sees what is in already. The log of the mirror is folded in after each transaction, beside
 * the shop and beside the rows that come next. Whoever makes one calls `end`, however it ends.
 */
export class LongTaking {
  readonly #mirror: Mirror
  readonly #log: LogFolding
  #waiting = 0
  #inLog = 0
  /** How many pages the log had. What it rejects with is told once, to whoever waits for it next. */
  #folding: Promise<number> | null = null
  #isFolding = false

  constructor(mirror: Mirror) {
    this.#mirror = mirror
    this.#log = new LogFolding(mirror.reading.name)
  }

  /**
   * As `takeRows`. An error other than `FeedGap` takes with it what has come since the last transaction, but not where
   * the log could not be folded in: then the rows are here, and `end` keeps them.
   */
  async take(scope: string, rows: readonly NumberedRow[]): Promise<number> {
    const db = this.#mirror.reading
    const { fresh, last, taker } = behindCursor(this.#mirror, scope, rows)
    if (fresh.length === 0) return 0
    if (this.#inLog + fresh.length > ROWS_A_TURN) this.#log.begin()
    if (!db.inTransaction) db.exec('BEGIN IMMEDIATE')
    this.#mirror.isFilling = true
    try {
      for (let start = 0; start < fresh.length; start += ROWS_A_TURN) {
        for (const row of fresh.slice(start, start + ROWS_A_TURN)) taker.take(row)
        this.#mirror.changed()
        await nextTurn()
      }
      moveCursor(db, scope, last)
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      this.#sayFilling()
      this.#mirror.changed()
      throw error
    }
    this.#waiting += fresh.length
    this.#inLog += fresh.length
    const isSmall = (db.pragma('page_count', { simple: true }) as number) <= SMALL_PAGES_MAX
    if (this.#waiting >= (isSmall ? ROWS_A_TRANSACTION_IN_SMALL : ROWS_A_TRANSACTION)) await this.#keepAndFold()
    return fresh.length
  }

  /** Throws what the disk says where it does not take them: then none of those since the last time is here. */
  keep(): void {
    const db = this.#mirror.reading
    this.#waiting = 0
    try {
      if (db.inTransaction) db.exec('COMMIT')
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      this.#mirror.changed()
      throw error
    } finally {
      this.#sayFilling()
    }
  }

  /** Keeps what has come, and leaves nothing in the log that somebody's next commit would have to fold in. Throws as `keep`. */
  async end(): Promise<void> {
    try {
      this.keep()
      await this.#folded()
      if (this.#inLog > ROWS_A_TURN) {
        this.#fold()
        await this.#folded()
      }
    } finally {
      await this.#log.end()
    }
  }

  async #keepAndFold(): Promise<void> {
    const pages = await this.#folded()
    this.keep()
    this.#fold()
    if (pages >= LOG_PAGES_MAX) await this.#folded()
  }

  #fold(): void {
    this.#inLog = 0
    this.#isFolding = true
    this.#folding = this.#log.fold().finally(() => {
      this.#isFolding = false
      this.#sayFilling()
    })
    this.#folding.catch(() => undefined)
    this.#sayFilling()
  }

  /** Waits for what is being folded in. Answers how many pages the log had; 0 where nothing was. */
  async #folded(): Promise<number> {
    const folding = this.#folding
    this.#folding = null
    return folding ?? 0
  }

  /** Until its fold is done a power cut takes a row away again, and nobody begins the same folding in front of the shop. */
  #sayFilling(): void {
    this.#mirror.isFilling = this.#isFolding || this.#mirror.reading.inTransaction
  }
}
