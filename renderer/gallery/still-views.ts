import type { DeskView, FrontView } from '../../contract/desk-view.ts'
import type { Language } from '../../contract/ids.ts'
import type { KioskView } from '../../contract/kiosk-view.ts'
import type { Cents } from '../../contract/money.ts'
import type { Notice } from '../../contract/notice.ts'
import type { SaleLine, Totals } from '../../contract/sale-view.ts'
import type { StaffTile } from '../../contract/staff-tile.ts'
import type { TimelineEntry } from '../../contract/journal.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { say } from '../../contract/words/say.ts'
import {
  camera, lookBeforeSelling, mayBeSold, mayComeBack, needsApproval, NOW, phone, recalled, recalledPhone, stolen,
  unknownNumber,
} from './still-units.ts'

/** One view for every state there is a screen for, typed like the core's own: a state without one is a missing key. */

const cents = (amount: number) => amount as Cents

const staff: StaffTile[] = [
  { staffId: 'mara', name: 'Mara Lindt', role: 'cashier', demoPin: '1111', lockedUntil: null },
  { staffId: 'jonas', name: 'Jonas Weber', role: 'cashier', demoPin: '2222', lockedUntil: '2026-03-14T10:45:30.000Z' },
  { staffId: 'ines', name: 'Inês Duarte', role: 'supervisor', demoPin: '3333', lockedUntil: null },
  { staffId: 'omar', name: 'Omar El-Sayed', role: 'manager', demoPin: '4444', lockedUntil: null },
]

function line(id: string, from: Partial<SaleLine> & Pick<SaleLine, 'name' | 'brand' | 'picture'>): SaleLine {
  return {
    lineId: id,
    tracking: 'unit',
    productId: `p-${id}`,
    unitId: `u-${id}`,
    variant: '',
    gtin: null,
    aliases: [],
    lot: null,
    expiry: null,
    quantity: 1,
    unitPrice_cents: cents(0),
    discount_cents: cents(0),
    total_cents: cents(0),
    taxRate_bp: 1_900,
    verdict: null,
    ...from,
  }
}

const lines: SaleLine[] = [
  line('l1', { ...picked(camera), unitPrice_cents: cents(189_900), total_cents: cents(189_900), verdict: mayBeSold }),
  line('l2', { ...picked(phone), unitPrice_cents: cents(94_900), total_cents: cents(94_900), verdict: lookBeforeSelling }),
  line('l3', {
    tracking: 'lot', brand: 'Voltan', name: 'Lithium cells AA, 8 pieces', picture: 'battery', lot: 'L2405B',
    expiry: '2031-05-31', unitPrice_cents: cents(1_290), total_cents: cents(1_290), unitId: null,
  }),
  line('l4', {
    tracking: 'plain', brand: 'Norrvik', name: 'USB-C cable', variant: '2 m', picture: 'cable', quantity: 2,
    unitPrice_cents: cents(1_490), discount_cents: cents(-300), total_cents: cents(2_680), unitId: null,
  }),
]

function picked(unit: typeof camera) {
  return {
    brand: unit.brand,
    name: unit.name,
    variant: unit.variant,
    picture: unit.picture,
    aliases: unit.aliases.filter((alias) => alias.retiredWhy === null),
    gtin: unit.gtin,
    unitId: unit.unitId,
  }
}

const totals: Totals = {
  currency: 'EUR',
  gross_cents: cents(288_770),
  net_cents: null,
  discount_cents: cents(-300),
  taxes: [{ rate_bp: 1_900, gross_cents: cents(288_770), tax_cents: cents(46_106) }],
  pieces: 5,
}
const noTotals: Totals = { currency: 'EUR', gross_cents: cents(0), net_cents: null, discount_cents: cents(0), taxes: [], pieces: 0 }

function notice(tone: Notice['tone'], code: string, params: Notice['params'] = {}, offer: Notice['offer'] = null): Notice {
  return { id: `${code}-1`, tone, code, params, offer }
}

const printed = { jobId: 'j1', state: 'printed', why: null } as const
const paperGone = { jobId: 'j1', state: 'unknown', why: 'lost' } as const

const timeline: TimelineEntry[] = [
  event('2026-02-27T15:12:00.000Z', 'sold', { receipt: 'T1-2026-000312' }),
  event('2026-02-20T09:00:00.000Z', 'stocked', {}),
  event('2026-02-20T08:41:00.000Z', 'received', {}),
  event('2026-02-17T00:00:00.000Z', 'commissioned', {}),
]

