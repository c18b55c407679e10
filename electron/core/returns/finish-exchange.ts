import { add, cents, minus, taxWithin, ZERO, type Cents } from '../../../contract/money.ts'
import type { ExchangeKind, Settlement } from '../../../contract/exchange-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { SaleLine, Tender } from '../../../contract/sale-view.ts'
import type { Condition, CoverLayer, Purchase, TenderKind, Title, UnitFacts } from '../../../contract/unit.ts'
import type { NextPlace } from '../../../contract/verdict.ts'
import { toldFacts, type KnownUnit } from '../facts/known-unit.ts'
import { promisedCover } from '../facts/promised-cover.ts'
import type { Deed } from '../flows/deed.ts'
import { RECEIPT_SERIES, RETURN_SERIES, peekNumber, takeNumber } from '../flows/numbers.ts'
import { totalsOf } from '../flows/totals.ts'
import { issueCredit } from '../money/ledger.ts'
import { shiftInHand } from '../money/shift-in-hand.ts'
import { exchangePaper } from '../papers/exchange-paper.ts'
import { closeEmptyParcels } from '../parcels/close-empty-parcels.ts'
import { recordEvent } from '../store/journal.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import { cameBack, recordReturn } from '../store/returns.ts'
import { recordSale } from '../store/sales.ts'
import { sql } from '../store/store.ts'
import { paidBy } from './bought.ts'
import { NOTHING_LOOKED_AT } from './condition-questions.ts'
import { labelRoutes } from './label-routes.ts'
import { returnedTaxes } from './returned-tax.ts'
import { areaOf, keptCondition } from './routes.ts'
import { carriedOf } from './settlement.ts'

export interface ExchangeEntry {
  /** Known before the money moves: a refund by card names the return it belongs to. */
  readonly returnId: string
  readonly kind: ExchangeKind
  readonly old: KnownUnit
  readonly new: KnownUnit
  readonly reason: string
  readonly condition: Condition
  readonly next: NextPlace
  readonly settlement: Settlement
  /** How a difference is paid that is to pay; null where none is. */
  readonly tender: TenderKind | null
  /** What goes over to the new piece. */
  readonly cover: readonly CoverLayer[]
  /** Taken after its window, by somebody's authority. */
  readonly late: boolean
  readonly approval: { readonly staffId: string; readonly name: string; readonly reason: string } | null
}

/**
 * The piece that came and the piece that goes for it, as one fact and one paper, in the transaction of the deed. The
 * money of the old sale that pays for the new piece stays in its tender: it leaves with the return and comes in with the
 * sale, so that drawer and terminal show what really moved. A swap moves no money: the new piece steps into the sale of
 * the old one. Refuses a piece that came back meanwhile (`returned-already`); throws where nobody is signed in.
 */
