import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Inspection } from '../../../contract/inspection-view.ts'
import type { Condition, UnitFacts } from '../../../contract/unit.ts'
import type { NextPlace } from '../../../contract/verdict.ts'
import { openCase } from '../cases/case-files.ts'
import { judgeUnit, unitOf } from '../facts/judge.ts'
import { toldFacts } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { recordEvent } from '../store/journal.ts'
import { sql, type Reading } from '../store/store.ts'
import { areaOf } from './routes.ts'

/**
 * Somebody looked at a piece that had come back: it is released to the shelf as it is, graded and routed anew, or found
 * to be one that should not have come back, which opens a case and keeps it in quarantine. The money is not touched: a
 * refund that was wrong is for the case. A piece that was sent here, and that the books still have elsewhere, is
 * received by the same act. Refuses a piece that does not wait (`not-in-this-state`), and to refuse or to send away
 * without a word of why (`reason-missing`).
 */
export function inspect(deed: Deed, found: Inspection): Result<null> {
  const { ground, db, staff } = deed
  const unit = unitOf(ground, found.unitId)
  const told = toldFacts(ground.mirror, db, found.unitId)
  if (unit === null || told === null) return refused('no-such-unit')
  if (!mayBeInspectedHere(told, ground.place.id) || staff === null) return refused('not-in-this-state')
  const note = found.note.trim()
  if (note === '' && (found.outcome === 'refused' || found.next === 'destroy')) return refused('reason-missing')
  const next: NextPlace = found.outcome === 'refused' ? 'quarantine' : found.outcome === 'released' ? 'shelf' : found.next
  const held = isHeld(told) && next === 'shelf'
  if (held) return refused('not-in-this-state')
  const at = ground.now()
  sql(db, 'INSERT INTO inspections (id, unit_id, at, staff_id, outcome, condition, next_place, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
    ground.newId(), unit.id, at, staff.staffId, found.outcome, found.condition, next, note,
  )
  const condition: Condition = found.outcome === 'refused' ? 'to-inspect' : next === 'shelf' ? sellable(found.condition) : found.condition
  const facts: UnitFacts = { ...told, condition, custody: { at: 'in-stock', storeId: ground.place.id, area: areaOf(next) } }
  const event = { unitId: unit.id, at, storeId: ground.place.id, tillId: ground.till.id, staffId: staff.staffId, who: staff.name, facts }
  const from = awayAt(told.custody, ground.place.id)
  if (from !== null) recordEvent(db, { ...event, id: ground.newId(), kind: 'received', params: { from: ground.storeNames[from] ?? from, store: ground.place.name } })
  recordEvent(db, { ...event, id: ground.newId(), kind: 'inspected', params: { outcome: found.outcome, condition: found.condition, ...(note === '' ? {} : { note }) } })
  recordEvent(db, { ...event, id: ground.newId(), kind: 'routed', params: { place: next, condition } })
  if (found.outcome === 'refused')
    openCase(deed, {
      caseId: ground.newId(), kind: 'inspection-refused', unitId: unit.id, text: unit.aliases[0]?.value ?? unit.id,
      verdict: judgeUnit(ground, 'check', unit, deed.flowId).verdict, lookedAt: null, note,
    })
  return ok(null)
}

/** A piece of the shop that waits: in stock, whichever store the books have it in, or under way to this one. */
export const mayBeInspectedHere = ({ condition, custody }: Pick<UnitFacts, 'condition' | 'custody'>, hereId: string): boolean =>
  condition === 'to-inspect' && (custody.at === 'in-stock' || (custody.at === 'in-transit' && custody.toStoreId === hereId))

/** The store from which a piece has come without the books knowing yet; null where it stands here by the books too. */
export function awayAt(custody: UnitFacts['custody'], hereId: string): string | null {
  if (custody.at === 'in-transit') return custody.fromStoreId
  return custody.at === 'in-stock' && custody.storeId !== hereId ? custody.storeId : null
}

/** What is damaged or incomplete is not sold as if it were whole, whatever button was pressed. */
const sellable = (condition: Condition): Condition => (condition === 'to-inspect' ? 'open-box' : condition)

/** A recall or a suspicion keeps a piece off the shelf until it is lifted. */
const isHeld = ({ flags }: UnitFacts): boolean =>
  flags.some(({ kind, reference }) =>
    kind !== 'recall-remedied' && !(kind === 'recall' && flags.some((other) => other.kind === 'recall-remedied' && other.reference === reference)))

/** How often a piece was looked at again; for lists and tests. */
export const inspectionsOf = (db: Reading, unitId: string): { outcome: string; condition: string; next_place: string }[] =>
  sql(db, 'SELECT outcome, condition, next_place FROM inspections WHERE unit_id = ? ORDER BY at, id').all(unitId) as {
    outcome: string
    condition: string
    next_place: string
  }[]
