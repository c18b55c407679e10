import type { CheckView } from '../../../contract/check-view.ts'
import type { WhichOne } from '../../../contract/notice.ts'
import type { PrintState } from '../../../contract/print-state.ts'
import type { SaleView, TerminalProgress } from '../../../contract/sale-view.ts'
import type { TenderKind, UnitCard } from '../../../contract/unit.ts'
import { cents } from '../../../contract/money.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { registersAsked } from '../checks/registers-asked.ts'
import { lifeOf } from '../facts/history.ts'
import { judgeUnit, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { CheckState } from '../flows/check.ts'
import { pendingGates } from '../flows/gates.ts'
import { missingParts } from '../flows/sale-kits.ts'
import { payable } from '../flows/sale-payment.ts'
import type { Choice, SaleFacts, SaleState } from '../flows/sale-state.ts'
import { quickAmounts, stillDue, totalsOf } from '../flows/totals.ts'
import type { Ground } from '../ground.ts'
import { gatesFor } from '../prices/product-gates.ts'
import { vouchersOfSale } from '../store/credits.ts'
import { lastJobOfDocument } from '../store/papers.ts'

/** A voucher and a store credit are one key: the number says which it is. */
const OTHER_TENDERS: TenderKind[] = ['card', 'voucher']

export function saleView(ground: Ground, flowId: string, state: SaleState, progress: TerminalProgress | null): SaleView {
  const place = { currency: ground.place.currency, taxInclusive: ground.place.tax_inclusive === 1, cashStep: ground.place.cash_step }
  const cart = { flowId, lines: [...state.lines], totals: totalsOf(state.lines, place), notice: state.notice }
  switch (state.at) {
    case 'open':
    case 'voided':
      return { at: 'open', ...cart, question: saleQuestion(ground, state), undo: state.past.at(-1)?.what ?? null, cartDiscount: state.cartDiscount ?? null, missing: missingParts(state), stranger: state.stranger ? { text: state.stranger.text, name: state.stranger.product.name } : null, partOfSet: partOfSetView(state) }
    case 'gating':
      return { at: 'gating', ...cart, gates: pendingGates(state, gatesFor(ground, state)) }
    case 'tendering': {
      const due_cents = stillDue(payable(state, place as SaleFacts, true), state.tenders)
      return { at: 'tendering', ...cart, tenders: [...state.tenders], due_cents, quickAmounts: quickAmounts(due_cents), otherTenders: OTHER_TENDERS }
    }
    case 'asking-terminal': {
      const { asking } = state
      if (!asking) throw new Error('a sale at the terminal knows its attempt')
      return {
        at: 'asking-terminal', ...cart, tenders: [...state.tenders], ...asking,
        ...(asking.deposit === undefined ? {} : { way: 'refund' as const }),
        progress: asking.outcome === 'asked' && asking.by === 'line' ? progress : null,
      }
    }
    case 'paid': {
      const { paid } = state
      if (!paid) throw new Error('a paid sale knows its receipt')
      return {
        at: 'paid', ...cart, saleId: paid.saleId, receiptNumber: paid.receiptNumber, documentId: paid.documentId,
        tenders: [...state.tenders], change_cents: paid.change_cents, vouchers: vouchersOfSale(ground.store.reading, paid.saleId), print: printStateOf(ground, paid.documentId),
      }
    }
    default:
      return unreachable(state.at)
  }
}

const partOfSetView = ({ partOfSet }: SaleState): Extract<SaleView, { at: 'open' }>['partOfSet'] =>
  partOfSet ? { unitId: partOfSet.hit.unit.id, name: partOfSet.hit.unit.product.name, set: partOfSet.whole.name, setSerial: partOfSet.whole.serial } : null

function saleQuestion(ground: Ground, state: SaleState): WhichOne | null {
  if (!state.question) return null
  return { text: state.question.text, candidates: state.question.choices.map((choice) => candidateOf(ground, choice)) }
}

function candidateOf(ground: Ground, choice: Choice): WhichOne['candidates'][number] {
  switch (choice.is) {
    case 'unit':
      return unitCandidate(ground, choice.hit.unit)
    case 'product':
      return { choice: choice.choice, name: choice.product.name, brand: choice.product.brand, serial: choice.serial ?? null, where: null, price_cents: choice.product.price_cents }
    case 'plan':
      return { choice: choice.choice, name: choice.piece.name, brand: '', serial: choice.piece.serial, where: null, price_cents: choice.product.price_cents }
    case 'lot':
      return { choice: choice.choice, name: choice.product.name, brand: choice.product.brand, serial: choice.lot, where: choice.expiry, price_cents: choice.product.price_cents }
    default:
      return unreachable(choice)
  }
}

function unitCandidate(ground: Ground, unit: KnownUnit): WhichOne['candidates'][number] {
  const { custody } = unit.facts
  return {
    choice: unit.id,
    name: [unit.product.name, unit.product.variant].filter((part) => part !== '').join(' '),
    brand: unit.product.brand,
    serial: unit.aliases[0]?.value ?? null,
    where: custody.at === 'in-stock' ? (ground.storeNames[custody.storeId] ?? null) : null,
    price_cents: unit.price_cents,
  }
}

export const unitsQuestion = (ground: Ground, question: { text: string; unitIds: readonly string[] } | null): WhichOne | null =>
  question && {
    text: question.text,
    candidates: question.unitIds.flatMap((id) => {
      const unit = unitOf(ground, id)
      return unit ? [unitCandidate(ground, unit)] : []
    }),
  }

export function unitCard(unit: KnownUnit): UnitCard {
  const { product } = unit
  return {
    unitId: unit.id, productId: product.id, brand: product.brand, name: product.name, variant: product.variant,
    gtin: product.gtin, picture: product.picture, aliases: [...unit.aliases], facts: unit.facts,
    price_cents: cents(unit.price_cents),
  }
}

export function checkView(ground: Ground, flowId: string, state: CheckState): CheckView {
  if (state.at === 'scan' || !state.verdict)
    return { at: 'scan', flowId, notice: state.notice, question: unitsQuestion(ground, state.question) }
  const unit = state.unitId === null ? null : unitOf(ground, state.unitId)
  return {
    at: 'result', flowId, notice: state.notice, unit: unit && unitCard(unit), text: state.text,
    // Said anew at every look: what was heard from outside is kept in no row, and a piece that was marked, found or
    // reported while it is looked at is no longer what it was when it was scanned.
    verdict: unit ? judgeUnit(ground, 'check', unit, flowId).verdict : state.verdict,
    asking: unit === null ? [] : registersAsked(ground, unit.id),
    timeline: state.unitId === null ? [] : lifeOf(ground, state.unitId).toReversed(),
  }
}

export function printStateOf(ground: Ground, documentId: string): PrintState {
  const job = lastJobOfDocument(ground.store.reading, documentId)
  if (!job) return { jobId: null, state: 'no-printer', why: null }
  // What somebody has given up is kept from coming out by nothing any more.
  if (job.state === 'given-up') return { jobId: job.id, state: 'not-printed', why: null }
  return { jobId: job.id, state: job.state, why: job.why }
}
