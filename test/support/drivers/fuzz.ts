import type { Driver } from '../../../native/driver.ts'
import { Desk } from './desk.ts'
import type { LawOptions, Sample } from './laws.ts'

/** A driver may answer one chunk with so many effects for each byte of it, and a few more. */
const EFFECTS_PER_BYTE_MAX = 4
const EFFECTS_BASE_MAX = 256

/**
 * Feeds `chunks` chunks of noise, torn frames and frames with changed bytes, between commands, timers, closes and
 * reopenings. Throws at the first broken promise: an exception, a buffer beyond `held_max`, a flood of effects.
 * The same seed makes the same run.
 */
export function fuzzDriver<State, Command, Event extends { readonly kind: string }>(
  driver: Driver<State, Command, Event>,
  samples: readonly Sample<Command, Event>[],
  options: LawOptions<Command, Event> & { readonly seed: number; readonly chunks: number },
): void {
  const random = generator(options.seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const held_max = options.held_max ?? HELD_MAX
  let desk = new Desk(driver).give(...(options.ready ?? [{ kind: 'opened' }]))
  for (let count = 0; count < options.chunks; count++) {
    const before = desk.events.length + desk.writes.length
    const chunk = nextChunk(samples, below)
    const dice = below(100)
    if (dice < 80) desk.give({ kind: 'bytes', bytes: chunk })
    else if (dice < 90) desk.pass(below(400))
    else if (dice < 97) {
      const commands = options.commands ?? samples.flatMap((sample) => sample.before ?? [])
      const command = commands[below(Math.max(1, commands.length))]
      if (command !== undefined) desk.command(command)
    } else if (dice < 99) desk.close().give(...(options.ready ?? [{ kind: 'opened' }]))
    else desk.give({ kind: 'woke', timer: 'a timer nobody asked for' })

    const held = heldBy(desk.state)
    if (held > held_max) throw new Error(`${driver.name} holds ${held} bytes, more than ${held_max} (chunk ${count})`)
    const made = desk.events.length + desk.writes.length - before
    if (dice < 80 && made > EFFECTS_PER_BYTE_MAX * chunk.length + EFFECTS_BASE_MAX)
      throw new Error(`${driver.name} made ${made} effects of ${chunk.length} bytes (chunk ${count})`)
    if (desk.events.length > 10_000) {
      desk.events.length = 0
      desk.writes.length = 0
    }
  }
  desk.close()
}

/** What a driver's state may hold when it names no bound of its own. */
export const HELD_MAX = 64 * 1024

/** All bytes, characters and list entries a state keeps, however deep: the measure of an unbounded buffer. */
export function heldBy(value: unknown, seen = new Set<object>()): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0
  seen.add(value)
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (value instanceof Map)
    return [...value].reduce((sum, [key, entry]) => sum + 1 + heldBy(key, seen) + heldBy(entry, seen), 0)
  if (value instanceof Set || Array.isArray(value))
    return [...value].reduce<number>((sum, entry) => sum + 1 + heldBy(entry, seen), 0)
  return Object.values(value).reduce<number>((sum, entry) => sum + heldBy(entry, seen), 0)
}

function nextChunk(
  samples: readonly { readonly bytes: Uint8Array }[],
  below: (limit: number) => number,
): Uint8Array {
  const sample = samples[below(samples.length)]?.bytes ?? new Uint8Array()
  switch (below(6)) {
    case 0:
      return Uint8Array.from({ length: below(64) }, () => below(256))
    case 1:
      return sample
    case 2:
      return sample.slice(0, below(sample.length + 1))
    case 3:
      return sample.slice(below(sample.length + 1))
    case 4: {
      const changed = sample.slice()
      for (let flips = 1 + below(3); flips > 0 && changed.length > 0; flips--)
        changed[below(changed.length)] = below(256)
      return changed
    }
    default:
      return new Uint8Array(below(600)).fill(sample[below(Math.max(1, sample.length))] ?? 0)
  }
}

/** mulberry32: small, fast and the same everywhere, which is all a fuzz run needs of it. */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
