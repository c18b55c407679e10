import type { Chance } from '../../simulation/random.ts'
import type { DiskCall, Names } from './system-calls.ts'

/** A disk keeps or loses a sector as a whole. */
const SECTOR = 512

export interface Image {
  /** Files by name; one that is not there was never made durable. */
  readonly files: ReadonlyMap<string, Buffer>
  /** Receipts that had left before the power went. */
  readonly promised: ReadonlySet<string>
}

type Unsynced = Extract<DiskCall, { does: 'write' | 'cut' }>

/**
 * What a disk may hold when the power goes after each of these calls. What was synced is there; of what was not, a disk
 * may have kept nothing, anything in any order, or parts of it by sectors; a file whose folder was not synced may not
 * have its name yet. `cuts`: after which calls, rising.
 */
export function* imagesOf(before: ReadonlyMap<string, Buffer>, calls: readonly DiskCall[], cuts: readonly number[], chance: Chance): Generator<Image> {
  const disk = new Disk(before)
  let next = 0
  for (const cut of cuts) {
    for (; next <= cut; next += 1) {
      const call = calls[next]
      if (call) disk.take(call)
    }
    yield disk.withoutPower(chance)
  }
}

class Disk {
  readonly #files = new Map<string, Content>()
  /** Written, and nobody has waited for it. */
  readonly #unsynced = new Map<string, Unsynced[]>()
  readonly #names = new Map<string, string>()
  /** Given and taken since the folder was synced. */
  #unsyncedNames: Names[] = []
  readonly #promised = new Set<string>()

  constructor(before: ReadonlyMap<string, Buffer>) {
    for (const [name, bytes] of before) {
      this.#files.set(name, new Content(bytes))
      this.#names.set(name, name)
    }
  }

  take(call: DiskCall): void {
    switch (call.does) {
      case 'promise':
        return void this.#promised.add(call.number)
      case 'name':
        return void this.#unsyncedNames.push(call.names)
      case 'sync-folder':
        for (const names of this.#unsyncedNames) rename(this.#names, names)
        this.#unsyncedNames = []
        return
      case 'sync':
        for (const one of this.#unsynced.get(call.file) ?? []) this.#contentOf(call.file).take(one, null)
        return void this.#unsynced.delete(call.file)
      default:
        this.#unsynced.set(call.file, [...(this.#unsynced.get(call.file) ?? []), call])
    }
  }

  withoutPower(chance: Chance): Image {
    // Of some cuts nothing that was not waited for has reached the disk, of some all of it.
    const kept = chance.pick([0, 0.2, 0.5, 0.8, 1])
    const names = new Map(this.#names)
    const hasJournal = chance.is(0.5)
    for (const some of this.#unsyncedNames)
      if (chance.is(kept)) rename(names, some)
      else if (hasJournal) break
    const left = new Map([...new Set(names.values())].map((file) => [file, this.#left(file, kept, chance)]))
    return { files: new Map([...names].map(([name, file]) => [name, left.get(file) ?? Buffer.alloc(0)])), promised: new Set(this.#promised) }
  }

  #left(file: string, kept: number, chance: Chance): Buffer {
    const left = new Content(this.#contentOf(file).bytes)
    for (const call of this.#unsynced.get(file) ?? []) if (chance.is(kept)) left.take(call, chance.is(0.3) ? chance : null)
    return left.bytes
  }

  #contentOf(file: string): Content {
    const content = this.#files.get(file) ?? new Content(Buffer.alloc(0))
    this.#files.set(file, content)
    return content
  }
}

function rename(all: Map<string, string>, names: Names): void {
  for (const [name, file] of names)
    if (file === null) all.delete(name)
    else all.set(name, file)
}

/** The bytes of a file, which grows page by page. */
class Content {
  #room: Buffer
  #length: number

  constructor(bytes: Buffer) {
    this.#room = Buffer.from(bytes)
    this.#length = bytes.length
  }

  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length)
  }

  /** Does one call; torn where there is chance: sector by sector it happened or not. */
  take(call: Unsynced, torn: Chance | null): void {
    if (call.does === 'cut') return this.#resize(call.length)
    const end = call.at + call.bytes.length
    if (end > this.#length) this.#resize(end)
    for (let from = 0; from < call.bytes.length; from += SECTOR)
      if (torn === null || torn.is(0.5)) call.bytes.copy(this.#room, call.at + from, from, Math.min(from + SECTOR, call.bytes.length))
  }

  #resize(length: number): void {
    if (length > this.#room.length) {
      const larger = Buffer.alloc(length * 2)
      this.bytes.copy(larger)
      this.#room = larger
    } else if (length > this.#length) this.#room.fill(0, this.#length, length)
    this.#length = length
  }
}
