import { z } from 'zod'
import { Id } from './ids.ts'
import { Cents } from './money.ts'

/** Which goods a promotion is about: any of these, by product, category or brand. */
export const GoodsChosen = z.object({
  products: z.array(Id).optional(),
  categories: z.array(z.string().max(64)).optional(),
  brands: z.array(z.string().max(128)).optional(),
})
export type GoodsChosen = z.infer<typeof GoodsChosen>

/** What a promotion gives. A piece takes part in one promotion at most. */
export const PromotionRule = z.discriminatedUnion('is', [
  /** So much of every piece's price, in basis points. */
  z.object({ is: z.literal('percent'), of: GoodsChosen, off_bp: z.int().min(1).max(10_000) }),
  /** So much off every piece, never more than it costs. */
  z.object({ is: z.literal('amount'), of: GoodsChosen, off_cents: Cents }),
  /** Of every `take` pieces only `pay` are paid for: the cheapest of them are free. */
  z.object({ is: z.literal('n-for-m'), of: GoodsChosen, take: z.int().min(2).max(99), pay: z.int().min(1).max(98) }),
  /** All parts together cost this and no more. */
  z.object({
    is: z.literal('bundle'),
    parts: z.array(z.object({ of: GoodsChosen, count: z.int().min(1).max(99) })).min(1).max(12),
    price_cents: Cents,
  }),
])
export type PromotionRule = z.infer<typeof PromotionRule>

/** Why a rule gives nothing at any till although it can be read; null where it gives something. Pure. */
export function emptyRule(rule: PromotionRule): 'no-goods' | 'nothing-off' | null {
  const isChosen = ({ products = [], categories = [], brands = [] }: GoodsChosen): boolean => products.length + categories.length + brands.length > 0
  const goods = rule.is === 'bundle' ? rule.parts.map(({ of }) => of) : [rule.of]
  if (!goods.every(isChosen)) return 'no-goods'
  if (rule.is === 'amount') return rule.off_cents > 0 ? null : 'nothing-off'
  if (rule.is === 'bundle') return rule.price_cents >= 0 ? null : 'nothing-off'
  return rule.is === 'n-for-m' && rule.pay >= rule.take ? 'nothing-off' : null
}

export const Promotion = z.object({ id: Id, name: z.string().min(1).max(120), rule: PromotionRule })
export type Promotion = z.infer<typeof Promotion>
