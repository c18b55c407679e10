import type { Notice } from '../../../contract/notice.ts'
import type { SaleLine, StrangerWhy } from '../../../contract/sale-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { isOnlyKept } from '../../../contract/verdicts/only-kept.ts'
import type { Product } from '../mirror/mirror.ts'
import type { Found, UnitHit } from '../scans/found.ts'
import { countable, lineOf, oneMore, unitLine, withLine, type SaleStep } from './sale-lines.ts'
import { lineWith } from './line-pieces.ts'
import { askAboutSet, held, partNotice, partOfLine, partThatStops } from './sale-sets.ts'
import type { Choice, Lot, SaleFacts, SaleInput, SaleIntent, SaleState } from './sale-state.ts'
import { scanKit } from './sale-kits.ts'
import { planForEarlier, scanPlan } from './sale-plans.ts'
import { nothingNotice, reasonParams, say } from './say.ts'

type Scanned = Extract<SaleInput, { do: 'scanned' }>

/** A scan in a sale: a unit becomes a line with its verdict, a product one more piece, everything else a clear word. */
export function stepScan(before: SaleState, input: Scanned, facts: SaleFacts): SaleStep {
  if (before.at !== 'open')
    return { state: { ...before, notice: say(facts, 'stop', 'scanned-while-paying') }, intents: [] }
  const { found } = input
  const state = { ...before, stranger: null, undecided: null, partOfSet: null, asksSerial: null }
  if (input.stolen) return stolenStranger(state, found, input.stolen, facts)
  switch (found.is) {
    case 'unit':
      return scanUnit(state, found.text, found.hit, input.verdicts, facts)
    case 'product':
      if (input.plan) return scanPlan(state, found.text, found.product, input.plan, facts)
      if (input.kit && input.kit.length > 0) return scanKit(state, found.product, input.kit, facts)
      return scanProduct(state, found, input.lots, facts)
    case 'many':
      return ask(state, found, input.verdicts)
    case 'receipt':
      return scanReceipt(state, found, facts)
    case 'nothing':
      return { state: { ...state, question: null, notice: nothingNotice(found, facts) }, intents: [] }
    default:
      return unreachable(found)
  }
}

function scanUnit(
  state: SaleState,
  text: string,
  hit: UnitHit,
  verdicts: ReadonlyMap<string, Verdict>,
  facts: SaleFacts,
): SaleStep {
  const { unit } = hit
  const inCart = lineWith(state.lines, unit.id)
  if (inCart)
    return {
      state: {
        ...state,
        question: null,
        notice: say(facts, 'again', 'already-in-cart', { name: inCart.name }, { kind: 'remove-line', lineId: inCart.lineId }),
      },
      intents: [],
    }
  const protectedNow = planForEarlier(state, unit, facts)
  if (protectedNow) return protectedNow
  const verdict = verdicts.get(unit.id)
  if (!verdict) throw new Error(`no verdict was decided on ${unit.id}`)
  const whole = facts.wholes?.get(unit.id)
  if (whole !== undefined && verdict.outcome !== 'refuse' && !verdict.quiet) return askAboutSet(state, text, hit, whole, verdict, facts)
  if (verdict.outcome === 'accept') return withWaitingPlan(withUnit(state, text, hit, verdict, null, facts), facts)
  return mayTry(verdict, facts) ? withUnit(state, text, hit, verdict, 'shadow', facts) : refuseUnit(state, text, hit, verdict, facts)
}

/** A plan that waited for its piece comes in with it. */
function withWaitingPlan(step: SaleStep, facts: SaleFacts): SaleStep {
  const { planWaiting } = step.state
  if (step.refused || !planWaiting) return step
  const next = scanPlan({ ...step.state, planWaiting: null }, '', planWaiting.product, planWaiting.plan, facts)
  return { ...next, intents: [...step.intents, ...next.intents] }
}

