import type { OwnBlock } from './issue-number.ts'
import { tillInNumbers } from './own-letters.ts'

/** Numbers that a till gives out by itself: two letters, year, till, running number. */
const FIRST = 1
const LAST = 999_999

/**
 * The block that a till gives itself where nobody has given it one. Its own letters stand in every number, as they do in
 * front of its receipts, and in the block's id: under other letters it is another block. The year stays that of
 * the block, which keeps a number that was given in December the same in January.
 */
export function ownBlock(tillCode: string, now: string): OwnBlock {
  const till = tillInNumbers(tillCode)
  return {
    id: `own-${now.slice(0, 4)}-${till}`,
    mask: {
      separators: 'strip',
      case: 'upper',
      fields: [
        // Letters, so that the number is never also an article's, a book's or a telephone's.
        { name: 'mark', len: 2, literal: 'CM' },
        { name: 'year', len: 2, class: 'digit', year: true },
        { name: 'till', len: till.length, class: /^\d+$/.test(till) ? 'digit' : 'alnum' },
        { name: 'number', len: 6, class: 'digit', nonzero: true },
      ],
    },
    counter: 'number',
    fixed: { year: now.slice(2, 4), till },
    first: FIRST,
    last: LAST,
    next: FIRST,
  }
}