function event(at: string, kind: TimelineEntry['kind'], params: TimelineEntry['params']): TimelineEntry {
  return { at, kind, storeId: 's1', storeName: 'Berlin Mitte', who: kind === 'sold' ? 'Mara Lindt' : null, params, atHub: kind !== 'sold' }
}

const sale = (value: Extract<FrontView, { screen: 'sale' }>['sale']): FrontView => ({ screen: 'sale', sale: value })
const back = (value: Extract<FrontView, { screen: 'return' }>['return']): FrontView => ({ screen: 'return', return: value })
const check = (value: Extract<FrontView, { screen: 'check' }>['check']): FrontView => ({ screen: 'check', check: value })
const kiosk = (value: KioskView): FrontView => ({ screen: 'kiosk', kiosk: value })

const open = { at: 'open', flowId: 'f1', lines, totals, question: null, undo: 'USB-C cable', cartDiscount: null, stranger: null, partOfSet: null, missing: new Array<string>() } as const
const plan = {
  amount_cents: cents(94_900), rounding_cents: cents(0), currency: 'EUR', receiptNumbers: ['T1-2026-000312'],
  parts: [{ saleId: 'sale-1', ofKind: 'card' as const, paidAs: 'card' as const, amount_cents: cents(94_900) }],
  pays: [{ kind: 'card' as const, amount_cents: cents(94_900) }],
}
const tile = {
  pieceId: 'piece-1', brand: phone.brand, name: phone.name, variant: phone.variant, picture: phone.picture, serial: 'NF7P25K80113', quantity: 1,
  refund_cents: cents(94_900), ready: true, next: 'inspection' as const,
}
const seen = (answer: boolean | null) => ({
  questions: ['signed-out', 'powers-on', 'screen-whole'].map((id) => ({ id, ifNo: 'damaged' as const, stops: id === 'signed-out', answer })),
  accessories: ['cable', 'box'].map((id) => ({ id, deduct_cents: cents(1_500), here: answer })),
  parts: [], photos: [], photosWanted: 0, deducted_cents: cents(0), next: 'inspection' as const,
  nextChoices: ['inspection' as const, 'shelf' as const, 'refurbish' as const, 'maker' as const, 'quarantine' as const, 'destroy' as const],
})
const assess = {
  at: 'assess' as const, flowId: 'f2', notice: null, pieces: [{ ...tile, ready: false }], pieceId: 'piece-1', unit: phone, quantity: null, whyNot: null,
  setLacks: [], claim: null, toScan: false, reasonChoices: ['changed-mind', 'wrong-item', 'not-as-described', 'faulty', 'dead-on-arrival', 'gift', 'other'],
  conditionChoices: ['new' as const, 'open-box' as const, 'damaged' as const, 'parts-missing' as const], refund: plan, payAs: 'original' as const, onlyCredit_cents: cents(0),
  mayHaveCredit: true, approvedBy: null,
}

