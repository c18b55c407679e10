import type { UnitFacts } from '../../../contract/unit.ts'
import { cents, minus } from '../../../contract/money.ts'
import type { Right } from '../../../contract/roles.ts'
import type { SaleLine, Tender } from '../../../contract/sale-view.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { toldFacts } from '../facts/known-unit.ts'
import { later } from '../facts/days.ts'
import type { Ground } from '../ground.ts'
import { shiftInHand } from '../money/shift-in-hand.ts'
import type { PaperSetting } from '../papers/paper-words.ts'
import { warrantiesWithSale } from '../papers/with-sale.ts'
import { returnPaper } from '../papers/return-paper.ts'
import { salePaper } from '../papers/sale-paper.ts'
import type { Authority } from '../people/authority.ts'
import { hold, release, releaseAll } from '../store/flows.ts'
import { recordEvent } from '../store/journal.ts'
import { nextNumber } from '../store/meta.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import { recordReturn, recordSale } from '../store/sales.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import type { ReturnIntent } from './return.ts'
import type { SaleState, TerminalSignal } from './sale-state.ts'
import { totalsOf } from './totals.ts'

/** What a deed may know and tell of the card terminal; asking it is done after the deed, when its row is durable. */
export interface TerminalLink {
  readonly address: string
  readonly byHand: boolean
  signal(signal: TerminalSignal): void
}

/** Who acts, on which flow. Everything below happens in the one transaction of the step. */
export interface Deed {
  readonly ground: Ground
  readonly db: Writing
  readonly flowId: string
  readonly staff: { readonly staffId: string; readonly name: string } | null
  /** Who answers for an act that needs a right: the person at the till, or who lent it (used up by this); null: nobody. */
  readonly authority: (right: Right, reaches?: (staffId: string) => boolean) => Authority | null
  /** False where no printer is set up: then no job is queued that would come out weeks later. */
  readonly hasPrinter: boolean
  /** The card terminal of this till; null where cards are taken beside the till. */
  readonly terminal: TerminalLink | null
  readonly setting: PaperSetting
}

export const RECEIPT_SERIES = 'receipt'
export const RETURN_SERIES = 'return'

/** The number the series will give next; it is taken when the deed is written, in the same transaction. */
export function peekNumber(ground: Ground, db: Reading, series: string): string {
  const row = sql(db, 'SELECT value FROM counters WHERE name = ?').get(series) as { value: number } | undefined
  return formatNumber(ground, series, (row?.value ?? 0) + 1)
}

function takeNumber(deed: Deed, series: string, promised: string): void {
  const number = formatNumber(deed.ground, series, nextNumber(deed.db, series))
  if (number !== promised) throw new Error(`the number ${promised} was promised and ${number} is next`)
}

const LETTER: Readonly<Record<string, string>> = { receipt: 'R', return: 'G', shift: 'Z', claim: 'C', cash: 'K' }
export const formatNumber = (ground: Ground, series: string, value: number): string =>
  `${ground.till.code}-${LETTER[series] ?? 'X'}${String(value).padStart(6, '0')}`

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
  if (!staff) throw new Error('nobody is signed in')
  const now = ground.now()
  const totals = totalsOf(state.lines, { currency: ground.place.currency, taxInclusive: ground.place.tax_inclusive === 1 })
  takeNumber(deed, RECEIPT_SERIES, intent.number)
  recordSale(db, {
    id: intent.saleId, number: intent.number, flowId: deed.flowId, shiftId: shiftInHand(deed), storeId: ground.place.id,
    tillId: ground.till.id, staffId: staff.staffId, soldAt: now, currency: totals.currency,
    gross_cents: totals.gross_cents, discount_cents: totals.discount_cents, rounding_cents: intent.rounding_cents,
    demo: ground.demo, lines: state.lines, tenders: state.tenders, taxes: totals.taxes,
  })
  for (const line of state.lines) if (line.unitId !== null) soldEvent(deed, line, state.tenders, intent, now)
  recordDocument(db, {
    id: intent.documentId,
    kind: 'sale',
    number: intent.number,
    at: now,
    total_cents: totals.gross_cents + intent.rounding_cents,
    summary: state.lines.map((line) => [line.name, line.aliases[0]?.value].filter(Boolean).join(' ')).join(', ').slice(0, 500),
    body: salePaper(
      { number: intent.number, at: now, cashier: staff.name, lines: state.lines, totals, rounding_cents: intent.rounding_cents, tenders: state.tenders },
      deed.setting,
      ground.policy(),
    ),
  })
  const cash = state.tenders.some((tender) => tender.kind === 'cash')
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId: intent.documentId, copy: false, drawer: cash, at: now })
  for (const documentId of warrantiesWithSale(ground, db, state.lines, deed.setting))
    if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: false, at: now })
}