export function finishExchange(deed: Deed, entry: ExchangeEntry): Result<{ number: string; documentId: string; credits: string[] }> {
  const { ground, db, staff } = deed
  if (!staff) throw new Error('nobody is signed in')
  const told = toldFacts(ground.mirror, db, entry.old.id) ?? entry.old.facts
  const { title } = told
  if (title.is !== 'sold' && title.is !== 'transferred') return refused('returned-already')
  if (cameBack(db, entry.old.id, title.purchase.saleId)) return refused('returned-already')
  const at = ground.now()
  const { returnId } = entry
  const credits: string[] = []
  const money = entry.kind === 'exchange' ? moneyOf(deed, entry, title.purchase, returnId, credits) : ok(NO_MONEY)
  if (!money.ok) return money
  const returnNumber = numbered(deed, RETURN_SERIES)
  recordReturn(db, {
    id: returnId, number: returnNumber, flowId: deed.flowId, shiftId: shiftInHand(deed), storeId: ground.place.id, tillId: ground.till.id,
    staffId: staff.staffId, approvedBy: entry.approval?.staffId ?? null, approvedWhy: entry.approval?.reason ?? null, returnedAt: at,
    currency: entry.settlement.currency, refund_cents: money.value.refund_cents, rounding_cents: entry.settlement.back?.rounding_cents ?? 0,
    demo: ground.demo,
    lines: [{
      id: ground.newId(), productId: entry.old.product.id, unitId: entry.old.id, quantity: 1, saleId: title.purchase.saleId, saleLineId: null,
      receiptNumber: title.purchase.receiptNumber, reason: entry.reason, condition: entry.condition, refund_cents: money.value.refund_cents,
      nextPlace: entry.next, lookedAt: { ...NOTHING_LOOKED_AT, condition: entry.condition },
    }],
    parts: money.value.parts, tenders: money.value.out,
    taxes: returnedTaxes(db, [{
      saleId: title.purchase.saleId, saleLineId: null, unitId: entry.old.id, tax_bp: entry.old.product.tax_bp, refund_cents: money.value.refund_cents,
    }]),
  })
  const sold = entry.kind === 'exchange' ? recordNewSale(deed, entry, money.value.into, at) : null
  const number = sold?.number ?? returnNumber
  const purchase: Purchase = sold === null
    ? title.purchase
    : {
      saleId: sold.saleId, receiptNumber: sold.number, soldAt: at, storeId: ground.place.id, channel: 'store', paid_cents: entry.settlement.new_cents,
      currency: entry.settlement.currency, tender: money.value.main,
    }
  sql(
    db,
    `INSERT INTO exchanges (id, number, kind, at, flow_id, return_id, sale_id, old_unit_id, new_unit_id, difference_cents, staff_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(ground.newId(), number, entry.kind, at, deed.flowId, returnId, sold?.saleId ?? null, entry.old.id, entry.new.id, entry.settlement.difference_cents, staff.staffId)
  tellOld(deed, entry, told, title.purchase, { at, number, returnNumber })
  tellNew(deed, entry, purchase, { at, number })
  closeEmptyParcels(deed)
  const documentId = ground.newId()
  recordDocument(db, {
    id: documentId, kind: 'exchange', number, at, total_cents: entry.settlement.difference_cents,
    summary: [entry.old, entry.new].map((unit) => [unit.product.name, unit.aliases[0]?.value].filter(Boolean).join(' ')).join(' → ').slice(0, 500),
    body: exchangePaper({ ...entry, number, at, who: staff.name, credits, originalReceipt: title.purchase.receiptNumber }, deed.setting, deed.hasLabelPrinter ? 'labels-apart' : 'with-slips'),
  })
  const drawer = entry.tender === 'cash' || (entry.settlement.back?.pays.some(({ kind }) => kind === 'cash') ?? false)
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer, at })
  if (deed.hasLabelPrinter) labelRoutes(deed, number, [{ product: entry.old.product, unit: entry.old, serial: null, quantity: 1, next: entry.next }], at)
  return ok({ number, documentId, credits })
}

function numbered(deed: Deed, series: string): string {
  const number = peekNumber(deed.ground, deed.db, series)
  takeNumber(deed, series, number)
  return number
}

interface Money {
  readonly refund_cents: Cents
  readonly parts: { saleId: string; ofKind: TenderKind; paidAs: TenderKind; amount_cents: number }[]
  readonly out: { id: string; kind: TenderKind; amount_cents: number; creditNumber: string | null }[]
  readonly into: Tender[]
  readonly main: TenderKind
}
const NO_MONEY: Money = { refund_cents: ZERO, parts: [], out: [], into: [], main: 'cash' }

function moneyOf(deed: Deed, entry: ExchangeEntry, purchase: Purchase, returnId: string, credits: string[]): Result<Money> {
  const { ground, db } = deed
  const { settlement } = entry
  const carried = carriedOf(settlement, paidBy(db, purchase.saleId, purchase))
  const out = carried.map(({ ofKind, amount_cents }) => ({ id: ground.newId(), kind: ofKind, amount_cents: -amount_cents, creditNumber: null as string | null }))
  for (const { kind, amount_cents } of settlement.back?.pays ?? []) {
    const credit = kind === 'voucher' || kind === 'store-credit' ? issueCredit(deed, { kind, amount_cents, becauseOf: returnId, holder: null }) : null
    if (credit !== null && !credit.ok) return credit
    if (credit?.ok === true) credits.push(credit.value.number)
    out.push({ id: ground.newId(), kind, amount_cents: -amount_cents, creditNumber: credit?.ok === true ? credit.value.number : null })
  }
  const into = carried.map(({ ofKind, amount_cents }) => tenderOf(deed, ofKind, amount_cents))
  if (entry.tender !== null)
    into.push(tenderOf(deed, entry.tender, entry.tender === 'cash' ? settlement.cash_cents : settlement.difference_cents))
  const parts = [
    ...carried.map(({ ofKind, amount_cents }) => ({ saleId: purchase.saleId, ofKind, paidAs: ofKind, amount_cents: amount_cents as number })),
    ...(settlement.back?.parts ?? []).map(({ ofKind, paidAs, amount_cents }) => ({ saleId: purchase.saleId, ofKind, paidAs, amount_cents: amount_cents as number })),
  ].filter(({ amount_cents }) => amount_cents > 0)
  const main = [...into].sort((a, b) => b.amount_cents - a.amount_cents)[0]?.kind ?? purchase.tender
  return ok({ refund_cents: settlement.old_cents, parts, out, into, main })
}

const tenderOf = (deed: Deed, kind: TenderKind, amount_cents: Cents): Tender => ({
  tenderId: deed.ground.newId(), kind, amount_cents, given_cents: amount_cents, change_cents: ZERO,
})

function recordNewSale(deed: Deed, entry: ExchangeEntry, into: readonly Tender[], at: string): { saleId: string; number: string } {
  const { ground, db, staff } = deed
  const { place } = ground
  const saleId = ground.newId()
  const number = numbered(deed, RECEIPT_SERIES)
  const line = saleLine(deed, entry)
  const totals = totalsOf([line], { currency: place.currency, taxInclusive: place.tax_inclusive === 1 })
  const paid = into.reduce((sum, tender) => add(sum, tender.amount_cents), ZERO)
  recordSale(db, {
    id: saleId, number, flowId: deed.flowId, shiftId: shiftInHand(deed), storeId: place.id, tillId: ground.till.id, staffId: staff?.staffId ?? '', soldAt: at,
    currency: place.currency, gross_cents: totals.gross_cents, discount_cents: totals.discount_cents,
    rounding_cents: minus(paid, totals.gross_cents), demo: ground.demo, lines: [line], tenders: into, taxes: totals.taxes,
  })
  return { saleId, number }
}

/** The new piece at the price of the settlement: for the same article what was paid, whatever it costs today. */
export function saleLine(deed: Pick<Deed, 'ground'>, entry: Pick<ExchangeEntry, 'new' | 'settlement'>): SaleLine {
  const { product, aliases, id } = entry.new
  // Where the tax comes on top, the line is net and the settlement is not: the rate is taken out again.
  const paid = deed.ground.place.tax_inclusive === 1
    ? entry.settlement.new_cents
    : minus(entry.settlement.new_cents, taxWithin(entry.settlement.new_cents, product.tax_bp))
  const unitPrice_cents = cents(Math.max(paid, entry.new.price_cents))
  return {
    lineId: deed.ground.newId(), tracking: 'unit', productId: product.id, unitId: id, brand: product.brand, name: product.name, variant: product.variant,
    gtin: product.gtin, picture: product.picture, aliases: aliases.filter((alias) => alias.retiredWhy === null), lot: null, expiry: null, quantity: 1,
    unitPrice_cents, discount_cents: minus(unitPrice_cents, paid), total_cents: paid, taxRate_bp: product.tax_bp, verdict: null,
  }
}

interface Stamp {
  readonly at: string
  readonly number: string
}

function tellOld(deed: Deed, entry: ExchangeEntry, told: UnitFacts, purchase: Purchase, stamp: Stamp & { readonly returnNumber: string }): void {
  const { ground, db, staff } = deed
  const facts: UnitFacts = {
    ...told, cover: [], condition: keptCondition(entry.next, entry.condition),
    custody: { at: 'in-stock', storeId: ground.place.id, area: areaOf(entry.next) },
    title: { is: 'returned', purchase, returnedAt: stamp.at, returnNumber: stamp.returnNumber },
  }
  const event = {
    unitId: entry.old.id, at: stamp.at, storeId: ground.place.id, tillId: ground.till.id, staffId: staff?.staffId ?? null, who: staff?.name ?? null, facts,
  }
  const other = entry.new.aliases[0]?.value ?? entry.new.id
  recordEvent(db, { ...event, id: ground.newId(), kind: 'returned', params: {
    number: stamp.returnNumber, receipt: purchase.receiptNumber, reason: entry.reason, date: stamp.at, store: ground.place.name,
    ...(entry.late ? { exception: 'after-window' } : {}),
  } })
  recordEvent(db, { ...event, id: ground.newId(), kind: entry.kind === 'exchange' ? 'exchanged' : 'replaced', params: { by: other, number: stamp.number } })
  recordEvent(db, { ...event, id: ground.newId(), kind: 'routed', params: { place: entry.next, condition: entry.condition } })
}

function tellNew(deed: Deed, entry: ExchangeEntry, purchase: Purchase, { at, number }: Stamp): void {
  const { ground, db, staff } = deed
  const before = toldFacts(ground.mirror, db, entry.new.id) ?? entry.new.facts
  const title: Title = { is: 'sold', purchase }
  const facts: UnitFacts = { ...before, custody: { at: 'with-customer' }, title, cover: promisedCover(ground, entry.new.product.id, title, entry.cover) }
  const event = { unitId: entry.new.id, at, storeId: ground.place.id, tillId: ground.till.id, staffId: staff?.staffId ?? null, who: staff?.name ?? null, facts }
  const other = entry.old.aliases[0]?.value ?? entry.old.id
  recordEvent(db, { ...event, id: ground.newId(), kind: 'sold', params: { receipt: purchase.receiptNumber, price_cents: purchase.paid_cents, currency: purchase.currency, store: ground.place.name, date: at } })
  recordEvent(db, { ...event, id: ground.newId(), kind: 'exchanged', params: { from: other, number } })
  if (entry.cover.length > 0)
    recordEvent(db, { ...event, id: ground.newId(), kind: 'cover-moved', params: { from: other, layers: entry.cover.map(({ layer }) => layer).join(' ') } })
}

