import { isFirstKind } from '../../contract/journal.ts'
import type { FeedRow } from '../../contract/sync/wire.ts'
import type { Asked } from '../server.ts'
import type { RawRow } from './feed.ts'

/**
 * Which lines of lives a till reads: of `any` kind, and of one that it does not know as such; or of the `first` kinds
 * alone. A till of a program that does not say so fails on a piece with another line. It is told how the piece stands
 * and the lines it can read; with its next program it fetches its mirror anew, and with it those that were left out.
 */
export type Kinds = 'any' | 'first'
export const kindsReadBy = ({ url }: Asked): Kinds => (url.searchParams.get('kinds') === 'any' ? 'any' : 'first')

export const rowFor = (kinds: Kinds, row: FeedRow): FeedRow =>
  kinds === 'any' || row.t !== 'unit' ? row : { ...row, events: row.events.filter(({ kind }) => isFirstKind(kind)) }

/** The same for rows as they lie in the feed. */
export const rawRowsFor = (kinds: Kinds, rows: readonly RawRow[]): readonly RawRow[] =>
  kinds === 'any' ? rows : rows.map(({ seq, body }) => ({ seq, body: JSON.stringify(rowFor(kinds, JSON.parse(body) as FeedRow)) }))
