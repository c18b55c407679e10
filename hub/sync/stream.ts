import type { ServerResponse } from 'node:http'
import { cursorText, type Beat, type Cursors } from '../../contract/sync/wire.ts'
import { noteHeard } from '../catalogue/arrivals.ts'
import { instant, type HubGround } from '../ground.ts'
import type { HubIdentity } from './identity.ts'
import { headsOf, onTold, readFeed, rowsText, type RawRow } from './feed.ts'
import { rawRowsFor, type Kinds } from './older-tills.ts'

/** What another process of the centre has told is found so soon; what this one tells is looked for at once. */
const POLL_MS = 50
/** Many changes in one moment are told together. */
const PAUSE_MS_MIN = 10
const BEAT_MS = 5_000
const ROWS_MAX = 500
/** A till that does not read is let go; it comes back with its cursor. */
const UNREAD_BYTES_MAX = 4 * 1024 * 1024

interface Listener {
  readonly till: string
  readonly response: ServerResponse
  readonly cursors: Record<string, number>
  /** Under which the cursors were asked for; under another one its numbers are of other rows. */
  readonly gen: string
  readonly kinds: Kinds
  /** True while older rows are being read for it; rows from memory would overtake them. */
  behind: boolean
}

/**
 * Tells all connected tills what is new. One question for the heads of all scopes some times a second, one read for each
 * that moved, and the same bytes to everybody. No LISTEN: it takes a lock on every commit, and distributed engines lack it.
 */
export class Streams {
  readonly #ground: HubGround
  readonly #identity: HubIdentity
  readonly #listeners = new Set<Listener>()
  /** Up to where each scope was told to those who are not behind. */
  readonly #seen = new Map<string, number>()
  readonly #endTold: () => void
  #timer: NodeJS.Timeout | null = null
  /** When the running look began, or the last one; and whether something was told since. */
  #looked_ms = 0
  #isLooking = false
  #isRung = false
  #lastBeat = 0
  #isBeating = false
  #stopped = false

  constructor(ground: HubGround, identity: HubIdentity) {
    this.#ground = ground
    this.#identity = identity
    this.#endTold = onTold(ground.db, () => this.#ring())
    this.#schedule(POLL_MS)
  }

  get count(): number {
    return this.#listeners.size
  }

