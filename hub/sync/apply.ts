import { BOOKED, EventBody } from '../../contract/sync/event-body.ts'
import { BATCH_BYTES_MAX, BATCH_EVENTS_MAX, EVERYWHERE, type ToldEvent } from '../../contract/sync/wire.ts'
import { LostRace, prepared, together, type Query } from '../database.ts'
import { instant, type HubGround } from '../ground.ts'
import { booksOf, writeBooks } from './books.ts'
import { caseRow, closeCase, openCases, type NewCase } from './cases.ts'
import { lockClaims } from './claims.ts'
import { tellCounts } from './counts.ts'
import { change, type Tell } from './feed.ts'
import { writeFloorCases } from './floor-cases.ts'
import { writeReceipts } from './receipts.ts'
import { disputed, isConflict, judge, type Before, type Circumstance } from './guards.ts'
import { sharedWith } from './mended-till.ts'
import { feedRowOf, readUnits, scopesOfChange, writeAliases, writeUnits, type HubUnit } from './units.ts'

/**
 * What is applied in one transaction: as many events as a till sends at once, as long as they are small. Each statement,
 * each journey to the server and each wait for the disk is then shared by all of them.
 */
const EVENTS_MAX = BATCH_EVENTS_MAX
const BYTES_MAX = 4 * BATCH_BYTES_MAX

/** Kinds by which a piece passes between shop and customer, for money: a lease guards them. */
const PASSES = new Set(['sold', 'returned'])

interface JournalLine {
  readonly seq: number
  readonly body: string
}

interface Answered {
  readonly seq: number
  readonly event: EventBody | null
  readonly verdict: string
  readonly ver: number
  readonly caseId: string | null
}

/**
 * T2: works through what a till has sent and nobody has applied yet, some events a transaction. Any process of the
 * centre may do it at any time: the mark of each event is made once, units and the head are compare-and-set, and an
 * outcome nobody heard of is tried again. No event stops those behind it.
 * Answers true when there is nothing left to apply.
 */
export async function applySome(ground: Pick<HubGround, 'db' | 'now_ms' | 'newId'>, till: string, inc: string): Promise<boolean> {
  let [tried, unreadable] = [0, 0]
  const read = (line: JournalLine): EventBody | null => {
    tried = line.seq
    return line.seq === unreadable ? null : readBody(line)
  }
  for (let most = EVENTS_MAX; ; most = Math.ceil(most / 2)) {
    try {
      return await applyFew(ground, till, inc, most, read)
    } catch (error) {
      if (!isOfTheRow(error) || tried === unreadable) throw error
      // One of these cannot be stored as it is. Half as many each time, the good ones before it pass; then it stands
      // first and alone, is marked, and looked at by a person: it and no other, whoever has marked it meanwhile.
      if (most === 1) unreadable = tried
    }
  }
}

/** PostgreSQL's classes of errors that say something of the values, and nothing of the server. */
const isOfTheRow = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code)

/** Up to where a journal is applied, and the lines behind that, of a till that nobody has to look at first. */
interface Due extends JournalLine {
  readonly applied: number
  readonly head: number
}

/**
 * The lines are asked for inside of the head's row: so their place in the journal is a place in its key, whatever the
 * database believes to know of a table that has just grown. The first is always among them, however long it is.
 */
const DUE = prepared(
  `SELECT h.applied, h.seq AS head, j.seq, j.body FROM register_head h JOIN device d ON d.till = h.till
   CROSS JOIN LATERAL (
     SELECT l.seq, l.body, sum(octet_length(l.body)) OVER (ORDER BY l.seq) - octet_length(l.body) AS bytes_before
     FROM journal l WHERE l.till = h.till AND l.inc = h.inc AND l.seq > h.applied ORDER BY l.seq LIMIT $3
   ) j
   WHERE h.till = $1 AND h.inc = $2 AND NOT h.held AND d.state = 'joined' AND j.bytes_before < $4 ORDER BY j.seq`,
)

