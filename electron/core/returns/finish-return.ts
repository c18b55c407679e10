import { add, cents, minus, ZERO, type Cents } from '../../../contract/money.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { RefundPlan } from '../../../contract/return-view.ts'
import type { Condition, TenderKind, UnitFacts } from '../../../contract/unit.ts'
import type { NextPlace } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { toldFacts } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { RETURN_SERIES, takeNumber } from '../flows/numbers.ts'
import type { Product } from '../mirror/mirror.ts'
import { issueCredit } from '../money/ledger.ts'
import { shiftInHand } from '../money/shift-in-hand.ts'
import { returnPaper } from '../papers/return-paper.ts'
import { closeEmptyParcels } from '../parcels/close-empty-parcels.ts'
import { recordEvent } from '../store/journal.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import { cameBack, recordReturn } from '../store/returns.ts'
import { returnedOfLine } from '../store/told-receipts.ts'
import type { LookedAt } from './condition-questions.ts'
import { returnedTaxes } from './returned-tax.ts'
import { labelRoutes } from './label-routes.ts'
import { areaOf, keptCondition } from './routes.ts'

/** One thing that comes back, with all that is written of it. */
export interface ReturnedLine {
  readonly product: Product
  /** Null for plain goods, and for a piece nobody has a record of. */
  readonly unit: KnownUnit | null
  /** The number on a piece nobody has a record of. */
  readonly serial: string | null
  readonly quantity: number
  readonly sale: { readonly saleId: string | null; readonly lineId: string | null; readonly receiptNumber: string | null; readonly soldAt: string | null; readonly isElsewhere?: boolean }
  /** How many of the line were bought; null where there is no line. */
  readonly bought: number | null
  readonly tax_bp: number
  readonly reason: string
  readonly condition: Condition
  readonly refund_cents: Cents
  readonly next: NextPlace
  readonly seen: LookedAt
  /** Taken after its window, by somebody's authority. */
  readonly late: boolean
  /** Its money goes back as store credit alone, whatever becomes of the rest. */
  readonly onlyCredit: boolean
  /** Whoever approved the return answers for this piece of it; false: it needed nobody. */
  readonly isAnsweredFor: boolean
}

export interface ReturnDocument {
  readonly returnId: string
  readonly number: string
  readonly documentId: string
  readonly lines: readonly ReturnedLine[]
  readonly plan: RefundPlan
  readonly approval: { readonly staffId: string; readonly name: string; readonly reason: string } | null
}

/**
 * Return, money, custody, journal, paper: one fact, in the transaction of the deed. The refunds of the lines sum to the
 * plan. Answers the numbers of vouchers and store credit it gave out. Refuses a piece that came back meanwhile
 * (`returned-already`) and more plain goods than are left of a line (`more-than-bought`).
 */
export function finishReturn(deed: Deed, entry: ReturnDocument): Result<{ credits: string[] }> {
  const { ground, db } = deed
  const still = areStillOut(deed, entry.lines)
  if (!still.ok) return still
  takeNumber(deed, RETURN_SERIES, entry.number)
  const at = ground.now()
  const tenders: { id: string; kind: TenderKind; amount_cents: number; creditNumber: string | null }[] = []
  const credits: string[] = []
  for (const { kind, amount_cents } of entry.plan.pays) {
    const credit = kind === 'voucher' || kind === 'store-credit'
      ? issueCredit(deed, { kind, amount_cents, becauseOf: entry.returnId, holder: null })
      : null
    if (credit !== null && !credit.ok) return credit
    if (credit?.ok === true) credits.push(credit.value.number)
    tenders.push({ id: ground.newId(), kind, amount_cents: -amount_cents, creditNumber: credit?.ok === true ? credit.value.number : null })
  }
  recordReturn(db, {
    id: entry.returnId, number: entry.number, flowId: deed.flowId, shiftId: shiftInHand(deed), storeId: ground.place.id,
    tillId: ground.till.id, staffId: deed.staff?.staffId ?? null, approvedBy: entry.approval?.staffId ?? null,
    approvedWhy: entry.approval?.reason ?? null, returnedAt: at, currency: entry.plan.currency,
    refund_cents: entry.plan.amount_cents, rounding_cents: entry.plan.rounding_cents, demo: ground.demo,
    lines: entry.lines.map((line) => ({
      id: ground.newId(), productId: line.product.id, unitId: line.unit?.id ?? null, quantity: line.quantity, saleId: line.sale.saleId,
      saleLineId: line.bought === null ? null : line.sale.lineId, isElsewhere: line.sale.isElsewhere === true, receiptNumber: line.sale.receiptNumber, reason: line.reason,
      condition: line.condition, refund_cents: line.refund_cents, nextPlace: line.next, lookedAt: { ...line.seen, serial: line.serial },
    })),
    parts: entry.plan.parts, tenders, taxes: returnedTaxes(db, entry.lines.map(({ sale, bought, unit, tax_bp, refund_cents }) => ({
      saleId: sale.saleId, saleLineId: bought === null ? null : sale.lineId, unitId: unit?.id ?? null, tax_bp, refund_cents,
    }))),
  })
  for (const line of entry.lines) if (line.unit !== null) tellOf(deed, entry, line, line.unit, at)
  closeEmptyParcels(deed)
  paperOf(deed, entry, credits, at)
  return ok({ credits })
}

