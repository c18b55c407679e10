import { cents } from '../../../contract/money.ts'
import type { Language } from '../../../contract/ids.ts'
import { PLAIN_TEMPLATE } from '../../../contract/paper-template.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import type { CoverLayer, Purchase, UnitFacts } from '../../../contract/unit.ts'
import type { Findings, Verdict } from '../../../contract/verdict.ts'
import { DEMO_POLICY } from '../../../electron/core/demo/demo-policy.ts'
import { coverLayers } from '../../../contract/cover.ts'
import type { KnownUnit } from '../../../electron/core/facts/known-unit.ts'
import { totalsOf } from '../../../electron/core/flows/totals.ts'
import type { Product, ShopStore } from '../../../electron/core/mirror/mirror.ts'
import { certificatePaper } from '../../../electron/core/papers/certificate-paper.ts'
import { giftPaper } from '../../../electron/core/papers/gift-paper.ts'
import type { PaperSetting } from '../../../electron/core/papers/paper-words.ts'
import { salePaper } from '../../../electron/core/papers/sale-paper.ts'
import { slipPaper } from '../../../electron/core/papers/slip-paper.ts'
import { vendorPaper } from '../../../electron/core/papers/vendor-paper.ts'
import { warrantyPaper } from '../../../electron/core/papers/warranty-paper.ts'

export const BERLIN: ShopStore = {
  id: 'store-1', name: 'Nordwind Technik', address: 'Kastanienallee 7\n10435 Berlin', country: 'DE', currency: 'EUR',
  tax_number: 'DE 123 456 789', tax_inclusive: 1, cash_step: 1, time_zone: 'Europe/Berlin',
}

export const settingIn = (language: Language, place: ShopStore = BERLIN): PaperSetting => ({
  language, place, tillName: '1', demo: false,
  template: { ...PLAIN_TEMPLATE, header: ['Mo–Sa 10–19'], footer: ['www.nordwind.example'] },
})

/** The demo shop's rules, and the two countries it has no store in. */
export const POLICY: Policy = {
  ...DEMO_POLICY,
  legalGuarantee: {
    ...DEMO_POLICY.legalGuarantee,
    ES: { months: 36, presumedMonths: 24 },
    GB: { months: 72, presumedMonths: 6 },
  },
}

export const PHONE: Product = {
  id: 'phone', gtin: '04012345678901', sku: 'PH-1', brand: 'Fjord', name: 'Saga 7', variant: '256 GB, grün', category: 'phone',
  picture: 'phone', tracking: 'serial', price_cents: 79_900, tax_bp: 1900, serial_mask: null, maker_months: 12, durable: true, active: true,
}

const PURCHASE: Purchase = {
  saleId: 'sale-1', receiptNumber: 'K1-R000042', soldAt: '2026-03-14T22:30:00.000Z', storeId: 'store-1', channel: 'store',
  paid_cents: cents(79_900), currency: 'EUR', tender: 'cash',
}

/** A phone sold late on a spring evening: in Berlin it is the 14th, and an hour later in Greenwich's books too. */
export function soldPhone(told: readonly CoverLayer[] = [], country = 'DE'): { unit: KnownUnit; purchase: Purchase } {
  const title = { is: 'sold', purchase: PURCHASE } as const
  const cover = coverLayers(title, { makerMonths: 12, durable: true }, { country, timeZone: 'Europe/Berlin' }, POLICY, told)
  const facts: UnitFacts = { custody: { at: 'with-customer' }, title, condition: 'new', flags: [], cover }
  const unit: KnownUnit = {
    id: '0197f000-0000-7000-8000-00000000abcd', product: PHONE, facts, price_cents: 79_900, local: false,
    aliases: [
      { kind: 'serial', value: '000-FJ7-88213', retiredWhy: null },
      { kind: 'imei', value: '356938035643809', retiredWhy: null },
      { kind: 'serial', value: 'OLD-1', retiredWhy: 'relabelled' },
    ],
  }
  return { unit, purchase: PURCHASE }
}

export const PLAN: CoverLayer = {
  layer: 'plan', start: '2026-03-14', end: '2029-03-13', basis: 'sale', country: null, contractNumber: 'PL-7781-204',
  claimsUsed: 1, voidWhy: null,
}

export function warranty(language: Language, at = '2026-11-02T09:15:00.000Z', country = 'DE', told: readonly CoverLayer[] = [PLAN]): ReceiptDocument {
  return warrantyPaper(
    { number: 'K1-R000042-W-0000abcd', at, ...soldPhone(told, country), seller: BERLIN },
    settingIn(language),
    POLICY,
  )
}

