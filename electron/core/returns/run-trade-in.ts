import { cents } from '../../../contract/money.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { OfferedPiece, TradeInAction, TradeInView } from '../../../contract/trade-in-view.ts'
import { openCase } from '../cases/case-files.ts'
import { flowInHand, stepFlow } from '../desk/going-on.ts'
import { keepVerdict } from '../desk/run-sale.ts'
import { judgeStranger, judgeUnit, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import {
  doubtsOf, EMPTY_TRADE_IN, missingFor, stepTradeIn, type TradeInFacts, type TradeInInput, type TradeInState,
} from '../flows/trade-in.ts'
import type { Ground } from '../ground.ts'
import type { Product } from '../mirror/mirror.ts'
import { tradeInPaper } from '../papers/trade-in-paper.ts'
import { recordDocument } from '../store/papers.ts'
import { say } from '../flows/say.ts'
import { setBroughtBy } from '../sets/set-of.ts'
import { flowOf, openFlowOf, type FlowRow } from '../store/flows.ts'
import type { Writing } from '../store/store.ts'
import { approver } from './approver.ts'
import { buyIn } from './buy-in.ts'
import { deductionOf, gradeOf, questionsFor } from './condition-questions.ts'
import { returnRules } from '../../../contract/cautious-return-rules.ts'
import type { ReturnViewParts } from './return-views.ts'

/** The open trade-in of this till, begun where there is none or the last one is done. */
export function tradeInInHand(ground: Ground, db: Writing, staffId: string | null): string {
  const isOver = ({ at }: TradeInState) => at !== 'scan' && at !== 'assess'
  return flowInHand(ground, db, staffId, { kind: 'trade-in', empty: EMPTY_TRADE_IN, isOver })
}

export function actTradeIn(deed: Deed, action: TradeInAction): Result<null> {
  if (action.do !== 'approve') return runTradeIn(deed, action)
  const flow = openFlowOf<TradeInState>(deed.db, deed.flowId, 'trade-in')
  if (flow === null) return refused('no-such-flow')
  const { offer_cents } = tradeInFacts(deed, flow.state)
  const by = approver(deed, offer_cents ?? 0, action.note)
  return by.ok ? runTradeIn(deed, by.value) : by
}

/** Look, decide, write: one step of a trade-in inside the transaction it is called in. */
export function runTradeIn(deed: Deed, input: TradeInInput): Result<null> {
  const { ground, db } = deed
  const flow = openFlowOf<TradeInState>(db, deed.flowId, 'trade-in')
  if (flow === null) return refused('no-such-flow')
  const ofASet = setBroughtBy(ground, input)
  if (ofASet !== null) {
    stepFlow(ground, db, flow, { ...flow.state, notice: say(ground, 'stop', 'set-by-return', { name: ofASet.product.name }) })
    return ok(null)
  }
  const facts = tradeInFacts(deed, flow.state)
  const step = stepTradeIn(flow.state, input, facts)
  if (step.refused) return refused(step.refused)
  let { state } = step
  for (const intent of step.intents) {
    const { product, unit } = offered(ground, state)
    if (product === null || facts.verdict === null) throw new Error('a trade-in knows its article')
    if (intent.want === 'hand-over') {
      openCase(deed, {
        caseId: intent.caseId, kind: facts.verdict.outcome === 'refuse' ? 'refused' : 'handed-over', unitId: unit?.id ?? null, text: state.text,
        verdict: facts.verdict, lookedAt: state.seen, note: '',
      })
      continue
    }
    keepVerdict(deed, unit?.id ?? null, state.text, facts.verdict, null)
    const bought = buyIn(deed, {
      product, unit, serial: serialOf(state, unit), grade: gradeOf(facts.asked, state.seen) ?? 'to-inspect', amount_cents: intent.amount_cents, payAs: intent.payAs,
      approval: state.approval,
    })
    if (!bought.ok) return bought
    state = { ...state, done: { ...bought.value, amount_cents: intent.amount_cents, payAs: intent.payAs } }
  }
  stepFlow(ground, db, flow, state)
  return ok(null)
}

/** The owner's statement for his signature, before anything is bought. */
export function statementFor(deed: Deed): Result<{ documentId: string }> {
  const { ground, db } = deed
  const flow = flowOf(db, deed.flowId) as FlowRow<TradeInState> | null
  if (!flow || flow.kind !== 'trade-in' || flow.state.at !== 'assess') return refused('not-in-this-state')
  const { product, unit } = offered(ground, flow.state)
  if (product === null) return refused('not-in-this-state')
  const documentId = ground.newId()
  const at = ground.now()
  const serial = serialOf(flow.state, unit)
  const { offer_cents, asked } = tradeInFacts(deed, flow.state)
  recordDocument(db, {
    id: documentId, kind: 'trade-in', number: `S-${deed.flowId.slice(-6).toUpperCase()}`, at, total_cents: 0, summary: `${product.name} ${serial}`.slice(0, 500),
    body: tradeInPaper({
      number: '', at, who: deed.staff?.name ?? '', product, serial, grade: gradeOf(asked, flow.state.seen), amount_cents: offer_cents, payAs: null, credits: [],
    }, deed.setting),
  })
  return ok({ documentId })
}

const serialOf = (state: TradeInState, unit: KnownUnit | null): string => unit?.aliases[0]?.value ?? state.serial

function offered(ground: Ground, state: TradeInState): { product: Product | null; unit: KnownUnit | null } {
  const unit = state.unitId === null ? null : unitOf(ground, state.unitId)
  return { unit, product: unit?.product ?? (state.productId === null ? null : ground.mirror.product(state.productId)) }
}

export function tradeInFacts(deed: Pick<Deed, 'ground' | 'flowId'>, state: TradeInState): TradeInFacts {
  const { ground } = deed
  const policy = ground.policy()
  const { product, unit } = offered(ground, state)
  const asked = questionsFor(policy, product?.category ?? '*')
  const stranger = product === null ? null : ({ is: 'product', text: state.text, product, lot: null, expiry: null, strangeSerial: state.serial } as const)
  return {
    newId: ground.newId, asked, approvalFrom_cents: returnRules(policy).tradeIn.approvalFrom_cents,
    verdict: unit !== null ? judgeUnit(ground, 'trade-in', unit, deed.flowId).verdict : stranger === null ? null : judgeStranger(ground, 'trade-in', stranger, deed.flowId).verdict,
    offer_cents: product === null ? null : offerFor(ground, product, asked, state),
  }
}

/** Today's price of a new one, by the share the policy pays for this grade, less what is missing; null: not bought. */
function offerFor(ground: Ground, product: Product, asked: TradeInFacts['asked'], { seen }: TradeInState): number | null {
  const grade = gradeOf(asked, seen)
  const { prices } = returnRules(ground.policy()).tradeIn
  const percent = grade === null ? undefined : prices.find(({ category }) => category === product.category)?.grades[grade === 'new' ? 'open-box' : grade]
  if (percent === undefined || percent === 0) return null
  const amount = Math.floor((product.price_cents * percent) / 100) - deductionOf(asked, seen)
  return amount > 0 ? amount : null
}

/** The trade-in as the window draws it. */
export function tradeInView(
  ground: Ground, flowId: string, state: TradeInState, parts: Pick<ReturnViewParts, 'print' | 'question'>,
): TradeInView {
  const facts = tradeInFacts({ ground, flowId }, state)
  const { product, unit } = offered(ground, state)
  if (state.at === 'scan' || product === null || facts.verdict === null)
    return { at: 'scan', flowId, notice: state.notice, question: parts.question(state.question) }
  const piece: OfferedPiece = {
    unitId: unit?.id ?? null, brand: product.brand, name: product.name, variant: product.variant, picture: product.picture, serial: serialOf(state, unit),
  }
  const { currency } = ground.place
  if (state.at === 'done' && state.done !== null) {
    const { number, amount_cents, payAs, credits, documentId } = state.done
    return { at: 'done', flowId, piece, number, amount_cents: cents(amount_cents), currency, payAs, credits: [...credits], documentId, print: parts.print(documentId) }
  }
  if (state.at === 'handed-over') return { at: 'handed-over', flowId, piece, verdict: facts.verdict, caseId: state.caseId ?? '' }
  const { asked } = facts
  return {
    at: 'assess', flowId, notice: state.notice, piece, verdict: facts.verdict,
    questions: asked.questions.map((question) => ({ ...question, answer: state.seen.answers[question.id] ?? null })),
    accessories: asked.accessories.map((accessory) => ({
      ...accessory, here: state.seen.present.includes(accessory.id) ? true : state.seen.absent.includes(accessory.id) ? false : null,
    })),
    conditionChoices: ['open-box', 'refurbished', 'damaged'], condition: state.seen.condition, grade: gradeOf(asked, state.seen),
    offer_cents: facts.offer_cents === null || facts.verdict.outcome === 'refuse' ? null : cents(facts.offer_cents), currency, payAs: state.payAs, signed: state.signed,
    identitySeen: state.identitySeen, missing: missingFor(state, facts), approvalFor: doubtsOf(state, facts), approvedBy: state.approval?.name ?? null,
  }
}
