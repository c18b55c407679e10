import { isMeant, type Campaign } from '../../../contract/campaign.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { fullName } from '../../../contract/product-name.ts'
import type { PullItem, PullPiece } from '../../../contract/service-view.ts'
import { unitOf } from '../facts/judge.ts'
import { pieceOf, type KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { productIdOf } from '../returns/own-units.ts'
import { lookAt } from '../scans/look.ts'
import { tell } from '../service/claims.ts'
import { holderOf } from '../store/flows.ts'
import { sql } from '../store/store.ts'
import { allCampaigns } from './campaigns.ts'
import { goodsOfLot, goodsReach, goodsToPull, pullGoods } from './pull-goods.ts'

/** Where pulled pieces stand until the campaign's remedy is done. */
export const RECALL_AREA = 'recall'

/** Everything in this store that an open campaign means: single pieces, and goods without numbers by the lot. */
export const pullList = (ground: Ground): PullItem[] =>
  [...piecesToPull(ground), ...goodsToPull(ground)].toSorted((a, b) => ORDER[a.state] - ORDER[b.state])

/**
 * Every piece in this store that an open campaign means. A piece is looked up as a scan would look it up, so what
 * happened on this till a moment ago is in the list.
 */
function piecesToPull(ground: Ground): PullPiece[] {
  const campaigns = allCampaigns(ground.mirror.reading)
  const ids = new Set(campaigns.flatMap((campaign) => unitIdsHere(ground, campaign)))
  const items = [...ids].flatMap((id) => {
    const unit = unitOf(ground, id)
    return unit ? itemsOf(ground, unit, campaigns) : []
  })
  return items.toSorted((a, b) => compare(a.area, b.area) || compare(a.serial, b.serial))
}

const ORDER = { 'cart': 0, 'to-pull': 1, 'pulled': 2 } as const
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

/** The pieces of the campaign's product that the centre knows in this store, and those that came here since. */
function unitIdsHere(ground: Ground, { productId }: Campaign): string[] {
  const told = sql(
    ground.mirror.reading,
    `SELECT id FROM units WHERE product_id = ? AND store_id = ? AND custody IN ('in-stock', 'in-cart', 'missing')`,
  ).all(productId, ground.place.id) as { id: string }[]
  const local = sql(ground.store.reading, 'SELECT unit_id AS id FROM unit_overlays').all() as { id: string }[]
  return [...told, ...local.filter(({ id }) => productIdOf(ground.mirror, ground.store.reading, id) === productId)].map(({ id }) => id)
}

function itemsOf(ground: Ground, unit: KnownUnit, campaigns: readonly Campaign[]): PullPiece[] {
  const { custody, flags } = unit.facts
  if (custody.at !== 'in-stock' || custody.storeId !== ground.place.id) return []
  const open = flags.filter(
    (flag) => flag.kind === 'recall' && !flags.some((other) => other.kind === 'recall-remedied' && other.reference === flag.reference),
  )
  const held = holderOf(ground.store.reading, unit.id, ground.now()) !== null
  return open.slice(0, 1).map((flag): PullPiece => ({
    is: 'piece',
    unitId: unit.id,
    name: fullName(unit.product.brand, unit.product.name),
    serial: unit.aliases[0]?.value ?? unit.id,
    campaign: flag.reference ?? flag.reason,
    reason: flag.reason,
    remedy: campaigns.find(({ reference, productId }) => reference === flag.reference && productId === unit.product.id)?.remedy ?? '',
    area: custody.area,
    state: held ? 'cart' : custody.area === RECALL_AREA ? 'pulled' : 'to-pull',
  }))
}

/** What was scanned, or typed as it is printed, is taken off the shelf: a piece by its number, goods by the lot's code. */
export function pullScanned(deed: Deed, text: string): Result<PullItem> {
  const found = lookAt(deed.ground, text)
  if (found.is === 'unit') return pullPiece(deed, found.hit.unit.id)
  if (found.is === 'product' && found.strangeSerial === null) return pullGoods(deed, found.product.id, found.lot)
  const goods = goodsOfLot(deed.ground, text)
  return goods === null ? refused('no-such-unit') : pullGoods(deed, goods.productId, goods.lot)
}

/**
 * A piece of the list was found: it stands apart from now on. Refuses what no campaign means, and says so, because a
 * shelf is cleared by scanning everything on it; and what lies in a cart, which has to come out of it first.
 */
export function pullPiece(deed: Deed, unitId: string): Result<PullPiece> {
  const unit = unitOf(deed.ground, unitId)
  if (!unit) return refused('no-such-unit')
  const item = itemsOf(deed.ground, unit, allCampaigns(deed.ground.mirror.reading))[0]
  if (!item) return refused('not-recalled')
  if (item.state === 'cart') return refused('piece-in-cart')
  if (item.state === 'pulled') return ok(item)
  tell(deed, unitId, 'moved', { from: item.area, to: RECALL_AREA }, (facts) => ({
    ...facts, custody: { at: 'in-stock', storeId: deed.ground.place.id, area: RECALL_AREA },
  }))
  return ok({ ...item, area: RECALL_AREA, state: 'pulled' })
}

/** What the campaign asks for was done to this very piece. Refuses a campaign that does not mean it. */
export function remedyPiece(deed: Deed, unitId: string, reference: string, note: string): Result<null> {
  const unit = unitOf(deed.ground, unitId)
  if (!unit) return refused('no-such-unit')
  const flag = unit.facts.flags.find(({ kind, reference: of }) => kind === 'recall' && of === reference)
  if (!flag) return refused('not-recalled')
  const campaign = allCampaigns(deed.ground.mirror.reading).find((one) => one.reference === reference && one.productId === unit.product.id)
  const remedy = note.trim() === '' ? (campaign?.remedy ?? flag.reason) : note.trim()
  tell(deed, unitId, 'remedied', { campaign: reference, remedy }, (facts) => ({
    ...facts,
    custody: facts.custody.at === 'in-stock' && facts.custody.area === RECALL_AREA ? { ...facts.custody, area: 'shelf' } : facts.custody,
    flags: [
      ...facts.flags.filter(({ kind, reference: of }) => !(kind === 'recall' && of === reference)),
      { kind: 'recall-remedied', source: deed.ground.place.name, at: deed.ground.now(), reason: remedy, reference },
    ],
  }))
  return ok(null)
}

/** Every piece that a campaign means and this store has or has sold. */
export function meantUnits(ground: Ground, campaign: Campaign): KnownUnit[] {
  const rows = sql(ground.mirror.reading, 'SELECT id FROM units WHERE product_id = ? AND (store_id = ? OR sold_store_id = ?)').all(
    campaign.productId, ground.place.id, ground.place.id,
  ) as { id: string }[]
  return rows.flatMap(({ id }) => {
    const told = ground.mirror.unit(id)
    const unit = told && isMeant(campaign.rule, pieceOf(told, ground.mirror.aliases(id))) ? unitOf(ground, id) : null
    return unit ? [unit] : []
  })
}

/** True of a piece that somebody has at home: its owner is to be told. */
export const isWithOwner = ({ facts: { title, custody } }: KnownUnit): boolean =>
  custody.at !== 'in-stock' && (title.is === 'sold' || title.is === 'transferred')

/** How many pieces of a campaign stand here, null where nobody knows, and how many this store's customers have. */
export function reachOf(ground: Ground, campaign: Campaign): { here: number | null; sold: number } {
  const goods = goodsReach(ground, campaign)
  if (goods !== null) return goods
  const units = meantUnits(ground, campaign)
  return { here: units.filter(({ facts }) => facts.custody.at === 'in-stock').length, sold: units.filter(isWithOwner).length }
}
