import type { Role } from '../../../contract/roles.ts'

export interface DemoStore {
  readonly id: string
  /** First letter of its tills and receipts: till B2, receipt B2-251103-00417. */
  readonly letter: string
  readonly name: string
  readonly address: string
  readonly country: string
  readonly currency: string
  readonly taxNumber: string
  /** False where the prices on the shelf are net, and the tax comes on top of them at the till. */
  readonly taxInclusive: boolean
  readonly cashStep: number
  readonly timeZone: string
}

/** An invented shop in real cities: the streets do not exist, and the tax numbers cannot be issued. */
export const DEMO_SHOP_NAME = 'Morgenrot & Sons'

export const DEMO_STORES = [
  {
    id: 'store-berlin',
    letter: 'B',
    name: 'Morgenrot Berlin',
    address: 'Lindwurmzeile 12, 10999 Berlin',
    country: 'DE',
    currency: 'EUR',
    taxNumber: 'DE000000000',
    taxInclusive: true,
    cashStep: 1,
    timeZone: 'Europe/Berlin',
  },
  {
    id: 'store-zurich',
    letter: 'Z',
    name: 'Morgenrot Zürich',
    address: 'Murmelgasse 7, 8001 Zürich',
    country: 'CH',
    currency: 'CHF',
    taxNumber: 'CHE-000.000.000 MWST',
    taxInclusive: true,
    cashStep: 5,
    timeZone: 'Europe/Zurich',
  },
  {
    id: 'store-lyon',
    letter: 'L',
    name: 'Morgenrot Lyon',
    address: '31 rue du Lézard-Bleu, 69001 Lyon',
    country: 'FR',
    currency: 'EUR',
    taxNumber: 'FR00000000000',
    taxInclusive: true,
    cashStep: 1,
    timeZone: 'Europe/Paris',
  },
  {
    // A trade counter: prices for those who work with the goods are net in Germany too (§ 3 PAngV speaks of consumers).
    id: 'store-hamburg',
    letter: 'H',
    name: 'Morgenrot Pro Hamburg',
    address: 'Kranichtwiete 5, 20457 Hamburg',
    country: 'DE',
    currency: 'EUR',
    taxNumber: 'DE000000000',
    taxInclusive: false,
    cashStep: 1,
    timeZone: 'Europe/Berlin',
  },
] as const satisfies readonly DemoStore[]

export const TILLS_OF_A_STORE = 3

export interface DemoPerson {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly pin: string
  readonly pinHash: string
  readonly badge: string
}

/**
 * Invented people with published PINs: everyone may read them on the sign-in screen of a demo shop. Their hashes stand
 * here ready made, because hashing seven PINs takes seconds and a first start should not; a test verifies each.
 */
export const DEMO_STAFF: readonly DemoPerson[] = [
  {
    id: 'staff-mara',
    name: 'Mara Lindqvist',
    role: 'cashier',
    pin: '1111',
    pinHash: '$scrypt$ln=17,r=8,p=1$0E2KvgJS6j3xM4XRL+0RSA$KGJF3rzCHuxhnUWbp+6A8jjrmJlemolF3ZapLGfqo1U',
    badge: 'BADGE-0001',
  },
  {
    id: 'staff-deniz',
    name: 'Deniz Aksoy',
    role: 'cashier',
    pin: '1212',
    pinHash: '$scrypt$ln=17,r=8,p=1$LY4TDtPQKa5M4aiP77Pfww$RlIRxd95s065THPgjYdtSCVt5+1X3Muajg8kfxgbALE',
    badge: 'BADGE-0002',
  },
  {
    id: 'staff-ines',
    name: 'Inès Caron',
    role: 'supervisor',
    pin: '2222',
    pinHash: '$scrypt$ln=17,r=8,p=1$wxFTYkjQXOOa43NMT+o98w$rBwUFoaYRA/uW4WurIW9r17ziUj/65S9csn/w6UFuL0',
    badge: 'BADGE-0003',
  },
  {
    id: 'staff-jonas',
    name: 'Jonas Wehrli',
    role: 'manager',
    pin: '3333',
    pinHash: '$scrypt$ln=17,r=8,p=1$nSBasaNqw30nG6l8dGADvA$qRLQ7aSNPFyuHfsPzvVTZE7c9n/dkrHWOCDtBBHg9Lc',
    badge: 'BADGE-0004',
  },
  {
    id: 'staff-amal',
    name: 'Amal Haddad',
    role: 'service',
    pin: '4444',
    pinHash: '$scrypt$ln=17,r=8,p=1$ELFcRDMq5MJyvGtNKvmj9Q$I/APKjC4PAi/5jNv6HXVHogjyQPkzNMf6HMn9ZT1yZg',
    badge: 'BADGE-0005',
  },
  {
    id: 'staff-piotr',
    name: 'Piotr Zalewski',
    role: 'service',
    pin: '4545',
    pinHash: '$scrypt$ln=17,r=8,p=1$G2n56kEu8H3027XNboa+0w$hLOXJ550i1vBfVbI9iI+vjoeBNBxFZkX01JcaK7467g',
    badge: 'BADGE-0006',
  },
  {
    id: 'staff-greta',
    name: 'Greta Solheim',
    role: 'auditor',
    pin: '5555',
    pinHash: '$scrypt$ln=17,r=8,p=1$JBMB24Pl6dBB+UhKqnkRew$6kapHXyC7bUGggPRsEPgh9iTWU0xsN5etx8Oi8h8k6Y',
    badge: 'BADGE-0007',
  },
]
