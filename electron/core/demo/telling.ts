import { cents, minus, taxWithin } from '../../../contract/money.ts'
import type { Channel, TenderKind } from '../../../contract/unit.ts'
import type { DemoProduct } from './catalogue.ts'
import type { DemoStore } from './demo-shop.ts'
import type { Life, PastSale } from './life.ts'
import type { PastWorld } from './past-world.ts'

/** Everything a story needs to be told about one piece. */
export interface Telling {
  readonly life: Life
  readonly world: PastWorld
  readonly product: DemoProduct
  readonly store: DemoStore
  /** Days before today on which the piece came into the shop. */
  readonly receivedDaysAgo: number
}

export interface Story {
  /** Days before today between which the piece came into the shop. The story happens after that. */
  readonly received: readonly [number, number]
  readonly tell: (telling: Telling) => void
}

export const WORKSHOP = 'Workshop Berlin'

/** Who delivers the goods of a brand. */
export const maker = (product: DemoProduct): string => `${product.brand} distribution`
const isBefore = (days: number, received: number): number => Math.min(days, received - 1)

/** Delivered, and put where customers can take it. */
export function arrives({ life, world, product, store, receivedDaysAgo }: Telling, area = 'shelf'): void {
  life.on(world.calendar.moment(receivedDaysAgo)).received(maker(product), store, world.person('service'))
  if (area !== 'back-room') life.after(world.random.between(20, 180)).stocked(store, area, world.person('service'))
}

export interface SaleWish {
  readonly channel?: Channel
  readonly tender?: TenderKind
}

/** Sold between `from` and `to` days ago. */
export function isSold(telling: Telling, from: number, to: number, wish: SaleWish = {}): PastSale {
  const { life, world, product, store, receivedDaysAgo } = telling
  const at_ms = world.calendar.moment(world.random.between(isBefore(from, receivedDaysAgo), isBefore(to, receivedDaysAgo)))
  const sale = world.sale(store, at_ms, wish)
  life.sold(sale, world.paid(product))
  return sale
}

/** Brought back so many days ago, and the money given back a minute later. */
export function comesBack({ life, world, store }: Telling, daysAgo: number, reason: string): void {
  life.on(world.calendar.moment(daysAgo)).returned(store, world.returnNumber(store), reason, world.person('cashier'))
  life.after(1).refunded(store, world.person('cashier'))
}

/** A share of the price in percent, in whole units of money; without the tax where the store's prices are net. */
export function reduced({ product, store }: Telling, percent: number): number {
  const price_cents = cents(product.price_cents)
  const shown_cents = store.taxInclusive ? price_cents : minus(price_cents, taxWithin(price_cents, product.tax_bp))
  return Math.round((shown_cents * percent) / 10_000) * 100
}

/** Why a piece comes back that has nothing wrong with it. */
export const REASONS = ['changed-mind', 'wrong-item', 'not-as-described', 'gift', 'other'] as const
