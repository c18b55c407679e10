import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Right } from '../../../contract/roles.ts'
import type { SaleAction } from '../../../contract/sale-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { customerMissing } from '../customers/required.ts'
import { openCase } from '../cases/case-files.ts'
import { judgeStranger, judgeToKeep, judgeUnit, unitOf } from '../facts/judge.ts'
import { finishSale, holdUnit, releaseUnit, releaseUnits } from '../flows/carry-out.ts'
import type { Deed } from '../flows/deed.ts'
import { peekNumber, RECEIPT_SERIES } from '../flows/numbers.ts'
import { stepSale } from '../flows/sale.ts'
import { askedAlone, EMPTY_SALE, unitsConcerned, type SaleFacts, type SaleInput, type SaleIntent, type SaleState, type TerminalSaid } from '../flows/sale-state.ts'
import type { Ground } from '../ground.ts'
import { bookDepositBack, takeDeposit } from '../money/deposits.ts'
import { creditFacts, creditMayBeTaken } from '../money/sale-credits.ts'
import { recallOfGoods } from '../recalls/campaigns.ts'
import { grantOf, type Authority } from '../people/authority.ts'
import { farthestOff_bp, mayTakeOff, rightForPrice } from '../prices/discount-limits.ts'
import { gatesFor, tellGate } from '../prices/product-gates.ts'
import { promotionsOf } from '../prices/price-tags.ts'
import { kitPartsOf, planOf } from '../prices/sets-and-plans.ts'
import { alone } from '../sets/set-of.ts'
import { setFacts } from '../sets/set-facts.ts'
import { takeOut } from '../sets/change-sets.ts'
import { carryOutPayment } from '../payments/carry-out-payment.ts'
import { hitsIn, type Found } from '../scans/found.ts'
import { recordCase, recordVerdict } from '../store/evidence.ts'
import { openFlowOf, type FlowStatus } from '../store/flows.ts'
import type { Writing } from '../store/store.ts'
import { flowInHand, setFront, stepFlow } from './going-on.ts'
import { takenInAtSale } from './taken-in-at-sale.ts'
import { tellChecked } from './tell-checked.ts'
import { tellVoid } from './tell-void.ts'

/** What a sale asks the desk to do beside itself. */
export type SaleOutcome = { readonly next: 'stay' } | { readonly next: 'return'; readonly units: readonly string[]; readonly text: string }

/** The open sale of this person at this till, begun where there is none or the last one is paid. */
export function saleInHand(ground: Ground, db: Writing, staffId: string | null): string {
  return flowInHand(ground, db, staffId, { kind: 'sale', empty: EMPTY_SALE, isOver: ({ at }: SaleState) => at === 'paid', ofOnePerson: true })
}

/** What wants a right of its own beside the right to sell. */
const RIGHT_FOR: Readonly<Partial<Record<SaleInput['do'], Right>>> = {
  void: 'void-sale', 'remove-line': 'void-line', 'accept-anyway': 'override-verdict', 'take-out-of-set': 'change-sets',
}

/** Look, decide, write: one step of a sale inside the transaction it is called in. */
export function runSale(deed: Deed, input: Asked): Result<SaleOutcome> {
  const { ground, db } = deed
  const flow = openFlowOf<SaleState>(db, deed.flowId, 'sale')
  if (flow === null) return refused('no-such-flow')
  const right = RIGHT_FOR[input.do]
  const authority = right === undefined ? null : deed.authority(right)
  if (right !== undefined && authority === null) return refused('no-right', { right })
  const known = withVerdicts(deed, flow.state, answering(deed, flow.state, input, authority))
  const facts = { ...factsFor(deed, flow.state, known), ...creditFacts(ground, db, deed.flowId, flow.state, known) }
  if (input.do === 'pay' && customerMissing(db, ground.mirror, ground.policy(), deed.flowId, flow.state.lines)) return refused('customer-needed')
  const mayBeTaken = creditMayBeTaken(flow.state, known, facts)
  if (!mayBeTaken.ok) return mayBeTaken
  const forPrice = answeringForPrice(deed, flow.state, input, facts)
  if (!forPrice.ok) return forPrice
  const step = stepSale(flow.state, known, forPrice.value === null ? facts : { ...facts, answering: forPrice.value })
  if (step.refused) return refused(step.refused)
  if (authority !== null && (input.do === 'void' || input.do === 'remove-line')) tellVoid(deed, flow.state, input, authority)
  let outcome: SaleOutcome = { next: 'stay' }
  let status: FlowStatus = flow.status
  let name = flow.name
  for (const intent of step.intents) {
    if (intent.want === 'park') {
      status = 'parked'
      name = intent.name === '' ? null : intent.name
      setFront(db, { screen: 'home', flowId: null })
    } else if (intent.want === 'drop') {
      status = 'dropped'
      setFront(db, { screen: 'home', flowId: null })
    } else if (intent.want === 'start-return') {
      outcome = { next: 'return', units: intent.units, text: intent.text }
    } else carryOut(deed, intent, step.state)
  }
  stepFlow(ground, db, flow, step.state, status, name)
  return ok(outcome)
}

