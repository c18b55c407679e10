import { sql } from '../../electron/core/store/store.ts'
import { KEPT } from '../../hub/sync/repair.ts'
import { brokenAt, CHAIN_START } from '../../hub/sync/chain.ts'
import type { HubUnit } from '../../hub/sync/units.ts'
import { STORES, type SimHub } from './sim-hub.ts'
import type { SimTill } from './sim-till.ts'
import type { Special } from './world.ts'

const assert: (holds: boolean, what: string) => asserts holds = (holds, what) => {
  if (!holds) throw new Error(what)
}

/**
 * At every moment, I8: a till that sold a unit never shows it as free before its mirror shows what became of the sale; and
 * I9: whatever a till has still to tell of a unit, it does not sell it once its mirror says that it is stolen.
 */
export function checkNow(tills: readonly SimTill[], units: readonly string[]): void {
  for (const till of tills) {
    if (lookedAt.get(till) === till.changes) continue
    lookedAt.set(till, till.changes)
    for (const unit of units) {
      const isStolen = till.ground.mirror.unit(unit)?.facts.flags.some(({ kind }) => kind === 'stolen-own') === true
      assert(!isStolen || !till.may('sell', unit), `I9: ${till.id} would sell ${unit}, which is stolen`)
      const last = sql(till.ground.store.reading, "SELECT seq, kind FROM journal WHERE unit_id = ? AND kind <> 'checked' ORDER BY seq DESC LIMIT 1").get(unit) as { seq: number; kind: string } | undefined
      if (last?.kind !== 'sold') continue
      const answer = sql(till.ground.store.reading, 'SELECT ver FROM event_answers WHERE seq = ?').get(last.seq) as { ver: number } | undefined
      const shown = sql(till.ground.mirror.reading, 'SELECT ver FROM units WHERE id = ?').get(unit) as { ver: number } | undefined
      const isShown = answer !== undefined && shown !== undefined && shown.ver >= answer.ver
      assert(isShown || !till.may('sell', unit), `I8: ${till.id} sold ${unit} and shows it as free`)
    }
  }
}

/** At which change each till was looked at last: what did not change since is as right as it was. */
const lookedAt = new WeakMap<SimTill, number>()

interface JournalLine {
  readonly till: string
  readonly inc: string
  readonly seq: number
  readonly hash: string
  readonly body: string
  readonly kind: string
  readonly unit_id: string | null
}

/** Everything that must be true when all has been said. Answers what the run was made of. */
export async function checkAll(hub: SimHub, tills: readonly SimTill[], units: readonly string[], special: Special): Promise<{ events: number; conflicts: number }> {
  const journal = await hub.db.query<JournalLine>('SELECT till, inc, seq, hash, body, kind, unit_id FROM journal ORDER BY till, inc, seq')
  checkJournals(journal, tills, special)
  const unheard = await checkChains(hub, journal)
  const conflicts = await checkVerdicts(hub, journal.length - unheard)
  await checkUnits(hub, units)
  await checkFeed(hub)
  for (const till of tills) if (!hub.shutOut.has(till.id)) await checkMirror(hub, till)
  await checkMoney(hub, tills, special)
  return { events: journal.length, conflicts }
}

/** I1, I12: what a till committed is at the centre byte for byte; of a copied till, both branches are. */
function checkJournals(journal: readonly JournalLine[], tills: readonly SimTill[], special: string): void {
  for (const till of tills) {
    const there = new Map(journal.filter((line) => line.till === till.id).map((line) => [`${line.seq} ${line.hash}`, line.body]))
    for (const line of till.journal()) assert(there.get(`${line.seq} ${line.hash}`) === line.body, `I1: event ${line.seq} of ${till.id} is not at the centre as it was`)
    const branches = new Set(journal.filter((line) => line.till === till.id).map((line) => line.inc))
    if (special !== 'copy' || till !== tills[0]) assert(branches.size <= 1, `I12: ${till.id} was never copied and has ${branches.size} branches`)
    else if (branches.size > 1) assert(till.discoveries.includes('copy-found'), `I12: the copy of ${till.id} was not told`)
  }
}

