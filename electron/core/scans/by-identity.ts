import type { Element } from '../../../contract/identity/element.ts'
import type { Identity } from '../../../contract/identity/identity.ts'
import { identify, type Identification, type Refusal } from '../../../contract/identity/identify.ts'
import { readImei } from '../../../contract/identity/imei.ts'
import { restrictionOf } from '../../../contract/identity/keys.ts'
import { readMask } from '../../../contract/identity/mask.ts'
import type { Product } from '../mirror/mirror.ts'
import { isNeverIssued } from '../own-numbers/issue-number.ts'
import { productIdOf } from '../returns/own-units.ts'
import { unitIdsOfTid } from '../tags/bindings.ts'
import { productByGtin, unitsByGtinAndSerial, unitsByNumber, type UnitRef } from './by-number.ts'
import type { WhyNothing } from './found.ts'
import type { Knowledge, Scan } from './knowledge.ts'
import { maskOfProduct, masksFor, type ProductMask } from './product-masks.ts'

/** A product that a reading leads to, with what the label says beside it. */
export interface ProductRef {
  readonly product: Product
  readonly lot: string | null
  readonly expiry: string | null
  readonly strangeSerial: string | null
}

/** Where the readings of one scan lead. */
export interface Meanings {
  readonly units: readonly UnitRef[]
  readonly products: readonly ProductRef[]
  /** Serials beside a GTIN of ours that no unit carries: what a look-alike is looked for under. */
  readonly strangers: readonly { readonly gtin14: string; readonly serial: string }[]
  /** The kind of paper or person that the number names, where it names no goods. */
  readonly names: 'customer-card' | 'voucher' | null
  readonly number: string
  /** What is wrong, weightiest first, for the case that there is nothing and nobody else. */
  readonly wrong: readonly { readonly why: WhyNothing; readonly part?: string }[]
  /** The identity in hexadecimal, for comparing the chip under it. */
  readonly epc: string | null
}

/** All that the scan can be read as, looked up in what the till knows. A reading that nothing answers to is none. */
export function meaningsOf(scan: Scan, text: string, know: Knowledge): Meanings {
  const masks = masksFor(know.mirror, text)
  const found = identified(scan, text, masks, know)
  if (found.card) return { ...NOTHING, wrong: [{ why: 'card-number' }] }
  const leads = found.readings.map((reading) => leadOf(reading, masks, know))
  return {
    units: leads.flatMap((lead) => lead.units),
    products: leads.flatMap((lead) => lead.products),
    strangers: leads.flatMap((lead) => (lead.stranger === null ? [] : [lead.stranger])),
    names: leads.find((lead) => lead.names !== null)?.names ?? null,
    number: leads.find((lead) => lead.names !== null)?.number ?? text,
    wrong: [
      ...leads.flatMap(({ wrong }) => (wrong === null ? [] : [wrong])),
      ...wrongOf(found, text),
      ...madeUp(text, know),
    ],
    epc: found.readings.some((reading) => reading.kind === 'epc-hex') ? text.trim() : null,
  }
}

const NOTHING: Meanings = { units: [], products: [], strangers: [], names: null, number: '', wrong: [], epc: null }

function identified(scan: Scan, text: string, masks: readonly ProductMask[], know: Knowledge): Identification {
  const input = {
    text,
    ...(scan.aim === null ? {} : { aim: scan.aim }),
    channel: scan.channel ?? 'scanner',
    config: { today: know.today, masks, allowShortGtin: true },
  } as const
  const found = identify(input)
  if (input.channel !== 'rfid' || found.readings.length > 0) return found
  // Some readers put the protocol control word in front; it tells the length of what follows, so nothing is guessed.
  const withWord = identify({ ...input, config: { ...input.config, includesPc: true } })
  if (withWord.readings.length > 0) return withWord
  // A chip's own id in place of an EPC is no identity by itself; it names a piece only where one was bound to it.
  return /^E2/i.test(text) ? identify({ ...input, channel: 'scanner' }) : found
}

