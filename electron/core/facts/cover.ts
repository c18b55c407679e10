import type { Policy } from '../../../contract/policy.ts'
import type { CoverLayer, Title } from '../../../contract/unit.ts'
import { addMonths } from './days.ts'

/**
 * All layers of protection of one unit: the legal guarantee and the maker's warranty follow from the sale by rule,
 * plans and repairs are facts of their own. A layer told explicitly replaces the one that would follow by rule.
 */
export function coverLayers(
  title: Title,
  product: { readonly makerMonths: number; readonly durable: boolean; readonly producedOn: string | null },
  country: string,
  policy: Policy,
  told: readonly CoverLayer[],
): CoverLayer[] {
  const told_ = new Set(told.map((layer) => layer.layer))
  const byRule = layersByRule(title, product, country, policy).filter((layer) => !told_.has(layer.layer))
  return [...byRule, ...told]
}

function layersByRule(
  title: Title,
  product: { readonly makerMonths: number; readonly durable: boolean; readonly producedOn: string | null },
  country: string,
  policy: Policy,
): CoverLayer[] {
  if (title.is !== 'sold' && title.is !== 'transferred') return []
  const start = title.purchase.soldAt.slice(0, 10)
  const legal = policy.legalGuarantee[country]
  const layers: CoverLayer[] = []
  if (legal && product.durable)
    layers.push(layer('legal', start, legal.months, country))
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