/**
 * I2: contiguous, chained, applied to the end; I14 with it: nothing that cannot be read stops what is behind it.
 * I15: of a till that was shut out all is kept, and nothing was applied since. Answers how many events that leaves.
 */
async function checkChains(hub: SimHub, journal: readonly JournalLine[]): Promise<number> {
  let unheard = 0
  const heads = await hub.db.query<{ till: string; inc: string; seq: number; applied: number; base_seq: number; base_hash: string }>('SELECT * FROM register_head')
  for (const head of heads) {
    const lines = journal.filter((line) => line.till === head.till && line.inc === head.inc)
    assert(brokenAt(head.base_seq, head.base_hash, lines) === null, `I2: the chain of ${head.till} ${head.inc} is broken`)
    assert(lines.length === head.seq - head.base_seq, `I2: ${head.till} ${head.inc} has ${lines.length} of ${head.seq - head.base_seq} events`)
    const left = hub.shutOut.has(head.till)
    if (left) unheard += head.seq - head.applied
    assert(left ? head.applied <= (hub.shutOut.get(head.till) ?? 0) : head.applied === head.seq, `${left ? 'I15' : 'I2'}: ${head.till} ${head.inc} is applied to ${head.applied} of ${head.seq}`)
    assert(head.base_seq > 0 || head.base_hash === CHAIN_START, `I2: ${head.till} ${head.inc} begins nowhere`)
  }
  return unheard
}

const NO_CONFLICT = ['accepted', 'noted', 'after-conflict']

/** I2, I4: one verdict an event; every conflict has its case, and its unit is flagged for everybody. */
async function checkVerdicts(hub: SimHub, events: number): Promise<number> {
  const answers = await hub.db.query<{ verdict: string; unit_id: string | null; case_id: string | null }>('SELECT verdict, unit_id, case_id FROM event_answer')
  assert(answers.length === events, `I2: ${answers.length} verdicts for ${events} events`)
  // What nobody can read speaks of no piece that a case could be about; it is marked, and the till shows it.
  const against = answers.filter(({ verdict }) => ![...NO_CONFLICT, 'unreadable'].includes(verdict))
  const cases = await hub.db.query<{ case_id: string; unit_id: string }>("SELECT case_id, unit_id FROM conflict_case WHERE state = 'open'")
  assert(cases.length === against.length, `I4: ${cases.length} cases for ${against.length} conflicts`)
  const open = new Set(cases.map(({ case_id }) => case_id))
  for (const { case_id, verdict } of against) assert(case_id !== null && open.has(case_id), `I4: a ${verdict} without its case`)
  const free = await hub.db.query<{ id: string }>('SELECT id FROM unit WHERE id = ANY ($1::text[]) AND NOT (flagged AND disputed)', [cases.map(({ unit_id }) => unit_id)])
  assert(free.length === 0, `I4: ${free[0]?.id} is in dispute and not flagged`)
  const unheard = await hub.db.query<{ unit_id: string }>(
    `SELECT DISTINCT c.unit_id FROM conflict_case c WHERE NOT EXISTS (SELECT 1 FROM feed f WHERE f.scope = '*' AND f.body LIKE '%"' || c.unit_id || '"%')`,
  )
  assert(unheard.length === 0, `I4: not everybody heard of ${unheard[0]?.unit_id}`)
  return against.length
}

/** I2, I3: a unit's version counts its changes; accepted sales and returns take turns, and their balance is its state. */
async function checkUnits(hub: SimHub, ids: readonly string[]): Promise<void> {
  const units = await hub.db.query<HubUnit>('SELECT * FROM unit ORDER BY id')
  assert(units.length === ids.length, `I2: ${units.length} units`)
  const marks = await hub.db.query<{ unit_id: string; kind: string; verdict: string; ver: number; case_id: string | null }>('SELECT unit_id, kind, verdict, ver, case_id FROM unit_event ORDER BY unit_id, ver')
  for (const unit of units) {
    const own = marks.filter(({ unit_id }) => unit_id === unit.id)
    const accepted = own.filter(({ verdict }) => verdict === 'accepted')
    const conflicts = own.filter(({ verdict }) => !NO_CONFLICT.includes(verdict))
    const changes = accepted.length + conflicts.length + (hub.edits.get(unit.id) ?? 0)
    assert(unit.ver - 1 === changes, `I2: ${unit.id} is at version ${unit.ver} after ${changes} changes`)
    let sold = false
    for (const { kind } of accepted) {
      assert(kind === (sold ? 'returned' : 'sold'), `I3: ${unit.id} was ${kind} while it was ${sold ? '' : 'not '}sold`)
      sold = !sold
    }
    assert((unit.title === 'sold') === sold, `I3: ${unit.id} is ${unit.title}`)
  }
}

