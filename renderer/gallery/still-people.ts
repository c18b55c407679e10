import type { CustomerCard, CustomerPurchase, OwnerNews } from '../../contract/customer.ts'
import type { CounterFigures } from '../../contract/figures.ts'
import type { MailView } from '../../contract/mail.ts'
import type { Cents } from '../../contract/money.ts'
import type { SearchHit } from '../../contract/search-hit.ts'
import { NOW } from './still-units.ts'

const ROSA: CustomerCard = {
  customerId: 'c1', masked: false, since: '2026-01-20T09:00:00.000Z', purchases: 2,
  details: {
    name: 'Rosa Núñez Ibarra', phone: '+49 171 5550123', email: 'rosa.nunez@example.org', card: 'CM-7712', address: 'Hafenweg 3, Berlin',
    note: '', language: 'es',
  },
  consents: [
    { purpose: 'receipts', given: true, at: '2026-01-20T09:00:00.000Z' },
    { purpose: 'warranty', given: true, at: '2026-01-20T09:00:00.000Z' },
  ],
}

const HASSAN: CustomerCard = {
  customerId: 'c2', masked: true, since: '2026-02-02T09:00:00.000Z', purchases: 0, consents: [],
  details: { name: 'ح••• ع•••', phone: '••• 41', email: '', card: '', address: '', note: '', language: 'ar' },
}

const PURCHASES: readonly CustomerPurchase[] = [
  {
    saleId: 's1', number: 'T1-2026-000312', at: '2026-02-27T15:12:00.000Z', total_cents: 94_900 as Cents, documentId: 'd1',
    lines: [{ name: 'Norrvik Fjord 7 Pro', serial: '356938035643809', unitId: 'u2', quantity: 1, isBack: false }],
  },
  {
    saleId: 's2', number: 'T1-2026-000201', at: '2026-01-20T10:02:00.000Z', total_cents: 20_880 as Cents, documentId: 'd2',
    lines: [
      { name: 'Ferrum BX18', serial: 'FB18-2207', unitId: 'u3', quantity: 1, isBack: true },
      { name: 'USB-C 2 m', serial: null, unitId: null, quantity: 2, isBack: false },
    ],
  },
]

const NEWS: readonly OwnerNews[] = [
  {
    is: 'recall', unitId: 'u2', name: 'Norrvik Fjord 7 Pro', serial: '356938035643809', reference: 'RC-2026-017', reason: 'The battery can overheat while charging',
    remedy: 'New battery, free of charge', stopUse: true,
  },
  { is: 'ends', unitId: 'u2', name: 'Norrvik Fjord 7 Pro', serial: '356938035643809', layer: 'maker', end: '2026-03-20' },
]

export const stillCustomers = {
  find: () => Promise.resolve([ROSA, HASSAN]),
  view: () => Promise.resolve({ card: ROSA, purchases: [...PURCHASES], news: [...NEWS] }),
}

const HITS: readonly SearchHit[] = [
  {
    kind: 'product', productId: 'p1', brand: 'Halden', name: 'Aurora X2', variant: '512 GB', picture: 'laptop', price_cents: 189_900 as Cents,
    stock: 4, tracking: 'serial', scan: '04012345678901',
  },
  {
    kind: 'unit', unitId: 'u1', brand: 'Halden', name: 'Aurora X2', variant: '512 GB', picture: 'laptop', serial: 'HX2-0048213',
    custody: 'in-stock', condition: 'refurbished', price_cents: 149_900 as Cents, scan: 'HX2-0048213',
  },
  { kind: 'customer', customerId: 'c1', name: 'Rosa Núñez Ibarra', found: '+49 171 5550123' },
  {
    kind: 'document', documentId: 'd1', paper: 'sale', number: 'T1-2026-000312', at: '2026-02-27T15:12:00.000Z', total_cents: 94_900 as Cents,
    summary: 'Norrvik Fjord 7 Pro 356938035643809',
  },
]

export const stillSearch = { find: () => Promise.resolve([...HITS]), pieces: () => Promise.resolve([]) }

const SALES_BY_HOUR = [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 7, 9, 6, 4, 8, 11, 12, 9, 5, 0, 0, 0, 0, 0]
const SECONDS_BY_DAY = [41, 38, 44, 36, 35, null, 37, 33, 34, 30, 31, 29, null, 27]

const FIGURE_DAYS = SECONDS_BY_DAY.map((saleMedian_s, place) => ({
  day: `2026-03-${String(place + 1).padStart(2, '0')}`, sales: saleMedian_s === null ? 0 : 61 + place, returns: place % 4,
  pieces: saleMedian_s === null ? 0 : 118 + place, gross_cents: 1_284_350 as Cents, saleMedian_s,
  returnMedian_s: saleMedian_s === null || place % 4 === 0 ? null : 71.8 - place, serialsScanned: saleMedian_s === null ? 0 : 135 + place,
  serialsTyped: saleMedian_s === null ? 0 : 24 - place, stepUps: place % 3, priceChanges: (place * 5) % 7,
}))

const FIGURES: CounterFigures = { chosen: { ...FIGURE_DAYS.at(-1)!, byHour: SALES_BY_HOUR }, today: NOW.slice(0, 10), days: FIGURE_DAYS }

export const stillFigures = { counter: () => Promise.resolve(FIGURES) }

const letter = (mail: Partial<MailView>): MailView => ({
  mailId: 'm1', documentId: 'd1', number: 'T1-2026-000347', to: 'r•••@e•••.org', state: 'sent', why: null, tries: 1, at: NOW, ...mail,
})

export const STILL_MAILS: readonly MailView[] = [
  letter({}),
  letter({ mailId: 'm2', number: 'T1-2026-000346', to: 'm•••@p•••.de', state: 'waiting', why: 'no-line', tries: 3 }),
  letter({ mailId: 'm3', number: 'T1-2026-000345', to: 'x•••@w•••.fr', state: 'refused', why: 'not-taken' }),
]
