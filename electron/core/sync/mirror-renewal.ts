import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SyncView } from '../../../contract/sync/sync-view.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import type { Ground } from '../ground.ts'
import { hasSpoiledLives } from '../mirror/lives-in.ts'
import { hasWholeLives } from '../mirror/whole-lives.ts'
import { hasRoomFor } from '../store/reserve.ts'
import type { Errands } from './errands.ts'
import { progressOf, saveProgress } from './progress.ts'

/** Where a mirror that was fetched anew is spoiled again within so long, it is the disk, and another one would not help. */
const ANEW_MS_MIN = 30 * DAY_MS
/** Where one that was fetched could not be put in place, the next is fetched so much later. */
const AGAIN_MS_MIN = DAY_MS
/** Another mirror beside the one in use, and what it comes packed in: no more than that one again. */
const ROOM_TIMES = 2

interface Line {
  readonly fetch: (signal: AbortSignal) => Promise<string>
  readonly stop: AbortController
  readonly fetched: AbortController
  going: Promise<void> | null
}

/**
 * Fetches the whole mirror anew where lives of pieces in it are not what the centre told: the disk has spoiled some, or
 * lines were left out for the program before this one. Beside the listening, for the till goes on with what it has. It
 * is begun once in each life of the line where the disk has room for it, and goes on where the line before broke.
 */
export class MirrorRenewal {
  readonly #ground: Ground
  readonly #errands: Errands
  #line: Line | null = null
  #file: string | null = null
  #fetched_ms = -Infinity

  constructor(ground: Ground, errands: Errands) {
    this.#ground = ground
    this.#errands = errands
  }

  /** What a person has to know of it. */
  get remark(): SyncView['remark'] {
    const { spoiledAt } = progressOf(this.#ground.store.reading)
    return spoiledAt === null ? null : this.#isDisk ? 'disk-spoils' : 'lives-spoiled'
  }

  get #isDisk(): boolean {
    const { renewedAt } = progressOf(this.#ground.store.reading)
    return renewedAt !== null && this.#ground.clock.now() - Date.parse(renewedAt) < ANEW_MS_MIN
  }

  get #isWanted(): boolean {
    const { mirror, store, clock } = this.#ground
    if (clock.now() - this.#fetched_ms < AGAIN_MS_MIN) return false
    return !hasWholeLives(mirror) || (progressOf(store.reading).spoiledAt !== null && !this.#isDisk)
  }

  /** From here to `end` a mirror may be fetched by `fetch`, which answers its file. The signal: it is here, to be taken. */
  begin(fetch: Line['fetch']): AbortSignal {
    const line: Line = { fetch, stop: new AbortController(), fetched: new AbortController(), going: null }
    this.#line = line
    this.kick()
    return line.fetched.signal
  }

  /** Somebody may have looked at a spoiled life since. Never throws: it follows acts of the shop that are done. */
  kick(): void {
    const { mirror, store } = this.#ground
    if (hasSpoiledLives(mirror.reading) && progressOf(store.reading).spoiledAt === null)
      this.#errands.run(async () => store.write((db) => saveProgress(db, { spoiledAt: this.#ground.now() })))
    const line = this.#line
    if (line === null || line.going !== null || !this.#isWanted) return
    line.going = this.#errands.over(() => this.#fetch(line))
  }

  async #fetch({ fetch, stop, fetched }: Line): Promise<void> {
    const signal = AbortSignal.any([stop.signal, this.#errands.signal])
    try {
      const { name } = this.#ground.mirror.reading
      if (!hasRoomFor(dirname(name), ROOM_TIMES * statSync(name).size)) throw new Error('the disk has no room to fetch the mirror anew')
      this.#file = await fetch(signal)
      this.#fetched_ms = this.#ground.clock.now()
      fetched.abort()
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  async end(): Promise<void> {
    const line = this.#line
    this.#line = null
    line?.stop.abort()
    await line?.going
  }

  /** The file that was fetched, told once: it is to be put in place while nobody listens. */
  take(): string | null {
    const file = this.#file
    this.#file = null
    return file
  }
}
