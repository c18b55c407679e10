import { APPLE_CARTON_PREFIX, matchKeys, type CartonPrefix } from '../../../contract/identity/match-key.ts'
import { unitIdsByLabelKey } from '../own-numbers/unit-labels.ts'
import { productIdOf } from '../returns/own-units.ts'
import type { Knowledge } from './knowledge.ts'
import { serialLengths } from './product-masks.ts'

/** Fewer characters look like too many things. */
const KEY_MIN = 4
/** A question with more answers than this is none. */
const ALIKE_MAX = 20
/** Nobody mistypes a longer number; longer scans are labels and not serials. */
const TEXT_MAX = 64

/**
 * Units whose number looks like this one: other case or blanks, O for 0, a carton's letter in front. For asking back,
 * never for identity. With a GTIN only its own units count.
 */
export function unitIdsAlike(text: string, gtin14: string | null, know: Knowledge): string[] {
  if (text.length > TEXT_MAX) return []
  const prefixes: readonly CartonPrefix[] = [
    APPLE_CARTON_PREFIX,
    { prefix: 'S', serialLengths: serialLengths(know.mirror) },
  ]
  const keys = new Set([...matchKeys(text, 'loose', prefixes), ...matchKeys(text, 'ocr', prefixes)])
  const ids = new Set<string>()
  for (const key of keys) {
    if (key.length < KEY_MIN) continue
    for (const id of know.mirror.unitIdsByMatchKey(key)) ids.add(id)
    for (const id of unitIdsByLabelKey(know.db, key)) ids.add(id)
  }
  if (gtin14 === null) return [...ids].slice(0, ALIKE_MAX)
  const products = know.mirror.productsByCode(gtin14).map((product) => product.id)
  return [...ids].filter((id) => products.includes(productIdOf(know.mirror, know.db, id) ?? '')).slice(0, ALIKE_MAX)
}
