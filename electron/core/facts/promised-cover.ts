import { coverLayers } from '../../../contract/cover.ts'
import type { CoverLayer, Title } from '../../../contract/unit.ts'
import type { Ground } from '../ground.ts'

/**
 * The cover a sale in this store promises, to be told with it: law and maker as rules and catalogue are at this moment,
 * beside what was `told` of the piece before. Only `told` where the product is gone from the mirror.
 */
export function promisedCover(ground: Ground, productId: string, title: Title, told: readonly CoverLayer[]): CoverLayer[] {
  const { place } = ground
  const product = ground.mirror.product(productId)
  if (product === null) return [...told]
  const sold = { country: place.country, timeZone: place.time_zone }
  return coverLayers(title, { makerMonths: product.maker_months, durable: product.durable }, sold, ground.policy(), told)
}
