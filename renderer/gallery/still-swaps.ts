import type { FrontView } from '../../contract/desk-view.ts'
import type { Cents } from '../../contract/money.ts'
import type { UnitCard } from '../../contract/unit.ts'
import { lookBeforeSelling, mayBeSold, mayComeBack, needsApproval, phone, stolen, unknownNumber } from './still-units.ts'

/** A piece for a piece, and a piece for money: exchanges and trade-ins standing still. */

const cents = (amount: number) => amount as Cents
const printed = { jobId: 'j1', state: 'printed', why: null } as const

const dearerPhone: UnitCard = {
  ...phone,
  unitId: 'u-phone-2',
  productId: 'p-phone-2',
  name: 'Fjord 7 Pro Max',
  variant: '512 GB, moss',
  aliases: [{ kind: 'imei', value: '356938035711235', retiredWhy: null }, { kind: 'serial', value: 'NF7M25L10442', retiredWhy: null }],
  facts: { custody: { at: 'in-stock', storeId: 's1', area: 'front' }, title: { is: 'ours' }, condition: 'new', flags: [], cover: [] },
  price_cents: cents(119_900),
}

const exchange = (value: Extract<FrontView, { screen: 'exchange' }>['exchange']): FrontView => ({ screen: 'exchange', exchange: value })
const tradeIn = (value: Extract<FrontView, { screen: 'trade-in' }>['tradeIn']): FrontView => ({ screen: 'trade-in', tradeIn: value })

const head = { flowId: 'f4', kind: 'exchange' as const, notice: null }
const both = { old: phone, new: dearerPhone }
const plan = phone.facts.cover.filter(({ layer }) => layer === 'plan')
const toPay = {
  currency: 'EUR', old_cents: cents(94_900), new_cents: cents(119_900), difference_cents: cents(25_000), cash_cents: cents(25_000), back: null,
}
const settle = {
  at: 'settle' as const, ...head, ...both, newVerdict: mayBeSold, cover: plan, settlement: toPay,
  differences: [
    { what: 'product' as const, old: 'Norrvik Fjord 7 Pro', new: 'Norrvik Fjord 7 Pro Max', differs: true },
    { what: 'variant' as const, old: '256 GB, slate', new: '512 GB, moss', differs: true },
    { what: 'condition' as const, old: 'new', new: 'new', differs: false },
    { what: 'produced' as const, old: '2025-11-03', new: '2026-01-19', differs: true },
    { what: 'price' as const, old: '94900', new: '119900', differs: true },
    { what: 'cover' as const, old: 'legal 2028-02-27, plan 2029-02-27', new: '', differs: true },
  ],
  reasonChoices: ['changed-mind', 'wrong-item', 'not-as-described', 'faulty', 'dead-on-arrival', 'gift', 'other'],
  conditionChoices: ['new' as const, 'open-box' as const, 'damaged' as const, 'parts-missing' as const], next: 'inspection' as const,
}

/** Exchanges by name. */
const EXCHANGES = {
  'exchange-old': exchange({ at: 'old', ...head, question: null }),
  'exchange-new': exchange({ at: 'new', ...head, question: null, old: phone, verdict: mayComeBack, mayGoOn: true }),
  'exchange-settle': exchange({
    ...settle, oldVerdict: mayComeBack, reason: 'wrong-item', condition: 'open-box', missing: [], approvalFor: [], approvedBy: null,
  }),
  'exchange-approval': exchange({
    ...settle, oldVerdict: needsApproval, newVerdict: lookBeforeSelling, reason: 'faulty', condition: 'damaged', missing: ['approval'],
    approvalFor: ['verdict', 'condition'], approvedBy: null,
  }),
  'exchange-paying': exchange({
    at: 'paying', ...head, ...both, way: 'charge', attemptId: 'a3', amount_cents: cents(25_000), currency: 'EUR', by: 'line', outcome: 'asked',
    progress: 'insert-card',
  }),
  'exchange-paying-unknown': exchange({
    at: 'paying', ...head, ...both, way: 'refund', attemptId: 'a3', amount_cents: cents(25_000), currency: 'EUR', by: 'line', outcome: 'unknown',
    progress: null,
  }),
  'exchange-done': exchange({
    at: 'done', ...head, ...both, number: 'T1-2026-000348', settlement: toPay, tender: 'card', credits: [], next: 'inspection', documentId: 'd2',
    print: printed,
  }),
} satisfies Record<string, FrontView>

const piece = {
  unitId: null, brand: phone.brand, name: phone.name, variant: phone.variant, picture: phone.picture, serial: 'NF7P24H20911',
}
const offered = {
  at: 'assess' as const, flowId: 'f5', notice: null, piece, verdict: unknownNumber, currency: 'EUR',
  conditionChoices: ['open-box' as const, 'refurbished' as const, 'damaged' as const],
}
const looked = (answer: boolean | null) => ({
  questions: ['signed-out', 'powers-on', 'screen-whole'].map((id) => ({ id, ifNo: 'damaged' as const, stops: id === 'signed-out', answer })),
  accessories: ['cable', 'box'].map((id) => ({ id, deduct_cents: cents(1_500), here: answer })),
})

/** Trade-ins by name. */
const TRADE_INS = {
  'trade-in-scan': tradeIn({ at: 'scan', flowId: 'f5', notice: null, question: null }),
  'trade-in-assess': tradeIn({
    ...offered, ...looked(null), condition: null, grade: null, offer_cents: null, payAs: null, signed: false, identitySeen: false,
    missing: ['condition', 'answers', 'accessories', 'signed', 'identity', 'pay-as'], approvalFor: [], approvedBy: null,
  }),
  'trade-in-approval': tradeIn({
    ...offered, ...looked(true), condition: 'open-box', grade: 'open-box', offer_cents: cents(82_500), payAs: 'store-credit', signed: true,
    identitySeen: true, missing: ['approval'], approvalFor: ['amount'], approvedBy: null,
  }),
  'trade-in-done': tradeIn({
    at: 'done', flowId: 'f5', piece, number: 'A1-2026-000007', amount_cents: cents(47_400), currency: 'EUR', payAs: 'store-credit',
    credits: ['CR-7Q4M-2K9D'], documentId: 'd2', print: printed,
  }),
  'trade-in-handed-over': tradeIn({ at: 'handed-over', flowId: 'f5', piece, verdict: stolen, caseId: 'case-7f31c9' }),
} satisfies Record<string, FrontView>

export const SWAPS = { ...EXCHANGES, ...TRADE_INS }
