import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Params } from '../../../contract/ids.ts'
import type { EventKind } from '../../../contract/journal.ts'
import { StaffMark, type LossWhy, type MarkAct, type MarkDo, type StockGrade, type StoreArea } from '../../../contract/mark-view.ts'
import { isReservation } from '../../../contract/reservation.ts'
import type { Custody, Flag, UnitFacts } from '../../../contract/unit.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { isInACart, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { RECALL_AREA } from '../recalls/pull-list.ts'
import { tell } from '../service/claims.ts'
import { partsOf } from '../sets/set-of.ts'

/** Where a piece in quarantine stands, apart from the rest. */
const QUARANTINE = 'quarantine'

/** The flag by which the centre holds a piece that two tills speak of differently; it goes with its case alone. */
const DISPUTED = 'disputed'

/**
 * What staff say of a piece: that it is held back, stands elsewhere in the store, is missing, was found, is worth less,
 * or leaves the books. Each is an event in its life with who and why. Refuses what does not fit where the piece is
 * (`not-in-this-state`), what lies in a cart, what asks for the right to mark pieces (`no-right`), and to bring back without
 * a word what was written off or stolen (`reason-missing`).
 */
export function markPiece(deed: Deed, unitId: string, act: MarkAct): Result<null> {
  const unit = unitOf(deed.ground, unitId)
  if (unit === null) return refused('no-such-unit')
  if (STOCK_ACTS.has(act.do) && isInACart(deed.ground, unit)) return refused('piece-in-cart')
  if (!actsOn(deed.ground, unit).includes(act.do)) return refused('not-in-this-state')
  if (act.do === 'find' && act.reason === '' && asksForRight(unit, act)) return refused('reason-missing')
  if (asksForRight(unit, act) && deed.authority('flag-unit') === null) return refused('no-right', { right: 'flag-unit' })
  return carryOut(deed, unit, act)
}

/** Acts that say where a piece of the stock is; a cart knows that better. */
const STOCK_ACTS: ReadonlySet<MarkDo> = new Set(['move', 'miss', 'regrade', 'write-off'])

/** What may be said of a piece where it is now. A piece of a customer can be marked, and is no stock. */
export function actsOn(ground: Ground, { facts }: KnownUnit): MarkDo[] {
  const { custody, title } = facts
  const isOurs = title.is === 'ours' || title.is === 'returned'
  const isHere = isOurs && custody.at === 'in-stock' && custody.storeId === ground.place.id
  const isGone = isOurs && (custody.at === 'missing' || (custody.at === 'retired' && custody.why !== 'destroyed'))
  return [
    ...(StaffMark.options.some((mark) => !hasMark(facts, mark)) ? (['mark'] as const) : []),
    ...(liftable(facts).length > 0 ? (['unmark'] as const) : []),
    ...(isHere ? (['move', 'miss', 'regrade'] as const) : []),
    ...(isHere || (isOurs && custody.at === 'missing') ? (['write-off'] as const) : []),
    ...(isGone ? (['find'] as const) : []),
  ]
}

/** The marks of a piece that a person here may take off again. */
export const liftable = ({ flags }: UnitFacts): Flag[] =>
  flags.filter((flag) => StaffMark.safeParse(flag.kind).success && isOfStaff(flag))

/** What is kept for a customer is let go of by its slip, and a case by its case. */
const isOfStaff = (flag: Flag): boolean => flag.reason !== DISPUTED && !isReservation(flag)

const hasMark = ({ flags }: UnitFacts, mark: StaffMark): boolean => flags.some((flag) => flag.kind === mark && !isReservation(flag))

/** Where a piece stands is everybody's to say, unless it was put apart or is believed to be stolen or off the books. */
function asksForRight(unit: KnownUnit, act: MarkAct): boolean {
  if (act.do === 'move' || act.do === 'miss') return isApart(unit)
  return act.do !== 'find' || unit.facts.custody.at !== 'missing' || isStolen(unit.facts) || isApart(unit)
}

/** Put apart, or to be: to miss it and to find it elsewhere would be a way around whoever lets it go. */
const isApart = (unit: KnownUnit): boolean => areaOf(unit) === QUARANTINE || areaOf(unit) === RECALL_AREA || hasMark(unit.facts, QUARANTINE)

const isStolen = ({ flags }: UnitFacts): boolean => flags.some(({ kind }) => kind === 'stolen-own')

function carryOut(deed: Deed, unit: KnownUnit, act: MarkAct): Result<null> {
  switch (act.do) {
    case 'mark':
      return mark(deed, unit, act.mark, act.reason)
    case 'unmark':
      return unmark(deed, unit, act.mark, act.reason)
    case 'move':
      return move(deed, unit, act.area)
    case 'miss':
      return ok(sayMissed(deed, unit, {}))
    case 'find':
      return find(deed, unit, act.area, act.reason)
    case 'regrade':
      return regrade(deed, unit, act.condition, act.reason)
    case 'write-off':
      return writeOff(deed, unit, act.why, act.reason)
    default:
      return unreachable(act)
  }
}

