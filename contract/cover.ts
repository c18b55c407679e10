import type { Policy } from './policy.ts'
import type { CoverLayer, Title } from './unit.ts'
import { addMonths, dayIn } from './days.ts'

/** The law and the calendar a piece was sold under: its ISO 3166 country and its IANA time zone. */
export interface PlaceOfSale {
  readonly country: string
  readonly timeZone: string
}

/**
 * All layers of protection of one unit: the legal guarantee and the maker's warranty follow from the sale by rule,
 * plans and repairs are facts of their own. A layer told explicitly replaces the one that would follow by rule.
 * The law is that of the place where the piece was sold, wherever it is shown now; each layer lasts through its `end`.
 */
export function coverLayers(
  title: Title,
  product: { readonly makerMonths: number; readonly durable: boolean },
  sold: PlaceOfSale,
  policy: Policy,
  told: readonly CoverLayer[],
): CoverLayer[] {
  const kindsTold = new Set(told.map((layer) => layer.layer))
  return [...layersByRule(title, product, sold, policy).filter((layer) => !kindsTold.has(layer.layer)), ...told]
}

function layersByRule(
  title: Title,
  product: { readonly makerMonths: number; readonly durable: boolean },
  sold: PlaceOfSale,
  policy: Policy,
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