function applyFew(ground: Pick<HubGround, 'db' | 'now_ms' | 'newId'>, till: string, inc: string, most: number, read: (line: JournalLine) => EventBody | null): Promise<boolean> {
  return change(ground, async (tx, tell) => {
    const due = await tx.query<Due>(DUE, [till, inc, most, BYTES_MAX])
    const [first, last] = [due[0], due.at(-1)]
    if (!first || !last) return true
    const application = new Application(ground, tx, tell, { till, inc, applied: first.applied })
    await application.run(due.map((line) => ({ seq: line.seq, event: read(line) })))
    return last.seq === last.head
  })
}

/** Which journal, and up to where it was applied before. */
interface Place {
  readonly till: string
  readonly inc: string
  readonly applied: number
}

const EARLIER = prepared(
  `SELECT e.unit_id, e.seq, e.verdict, e.case_id, c.state FROM unit_event e LEFT JOIN conflict_case c ON c.unit_id = e.unit_id AND c.case_id = e.case_id
   WHERE e.unit_id = ANY ($1::text[]) AND e.till = $2 AND e.inc = $3`,
)

/** One transaction of applying: what is read, judged in order, and written in few statements. */
class Application {
  readonly #ground: Pick<HubGround, 'now_ms' | 'newId'>
  readonly #tx: Query
  readonly #tell: Tell
  readonly #place: Place
  readonly #answers: Answered[] = []
  readonly #cases: NewCase[] = []
  readonly #before = new Map<string, HubUnit>()
  readonly #now = new Map<string, HubUnit>()
  readonly #told = new Map<string, ToldEvent[]>()
  readonly #stores = new Map<string, Set<string>>()

  constructor(ground: Pick<HubGround, 'now_ms' | 'newId'>, tx: Query, tell: Tell, place: Place) {
    this.#ground = ground
    this.#tx = tx
    this.#tell = tell
    this.#place = place
  }

