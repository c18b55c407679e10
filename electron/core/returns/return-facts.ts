import { cents, ZERO, type Cents } from '../../../contract/money.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { dayIn, daysBetween } from '../../../contract/days.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { judgeStranger, judgeUnit, unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import { peekNumber, RETURN_SERIES } from '../flows/numbers.ts'
import type { Piece, PieceFacts, ReceiptLineFacts, ReturnFacts, ReturnState } from '../flows/return-state.ts'
import type { Ground } from '../ground.ts'
import { staffOf } from '../people/staff.ts'
import { expectedCash, openShift } from '../store/shifts.ts'
import type { Reading } from '../store/store.ts'
import { daysTooLate, hasOtherDoubt } from '../../../contract/verdicts/only-late.ts'
import { cutOff } from '../../../contract/verdicts/staleness.ts'
import { differingParts } from '../sets/part-numbers.ts'
import { partsOf, wholeOf } from '../sets/set-of.ts'
import { recallOfGoods } from '../recalls/campaigns.ts'
import { boughtLine, linesOfReceipt, paidBy } from './bought.ts'
import { questionsFor, type LookedAt } from './condition-questions.ts'
import { mayTakeUnrecorded, returnerOf } from './how-often.ts'
import { worthOf } from './refund-plan.ts'
import { afterWindow, ownWordOf, returnRules } from '../../../contract/cautious-return-rules.ts'

/** Everything a step of the counter's return may know, read in the turn of the step. */
export function returnFacts(deed: Pick<Deed, 'ground' | 'db' | 'flowId' | 'staff' | 'terminal'>, state: ReturnState): ReturnFacts {
  const { ground, db } = deed
  const policy = ground.policy()
  const rules = returnRules(policy)
  const now = ground.now()
  return {
    now,
    newId: ground.newId,
    pieces: new Map(state.pieces.map((piece) => {
      const known = factsOfPiece(ground, db, deed.flowId, piece)
      return [piece.pieceId, { ...known, returner: returnerOf(ground, db, rules, { saleId: known.sale.saleId, unitId: known.unit?.id ?? null }) }]
    })),
    linesOf: (receipt) => receiptLines(ground, db, receipt),
    setOf: (unitId) => soldSetOf(ground, unitId),
    rules,
    acceptedConditions: policy.returns.acceptedConditions,
    ownWordUpTo_cents: ownWordUpTo(ground, deed.staff?.staffId ?? null),
    ...cashBackLimit(ground, now),
    currency: ground.place.currency,
    cashStep: ground.place.cash_step,
    nextReturnNumber: peekNumber(ground, db, RETURN_SERIES),
    reasons: policy.returns.reasons,
    card: deed.terminal === null ? 'beside' : deed.terminal.byHand ? 'hand' : 'line',
    mayTakeStranger: mayTakeUnrecorded(ground, db, rules),
    cashInDrawer_cents: cashInDrawer(db),
  }
}

/** A seat that is cut off from the centre gives less cash back on its own word. */
function cashBackLimit(ground: Ground, now: string): Pick<ReturnFacts, 'cashBackUpTo_cents'> {
  const rule = cutOff(ground, ground.mirror.about('as_of'), ground.policy(), now)
  return rule === null ? {} : { cashBackUpTo_cents: rule.cashBackUpTo_cents }
}

/** What the drawer of the open shift should hold; null where none is open, or it began with a drawer nobody counted. */
function cashInDrawer(db: Reading): number | null {
  const shift = openShift(db)
  return shift === null || shift.float_cents === 0 ? null : expectedCash(db, shift)
}

/** The most a person may give back on his own word. */
export function ownWordUpTo(ground: Ground, staffId: string | null): number {
  return ownWordOf(ground.policy(), staffOf(ground).find((person) => person.id === staffId)?.role ?? null)
}

/** Whether a person may answer for a refund of this amount. */
export function mayApprove(ground: Ground, staffId: string, amount_cents: number): boolean {
  const role = staffOf(ground).find((person) => person.id === staffId)?.role
  if (role === undefined) return false
  return amount_cents <= (returnRules(ground.policy()).approveUpTo_cents[role] ?? Number.POSITIVE_INFINITY)
}

const receiptLines = (ground: Ground, db: Reading, receipt: string): ReceiptLineFacts[] =>
  linesOfReceipt(ground, db, receipt).map(({ lineId, unitId, productId, bought, returned }) => ({ lineId, unitId, productId, left: bought - returned }))

/** A set as it was sold: only what left on the same receipt and is still out comes back with it. */
function soldSetOf(ground: Ground, unitId: string): ReturnType<ReturnFacts['setOf']> {
  const unit = unitOf(ground, unitId)
  if (unit === null) return { partIds: [], whole: null, name: '' }
  const sale = saleOf(unit)
  const whole = wholeOf(ground, unit)
  return {
    partIds: sale === null ? [] : partsOf(ground, unitId).filter((part) => saleOf(part) === sale).map(({ id }) => id),
    whole: whole === null || sale === null || saleOf(whole) !== sale ? null : { name: whole.product.name }, name: unit.product.name,
  }
}

const saleOf = ({ facts: { title } }: KnownUnit): string | null =>
  title.is === 'sold' || title.is === 'transferred' ? title.purchase.saleId : null

function factsOfPiece(ground: Ground, db: Reading, flowId: string, piece: Piece): PieceFacts {
  switch (piece.is) {
    case 'unit':
      return factsOfUnit(ground, db, flowId, piece.unitId ?? '', piece.seen)
    case 'goods':
      return factsOfGoods(ground, db, piece)
    default:
      return factsOfStranger(ground, flowId, piece)
  }
}

const NO_SALE = { saleId: null, receiptNumber: null, paidBy: [] } as const
/** What comes in its window, or is asked nothing of the kind. */
export const IN_TIME = { late: false, alsoInDoubt: false } as const

function factsOfUnit(ground: Ground, db: Reading, flowId: string, unitId: string, seen: LookedAt): PieceFacts {
  const unit = unitOf(ground, unitId)
  const asked = questionsFor(ground.policy(), unit?.product.category ?? '*')
  if (unit === null) return { unit, product: null, verdict: null, worth_cents: null, whyNot: 'unknown-code', left: 0, sale: NO_SALE, asked, ...IN_TIME }
  const { verdict } = judgeUnit(ground, 'return', unit, flowId, { contradictions: differingParts(ground, unit, seen.parts).length > 0 ? ['part-differs'] : [] })
  const { title } = unit.facts
  // A piece we know and of whose sale nobody has a record: sold before this system, or on a paper that is lost.
  if (title.is === 'unknown')
    return { unit, product: unit.product, verdict, worth_cents: worthWithoutRecord(ground, unit.product.price_cents), whyNot: null, left: 1, sale: NO_SALE, asked, ...IN_TIME }
  if (title.is !== 'sold' && title.is !== 'transferred')
    return { unit, product: unit.product, verdict, worth_cents: null, whyNot: null, left: 0, sale: NO_SALE, asked, ...IN_TIME }
  const { saleId, receiptNumber, paid_cents, tender } = title.purchase
  const tenders = paidBy(db, saleId, { tender, paid_cents })
  return {
    unit, product: unit.product, verdict, whyNot: null, left: 1, asked, sale: { saleId, receiptNumber, paidBy: tenders },
    worth_cents: cents(Math.min(paid_cents, leftOf(tenders))), ...lateness(ground, verdict),
  }
}

/** A piece that only its window refuses may be taken out of goodwill, as long as the rules know any. */
export function lateness(ground: Ground, verdict: Verdict): Pick<PieceFacts, 'late' | 'alsoInDoubt'> {
  const days = daysTooLate(verdict, ground.seat)
  const late = days !== null && days <= afterWindow(returnRules(ground.policy())).days
  return { late, alsoInDoubt: late && hasOtherDoubt(verdict, ground.seat) }
}

const leftOf = (tenders: PieceFacts['sale']['paidBy']): number => tenders.reduce((sum, { left_cents }) => sum + left_cents, 0)

function factsOfGoods(ground: Ground, db: Reading, piece: Piece): PieceFacts {
  const line = boughtLine(ground, db, piece.lineId ?? '')
  const product = ground.mirror.product(piece.productId ?? '')
  const asked = questionsFor(ground.policy(), product?.category ?? '*')
  const none = { unit: null, product, verdict: null, asked, ...IN_TIME }
  if (line === null || product === null) return { ...none, worth_cents: null, whyNot: 'unknown-code', left: 0, sale: NO_SALE }
  const tenders = paidBy(db, line.saleId, null)
  const sale = { saleId: line.saleId, receiptNumber: line.receiptNumber, paidBy: tenders }
  const left = line.bought - line.returned
  const { time_zone } = ground.place
  const gone = daysBetween(dayIn(line.soldAt, time_zone), dayIn(ground.now(), time_zone))
  const over = gone - windowOf(ground, product.category)
  const late = over > 0 && over <= afterWindow(returnRules(ground.policy())).days
  if (over > 0 && !late) return { ...none, worth_cents: null, whyNot: 'window-over', left, sale }
  const worth = worthOf(line.paid_cents, line.bought, line.returned, piece.quantity)
  const isRecalled = recallOfGoods(ground.mirror.reading, product.id, line.lot ?? null) !== null
  return { ...none, late, isRecalled, worth_cents: cents(Math.min(worth, leftOf(tenders))), whyNot: null, left, sale }
}

function windowOf(ground: Ground, category: string): number {
  const { windows } = ground.policy().returns
  return (windows.find((entry) => entry.category === category) ?? windows.find((entry) => entry.category === '*'))?.days ?? 0
}

function factsOfStranger(ground: Ground, flowId: string, piece: Piece): PieceFacts {
  const product = ground.mirror.product(piece.productId ?? '')
  const asked = questionsFor(ground.policy(), product?.category ?? '*')
  if (product === null) return { unit: null, product, verdict: null, worth_cents: null, whyNot: 'unknown-code', left: 0, sale: NO_SALE, asked, ...IN_TIME }
  const found = { is: 'product', text: piece.text, product, lot: null, expiry: null, strangeSerial: piece.serial } as const
  return {
    unit: null, product, whyNot: null, left: 1, sale: NO_SALE, asked, ...IN_TIME, verdict: judgeStranger(ground, 'return', found, flowId).verdict,
    worth_cents: worthWithoutRecord(ground, product.price_cents),
  }
}

/** What the rules allow for one thing nobody has a record of. */
export function worthWithoutRecord(ground: Ground, price_cents: number): Cents {
  const { upTo_cents, percentOfPrice } = returnRules(ground.policy()).withoutRecord
  const share = Math.floor((price_cents * percentOfPrice) / 100)
  return share <= 0 ? ZERO : cents(Math.min(share, upTo_cents))
}
