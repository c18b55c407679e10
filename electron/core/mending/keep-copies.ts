import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { HOUR_MS } from '../../../contract/durations.ts'
import type { Clock } from '../../../native/clock.ts'
import { shopFile } from '../data-folder.ts'
import { hasRoomFor } from '../store/reserve.ts'
import { copiesIn, copyFile, foundFile } from './shop-files.ts'

const KEPT = 3
/** The first look, out of the way of a start. */
const FIRST_MS = 60_000
const LOOK_MS = HOUR_MS

/**
 * What the thread found: the words of `integrity_check` where the file is not whole, and whether the copy is. An empty
 * answer found nothing, for good or for bad. `failed`: what kept it from making the copy, which is no damage.
 */
interface Made {
  readonly said: string
  readonly copied: boolean
  readonly failed: string | null
}

const MAKE = `
const { parentPort, workerData } = require('node:worker_threads')
const { createHash } = require('node:crypto')
const { closeSync, fsyncSync, openSync, rmSync } = require('node:fs')
const Database = require(workerData.sqlite)
const whole = (db) => db.pragma('integrity_check(3)').map((row) => row.integrity_check).join('; ')
const brokenAt = (db) => {
  let before = Buffer.alloc(32)
  let expected = 1
  for (const row of db.prepare('SELECT seq, hash, body FROM journal ORDER BY seq').iterate()) {
    const hash = createHash('sha256').update(before).update(row.body, 'utf8').digest()
    if (row.seq !== expected || !hash.equals(row.hash)) return expected
    before = hash
    expected += 1
  }
  return null
}
let copied = false
let failed = null
const db = new Database(workerData.file, { readonly: true })
db.pragma('trusted_schema = OFF')
let said
try {
  said = whole(db)
  const broken = said === 'ok' ? brokenAt(db) : null
  if (broken !== null) said = 'the journal is not what was written, from event ' + broken + ' on'
  if (said === 'ok') {
    rmSync(workerData.to, { force: true })
    db.prepare('VACUUM INTO ?').run(workerData.to)
    const copy = new Database(workerData.to, { readonly: true })
    const isWhole = whole(copy) === 'ok' && copy.pragma('user_version', { simple: true }) === db.pragma('user_version', { simple: true })
    copy.close()
    // Windows brings only what may be written to the disk.
    const handle = openSync(workerData.to, 'r+')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    copied = isWhole
  }
} catch (error) {
  // A disk that did not answer once, or memory that was short, is no damage to the file.
  const isDamage = /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
  failed = String(error)
  said ??= isDamage ? failed : ''
}
db.close()
parentPort.postMessage({ said, copied, failed })`

/**
 * Once a day, beside the selling: looks at every page and every index of the precious file and at every link of its
 * journal, and makes a whole copy of it that was opened and checked; the newest three stay. What it finds damaged is said
 * at once and kept for the next start, which does not believe the file then. What keeps it from its work is written
 * down, and tried again at the next look: no sale ends for it.
 */
export class KeepCopies {
  readonly #dataDir: string
  readonly #clock: Clock
  readonly #found: (said: string) => void
  readonly #timers: NodeJS.Timeout[]
  #making: Promise<void> | null = null
  #worker: Worker | null = null

  constructor(parts: { readonly dataDir: string; readonly clock: Clock; readonly found: (said: string) => void }) {
    this.#dataDir = parts.dataDir
    this.#clock = parts.clock
    this.#found = parts.found
    this.#timers = [setTimeout(() => void this.look(), FIRST_MS).unref(), setInterval(() => void this.look(), LOOK_MS).unref()]
  }

  /** Makes the copy of today where there is none yet, and there is room for it beside what the shop still needs. */
  look(): Promise<void> {
    this.#making ??= this.#make().catch((error: unknown) => console.error('no copy of the shop was made', error)).finally(() => void (this.#making = null))
    return this.#making
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await this.#worker?.terminate()
    await this.#making
  }

  async #make(): Promise<void> {
    const file = shopFile(this.#dataDir)
    const day = new Date(this.#clock.now()).toISOString().slice(0, 10)
    const to = copyFile(this.#dataDir, day)
    if (existsSync(to) || !existsSync(file) || !hasRoomFor(this.#dataDir, 2 * statSync(file).size)) return
    const { said, copied, failed } = await this.#inThread(file, `${to}.new`)
    if (said !== 'ok' && said !== '') this.#tell(said)
    if (!copied) {
      rmSync(`${to}.new`, { force: true })
      if (failed !== null) console.error(`no copy of the shop was made: ${failed}`)
      return
    }
    renameSync(`${to}.new`, to)
    for (const old of copiesIn(this.#dataDir, day).filter((each) => each !== day).slice(KEPT - 1)) this.#remove(copyFile(this.#dataDir, old))
  }

  #tell(said: string): void {
    try {
      writeFileSync(foundFile(this.#dataDir), said, { flush: true })
    } finally {
      this.#found(said)
    }
  }

  /** One copy too many does no harm. */
  #remove(old: string): void {
    try {
      rmSync(old, { force: true })
    } catch (error) {
      console.error(error)
    }
  }

  #inThread(file: string, to: string): Promise<Made> {
    const sqlite = createRequire(import.meta.url).resolve('better-sqlite3')
    return new Promise((resolve) => {
      const worker = new Worker(MAKE, { eval: true, workerData: { file, to, sqlite } })
      this.#worker = worker
      worker.once('message', (made: Made) => resolve(made))
      worker.once('error', (error) => resolve({ said: '', copied: false, failed: String(error) }))
      worker.once('exit', () => {
        this.#worker = null
        resolve({ said: '', copied: false, failed: null })
      })
    })
  }
}