interface Lead {
  readonly units: readonly UnitRef[]
  readonly products: readonly ProductRef[]
  readonly stranger: { readonly gtin14: string; readonly serial: string } | null
  readonly names: Meanings['names']
  readonly number: string
  readonly wrong: { readonly why: WhyNothing; readonly part?: string } | null
}

const NOWHERE: Lead = { units: [], products: [], stranger: null, names: null, number: '', wrong: null }

function leadOf(reading: Identity, masks: readonly ProductMask[], know: Knowledge): Lead {
  if (reading.elements.length > 0) return leadOfElements(reading, know)
  if (reading.kind === 'shop-serial') return leadOfMask(reading, masks, know)
  if (reading.kind === 'tid') {
    const ids = unitIdsOfTid(know.db, reading.key?.value ?? '')
    return { ...NOWHERE, units: ids.map((unitId) => ({ unitId, matchedBy: 'tag-uid', retiredLabel: null })) }
  }
  const units = formsOf(reading).flatMap((form) => unitsByNumber(form, know))
  return { ...NOWHERE, units }
}

/** Fields that name a single piece without a GTIN, or beside one: assets, boxes, device numbers, secondary serials. */
const NAMING_AIS: ReadonlySet<string> = new Set(['00', '250', '253', '8002', '8003', '8004', '8040', '8041', '8042'])

function leadOfElements(reading: Identity, know: Knowledge): Lead {
  const { gtin14, serial, elements } = reading
  const named = elements.filter(([ai]) => NAMING_AIS.has(ai)).flatMap(([, value]) => unitsByNumber(value, know))
  if (gtin14 === null) return named.length > 0 ? { ...NOWHERE, units: named } : paperOf(elements)
  const own = serial === null ? [] : unitsByGtinAndSerial(gtin14, serial, know)
  if (own.length + named.length > 0) return { ...NOWHERE, units: [...own, ...named] }
  const product = productByGtin(gtin14, know)
  if (product === undefined) {
    const restriction = restrictionOf(gtin14)
    const isPaper = restriction === 'coupon' || restriction === 'refund-receipt'
    return isPaper ? { ...NOWHERE, names: 'voucher', number: gtin14.replace(/^0/, '') } : NOWHERE
  }
  if (serial === null) return { ...NOWHERE, products: [goods(product, reading, know)] }
  const stranger = { gtin14, serial }
  if (reading.doubts.some((doubt) => doubt.kind === 'SWALLOWED_TAIL' && doubt.ai === '21'))
    return { ...NOWHERE, stranger, wrong: { why: 'separator-lost', part: serial } }
  const wrong = serialFault(product.id, serial, know)
  const possible = { ...goods(product, reading, know), strangeSerial: serial }
  return { ...NOWHERE, stranger, wrong, products: wrong === null ? [possible] : [] }
}

/** Goods of which the label names no piece: the lot's end from the label, else from what is on hand. */
function goods(product: Product, reading: Identity, know: Knowledge): ProductRef {
  const { lot } = reading
  const told = reading.dates.find((date) => date.ai === '17' || date.ai === '7003')?.date
  const onHand = () => know.mirror.lots(product.id, know.storeId).find((entry) => entry.lot === lot)
  const expiry = told ?? (lot === null ? null : (onHand()?.expiry ?? null))
  return { product, lot, expiry, strangeSerial: null }
}

/** A serial of a known product that its maker cannot have given out, or null. */
export function serialFault(productId: string, serial: string, know: Pick<Knowledge, 'mirror' | 'today'>): Lead['wrong'] {
  const mask = maskOfProduct(know.mirror, productId)
  if (mask === null) return null
  const read = readMask(mask, serial, Number(know.today.slice(0, 4)))
  if (read.ok) return null
  return { why: read.code === 'CHECK_DIGIT' ? 'bad-check-digit' : 'wrong-format', part: serial }
}