/** Looked at once more inside the transaction: what another flow did a moment ago counts. Refuses as `finishReturn` does. */
export function areStillOut(deed: Deed, lines: readonly ReturnedLine[]): Result<null> {
  for (const line of lines) {
    const still = stillOut(deed, line)
    if (!still.ok) return still
  }
  return ok(null)
}

function stillOut(deed: Deed, line: ReturnedLine): Result<null> {
  const { db, ground } = deed
  if (line.unit !== null) {
    const told = toldFacts(ground.mirror, db, line.unit.id)?.title
    const isOut = told?.is === 'sold' || told?.is === 'transferred' || (told?.is === 'unknown' && line.sale.saleId === null)
    if (!isOut || cameBack(db, line.unit.id, line.sale.saleId)) return refused('returned-already')
  }
  if (line.bought === null || line.sale.lineId === null) return ok(null)
  const left = line.bought - returnedOfLine(db, line.sale.lineId)
  return line.quantity > left ? refused('more-than-bought', { left }) : ok(null)
}

function tellOf(deed: Deed, entry: ReturnDocument, line: ReturnedLine, unit: KnownUnit, at: string): void {
  const { ground, db, staff } = deed
  const told = toldFacts(ground.mirror, db, unit.id) ?? unit.facts
  const { title } = told
  const purchase = title.is === 'sold' || title.is === 'transferred' ? title.purchase : null
  if (purchase === null && title.is !== 'unknown') throw new Error(`unit ${unit.id} is not sold`)
  const facts: UnitFacts = {
    ...told,
    custody: { at: 'in-stock', storeId: ground.place.id, area: areaOf(line.next) },
    title: purchase === null ? { is: 'ours' } : { is: 'returned', purchase, returnedAt: at, returnNumber: entry.number },
    condition: keptCondition(line.next, line.condition),
    // What was read off it now is what it is sold with the next time.
    ...(Object.keys(line.seen.parts).length === 0 ? {} : { parts: { ...told.parts, ...line.seen.parts } }),
  }
  const event = {
    unitId: unit.id, at, storeId: ground.place.id, tillId: ground.till.id, staffId: staff?.staffId ?? null, who: staff?.name ?? null,
  }
  const tell = (kind: 'returned' | 'refunded' | 'routed', params: Record<string, string | number>) =>
    recordEvent(db, { ...event, id: ground.newId(), kind, params, facts })
  tell('returned', { number: entry.number, reason: line.reason, date: at, store: ground.place.name,
    ...(purchase === null ? {} : { receipt: purchase.receiptNumber }), ...(line.late ? { exception: 'after-window' } : {}),
  })
  tell('refunded', {
    amount_cents: line.refund_cents, currency: entry.plan.currency, tender: tenderOf(line, entry.plan),
    ...(entry.approval === null || !line.isAnsweredFor ? {} : { approvedBy: entry.approval.name, why: entry.approval.reason }),
  })
  tell('routed', { place: line.next, condition: line.condition })
}

/** As what most of the money of a line goes back. */
function tenderOf(line: ReturnedLine, { parts, pays }: RefundPlan): TenderKind {
  if (line.onlyCredit) return 'store-credit'
  const ofItsSale = parts.filter(({ saleId }) => saleId === line.sale.saleId).sort((a, b) => b.amount_cents - a.amount_cents)
  return ofItsSale[0]?.paidAs ?? pays[0]?.kind ?? 'store-credit'
}

function paperOf(deed: Deed, entry: ReturnDocument, credits: readonly string[], at: string): void {
  const { ground, db } = deed
  const paid = entry.plan.pays.reduce((sum, { amount_cents }) => add(sum, amount_cents), ZERO)
  recordDocument(db, {
    id: entry.documentId, kind: 'return', number: entry.number, at, total_cents: minus(cents(0), paid),
    summary: entry.lines.map(({ product, unit, serial }) => [product.name, unit?.aliases[0]?.value ?? serial].filter(Boolean).join(' ')).join(', ').slice(0, 500),
    body: returnPaper(
      { number: entry.number, at, who: deed.staff?.name ?? '', approvedBy: entry.approval?.name ?? null, lines: entry.lines, plan: entry.plan, credits },
      deed.setting, deed.hasLabelPrinter ? 'labels-apart' : 'with-slips',
    ),
  })
  const drawer = ground.seat !== 'kiosk' && entry.plan.pays.some(({ kind }) => kind === 'cash')
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId: entry.documentId, copy: false, drawer, at })
  if (deed.hasLabelPrinter) labelRoutes(deed, entry.number, entry.lines, at)
}
