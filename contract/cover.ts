import type { Policy } from './policy.ts'
import type { CoverLayer, Title } from './unit.ts'
import { addMonths, dayIn, daysBetween } from './days.ts'

/** The law and the calendar a piece was sold under: its ISO 3166 country and its IANA time zone. */
export interface PlaceOfSale {
  readonly country: string
  readonly timeZone: string
}

/**
 * All layers of protection of one unit: the legal guarantee and the maker's warranty follow from the sale by rule,
 * plans and repairs are facts of their own. A layer told explicitly replaces the one that would follow by rule: what a
 * sale promised is told with it, so that no later change of catalogue or rules moves its dates.
 * The law is that of the place where the piece was sold, wherever it is shown now; each layer lasts through its `end`.
 */
export function coverLayers(
  title: Title,
  product: { readonly makerMonths: number; readonly durable: boolean },
  sold: PlaceOfSale,
  policy: Pick<Policy, 'legalGuarantee'>,
  told: readonly CoverLayer[],
): CoverLayer[] {
  const standing = told.filter((layer) => !isOfEarlierSale(layer, title, sold))
  const kindsTold = new Set(standing.map((layer) => layer.layer))
  return [...layersByRule(title, product, sold, policy).filter((layer) => !kindsTold.has(layer.layer)), ...standing]
}

/** What law and maker promised with a sale ends with that sale: a piece that came back is sold with periods of its own. */
function isOfEarlierSale(layer: CoverLayer, title: Title, sold: PlaceOfSale): boolean {
  const isOfSale = layer.layer === 'legal' ? layer.basis !== 'production' : layer.layer === 'maker' && layer.basis === 'sale'
  if (!isOfSale) return false
  if (title.is === 'ours' || title.is === 'returned') return true
  if (title.is === 'unknown') return false
  const days = daysBetween(dayIn(title.purchase.soldAt, sold.timeZone), layer.start)
  // The same evening can be two days in two stores; and what is sent arrives later than it is sold.
  return days < -1 || (days > 1 && layer.basis === 'sale')
}

function layersByRule(
  title: Title,
  product: { readonly makerMonths: number; readonly durable: boolean },
  sold: PlaceOfSale,
  policy: Pick<Policy, 'legalGuarantee'>,
): CoverLayer[] {
  if (title.is !== 'sold' && title.is !== 'transferred') return []
  const start = dayIn(title.purchase.soldAt, sold.timeZone)
  const legal = policy.legalGuarantee[sold.country]
  const layers: CoverLayer[] = []
  if (legal && product.durable) layers.push(layer('legal', start, legal.months, sold.country))
  if (product.makerMonths > 0) layers.push(layer('maker', start, product.makerMonths, null))
  return layers
}

const layer = (name: 'legal' | 'maker', start: string, months: number, country: string | null): CoverLayer => ({
  layer: name,
  start,
  end: addMonths(start, months),
  basis: 'sale',
  country,
  contractNumber: null,
  claimsUsed: 0,
  voidWhy: null,
})