/** The piece becomes a line with its verdict; what spoke against it is kept as a case, and told unless it is quiet. */
export function withUnit(
  state: SaleState, text: string, hit: UnitHit, verdict: Verdict, waived: 'colleague' | 'shadow' | null, facts: SaleFacts,
): SaleStep {
  const { unit } = hit
  const parts = facts.sets?.get(unit.id) ?? []
  const line = {
    ...unitLine(unit, facts), verdict, ...(waived === null ? {} : { waived }), ...(parts.length === 0 ? {} : { parts: parts.map(partOfLine) }),
  }
  const stopping = partThatStops(line, facts, (of) => of.outcome === 'accept' || mayTry(of, facts))
  if (stopping !== null)
    return {
      state: { ...state, question: null, notice: partNotice(line, stopping, facts) },
      intents: [{ want: 'keep-verdict', unitId: stopping.part.unitId, text, verdict: stopping.verdict, asCase: stopping.verdict.quiet ? 'quiet-hit' : null }],
    }
  if (!countable(state, line, 1)) return { state, intents: [], refused: 'amount-out-of-range' }
  const notice =
    waived === 'shadow' && !verdict.quiet
      ? say(facts, 'info', 'shadow-added', { name: line.name, reason: firstReason(verdict), ...reasonParams(verdict) })
      : say(facts, 'good', 'unit-added', { name: line.name })
  const asCase = waived === null ? null : verdict.quiet ? 'quiet-hit' : waived === 'shadow' ? 'shadow' : 'overruled'
  return {
    state: withLine({ ...state, undecided: null }, line, notice),
    intents: [
      ...held('hold', line), { want: 'keep-verdict', unitId: unit.id, text, verdict, asCase },
      ...parts.map((part): SaleIntent => ({ want: 'keep-verdict', unitId: part.unit.id, text, verdict: part.verdict, asCase: null })),
    ],
  }
}

/** While the shop tries its rules they stop nothing; only one piece in two carts is no matter of rules. */
const mayTry = (verdict: Verdict, facts: SaleFacts): boolean =>
  facts.shadow === true && verdict.findings.custody.answer !== 'in-another-cart'

/** Whether a line may stay in the cart with the verdict of now: what was decided for it holds, what is new does not. */
export function mayStay(line: Pick<SaleLine, 'waived'>, verdict: Verdict | null | undefined, facts: SaleFacts): boolean {
  if (!verdict) return false
  if (verdict.outcome === 'accept') return true
  return mayTry(verdict, facts) || (line.waived === 'colleague' && verdict.outcome === 'ask-staff' && !verdict.quiet)
}

const firstReason = (verdict: Verdict): string => {
  const [first] = verdict.reasons
  return first === undefined ? '' : verdict.findings[first].reason
}

/** A colleague has decided: the piece is looked at once more, and only what a colleague may decide is overruled. */
export function acceptAnyway(state: SaleState, unitId: string, facts: SaleFacts): SaleStep {
  const { undecided } = state
  if (state.at !== 'open' || !undecided || undecided.hit.unit.id !== unitId) return { state, intents: [], refused: 'not-in-this-state' }
  const verdict = facts.verdictsNow.get(unitId)
  if (!verdict) return { state: { ...state, undecided: null }, intents: [] }
  if (verdict.outcome === 'accept') return withUnit(state, undecided.text, undecided.hit, verdict, null, facts)
  return verdict.outcome === 'ask-staff' && !verdict.quiet
    ? withUnit(state, undecided.text, undecided.hit, verdict, 'colleague', facts)
    : refuseUnit({ ...state, undecided: null }, undecided.text, undecided.hit, verdict, facts)
}

/** The piece comes out of its set and into the cart; where it may not be sold alone either, nothing is taken apart. */
export function takeOutOfSet(state: SaleState, reason: string, facts: SaleFacts): SaleStep {
  const { partOfSet } = state
  if (!partOfSet) return { state, intents: [], refused: 'not-in-this-state' }
  if (reason === '') return { state, intents: [], refused: 'reason-missing' }
  const { text, hit } = partOfSet
  const open = { ...state, partOfSet: null }
  const verdict = facts.verdictsNow.get(hit.unit.id)
  if (!verdict) return { state: { ...open, notice: null }, intents: [] }
  if (verdict.outcome !== 'accept') return refuseUnit(open, text, hit, verdict, facts)
  const step = withUnit(open, text, hit, verdict, null, facts)
  return step.refused ? step : { ...step, intents: [{ want: 'take-out-of-set', unitId: hit.unit.id, reason }, ...step.intents] }
}

/** What somebody says of a number that no piece of ours carries. It is kept; the number is not sold. */
export function settleStranger(state: SaleState, why: StrangerWhy, facts: SaleFacts): SaleStep {
  const { stranger } = state
  if (state.at !== 'open' || !stranger) return { state, intents: [], refused: 'not-in-this-state' }
  const params = { name: stranger.product.name, text: stranger.text }
  return {
    state: { ...state, stranger: null, notice: say(facts, why === 'not-ours' ? 'stop' : 'info', `stranger-${why}`, params) },
    intents: [{ want: 'keep-stranger', text: stranger.text, product: stranger.product, why }],
  }
}

