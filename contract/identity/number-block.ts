import { buildMasked } from './mask.ts'
import type { Mask, MaskReading } from './mask.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/**
 * A run of numbers that one till may give out without asking anybody. The hub hands out blocks that never overlap,
 * so two tills cannot issue the same serial however long they are apart.
 */
export interface NumberBlock {
  /** Who handed it out, for the event that records the issue. */
  readonly id: string
  /** The segment of the mask that counts, and the segments that stay the same throughout the block. */
  readonly counter: string
  readonly fixed: Readonly<Record<string, string>>
  /** First and last number, both included, and the next one to give out. */
  readonly first: number
  readonly last: number
  readonly next: number
}

/** A block that is getting low asks for another one while there is still a network. */
export const LOW_BLOCK_LEFT = 20

/** How many numbers a block still holds. */
export function leftIn(block: NumberBlock): number {
  return Math.max(0, block.last - Math.max(block.next, block.first) + 1)
}

/**
 * Takes the next number out of a block: the serial, and the block as it stands afterwards, which the caller writes in
 * the same transaction as the use of the serial. Nothing is changed in place; asked twice with the same block, it gives
 * the same serial. Refuses an empty block or a number too long for its segment (`RANGE`) and a block that does not
 * belong to the mask (`FORMAT`).
 */
export function issueNext(
  mask: Mask, block: NumberBlock, nowYear: number,
): Outcome<{ serial: MaskReading, block: NumberBlock, left: number }> {
  const counter = mask.fields.find((field) => field.name === block.counter && field.class === 'digit')
  if (counter === undefined || counter.literal !== undefined || counter.check !== undefined) return refused('FORMAT')
  const number = Math.max(block.next, block.first)
  if (!Number.isSafeInteger(number) || number < 0 || number > block.last) return refused('RANGE')
  const digits = String(number).padStart(counter.len, '0')
  if (digits.length > counter.len) return refused('RANGE')
  const built = buildMasked(mask, { ...block.fixed, [block.counter]: digits }, nowYear)
  if (!built.ok) return built
  const after = { ...block, next: number + 1 }
  return { ok: true, serial: { canonical: built.canonical, fields: built.fields }, block: after, left: leftIn(after) }
}