function soldEvent(
  deed: Deed,
  line: SaleLine,
  tenders: readonly Tender[],
  intent: { saleId: string; number: string },
  now: string,
): void {
  const { ground } = deed
  const unitId = line.unitId ?? ''
  const before = toldFacts(ground.mirror, deed.db, unitId)
  // The refund goes back to the tender that paid the most of the sale.
  const main = [...tenders].sort((a, b) => b.amount_cents - a.amount_cents)[0]
  const facts: UnitFacts = {
    custody: { at: 'with-customer' },
    title: {
      is: 'sold',
      purchase: {
        saleId: intent.saleId, receiptNumber: intent.number, soldAt: now, storeId: ground.place.id, channel: 'store',
        paid_cents: paidFor(deed, line), currency: ground.place.currency, tender: main?.kind ?? 'cash',
      },
    },
    condition: before?.condition ?? 'new',
    flags: before?.flags ?? [],
    cover: before?.cover ?? [],
  }
  recordEvent(deed.db, {
    id: ground.newId(), kind: 'sold', unitId, at: now, storeId: ground.place.id, tillId: ground.till.id,
    staffId: deed.staff?.staffId ?? null, who: deed.staff?.name ?? null,
    params: { receipt: intent.number, price_cents: line.total_cents, currency: ground.place.currency, store: ground.place.name, date: now },
    facts,
  })
}

/** What left the customer's purse for this line: with the tax on top where prices are shown without it. */
function paidFor(deed: Deed, line: SaleLine) {
  const { place } = deed.ground
  return place.tax_inclusive === 1
    ? line.total_cents
    : totalsOf([line], { currency: place.currency, taxInclusive: false }).gross_cents
}

/** Return, money, custody, journal, paper: one fact. */
export function finishReturn(deed: Deed, intent: Extract<ReturnIntent, { want: 'record-return' }>, unit: KnownUnit, approvedName: string | null): void {
  const { ground, db } = deed
  const now = ground.now()
  const { title } = unit.facts
  if (title.is !== 'sold' && title.is !== 'transferred') throw new Error(`unit ${unit.id} is not sold`)
  takeNumber(deed, RETURN_SERIES, intent.number)
  recordReturn(db, {
    id: intent.returnId, number: intent.number, flowId: deed.flowId, shiftId: shiftInHand(deed), storeId: ground.place.id,
    tillId: ground.till.id, staffId: deed.staff?.staffId ?? null, approvedBy: intent.approvedBy, returnedAt: now,
    unitId: unit.id, productId: unit.product.id, saleId: title.purchase.saleId, receiptNumber: title.purchase.receiptNumber,
    reason: intent.reason, condition: intent.condition, currency: intent.refund.currency,
    refund_cents: intent.refund.amount_cents, tender: intent.refund.to, tenderId: ground.newId(), demo: ground.demo,
  })
  const told = toldFacts(ground.mirror, db, unit.id) ?? unit.facts
  const facts: UnitFacts = {
    ...told,
    custody: { at: 'in-stock', storeId: ground.place.id, area: intent.verdict.next === 'quarantine' ? 'quarantine' : 'returns' },
    title: { is: 'returned', purchase: title.purchase, returnedAt: now, returnNumber: intent.number },
    condition: 'to-inspect',
  }
  const event = { unitId: unit.id, at: now, storeId: ground.place.id, tillId: ground.till.id, staffId: deed.staff?.staffId ?? null, who: deed.staff?.name ?? null }
  recordEvent(db, { ...event, id: ground.newId(), kind: 'returned', params: { number: intent.number, receipt: title.purchase.receiptNumber, reason: intent.reason, date: now, store: ground.place.name }, facts })
  recordEvent(db, { ...event, id: ground.newId(), kind: 'refunded', params: { amount_cents: intent.refund.amount_cents, currency: intent.refund.currency, tender: intent.refund.to }, facts })
  recordEvent(db, { ...event, id: ground.newId(), kind: 'routed', params: { place: intent.verdict.next, condition: intent.condition }, facts })
  recordDocument(db, {
    id: intent.documentId,
    kind: 'return',
    number: intent.number,
    at: now,
    total_cents: minus(cents(0), intent.refund.amount_cents),
    summary: [unit.product.name, unit.aliases[0]?.value].filter(Boolean).join(' '),
    body: returnPaper(
      {
        number: intent.number, at: now, who: deed.staff?.name ?? '', approvedBy: approvedName, unit, soldAt: title.purchase.soldAt,
        refund: intent.refund, reason: intent.reason, condition: intent.condition, next: intent.verdict.next,
      },
      deed.setting,
    ),
  })
  const cash = intent.refund.to === 'cash' && ground.seat !== 'kiosk'
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId: intent.documentId, copy: false, drawer: cash, at: now })
}
