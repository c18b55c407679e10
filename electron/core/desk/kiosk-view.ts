import type { KioskQuestion, KioskView, PublicAnswer } from '../../../contract/kiosk-view.ts'
import { cents } from '../../../contract/money.ts'
import { ownWordsIn } from '../../../contract/own-words.ts'
import type { ConditionQuestion } from '../../../contract/return-rules.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { QUESTIONS, type Verdict } from '../../../contract/verdict.ts'
import { isWordKey } from '../../../contract/words/say.ts'
import { judgeUnit, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { allAsked, nextAsked, photosAsked } from '../flows/kiosk-questions.ts'
import type { KioskCart, KioskOffer, KioskState } from '../flows/kiosk-state.ts'
import type { Ground } from '../ground.ts'
import { handOverOf, hasStep } from '../hand-overs/hand-over-rows.ts'
import { questionsFor } from '../returns/condition-questions.ts'
import type { LabelState } from '../hand-overs/piece-labels.ts'
import { printStateOf } from './flow-views.ts'
import { buyingView } from './kiosk-cart-view.ts'
import { isClosed } from './kiosk-door-state.ts'
import { kioskCart } from './kiosk-sale.ts'

/** What the view needs to know of the machines of this kiosk. */
export interface KioskAround {
  readonly hasPad: boolean
  /** The shop sells to customers alone, and a card can be taken. */
  readonly mayBuy: boolean
  readonly labelOf: (returnId: string) => LabelState
  readonly offerFor: (unit: KnownUnit, state: KioskState) => KioskOffer | null
}

type At<A extends KioskView['at']> = Extract<KioskView, { at: A }>
type Session = Pick<At<'scan'>, 'flowId' | 'language' | 'remark' | 'step' | 'steps'>

/** What a customer may see: the thing in his hand, never an owner, only the end of its number. */
export function kioskView(ground: Ground, flowId: string, state: KioskState, around: KioskAround): KioskView {
  if (isClosed(ground)) return { at: 'closed', why: 'by-staff' }
  if (state.at === 'start') return { at: 'start', languages: ['en', 'de', 'fr', 'es', 'ar'] }
  const unit = state.unitId === null ? null : unitOf(ground, state.unitId)
  const session: Session = { flowId, language: state.language, remark: state.remark, ...wayOf(ground, state, unit) }
  const { step: _, steps: __, ...bare } = session
  if (state.at === 'choose-task') return { at: 'choose-task', ...bare, mayBuy: around.mayBuy }
  if (state.at === 'colleague') return colleagueView(ground, bare, state)
  if (state.at === 'paying-out' && state.paying !== null) {
    const { offer, outcome } = state.paying
    return { at: 'paying-out', ...session, amount_cents: cents(offer.amount_cents), currency: offer.currency, outcome }
  }
  if (state.at === 'cart' || state.at === 'paying' || state.at === 'bought') return buyingView(ground, bare, { ...state, at: state.at }, cartOf(ground, state))
  const task = state.task === 'return' ? 'return' : 'check'
  if (unit === null || state.verdict === null || state.at === 'scan' || state.at === 'paying-out')
    return { at: 'scan', task, ...session, fromReceipt: state.receipt?.unitIds.length ?? null, hasPad: around.hasPad }
  return withUnit(ground, session, { ...state, task, at: state.at, verdict: state.verdict }, unit, around)
}

function cartOf(ground: Ground, { sale }: KioskState): KioskCart {
  const cart = kioskCart(ground, ground.store.reading, sale)
  if (cart === null) throw new Error('who buys has a cart')
  return cart
}

type WithUnit = Omit<KioskState, 'at' | 'task' | 'verdict'> & {
  readonly at: 'answer' | 'questions' | 'photo' | 'confirm' | 'done'
  readonly task: 'return' | 'check'
  readonly verdict: Verdict
}

function withUnit(ground: Ground, session: Session, state: WithUnit, unit: KnownUnit, around: KioskAround): KioskView {
  const seen = {
    brand: unit.product.brand, name: unit.product.name, variant: unit.product.variant, picture: unit.product.picture,
    serialEnd: (unit.aliases[0]?.value ?? '').slice(-4),
  }
  const isAsking = ground.outside.askedAbout(unit.id).length > 0
  switch (state.at) {
    case 'answer': {
      const heard = ground.outside.of(unit.id).length > 0
      const verdict = heard ? judgeUnit(ground, state.task, unit, session.flowId).verdict : state.verdict
      return { at: 'answer', task: state.task, ...session, unit: seen, answers: publicAnswers(verdict), isAsking }
    }
    case 'questions':
      return { at: 'questions', ...session, unit: seen, question: questionNow(ground, state, unit) }
    case 'photo': {
      const photo = ground.policy().kiosk.photo ?? 'never'
      const wanted = photosAsked(state, questionsFor(ground.policy(), unit.product.category), { photo })
      return { at: 'photo', ...session, unit: seen, taken: state.seen.photos.length, wanted, maySkip: photo !== 'must' }
    }
    case 'confirm': {
      const offer = around.offerFor(unit, state)
      if (offer === null || offer.ways.length === 0) throw new Error('a kiosk confirms only what it can pay')
      return {
        at: 'confirm', ...session, unit: seen, amount_cents: cents(offer.amount_cents), deducted_cents: cents(offer.deducted_cents),
        currency: offer.currency, ways: [...offer.ways], isAsking,
      }
    }
    case 'done':
      return doneView(ground, session, state, seen, around)
    default:
      return unreachable(state.at)
  }
}

function doneView(ground: Ground, session: Session, state: WithUnit, unit: At<'done'>['unit'], around: KioskAround): KioskView {
  const { done } = state
  if (!done) throw new Error('a finished return knows its number')
  return {
    at: 'done', ...session, unit, amount_cents: cents(done.offer.amount_cents), currency: done.offer.currency, to: done.as, slot: done.slot,
    returnNumber: done.returnNumber, voucher: done.voucher,
    print: printStateOf(ground, done.documentId), label: around.labelOf(done.returnId),
  }
}

function questionNow(ground: Ground, state: WithUnit, unit: KnownUnit): KioskQuestion {
  const policy = ground.policy()
  const asked = questionsFor(policy, unit.product.category)
  const now = nextAsked(state, asked)
  switch (now?.kind) {
    case 'condition':
      return { kind: 'condition', choices: ['new', 'open-box', 'damaged', 'parts-missing'], chosen: state.seen.condition }
    case 'question':
      return { kind: 'question', id: now.id, words: ownWords('question-of', asked.questions, now.id, state), chosen: null }
    case 'accessory':
      return { kind: 'accessory', id: now.id, words: ownWords('accessory', asked.accessories, now.id, state), chosen: null }
    default:
      return { kind: 'reason', choices: [...policy.returns.reasons], chosen: state.reason }
  }
}

/** The shop's own words; null where the page has the program's for it. */
function ownWords(family: 'question-of' | 'accessory', of: readonly Pick<ConditionQuestion, 'id' | 'words'>[], id: string, { language }: WithUnit): string | null {
  const own = of.find((entry) => entry.id === id)?.words
  return own?.[language] ?? (isWordKey(`${family}.${id}`) ? null : ownWordsIn(own, language, null))
}

/** As a customer counts: show it, our answer, each question, the money, thanks. */
function wayOf(ground: Ground, state: KioskState, unit: KnownUnit | null): { step: number; steps: number } {
  if (state.task === 'check') return { step: state.at === 'scan' ? 1 : 2, steps: 2 }
  const asked = unit === null ? null : questionsFor(ground.policy(), unit.product.category)
  const questions = asked === null ? 2 : allAsked(asked).length
  const steps = 4 + questions
  const answered = asked === null ? 0 : allAsked(asked).findIndex((one) => JSON.stringify(one) === JSON.stringify(nextAsked(state, asked)))
  const at: Partial<Record<KioskState['at'], number>> = {
    scan: 1, answer: 2, questions: 3 + Math.max(0, answered), photo: 2 + questions, confirm: 3 + questions, 'paying-out': 3 + questions, done: steps,
  }
  return { step: at[state.at] ?? 1, steps }
}

function colleagueView(ground: Ground, session: Pick<Session, 'flowId' | 'language' | 'remark'>, state: KioskState): KioskView {
  const row = state.caseId === null ? null : handOverOf(ground.store.reading, state.caseId)
  const taken = row?.steps.find(({ step }) => step === 'taken')
  return {
    at: 'colleague', ...session, caseId: state.caseId ?? '', place: ground.policy().kiosk.handOverTo ?? null,
    takenBy: taken ? { name: taken.who ?? '', till: taken.till ?? '' } : null, isTold: row !== null && hasStep(row, 'told'),
  }
}

/** Warranty and purchase first: that is what a customer wants to know. Nothing that could accuse is ever in here. */
function publicAnswers(verdict: Verdict): PublicAnswer[] {
  const shown = QUESTIONS.filter((question) => question === 'warranty' || question === 'purchase' || question === 'recall')
  return shown.map((question) => {
    const finding = verdict.findings[question]
    const good = finding.answer === 'covered' || finding.answer === 'none' || finding.answer === 'ours-sold'
    const { date, days, campaign, layer } = finding.params
    const params = Object.fromEntries(Object.entries({ date, days, campaign, layer }).filter(([, value]) => value !== undefined))
    return {
      question,
      tone: good ? 'good' : finding.answer === 'affected' ? 'attention' : 'info',
      reason: finding.reason,
      params: params as Record<string, string | number>,
    }
  })
}
