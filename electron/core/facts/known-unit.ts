import type { Piece } from '../../../contract/campaign.ts'
import type { PlaceOfSale } from '../../../contract/cover.ts'
import type { Params } from '../../../contract/ids.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { Alias, Flag, FlagKind, UnitFacts } from '../../../contract/unit.ts'
import { knownFacts } from '../../../contract/verdicts/known-facts.ts'
import type { Mirror, MirrorUnit, Product } from '../mirror/mirror.ts'
import { aliasesWithLabels } from '../own-numbers/unit-labels.ts'
import { campaignsOfProduct } from '../recalls/campaigns.ts'
import { ownUnit } from '../returns/own-units.ts'
import { eventsOfUnit, overlayOf } from '../store/journal.ts'
import { sql, type Reading } from '../store/store.ts'

/** One unit with everything this till knows: what the centre told, and over it what happened here since. */
export interface KnownUnit {
  readonly id: string
  readonly product: Product
  readonly aliases: readonly Alias[]
  readonly facts: UnitFacts
  readonly price_cents: number
  /** True while facts of this till lie over the mirror. */
  readonly local: boolean
}

/** Null when neither the mirror nor this till knows the unit, or its product is gone from the mirror. */
export function knownUnit(mirror: Mirror, db: Reading, unitId: string, here: PlaceOfSale, policy: Policy): KnownUnit | null {
  const unit = mirror.unit(unitId) ?? ownUnit(db, unitId)
  if (!unit) return null
  const overlay = overlayOf(db, unitId)
  const { sensed } = unit.facts
  const facts = overlay === null ? unit.facts : { ...overlay, flags: withNews(db, unitId, overlay.flags, unit.facts.flags), ...(sensed === undefined ? {} : { sensed }) }
  const product = mirror.product(unit.productId, facts.condition)
  if (!product) return null
  const aliases = aliasesWithLabels(db, unitId, mirror.aliases(unitId))
  return {
    id: unitId,
    product,
    aliases,
    facts: knownFacts(
      facts,
      { product, place: placeOfSale(mirror, facts, here), campaigns: campaignsOfProduct(mirror.reading, product.id), piece: pieceOf(unit, aliases) },
      policy,
    ),
    price_cents: unit.price_cents ?? product.price_cents,
    local: overlay !== null,
  }
}

/** What the centre hears first: of a theft from others, of a broken cold chain from sensors. */
const TOLD_AT_ONCE: readonly FlagKind[] = ['stolen-own', 'stolen-reported', 'cold-chain-excursion']

/**
 * What happened here lies over the mirror, and yet a piece that was reported stolen meanwhile is stolen at once: the
 * centre's word comes down while ours still waits to go up. Only a flag that was lifted here stays lifted.
 */
function withNews(db: Reading, unitId: string, here: readonly Flag[], told: readonly Flag[]): Flag[] {
  const news = told.filter((flag) => TOLD_AT_ONCE.includes(flag.kind) && !here.some((own) => own.kind === flag.kind))
  return news.length === 0 ? [...here] : [...here, ...news.filter((flag) => !isLiftedHere(db, unitId, flag))]
}

const isLiftedHere = (db: Reading, unitId: string, flag: Flag): boolean =>
  eventsOfUnit(db, unitId).some(({ kind, at, body }) => kind === 'unflagged' && at >= flag.at && (JSON.parse(body) as { params: Params }).params['flag'] === flag.kind)

/** What the rule of a campaign looks at: all numbers that were ever on the piece, because makers announce the first. */
export const pieceOf = (unit: MirrorUnit, aliases: readonly Alias[]): Piece => ({
  numbers: aliases.map(({ value }) => value),
  lot: unit.lot,
  producedOn: unit.producedOn,
})

/** Cover follows the law of the store that sold the piece; the place we stand in where that store is not known. */
function placeOfSale(mirror: Mirror, { title }: UnitFacts, here: PlaceOfSale): PlaceOfSale {
  if (title.is !== 'sold' && title.is !== 'transferred') return here
  const store = mirror.store(title.purchase.storeId)
  return store === null ? here : { country: store.country, timeZone: store.time_zone }
}

/**
 * The facts to be laid over the mirror: cover that nobody told is left out, it is worked out at every look, and so are
 * readings, which are the centre's alone to tell.
 */
export function toldFacts(mirror: Mirror, db: Reading, unitId: string): UnitFacts | null {
  const facts = overlayOf(db, unitId) ?? mirror.unit(unitId)?.facts ?? null
  if (facts === null) return null
  const { sensed: _sensed, ...told } = facts
  return told
}

/** Units sold or returned on a receipt, whichever till wrote it. */
export function unitIdsOfReceipt(mirror: Mirror, db: Reading, number: string): string[] {
  const here = sql(
    db,
    `SELECT l.unit_id AS id FROM sale_lines l JOIN sales s ON s.id = l.sale_id
     WHERE s.number = ? AND l.unit_id IS NOT NULL ORDER BY l.position`,
  ).all(number) as { id: string }[]
  return [...new Set([...here.map((row) => row.id), ...mirror.unitIdsOfReceipt(number)])]
}
