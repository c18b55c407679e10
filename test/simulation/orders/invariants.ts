import { sql } from '../../../electron/core/store/store.ts'
import { UNIT, type TwoTills } from './two-tills.ts'

const assert: (holds: boolean, what: string) => asserts holds = (holds, what) => {
  if (!holds) throw new Error(what)
}

interface Told {
  readonly till: string
  readonly seq: number
  readonly kind: string
  readonly verdict: string
  readonly case_id: string | null
}

/** What must be true at every moment: nothing is sold or refunded twice without being found, or shown as free after it was sold. */
export async function checkMoment({ hub, counters }: TwoTills): Promise<void> {
  for (const { till } of counters) {
    const last = sql(till.ground.store.reading, 'SELECT seq, kind FROM journal WHERE unit_id = ? ORDER BY seq DESC LIMIT 1').get(UNIT) as { seq: number; kind: string } | undefined
    if (last?.kind !== 'sold') continue
    const answer = sql(till.ground.store.reading, 'SELECT ver FROM event_answers WHERE seq = ?').get(last.seq) as { ver: number } | undefined
    const shown = sql(till.ground.mirror.reading, 'SELECT ver FROM units').get() as { ver: number }
    assert((answer !== undefined && shown.ver >= answer.ver) || !till.may('sell', UNIT), `I8: ${till.id} sold it and shows it as free`)
  }
  const told = await hub.db.query<Told>('SELECT e.till, e.seq, e.kind, e.verdict, e.case_id FROM unit_event e ORDER BY e.ver, e.seq')
  let sold = false
  for (const { till, seq, kind, verdict, case_id } of told) {
    if (verdict === 'accepted') {
      assert(kind === (sold ? 'returned' : 'sold'), `I3: ${till} ${seq} ${kind} was accepted and it was ${sold ? '' : 'not '}sold`)
      sold = !sold
    } else assert(case_id !== null, `I4: ${till} ${seq} is told ${verdict}, and nobody is told to look`)
  }
  const unit = (await hub.db.query<{ title: string; disputed: boolean }>('SELECT title, disputed FROM unit'))[0]
  assert((unit?.title === 'sold') === sold, `I3: the centre says ${unit?.title}`)
  const open = (await hub.db.query("SELECT case_id FROM conflict_case WHERE state = 'open'")).length
  assert((open > 0) === unit?.disputed, `I4: ${open} cases are open and the piece is ${unit?.disputed === true ? '' : 'not '}on hold`)
}

/** What must be true when all has been told and heard: nothing is lost, money is equal, everybody agrees. */
export async function checkQuiet({ hub, counters }: TwoTills): Promise<void> {
  const journal = await hub.db.query<{ till: string; seq: number; hash: string; body: string }>('SELECT till, seq, hash, body FROM journal')
  const there = new Map(journal.map(({ till, seq, hash, body }) => [`${till} ${seq} ${hash}`, body]))
  const heads = await hub.db.query<{ left: number }>('SELECT coalesce(sum(seq - applied), 0)::bigint AS left FROM register_head')
  assert(heads[0]?.left === 0, `I2: ${heads[0]?.left} events are not applied`)
  let events = 0
  for (const { till } of counters) {
    for (const { seq, hash, body } of till.journal()) assert(there.get(`${till.id} ${seq} ${hash}`) === body, `I1: event ${seq} of ${till.id} is not at the centre`)
    events += till.journal().length
    const here = sql(till.ground.store.reading, 'SELECT coalesce(sum(amount_cents), 0) FROM tenders').pluck().get() as number
    const booked = await hub.db.query<{ sum: number }>("SELECT coalesce(sum(amount_cents), 0)::bigint AS sum FROM booked WHERE till = $1 AND book = 'tenders'", [till.id])
    assert(booked[0]?.sum === here, `I11: ${till.id} took ${here}, the centre has ${booked[0]?.sum}`)
    const unit = (await hub.db.query<{ ver: number; title: string; sale_id: string | null; more: string | null }>('SELECT ver, title, sale_id, more FROM unit'))[0]
    assert(JSON.stringify(sql(till.ground.mirror.reading, 'SELECT ver, title, sale_id, more FROM units').get()) === JSON.stringify(unit), `I7: ${till.id} does not know what the centre knows`)
    assert(sql(till.ground.store.reading, 'SELECT count(*) FROM unit_overlays').pluck().get() === 0, `I7: ${till.id} still goes by its own word`)
    assert(!(unit?.title === 'sold' && till.may('sell', UNIT)), `I8: ${till.id} would sell it again`)
  }
  assert(journal.length === events, `I2: the centre has ${journal.length} of ${events} events`)
}
