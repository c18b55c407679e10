import type { Notice } from '../../../contract/notice.ts'
import type { ReturnAction, RefundOffer } from '../../../contract/return-view.ts'
import type { Condition } from '../../../contract/unit.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Found, UnitHit } from '../scans/found.ts'
import { nothingNotice, say } from './say.ts'

/** The whole of a return at the counter; a row of `flows`. */
export interface ReturnState {
  readonly at: 'scan' | 'assess' | 'done' | 'handed-over'
  readonly text: string
  readonly unitId: string | null
  readonly reason: string | null
  readonly condition: Condition | null
  readonly approvedBy: { readonly staffId: string; readonly name: string } | null
  readonly notice: Notice | null
  readonly question: { readonly text: string; readonly unitIds: readonly string[] } | null
  readonly done: {
    readonly returnId: string
    readonly returnNumber: string
    readonly documentId: string
    readonly refund: RefundOffer
    readonly verdict: Verdict
  } | null
  readonly caseId: string | null
}

export const EMPTY_RETURN: ReturnState = {
  at: 'scan',
  text: '',
  unitId: null,
  reason: null,
  condition: null,
  approvedBy: null,
  notice: null,
  question: null,
  done: null,
  caseId: null,
}

export type ReturnInput =
  | Exclude<ReturnAction, { do: 'approve' }>
  | { readonly do: 'approved'; readonly staffId: string; readonly name: string }
  | { readonly do: 'scanned'; readonly found: Found }
  | { readonly do: 'take-unit'; readonly unitId: string; readonly text: string }

/** Read before the step, in the same turn. */
export interface ReturnFacts {
  readonly now: string
  readonly newId: () => string
  /** The unit on the counter and the verdict on its return, decided in this very turn. */
  readonly unit: KnownUnit | null
  readonly verdict: Verdict | null
  readonly refund: RefundOffer | null
  readonly needsApproval: boolean
  readonly nextReturnNumber: string
  readonly reasons: readonly string[]
}

export type ReturnIntent =
  | {
      readonly want: 'record-return'
      readonly returnId: string
      readonly number: string
      readonly documentId: string
      readonly unitId: string
      readonly reason: string
      readonly condition: Condition
      readonly refund: RefundOffer
      readonly approvedBy: string | null
      readonly verdict: Verdict
    }
  | { readonly want: 'record-case'; readonly caseId: string; readonly unitId: string; readonly text: string; readonly verdict: Verdict }

export interface ReturnStep {
  readonly state: ReturnState
  readonly intents: readonly ReturnIntent[]
  readonly refused?: 'not-in-this-state' | 'nothing-to-undo'
}

export type Missing = 'reason' | 'condition' | 'approval'

/** What stands between the piece on the counter and the refund. */
export function missingFor(state: ReturnState, needsApproval: boolean): Missing[] {
  const missing: Missing[] = []
  if (state.reason === null) missing.push('reason')
  if (state.condition === null) missing.push('condition')
  if (needsApproval && state.approvedBy === null) missing.push('approval')
  return missing
}

/** Decides one step of a return. */
export function stepReturn(state: ReturnState, input: ReturnInput, facts: ReturnFacts): ReturnStep {
  const no: ReturnStep = { state, intents: [], refused: 'not-in-this-state' }
  switch (input.do) {
    case 'scanned':
      return scanned(state, input.found, facts)
    case 'take-unit':
      return { state: { ...EMPTY_RETURN, at: 'assess', unitId: input.unitId, text: input.text }, intents: [] }
    case 'choose':
      if (state.at !== 'scan' || !state.question?.unitIds.includes(input.choice)) return no
      return { state: { ...EMPTY_RETURN, at: 'assess', unitId: input.choice, text: state.question.text }, intents: [] }
    case 'dismiss-question':
      return { state: { ...state, question: null }, intents: [] }
    case 'give-reason':
      if (state.at !== 'assess' || !facts.reasons.includes(input.reason)) return no
      return { state: { ...state, reason: input.reason, notice: null }, intents: [] }
    case 'grade':
      if (state.at !== 'assess') return no
      // An approval is given for what was seen: another grade asks for another one.
      return {
        state: { ...state, condition: input.condition, approvedBy: input.condition === state.condition ? state.approvedBy : null, notice: null },
        intents: [],
      }
    case 'approved':
      if (state.at !== 'assess') return no
      return { state: { ...state, approvedBy: { staffId: input.staffId, name: input.name }, notice: null }, intents: [] }
    case 'undo':
      return undo(state)
    case 'refund':
      return refund(state, facts)
    case 'hand-over':
      return handOver(state, facts)
    case 'start-over':
      return { state: EMPTY_RETURN, intents: [] }
    default:
      return unreachable(input)
  }
}

