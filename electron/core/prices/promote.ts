import { allocate, cents, share, times, type Cents } from '../../../contract/money.ts'
import type { GoodsChosen, Promotion, PromotionRule } from '../../../contract/promotion.ts'
import { unreachable } from '../../../contract/unreachable.ts'

/** A line as promotions look at it: so many equal pieces. */
export interface Offered {
  readonly lineId: string
  readonly productId: string
  readonly category: string
  readonly brand: string
  readonly price_cents: Cents
  readonly quantity: number
}

/** What a promotion takes off one line. */
export interface Given {
  readonly lineId: string
  readonly promotion: Promotion
  readonly amount_cents: Cents
}

/** So many pieces of one line. */
interface Some {
  readonly line: Offered
  readonly count: number
}

/**
 * What the promotions give on a cart, in their order. A piece takes part in one promotion at most, so that no two of
 * them can take more than it costs; where the cheapest of a group is free, groups are made from the dearest piece down.
 * Pure and total; pieces are counted and never listed, because a line may hold thousands.
 */
export function promote(lines: readonly Offered[], promotions: readonly Promotion[]): Given[] {
  const free = new Map(lines.map((line) => [line.lineId, line.quantity]))
  return promotions.flatMap((promotion) =>
    takePart(lines, free, promotion.rule)
      .filter(([, amount]) => amount > 0)
      .map(([lineId, amount]) => ({ lineId, promotion, amount_cents: cents(amount) })),
  )
}

function takePart(lines: readonly Offered[], free: Map<string, number>, rule: PromotionRule): [string, number][] {
  switch (rule.is) {
    case 'percent':
      return eachPiece(lines, free, rule.of, (line, count) => share(times(line.price_cents, count), rule.off_bp))
    case 'amount':
      return eachPiece(lines, free, rule.of, (line, count) => Math.min(Math.max(0, rule.off_cents), line.price_cents) * count)
    case 'n-for-m':
      return groups(lines, free, rule)
    case 'bundle':
      return bundles(lines, free, rule)
    default:
      return unreachable(rule)
  }
}

function eachPiece(
  lines: readonly Offered[], free: Map<string, number>, of: GoodsChosen, off: (line: Offered, count: number) => number,
): [string, number][] {
  return among(lines, free, of).map(({ line, count }) => {
    free.set(line.lineId, 0)
    return [line.lineId, off(line, count)]
  })
}

/** Dearest first; within a group the pieces that stand last are free. */
function groups(lines: readonly Offered[], free: Map<string, number>, rule: Extract<PromotionRule, { is: 'n-for-m' }>): [string, number][] {
  if (rule.pay >= rule.take) return []
  const pieces = among(lines, free, rule.of).sort((a, b) => b.line.price_cents - a.line.price_cents)
  const all = pieces.reduce((sum, { count }) => sum + count, 0)
  const inGroups = all - (all % rule.take)
  const amounts = new Map<string, number>()
  let place = 0
  for (const { line, count } of pieces) {
    const taken = Math.min(count, inGroups - place)
    if (taken <= 0) break
    const unpaid = freeBefore(place + taken, rule) - freeBefore(place, rule)
    free.set(line.lineId, (free.get(line.lineId) ?? 0) - taken)
    amounts.set(line.lineId, unpaid * line.price_cents)
    place += taken
  }
  return [...amounts]
}

/** How many of the first `places` pieces of a row of groups are free. */
const freeBefore = (places: number, { take, pay }: { take: number; pay: number }): number =>
  Math.floor(places / take) * (take - pay) + Math.max(0, (places % take) - pay)

/** As many whole sets as there are; what a set costs less is spread over its pieces by their prices. */
function bundles(lines: readonly Offered[], free: Map<string, number>, rule: Extract<PromotionRule, { is: 'bundle' }>): [string, number][] {
  const amounts = new Map<string, number>()
  for (let sets = 0; sets < SETS_MAX; sets += 1) {
    const set = oneSet(lines, free, rule)
    if (set === null) break
    const whole = set.reduce((sum, { line, count }) => sum + line.price_cents * count, 0)
    const off = whole - Math.max(0, rule.price_cents)
    if (off <= 0) break
    const parts = allocate(cents(off), set.map(({ line, count }) => line.price_cents * count))
    set.forEach(({ line, count }, place) => {
      free.set(line.lineId, (free.get(line.lineId) ?? 0) - count)
      add(amounts, line.lineId, parts[place] ?? 0)
    })
  }
  return [...amounts]
}

/** Nobody carries more sets than this out of a shop; a line of thousands must not hold up the till. */
const SETS_MAX = 500

/** The pieces of one more set, the dearest of each part; null when a part is missing. */
function oneSet(lines: readonly Offered[], free: ReadonlyMap<string, number>, rule: Extract<PromotionRule, { is: 'bundle' }>): Some[] | null {
  const left = new Map(free)
  const set = new Map<string, Some>()
  for (const part of rule.parts) {
    let wanted = part.count
    for (const { line, count } of among(lines, left, part.of).sort((a, b) => b.line.price_cents - a.line.price_cents)) {
      const taken = Math.min(count, wanted)
      left.set(line.lineId, count - taken)
      set.set(line.lineId, { line, count: (set.get(line.lineId)?.count ?? 0) + taken })
      wanted -= taken
      if (wanted === 0) break
    }
    if (wanted > 0) return null
  }
  return [...set.values()]
}

const add = (amounts: Map<string, number>, lineId: string, amount: number): void => {
  amounts.set(lineId, (amounts.get(lineId) ?? 0) + amount)
}

/** Lines a promotion is about that have pieces left for it, and something to take off. */
const among = (lines: readonly Offered[], free: ReadonlyMap<string, number>, of: GoodsChosen): Some[] =>
  lines.flatMap((line) => {
    const count = free.get(line.lineId) ?? 0
    return count > 0 && line.price_cents > 0 && isAmong(line, of) ? [{ line, count }] : []
  })

const isAmong = (line: Offered, { products, categories, brands }: GoodsChosen): boolean =>
  products?.includes(line.productId) === true ||
  categories?.includes(line.category) === true ||
  brands?.includes(line.brand) === true
