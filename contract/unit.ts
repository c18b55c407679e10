import { z } from 'zod'
import { Day, Id, Instant } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { SensedSeries } from './sensors/sensed.ts'

export const AliasKind = z.enum([
  'serial', 'imei', 'meid', 'vin', 'mac', 'own', 'contract', 'epc', 'tag-uid', 'other',
])
export type AliasKind = z.infer<typeof AliasKind>

/** A number printed on or stored in a unit. Any alias finds the unit; none of them is its key. */
export const Alias = z.object({ kind: AliasKind, value: z.string().max(128), retiredWhy: z.string().nullable() })
export type Alias = z.infer<typeof Alias>

/**
 * A piece that was sold and is sent to its buyer: it waits in the store, is with the carrier, or got lost there. A till
 * that does not know of parcels yet reads that the customer has it, and neither sells nor counts it.
 */
export const ParcelPlace = z.object({ is: z.enum(['to-be-sent', 'under-way', 'lost']), storeId: Id, since: Instant })
export type ParcelPlace = z.infer<typeof ParcelPlace>

/** Where the piece is. Set only by events. */
export const Custody = z.discriminatedUnion('at', [
  z.object({ at: z.literal('unknown') }),
  z.object({ at: z.literal('expected'), storeId: Id }),
  z.object({ at: z.literal('in-stock'), storeId: Id, area: z.string() }),
  z.object({ at: z.literal('in-cart'), storeId: Id, tillId: Id, flowId: Id, until: Instant }),
  z.object({ at: z.literal('with-customer'), parcel: ParcelPlace.optional() }),
  z.object({ at: z.literal('in-repair'), place: z.string() }),
  z.object({ at: z.literal('in-transit'), fromStoreId: Id, toStoreId: Id }),
  z.object({ at: z.literal('at-vendor'), vendor: z.string() }),
  z.object({ at: z.literal('missing'), storeId: Id, since: Instant }),
  z.object({ at: z.literal('retired'), why: z.string() }),
])
export type Custody = z.infer<typeof Custody>

/** `deposit`: paid earlier on the same goods, and no money of this moment. */
export const TenderKind = z.enum(['cash', 'card', 'voucher', 'store-credit', 'deposit'])
export type TenderKind = z.infer<typeof TenderKind>

export const Channel = z.enum(['store', 'online', 'marketplace'])
export type Channel = z.infer<typeof Channel>

/** The sale a unit left the shop with: what was really paid for this piece, and how. */
export const Purchase = z.object({
  saleId: Id,
  receiptNumber: z.string().max(64),
  soldAt: Instant,
  storeId: Id,
  channel: Channel,
  paid_cents: Cents,
  currency: Currency,
  tender: TenderKind,
})
export type Purchase = z.infer<typeof Purchase>

/** Whose the piece is. The last purchase stays known after a return: the second return must find it. */
export const Title = z.discriminatedUnion('is', [
  z.object({ is: z.literal('unknown') }),
  z.object({ is: z.literal('ours') }),
  z.object({ is: z.literal('sold'), purchase: Purchase }),
  z.object({ is: z.literal('returned'), purchase: Purchase, returnedAt: Instant, returnNumber: z.string().max(64) }),
  z.object({ is: z.literal('transferred'), purchase: Purchase, transferredAt: Instant }),
])
export type Title = z.infer<typeof Title>

export const Condition = z.enum(['new', 'open-box', 'refurbished', 'damaged', 'parts-missing', 'to-inspect'])
export type Condition = z.infer<typeof Condition>

export const FlagKind = z.enum([
  'stolen-own',
  'stolen-reported',
  'recall',
  'recall-remedied',
  'counterfeit-suspected',
  'hold',
  'quarantine',
  'activation-lock',
  'cold-chain-excursion',
])
export type FlagKind = z.infer<typeof FlagKind>

export const Flag = z.object({
  kind: FlagKind,
  source: z.string().max(128),
  at: Instant,
  reason: z.string().max(512),
  /** Campaign code of a recall, case number of a theft, number of a slip. */
  reference: z.string().max(64).nullable(),
  /** Of a hold: until when the piece is kept for a customer. Left out where nobody has said an end. */
  until: Instant.optional(),
  /** Of a hold: the store that asks to have the piece sent. */
  toStoreId: Id.optional(),
})
export type Flag = z.infer<typeof Flag>

/** One layer of protection. Never say "out of warranty" when only one of them has ended. */
export const CoverLayer = z.object({
  layer: z.enum(['legal', 'maker', 'plan', 'repair']),
  start: Day,
  end: Day,
  basis: z.enum(['sale', 'delivery', 'production']),
  /** ISO 3166 alpha-2 for the legal guarantee, else null. */
  country: z.string().length(2).nullable(),
  contractNumber: z.string().max(64).nullable(),
  claimsUsed: z.int().min(0),
  voidWhy: z.string().max(256).nullable(),
})
export type CoverLayer = z.infer<typeof CoverLayer>

/** The five independent facts about one unit, as one source knew them at one time. */
export const UnitFacts = z.object({
  custody: Custody,
  title: Title,
  condition: Condition,
  flags: z.array(Flag),
  cover: z.array(CoverLayer),
  /** The piece it is a part of: a lens packed with its camera. Left out where it stands alone. */
  partOf: Id.optional(),
  /** Numbers of parts that are no pieces of their own, by the name of the part: the motor of a bicycle. */
  parts: z.record(z.string().max(64), z.string().max(128)).optional(),
  /** What sensors have told of it, one series each. The centre alone hears them; left out where none has. */
  sensed: z.array(SensedSeries).max(16).optional(),
})
export type UnitFacts = z.infer<typeof UnitFacts>

export const Tracking = z.enum(['serial', 'lot', 'none', 'service'])
export type Tracking = z.infer<typeof Tracking>

/** Chooses the drawing of a product where the shop has no photograph. */
export const Picture = z.enum([
  'phone', 'tablet', 'watch', 'camera', 'lens', 'drill', 'saw', 'bike', 'guitar', 'keyboard-instrument', 'headphones',
  'case', 'cable', 'battery', 'cosmetic', 'service', 'laptop', 'other',
])
export type Picture = z.infer<typeof Picture>

/** A unit as a card on a screen: which single piece this is. */
export const UnitCard = z.object({
  unitId: Id,
  productId: Id,
  brand: z.string(),
  name: z.string(),
  variant: z.string(),
  gtin: z.string().nullable(),
  picture: Picture,
  aliases: z.array(Alias),
  facts: UnitFacts,
  price_cents: Cents.nullable(),
})
export type UnitCard = z.infer<typeof UnitCard>
