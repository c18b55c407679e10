import { unitIdsOfReceipt } from '../facts/known-unit.ts'
import { proofByTid } from '../tags/bindings.ts'
import { proofByLabel } from '../tags/label-keys.ts'
import type { Proof } from '../tags/proof.ts'
import type { Tap } from '../tags/sun-tags.ts'
import type { ProductRef } from './by-identity.ts'
import type { UnitRef } from './by-number.ts'
import type { Aside, Found, UnitHit } from './found.ts'
import type { Knowledge, Scan } from './knowledge.ts'
import { locate, type Located } from './locate.ts'

/** What a receipt's QR code holds in front of its number. */
export const RECEIPT_QR = 'countermark:receipt:'

/** What a warranty receipt's QR code holds in front of the id of its piece. */
export const UNIT_QR = 'countermark:unit:'

/** What the QR code of a voucher or a store credit holds in front of its number. */
export const VOUCHER_QR = 'countermark:voucher:'

/** What a scan is about, and what it proves; the evidence is to be kept in the transaction that acts on the scan. */
export interface Resolved {
  readonly found: Found | Aside
  readonly proofs: readonly { readonly unitId: string; readonly proof: Proof }[]
  readonly tap: Tap | null
}

/**
 * The one door for every channel: a scan, a tag or a typed number comes in, what it is about comes out. Identity is
 * byte for byte; a number that only looks alike is asked about, never taken; two meanings are asked about.
 */
export function resolve(scan: Scan, know: Knowledge): Resolved {
  const located = locate(scan, know)
  if (located.aside !== null) return { found: located.aside, proofs: [], tap: null }
  const found = foundAt(located, know)
  const unitId = found.is === 'unit' ? found.hit.unit.id : null
  // A tap that names another piece than the address around it proves neither.
  const tap = located.tap !== null && located.tap.unitId === unitId ? located.tap : null
  return { found, tap, proofs: unitId === null ? [] : proofsOf(scan, located, unitId, tap, know) }
}

function proofsOf(scan: Scan, located: Located, unitId: string, tap: Tap | null, know: Knowledge): Resolved['proofs'] {
  const tid = scan.tid ?? null
  const proofs = [
    tap?.proof ?? null,
    proofByLabel(know.db, located.text, know.today),
    tid === null || located.epc === null ? null : proofByTid(know.db, unitId, located.epc, tid),
  ]
  return proofs.flatMap((proof) => (proof === null ? [] : [{ unitId, proof }]))
}

function foundAt(located: Located, know: Knowledge): Found {
  const { text, receipt, nothing } = located
  if (nothing !== null) return { is: 'nothing', text, ...nothing }
  const hits = hitsOf(located.units, know)
  if (receipt !== null) return receiptFound(located, receipt, hits, know)
  return oneOrMany(located, hits)
}

/** A receipt whose number is also a unit's or an article's is asked about, with all that it could mean. */
function receiptFound(located: Located, number: string, hits: readonly UnitHit[], know: Knowledge): Found {
  const ids = unitIdsOfReceipt(know.mirror, know.db, number)
  const units = hitsOf(ids.map((unitId) => ({ unitId, matchedBy: null, retiredLabel: null })), know)
  if (hits.length + located.products.length === 0) return { is: 'receipt', text: located.text, number, units }
  const others = units.filter((unit) => !hits.some((hit) => hit.unit.id === unit.unit.id))
  const products = located.products.map((ref) => ref.product)
  return { is: 'many', text: located.text, hits: [...hits, ...others], products, alike: false }
}

function oneOrMany(located: Located, hits: readonly UnitHit[]): Found {
  const { text, alike } = located
  const products = onceEach(located.products)
  const [hit] = hits
  const [goods] = products
  if (hits.length === 1 && products.length === 0 && hit && !alike) return { is: 'unit', text, hit }
  if (hits.length === 0 && products.length === 1 && goods) return { is: 'product', text, ...goods }
  // A unit whose product the centre has taken away is no unit that anything can be said of.
  if (hits.length + products.length === 0) return { is: 'nothing', text, why: 'unknown-code' }
  const { strange } = located
  return {
    is: 'many', text, hits, products: products.map((ref) => ref.product), alike,
    strange: strange === null || strange.strangeSerial === null ? null : { product: strange.product, serial: strange.strangeSerial },
  }
}

const onceEach = (refs: readonly ProductRef[]): ProductRef[] =>
  refs.filter((ref, index) => refs.findIndex((other) => other.product.id === ref.product.id) === index)

const hitsOf = (refs: readonly UnitRef[], know: Knowledge): UnitHit[] =>
  refs.flatMap(({ unitId, matchedBy, retiredLabel }) => {
    const unit = know.unit(unitId)
    return unit ? [{ unit, matchedBy, retiredLabel }] : []
  })
