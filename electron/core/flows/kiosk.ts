import { cents } from '../../../contract/money.ts'
import type { KioskTender } from '../../../contract/kiosk-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { gradeOf, NOTHING_LOOKED_AT, stopsAt } from '../returns/condition-questions.ts'
import type { Found } from '../scans/found.ts'
import { stepBuying } from './kiosk-buying.ts'
import { colleague } from './kiosk-colleague.ts'
import { nextAsked, photosAsked, withoutLastAnswer } from './kiosk-questions.ts'
import {
  KIOSK_START, type HandOverWhy, type KioskFacts, type KioskInput, type KioskOffer, type KioskState, type KioskStep, type ScannedBy,
} from './kiosk-state.ts'

/** Decides one step of a customer alone. Everything a kiosk cannot do ends in a warm hand-over, never in a dead end. */
export function stepKiosk(state: KioskState, input: KioskInput, facts: KioskFacts): KioskStep {
  const to = (next: Partial<KioskState>): KioskStep => ({ state: { ...state, remark: null, ...next }, intents: [] })
  const no: KioskStep = { state, intents: [], refused: 'not-in-this-state' }
  if (state.task === 'buy' && BUYING.includes(state.at)) return stepBuying(state, input, facts)
  switch (input.do) {
    case 'scanned':
      return scanned(state, input.found, input.by, facts)
    case 'heard':
      return heard(state, facts)
    case 'claimed-elsewhere':
      return state.at === 'confirm' ? colleague(state, facts, 'claimed-elsewhere') : no
    case 'came-back-elsewhere':
      if (state.paying === null) return no
      return state.at === 'colleague' ? to({ paying: null }) : colleague({ ...state, paying: null }, facts, 'claimed-elsewhere')
    case 'begin':
      return state.at === 'start' ? { state: { ...KIOSK_START, at: 'choose-task', language: input.language }, intents: [] } : no
    case 'choose-task':
      if (state.at !== 'choose-task') return no
      return input.task === 'buy' ? beginBuying(state, facts) : to({ at: 'scan', task: input.task })
    case 'give-reason':
    case 'grade':
    case 'answer':
    case 'count-accessory':
      return state.at === 'questions' ? answered(state, input, facts) : no
    case 'photo-taken':
      if (state.at !== 'photo') return no
      return afterQuestions({ ...state, seen: { ...state.seen, photos: [...state.seen.photos, input.photoId] } }, facts)
    case 'next':
      return next(state, facts)
    case 'refund':
      return refund(state, input.as, facts)
    case 'terminal-said':
      return terminalSaid(state, input, facts)
    case 'cancel-card':
      if (state.at !== 'paying-out' || state.paying?.outcome !== 'asked') return no
      return { state, intents: [{ want: 'cancel-card', attemptId: state.paying.attemptId }] }
    case 'back':
      return back(state, facts)
    case 'call-colleague':
      return MAY_CALL.includes(state.at) ? colleague(state, facts, 'asked-for') : no
    case 'more-time':
      return { state, intents: [] }
    case 'remove-line':
    case 'set-quantity':
    case 'keep-line':
    case 'pay':
    case 'sale-stepped':
      return no
    case 'finish':
      // While the terminal holds a card nobody walks away from it by a key.
      return state.at === 'paying-out' ? no : { state: KIOSK_START, intents: [] }
    default:
      return unreachable(input)
  }
}

const BUYING: readonly KioskState['at'][] = ['cart', 'paying', 'bought']
const MAY_CALL: readonly KioskState['at'][] = ['choose-task', 'scan', 'answer', 'questions', 'photo', 'confirm']
const LOOKING_AT_ONE: readonly KioskState['at'][] = ['answer', 'questions', 'photo', 'confirm']

/** Only where the shop sells to customers alone, and a card can be taken. */
function beginBuying(state: KioskState, facts: KioskFacts): KioskStep {
  if (facts.buyUpTo_cents === null) return { state, intents: [], refused: 'not-in-this-state' }
  return { state: { ...state, at: 'cart', task: 'buy', remark: null, again: null }, intents: [{ want: 'begin-sale' }] }
}