/** Staff screens by name. */
export const FRONTS = {
  home: { screen: 'home' },
  'sale-empty': sale({ ...open, lines: [], totals: noTotals, notice: null, undo: null }),
  'sale-open': sale({ ...open, lines: [...lines], notice: notice('good', 'product-added', { name: 'USB-C cable' }) }),
  'sale-net': sale({
    ...open, lines: [...lines], notice: null,
    totals: {
      ...totals, net_cents: cents(288_770), gross_cents: cents(343_636), taxes: [{ rate_bp: 1_900, gross_cents: cents(343_636), tax_cents: cents(54_866) }],
    },
  }),
  'sale-duplicate': sale({
    ...open,
    lines: [...lines],
    notice: notice('again', 'already-in-cart', {}, { kind: 'remove-line', lineId: 'l1' }),
  }),
  'sale-refused': sale({
    ...open,
    lines: [...lines],
    notice: notice('stop', 'already-sold', { date: '2026-02-27', receipt: 'T1-2026-000312' }, { kind: 'start-return', unitId: 'u-phone' }),
  }),
  'sale-which': sale({
    ...open,
    lines: [...lines],
    notice: null,
    question: {
      text: '4471102',
      candidates: [
        { choice: 'c1', name: 'Cordless drill BX18', brand: 'Ferrum', serial: '4471102', where: 'Berlin Mitte', price_cents: 17_900 },
        { choice: 'c2', name: 'Stage piano P-88', brand: 'Klangwerk', serial: '4471102', where: 'Berlin Mitte', price_cents: 84_900 },
      ],
    },
  }),
  'sale-stranger': sale({
    ...open, lines: [...lines], stranger: { text: 'HX2-0099999', name: 'Halden Aurora X2' },
    notice: notice('stop', 'unknown-serial', { name: 'Halden Aurora X2', text: 'HX2-0099999' }),
  }),
  gating: sale({
    at: 'gating', flowId: 'f1', lines: [...lines], totals, notice: null,
    gates: [{ gateId: 'age.18', gate: 'age', value: '18', names: ['Bear spray 300 ml'], entry: 'none', bornUntil: '2008-03-14' }],
  }),
  tendering: sale({
    at: 'tendering', flowId: 'f1', lines: [...lines], totals, notice: null, due_cents: cents(238_770),
    tenders: [{ tenderId: 't1', kind: 'voucher', amount_cents: cents(50_000), given_cents: cents(50_000), change_cents: cents(0) }],
    quickAmounts: [cents(239_000), cents(240_000), cents(250_000), cents(300_000)], otherTenders: ['card', 'voucher', 'store-credit'],
  }),
  'asking-terminal': sale({
    at: 'asking-terminal', flowId: 'f1', lines: [...lines], totals, notice: null, tenders: [], attemptId: 'a1',
    amount_cents: cents(288_770), by: 'line', outcome: 'asked', progress: 'insert-card',
  }),
  'asking-terminal-unknown': sale({
    at: 'asking-terminal', flowId: 'f1', lines: [...lines], totals, notice: null, tenders: [], attemptId: 'a1',
    amount_cents: cents(288_770), by: 'line', outcome: 'unknown', progress: null,
  }),
  paid: sale({
    at: 'paid', flowId: 'f1', lines: [...lines], totals, notice: null, saleId: 'sale-2', receiptNumber: 'T1-2026-000347',
    documentId: 'd1', change_cents: cents(11_230), print: printed, vouchers: [],
    tenders: [{ tenderId: 't2', kind: 'cash', amount_cents: cents(288_770), given_cents: cents(300_000), change_cents: cents(11_230) }],
  }),
  'paid-unknown-paper': sale({
    at: 'paid', flowId: 'f1', lines: [...lines], totals, notice: null, saleId: 'sale-2', receiptNumber: 'T1-2026-000347',
    documentId: 'd1', change_cents: cents(0), print: paperGone, vouchers: [],
    tenders: [{ tenderId: 't2', kind: 'card', amount_cents: cents(288_770), given_cents: cents(288_770), change_cents: cents(0) }],
  }),
  'paid-no-paper': sale({
    at: 'paid', flowId: 'f1', lines: [...lines], totals, notice: null, saleId: 'sale-2', receiptNumber: 'T1-2026-000347',
    documentId: 'd1', change_cents: cents(0), print: { jobId: 'j2', state: 'not-printed', why: 'paper-end' },
    vouchers: [{ number: 'T1-V000012-K7QF2-4', amount_cents: cents(5_000) }, { number: 'T1-V000013-P3XA9-1', amount_cents: cents(2_500) }],
    tenders: [{ tenderId: 't2', kind: 'card', amount_cents: cents(288_770), given_cents: cents(288_770), change_cents: cents(0) }],
  }),
  'return-scan': back({ at: 'scan', flowId: 'f2', notice: null, question: null, pieces: [], stranger: null }),
  'return-lines': back({
    at: 'lines', flowId: 'f2', notice: null, receiptNumber: 'T1-2026-000312', soldAt: '2026-02-27T15:12:00.000Z', currency: 'EUR', pieces: [],
    lines: [
      {
        lineId: 'l1', unitId: phone.unitId, brand: phone.brand, name: phone.name, variant: phone.variant, picture: phone.picture,
        serial: 'NF7P25K80113', bought: 1, left: 1, paid_cents: cents(94_900),
      },
      { lineId: 'l2', unitId: null, brand: 'Kabelo', name: 'USB-C cable', variant: '1 m', picture: 'cable', serial: null, bought: 3, left: 2, paid_cents: cents(4_470) },
    ],
  }),
  'return-assess': back({
    ...assess, ...seen(null), verdict: mayComeBack, reason: 'faulty', condition: null, grade: null, missing: ['condition', 'answers', 'accessories'],
    approvalFor: [],
  }),
  'return-approval': back({
    ...assess, ...seen(true), verdict: needsApproval, reason: 'faulty', condition: 'damaged', grade: 'damaged', missing: ['approval'],
    approvalFor: ['verdict', 'amount', 'condition'],
  }),
  'return-paying-out': back({
    at: 'paying-out', flowId: 'f2', notice: null, pieces: [tile], refund: plan, attemptId: 'a2', amount_cents: cents(94_900), by: 'line',
    outcome: 'asked', progress: null,
  }),
  'return-done': back({
    at: 'done', flowId: 'f2', pieces: [tile], returnId: 'r1', returnNumber: 'R1-2026-000021', refund: plan, credits: [], documentId: 'd2', print: printed,
  }),
  'return-handed-over': back({ at: 'handed-over', flowId: 'f2', unit: phone, verdict: stolen, caseId: 'case-7f31c9' }),
  'check-scan': check({ at: 'scan', flowId: 'f3', notice: null, question: null }),
  'check-result': check({
    at: 'result', flowId: 'f3', notice: null, unit: recalledPhone, text: '356938035643809', verdict: recalled, timeline,
  }),
  'check-unknown': check({
    at: 'result', flowId: 'f3', notice: notice('stop', 'bad-check-digit', { text: '356938035643808' }), unit: null,
    text: '356938035643808', verdict: unknownNumber, timeline: [],
  }),
} satisfies Record<string, FrontView>

