import type { OwnBlock } from './issue-number.ts'

/** Numbers that a till gives out by itself: two letters, year, till, running number. */
const FIRST = 1
const LAST = 999_999
const TILL_OF_LETTER: Readonly<Record<string, number>> = { T: 0, K: 40, S: 70 }

/**
 * The block that a till gives itself where nobody has given it one. Its own letters stand in every number, as they do in
 * front of its receipts: two digits for the usual ones (`T1`, `K2`), else the letters as they are. The year stays that of
 * the block, which keeps a number that was given in December the same in January.
 */
export function ownBlock(tillCode: string, now: string): OwnBlock {
  const usual = /^([TKS])(\d{1,2})$/.exec(tillCode)
  const till = usual === null ? tillCode : String(((TILL_OF_LETTER[usual[1] ?? ''] ?? 0) + Number(usual[2])) % 100).padStart(2, '0')
  return {
    id: `own-${now.slice(0, 4)}`,
    mask: {
      separators: 'strip',
      case: 'upper',
      fields: [
        // Letters, so that the number is never also an article's, a book's or a telephone's.
        { name: 'mark', len: 2, literal: 'CM' },
        { name: 'year', len: 2, class: 'digit', year: true },
        { name: 'till', len: till.length, class: usual === null ? 'alnum' : 'digit' },
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