/** A number that somebody is looking for, on a piece that is not ours: as quiet as any such hit, and kept as a case. */
function stolenStranger(state: SaleState, { text, ...found }: Found, verdict: Verdict, facts: SaleFacts): SaleStep {
  const name = found.is === 'product' ? found.product.name : text.slice(0, 64)
  return {
    state: { ...state, question: null, notice: say(facts, 'quiet', 'stolen-quiet', { name, ...reasonParams(verdict) }) },
    intents: [{ want: 'keep-verdict', unitId: null, text, verdict, asCase: 'quiet-hit' }],
  }
}

/** Refused with the reason; a quiet hit makes no sound and tells the customer nothing. */
function refuseUnit(state: SaleState, text: string, hit: UnitHit, verdict: Verdict, facts: SaleFacts): SaleStep {
  const { unit } = hit
  const params = { name: unit.product.name, ...reasonParams(verdict) }
  const notice = verdict.quiet
    ? say(facts, 'quiet', 'stolen-quiet', params, { kind: 'check-unit', unitId: unit.id })
    : refusalNotice(verdict, { unitId: unit.id, text }, params, facts)
  const undecided = verdict.outcome === 'ask-staff' && !verdict.quiet ? { text, hit } : null
  return {
    state: { ...state, question: null, notice, undecided },
    intents: [{ want: 'keep-verdict', unitId: unit.id, text, verdict, asCase: verdict.quiet ? 'quiet-hit' : null }],
  }
}

function refusalNotice(verdict: Verdict, piece: { unitId: string; text: string }, params: Record<string, string | number>, facts: SaleFacts) {
  const { unitId } = piece
  const { purchase, recall, custody } = verdict.findings
  const isAsked = verdict.outcome === 'ask-staff'
  const check = { kind: isAsked ? 'accept-anyway' : 'check-unit', unitId } as const
  if (purchase.answer === 'ours-sold')
    return say(facts, 'stop', 'already-sold', { ...params, ...purchase.params }, { kind: 'start-return', unitId })
  if (recall.answer === 'affected') return say(facts, 'stop', 'recalled', { ...params, ...recall.params }, check)
  if (custody.answer === 'in-another-cart') return say(facts, 'stop', 'in-other-cart', { ...params, ...custody.params }, check)
  if (custody.answer === 'not-here') return say(facts, 'stop', 'not-here', { ...params, ...custody.params }, check)
  if (isAsked && isOnlyKept(verdict))
    return say(facts, 'stop', 'reserved', { ...params, ...custody.params }, { kind: 'fetch-reserved', ...piece })
  return say(facts, 'stop', isAsked ? 'needs-colleague' : 'may-not-be-sold', { ...params, reason: firstReason(verdict) }, check)
}

function scanProduct(
  state: SaleState,
  found: Extract<Found, { is: 'product' }>,
  lots: readonly Lot[],
  facts: SaleFacts,
): SaleStep {
  const { product } = found
  if (product.tracking === 'serial') return productOfUnits(state, found, facts)
  const recalled = recalledGoods(product.id, found.lot, product.name, facts)
  if (recalled !== null) return { state: { ...state, question: null, notice: recalled }, intents: [] }
  if (product.tracking === 'lot') return scanLot(state, found, lots, facts)
  const same = state.lines.find((line) => line.productId === product.id && line.unitId === null && isAsSold(line, product))
  if (same) return oneMore(state, same, facts)
  const line = lineOf(product, facts)
  if (!countable(state, line, 1)) return { state, intents: [], refused: 'amount-out-of-range' }
  return { state: withLine(state, line, say(facts, 'good', 'product-added', { name: line.name, quantity: 1 })), intents: [] }
}

/** Goods without a number are recalled by their article or their lot: they are refused like a piece, by whoever tries the rules too. */
export function recalledGoods(productId: string, lot: string | null, name: string, facts: SaleFacts, lineId: string | null = null): Notice | null {
  const campaign = facts.recallOf?.(productId, lot) ?? null
  return campaign === null ? null : say(facts, 'stop', 'recalled', { name, campaign }, lineId === null ? null : { kind: 'remove-line', lineId })
}

