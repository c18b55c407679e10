import type { ApprovalFor } from '../../../contract/return-view.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { CategoryQuestions } from '../../../contract/return-rules.ts'
import type { TradeInAction, TradeInMissing, TradeInPay } from '../../../contract/trade-in-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { gradeOf, NOTHING_LOOKED_AT, notCounted, stopsAt, unanswered, type LookedAt } from '../returns/condition-questions.ts'
import type { Found } from '../scans/found.ts'
import { nothingNotice, say } from './say.ts'

/** What a customer offers for sale; a row of `flows`. Of the person nothing is in it. */
export interface TradeInState {
  readonly at: 'scan' | 'assess' | 'done' | 'handed-over'
  readonly unitId: string | null
  /** The article of a piece we have never had, and the number on it. */
  readonly productId: string | null
  readonly serial: string
  readonly text: string
  readonly seen: LookedAt
  readonly payAs: TradeInPay | null
  readonly signed: boolean
  readonly identitySeen: boolean
  readonly approval: { readonly staffId: string; readonly name: string; readonly reason: string; readonly covers: readonly ApprovalFor[] } | null
  readonly notice: Notice | null
  readonly question: { readonly text: string; readonly unitIds: readonly string[] } | null
  readonly done: {
    readonly number: string
    readonly documentId: string
    readonly amount_cents: number
    readonly payAs: TradeInPay
    readonly credits: readonly string[]
  } | null
  readonly caseId: string | null
}

export const EMPTY_TRADE_IN: TradeInState = {
  at: 'scan', unitId: null, productId: null, serial: '', text: '', seen: NOTHING_LOOKED_AT, payAs: null, signed: false, identitySeen: false,
  approval: null, notice: null, question: null, done: null, caseId: null,
}

export type TradeInInput =
  | Exclude<TradeInAction, { do: 'approve' }>
  | { readonly do: 'approved'; readonly staffId: string; readonly name: string; readonly reason: string }
  | { readonly do: 'scanned'; readonly found: Found }
  | { readonly do: 'take-unit'; readonly unitId: string; readonly text: string }

export interface TradeInFacts {
  readonly newId: () => string
  readonly verdict: Verdict | null
  readonly asked: CategoryQuestions
  /** Null where the shop buys no such thing in this condition. */
  readonly offer_cents: number | null
  readonly approvalFrom_cents: number
}

export interface TradeInStep {
  readonly state: TradeInState
  readonly intents: readonly ({ readonly want: 'buy'; readonly amount_cents: number; readonly payAs: TradeInPay } | { readonly want: 'hand-over'; readonly caseId: string })[]
  readonly refused?: 'not-in-this-state'
}

/** Why somebody has to answer for buying it. */
export function doubtsOf(state: TradeInState, facts: TradeInFacts): ApprovalFor[] {
  const why: ApprovalFor[] = []
  if (facts.verdict?.outcome === 'ask-staff' || stopsAt(facts.asked, state.seen) !== null) why.push('verdict')
  if (facts.offer_cents !== null && facts.offer_cents >= facts.approvalFrom_cents) why.push('amount')
  return why
}

export function missingFor(state: TradeInState, facts: TradeInFacts): TradeInMissing[] {
  const missing: TradeInMissing[] = []
  if (state.seen.condition === null) missing.push('condition')
  if (unanswered(facts.asked, state.seen).length > 0) missing.push('answers')
  if (notCounted(facts.asked, state.seen).length > 0) missing.push('accessories')
  if (state.payAs === null) missing.push('pay-as')
  if (!state.signed) missing.push('signed')
  if (!state.identitySeen) missing.push('identity')
  if (doubtsOf(state, facts).some((why) => state.approval?.covers.includes(why) !== true)) missing.push('approval')
  return missing
}