function scanned(state: KioskState, found: Found, by: ScannedBy, facts: KioskFacts): KioskStep {
  if (LOOKING_AT_ONE.includes(state.at)) return scannedAgain(state, found, by, facts)
  // In the same words whatever was scanned, and nothing of it is kept.
  if (state.at === 'choose-task') return { state: { ...state, remark: 'choose-first' }, intents: [] }
  if (state.at !== 'scan') return { state, intents: [] }
  const remarked = (remark: string): KioskStep => ({ state: { ...state, remark }, intents: [] })
  if (found.is === 'receipt') return fromReceipt(state, found, remarked)
  if (found.is === 'product') return remarked('scan-the-serial')
  if (found.is === 'nothing') return remarked(found.why === 'bad-check-digit' ? 'try-again' : 'not-found')
  if (found.is !== 'unit') return remarked('not-found')
  const { unit } = found.hit
  if (state.receipt !== null && !state.receipt.unitIds.includes(unit.id)) return remarked('not-on-receipt')
  if (!facts.mayCheck) return colleague({ ...state, text: found.text }, facts, 'too-many-checks')
  const { live, toKeep } = facts.verdictOn(unit.id, state.task)
  // What was said of the piece before is not said of this one.
  const seen: KioskState = {
    ...state, remark: null, unitId: unit.id, verdict: toKeep, text: found.text, by, reason: null, seen: NOTHING_LOOKED_AT, photoSkipped: false,
  }
  const why = state.task === 'return' ? mayNot(seen, live, facts) : live.quiet ? 'verdict' : null
  if (why !== null) return colleague(seen, facts, why, live)
  return { state: { ...seen, at: 'answer' }, intents: [{ want: 'keep-check', unitId: unit.id, text: found.text, verdict: toKeep }] }
}

/** The receipt alone gives no money back: the piece itself is shown, and it must be one of the receipt. */
function fromReceipt(state: KioskState, found: Extract<Found, { is: 'receipt' }>, remarked: (remark: string) => KioskStep): KioskStep {
  if (state.task === 'check') return remarked('scan-the-serial')
  if (found.units.length === 0) return remarked('receipt-without-pieces')
  const receipt = { number: found.number, unitIds: found.units.map(({ unit }) => unit.id) }
  return { state: { ...state, receipt, remark: 'now-the-piece' }, intents: [] }
}

/** Another reading of the same piece is nothing new. Print and radio that name different pieces are for a person. */
function scannedAgain(state: KioskState, found: Found, by: ScannedBy, facts: KioskFacts): KioskStep {
  if (found.is === 'unit' && found.hit.unit.id === state.unitId) return { state: { ...state, remark: null }, intents: [] }
  if (found.is === 'unit' && by !== state.by && state.task === 'return') return colleague(state, facts, 'tag-differs')
  return { state: { ...state, remark: found.is === 'unit' ? 'one-at-a-time' : state.remark }, intents: [] }
}

/** Somebody outside has answered: what it changes for a customer alone is that a colleague comes. */
function heard(state: KioskState, facts: KioskFacts): KioskStep {
  if (state.unitId === null || !LOOKING_AT_ONE.includes(state.at)) return { state, intents: [] }
  const { live, toKeep } = facts.verdictOn(state.unitId, state.task)
  const seen = { ...state, verdict: toKeep }
  const why = state.task === 'return' ? mayNot(seen, live, facts) : live.quiet ? 'verdict' : null
  return why === null ? { state: seen, intents: [] } : colleague(seen, facts, why, live)
}