/** A line whose price somebody changed, or that was scanned before the price changed, stays as it is. */
const isAsSold = (line: SaleLine, product: Product): boolean =>
  line.byHand === undefined && line.priceSet === undefined && line.unitPrice_cents === product.price_cents

/**
 * The product code of a thing that is sold by its serial: beside the serial just scanned it adds nothing, alone it
 * asks for the serial. A piece is never sold without saying which.
 */
function productOfUnits(state: SaleState, found: Extract<Found, { is: 'product' }>, facts: SaleFacts): SaleStep {
  const { product, strangeSerial } = found
  if (strangeSerial !== null)
    return {
      state: {
        ...state, question: null, stranger: { text: strangeSerial, product },
        notice: say(facts, 'stop', 'unknown-serial', { name: product.name, text: strangeSerial }),
      },
      intents: [],
    }
  const last = state.lines.at(-1)
  const code = last?.productId === product.id && last.unitId !== null ? 'same-product-code' : 'scan-the-serial'
  return { state: { ...state, question: null, asksSerial: product.id, notice: say(facts, 'info', code, { name: product.name }) }, intents: [] }
}

function scanLot(state: SaleState, found: Extract<Found, { is: 'product' }>, lots: readonly Lot[], facts: SaleFacts): SaleStep {
  const { product, lot } = found
  if (lot === null) {
    const choices: Choice[] = lots.map((entry) => ({ is: 'lot', choice: `lot:${entry.lot}`, product, lot: entry.lot, expiry: entry.expiry }))
    if (choices.length === 0)
      return { state: { ...state, notice: say(facts, 'stop', 'no-lot-on-hand', { name: product.name }) }, intents: [] }
    return { state: { ...state, notice: null, question: { text: found.text, choices } }, intents: [] }
  }
  const expiry = found.expiry ?? lots.find((entry) => entry.lot === lot)?.expiry ?? null
  const today = facts.now.slice(0, 10)
  if (expiry !== null && expiry < today)
    return {
      state: { ...state, question: null, notice: say(facts, 'stop', 'expired-lot', { name: product.name, lot, date: expiry }) },
      intents: [],
    }
  const same = state.lines.find((line) => line.productId === product.id && line.lot === lot && isAsSold(line, product))
  if (same) return oneMore(state, same, facts)
  const older = lots.find((entry) => entry.lot !== lot && entry.quantity > 0 && entry.expiry !== null && expiry !== null && entry.expiry < expiry && entry.expiry >= today)
  const line = { ...lineOf(product, facts), lot, expiry }
  if (!countable(state, line, 1)) return { state, intents: [], refused: 'amount-out-of-range' }
  const notice = older
    ? say(facts, 'info', 'older-lot', { name: product.name, lot: older.lot, date: older.expiry ?? '' })
    : say(facts, 'good', 'product-added', { name: product.name, quantity: 1 })
  return { state: withLine(state, line, notice), intents: [] }
}

function ask(state: SaleState, found: Extract<Found, { is: 'many' }>, verdicts: ReadonlyMap<string, Verdict>): SaleStep {
  const units: Choice[] = found.hits.map((hit) => {
    const verdict = verdicts.get(hit.unit.id)
    if (!verdict) throw new Error(`no verdict was decided on ${hit.unit.id}`)
    return { is: 'unit', choice: hit.unit.id, hit, verdict }
  })
  // What can be sold stands first: a twin that has left the shop is what nobody at a counter means.
  const bySale = [...units].sort((one, other) => Number(isRefused(one)) - Number(isRefused(other)))
  const products: Choice[] = found.products.map((product) => ({ is: 'product', choice: product.id, product }))
  const strange: Choice[] = found.strange ? [{ is: 'product', choice: found.strange.product.id, ...found.strange }] : []
  return { state: { ...state, notice: null, question: { text: found.text, choices: [...bySale, ...products, ...strange] } }, intents: [] }
}

const isRefused = (choice: Choice): boolean => choice.is === 'unit' && choice.verdict.outcome === 'refuse'

function scanReceipt(state: SaleState, found: Extract<Found, { is: 'receipt' }>, facts: SaleFacts): SaleStep {
  if (state.lines.length > 0)
    return { state: { ...state, notice: say(facts, 'info', 'receipt-while-selling', { number: found.number }) }, intents: [] }
  return {
    state: { ...state, notice: null },
    intents: [{ want: 'drop' }, { want: 'start-return', units: found.units.map((hit) => hit.unit.id), text: found.number }],
  }
}