  /** Opens the stream of one till; it lasts until either side ends it, or the till is revoked. */
  open(response: ServerResponse, { cursors, ...asked }: Pick<Listener, 'till' | 'gen' | 'kinds'> & { readonly cursors: Cursors }): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    response.socket?.setNoDelay(true)
    const listener: Listener = { ...asked, response, cursors: { ...cursors }, behind: true }
    this.#listeners.add(listener)
    response.on('close', () => this.#listeners.delete(listener))
    response.on('error', () => this.#listeners.delete(listener))
    void this.#catchUp(listener)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#endTold()
    if (this.#timer) clearTimeout(this.#timer)
    for (const { response } of this.#listeners) response.end()
    this.#listeners.clear()
  }

  #schedule(wait_ms: number): void {
    if (this.#stopped) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#isLooking = true
      this.#isRung = false
      this.#looked_ms = performance.now()
      this.#look()
        .catch((error: unknown) => (this.#stopped ? undefined : this.#ground.log(`the feed could not be read and is read again: ${String(error)}`)))
        .finally(() => {
          this.#isLooking = false
          this.#schedule(this.#isRung ? this.#pause() : POLL_MS)
        })
    }, wait_ms)
  }

  /** This process has told something: nobody has to wait for the next look. */
  #ring(): void {
    if (this.#isRung) return
    this.#isRung = true
    if (!this.#isLooking) this.#schedule(this.#pause())
  }

  #pause = (): number => Math.max(0, this.#looked_ms + PAUSE_MS_MIN - performance.now())

  async #look(): Promise<void> {
    if (this.#listeners.size === 0) return
    const scopes = [...new Set([...this.#listeners].flatMap(({ cursors }) => Object.keys(cursors)))]
    const at_ms = this.#ground.now_ms()
    const heads = await headsOf(this.#ground.db, scopes)
    const moved = [...heads].filter(([scope, { seq }]) => {
      if (!this.#seen.has(scope)) this.#seen.set(scope, seq)
      return seq > (this.#seen.get(scope) ?? seq)
    })
    await Promise.all(moved.map(([scope]) => this.#tellNew(scope, this.#seen.get(scope) ?? 0)))
    // Who came while a row was being told, and heard it neither from memory nor in catching up.
    for (const listener of this.#listeners)
      if (!listener.behind && Object.entries(listener.cursors).some(([scope, seq]) => seq < (this.#seen.get(scope) ?? 0))) void this.#catchUp(listener)
    if (this.#isBeating || at_ms - this.#lastBeat < BEAT_MS) return
    this.#lastBeat = at_ms
    this.#isBeating = true
    // Beside the looking: a flag must not wait until two hundred tills were asked after.
    this.#beat(instant(at_ms), new Map([...heads].map(([scope, { seq }]) => [scope, seq])))
      .catch((error: unknown) => (this.#stopped ? undefined : this.#ground.log(`a beat was left out: ${String(error)}`)))
      .finally(() => (this.#isBeating = false))
  }

  async #tellNew(scope: string, seen: number): Promise<void> {
    const rows = await readFeed(this.#ground.db, scope, seen, ROWS_MAX)
    const last = rows.at(-1)
    if (!last) return
    this.#seen.set(scope, last.seq)
    // There is more where this came from: an import of thousands does not wait for the next look either.
    if (rows.length === ROWS_MAX) this.#isRung = true
    // The same bytes to all who read the same.
    const data = new Map<Kinds, Buffer>()
    const dataFor = (kinds: Kinds): Buffer => {
      const known = data.get(kinds) ?? Buffer.from(dataOf(scope, rawRowsFor(kinds, rows)))
      data.set(kinds, known)
      return known
    }
    for (const listener of this.#listeners) {
      if (listener.behind || listener.cursors[scope] === undefined) continue
      if (listener.cursors[scope] === seen) this.#write(listener, scope, last.seq, dataFor(listener.kinds))
      else if ((listener.cursors[scope] ?? 0) < last.seq) void this.#catchUp(listener)
    }
  }

  /** Reads for one till what it has missed, scope by scope, in pages; then it hears with the others. */
  async #catchUp(listener: Listener): Promise<void> {
    listener.behind = true
    try {
      for (let more = true; more; ) {
        more = false
        for (const scope of Object.keys(listener.cursors)) {
          const rows = await readFeed(this.#ground.db, scope, listener.cursors[scope] ?? 0, ROWS_MAX)
          const last = rows.at(-1)
          if (!last || !this.#listeners.has(listener)) continue
          this.#write(listener, scope, last.seq, Buffer.from(dataOf(scope, rawRowsFor(listener.kinds, rows))))
          more ||= rows.length === ROWS_MAX
        }
        if (more) await drained(listener.response)
      }
      listener.behind = false
    } catch {
      // The till comes back with its cursor; there is nothing else to do for it.
      listener.response.destroy()
    }
  }

  #write(listener: Listener, scope: string, seq: number, data: Buffer): void {
    const { response, cursors } = listener
    cursors[scope] = seq
    if (response.writableLength > UNREAD_BYTES_MAX) return void response.destroy()
    response.cork()
    response.write(`id: ${cursorText(cursors)}\nevent: rows\n`)
    response.write(data)
    response.uncork()
  }

  /**
   * Says up to where the scopes have come, ends the lines of tills that were revoked and of those that came under another
   * generation, and notes what the others have taken.
   */
  async #beat(at: string, heads: ReadonlyMap<string, number>): Promise<void> {
    const { db } = this.#ground
    const listeners = [...this.#listeners]
    const rows = await db.query<{ till: string }>("SELECT till FROM device WHERE till = ANY ($1::text[]) AND state = 'revoked'", [listeners.map(({ till }) => till)])
    const revoked = new Set(rows.map(({ till }) => till))
    await this.#identity.lookAgain()
    const { gen } = this.#identity
    const isOver = ({ till, gen: theirs }: Listener): boolean => revoked.has(till) || theirs !== gen
    // Numbers of the generation before say nothing about the rows of this one.
    if (listeners.some((listener) => listener.gen !== gen)) this.#seen.clear()
    // Asked before this beat is written: what has just been written has not left yet, whoever reads.
    const reading = listeners.filter((listener) => !isOver(listener) && listener.response.writableLength === 0)
    for (const listener of listeners) {
      const { response, cursors } = listener
      if (isOver(listener)) {
        response.end('event: over\ndata: {}\n\n')
        continue
      }
      const mine: Beat = { gen, at, heads: Object.fromEntries(Object.keys(cursors).map((scope) => [scope, heads.get(scope) ?? 0])) }
      response.write(`event: beat\ndata: ${JSON.stringify(mine)}\n\n`)
    }
    await noteHeard(db, reading.map(({ till, cursors }) => ({ till, cursors: cursorText(cursors) })), at)
  }
}

const dataOf = (scope: string, rows: readonly RawRow[]): string => `data: ${rowsText(scope, rows.at(-1)?.seq ?? 0, rows)}\n\n`

function drained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}