/** I6: each scope is numbered without a hole, and versions of a unit rise in it. */
async function checkFeed(hub: SimHub): Promise<void> {
  const heads = await hub.db.query<{ scope: string; seq: number }>('SELECT scope, seq FROM feed_head')
  for (const { scope, seq: head } of heads) {
    const rows = await hub.db.query<{ seq: number; body: string }>('SELECT seq, body FROM feed WHERE scope = $1 ORDER BY seq', [scope])
    const vers = new Map<string, number>()
    rows.forEach(({ seq, body }, index) => {
      assert(seq === index + 1, `I6: scope ${scope} goes from ${index} to ${seq}`)
      const row = JSON.parse(body) as { t: string; id: string; ver: number }
      if (row.t !== 'unit') return
      assert(row.ver > (vers.get(row.id) ?? 0), `I6: ${row.id} goes back to version ${row.ver} in scope ${scope}`)
      vers.set(row.id, row.ver)
    })
    assert(rows.length === head, `I6: scope ${scope} has ${rows.length} of ${head}`)
  }
}

/** I7, I9, I10: the mirror is what the centre holds for this till; what is flagged is not sold. */
async function checkMirror(hub: SimHub, till: SimTill): Promise<void> {
  const stores = till.follows === 'all' ? [...STORES] : [till.storeId]
  const there = await hub.db.query<HubUnit>(`SELECT * FROM unit WHERE ${KEPT} ORDER BY id`, [stores])
  const here = sql(till.ground.mirror.reading, 'SELECT * FROM units ORDER BY id').all() as (HubUnit & { id: string })[]
  const short = (rows: readonly HubUnit[]): string => rows.map(({ id, ver, title, custody, store_id, sale_id, more }) => [id, ver, title, custody, store_id, sale_id, more].join('/')).join(' ')
  assert(short(here) === short(there), `I7: the mirror of ${till.id} is not the centre's:\n${short(here)}\n${short(there)}`)
  for (const unit of there) {
    assert(!unit.flagged || !till.may('sell', unit.id), `I9: ${till.id} would sell ${unit.id}, which is flagged`)
    assert(unit.title !== 'sold' || !till.may('sell', unit.id), `I8: ${till.id} would sell ${unit.id} again`)
  }
  const left = sql(till.ground.store.reading, 'SELECT o.unit_id, o.seq, a.verdict, a.ver FROM unit_overlays o LEFT JOIN event_answers a ON a.seq = o.seq').all()
  assert(left.length === 0, `I7: overlays of ${till.id} are left: ${JSON.stringify(left)}`)
}

/** I11: the money of the tills is the money at the centre. */
async function checkMoney(hub: SimHub, tills: readonly SimTill[], special: string): Promise<void> {
  for (const till of tills) {
    if ((special === 'copy' && till === tills[0]) || hub.shutOut.has(till.id)) continue
    const here = sql(till.ground.store.reading, 'SELECT coalesce(sum(amount_cents), 0) AS sum, count(*) AS n FROM tenders').get() as { sum: number; n: number }
    const there = await hub.db.query<{ sum: number; n: number }>("SELECT coalesce(sum(amount_cents), 0)::bigint AS sum, count(*)::bigint AS n FROM booked WHERE till = $1 AND book = 'tenders'", [till.id])
    assert(there[0]?.sum === here.sum && there[0].n === here.n, `I11: ${till.id} took ${here.sum} in ${here.n}, the centre has ${there[0]?.sum} in ${there[0]?.n}`)
  }
}
