import type { OwnBlock } from './issue-number.ts'

/** Numbers of a shop without a centre: two letters, year, till, running number. */
const FIRST = 1
const LAST = 999_999
const TILL_OF_LETTER: Readonly<Record<string, number>> = { T: 0, K: 40, S: 70 }

/**
 * The block that a till with no centre gives itself, because there is nobody else to give the same numbers. The year
 * stays that of the block, which keeps a number that was given in December the same in January.
 */
export function ownBlock(tillCode: string, now: string): OwnBlock {
  const [, letter = 'T', digits = '1'] = /^([TKS])(\d{1,2})$/.exec(tillCode) ?? []
  const till = ((TILL_OF_LETTER[letter] ?? 0) + Number(digits)) % 100
  return {
    id: `own-${now.slice(0, 4)}`,
    mask: {
      separators: 'strip',
      case: 'upper',
      fields: [
        // Letters, so that the number is never also an article's, a book's or a telephone's.
        { name: 'mark', len: 2, literal: 'CM' },
        { name: 'year', len: 2, class: 'digit', year: true },
        { name: 'till', len: 2, class: 'digit' },
        { name: 'number', len: 6, class: 'digit', nonzero: true },
      ],
    },
    counter: 'number',
    fixed: { year: now.slice(2, 4), till: String(till).padStart(2, '0') },
    first: FIRST,
    last: LAST,
    next: FIRST,
  }
}
