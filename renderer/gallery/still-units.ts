import type { Cents } from '../../contract/money.ts'
import type { UnitCard } from '../../contract/unit.ts'
import type { Findings, Question, Verdict } from '../../contract/verdict.ts'

/** Pieces and verdicts to look at. Invented; the check digits are right, because people compare them. */

export const NOW = '2026-03-14T10:42:00.000Z'
const MORNING = '2026-03-14T08:05:00.000Z'
const cents = (amount: number) => amount as Cents

export const camera: UnitCard = {
  unitId: 'u-camera',
  productId: 'p-camera',
  brand: 'Halden',
  name: 'Aurora X2 system camera',
  variant: 'Body, black',
  gtin: '04012345678901',
  picture: 'camera',
  aliases: [{ kind: 'serial', value: 'HX2-0048213', retiredWhy: null }],
  facts: { custody: { at: 'in-stock', storeId: 's1', area: 'front' }, title: { is: 'ours' }, condition: 'new', flags: [], cover: [] },
  price_cents: cents(189_900),
}

export const phone: UnitCard = {
  unitId: 'u-phone',
  productId: 'p-phone',
  brand: 'Norrvik',
  name: 'Fjord 7 Pro',
  variant: '256 GB, slate',
  gtin: '04012345678918',
  picture: 'phone',
  aliases: [
    { kind: 'imei', value: '356938035643809', retiredWhy: null },
    { kind: 'imei', value: '356938035643817', retiredWhy: null },
    { kind: 'serial', value: 'NF7P25K80113', retiredWhy: null },
    { kind: 'own', value: 'CM-004711', retiredWhy: 'label replaced on 3 March' },
  ],
  facts: {
    custody: { at: 'with-customer' },
    title: {
      is: 'sold',
      purchase: {
        saleId: 'sale-1',
        receiptNumber: 'T1-2026-000312',
        soldAt: '2026-02-27T15:12:00.000Z',
        storeId: 's1',
        channel: 'store',
        paid_cents: cents(94_900),
        currency: 'EUR',
        tender: 'card',
      },
    },
    condition: 'new',
    flags: [],
    cover: [
      layer('legal', '2028-02-27', 'DE'),
      layer('maker', '2027-02-27', null),
      { ...layer('plan', '2029-02-27', null), contractNumber: 'CP-88120' },
    ],
  },
  price_cents: cents(94_900),
}

function layer(name: 'legal' | 'maker' | 'plan', end: string, country: string | null) {
  return {
    layer: name,
    start: '2026-02-27',
    end,
    basis: 'sale' as const,
    country,
    contractNumber: null,
    claimsUsed: 0,
    voidWhy: null,
  }
}

type Said<Q extends Question> = Findings[Q]

function finding<A extends string>(answer: A, reason: string, params: Record<string, string | number> = {}) {
  return { answer, reason, params, evidence: [] as string[], source: 'mirror', asOf: MORNING as string | null }
}

const inOrder: Findings = {
  identity: { ...finding('known-unit', 'known'), evidence: ['HX2-0048213'] } satisfies Said<'identity'>,
  purchase: finding('ours-not-sold', 'not-sold-yet') satisfies Said<'purchase'>,
  warranty: finding('not-started', 'not-started') satisfies Said<'warranty'>,
  stolen: finding('clear', 'no-flag') satisfies Said<'stolen'>,
  recall: finding('none', 'no-campaign') satisfies Said<'recall'>,
  authenticity: { ...finding('consistent', 'consistent'), source: 'label', asOf: null } satisfies Said<'authenticity'>,
  custody: { ...finding('may-leave', 'in-stock-here'), source: 'till', asOf: NOW } satisfies Said<'custody'>,
}

const decided = { quiet: false, next: 'customer' as const, policyVersion: 'demo-1', decidedAt: NOW }

export const mayBeSold: Verdict = { ...decided, intent: 'sell', outcome: 'accept', findings: inOrder, reasons: [] }

export const lookBeforeSelling: Verdict = {
  ...decided,
  intent: 'sell',
  outcome: 'ask-staff',
  findings: {
    ...inOrder,
    stolen: { ...finding('unknown', 'list-too-old', { age_days: 4 }), asOf: '2026-03-10T08:00:00.000Z' },
  },
  reasons: ['stolen'],
}

const soldFindings: Findings = {
  ...inOrder,
  identity: { ...finding('known-unit', 'known'), evidence: ['356938035643809', 'NF7P25K80113'] },
  purchase: {
    ...finding('ours-sold', 'sold-here-on', {
      date: '2026-02-27',
      receipt: 'T1-2026-000312',
      store: 'Berlin Mitte',
    }),
    evidence: ['T1-2026-000312'],
  },
  warranty: finding('covered', 'covered-until', { layer: 'plan', date: '2029-02-27' }),
  custody: finding('may-come-back', 'with-customer'),
}

export const mayComeBack: Verdict = {
  ...decided,
  intent: 'return',
  outcome: 'accept',
  findings: soldFindings,
  reasons: ['purchase', 'custody'],
  next: 'inspection',
}

export const needsApproval: Verdict = { ...mayComeBack, outcome: 'ask-staff', reasons: ['purchase'] }

export const stolen: Verdict = {
  ...decided,
  intent: 'return',
  outcome: 'refuse',
  quiet: true,
  findings: {
    ...soldFindings,
    purchase: finding('ours-not-sold', 'not-sold-yet'),
    warranty: finding('unknown', 'no-dates'),
    stolen: { ...finding('flagged', 'stolen-own', { date: '2026-01-09' }), evidence: ['case 26-0017'] },
    custody: finding('missing', 'missing-since', { date: '2026-01-09' }),
  },
  reasons: ['stolen', 'custody'],
  next: 'police-hold',
}

export const recalled: Verdict = {
  ...decided,
  intent: 'check',
  outcome: 'ask-staff',
  findings: {
    ...soldFindings,
    recall: { ...finding('affected', 'campaign-affects', { campaign: 'NV-2026-03' }), evidence: ['NV-2026-03'] },
  },
  reasons: ['recall'],
  next: 'maker',
}

export const recalledPhone: UnitCard = {
  ...phone,
  facts: {
    ...phone.facts,
    flags: [
      {
        kind: 'recall',
        source: 'Norrvik',
        at: '2026-03-02T00:00:00.000Z',
        reason: 'battery may overheat',
        reference: 'NV-2026-03',
      },
    ],
  },
}

export const unknownNumber: Verdict = {
  ...decided,
  intent: 'check',
  outcome: 'ask-staff',
  findings: {
    identity: { ...finding('impossible', 'bad-check-digit'), source: 'label', asOf: null },
    purchase: finding('unknown', 'no-record'),
    warranty: finding('unknown', 'no-dates'),
    stolen: finding('clear', 'no-flag'),
    recall: finding('none', 'no-campaign'),
    authenticity: { ...finding('suspect', 'contradiction'), source: 'label', asOf: null },
    custody: finding('unknown', 'unknown-place'),
  },
  reasons: ['identity', 'authenticity'],
  next: 'stay',
}
