import { joined } from '../../bytes.ts'
import type { Assembly, FrameShape } from '../../rfid/assembler.ts'
import { assemble, EMPTY_ASSEMBLY } from '../../rfid/assembler.ts'
import type { ReaderFamily } from '../../rfid/reader.ts'
import type { TagField } from './tag-field.ts'
import { chances } from './tag-field.ts'

/** A reader without a reader: bytes from the host in, bytes to the host out, and time in between. */
export interface ReaderSimulator {
  readonly family: ReaderFamily
  readonly baud: number
  readonly field: TagField
  /** What it answers at once. */
  hear(bytes: Uint8Array): Uint8Array
  /** What it says of itself while so much time passes. */
  pass(ms: number): Uint8Array
  /** Takes its power away, or gives it back; it forgets what it does not keep. */
  power(on: boolean): void
  /** Its power goes after so many more bytes: in the middle of a frame, if that is where it was. */
  powerOffAfter(bytes: number): void
}

export interface SimulatedProtocol<Frame> {
  readonly family: ReaderFamily
  readonly baud: number
  readonly shape: FrameShape<Frame>
  readonly field: TagField
  readonly round_ms: number
  answer(frame: Frame): Uint8Array
  /** Called every `round_ms`: the notices of a reader that reports by itself. */
  round(): Uint8Array
  reset(): void
}

export const NOTHING = new Uint8Array()

export function simulate<Frame>(protocol: SimulatedProtocol<Frame>): ReaderSimulator {
  let assembly: Assembly = EMPTY_ASSEMBLY
  let on = true
  let since_ms = 0
  let bytes_left = Number.POSITIVE_INFINITY
  const power = (wanted: boolean) => {
    on = wanted
    assembly = EMPTY_ASSEMBLY
    bytes_left = Number.POSITIVE_INFINITY
    protocol.reset()
  }
  const said = (bytes: Uint8Array) => {
    const heard = bytes.subarray(0, Math.min(bytes.length, bytes_left))
    bytes_left -= heard.length
    if (heard.length < bytes.length) power(false)
    return heard
  }
  return {
    family: protocol.family,
    baud: protocol.baud,
    field: protocol.field,
    hear(bytes) {
      if (!on) return NOTHING
      const [next, found] = assemble(protocol.shape, assembly, bytes)
      assembly = next
      return said(joined(...found.map((each) => (each.kind === 'frame' ? protocol.answer(each.frame) : NOTHING))))
    },
    pass(ms) {
      const rounds: Uint8Array[] = []
      for (since_ms += ms; since_ms >= protocol.round_ms; since_ms -= protocol.round_ms)
        if (on) rounds.push(protocol.round())
      return on ? said(joined(...rounds)) : NOTHING
    },
    power,
    powerOffAfter(bytes) {
      bytes_left = bytes
    },
  }
}

export interface NoiseOptions {
  readonly seed: number
  /** The chance, for each byte, that it is lost, that one of its bits turns, that a stray byte comes before it. */
  readonly lost?: number
  readonly turned?: number
  readonly stray?: number
}

/** The same reader on a bad cable: what it says arrives damaged, what it hears does not. */
export function noisy(simulator: ReaderSimulator, options: NoiseOptions): ReaderSimulator {
  const chance = chances(options.seed)
  const damage = (bytes: Uint8Array) => {
    const heard: number[] = []
    for (const byte of bytes) {
      if (chance() < (options.stray ?? 0)) heard.push(Math.floor(chance() * 256))
      if (chance() < (options.lost ?? 0)) continue
      heard.push(chance() < (options.turned ?? 0) ? byte ^ (1 << Math.floor(chance() * 8)) : byte)
    }
    return Uint8Array.from(heard)
  }
  return {
    ...simulator,
    hear: (bytes) => damage(simulator.hear(bytes)),
    pass: (ms) => damage(simulator.pass(ms)),
  }
}
