import type { Language } from '../../../contract/ids.ts'
import type { KioskAction } from '../../../contract/kiosk-view.ts'
import type { RefundOffer } from '../../../contract/return-view.ts'
import type { Condition, TenderKind } from '../../../contract/unit.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { Found } from '../scans/found.ts'
import type { ReturnIntent } from './return.ts'

/** A customer alone at the kiosk: return and check, nothing else; a row of `flows` until it is wiped. */
export interface KioskState {
  readonly at: 'start' | 'choose-task' | 'scan' | 'answer' | 'questions' | 'confirm' | 'done' | 'colleague'
  readonly language: Language
  readonly task: 'return' | 'check'
  readonly remark: string | null
  readonly text: string
  readonly unitId: string | null
  readonly verdict: Verdict | null
  readonly reason: string | null
  readonly condition: Condition | null
  readonly done: { readonly returnId: string; readonly returnNumber: string; readonly documentId: string; readonly refund: RefundOffer } | null
  readonly caseId: string | null
}

export const KIOSK_START: KioskState = {
  at: 'start',
  language: 'en',
  task: 'return',
  remark: null,
  text: '',
  unitId: null,
  verdict: null,
  reason: null,
  condition: null,
  done: null,
  caseId: null,
}

export type KioskInput = KioskAction | { readonly do: 'scanned'; readonly found: Found } | { readonly do: 'heard' }

export interface KioskFacts {
  readonly newId: () => string
  readonly verdictOn: (unitId: string, task: 'return' | 'check') => Verdict
  readonly refundOf: (unitId: string) => RefundOffer | null
  readonly refundUpTo_cents: number
  /** Whether this kiosk can really give money back that way. */
  readonly canGiveBack: (to: TenderKind) => boolean
  readonly acceptedConditions: readonly Condition[]
  readonly reasons: readonly string[]
  readonly nextReturnNumber: string
  /** False when the hour's checks are used up: a kiosk is no oracle for thieves. */
  readonly mayCheck: boolean
}

/** `call` is a customer who wants a person before anything was scanned. */
export type KioskIntent =
  | ReturnIntent
  | { readonly want: 'call'; readonly caseId: string }
  | { readonly want: 'keep-check'; readonly unitId: string; readonly text: string; readonly verdict: Verdict }

export interface KioskStep {
  readonly state: KioskState
  readonly intents: readonly KioskIntent[]
  readonly refused?: 'not-in-this-state'
}

export function stepKiosk(state: KioskState, input: KioskInput, facts: KioskFacts): KioskStep {
  const to = (next: Partial<KioskState>): KioskStep => ({ state: { ...state, remark: null, ...next }, intents: [] })
  const no: KioskStep = { state, intents: [], refused: 'not-in-this-state' }
  switch (input.do) {
    case 'scanned':
      return scanned(state, input.found, facts)
    case 'heard':
      return heard(state, facts)
    case 'begin':
      return { state: { ...KIOSK_START, at: 'choose-task', language: input.language }, intents: [] }
    case 'choose-task':
      return state.at === 'choose-task' ? to({ at: 'scan', task: input.task }) : no
    case 'give-reason':
      return state.at === 'questions' && facts.reasons.includes(input.reason) ? to({ reason: input.reason }) : no
    case 'grade':
      return state.at === 'questions' ? to({ condition: input.condition }) : no
    case 'next':
      return next(state, facts)
    case 'refund':
      return refund(state, facts)
    case 'back':
      return back(state)
    case 'call-colleague':
      return state.at === 'start' || state.at === 'colleague' ? no : colleague(state, facts)
    case 'more-time':
      return { state, intents: [] }
    case 'finish':
      return { state: { ...KIOSK_START }, intents: [] }
    default:
      return unreachable(input)
  }
}