/** Decides one step of a trade-in. Pure. */
export function stepTradeIn(state: TradeInState, input: TradeInInput, facts: TradeInFacts): TradeInStep {
  const no: TradeInStep = { state, intents: [], refused: 'not-in-this-state' }
  const to = (change: Partial<TradeInState>): TradeInStep => ({ state: { ...state, notice: null, ...change }, intents: [] })
  const look = (change: Partial<LookedAt>): TradeInStep => (state.at === 'assess' ? to({ seen: { ...state.seen, ...change }, approval: null }) : no)
  // What is bought and paid for is over; what comes next is a trade-in of its own.
  if (state.at === 'done') return no
  switch (input.do) {
    case 'scanned':
      return { state: scanned(state, input.found, facts), intents: [] }
    case 'take-unit':
      return { state: laidDown(input.unitId, input.text), intents: [] }
    case 'choose':
      return state.question?.unitIds.includes(input.choice) === true ? { state: laidDown(input.choice, state.question.text), intents: [] } : no
    case 'dismiss-question':
      return to({ question: null })
    case 'grade':
      return look({ condition: input.condition })
    case 'answer':
      return facts.asked.questions.some(({ id }) => id === input.question) ? look({ answers: { ...state.seen.answers, [input.question]: input.good } }) : no
    case 'count-accessory': {
      const without = (list: readonly string[]) => list.filter((id) => id !== input.accessory)
      const present = without(state.seen.present)
      const absent = without(state.seen.absent)
      return look(input.here ? { present: [...present, input.accessory], absent } : { present, absent: [...absent, input.accessory] })
    }
    case 'all-in-order':
      return look({ answers: Object.fromEntries(facts.asked.questions.map(({ id }) => [id, true])), present: facts.asked.accessories.map(({ id }) => id), absent: [] })
    case 'pay-as':
      return state.at === 'assess' ? to({ payAs: input.as }) : no
    case 'signed':
      return state.at === 'assess' ? to({ signed: input.signed }) : no
    case 'identity-seen':
      return state.at === 'assess' ? to({ identitySeen: input.seen }) : no
    case 'approved':
      return state.at === 'assess' ? to({ approval: { staffId: input.staffId, name: input.name, reason: input.reason, covers: doubtsOf(state, facts) } }) : no
    case 'buy':
      return buy(state, facts)
    case 'hand-over': {
      if (state.at !== 'assess') return no
      const caseId = facts.newId()
      return { state: { ...state, at: 'handed-over', caseId, notice: null }, intents: [{ want: 'hand-over', caseId }] }
    }
    case 'start-over':
      return { state: EMPTY_TRADE_IN, intents: [] }
    default:
      return unreachable(input)
  }
}

const laidDown = (unitId: string, text: string): TradeInState => ({ ...EMPTY_TRADE_IN, at: 'assess', unitId, serial: text, text })

function scanned(state: TradeInState, found: Found, facts: TradeInFacts): TradeInState {
  if (state.at === 'assess') return { ...state, notice: say(facts, 'stop', 'another-unit') }
  const fresh = { ...EMPTY_TRADE_IN, text: found.text }
  switch (found.is) {
    case 'unit':
      return laidDown(found.hit.unit.id, found.text)
    case 'many':
      return found.hits.length === 0
        ? { ...fresh, notice: say(facts, 'info', 'scan-the-serial', { name: found.text }) }
        : { ...fresh, question: { text: found.text, unitIds: found.hits.map((hit) => hit.unit.id) } }
    case 'product':
      if (found.strangeSerial === null) return { ...fresh, notice: say(facts, 'info', 'scan-the-serial', { name: found.product.name }) }
      return { ...fresh, at: 'assess', productId: found.product.id, serial: found.strangeSerial }
    case 'receipt':
      return { ...fresh, notice: say(facts, 'info', 'scan-the-serial', { name: found.number }) }
    case 'nothing':
      return { ...fresh, notice: nothingNotice(found, facts) }
    default:
      return unreachable(found)
  }
}

function buy(state: TradeInState, facts: TradeInFacts): TradeInStep {
  const { offer_cents, verdict } = facts
  if (state.at !== 'assess' || verdict === null || verdict.outcome === 'refuse' || offer_cents === null || gradeOf(facts.asked, state.seen) === null)
    return { state, intents: [], refused: 'not-in-this-state' }
  const [first] = missingFor(state, facts)
  if (first !== undefined || state.payAs === null) return { state: { ...state, notice: say(facts, 'stop', `needs-${first ?? 'pay-as'}`) }, intents: [] }
  return { state: { ...state, at: 'done', notice: null }, intents: [{ want: 'buy', amount_cents: offer_cents, payAs: state.payAs }] }
}
