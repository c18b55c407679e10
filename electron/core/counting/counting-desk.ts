import type { CountDifferences, CountingDesk as DeskOfCounts, CountSaid, CountScope, CountView } from '../../../contract/counting-view.ts'
import type { SavedText } from '../../../contract/device-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { aimOf } from '../../../contract/identity/symbology.ts'
import type { Desk } from '../desk/desk.ts'
import { unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import { formatNumber } from '../flows/numbers.ts'
import type { Scan } from '../scans/knowledge.ts'
import { lookAt, lookAtScan } from '../scans/look.ts'
import { receivePiece } from '../shipments/receive-piece.ts'
import { nextNumber } from '../store/meta.ts'
import { countCsv } from './count-csv.ts'
import { countById, countEnds, endCount, goingCount, lastSaid, recordCount, sumsOfCount, type CountRow } from './count-rows.ts'
import { countScan, countTakenIn, countUnit, mayBeTakenIn, type Counting } from './count-scan.ts'
import { CountingTogether } from './counting-together.ts'
import { countsOfOthers, otherTills, tillName } from './counts-of-others.ts'
import { accuracy, countDifferences, finishCount } from './finish-count.ts'
import { piecesHere, toBeFound } from './stock-here.ts'

const SAID_SHOWN = 7
const PAST_SHOWN = 12

/** What a scanner is told of a scan that was counted: good, bad, or nothing where nobody is to hear it. */
export type CountTone = 'good' | 'bad' | null

/**
 * The counting of stock at this till, one count at a time, alone or with other tills of the store. Its state is rows: a till that was switched off goes on where
 * it was. While somebody has it open, what scanners and pads read is counted and goes into no sale.
 */
export class CountingDesk {
  readonly #desk: Desk
  readonly #together: CountingTogether
  #listeners = 0

  constructor(desk: Desk) {
    this.#desk = desk
    this.#together = new CountingTogether(desk)
  }

  desk(): DeskOfCounts {
    const { ground } = this.#desk
    const here = piecesHere(ground)
    const ordered = (values: Iterable<string>): string[] => [...new Set(values)].sort()
    return {
      going: this.view(),
      others: countsOfOthers(ground),
      areas: ordered(here.flatMap(({ area }) => area ?? [])),
      categories: ordered(here.map(({ category }) => category)),
      past: countEnds(ground.store.reading, PAST_SHOWN).map((end) => ({
        countId: end.count_id, number: end.number, endedAt: end.ended_at, endedBy: end.ended_by, found: end.found, missing: end.missing,
        accuracy_bp: accuracy(end.found, end.missing), documentId: end.document_id,
      })),
    }
  }

  /** The count that is going; null where none is. */
  view(): CountView | null {
    const { ground } = this.#desk
    const db = ground.store.reading
    const count = goingCount(db)
    if (count === null) return null
    const { expected, found, surplus } = sumsOfCount(db, count.id)
    return {
      countId: count.id, number: count.number, scope: count.scope, beganAt: count.began_at, beganBy: count.began_by,
      found, expected: count.scope.blind ? null : expected, surplus, said: lastSaid(db, count.id, SAID_SHOWN),
      lead: count.lead_till === null ? null : tillName(ground, count.id, count.lead_till), tills: otherTills(ground, count),
    }
  }

  /** Somebody has the count in front: scans are its own until the returned function is called. */
  listen(): () => void {
    this.#listeners += 1
    this.#desk.changed()
    return () => {
      this.#listeners -= 1
      this.#desk.changed()
    }
  }

  /** The count that scans belong to at this moment; null where they go where scans go. */
  get inFront(): string | null {
    const { person } = this.#desk
    if (this.#listeners === 0 || person === null || !this.#desk.rights(person).includes('count-stock')) return null
    return goingCount(this.#desk.ground.store.reading)?.id ?? null
  }

  /** Refuses a second count beside one that is going, and a part of the store in which nothing stands. */
  begin(scope: CountScope): Result<CountView> {
    const { ground } = this.#desk
    const begun = this.#desk.turn('', (deed) => {
      if (goingCount(deed.db) !== null) return refused('count-going')
      const id = ground.newId()
      const { unitIds, lotUpTo } = toBeFound(ground, scope, id)
      if (unitIds.length === 0) return refused('nothing-to-count')
      const number = formatNumber(ground, 'count', nextNumber(deed.db, 'count'))
      const count = { id, number, scope, began_at: ground.now(), began_by: deed.staff?.name ?? '', lead_till: null, lot_up_to: lotUpTo }
      recordCount(deed.db, count, unitIds)
      return ok(null)
    })
    return begun.ok ? this.#going() : begun
  }

  /** Counts along what another till of this store began. */
  join(countId: string): Result<CountView> {
    const joined = this.#desk.turn('', (deed) => this.#together.join(deed, countId))
    return joined.ok ? this.#going() : joined
  }

  /** The centre may have brought what other tills counted, and how it ended. */
  hear(): void {
    this.#together.hear()
  }

  scan(text: string): Result<CountView> {
    const { ground } = this.#desk
    return this.#counted('scan', (deed, counting) => countScan(deed, counting, lookAt(ground, text.trim())))
  }

  /** What a scanner or a pad read while the count is in front; answers what the scanner is to be told. */
  heard(scan: Scan): CountTone {
    const { ground } = this.#desk
    const aim = scan.aim ?? aimOf(scan.text)
    const text = scan.aim === null && aim !== null ? scan.text.slice(aim.length) : scan.text
    const by = scan.channel === 'rfid' || scan.channel === 'nfc' ? 'tag' : 'scan'
    const said = this.#turn(by, (deed, counting) => countScan(deed, counting, lookAtScan(ground, { ...scan, text, aim })))
    return said.ok ? TONES[said.value?.tone ?? 'quiet'] : 'bad'
  }

  choose(unitId: string): Result<CountView> {
    return this.#counted('scan', (deed, counting) => {
      const unit = unitOf(deed.ground, unitId)
      return unit === null ? refused('no-such-unit') : ok(countUnit(deed, counting, unit))
    })
  }

  takeIn(unitId: string): Result<CountView> {
    return this.#counted('scan', (deed, counting) => {
      const unit = unitOf(deed.ground, unitId)
      if (unit === null) return refused('no-such-unit')
      if (!mayBeTakenIn(deed.ground, unit)) return refused('not-in-this-state')
      const received = receivePiece(deed, unit, true)
      return received.ok ? ok(countTakenIn(deed, counting, unitOf(deed.ground, unitId) ?? unit)) : received
    })
  }

  differences(): Result<CountDifferences> {
    const { ground } = this.#desk
    const count = goingCount(ground.store.reading)
    return count === null ? refused('not-in-this-state') : ok(countDifferences(ground, count))
  }

  /** Refuses the count of another till, which ends it. */
  finish(): Result<{ documentId: string }> {
    return this.#desk.turn('', (deed) => {
      const count = goingCount(deed.db)
      return count === null || count.lead_till !== null ? refused('not-in-this-state') : finishCount(deed, count)
    })
  }

  drop(): Result<DeskOfCounts> {
    return this.#ended('dropped', ({ lead_till }) => lead_till === null)
  }

  /** This till's part of another's count is done: what was seen here stays in it, and reaches that till also later. */
  handIn(): Result<DeskOfCounts> {
    return this.#ended('done', ({ lead_till }) => lead_till !== null)
  }

  #ended(status: 'done' | 'dropped', may: (count: CountRow) => boolean): Result<DeskOfCounts> {
    const done = this.#desk.turn('', (deed) => {
      const count = goingCount(deed.db)
      return count === null || !may(count) ? refused('not-in-this-state') : ok(endCount(deed.db, count.id, status))
    })
    return done.ok ? ok(this.desk()) : done
  }

  csv(countId: string): Result<SavedText> {
    const { ground } = this.#desk
    const count = countById(ground.store.reading, countId)
    return count === null ? refused('no-such-document') : ok(countCsv(ground, count))
  }

  #counted(by: Counting['by'], body: (deed: Deed, counting: Counting) => Result<unknown>): Result<CountView> {
    const done = this.#turn(by, body)
    return done.ok ? this.#going() : done
  }

  #turn<T>(by: Counting['by'], body: (deed: Deed, counting: Counting) => Result<T>): Result<T> {
    return this.#desk.turn('', (deed) => {
      const count = goingCount(deed.db)
      if (count === null) return refused('not-in-this-state')
      return deed.staff === null ? refused('not-signed-in') : body(deed, { count, who: deed.staff, by })
    })
  }

  #going(): Result<CountView> {
    const view = this.view()
    return view === null ? refused('not-in-this-state') : ok(view)
  }
}

const TONES: Readonly<Record<CountSaid['tone'], CountTone>> = { good: 'good', info: 'good', again: 'bad', stop: 'bad', quiet: null }
