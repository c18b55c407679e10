import { GS } from '../../contract/identity/element.ts'

/** What a reader of labels could stumble over when it comes again and again without an end. */
export const LONG_PIECES = ['(', 'A', '1', GS, '%', '/01/', '-', ' ', '\u00e9', '0109521234543213', '21A'] as const
