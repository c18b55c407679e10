import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Driver, Input } from '../../../native/driver.ts'
import { Desk } from './desk.ts'
import { fuzzDriver, heldBy, HELD_MAX } from './fuzz.ts'

/** One thing a device says, complete, and what the driver makes of it. */
export interface Sample<Command, Event> {
  readonly name: string
  /** Commands given before the bytes, for answers that only make sense to a question. */
  readonly before?: readonly Command[]
  readonly bytes: Uint8Array
  /** The events it becomes; events for which `counts` says no are left out on both sides. */
  readonly events: readonly Event[]
}

export interface LawOptions<Command, Event> {
  /** What brings a fresh driver to where the samples make sense; `opened` alone when not given. */
  readonly ready?: readonly Input<Command>[]
  /** Which events are compared; all but `garbled` when not given. */
  readonly counts?: (event: Event) => boolean
  /** The time after which the driver has flushed or thrown away what it held back. */
  readonly idle_ms?: number
  /**
   * `same`: a frame right after garbage is still found, because the protocol has a head and a checksum.
   * `next`: only the frame after it is, as in plain text with an end sign.
   */
  readonly recovers?: 'same' | 'next'
  /** Whether one flipped bit can never become a wrong event, because a checksum covers every bit. */
  readonly checked?: boolean
  /** The most bytes, characters and entries the state may ever hold. */
  readonly held_max?: number
  readonly commands?: readonly Command[]
}

const IDLE_MS = 2_000
/** `FUZZ_CHUNKS=1000000` makes the long run. */
const FUZZ_CHUNKS = Number(process.env['FUZZ_CHUNKS'] ?? 3_000)

/**
 * What every driver promises, whatever it drives: the same events however the bytes are cut, no exception and no
 * growing buffer for any bytes, recovery after noise, and an end to everything at `closed`.
 */
