import { joined } from '../bytes.ts'

/** One message of ZVT: class, instruction and what they are about. */
export interface Apdu {
  readonly class: number
  readonly instruction: number
  readonly body: Uint8Array
}

/** The longest message a terminal sends is a receipt of some KiB; more is noise with a length in it. */
export const APDU_BODY_MAX = 8 * 1024
/** Classes that ZVT knows; everything else at the place of a class is noise. */
const CLASSES = new Set([0x04, 0x05, 0x06, 0x08, 0x0f, 0x80, 0x84])
const LONG = 0xff

/** Class, instruction and length (one byte, or FF and two bytes with the low one first from 255 on), then the body. */
export function apduBytes(apdu: Apdu): Uint8Array {
  const { length } = apdu.body
  if (length > 0xffff) throw new RangeError(`no APDU holds ${length} bytes`)
  const head = [apdu.class, apdu.instruction]
  return joined(head, length < LONG ? [length] : [LONG, length & 0xff, length >> 8], apdu.body)
}

/**
 * Takes whole messages from the front of what was received. TCP cuts anywhere: the beginning of a message stays in
 * `rest`, at most one longest message. Bytes no message begins with are passed over and told.
 */
export function takeApdus(received: Uint8Array): {
  readonly apdus: readonly Apdu[]
  readonly noise: Uint8Array
  readonly rest: Uint8Array
} {
  const apdus: Apdu[] = []
  const noise: number[] = []
  let at = 0
  while (at < received.length) {
    const head = readHead(received, at)
    if (head === 'more') break
    if (head === 'noise') {
      noise.push(received[at]!)
      at++
      continue
    }
    const { from, to } = head
    if (to > received.length) break
    apdus.push({ class: received[at]!, instruction: received[at + 1]!, body: received.slice(from, to) })
    at = to
  }
  return { apdus, noise: Uint8Array.from(noise), rest: received.slice(at) }
}

/** The one APDU that these bytes are; null when they are none, or more than one. */
export function readApdu(bytes: Uint8Array): Apdu | null {
  const { apdus, noise, rest } = takeApdus(bytes)
  return apdus.length === 1 && noise.length === 0 && rest.length === 0 ? apdus[0]! : null
}

function readHead(bytes: Uint8Array, at: number): { from: number; to: number } | 'more' | 'noise' {
  const kind = bytes[at]!
  if (!CLASSES.has(kind)) return 'noise'
  const instruction = bytes[at + 1]
  if (instruction === undefined) return 'more'
  if (kind === 0x80 && instruction !== 0) return 'noise'
  const short = bytes[at + 2]
  if (short === undefined) return 'more'
  // Acknowledgements have no body, but for the partial issue of goods, which only a till sends.
  if (kind === 0x80 && short !== 0) return 'noise'
  if (short !== LONG) return { from: at + 3, to: at + 3 + short }
  const low = bytes[at + 3]
  const high = bytes[at + 4]
  if (low === undefined || high === undefined) return 'more'
  const length = low | (high << 8)
  return length > APDU_BODY_MAX ? 'noise' : { from: at + 5, to: at + 5 + length }
}
