import type { CheckAction } from '../../../contract/check-view.ts'
import type { Notice } from '../../../contract/notice.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { Found } from '../scans/found.ts'
import { nothingNotice, say } from './say.ts'

/** A check of any piece, without a sale or a return; a row of `flows`. */
export interface CheckState {
  readonly at: 'scan' | 'result'
  readonly text: string
  readonly unitId: string | null
  readonly verdict: Verdict | null
  readonly notice: Notice | null
  readonly question: { readonly text: string; readonly unitIds: readonly string[] } | null
}

export const EMPTY_CHECK: CheckState = { at: 'scan', text: '', unitId: null, verdict: null, notice: null, question: null }

export type CheckInput =
  | CheckAction
  | { readonly do: 'scanned'; readonly found: Found }
  | { readonly do: 'take-unit'; readonly unitId: string; readonly text: string }
  /** Somebody outside has answered about the piece that is shown. */
  | { readonly do: 'heard' }

export interface CheckFacts {
  readonly newId: () => string
  /** The ISO day, against which the end of a lot is held. */
  readonly today: string
  /** The recall that means goods without numbers, by the article and the lot. */
  readonly recallOf: (productId: string, lot: string | null) => string | null
  /** Decides on a unit, or on a number that no unit answers to. */
  readonly verdictOn: (about: { unitId: string } | { found: Found }) => Verdict
}

export type CheckIntent = {
  readonly want: 'keep-check'
  readonly unitId: string | null
  readonly text: string
  readonly verdict: Verdict
}

export interface CheckStep {
  readonly state: CheckState
  readonly intents: readonly CheckIntent[]
  readonly refused?: 'not-in-this-state'
}

export function stepCheck(state: CheckState, input: CheckInput, facts: CheckFacts): CheckStep {
  switch (input.do) {
    case 'scanned':
      return scanned(input.found, facts)
    case 'take-unit':
      return result(input.unitId, input.text, facts.verdictOn({ unitId: input.unitId }))
    case 'choose':
      if (!state.question?.unitIds.includes(input.choice)) return { state, intents: [], refused: 'not-in-this-state' }
      return result(input.choice, state.question.text, facts.verdictOn({ unitId: input.choice }))
    case 'heard':
      if (state.at !== 'result' || state.unitId === null) return { state, intents: [], refused: 'not-in-this-state' }
      return result(state.unitId, state.text, facts.verdictOn({ unitId: state.unitId }))
    case 'dismiss-question':
      return { state: { ...state, question: null }, intents: [] }
    case 'start-over':
      return { state: EMPTY_CHECK, intents: [] }
    default:
      return unreachable(input)
  }
}

function scanned(found: Found, facts: CheckFacts): CheckStep {
  switch (found.is) {
    case 'unit':
      return result(found.hit.unit.id, found.text, facts.verdictOn({ unitId: found.hit.unit.id }))
    case 'many':
      if (found.hits.length === 0) return result(null, found.text, facts.verdictOn({ found }))
      return ask(found.text, found.hits.map((hit) => hit.unit.id))
    case 'receipt':
      return found.units.length === 1 && found.units[0]
        ? result(found.units[0].unit.id, found.number, facts.verdictOn({ unitId: found.units[0].unit.id }))
        : ask(found.number, found.units.map((hit) => hit.unit.id))
    case 'product':
      if (found.strangeSerial !== null) return result(null, found.text, facts.verdictOn({ found }))
      return { state: { ...EMPTY_CHECK, notice: goodsNotice(found, facts) }, intents: [] }
    case 'nothing':
      if (found.why === 'card-number' || found.why === 'withdrawn') return { state: { ...EMPTY_CHECK, notice: nothingNotice(found, facts) }, intents: [] }
      return result(null, found.text, facts.verdictOn({ found }))
    default:
      return unreachable(found)
  }
}

/** Goods without a number of their own have no life to look up: what can be said of them is said at once. */
function goodsNotice({ product, lot, expiry }: Extract<Found, { is: 'product' }>, facts: CheckFacts): Notice {
  const { name } = product
  const campaign = product.tracking === 'serial' ? null : facts.recallOf(product.id, lot)
  if (campaign !== null) return say(facts, 'stop', 'recalled', { name, campaign })
  switch (product.tracking) {
    case 'serial':
      return say(facts, 'info', 'scan-the-serial', { name })
    case 'none':
      return say(facts, 'info', 'plain-goods', { name })
    case 'service':
      return say(facts, 'info', 'a-service', { name })
    case 'lot':
      if (lot === null) return say(facts, 'info', 'scan-the-lot', { name })
      if (expiry === null) return say(facts, 'info', 'lot-without-end', { name, lot })
      return expiry < facts.today
        ? say(facts, 'stop', 'expired-lot', { name, lot, date: expiry })
        : say(facts, 'good', 'lot-good-until', { name, lot, date: expiry })
    default:
      return unreachable(product.tracking)
  }
}

const ask = (text: string, unitIds: readonly string[]): CheckStep => ({
  state: { ...EMPTY_CHECK, text, question: { text, unitIds } },
  intents: [],
})

const result = (unitId: string | null, text: string, verdict: Verdict): CheckStep => ({
  state: { ...EMPTY_CHECK, at: 'result', unitId, text, verdict },
  intents: [{ want: 'keep-check', unitId, text, verdict }],
})
