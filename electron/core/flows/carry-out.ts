import type { Cents } from '../../../contract/money.ts'
import type { Title, UnitFacts } from '../../../contract/unit.ts'
import { flagsThatHold } from '../../../contract/reservation.ts'
import type { SaleLine, Tender } from '../../../contract/sale-view.ts'
import { toldFacts } from '../facts/known-unit.ts'
import { promisedCover } from '../facts/promised-cover.ts'
import { later } from '../../../contract/days.ts'
import { keepCustomerOfSale } from '../customers/customer-rows.ts'
import { paidAs, redeemTenders } from '../money/sale-credits.ts'
import { issueGiftVouchers } from '../money/gift-vouchers.ts'
import { shiftInHand } from '../money/shift-in-hand.ts'
import { NOBODY } from '../payments/nobody.ts'
import { warrantiesWithSale } from '../papers/with-sale.ts'
import { keepPlans } from '../prices/keep-plans.ts'
import { keepPrices } from '../prices/keep-prices.ts'
import { salePaper } from '../papers/sale-paper.ts'
import { hold, release, releaseAll } from '../store/flows.ts'
import { recordEvent } from '../store/journal.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import { recordSale } from '../store/sales.ts'
import type { Deed } from './deed.ts'
import { RECEIPT_SERIES, takeNumber } from './numbers.ts'
import { eachPiece } from './sale-sets.ts'
import type { SaleState } from './sale-state.ts'
import { paidParts, totalsOf } from './totals.ts'

/** Takes the unit for this cart; the step has already seen that nobody else has it. */
export function holdUnit(deed: Deed, unitId: string): void {
  const now = deed.ground.now()
  const other = hold(deed.db, unitId, deed.flowId, later(now, deed.ground.policy().cartLease_ms), now)
  if (other !== null) throw new Error(`unit ${unitId} is held by flow ${other}`)
}

export const releaseUnit = (deed: Deed, unitId: string): void => release(deed.db, unitId, deed.flowId)
export const releaseUnits = (deed: Deed): void => releaseAll(deed.db, deed.flowId)

/** Sale, money, journal, paper and print job: one fact, all rows or none. */
export function finishSale(
  deed: Deed,
  state: SaleState,
  intent: { saleId: string; documentId: string; number: string; rounding_cents: number },
): void {
  const { ground, db, staff } = deed
  if (!staff && ground.seat !== 'kiosk') throw new Error('nobody is signed in')
  const now = ground.now()
  const totals = totalsOf(state.lines, { currency: ground.place.currency, taxInclusive: ground.place.tax_inclusive === 1 })
  takeNumber(deed, RECEIPT_SERIES, intent.number)
  // A set is booked as the pieces it is: each has its own share of the price, its own event and its own warranty.
  const pieces = eachPiece(state.lines, ground.newId)
  recordSale(db, {
    id: intent.saleId, number: intent.number, flowId: deed.flowId, shiftId: shiftInHand(deed), storeId: ground.place.id,
    tillId: ground.till.id, staffId: staff?.staffId ?? NOBODY, soldAt: now, currency: totals.currency,
    gross_cents: totals.gross_cents, discount_cents: totals.discount_cents, rounding_cents: intent.rounding_cents,
    demo: ground.demo, lines: pieces, tenders: state.tenders, taxes: totals.taxes,
  })
  redeemTenders(deed, intent.saleId, state.tenders)
  issueGiftVouchers(deed, state.lines, intent.saleId)
  keepCustomerOfSale(db, deed.flowId, intent.saleId)
  keepPrices(deed, state.lines, intent.number)
  const paid = paidParts(pieces, { taxInclusive: ground.place.tax_inclusive === 1 })
  pieces.forEach((line, place) => {
    if (line.unitId !== null) soldEvent(deed, line, paid[place] ?? line.total_cents, state.tenders, intent, now)
  })
  keepPlans(deed, state.lines, intent.number)
  recordDocument(db, {
    id: intent.documentId,
    kind: 'sale',
    number: intent.number,
    at: now,
    total_cents: totals.gross_cents + intent.rounding_cents,
    summary: pieces.map((line) => [line.name, line.aliases[0]?.value].filter(Boolean).join(' ')).join(', ').slice(0, 500),
    body: salePaper(
      { number: intent.number, at: now, cashier: staff?.name ?? ground.till.name, lines: state.lines, totals, rounding_cents: intent.rounding_cents, tenders: state.tenders },
      deed.setting,
      ground.policy(),
    ),
  })
  const cash = state.tenders.some((tender) => tender.kind === 'cash')
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId: intent.documentId, copy: false, drawer: cash, at: now })
  for (const documentId of warrantiesWithSale(ground, db, pieces, deed.setting))
    if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: false, at: now })
}

function soldEvent(
  deed: Deed,
  line: SaleLine,
  paid_cents: Cents,
  tenders: readonly Tender[],
  intent: { saleId: string; number: string },
  now: string,
): void {
  const { ground } = deed
  const unitId = line.unitId ?? ''
  const before = toldFacts(ground.mirror, deed.db, unitId)
  // The refund goes back to the tender that paid the most of the sale.
  const main = [...tenders].sort((a, b) => b.amount_cents - a.amount_cents)[0]
  const title: Title = {
    is: 'sold',
    purchase: {
      saleId: intent.saleId, receiptNumber: intent.number, soldAt: now, storeId: ground.place.id, channel: 'store',
      paid_cents, currency: ground.place.currency, tender: main === undefined ? 'cash' : paidAs(deed.db, main),
    },
  }
  const facts: UnitFacts = {
    custody: { at: 'with-customer' },
    title,
    condition: before?.condition ?? 'new',
    flags: before === null ? [] : flagsThatHold(before, now),
    cover: promisedCover(ground, line.productId, title, before?.cover ?? []),
    ...(before?.partOf === undefined ? {} : { partOf: before.partOf }),
    ...(before?.parts === undefined ? {} : { parts: before.parts }),
  }
  recordEvent(deed.db, {
    id: ground.newId(), kind: 'sold', unitId, at: now, storeId: ground.place.id, tillId: ground.till.id,
    staffId: deed.staff?.staffId ?? null, who: deed.staff?.name ?? null,
    params: { receipt: intent.number, price_cents: line.total_cents, currency: ground.place.currency, store: ground.place.name, date: now },
    facts,
  })
}