function scanned(state: KioskState, found: Found, facts: KioskFacts): KioskStep {
  if (state.at !== 'scan') return { state, intents: [] }
  if (found.is !== 'unit') {
    const remark = found.is === 'nothing' && found.why === 'bad-check-digit' ? 'try-again' : found.is === 'product' ? 'scan-the-serial' : 'not-found'
    return { state: { ...state, remark }, intents: [] }
  }
  if (!facts.mayCheck) return colleague({ ...state, text: found.text }, facts)
  const unitId = found.hit.unit.id
  const verdict = facts.verdictOn(unitId, state.task)
  // What was said of the piece before is not said of this one.
  const seen = { ...state, remark: null, unitId, verdict, text: found.text, reason: null, condition: null }
  const keep = { want: 'keep-check', unitId, text: found.text, verdict } as const
  if (verdict.quiet || (state.task === 'return' && !mayRefund(unitId, verdict, facts))) return colleague(seen, facts)
  return { state: { ...seen, at: 'answer' }, intents: [keep] }
}

/** Somebody outside has answered: what it changes for a customer alone is that a colleague comes. */
function heard(state: KioskState, facts: KioskFacts): KioskStep {
  if (state.unitId === null || (state.at !== 'answer' && state.at !== 'questions' && state.at !== 'confirm')) return { state, intents: [] }
  const verdict = facts.verdictOn(state.unitId, state.task)
  const seen = { ...state, verdict }
  if (verdict.quiet || (state.task === 'return' && !mayRefund(state.unitId, verdict, facts))) return colleague(seen, facts)
  return { state: seen, intents: [] }
}

function mayRefund(unitId: string, verdict: Verdict, facts: KioskFacts): boolean {
  const refund = facts.refundOf(unitId)
  // What a kiosk cannot pay out it does not promise, and a recalled piece deserves a person.
  return (
    verdict.outcome === 'accept' &&
    verdict.findings.recall.answer !== 'affected' &&
    refund !== null &&
    facts.canGiveBack(refund.to) &&
    refund.amount_cents <= facts.refundUpTo_cents
  )
}

function next(state: KioskState, facts: KioskFacts): KioskStep {
  if (state.at === 'answer' && state.task === 'check') return { state: { ...KIOSK_START }, intents: [] }
  if (state.at === 'answer') return { state: { ...state, at: 'questions', remark: null }, intents: [] }
  if (state.at !== 'questions') return { state, intents: [], refused: 'not-in-this-state' }
  if (state.reason === null || state.condition === null) return { state: { ...state, remark: 'answer-both' }, intents: [] }
  if (!facts.acceptedConditions.includes(state.condition)) return colleague(state, facts)
  return { state: { ...state, at: 'confirm', remark: null }, intents: [] }
}

function refund(state: KioskState, facts: KioskFacts): KioskStep {
  if (state.at !== 'confirm' || state.unitId === null || state.reason === null || state.condition === null)
    return { state, intents: [], refused: 'not-in-this-state' }
  // Decided again in this very turn: what changed while the customer was reading goes to a colleague.
  const verdict = facts.verdictOn(state.unitId, 'return')
  const offer = facts.refundOf(state.unitId)
  if (!mayRefund(state.unitId, verdict, facts) || offer === null) return colleague({ ...state, verdict }, facts)
  const done = { returnId: facts.newId(), returnNumber: facts.nextReturnNumber, documentId: facts.newId(), refund: offer }
  return {
    state: { ...state, at: 'done', verdict, done },
    intents: [
      {
        want: 'record-return',
        returnId: done.returnId,
        number: done.returnNumber,
        documentId: done.documentId,
        unitId: state.unitId,
        reason: state.reason,
        condition: state.condition,
        refund: offer,
        approvedBy: null,
        verdict,
      },
    ],
  }
}

function back(state: KioskState): KioskStep {
  const before = { 'choose-task': 'start', scan: 'choose-task', answer: 'scan', questions: 'answer', confirm: 'questions' } as const
  if (state.at === 'start' || state.at === 'done' || state.at === 'colleague') return { state, intents: [], refused: 'not-in-this-state' }
  return { state: { ...state, at: before[state.at], remark: null }, intents: [] }
}

/** The warm hand-over, the same words for every cause: nobody is accused. */
function colleague(state: KioskState, facts: KioskFacts): KioskStep {
  const caseId = facts.newId()
  return {
    state: { ...state, at: 'colleague', caseId, remark: null },
    intents:
      state.unitId !== null && state.verdict !== null
        ? [{ want: 'record-case', caseId, unitId: state.unitId, text: state.text, verdict: state.verdict }]
        : [{ want: 'call', caseId }],
  }
}
