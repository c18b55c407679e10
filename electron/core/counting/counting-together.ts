import type Database from 'better-sqlite3'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Desk } from '../desk/desk.ts'
import { timelineOf } from '../facts/history.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { sayFound } from '../marks/mark-piece.ts'
import type { Reading, Writing } from '../store/store.ts'
import { countAlong, lastSighting, leadOf, seenSince } from './counts-of-others.ts'
import {
  countById, countedAlong, endCount, goingCount, goOnCounting, pieceOfCount, piecesSeenHere, recordCount, recordFoundElsewhere, settleCount, type CountRow,
  type SeenElsewhere,
} from './count-rows.ts'
import { isMissed, placeOf } from './count-scan.ts'
import { isHere, toBeFoundAlong } from './stock-here.ts'

/**
 * One count at several tills. Each keeps what it sees as its own rows; they go up with its journal and come down to the
 * others of the store, who add them to theirs: a union, the same in whatever order it comes. The till that began the
 * count ends it, and nobody else. A till that it did not wait for finds again what it had in its hand.
 */
export class CountingTogether {
  readonly #desk: Desk
  /** Up to which row of which mirror file each count has been read; a new file is read from its beginning. */
  #read: { readonly file: Reading; readonly upTo: Map<string, number> } | null = null

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Refuses beside a count that is going here, and one that is over or is this till's own. */
  join(deed: Deed, countId: string): Result<null> {
    const { ground, db } = deed
    if (goingCount(db) !== null) return refused('count-going')
    const lead = leadOf(ground, countId)
    if (lead === null || lead.status !== 'going' || lead.till_id === ground.till.id) return refused('not-in-this-state')
    const count = countAlong(lead)
    if (countById(db, countId) === null) recordCount(db, count, toBeFoundAlong(ground, count))
    else goOnCounting(db, countId)
    this.#add(db, this.#behind(count, 0))
    return ok(null)
  }

  /** Called when the centre may have brought something: adds what others saw, and takes to heart how their counts ended. */
  hear(): void {
    const { ground } = this.#desk
    const going = goingCount(ground.store.reading)
    if (going !== null) this.#addNew(going)
    for (const count of countedAlong(ground.store.reading)) {
      const status = leadOf(ground, count.id)?.status ?? 'going'
      // In the name of nobody: who saw the piece may be at home by now.
      if (status !== 'going') this.#desk.tellFlow('', null, (deed) => ok(settle(deed, count, status)))
    }
  }

  /** Only what is kept counts as read: a transaction that the disk did not take is made again. */
  #addNew(count: CountRow): void {
    const { mirror, store } = this.#desk.ground
    const upTo = this.#upTo(mirror.reading)
    const last = lastSighting(mirror.reading)
    const read = upTo.get(count.id) ?? 0
    if (last <= read) return
    const seen = this.#behind(count, read)
    if (seen.length > 0) store.write((db) => this.#add(db, seen))
    upTo.set(count.id, last)
  }

  #add(db: Writing, sightings: readonly SeenElsewhere[]): void {
    for (const seen of sightings)
      recordFoundElsewhere(db, isAskedFor(this.#desk.ground, db, seen) ? { ...seen, expected: 1, why: null } : seen)
  }

  #behind({ id }: CountRow, after: number): SeenElsewhere[] {
    const { mirror, till } = this.#desk.ground
    return seenSince(mirror.reading, id, till.id, after)
  }

  #upTo(file: Database.Database): Map<string, number> {
    if (this.#read?.file !== file) this.#read = { file, upTo: new Map() }
    return this.#read.upTo
  }
}

/** A piece that the other till did not know to stand here, and that this one was to find where it is: it is found. */
function isAskedFor(ground: Ground, db: Writing, { count_id, unit_id }: SeenElsewhere): boolean {
  const unit = pieceOfCount(db, count_id, unit_id)?.expected === 1 ? unitOf(ground, unit_id) : null
  return unit !== null && isHere(ground, unit.facts.custody)
}

/** The count of another till is over. What it left as missing and this till has seen in that count is found. */
function settle(deed: Deed, count: CountRow, status: 'done' | 'dropped'): void {
  const { ground, db } = deed
  if (goingCount(db)?.id === count.id) endCount(db, count.id, status)
  for (const id of status === 'done' ? piecesSeenHere(db, count.id) : []) {
    const unit = unitOf(ground, id)
    if (unit !== null && isMissed(unit) && missedBy(ground, unit) === count.number) sayFound(deed, unit, placeOf(ground, count, unit), { number: count.number })
  }
  settleCount(db, count.id)
}

/** The number of the count that called the piece missing last. */
const missedBy = (ground: Ground, unit: KnownUnit): unknown => timelineOf(ground, unit.id).findLast(({ kind }) => kind === 'missed')?.params['number']