export function driverLaws<State, Command, Event extends { readonly kind: string }>(
  driver: Driver<State, Command, Event>,
  samples: readonly Sample<Command, Event>[],
  options: LawOptions<Command, Event> = {},
): void {
  const ready = options.ready ?? [{ kind: 'opened' }]
  const counts = options.counts ?? ((event: Event) => event.kind !== 'garbled')
  const idle_ms = options.idle_ms ?? IDLE_MS
  const held_max = options.held_max ?? HELD_MAX
  const desk = () => new Desk(driver).give(...ready)
  const ask = (on: Desk<State, Command, Event>, sample: Sample<Command, Event>) =>
    on.give(...(sample.before ?? []).map((command) => ({ kind: 'command', command }) as const))
  const since = (on: Desk<State, Command, Event>, count: number) => on.events.slice(count).filter(counts)
  const hear = (on: Desk<State, Command, Event>, pieces: readonly Uint8Array[], before = on.events.length) => {
    for (const bytes of pieces) on.give({ kind: 'bytes', bytes })
    on.pass(idle_ms)
    return since(on, before)
  }

  describe(`the laws of every driver: ${driver.name}`, () => {
    it.each(samples)('reads it whole: $name', (sample) => {
      expect(hear(ask(desk(), sample), [sample.bytes])).toEqual(sample.events.filter(counts))
    })

    it.each(samples)('reads it cut at every position: $name', (sample) => {
      for (let at = 1; at < sample.bytes.length; at++) {
        const pieces = [sample.bytes.slice(0, at), sample.bytes.slice(at)]
        expect(hear(ask(desk(), sample), pieces), `cut at ${at}`).toEqual(sample.events.filter(counts))
      }
      const single = Array.from(sample.bytes, (byte) => Uint8Array.of(byte))
      expect(hear(ask(desk(), sample), single), 'byte by byte').toEqual(sample.events.filter(counts))
    })

    const unasked = samples.filter((sample) => sample.before === undefined)
    it.runIf(unasked.length > 0)('reads two in one chunk', () => {
      for (const first of unasked) {
        for (const second of unasked) {
          expect(hear(desk(), [joined(first.bytes, second.bytes)]), `${first.name}, then ${second.name}`).toEqual(
            [...first.events, ...second.events].filter(counts),
          )
        }
      }
    })

    it('comes back after one to five bytes of garbage', () => {
      const garbage = fc.uint8Array({ minLength: 1, maxLength: 5 })
      fc.assert(
        fc.property(garbage, fc.nat(samples.length - 1), (noise, index) => {
          const sample = samples[index]!
          const on = ask(desk(), sample)
          const after = hear(on, [joined(noise, sample.bytes)])
          if ((options.recovers ?? 'same') === 'same')
            expect(after.slice(-sample.events.filter(counts).length || after.length)).toEqual(
              sample.events.filter(counts),
            )
          expect(hear(ask(on, sample), [sample.bytes])).toEqual(sample.events.filter(counts))
        }),
        { numRuns: 200 },
      )
    })

    it.each(samples)('one flipped bit breaks at most that one: $name', (sample) => {
      const wanted = sample.events.filter(counts)
      for (let bit = 0; bit < sample.bytes.length * 8; bit++) {
        const flipped = sample.bytes.slice()
        flipped[bit >> 3] = flipped[bit >> 3]! ^ (1 << (bit & 7))
        const on = ask(desk(), sample)
        const got = hear(on, [flipped])
        if (options.checked === true) for (const event of got) expect(wanted, `bit ${bit}`).toContainEqual(event)
        expect(hear(ask(on, sample), [sample.bytes]), `after bit ${bit}`).toEqual(wanted)
      }
    })

    it('is closed after `closed`, whatever it was doing, and works again when opened', () => {
      for (const sample of samples) {
        for (let at = 0; at <= sample.bytes.length; at++) {
          const on = ask(desk(), sample).give({ kind: 'bytes', bytes: sample.bytes.slice(0, at) })
          const writes = on.writes.length
          on.close()
          const { state } = on
          const events = on.events.length
          on.give({ kind: 'bytes', bytes: sample.bytes }, { kind: 'woke', timer: 'late' }, { kind: 'closed' })
          for (const command of sample.before ?? options.commands ?? []) on.command(command)
          expect(on.state, `closed after ${at} bytes`).toEqual(state)
          expect([on.events.length, on.writes.length, on.ticking], `closed after ${at} bytes`).toEqual([
            events,
            writes,
            [],
          ])
          if (at % 7 === 0)
            expect(hear(ask(on.give(...ready), sample), [sample.bytes])).toEqual(sample.events.filter(counts))
        }
      }
    })

    it('is a function: the same state and input give the same step, and the state handed in stays as it was', () => {
      for (const sample of samples) {
        const on = ask(desk(), sample).give({ kind: 'bytes', bytes: sample.bytes.slice(0, sample.bytes.length >> 1) })
        const before = structuredClone(on.state)
        const input = { kind: 'bytes', bytes: sample.bytes.slice(sample.bytes.length >> 1) } as const
        expect(driver.step(on.state, input)).toEqual(driver.step(on.state, input))
        expect(on.state).toEqual(before)
      }
    })

    it('holds a bounded number of bytes when a device never ends what it says', () => {
      for (const sample of samples) {
        const on = ask(desk(), sample)
        const piece = sample.bytes.slice(0, Math.max(1, sample.bytes.length - 3))
        for (let fed = 0; fed < 1_000_000; fed += 16_384) {
          on.give({ kind: 'bytes', bytes: new Uint8Array(16_384).map((_, i) => piece[i % piece.length]!) })
          expect(heldBy(on.state)).toBeLessThanOrEqual(held_max)
        }
        on.pass(idle_ms)
        expect(hear(ask(on, sample), [sample.bytes])).toEqual(sample.events.filter(counts))
      }
    })

    it('survives fuzz', { timeout: 30_000 + FUZZ_CHUNKS }, () => {
      const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_105)
      expect(() => fuzzDriver(driver, samples, { ...options, seed, chunks: FUZZ_CHUNKS })).not.toThrow()
    })
  })
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