/** Why this kiosk takes this piece from nobody alone; null where it may. What it cannot pay out it does not promise. */
function mayNot(state: KioskState, verdict: Verdict, facts: KioskFacts): HandOverWhy | null {
  if (state.unitId === null || verdict.outcome !== 'accept' || verdict.quiet || verdict.findings.recall.answer === 'affected') return 'verdict'
  if (facts.isBeingRefunded(state.unitId)) return 'card-unknown'
  const offer = facts.offerFor(state.unitId, state.seen)
  if (offer === null || offer.ways.length === 0 || offer.amount_cents > facts.refundUpTo_cents) return 'limit'
  if (facts.asked(state.unitId).parts.length > 0) return 'parts'
  if (facts.isOfASet(state.unitId)) return 'set'
  if (facts.isTooOften(state.unitId)) return 'too-often'
  return facts.slotFor(state.unitId) === null ? 'slots-full' : null
}

type Answer = Extract<KioskInput, { do: 'give-reason' | 'grade' | 'answer' | 'count-accessory' }>

/** Only what is asked at this moment can be answered: a button pressed twice does not answer the next question. */
function answered(state: KioskState, input: Answer, facts: KioskFacts): KioskStep {
  const no: KioskStep = { state, intents: [], refused: 'not-in-this-state' }
  if (state.unitId === null) return no
  const asked = facts.asked(state.unitId)
  const now = nextAsked(state, asked)
  const { seen } = state
  if (now?.kind === 'reason' && input.do === 'give-reason' && facts.reasons.includes(input.reason))
    return afterAnswer({ ...state, reason: input.reason }, facts)
  if (now?.kind === 'condition' && input.do === 'grade') return afterAnswer({ ...state, seen: { ...seen, condition: input.condition } }, facts)
  if (now?.kind === 'question' && input.do === 'answer' && input.question === now.id)
    return afterAnswer({ ...state, seen: { ...seen, answers: { ...seen.answers, [now.id]: input.good } } }, facts)
  if (now?.kind === 'accessory' && input.do === 'count-accessory' && input.accessory === now.id) {
    const list = input.here ? 'present' : 'absent'
    return afterAnswer({ ...state, seen: { ...seen, [list]: [...seen[list], now.id] } }, facts)
  }
  return no
}

/** A lock of its owner, or a grade that a person has to see, ends the questions: nobody answers ten of them for nothing. */
function afterAnswer(state: KioskState, facts: KioskFacts): KioskStep {
  const asked = facts.asked(state.unitId ?? '')
  if (stopsAt(asked, state.seen) !== null) return colleague(state, facts, 'locked')
  const grade = gradeOf(asked, state.seen)
  if (grade !== null && !facts.acceptedConditions.includes(grade)) return colleague(state, facts, 'condition')
  if (nextAsked(state, asked) !== null) return { state: { ...state, remark: null }, intents: [] }
  return afterQuestions(state, facts)
}

function afterQuestions(state: KioskState, facts: KioskFacts): KioskStep {
  const wanted = state.photoSkipped ? 0 : photosAsked(state, facts.asked(state.unitId ?? ''), facts)
  return { state: { ...state, remark: null, at: state.seen.photos.length < wanted ? 'photo' : 'confirm' }, intents: [] }
}

function next(state: KioskState, facts: KioskFacts): KioskStep {
  if (state.at === 'answer' && state.task === 'check') return { state: KIOSK_START, intents: [] }
  if (state.at === 'answer') return { state: { ...state, at: 'questions', remark: null }, intents: [] }
  if (state.at === 'photo' && facts.photo !== 'must') return { state: { ...state, at: 'confirm', photoSkipped: true, remark: null }, intents: [] }
  return { state, intents: [], refused: 'not-in-this-state' }
}

