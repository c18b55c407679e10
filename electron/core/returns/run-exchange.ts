import { afterWindow, returnRules } from '../../../contract/cautious-return-rules.ts'
import { add, cents, share, ZERO, type Cents } from '../../../contract/money.ts'
import type { Difference, ExchangeAction, ExchangeView, Settlement } from '../../../contract/exchange-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { fullName } from '../../../contract/product-name.ts'
import type { CoverLayer } from '../../../contract/unit.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { openCase } from '../cases/case-files.ts'
import { judgeUnit, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { flowInHand, stepFlow } from '../desk/going-on.ts'
import { keepVerdict } from '../desk/run-sale.ts'
import { holdUnit, releaseUnits } from '../flows/carry-out.ts'
import type { Deed } from '../flows/deed.ts'
import { doubtsOf, mayGoOn, missingIn, stepExchange } from '../flows/exchange.ts'
import {
  EMPTY_EXCHANGE, type ExchangeFacts, type ExchangeInput, type ExchangeIntent, type ExchangePaying, type ExchangeState,
} from '../flows/exchange-state.ts'
import type { Ground } from '../ground.ts'
import { say } from '../flows/say.ts'
import { setBroughtBy } from '../sets/set-of.ts'
import { openFlowOf } from '../store/flows.ts'
import type { Reading, Writing } from '../store/store.ts'
import { approver } from './approver.ts'
import { paidBy } from './bought.ts'
import { askForDifference, atTheTerminal, keepDifferenceBeside, moneyWithoutPieces } from './pay-exchange.ts'
import { finishExchange } from './finish-exchange.ts'
import { NOTHING_LOOKED_AT } from './condition-questions.ts'
import { IN_TIME, lateness, ownWordUpTo } from './return-facts.ts'
import type { ReturnViewParts } from './return-views.ts'
import { proposedRoute } from './routes.ts'
import { settlementOf } from './settlement.ts'

/** The open exchange of this till, begun where there is none or the last one is done. */
export function exchangeInHand(ground: Ground, db: Writing, staffId: string | null): string {
  return flowInHand(ground, db, staffId, { kind: 'exchange', empty: EMPTY_EXCHANGE, isOver: ({ at }) => at === 'done' })
}

export function actExchange(deed: Deed, action: ExchangeAction): Result<null> {
  if (action.do !== 'approve') return runExchange(deed, action)
  const flow = openFlowOf<ExchangeState>(deed.db, deed.flowId, 'exchange')
  if (flow === null) return refused('no-such-flow')
  const { settlement, late } = exchangeFacts(deed, flow.state)
  // Who lets a late piece in answers for the whole of it.
  const stake = settlement === null ? 0 : flow.state.kind === 'exchange' && !late ? Math.max(0, -settlement.difference_cents) : settlement.old_cents
  const by = approver(deed, stake, action.note)
  return by.ok ? runExchange(deed, by.value) : by
}

/** Look, decide, write: one step of an exchange inside the transaction it is called in. */
export function runExchange(deed: Deed, input: ExchangeInput): Result<null> {
  const { ground, db } = deed
  const flow = openFlowOf<ExchangeState>(db, deed.flowId, 'exchange')
  if (flow === null) return refused('no-such-flow')
  const ofASet = setBroughtBy(ground, input)
  if (ofASet !== null) {
    stepFlow(ground, db, flow, { ...flow.state, notice: say(ground, 'stop', 'set-by-return', { name: ofASet.product.name }) })
    return ok(null)
  }
  const step = stepExchange(flow.state, input, exchangeFacts(deed, flow.state))
  if (step.refused) return refused(step.refused)
  let { state } = step
  for (const intent of step.intents) {
    const done = carryOut(deed, state, intent, flow.state.paying ?? null)
    if (!done.ok) return done
    state = done.value
  }
  // The piece that goes is in this cart and in no other.
  if (state.at !== 'paying' && (state.newId !== flow.state.newId || state.at !== flow.state.at)) {
    releaseUnits(deed)
    if (state.at === 'settle' && state.newId !== null && exchangeFacts(deed, state).newVerdict?.outcome !== 'refuse') holdUnit(deed, state.newId)
  }
  stepFlow(ground, db, flow, state)
  return ok(null)
}

function carryOut(deed: Deed, state: ExchangeState, intent: ExchangeIntent, paying: ExchangePaying | null): Result<ExchangeState> {
  switch (intent.want) {
    case 'finish': {
      const done = finish(deed, state, intent)
      if (done.ok) return ok({ ...state, done: done.value })
      return paying === null ? done : ok(moneyWithoutPieces(deed, state, paying))
    }
    case 'ask':
      return askForDifference(deed, state, intent.paying, exchangeFacts(deed, state).old)
    case 'read': case 'ask-again': case 'cancel': case 'take-back': {
      const done = atTheTerminal(deed, intent)
      return done.ok ? ok(state) : done
    }
    default:
      return unreachable(intent)
  }
}

function finish(deed: Deed, state: ExchangeState, { settle, beside }: Extract<ExchangeIntent, { want: 'finish' }>): Result<NonNullable<ExchangeState['done']>> {
  const facts = exchangeFacts(deed, state)
  const { returnId, settlement, tender } = settle
  if (facts.old === null || facts.new === null || state.reason === null || state.condition === null) throw new Error('an exchange knows both its pieces')
  if (beside !== null) {
    const kept = keepDifferenceBeside(deed, settle, beside.code)
    if (!kept.ok) return kept
  }
  for (const [unit, verdict, text] of [[facts.old, facts.oldVerdict, state.oldText], [facts.new, facts.newVerdict, state.newText]] as const)
    if (verdict !== null && !(facts.late && unit === facts.old)) keepVerdict(deed, unit.id, text, verdict, null)
  if (facts.late) keepLate(deed, state, facts)
  const done = finishExchange(deed, {
    returnId, kind: state.kind, old: facts.old, new: facts.new, reason: state.reason, condition: state.condition, settlement, tender,
    next: nextOf(deed.ground, state, facts), cover: coverMoved(facts.old, state.kind), approval: state.approval, late: facts.late,
  })
  return done.ok ? ok({ ...done.value, settlement, tender }) : done
}

/** What somebody took after its window on his own authority is a case, with why. */
function keepLate(deed: Deed, state: ExchangeState, facts: ExchangeFacts): void {
  const note = [state.approval?.name, state.approval?.reason].filter(Boolean).join(' · ')
  openCase(deed, {
    caseId: deed.ground.newId(), kind: 'after-window', unitId: state.oldId, text: state.oldText, verdict: facts.oldVerdict,
    lookedAt: { ...NOTHING_LOOKED_AT, condition: state.condition }, note,
  })
}

const nextOf = (ground: Ground, state: ExchangeState, facts: ExchangeFacts) =>
  state.kind === 'exchange'
    ? proposedRoute(facts.oldVerdict, state.condition, state.reason, returnRules(ground.policy()))
    : proposedRoute(facts.oldVerdict, 'damaged', 'faulty', returnRules(ground.policy()))

/**
 * What goes over to the new piece. A replacement inherits what is left of every layer, and a claim is counted on the one
 * that pays for it (P60); to a piece that is bought anew only a paid plan goes over, because law and maker begin again.
 */
export function coverMoved(old: KnownUnit, kind: ExchangeState['kind']): CoverLayer[] {
  if (kind === 'exchange') return old.facts.cover.filter(({ layer, voidWhy }) => layer === 'plan' && voidWhy === null)
  const pays = old.facts.cover.findIndex(({ voidWhy }) => voidWhy === null)
  return old.facts.cover.map((layer, index) => (index === pays ? { ...layer, claimsUsed: layer.claimsUsed + 1 } : layer))
}

export function exchangeFacts(deed: Pick<Deed, 'ground' | 'db' | 'flowId' | 'staff' | 'terminal'>, state: ExchangeState): ExchangeFacts {
  const { ground, db } = deed
  const policy = ground.policy()
  const old = state.oldId === null ? null : unitOf(ground, state.oldId)
  const next = state.newId === null ? null : unitOf(ground, state.newId)
  const oldVerdict = old && judgeUnit(ground, state.kind === 'warranty-swap' ? 'claim' : 'return', old, deed.flowId).verdict
  const { late, alsoInDoubt } = oldVerdict === null || state.kind !== 'exchange' ? IN_TIME : lateness(ground, oldVerdict)
  return {
    newId: ground.newId, old, new: next, oldVerdict, late, alsoInDoubt,
    newVerdict: next && judgeUnit(ground, 'sell', next, deed.flowId).verdict,
    settlement: old && settlementFor(ground, db, { kind: state.kind, late }, old, next),
    reasons: policy.returns.reasons, acceptedConditions: policy.returns.acceptedConditions,
    ownWordUpTo_cents: ownWordUpTo(ground, deed.staff?.staffId ?? null),
    card: deed.terminal === null ? 'beside' : deed.terminal.byHand ? 'hand' : 'line',
  }
}

/** The same article costs what was paid for it; another one what it costs today. A swap costs nothing. */
function settlementFor(ground: Ground, db: Reading, state: Pick<ExchangeState, 'kind'> & { late: boolean }, old: KnownUnit, next: KnownUnit | null): Settlement | null {
  const { title } = old.facts
  if (title.is !== 'sold' && title.is !== 'transferred') return null
  const { saleId, receiptNumber, paid_cents, tender } = title.purchase
  const tenders = paidBy(db, saleId, { tender, paid_cents })
  const old_cents = cents(Math.min(paid_cents, tenders.reduce((sum, { left_cents }) => sum + left_cents, 0)))
  const { place } = ground
  const same = next === null || state.kind !== 'exchange' || next.product.id === old.product.id
  const new_cents = same ? old_cents : priceWithTax(ground, next)
  const rules = returnRules(ground.policy())
  return settlementOf(
    {
      saleId, receiptNumber, old_cents, new_cents, paidBy: tenders, currency: place.currency, cashStep: place.cash_step,
      backAs: state.late ? afterWindow(rules).payAs : 'original',
    },
    rules,
  )
}

/** What a customer pays for a piece, also where its price is net: what was paid is compared with what would be. */
function priceWithTax({ place }: Ground, { price_cents, product }: KnownUnit): Cents {
  const price = cents(price_cents)
  return place.tax_inclusive === 1 ? price : add(price, share(price, product.tax_bp))
}

function differencesOf(ground: Ground, old: KnownUnit, next: KnownUnit): Difference[] {
  const produced = (unit: KnownUnit): string => ground.mirror.unit(unit.id)?.producedOn ?? ''
  const cover = (unit: KnownUnit): string => unit.facts.cover.map(({ layer, end }) => `${layer} ${end}`).join(', ')
  const row = (what: Difference['what'], one: string, other: string): Difference => ({ what, old: one, new: other, differs: one !== other })
  return [
    row('product', fullName(old.product.brand, old.product.name), fullName(next.product.brand, next.product.name)),
    row('variant', old.product.variant, next.product.variant),
    row('condition', old.facts.condition, next.facts.condition),
    row('produced', produced(old), produced(next)),
    row('price', String(old.facts.title.is === 'sold' ? old.facts.title.purchase.paid_cents : priceWithTax(ground, old)), String(priceWithTax(ground, next))),
    row('cover', cover(old), cover(next)),
  ]
}

/** The exchange as the window draws it. */
export function exchangeView(
  ground: Ground, flowId: string, state: ExchangeState, facts: ExchangeFacts, parts: Pick<ReturnViewParts, 'card' | 'print' | 'question' | 'progress'>,
): ExchangeView {
  const head = { flowId, kind: state.kind, notice: state.notice }
  const question = parts.question(state.question)
  const { old, oldVerdict } = facts
  if (state.at === 'old' || old === null || oldVerdict === null) return { at: 'old', ...head, question }
  if (state.at === 'new' || facts.new === null || facts.newVerdict === null)
    return { at: 'new', ...head, question, old: parts.card(old), verdict: oldVerdict, mayGoOn: mayGoOn(facts) }
  const both = { old: parts.card(old), new: parts.card(facts.new) }
  if (state.at === 'paying' && state.paying) {
    const { attemptId, way, amount_cents, by, outcome, settle } = state.paying
    const progress = outcome === 'asked' && by === 'line' ? parts.progress : null
    return { at: 'paying', ...head, ...both, attemptId, way, amount_cents, currency: settle.settlement.currency, by, outcome, progress }
  }
  if (state.at === 'done' && state.done !== null) {
    const { documentId, number, settlement, tender, credits } = state.done
    return { at: 'done', ...head, ...both, number, settlement, tender, credits: [...credits], next: nextOf(ground, state, facts), documentId, print: parts.print(documentId) }
  }
  return {
    at: 'settle', ...head, ...both, oldVerdict, newVerdict: facts.newVerdict, differences: differencesOf(ground, old, facts.new),
    cover: coverMoved(old, state.kind), settlement: facts.settlement ?? NOTHING_OWED(ground), reasonChoices: [...facts.reasons], reason: state.reason,
    conditionChoices: ['new', 'open-box', 'damaged', 'parts-missing'], condition: state.condition, next: nextOf(ground, state, facts),
    missing: missingIn(state, facts), approvalFor: doubtsOf(state, facts), approvedBy: state.approval?.name ?? null,
  }
}

const NOTHING_OWED = (ground: Ground): Settlement => ({
  currency: ground.place.currency, old_cents: ZERO, new_cents: ZERO, difference_cents: ZERO, cash_cents: ZERO, back: null,
})
