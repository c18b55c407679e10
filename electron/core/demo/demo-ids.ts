import type { Random } from './random.ts'

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/**
 * Ids in the shape of a UUIDv7 (RFC 9562) that come out the same from the same seed. Each is greater than the one
 * before, as text too, so that a million rows are written to the end of their table and not into the middle.
 */
export function demoIds(random: Random, from_ms: number): () => string {
  let at_ms = from_ms
  return () => {
    const time = hex(at_ms++, 12)
    const middle = random.next()
    const variant = hex(0x8000 | (middle & 0x3fff), 4)
    return (
      `${time.slice(0, 8)}-${time.slice(8)}-7${hex((middle >>> 14) & 0xfff, 3)}-${variant}-` +
      `${hex(random.next() & 0xffff, 4)}${hex(random.next(), 8)}`
    )
  }
}