const publicUnit = { brand: phone.brand, name: phone.name, variant: phone.variant, picture: phone.picture, serialEnd: '0113' }

/** Kiosk steps by name. */
export function kiosks(language: Language) {
  const session = { flowId: 'k1', language, remark: null }
  const way = (step: number) => ({ ...session, step, steps: 9 })
  const money = { amount_cents: cents(94_900), currency: 'EUR' }
  const cart: Extract<KioskView, { at: 'cart' }> = {
    at: 'cart', ...session, total_cents: cents(24_700), currency: 'EUR', isAsking: false, again: null,
    lines: [
      { ...publicUnit, lineId: 'l1', quantity: 1, total_cents: cents(19_900), discount_cents: cents(1_000) },
      { lineId: 'l2', brand: '', name: 'USB-C cable', variant: '2 m', picture: 'cable', serialEnd: null, quantity: 3, total_cents: cents(4_800), discount_cents: cents(0) },
    ],
  }
  return {
    'kiosk-start': kiosk({ at: 'start', languages: Object.keys(LANGUAGES) as Language[] }),
    'kiosk-closed': kiosk({ at: 'closed', why: 'by-staff' }),
    'kiosk-task': kiosk({ at: 'choose-task', ...session, remark: 'choose-first', mayBuy: true }),
    'kiosk-scan': kiosk({ at: 'scan', task: 'return', ...way(1), remark: 'not-found', fromReceipt: null, hasPad: true }),
    'kiosk-answer': kiosk({
      at: 'answer', task: 'return', ...way(2), unit: publicUnit, isAsking: true,
      answers: [
        { question: 'purchase', tone: 'good', reason: 'sold-here-on', params: { date: '2026-02-27' } },
        { question: 'warranty', tone: 'good', reason: 'covered-until', params: { layer: 'plan', date: '2029-02-27' } },
        { question: 'recall', tone: 'attention', reason: 'campaign-affects', params: { campaign: 'NV-2026-03' } },
      ],
    }),
    'kiosk-questions': kiosk({
      at: 'questions', ...way(3), unit: publicUnit,
      question: { kind: 'reason', choices: ['changed-mind', 'wrong-item', 'not-as-described', 'faulty', 'dead-on-arrival', 'gift', 'other'], chosen: null },
    }),
    'kiosk-yes-no': kiosk({ at: 'questions', ...way(5), unit: publicUnit, question: { kind: 'question', id: 'signed-out', words: null, chosen: null } }),
    'kiosk-photo': kiosk({ at: 'photo', ...way(7), unit: publicUnit, taken: 1, wanted: 2, maySkip: true }),
    'kiosk-confirm': kiosk({ at: 'confirm', ...way(8), unit: publicUnit, ...money, deducted_cents: cents(1_500), ways: ['card', 'voucher'], isAsking: false }),
    'kiosk-cart-empty': kiosk({ ...cart, lines: [], total_cents: cents(0) }),
    'kiosk-cart': kiosk(cart),
    'kiosk-cart-again': kiosk({ ...cart, again: { lineId: 'l1', name: phone.name } }),
    'kiosk-paying': kiosk({ at: 'paying', ...session, ...money, outcome: 'asked' }),
    'kiosk-bought': kiosk({ at: 'bought', ...session, ...money, receiptNumber: 'T1-R000042', print: { jobId: 'j1', state: 'printed', why: null } }),
    'kiosk-paying-out': kiosk({ at: 'paying-out', ...way(8), ...money, outcome: 'asked' }),
    'kiosk-done': kiosk({
      at: 'done', ...way(9), unit: publicUnit, ...money, to: 'voucher', slot: 'B', returnNumber: 'K1-G000021', voucher: 'K1-V000004-K7Q3F-4',
      print: printed, label: 'printed',
    }),
    'kiosk-colleague': kiosk({ at: 'colleague', ...session, caseId: 'case-7f31', place: 'Till 1', takenBy: null, isTold: true }),
  } satisfies Record<string, FrontView>
}

