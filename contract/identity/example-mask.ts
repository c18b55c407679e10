import type { Mask } from './mask.ts'

/** A serial mask to begin from, that of the reference: two digits of year, two of category, six of serial. */
export const EXAMPLE_MASK: Mask = {
  separators: 'strip',
  case: 'upper',
  fields: [
    { name: 'year', len: 2, class: 'digit', year: true },
    { name: 'category', len: 2, class: 'digit' },
    { name: 'serial', len: 6, class: 'digit', nonzero: true },
  ],
}