type Asked = SaleAction | TerminalSaid | { do: 'scanned'; found: Found }

/**
 * The whole set is scanned by asking for it, and a new piece by saying that it is none of those like it; whoever lends
 * the right to take a set apart has said why.
 */
function answering(deed: Deed, state: SaleState, input: Asked, authority: Authority | null): Asked {
  if (input.do === 'take-out-of-set') return { ...input, reason: authority?.reason ?? input.reason }
  const chosen = input.do === 'choose' ? state.question?.choices.find(({ choice }) => choice === input.choice) : undefined
  if (chosen?.is === 'product' && chosen.serial !== undefined)
    return { do: 'scanned', found: { is: 'product', text: state.question?.text ?? '', product: chosen.product, lot: null, expiry: null, strangeSerial: chosen.serial } }
  const unit = input.do === 'take-whole-set' && state.partOfSet ? unitOf(deed.ground, state.partOfSet.whole.unitId) : null
  if (unit === null) return input
  return { do: 'scanned', found: { is: 'unit', text: unit.aliases[0]?.value ?? unit.id, hit: { unit, matchedBy: null, retiredLabel: null } } }
}

/**
 * Who answers for a price changed by hand: tried first, because the limit of a role looks at what would come of it.
 * Null where nothing is changed that somebody must answer for.
 */
function answeringForPrice(deed: Deed, state: SaleState, input: SaleInput | { do: 'scanned' }, facts: SaleFacts): Result<string | null> {
  if (input.do !== 'discount' && input.do !== 'set-price') return ok(null)
  const right = rightForPrice(input)
  if (right === null) return ok(null)
  const tried = stepSale(state, input, facts)
  if (tried.refused) return refused(tried.refused)
  if (input.reason === '') return refused('reason-missing')
  const off_bp = farthestOff_bp(tried.state.lines, input)
  const authority = deed.authority(right, (staffId) => mayTakeOff(deed.ground, staffId, off_bp))
  if (authority !== null) return ok(authority.staffId)
  const lent = grantOf(deed.ground, deed.db)
  return lent?.right === right ? refused('beyond-limit', { name: lent.name }) : refused('no-right', { right })
}

function carryOut(
  deed: Deed,
  intent: Exclude<SaleIntent, { want: 'park' | 'drop' | 'start-return' }>,
  state: SaleState,
): void {
  switch (intent.want) {
    case 'hold':
      return holdUnit(deed, intent.unitId)
    case 'release':
      return releaseUnit(deed, intent.unitId)
    case 'release-all':
      return releaseUnits(deed)
    case 'keep-verdict':
      if (intent.unitId !== null && intent.verdict.quiet && intent.verdict.outcome !== 'accept') tellChecked(deed, intent.unitId, 'sell')
      return keepVerdict(deed, intent.unitId, intent.text, intent.verdict, intent.asCase)
    case 'record-sale':
      return finishSale(deed, state, intent)
    case 'take-out-of-set':
      return takeOut(deed, intent.unitId, intent.reason)
    case 'keep-stranger':
      return keepStranger(deed, intent)
    case 'tell-gate':
      return tellGate(deed, intent)
    case 'take-deposit':
      return takeDeposit(deed, state, intent)
    case 'deposit-went-back':
      return bookDepositBack(deed, intent.number, intent.authority)
    case 'ask-terminal':
    case 'keep-by-hand':
    case 'step-attempt':
    case 'tell-terminal':
      return carryOutPayment(deed, intent)
    default:
      return unreachable(intent)
  }
}

