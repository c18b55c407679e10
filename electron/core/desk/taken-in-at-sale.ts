import assert from 'node:assert/strict'
import { v5 } from 'uuid'
import { readGtin } from '../../../contract/identity/keys.ts'
import { FROM_SALE, keepsStockBySerial } from '../../../contract/stock-by-serial.ts'
import type { UnitFacts } from '../../../contract/unit.ts'
import { unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import type { Product } from '../mirror/mirror.ts'
import { bringIntoBeing } from '../returns/bring-into-being.ts'
import { serialFault } from '../scans/by-identity.ts'
import type { Found } from '../scans/found.ts'
import { maskOfProduct } from '../scans/product-masks.ts'

/** Made once for this purpose; with it the same serial of the same product has the same key at every till. */
const PIECES_OF_A_SALE = '9daa00cc-6ac3-4bac-9288-21fe544debd2'

/** What people print as a serial where its product says nothing of its form: no address, no sentence. */
const LIKE_A_SERIAL = /^(?=.*\d)[0-9A-Za-z][0-9A-Za-z._/+#-]{3,49}$/

/**
 * Where no stock is kept by serial, a number that nobody received becomes a piece with its sale: scanned with its product,
 * or alone after the code of `askedFor`, the product whose serial is awaited. Its key follows from product and number, so
 * two tills that sell the same piece without hearing of each other tell the centre of one piece. Everything else, and
 * every number that its maker cannot have given out, is found as it was; beside pieces that only look like it, or have
 * their number inside of it, the new piece is one more answer to the question.
 */
export function takenInAtSale(deed: Deed, found: Found, askedFor: string | null): Found {
  const { ground } = deed
  const awaited = askedFor === null ? null : ground.mirror.product(askedFor)
  if (found.is === 'many') {
    const strange = found.alike && !found.strange ? asSerialOf(ground, { is: 'nothing', text: found.text, why: 'unknown-code' }, awaited) : null
    return strange?.is === 'product' ? { ...found, strange: { product: strange.product, serial: found.text } } : found
  }
  const meant = asSerialOf(ground, found, awaited)
  if (meant.is !== 'product' || meant.strangeSerial === null || meant.product.tracking !== 'serial' || isKept(ground, meant.product)) return meant
  const { text, product, strangeSerial: serial } = meant
  const unitId = v5(`${product.id}\n${serial}`, PIECES_OF_A_SALE)
  const facts: UnitFacts = { custody: { at: 'unknown' }, title: { is: 'unknown' }, condition: 'new', flags: [], cover: [] }
  const unit = unitOf(ground, unitId) ?? unitOf(ground, bringIntoBeing(deed, { unitId, productId: product.id, serial, from: FROM_SALE, facts }))
  assert(unit !== null, 'a piece that came into being is known')
  return { is: 'unit', text, hit: { unit, matchedBy: unit.aliases[0]?.kind ?? null, retiredLabel: null } }
}

const isKept = (ground: Ground, { category }: Product): boolean => keepsStockBySerial(ground.policy(), category)

/** A number that nobody knows, as the serial of the product that was scanned before it; or what is wrong with it as such. */
function asSerialOf(ground: Ground, found: Found, product: Product | null): Found {
  if (found.is !== 'nothing' || found.why !== 'unknown-code' || product === null || !product.active || isKept(ground, product)) return found
  const { text } = found
  const wrong = serialFault(product.id, text, { mirror: ground.mirror, today: ground.now().slice(0, 10) })
  if (wrong !== null) return { is: 'nothing', text, ...wrong }
  const isTold = maskOfProduct(ground.mirror, product.id) !== null
  if (!isTold && (!LIKE_A_SERIAL.test(text) || readGtin(text).ok)) return found
  return { is: 'product', text, product, lot: null, expiry: null, strangeSerial: text }
}