function mark(deed: Deed, unit: KnownUnit, kind: StaffMark, reason: string): Result<null> {
  if (hasMark(unit.facts, kind)) return refused('not-in-this-state')
  const flag: Flag = { kind, source: deed.ground.place.name, at: deed.ground.now(), reason, reference: null }
  tell(deed, unit.id, 'flagged', { flag: kind, reason }, (facts) => ({ ...facts, flags: [...facts.flags, flag] }))
  if (kind === QUARANTINE && standsHere(deed, unit)) setArea(deed, unit, QUARANTINE)
  return ok(null)
}

function unmark(deed: Deed, unit: KnownUnit, kind: StaffMark, reason: string): Result<null> {
  if (!liftable(unit.facts).some((flag) => flag.kind === kind)) return refused('not-in-this-state')
  tell(deed, unit.id, 'unflagged', { flag: kind, reason }, (facts) => ({
    ...facts, flags: facts.flags.filter((flag) => flag.kind !== kind || !isOfStaff(flag)),
  }))
  if (kind === QUARANTINE && standsHere(deed, unit) && areaOf(unit) === QUARANTINE) setArea(deed, unit, 'shelf')
  return ok(null)
}

function move(deed: Deed, unit: KnownUnit, area: StoreArea): Result<null> {
  // What is marked as in quarantine leaves it when the mark is lifted, and not by being carried away.
  if (areaOf(unit) === area || hasMark(unit.facts, QUARANTINE)) return refused('not-in-this-state')
  setArea(deed, unit, area)
  return ok(null)
}

/** Another grade is what somebody found who looked at it; who only doubts sends it to be looked at. */
function regrade(deed: Deed, unit: KnownUnit, condition: StockGrade, reason: string): Result<null> {
  if (unit.facts.condition === condition) return refused('not-in-this-state')
  if (condition === 'to-inspect')
    tell(deed, unit.id, 'routed', { place: 'inspection', reason }, (facts) => ({ ...facts, condition, custody: standing(deed, 'returns') }))
  else tell(deed, unit.id, 'inspected', { outcome: 'regraded', condition, reason }, (facts) => ({ ...facts, condition }))
  return ok(null)
}

const setArea = (deed: Deed, unit: KnownUnit, area: string): void =>
  tellWhole(deed, unit, 'moved', { from: areaOf(unit), to: area }, (facts) => ({ ...facts, custody: standing(deed, area) }))

/** A find ends every belief that the piece was gone: a theft from our own stock is lifted with it. */
function find(deed: Deed, unit: KnownUnit, area: StoreArea, reason: string): Result<null> {
  sayFound(deed, unit, area, reason === '' ? {} : { reason })
  if (isStolen(unit.facts))
    tellWhole(deed, unit, 'unflagged', { flag: 'stolen-own', reason }, (facts) => ({ ...facts, flags: facts.flags.filter(({ kind }) => kind !== 'stolen-own') }))
  return ok(null)
}

/** Nobody finds it, nor what is packed with it. `params` tell what it was missed by. */
export function sayMissed(deed: Deed, unit: KnownUnit, params: Params): null {
  tellWhole(deed, unit, 'missed', { from: areaOf(unit), ...params }, (facts) => ({ ...facts, custody: missingHere(deed) }))
  return null
}

/** Somebody has it in the hand, in this store; with it is what is packed with it. */
export function sayFound(deed: Deed, unit: KnownUnit, area: string, params: Params): null {
  tellWhole(deed, unit, 'found', { to: area, ...params }, (facts) => ({ ...facts, custody: standing(deed, area) }))
  return null
}

/** Tells it of the piece and of each that is packed with it. */
function tellWhole(deed: Deed, unit: KnownUnit, kind: EventKind, params: Params, after: (facts: UnitFacts) => UnitFacts): void {
  for (const id of [unit.id, ...partsOf(deed.ground, unit.id).map((part) => part.id)]) tell(deed, id, kind, params, after)
}

/**
 * The piece leaves the books, and with it what is packed with it. One that was stolen is looked for at every till from now on; one that nobody finds may
 * turn up again; what was destroyed, used up or given away is out of trade.
 */
function writeOff(deed: Deed, unit: KnownUnit, why: LossWhy, reason: string): Result<null> {
  if (why === 'stolen') {
    const at = deed.ground.now()
    const flag: Flag = { kind: 'stolen-own', source: deed.ground.place.name, at, reason, reference: null }
    tellWhole(deed, unit, 'lost', { why, reason }, (facts) => ({ ...facts, custody: missingHere(deed) }))
    tellWhole(deed, unit, 'flagged', { flag: 'stolen-own', reason }, (facts) => ({ ...facts, flags: [...facts.flags.filter(({ kind }) => kind !== 'stolen-own'), flag] }))
    return ok(null)
  }
  tellWhole(deed, unit, why === 'not-found' ? 'lost' : 'retired', { why, reason }, (facts) => ({ ...facts, custody: { at: 'retired', why } }))
  return ok(null)
}

const missingHere = ({ ground }: Deed): Custody => ({ at: 'missing', storeId: ground.place.id, since: ground.now() })
const standing = ({ ground }: Deed, area: string): Custody => ({ at: 'in-stock', storeId: ground.place.id, area })
const areaOf = ({ facts: { custody } }: KnownUnit): string => (custody.at === 'in-stock' ? custody.area : '')

const standsHere = ({ ground }: Deed, { facts: { custody, title } }: KnownUnit): boolean =>
  custody.at === 'in-stock' && custody.storeId === ground.place.id && (title.is === 'ours' || title.is === 'returned')