/** Decided again in this very turn: what changed while the customer was reading goes to a colleague. */
function refund(state: KioskState, as: KioskTender, facts: KioskFacts): KioskStep {
  if (state.at !== 'confirm' || state.unitId === null) return { state, intents: [], refused: 'not-in-this-state' }
  if (facts.isAsking(state.unitId)) return { state: { ...state, remark: 'one-moment' }, intents: [] }
  const { live, toKeep } = facts.verdictOn(state.unitId, 'return')
  const offer = facts.offerFor(state.unitId, state.seen)
  const why = mayNot(state, live, facts)
  if (why !== null || offer === null) return colleague({ ...state, verdict: toKeep }, facts, why ?? 'limit', live)
  if (!offer.ways.includes(as)) return { state, intents: [], refused: 'not-in-this-state' }
  const returnId = facts.newId()
  if (as === 'voucher') return finished({ ...state, verdict: toKeep }, returnId, offer, as, facts)
  return {
    state: { ...state, verdict: toKeep, at: 'paying-out', remark: null, paying: { attemptId: '', offer, returnId, outcome: 'asked' } },
    intents: [{ want: 'ask-card', returnId, amount_cents: offer.amount_cents, unitId: state.unitId }],
  }
}

function terminalSaid(state: KioskState, input: Extract<KioskInput, { do: 'terminal-said' }>, facts: KioskFacts): KioskStep {
  const { paying } = state
  if (paying === null || paying.attemptId !== input.attemptId)
    return { state, intents: [], refused: 'not-in-this-state' }
  switch (input.said.is) {
    case 'paid':
      return finished(state, paying.returnId, paying.offer, 'card', facts)
    case 'not-paid':
      return { state: { ...state, at: 'confirm', paying: null, remark: 'card-not-taken' }, intents: [] }
    case 'checking':
      return { state: { ...state, paying: { ...paying, outcome: 'checking' } }, intents: [] }
    case 'unknown':
      // The money may be back or not: nobody is asked to hold up a card a second time before a person has looked.
      return state.at === 'colleague' ? { state, intents: [] } : colleague(state, facts, 'card-unknown')
    default:
      return unreachable(input.said)
  }
}

function finished(state: KioskState, returnId: string, offer: KioskOffer, as: KioskTender, facts: KioskFacts): KioskStep {
  if (state.unitId === null || state.reason === null || state.verdict === null) return { state, intents: [], refused: 'not-in-this-state' }
  const slot = facts.slotFor(state.unitId)?.name ?? null
  const done = { returnId, returnNumber: facts.nextReturnNumber, documentId: facts.newId(), offer, as, slot, voucher: null }
  const { amount_cents, currency, receiptNumber } = offer
  return {
    state: { ...state, at: 'done', paying: null, done, remark: null },
    intents: [{
      want: 'record-return',
      as,
      slot,
      record: {
        want: 'record-return', returnId, number: done.returnNumber, documentId: done.documentId, unitId: state.unitId, reason: state.reason,
        condition: gradeOf(facts.asked(state.unitId), state.seen) ?? 'to-inspect',
        refund: { amount_cents: cents(amount_cents), currency, to: as, receiptNumber }, approvedBy: null, verdict: state.verdict,
      },
    }],
  }
}

function back(state: KioskState, facts: KioskFacts): KioskStep {
  const to = (next: Partial<KioskState>): KioskStep => ({ state: { ...state, remark: null, ...next }, intents: [] })
  switch (state.at) {
    case 'choose-task':
      return { state: KIOSK_START, intents: [] }
    case 'scan':
      return state.receipt === null ? to({ at: 'choose-task' }) : to({ receipt: null })
    case 'answer':
      return to({ at: 'scan', unitId: null, verdict: null })
    case 'questions':
    case 'photo':
    case 'confirm': {
      const before = withoutLastAnswer({ ...state, photoSkipped: false }, facts.asked(state.unitId ?? ''))
      return { state: before === null ? { ...state, at: 'answer', remark: null } : { ...before, at: 'questions', remark: null }, intents: [] }
    }
    case 'start':
    case 'paying-out':
    case 'done':
    case 'colleague':
    case 'cart':
    case 'paying':
    case 'bought':
      return { state, intents: [], refused: 'not-in-this-state' }
    default:
      return unreachable(state.at)
  }
}