/** A number that fits a maker's mask is looked up in the mask's own writing; one that nobody has seen is strange. */
function leadOfMask(reading: Identity, masks: readonly ProductMask[], know: Knowledge): Lead {
  const canonical = reading.key?.value ?? ''
  const mask = masks.find((candidate) => candidate.name === reading.fields['mask'])
  const productIds = mask?.productIds ?? []
  const isOfMaker = ({ unitId }: UnitRef): boolean => productIds.includes(productIdOf(know.mirror, know.db, unitId) ?? '')
  const units = unitsByNumber(canonical, know).filter(isOfMaker)
  if (units.length > 0) return { ...NOWHERE, units }
  const products = productIds.slice(0, 2).flatMap((id) => {
    const product = know.mirror.product(id)
    return product?.active === true ? [product] : []
  })
  const [only] = products
  // A mask that several products share does not tell which of them it would be.
  if (only === undefined || productIds.length > 1) return NOWHERE
  return { ...NOWHERE, products: [{ product: only, lot: null, expiry: null, strangeSerial: canonical }] }
}

/** Cards and vouchers that carry a GS1 key of their own. */
function paperOf(elements: readonly Element[]): Lead {
  const [, member] = elements.find(([ai]) => ai === '8018') ?? []
  if (member !== undefined) return { ...NOWHERE, names: 'customer-card', number: member }
  const [, coupon] = elements.find(([ai]) => ai === '255') ?? []
  return coupon === undefined ? NOWHERE : { ...NOWHERE, names: 'voucher', number: coupon }
}

/** The ways in which one device number may stand on a label: all of them mean the same device by its own standard. */
function formsOf(reading: Identity): string[] {
  const value = reading.key?.value ?? ''
  switch (reading.kind) {
    case 'imei':
      return [value, value.slice(0, 14)]
    case 'meid':
      return [value, reading.fields['dec'] ?? value]
    case 'mac': {
      const forms = [value, value.replaceAll(':', '-'), value.replaceAll(':', '')]
      return [...forms, ...forms.map((form) => form.toUpperCase())]
    }
    case 'epc-hex':
      return [value]
    case 'vin': case 'iccid': case 'eid': case 'issn':
      return [value]
    default:
      return []
  }
}

/** Nothing else that shops meet has fifteen digits, whoever gave out the first two. */
function isMisreadImei(text: string): boolean {
  if (!/^\d{15}$/.test(text)) return false
  const imei = readImei(text)
  return !imei.ok && imei.code === 'CHECK_DIGIT'
}

/** One of the shop's own numbers, of those that this till alone may give out, that it has not given out. */
function madeUp(text: string, know: Knowledge): { why: WhyNothing }[] {
  return text.length <= OWN_NUMBER_MAX && isNeverIssued(know.db, text, Number(know.today.slice(0, 4)))
    ? [{ why: 'wrong-format' }]
    : []
}

/** The longest number of a shop; a longer text is a label. */
const OWN_NUMBER_MAX = 40

const HAS_CHECK_DIGIT: ReadonlySet<string> = new Set([
  'gtin-8', 'gtin-12', 'gtin-13', 'gtin-14', 'imei', 'sscc', 'isbn', 'iccid', 'eid', 'vin', 'shop-serial', 'scan',
])
const PROMISES: ReadonlySet<string> = new Set(['scan', 'gs1-hri', 'gs1-digital-link', 'epc-uri', 'epc-hex'])

/** A slip shows where nothing but a free serial is left; a broken promise shows by itself. */
function wrongOf({ readings, refusals }: Identification, text: string): { why: WhyNothing }[] {
  if (readings.some((reading) => reading.kind !== 'free-serial')) return []
  const isSlip = ({ as, code }: Refusal): boolean =>
    code === 'CHECK_DIGIT' && (HAS_CHECK_DIGIT.has(as) || PROMISES.has(as))
  if (refusals.some(isSlip) || isMisreadImei(text)) return [{ why: 'bad-check-digit' }]
  return readings.length === 0 && refusals.some(({ as }) => PROMISES.has(as)) ? [{ why: 'broken-label' }] : []
}
