import type { ServerResponse } from 'node:http'
import { cursorText, type Beat, type Cursors } from '../../contract/sync/wire.ts'
import { instant, type HubGround } from '../ground.ts'
import type { HubIdentity } from './identity.ts'
import { headsOf, readFeed, rowsText, type RawRow } from './feed.ts'

const POLL_MS = 100
const BEAT_MS = 5_000
const ROWS_MAX = 500
/** A till that does not read is let go; it comes back with its cursor. */
const UNREAD_BYTES_MAX = 4 * 1024 * 1024

interface Listener {
  readonly response: ServerResponse
  readonly cursors: Record<string, number>
  readonly isAllowed: (cursors: Cursors) => Promise<boolean>
  /** True while older rows are being read for it; rows from memory would overtake them. */
  behind: boolean
}

/**
 * Tells all connected tills what is new. One question every 100 ms for the heads of all scopes, one read for each that
 * moved, and the same bytes to everybody. No LISTEN: it takes a lock on every commit, and distributed engines lack it.
 */
export class Streams {
  readonly #ground: HubGround
  readonly #identity: HubIdentity
  readonly #listeners = new Set<Listener>()
  /** Up to where each scope was told to those who are not behind. */
  readonly #seen = new Map<string, number>()
  #timer: NodeJS.Timeout | null = null
  #lastBeat = 0
  #stopped = false

  constructor(ground: HubGround, identity: HubIdentity) {
    this.#ground = ground
    this.#identity = identity
    this.#schedule()
  }

  get count(): number {
    return this.#listeners.size
  }

  /** Opens the stream of one till; it lasts until either side ends it. `isAllowed` is asked again at every beat. */
  open(response: ServerResponse, cursors: Readonly<Record<string, number>>, isAllowed: (cursors: Cursors) => Promise<boolean>): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    response.socket?.setNoDelay(true)
    const listener: Listener = { response, cursors: { ...cursors }, isAllowed, behind: true }
    this.#listeners.add(listener)
    response.on('close', () => this.#listeners.delete(listener))
    response.on('error', () => this.#listeners.delete(listener))
    void this.#catchUp(listener)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer) clearTimeout(this.#timer)
    for (const { response } of this.#listeners) response.end()
    this.#listeners.clear()
  }

  #schedule(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#look()
        .catch((error: unknown) => (this.#stopped ? undefined : this.#ground.log(`the feed could not be read and is read again: ${String(error)}`)))
        .finally(() => this.#schedule())
    }, POLL_MS)
  }

  async #look(): Promise<void> {
    if (this.#listeners.size === 0) return
    const scopes = [...new Set([...this.#listeners].flatMap(({ cursors }) => Object.keys(cursors)))]
    const heads = await headsOf(this.#ground.db, scopes)
    for (const [scope, { seq }] of heads) {
      const seen = this.#seen.get(scope)
      if (seen === undefined) this.#seen.set(scope, seq)
      else if (seq > seen) await this.#tellNew(scope, seen)
    }
    // Who came while a row was being told, and heard it neither from memory nor in catching up.
    for (const listener of this.#listeners)
      if (!listener.behind && Object.entries(listener.cursors).some(([scope, seq]) => seq < (this.#seen.get(scope) ?? 0))) void this.#catchUp(listener)
    if (this.#ground.now_ms() - this.#lastBeat < BEAT_MS) return
    this.#lastBeat = this.#ground.now_ms()
    await this.#beat(new Map([...heads].map(([scope, { seq }]) => [scope, seq])))
  }

  async #tellNew(scope: string, seen: number): Promise<void> {
    const rows = await readFeed(this.#ground.db, scope, seen, ROWS_MAX)
    const last = rows.at(-1)
    if (!last) return
    this.#seen.set(scope, last.seq)
    const text = dataOf(scope, rows)
    for (const listener of this.#listeners) {
      if (listener.behind || listener.cursors[scope] === undefined) continue
      if (listener.cursors[scope] === seen) this.#write(listener, scope, last.seq, text)
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
          this.#write(listener, scope, last.seq, dataOf(scope, rows))
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

  #write(listener: Listener, scope: string, seq: number, data: string): void {
    listener.cursors[scope] = seq
    if (listener.response.writableLength > UNREAD_BYTES_MAX) return void listener.response.destroy()
    listener.response.write(`id: ${cursorText(listener.cursors)}\nevent: rows\n${data}`)
  }

  async #beat(heads: ReadonlyMap<string, number>): Promise<void> {
    const beat = { gen: this.#identity.gen, at: instant(this.#ground.now_ms()) }
    for (const listener of this.#listeners) {
      if (!(await listener.isAllowed(listener.cursors))) {
        listener.response.end('event: over\ndata: {}\n\n')
        continue
      }
      const mine: Beat = { ...beat, heads: Object.fromEntries(Object.keys(listener.cursors).map((scope) => [scope, heads.get(scope) ?? 0])) }
      listener.response.write(`event: beat\ndata: ${JSON.stringify(mine)}\n\n`)
    }
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