const LINE = { gtin: null, picture: 'other', lot: null, expiry: null, discount_cents: cents(0), verdict: null } as const
export const LINES: readonly SaleLine[] = [
  {
    ...LINE, lineId: 'a', productId: 'phone', unitId: 'u', tracking: 'unit', brand: 'Fjord', name: 'Saga 7', variant: '256 GB, grün',
    aliases: soldPhone().unit.aliases.slice(0, 2), quantity: 1, unitPrice_cents: cents(79_900), discount_cents: cents(5_000),
    total_cents: cents(74_900), taxRate_bp: 1900,
  },
  {
    ...LINE, lineId: 'b', productId: 'b', unitId: null, tracking: 'lot', brand: '', name: 'Ñandú-Öl für Fahrradketten', variant: '', aliases: [],
    lot: 'L2291', expiry: '2027-05-31', quantity: 3, unitPrice_cents: cents(699), total_cents: cents(2_097), taxRate_bp: 700,
  },
]

export function receipt(language: Language, place: ShopStore = BERLIN): ReceiptDocument {
  const totals = totalsOf(LINES, { currency: place.currency, taxInclusive: place.tax_inclusive === 1 })
  const given_cents = cents(totals.gross_cents + 3_000)
  return salePaper(
    {
      number: 'K1-R000042', at: '2026-03-14T22:30:00.000Z', cashier: 'Jana', lines: LINES, totals, rounding_cents: 0,
      tenders: [{ tenderId: 't', kind: 'cash', amount_cents: totals.gross_cents, given_cents, change_cents: cents(3_000) }],
    },
    settingIn(language, place),
    POLICY,
  )
}

export const gift = (language: Language): ReceiptDocument =>
  giftPaper(
    {
      number: 'K1-R000042', soldOn: '2026-03-14', at: '2026-03-14T22:31:00.000Z',
      lines: [{ name: 'Fjord Saga 7 256 GB, grün', category: 'phone', numbers: ['S/N 000-FJ7-88213'], quantity: 1 }],
    },
    settingIn(language),
    POLICY,
  )

export const slip = (language: Language): ReceiptDocument =>
  slipPaper(
    {
      number: 'P-0000abcd', at: '2026-03-14T17:00:00.000Z', who: 'Jana', name: 'Frau Winter', lines: LINES,
      totals: totalsOf(LINES, { currency: 'EUR', taxInclusive: true }), heldUntil: '2026-03-14T18:00:00.000Z',
    },
    settingIn(language),
  )

export const vendor = (language: Language): ReceiptDocument =>
  vendorPaper(
    {
      number: 'K1-V000007', at: '2026-11-02T09:15:00.000Z', who: 'Jana', vendor: 'Fjord AS', reference: 'RMA-77', note: '',
      lines: [
        { unit: soldPhone().unit, reason: 'faulty', symptom: null, number: 'K1-G000012', verdictId: '0197f000-0000-7000-8000-00000000c0de' },
        { unit: soldPhone().unit, reason: null, symptom: 'Kein Ton', number: 'K1-C000003', verdictId: null },
      ],
    },
    settingIn(language),
  )

const clear = (answer: string, reason: string, params = {}) =>
  ({ answer, reason, params, evidence: [], source: 'mirror', asOf: '2026-11-02T07:15:00.000Z' }) as never

export function verdictOf(quiet: boolean): Verdict {
  const findings: Findings = {
    identity: clear('known-unit', 'known'),
    purchase: clear('ours-sold', 'sold-here-on', { date: '2026-03-14', receipt: 'K1-R000042', store: 'Nordwind Technik' }),
    warranty: clear('covered', 'covered-until', { layer: 'plan', date: '2029-03-13' }),
    stolen: quiet ? clear('flagged', 'stolen-reported', { reference: 'BE-4711' }) : clear('clear', 'no-flag'),
    recall: clear('none', 'no-campaign'),
    authenticity: clear('consistent', 'consistent'),
    custody: clear('with-customer', 'with-customer'),
  }
  return {
    intent: 'check', outcome: quiet ? 'refuse' : 'accept', quiet, findings, reasons: quiet ? ['stolen'] : ['identity'], next: 'stay',
    policyVersion: 'demo-1', decidedAt: '2026-11-02T09:15:00.000Z',
  }
}

export const certificate = (language: Language, quiet = false): ReceiptDocument =>
  certificatePaper(
    {
      verdictId: '0197f000-0000-7000-8000-00000000c0de', number: 'C-0000c0de', at: '2026-11-02T09:16:00.000Z', verdict: verdictOf(quiet),
      unit: soldPhone([PLAN]).unit, text: '000-FJ7-88213', who: 'Jana',
    },
    settingIn(language),
  )
