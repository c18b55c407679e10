import { isMeant, type Campaign } from '../../../contract/campaign.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { fullName } from '../../../contract/product-name.ts'
import type { PullGoods } from '../../../contract/service-view.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { sql } from '../store/store.ts'
import { allCampaigns } from './campaigns.ts'

/**
 * Goods without numbers of their own that an open campaign means, a line a lot: those the books have here with how many,
 * and those of which nobody knows, which somebody has to look for. Nobody is sent for what is all gone by the books.
 */
export const goodsToPull = (ground: Ground): PullGoods[] => goodsMeant(ground).filter(({ quantity, state }) => quantity !== 0 || state === 'pulled')

/** All of them, whatever the books say: what is found on a shelf is meant even where they have none left. */
const goodsMeant = (ground: Ground): PullGoods[] => allCampaigns(ground.mirror.reading).flatMap((campaign) => goodsOf(ground, campaign))

function goodsOf(ground: Ground, campaign: Campaign): PullGoods[] {
  const { reference, productId, reason, remedy } = campaign
  const product = ground.mirror.product(productId)
  if (product === null || (product.tracking !== 'lot' && product.tracking !== 'none')) return []
  const pulled = pulledLots(ground, campaign)
  const name = fullName(product.brand, product.name)
  return [...lotsMeant(ground, campaign, pulled)].map(([lot, quantity]) => ({
    is: 'goods', productId, name, lot: lot === '' ? null : lot, quantity, campaign: reference, reason, remedy, state: pulled.includes(lot) ? 'pulled' : 'to-pull',
  }))
}

/**
 * The lots of an article that the campaign means, each with how many of it the books have here; null: they know of none,
 * and none is no proof. '' is the article without a lot. A campaign by serials or days means no goods without numbers.
 */
function lotsMeant(ground: Ground, { rule, productId }: Campaign, pulled: readonly string[]): Map<string, number | null> {
  const onHand = new Map(ground.mirror.lots(productId, ground.place.id).map(({ lot, quantity }) => [lot, quantity]))
  const named = rule.by === 'lot' ? rule.lots : rule.by === 'product' ? (onHand.size > 0 ? [...onHand.keys()] : ['']) : []
  return new Map([...new Set([...named, ...pulled])].map((lot) => [lot, onHand.get(lot) ?? null]))
}

const pulledLots = (ground: Ground, { reference, productId }: Campaign): string[] =>
  (sql(ground.store.reading, 'SELECT lot FROM pulled_goods WHERE campaign = ? AND product_id = ? ORDER BY lot').all(reference, productId) as { lot: string }[])
    .map(({ lot }) => lot)

/**
 * All that stands here of an article, or of one lot of it, was taken off the shelf. Refuses goods that no campaign means
 * (`not-recalled`), and an article of which lots are meant where the scan names none (`lot-needed`).
 */
export function pullGoods(deed: Deed, productId: string, lot: string | null): Result<PullGoods> {
  const lines = goodsMeant(deed.ground).filter((line) => line.productId === productId)
  const line = lines.find((one) => one.lot === lot) ?? lines.find((one) => one.lot === null) ?? anyLot(deed.ground, lines, lot)
  if (line === undefined) return refused(lot === null && lines.length > 0 ? 'lot-needed' : 'not-recalled')
  if (line.state === 'pulled') return ok(line)
  sql(deed.db, 'INSERT INTO pulled_goods (campaign, product_id, lot, pulled_at, pulled_by) VALUES (?, ?, ?, ?, ?)').run(
    line.campaign, productId, line.lot ?? '', deed.ground.now(), deed.staff?.name ?? '',
  )
  return ok({ ...line, state: 'pulled' })
}

/** A lot the books do not have here, of an article that is recalled as a whole. */
function anyLot(ground: Ground, lines: readonly PullGoods[], lot: string | null): PullGoods | undefined {
  const wholes = allCampaigns(ground.mirror.reading).flatMap(({ rule, reference }) => (rule.by === 'product' ? [reference] : []))
  const line = lot === null ? undefined : lines.find(({ campaign }) => wholes.includes(campaign))
  return line && { ...line, lot, quantity: null, state: 'to-pull' }
}

/** What a campaign means under a lot as it is printed on the goods, for who types it off a label that no scanner reads. */
export function goodsOfLot(ground: Ground, text: string): PullGoods | null {
  const [only, ...others] = goodsMeant(ground).filter(({ lot }) => lot === text.trim())
  return only === undefined || others.length > 0 ? null : only
}

/**
 * How many goods without numbers a campaign means here, null where the books know of none and somebody has to look, and
 * how many were sold at this till and have not come back; null where it means no such goods.
 */
export function goodsReach(ground: Ground, campaign: Campaign): { here: number | null; sold: number } | null {
  const lines = goodsOf(ground, campaign)
  if (lines.length === 0) return null
  const known = lines.flatMap(({ quantity }) => quantity ?? [])
  return { here: known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0), sold: soldHere(ground, campaign) }
}

function soldHere(ground: Ground, { rule, productId }: Campaign): number {
  const db = ground.store.reading
  const rows = sql(
    db,
    `SELECT l.lot, l.quantity - coalesce((SELECT sum(r.quantity) FROM return_lines r WHERE r.sale_line_id = l.id), 0) AS quantity
     FROM sale_lines l WHERE l.product_id = ? AND l.unit_id IS NULL`,
  ).all(productId) as { lot: string | null; quantity: number }[]
  return rows.reduce((sum, { lot, quantity }) => sum + (isMeant(rule, { numbers: [], lot, producedOn: null }) ? quantity : 0), 0)
}
