/** One deliberate bug: a text in a file and what stands there instead. The text must be there once. */
export interface Mutant {
  readonly name: string
  readonly file: string
  readonly text: string
  readonly instead: string
}

const UP = 'electron/core/sync/upload.ts'
const TAKE = 'electron/core/sync/take-rows.ts'
const UNITS = 'hub/sync/units.ts'
const GUARDS = 'hub/sync/guards.ts'
const APPLY = 'hub/sync/apply.ts'
const RECEIVE = 'hub/sync/receive.ts'
const FEED = 'hub/sync/feed.ts'
const PERSON = 'contract/sync/person-merge.ts'

/** Mistakes that people make when they build this. Each must be found by the rules, the lives or the orders. */
export const MUTANTS: readonly Mutant[] = [
  { name: 'the till does not go back when the centre has lost something', file: UP, text: 'saveProgress(db, { acked: back,', instead: 'saveProgress(db, {' },
  { name: 'an overlay is dropped before the mirror shows it', file: UP, text: 'versionShown(mirror, unit_id) >= ver', instead: 'versionShown(mirror, unit_id) >= 0' },
  { name: 'an older row wins in the mirror', file: TAKE, text: 'if (told.ver <= ver) return', instead: '' },
  { name: 'a unit that moved away leaves no tombstone', file: TAKE, text: "sql(this.#db, 'INSERT INTO unit_tombstones VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET ver = excluded.ver').run(row.id, row.ver)", instead: '' },
  { name: 'a hole in the feed is passed over', file: TAKE, text: 'if (seq > expected) throw new FeedGap(scope, expected, seq)', instead: 'if (seq > expected) expected = seq' },
  { name: 'the cursor runs ahead of the rows', file: TAKE, text: '.run(last, scope)', instead: '.run(last + 1, scope)' },
  { name: 'a sold unit is sold again', file: GUARDS, text: "if (unit.title === 'sold' || unit.title === 'transferred') return 'double-sale'", instead: '' },
  { name: 'a refund is given twice', file: GUARDS, text: "if (unit.title === 'returned') return 'double-refund'", instead: "if (unit.title === 'returned') return null" },
  { name: 'a refund follows another sale', file: GUARDS, text: "return unit.sale_id === saleId ? null : 'refund-other-sale'", instead: 'return null' },
  { name: 'a sale without a lease goes before a live one', file: GUARDS, text: "if (event.kind === 'sold' && how.claimedByOther) return conflict('sold-over-claim')", instead: '' },
  { name: 'a refund without a lease goes before a live one', file: GUARDS, text: "if (event.kind === 'returned' && how.claimedByOther) return conflict('refund-over-claim')", instead: '' },
  { name: 'a unit in dispute is not on hold', file: GUARDS, text: 'flags: [...facts.flags, hold]', instead: 'flags: facts.flags' },
  { name: 'the till’s old flags overwrite the centre’s', file: GUARDS, text: "speaks.includes('flags') ? mergedFlags(known.flags, told.flags, event) : known.flags", instead: 'told.flags' },
  { name: 'the store a unit left does not hear of it', file: UNITS, text: 'before?.home ?? null, after.home, actingStore', instead: 'after.home, actingStore' },
  { name: 'a flag is told to one store only', file: UNITS, text: 'after.flagged || before?.flagged === true || after.home === null ? EVERYWHERE : null', instead: 'null' },
  { name: 'units are written without looking who was there before', file: UNITS, text: 'ver: unit.ver + 1,', instead: 'ver: unit.ver + 2,' },
  { name: 'a copy of a till is taken for the till', file: RECEIVE, text: 'const differs = events.find((event) => event.seq <= head.seq && here.get(event.seq) !== event.hash)', instead: 'const differs = undefined' },
  { name: 'what is here already is taken again', file: RECEIVE, text: 'const fresh = events.filter((event) => event.seq > head.seq)', instead: 'const fresh = events' },
  { name: 'what the centre lost looks free until it is sent again', file: UP, text: 'versionShown(next, unitId) < ver', instead: 'versionShown(next, unitId) < 0' },
  { name: 'a batch has no end', file: UP, text: 'if (bytes > BATCH_BYTES_MAX && events.length > 0) break', instead: '' },
  { name: 'an event nobody can read stops what is behind it', file: APPLY, text: 'if (most === 1) unreadable = tried', instead: 'if (most === 1) throw error' },
  { name: 'what a till does that is shut out is applied', file: APPLY, text: "AND NOT h.held AND d.state = 'joined'", instead: 'AND NOT h.held' },
  { name: 'a till that is shut out still reads', file: 'hub/sync/devices.ts', text: "if (mayRead && device.state === 'revoked') throw new Refusal(403, 'revoked')", instead: '' },
  { name: 'a lease is given back before its sale is told', file: 'electron/core/sync/leases.ts', text: 'AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.unit_id = c.unit_id AND j.seq > @acked)', instead: 'AND @acked >= 0' },
  { name: 'a lease is given on what another till holds', file: 'hub/sync/claims.ts', text: 'WHERE claim.until_ms <= $4 OR claim.till = excluded.till', instead: 'WHERE true' },
  { name: 'the feed is numbered with holes', file: FEED, text: '$2::bigint + n.nth', instead: '$2::bigint + n.nth * 2' },
  { name: 'money is not booked', file: 'electron/core/sync/book-rows.ts', text: 'if (!row) return []', instead: "if (!row || book === 'tenders') return []" },
  { name: 'the chain does not follow the event before', file: 'electron/core/store/journal.ts', text: "createHash('sha256').update(before).update(body, 'utf8')", instead: "createHash('sha256').update(body, 'utf8')" },
  { name: 'a sale is applied without looking who holds the lease', file: APPLY, text: "event !== null && PASSES.has(event.kind) && !ours.has(event.unitId ?? '')", instead: 'false' },
  { name: 'a conflict opens no case', file: APPLY, text: 'this.#cases.push(this.#caseOf(caseId, seq, event, judged.verdict, unit, opened))', instead: '' },
  { name: 'a copy of a till is not told that it is one', file: UP, text: "return 'copy-found'", instead: 'return null' },
  { name: 'the feed leaves out a number after each change', file: FEED, text: 'SET seq = feed_head.seq + excluded.seq RETURNING', instead: 'SET seq = feed_head.seq + excluded.seq + 1 RETURNING' },
  { name: 'what happened here hides what was told of a theft', file: 'electron/core/facts/known-unit.ts', text: "const TOLD_AT_ONCE: readonly FlagKind[] = ['stolen-own', 'stolen-reported', 'cold-chain-excursion']", instead: 'const TOLD_AT_ONCE: readonly FlagKind[] = []' },
  { name: 'a change of a customer that is told twice is a new one', file: PERSON, text: 'return last !== undefined && one.tellings[word]?.includes(last) === true', instead: 'return false' },
  { name: 'a change of a customer does not know the one before it when the centre was put back', file: PERSON, text: 'knows(mine, theirs, word) || said(word)', instead: 'said(word)' },
]