export const SIGN_IN = 'sign-in'

/** A whole desk around a front. */
export function deskWith(front: FrontView, language: Language, session?: DeskView['session']): DeskView {
  const isKiosk = front.screen === 'kiosk'
  return {
    revision: 7,
    seat: isKiosk ? 'kiosk' : 'counter',
    till: { tillId: 't1', name: say(language, 'receipt.till', { till: '1' }) },
    store: { storeId: 's1', name: 'Berlin Mitte', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' },
    language,
    languageChosen: true,
    demo: true,
    session: session ?? (isKiosk ? { at: 'unattended' } : signedIn()),
    front,
    shift: {
      at: 'open', shiftId: 'sh1', openedAt: '2026-03-14T07:55:00.000Z', openedBy: 'Mara Lindt', currency: 'EUR',
      float_cents: cents(20_000), sales: 14, returns: 2, expectedCash_cents: cents(83_240),
      tenders: [
        { kind: 'cash', in_cents: cents(71_240), out_cents: cents(8_000), count: 9 },
        { kind: 'card', in_cents: cents(412_900), out_cents: cents(94_900), count: 7 },
      ],
      isFull: false,
      openWork: [{ kind: 'sale-parked', count: 1, blocks: false }],
    },
    customer: front.screen === 'sale' && front.sale.at !== 'open' ? { customerId: 'c1', name: 'Rosa Núñez Ibarra', email: true, news: 1 } : null,
    mails: { waiting: 1, refused: 1 },
    parked: [
      { flowId: 'pk1', name: 'Herr Okafor', pieces: 2, total_cents: cents(45_800), currency: 'EUR', parkedAt: '2026-03-14T10:20:00.000Z', by: 'Mara Lindt' },
    ],
    devices: [
      device('scanner', 'Honeyline 1950', 'serial:/dev/ttyACM0', 'ready'),
      device('printer', 'Epsora T30', 'tcp://192.168.1.40:9100', 'paper-low'),
    ],
    papers: [
      { jobId: 'j9', documentId: 'd1', kind: 'sale', title: 'T1-2026-000344', copy: false, at: '2026-03-14T10:12:00.000Z', print: { jobId: 'j9', state: 'unknown', why: 'lost' } },
    ],
    knowledge: { units: 5_012, asOf: '2026-03-14T08:05:00.000Z', waiting: 3 },
    sync: {
      state: 'unreached', waiting: { events: 31, sales: 12, returns: 1, since: '2026-03-14T07:42:00.000Z' }, heardAt: '2026-03-14T07:41:00.000Z',
      conflicts: 1, remark: null, fetching: null,
    },
    policy: { version: 'demo-1', from: 'centre', shadow: false, broken: null, trial: null },
    handOvers: [], kiosks: [], kioskDoor: null, kioskIdle: null, heldClock: null, alarm: null,
  }
}

function device(role: 'scanner' | 'printer', name: string, address: string, state: 'ready' | 'paper-low') {
  return { deviceId: role, role, name, address, state, since: NOW, lastEventAt: NOW, events: 214, garbled: 0 }
}

export function signedOut(): DeskView['session'] {
  return { at: 'signed-out', staff, chosen: null }
}

function signedIn(): DeskView['session'] {
  return {
    at: 'signed-in',
    grant: null,
    badge: null,
    since: NOW,
    person: { staffId: 'ines', name: 'Inês Duarte', role: 'supervisor', rights: ['sell', 'take-back', 'check', 'void-sale', 'approve-return', 'shift', 'reprint'] },
  }
}