  async run(events: readonly { seq: number; event: EventBody | null }[]): Promise<void> {
    const ids = [...new Set(events.flatMap(({ event }) => event?.unitId ?? []))].sort()
    const passed = [...new Set(events.flatMap(({ event }) => (event !== null && PASSES.has(event.kind) && event.unitId !== null ? [event.unitId] : [])))].sort()
    const follow = events.flatMap(({ event }) => (event !== null && event.unitId !== null && event.p > 0 && event.p <= this.#place.applied ? [event.unitId] : []))
    // Leases first, units after: whoever takes a lease now waits for us, and then sees what we have written.
    const [ours, units, earlier, goesOnFrom] = await together(
      lockClaims(this.#tx, this.#place.till, passed, this.#ground.now_ms()), readUnits(this.#tx, ids), this.#earlier([...new Set(follow)].sort()),
      events.some(({ event }) => event?.kind === 'voided') ? sharedWith(this.#tx, this.#place.till, this.#place.inc) : Promise.resolve(new Map<string, number>()),
    )
    for (const [id, unit] of units) {
      this.#before.set(id, unit)
      this.#now.set(id, unit)
    }
    const now = instant(this.#ground.now_ms())
    for (const { seq, event } of events) {
      const claimedByOther = event !== null && PASSES.has(event.kind) && !ours.has(event.unitId ?? '')
      await this.#one(seq, event, { till: this.#place.till, inc: this.#place.inc, goesOnFrom, claimedByOther, before: this.#ofBefore(event, earlier), now })
    }
    await this.#write(events)
  }

  /** Marks of this till's earlier events on the same units. */
  async #earlier(ids: readonly string[]): Promise<Map<string, Before>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#tx.query<{ unit_id: string; seq: number; verdict: string; case_id: string | null; state: string | null }>(
      EARLIER, [[...ids], this.#place.till, this.#place.inc],
    )
    return new Map(rows.map((row) => [`${row.unit_id} ${row.seq}`, { verdict: row.verdict, caseId: row.case_id, open: row.state === 'open' }]))
  }

  #ofBefore(event: EventBody | null, earlier: ReadonlyMap<string, Before>): Circumstance['before'] {
    if (event === null || event.unitId === null || event.p === 0) return null
    const here = this.#answers.find((answer) => answer.seq === event.p)
    if (here) return { verdict: here.verdict, caseId: here.caseId, open: here.caseId !== null }
    // What was applied before and has no mark was not to be read, or stands under the name the journal of a copy had
    // before its branch: nothing of it is open that this event could belong to.
    return earlier.get(`${event.unitId} ${event.p}`) ?? null
  }

  async #one(seq: number, event: EventBody | null, how: Circumstance): Promise<void> {
    if (event === null) return void this.#answers.push({ seq, event, verdict: 'unreadable', ver: 0, caseId: null })
    const unit = event.unitId === null ? null : (this.#now.get(event.unitId) ?? null)
    const closing = event.kind === 'corrected' ? await this.#closing(event, unit) : null
    const judged = judge(closing ?? unit, event, how)
    let after = judged.unit ?? closing
    let caseId = isConflict(judged.verdict) ? (how.before?.caseId ?? null) : null
    if (judged.conflict) {
      caseId = this.#ground.newId()
      const opened = instant(this.#ground.now_ms())
      after = unit === null ? null : disputed(closing ?? unit, caseId, opened)
      this.#cases.push(this.#caseOf(caseId, seq, event, judged.verdict, unit, opened))
    }
    if (after !== null && event.unitId !== null) {
      this.#now.set(event.unitId, after)
      this.#hear(event.unitId, event.storeId)
      this.#tellLater(event, after.ver)
    }
    this.#answers.push({ seq, event, verdict: judged.verdict, ver: after?.ver ?? unit?.ver ?? 0, caseId })
  }

  async #closing(event: EventBody, unit: HubUnit | null): Promise<HubUnit | null> {
    const caseId = event.params['case']
    if (unit === null || typeof caseId !== 'string') return null
    return closeCase(this.#tx, this.#tell, unit, { caseId, by: event.who ?? '', how: String(event.params['how'] ?? ''), at: instant(this.#ground.now_ms()) })
  }

  /** Both sides of the case, as they stand: what the centre held for true, and what the till says. */
  #caseOf(caseId: string, seq: number, event: EventBody, kind: string, unit: HubUnit | null, opened: string): NewCase {
    return {
      unitId: event.unitId ?? '', caseId, kind, storeId: event.storeId, openedAt: opened,
      a: unit === null ? null : { till: unit.owner_till, inc: unit.owner_inc, seq: unit.owner_seq, title: unit.title, receipt: unit.receipt_number, at: unit.sold_at, storeId: unit.sold_store_id ?? unit.home, ver: unit.ver },
      b: { till: this.#place.till, inc: this.#place.inc, seq, kind: event.kind, at: event.at, storeId: event.storeId, who: event.who, params: event.params },
    }
  }

  #hear(unitId: string, storeId: string): void {
    const stores = this.#stores.get(unitId)
    if (stores) stores.add(storeId)
    else this.#stores.set(unitId, new Set([storeId]))
  }

  #tellLater(event: EventBody, ver: number): void {
    const line = { at: event.at, n: ver, kind: event.kind, store_id: event.storeId, who: event.who, params: event.params }
    const lines = this.#told.get(event.unitId ?? '')
    if (lines) lines.push(line)
    else this.#told.set(event.unitId ?? '', [line])
  }

  async #moveHead(to: number): Promise<void> {
    const { till, inc, applied } = this.#place
    const moved = await this.#tx.touch(MOVE_HEAD, [till, inc, to, applied])
    if (moved !== 1) throw new LostRace('what is applied of a journal')
  }

  async #write(events: readonly { seq: number; event: EventBody | null }[]): Promise<void> {
    const { till, inc } = this.#place
    const changed = [...this.#now].filter(([id, unit]) => this.#before.get(id)?.ver !== unit.ver)
    const booked = events.filter(({ event }) => event?.kind === BOOKED)
    await together(
      writeMarks(this.#tx, till, inc, this.#answers),
      writeUnits(this.#tx, changed.map(([id, unit]) => ({ was: this.#before.get(id)?.ver ?? 0, unit }))),
      writeAliases(this.#tx, changed.flatMap(([id, unit]) => ((this.#before.get(id)?.aliases ?? unit.aliases) === unit.aliases ? [] : [unit]))),
      openCases(this.#tx, this.#cases),
      writeBooks(this.#tx, till, inc, booked.flatMap(({ seq, event }) => (event === null ? [] : booksOf(seq, event)))),
      writeReceipts(this.#tx, till, booked),
      writeFloorCases(this.#tx, till, booked),
      this.#moveHead(events.at(-1)?.seq ?? 0),
    )
    for (const [id, unit] of changed) {
      const scopes = scopesOfChange(this.#before.get(id) ?? null, unit, null)
      for (const store of this.#stores.get(id) ?? []) scopes.add(store)
      this.#tell(scopes, feedRowOf(unit, this.#told.get(id) ?? []))
    }
    for (const opened of this.#cases) this.#tell([EVERYWHERE], caseRow(opened, 'open', null, null, null))
    // Behind the pieces: a till that hears how a count ended knows by then which pieces it left as missing.
    await tellCounts(this.#tx, this.#tell, till, booked.map(({ event }) => event))
  }
}

const MOVE_HEAD = prepared('UPDATE register_head SET applied = $3 WHERE till = $1 AND inc = $2 AND applied = $4')
const ANSWERS = prepared(
  `INSERT INTO event_answer (till, inc, seq, verdict, unit_id, ver, case_id)
   SELECT $1, $2, n.seq, n.verdict, n.unit_id, n.ver, n.case_id
   FROM unnest($3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::text[]) AS n (seq, verdict, unit_id, ver, case_id)
   ON CONFLICT (till, inc, seq) DO NOTHING`,
)
const MARKS = prepared(
  `INSERT INTO unit_event (unit_id, till, inc, seq, id, kind, at, store_id, who, params, verdict, ver, case_id)
   SELECT n.unit_id, $1, $2, n.seq, n.id, n.kind, n.at, n.store_id, n.who, n.params, n.verdict, n.ver, n.case_id
   FROM json_to_recordset($3::json) AS n (unit_id text, seq bigint, id text, kind text, at text, store_id text, who text, params text, verdict text, ver bigint, case_id text)
   ON CONFLICT (unit_id, till, inc, seq) DO NOTHING`,
)

/** The one mark of each event. That it is there already means that another process is applying the same: it wins. */
async function writeMarks(tx: Query, till: string, inc: string, answers: readonly Answered[]): Promise<void> {
  const marks = answers.flatMap(({ seq, event, verdict, ver, caseId }) =>
    event === null || event.unitId === null
      ? []
      : [{ unit_id: event.unitId, seq, id: event.id, kind: event.kind, at: event.at, store_id: event.storeId, who: event.who, params: JSON.stringify(event.params), verdict, ver, case_id: caseId }],
  )
  const [fresh, made] = await together(
    tx.touch(ANSWERS, [
      till, inc, answers.map(({ seq }) => seq), answers.map(({ verdict }) => verdict), answers.map(({ event }) => event?.unitId ?? null),
      answers.map(({ ver }) => ver), answers.map(({ caseId }) => caseId),
    ]),
    marks.length === 0 ? Promise.resolve(0) : tx.touch(MARKS, [till, inc, JSON.stringify(marks)]),
  )
  if (fresh !== answers.length) throw new LostRace('the marks of a journal')
  if (made !== marks.length) throw new LostRace('the marks of units')
}

/** Null for a body nobody can read: it is marked, somebody looks at it, and the queue goes on. */
function readBody(line: JournalLine): EventBody | null {
  try {
    const body = EventBody.safeParse(JSON.parse(line.body))
    return body.success && body.data.seq === line.seq && body.data.p < line.seq && !line.body.includes('\\u0000') ? body.data : null
  } catch {
    return null
  }
}
