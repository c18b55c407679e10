import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { CountDifferences, CountingDesk, CountScope, CountView } from '../counting-view.ts'
import { SavedText } from '../device-view.ts'
import { Id, ScanText } from '../ids.ts'
import { STAFFED, withRight } from './allowed.ts'

const RIGHT = 'count-stock'
const Unit = z.object({ unitId: Id })

export const counting = {
  desk: withRight(STAFFED, RIGHT).output(CountingDesk),
  /** The count that is going, at every change. While somebody listens, what scanners and pads read is counted and not sold. */
  listen: withRight(STAFFED, RIGHT).output(eventIterator(CountView.nullable())),
  begin: withRight(STAFFED, RIGHT).input(CountScope).output(CountView),
  /** Counts along a count that another till of this store began. */
  join: withRight(STAFFED, RIGHT).input(z.object({ countId: Id })).output(CountView),
  scan: withRight(STAFFED, RIGHT).input(z.object({ text: ScanText })).output(CountView),
  /** The one that is meant, where several pieces carry the number that was scanned. */
  choose: withRight(STAFFED, RIGHT).input(Unit).output(CountView),
  /** A piece that the records have elsewhere or on its way is here: it is taken into this store, and counted. */
  takeIn: withRight(STAFFED, RIGHT).input(Unit).output(CountView),
  differences: withRight(STAFFED, RIGHT).output(CountDifferences),
  /** Ends the count: what was not found is missing from now on. Answers the paper of it. */
  finish: withRight(STAFFED, RIGHT).output(z.object({ documentId: Id })),
  /** What this till counts of another's count is done; that till ends it. */
  handIn: withRight(STAFFED, RIGHT).output(CountingDesk),
  /** Ends the count without a word about any piece that was not found. */
  drop: withRight(STAFFED, RIGHT).output(CountingDesk),
  csv: withRight(STAFFED, RIGHT).input(z.object({ countId: Id })).output(SavedText),
}
