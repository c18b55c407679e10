import { z } from 'zod'
import { Day, Id } from '../../contract/ids.ts'
import { Cents } from '../../contract/money.ts'
import { PromotionRule } from '../../contract/promotion.ts'
import { Condition } from '../../contract/unit.ts'
import { everybody, leading, Page, pageOf } from './allowed.ts'
import { Arrival } from './shop-calls.ts'

/** A price of goods: whole minor units, never below nothing. */
const Price = Cents.refine((amount) => amount >= 0)

/** Where and when a list or a promotion holds: in a store or in all, from its first day through its last, by the store's calendar. */
const Holds = z.object({
  name: z.string().trim().min(1).max(120),
  storeId: Id.nullable(),
  fromDay: Day.nullable(),
  untilDay: Day.nullable(),
  /** Among several that hold, the highest is asked first. */
  rank: z.int().min(-1_000).max(1_000),
})

export const PriceList = Holds.extend({ id: Id })
export type PriceList = z.infer<typeof PriceList>
export const PriceListRow = PriceList.extend({ prices: z.int(), arrival: Arrival })
export type PriceListRow = z.infer<typeof PriceListRow>

/** The condition a price is for; `*` is every condition that has no price of its own. */
export const PricedCondition = z.union([Condition, z.literal('*')])
export type PricedCondition = z.infer<typeof PricedCondition>

export const ListPrice = z.object({ productId: Id, productName: z.string(), condition: PricedCondition, price_cents: Price, usual_cents: Cents })
export type ListPrice = z.infer<typeof ListPrice>

export const PromotionEntry = Holds.extend({ id: Id, rule: PromotionRule })
export type PromotionEntry = z.infer<typeof PromotionEntry>
export const PromotionRow = PromotionEntry.extend({ arrival: Arrival })
export type PromotionRow = z.infer<typeof PromotionRow>

/** A set of articles under one code: what belongs to it, and how often. */
export const ArticleSet = z.object({ productId: Id, parts: z.array(z.object({ productId: Id, count: z.int().min(1).max(99) })).min(1).max(20) })
export type ArticleSet = z.infer<typeof ArticleSet>
export const ArticleSetRow = z.object({
  productId: Id, productName: z.string(), price_cents: Cents, arrival: Arrival,
  parts: z.array(z.object({ productId: Id, productName: z.string(), count: z.int() })),
})
export type ArticleSetRow = z.infer<typeof ArticleSetRow>

/** Price lists, promotions and sets of articles; every change goes to the tills in the transaction that makes it. */
export const prices = {
  lists: everybody.output(z.array(PriceListRow)),
  saveList: leading.input(PriceList.extend({ id: Id.nullable() })).output(z.array(PriceListRow)),
  dropList: leading.input(z.object({ id: Id })).output(z.array(PriceListRow)),
  ofList: everybody.input(Page.extend({ listId: Id })).output(pageOf(ListPrice)),
  /** Null takes the product out of the list. */
  setListPrice: leading
    .input(z.object({ listId: Id, productId: Id, condition: PricedCondition, price_cents: Price.nullable() }))
    .output(z.array(PriceListRow)),
  promotions: everybody.output(z.array(PromotionRow)),
  /** Refuses a rule that could be read and would give nothing: `no-goods`, `nothing-off`. */
  savePromotion: leading.input(PromotionEntry.extend({ id: Id.nullable() })).output(z.array(PromotionRow)),
  dropPromotion: leading.input(z.object({ id: Id })).output(z.array(PromotionRow)),
  sets: everybody.output(z.array(ArticleSetRow)),
  /** Refuses `no-set` for a set within a set, and for an article that is a part twice. */
  saveSet: leading.input(ArticleSet).output(z.array(ArticleSetRow)),
  dropSet: leading.input(z.object({ productId: Id })).output(z.array(ArticleSetRow)),
}