function scanned(state: ReturnState, found: Found, facts: ReturnFacts): ReturnStep {
  if (state.at === 'assess') return scannedWhileAssessing(state, found, facts)
  const fresh = { ...EMPTY_RETURN, text: found.text }
  switch (found.is) {
    case 'unit':
      return { state: { ...fresh, at: 'assess', unitId: found.hit.unit.id }, intents: [] }
    case 'many':
      // Two articles under one number: neither is a piece that can come back.
      return found.hits.length === 0
        ? { state: { ...fresh, notice: say(facts, 'info', 'scan-the-serial', { name: found.text }) }, intents: [] }
        : ask(fresh, found.text, found.hits)
    case 'receipt':
      return fromReceipt(fresh, found, facts)
    case 'product':
      return { state: { ...fresh, notice: productNotice(found, facts) }, intents: [] }
    case 'nothing':
      return { state: { ...fresh, notice: nothingNotice(found, facts) }, intents: [] }
    default:
      return unreachable(found)
  }
}

/** A product code names no piece: a thing with serials wants its serial, a serial of nobody is said, plain goods have none. */
function productNotice(found: Extract<Found, { is: 'product' }>, facts: ReturnFacts): Notice {
  const { name, tracking } = found.product
  if (found.strangeSerial !== null) return say(facts, 'stop', 'unknown-serial', { name, text: found.strangeSerial })
  if (tracking === 'serial') return say(facts, 'info', 'scan-the-serial', { name })
  return say(facts, 'info', 'return-by-receipt', { name })
}

/** The returned unit must be the sold unit: another piece laid down half way starts nothing and changes nothing. */
function scannedWhileAssessing(state: ReturnState, found: Found, facts: ReturnFacts): ReturnStep {
  const same = found.is === 'unit' && found.hit.unit.id === state.unitId
  const notice = same ? say(facts, 'again', 'same-unit') : say(facts, 'stop', 'another-unit')
  return { state: { ...state, notice }, intents: [] }
}

function fromReceipt(fresh: ReturnState, found: Extract<Found, { is: 'receipt' }>, facts: ReturnFacts): ReturnStep {
  const only = found.units.length === 1 ? found.units[0] : undefined
  if (only) return { state: { ...fresh, at: 'assess', unitId: only.unit.id }, intents: [] }
  if (found.units.length === 0)
    return { state: { ...fresh, notice: say(facts, 'info', 'receipt-without-units', { number: found.number }) }, intents: [] }
  return ask(fresh, found.number, found.units)
}

const ask = (fresh: ReturnState, text: string, hits: readonly UnitHit[]): ReturnStep => ({
  state: { ...fresh, question: { text, unitIds: hits.map((hit) => hit.unit.id) } },
  intents: [],
})

function undo(state: ReturnState): ReturnStep {
  if (state.at !== 'assess') return { state, intents: [], refused: 'nothing-to-undo' }
  if (state.approvedBy !== null) return { state: { ...state, approvedBy: null, notice: null }, intents: [] }
  if (state.condition !== null) return { state: { ...state, condition: null, notice: null }, intents: [] }
  if (state.reason !== null) return { state: { ...state, reason: null, notice: null }, intents: [] }
  return { state: EMPTY_RETURN, intents: [] }
}

function refund(state: ReturnState, facts: ReturnFacts): ReturnStep {
  if (state.at !== 'assess' || !facts.unit || !facts.verdict) return { state, intents: [], refused: 'not-in-this-state' }
  if (facts.verdict.outcome === 'refuse' || !facts.refund) return { state, intents: [], refused: 'not-in-this-state' }
  const missing = missingFor(state, facts.needsApproval || facts.verdict.outcome === 'ask-staff')
  if (missing.length > 0 || state.reason === null || state.condition === null)
    return { state: { ...state, notice: say(facts, 'stop', `needs-${missing[0] ?? 'reason'}`) }, intents: [] }
  const done = {
    returnId: facts.newId(),
    returnNumber: facts.nextReturnNumber,
    documentId: facts.newId(),
    refund: facts.refund,
    verdict: facts.verdict,
  }
  return {
    state: { ...state, at: 'done', done, notice: null },
    intents: [
      {
        want: 'record-return',
        returnId: done.returnId,
        number: done.returnNumber,
        documentId: done.documentId,
        unitId: facts.unit.id,
        reason: state.reason,
        condition: state.condition,
        refund: facts.refund,
        approvedBy: state.approvedBy?.staffId ?? null,
        verdict: facts.verdict,
      },
    ],
  }
}

function handOver(state: ReturnState, facts: ReturnFacts): ReturnStep {
  if (state.at !== 'assess' || !facts.unit || !facts.verdict) return { state, intents: [], refused: 'not-in-this-state' }
  const caseId = facts.newId()
  return {
    state: { ...state, at: 'handed-over', caseId, notice: null },
    intents: [{ want: 'record-case', caseId, unitId: facts.unit.id, text: state.text, verdict: facts.verdict }],
  }
}
