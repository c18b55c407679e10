import { readCreditNumber } from '../money/credit-number.ts'
import { readTap, type Tap } from '../tags/sun-tags.ts'
import { unitIdsAlike } from './alike.ts'
import { meaningsOf, type Meanings, type ProductRef } from './by-identity.ts'
import { knownByNumber, withdrawnProduct, type UnitRef } from './by-number.ts'
import type { Aside, WhyNothing } from './found.ts'
import { unitIdsInside } from './inside.ts'
import type { Knowledge, Scan } from './knowledge.ts'

/** Where a scan leads, as ids: the part that must be quick, because everything else waits for it. */
export interface Located {
  /** The scan without what a terminator adds; empty for a payment card. */
  readonly text: string
  readonly units: readonly UnitRef[]
  readonly products: readonly ProductRef[]
  readonly receipt: string | null
  readonly aside: Aside | null
  /** True when the units only look like what was scanned: then even a single one is asked about. */
  readonly alike: boolean
  /** What the scan is where none of the units that look like it is meant: a piece of this product that nobody has seen. */
  readonly strange: ProductRef | null
  readonly nothing: { readonly why: WhyNothing; readonly part?: string } | null
  readonly tap: Tap | null
  readonly epc: string | null
}

/** What our own papers and cards hold in front of their number: told apart from any serial at the first look. */
const OWN_QR = /^countermark:(receipt|unit|customer|voucher):(.+)$/s
const AIM_OF_ELEMENTS = /^\](?:C1|e0|d2|Q3|J1)$/

const NOWHERE = {
  units: [], products: [], receipt: null, aside: null, alike: false, strange: null, nothing: null, tap: null, epc: null,
} as const

/**
 * The one door for every channel: identity to ids. A number of ours, byte for byte, comes first; else the text is read
 * as everything that it can be, and each reading is looked up. No text makes it throw.
 */
export function locate(scan: Scan, know: Knowledge): Located {
  const text = scan.text.trim()
  const own = OWN_QR.exec(text)
  if (own) return ownPaper(text, own[1] ?? '', own[2] ?? '', know)
  if (scan.aim === null || !AIM_OF_ELEMENTS.test(scan.aim)) {
    const direct = byNumber(text, know)
    if (direct) return direct
  }
  const tap = /^https?:/i.test(text) ? readTap(know.db, text) : null
  return fromMeanings(scan, text, tap, know)
}

/** A number as we know it, byte for byte: units, goods, receipts and badges. Null where nothing answers to it. */
function byNumber(text: string, know: Knowledge): Located | null {
  const known = knownByNumber(text, know)
  const { units } = known
  const products = known.products.map((product) => ({ product, lot: null, expiry: null, strangeSerial: null }))
  const receipt = known.isReceipt ? text : null
  if (units.length + products.length > 0 || receipt !== null) return { ...NOWHERE, text, units, products, receipt }
  const person = know.staffByBadge(text)
  if (person) return { ...NOWHERE, text, aside: { is: 'badge', text, staffId: person.id, name: person.name } }
  if (know.isCustomerCard?.(text) === true) return { ...NOWHERE, text, aside: { is: 'customer-card', text, number: text } }
  const credit = readCreditNumber(text)
  return credit === null ? null : { ...NOWHERE, text, aside: { is: 'voucher', text, number: credit } }
}

function ownPaper(text: string, kind: string, number: string, know: Knowledge): Located {
  if (kind === 'unit' && know.unit(number) !== null)
    return { ...NOWHERE, text, units: [{ unitId: number, matchedBy: null, retiredLabel: null }] }
  if (kind === 'customer') return { ...NOWHERE, text, aside: { is: 'customer-card', text, number } }
  if (kind === 'voucher') return { ...NOWHERE, text, aside: { is: 'voucher', text, number } }
  if (knownByNumber(number, know).isReceipt) return { ...NOWHERE, text, receipt: number }
  return { ...NOWHERE, text, nothing: { why: 'unknown-code', part: number } }
}

function fromMeanings(scan: Scan, text: string, tap: Tap | null, know: Knowledge): Located {
  const meanings = meaningsOf(scan, scan.aim === null ? text : scan.text, know)
  const tapped: UnitRef[] = tap === null ? [] : [{ unitId: tap.unitId, matchedBy: 'tag-uid', retiredLabel: null }]
  const units = onceEach([...meanings.units, ...tapped])
  if (units.length > 0 || (meanings.products.length > 0 && meanings.strangers.length === 0))
    return { ...NOWHERE, text, units, products: meanings.products, tap, epc: meanings.epc }
  if (meanings.wrong[0]?.why === 'card-number') return { ...NOWHERE, text: '', nothing: meanings.wrong[0] }
  if (meanings.names !== null) return { ...NOWHERE, text, aside: { is: meanings.names, text, number: meanings.number } }
  const alike = alikeTo(scan, text, meanings, know)
  if (alike.length > 0) return { ...NOWHERE, text, units: alike, alike: true, strange: meanings.products[0] ?? null }
  if (meanings.products.length > 0) return { ...NOWHERE, text, products: meanings.products, epc: meanings.epc }
  const gone = withdrawnProduct(text, know)
  const nothing = gone === null ? { why: 'unknown-code' as const } : { why: 'withdrawn' as const, part: gone.name }
  return { ...NOWHERE, text, nothing: meanings.wrong[0] ?? nothing }
}

/** First what only looks like it; else what has it inside, which no tag has: a carton's print is no part of a tag. */
function alikeTo({ channel }: Scan, text: string, { strangers }: Meanings, know: Knowledge): UnitRef[] {
  const numbers = strangers.length === 0 ? [{ gtin14: null, serial: text }] : strangers
  const looks = channel === 'rfid' ? [unitIdsAlike] : [unitIdsAlike, unitIdsInside]
  for (const look of looks) {
    const ids = numbers.flatMap(({ gtin14, serial }) => look(serial, gtin14, know))
    if (ids.length > 0) return onceEach(ids.map((unitId) => ({ unitId, matchedBy: null, retiredLabel: null })))
  }
  return []
}

const onceEach = (refs: readonly UnitRef[]): UnitRef[] =>
  refs.filter((ref, index) => refs.findIndex((other) => other.unitId === ref.unitId) === index)