/** The verdict with all it was decided on (read again in the same turn, so it is the same), and a case where a colleague has to look. */
export function keepVerdict(deed: Deed, unitId: string | null, text: string, verdict: Verdict, asCase: string | null, caseId = deed.ground.newId()): void {
  const { ground, db } = deed
  const id = ground.newId()
  const unit = unitId === null ? null : unitOf(ground, unitId)
  const kept = unit && judgeToKeep(ground, verdict.intent, unit, deed.flowId)
  const holdsBack = kept?.facts.outside?.some(({ said }) => said === 'not-kept') ?? false
  recordVerdict(db, { id, unitId, text, verdict: holdsBack && kept ? kept.verdict : verdict, facts: kept?.facts ?? null, seat: ground.seat, staffId: deed.staff?.staffId ?? null })
  if (asCase !== null)
    recordCase(db, { id: caseId, at: verdict.decidedAt, kind: asCase, unitId, verdictId: id, quiet: verdict.quiet, seat: ground.seat })
}

/** What was said of a number of nobody: a slip of the finger is no case, everything else is for somebody to look at. */
function keepStranger(deed: Deed, { text, product, why }: Extract<SaleIntent, { want: 'keep-stranger' }>): void {
  if (why === 'typed-wrong') return
  const found: Found = { is: 'product', text, product, lot: null, expiry: null, strangeSerial: text }
  const { verdict } = judgeStranger(deed.ground, 'sell', found, deed.flowId)
  openCase(deed, { caseId: deed.ground.newId(), kind: why, unitId: null, text, verdict, lookedAt: null, note: '' })
}

/** A scan carries the verdict on every unit it could mean, decided now. */
function withVerdicts(deed: Deed, state: SaleState, input: Asked): SaleInput {
  if (input.do !== 'scanned') return input
  if (isStranger(input.found)) {
    const { verdict } = judgeStranger(deed.ground, 'sell', input.found, deed.flowId)
    if (verdict.quiet) return { ...input, verdicts: new Map(), lots: [], stolen: verdict }
  }
  const found = state.at === 'open' ? takenInAtSale(deed, input.found, state.asksSerial ?? null) : input.found
  const verdicts = new Map(
    hitsIn(found).map((hit) => [hit.unit.id, judgeUnit(deed.ground, 'sell', hit.unit, deed.flowId, hit).verdict]),
  )
  const lots = found.is === 'product' ? deed.ground.mirror.lots(found.product.id, deed.ground.place.id) : []
  const { mirror } = deed.ground
  return found.is === 'product'
    ? { do: 'scanned', found, verdicts, lots, plan: planOf(mirror.reading, found.product.id), kit: kitPartsOf(mirror, found.product.id) }
    : { do: 'scanned', found, verdicts, lots }
}

/** A number that no piece of ours answers to. */
const isStranger = (found: Found): boolean => found.is === 'nothing' || (found.is === 'product' && found.strangeSerial !== null)

function factsFor(deed: Deed, state: SaleState, input: SaleInput): SaleFacts {
  const { ground } = deed
  const verdictsNow = new Map<string, Verdict>()
  const asAlone = askedAlone(state)
  const concerned = unitsConcerned(state)
  for (const unitId of concerned) {
    const unit = unitOf(ground, unitId)
    // A product deleted in the centre while in the cart: its unit is gone from the mirror, and so is the verdict.
    if (unit) verdictsNow.set(unitId, judgeUnit(ground, 'sell', asAlone.has(unitId) ? alone(unit) : unit, deed.flowId).verdict)
  }
  return {
    now: ground.now(),
    newId: ground.newId,
    currency: ground.place.currency,
    taxInclusive: ground.place.tax_inclusive === 1,
    cashStep: ground.place.cash_step,
    terminal: deed.terminal === null ? null : deed.terminal.byHand ? 'hand' : 'line',
    nextReceiptNumber: peekNumber(ground, deed.db, RECEIPT_SERIES),
    verdictsNow,
    recallOf: (productId, lot) => recallOfGoods(ground.mirror.reading, productId, lot),
    ...setFacts(deed, [...concerned, ...(input.do === 'scanned' ? hitsIn(input.found).map(({ unit }) => unit.id) : [])]),
    // Rules that are only tried have somebody at the counter who sees what they would have said.
    shadow: ground.policy().shadow && ground.seat !== 'kiosk',
    ...gatesFor(ground, state),
    promotions: promotionsOf(ground.mirror.reading, ground.priceAsked()),
  }
}
