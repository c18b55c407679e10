import type { FlagKind } from '../../../contract/unit.ts'
import { dayOf, monthsLater } from './calendar.ts'
import type { DemoProduct } from './catalogue.ts'
import { DEMO_STORES } from './demo-shop.ts'
import type { DemoStore } from './demo-shop.ts'
import type { Life, PastSale } from './life.ts'
import type { PastWorld } from './past-world.ts'

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

export interface Campaign {
  readonly reference: string
  readonly item: number
  readonly daysAgo: number
  readonly reason: string
  readonly remedy: string
}

/** How many pieces of a product, counted from the first one made, a recall campaign calls back. */
export const PIECES_OF_A_CAMPAIGN = 45

/** The campaigns call back the first production run of a product: a range of serial numbers, as makers announce it. */
export const CAMPAIGNS: readonly Campaign[] = [
  {
    reference: 'RC-2026-017',
    item: 161,
    daysAgo: 20,
    reason: 'The battery can overheat while charging',
    remedy: 'Battery replaced',
  },
  { reference: 'RC-2025-104', item: 171, daysAgo: 160, reason: 'The fork can crack', remedy: 'Fork replaced' },
]

const WORKSHOP = 'Workshop Berlin'
const maker = (product: DemoProduct): string => `${product.brand} distribution`
const isBefore = (days: number, received: number): number => Math.min(days, received - 1)

function arrives({ life, world, product, store, receivedDaysAgo }: Telling, area = 'shelf'): void {
  life.on(world.calendar.moment(receivedDaysAgo)).received(maker(product), store, world.person('service'))
  if (area !== 'back-room') life.after(world.random.between(20, 180)).stocked(store, area, world.person('service'))
}

/** Sold between `from` and `to` days ago. */
function isSold(telling: Telling, from: number, to: number, channel: 'store' | 'online' = 'store'): PastSale {
  const { life, world, product, store, receivedDaysAgo } = telling
  const at_ms = world.calendar.moment(world.random.between(isBefore(from, receivedDaysAgo), isBefore(to, receivedDaysAgo)))
  const sale = world.sale(store, at_ms, channel)
  life.sold(sale, world.paid(product))
  return sale
}

function comesBack({ life, world, store }: Telling, daysAgo: number, reason: string): void {
  life.on(world.calendar.moment(daysAgo)).returned(store, world.returnNumber(store), reason, world.person('cashier'))
  life.after(1).refunded(store, world.person('cashier'))
}

const reduced = (product: DemoProduct, percent: number): number =>
  Math.round((product.price_cents * percent) / 10_000) * 100

const REASONS = ['changed-mind', 'wrong-item', 'not-as-described', 'gift', 'other'] as const

/** A flag set on a piece that stands in the shop. */
const flaggedInStock = (kind: FlagKind, source: string, reason: string, reference: string | null): Story => ({
  received: [20, 120],
  tell: (telling) => {
    arrives(telling)
    const { life, world, store } = telling
    life.on(world.calendar.moment(world.random.between(2, 12))).flagged(kind, store, source, reason, reference)
  },
})

const campaignOf = (product: DemoProduct): Campaign => {
  const campaign = CAMPAIGNS.find(({ item }) => item === product.item)
  if (campaign === undefined) throw new Error(`no campaign for ${product.name}`)
  return campaign
}

function isRecalled({ life, world, product }: Telling): Campaign {
  const campaign = campaignOf(product)
  life.on(world.calendar.moment(campaign.daysAgo)).flagged('recall', null, maker(product), campaign.reason, campaign.reference)
  return campaign
}

/** Every way of being that a piece in a shop can have, each with the life that leads there. */
export const STORIES = {
  'fresh': { received: [2, 120], tell: (telling) => arrives(telling) },
  'back-room': { received: [2, 60], tell: (telling) => arrives(telling, 'back-room') },
  'display': {
    received: [60, 300],
    tell: (telling) => {
      const { life, product, world, store } = telling
      arrives(telling, 'display')
      life.on(world.calendar.moment(world.random.between(3, 40))).inspected(store, 'open-box', world.person('service'))
      life.priced(reduced(product, 85))
    },
  },
  'counted': {
    received: [40, 200],
    tell: (telling) => {
      arrives(telling)
      telling.life.on(telling.world.calendar.moment(9)).counted(telling.store, telling.world.person('service'))
    },
  },
  'expected': {
    received: [3, 9],
    tell: ({ life, world, product, store, receivedDaysAgo }) => {
      life.on(world.calendar.moment(receivedDaysAgo)).commissioned(maker(product))
      life.on(world.calendar.moment(receivedDaysAgo - 1)).announced(maker(product), store)
    },
  },
  'made-elsewhere': {
    received: [30, 400],
    tell: ({ life, world, product, receivedDaysAgo }) => {
      life.on(world.calendar.moment(receivedDaysAgo)).commissioned(maker(product))
    },
  },
  'sold-recently': {
    received: [20, 120],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 2, 6)
    },
  },
  'sold-out-of-window': {
    received: [130, 300],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 70, 120)
    },
  },
  'sold': {
    received: [40, 1_000],
    tell: (telling) => {
      const { life, world, product, store, receivedDaysAgo } = telling
      arrives(telling)
      const shared = world.random.chance(25) ? world.openReceipt(store, life.at_ms) : null
      if (shared !== null) life.sold(shared, world.paid(product))
      else world.leaveOpen(isSold(telling, 2, receivedDaysAgo - 3))
    },
  },
  'sold-online': {
    received: [40, 700],
    tell: (telling) => {
      arrives(telling, 'back-room')
      isSold(telling, 2, telling.receivedDaysAgo - 3, 'online')
    },
  },
  'sale-voided': {
    received: [40, 150],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 5, 20)
      telling.life.after(4).voided(telling.world.person('supervisor'))
    },
  },
  'guarantee-ended': {
    received: [1_200, 1_600],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 1_110, 1_190)
    },
  },
  'returned': {
    received: [40, 120],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 15, 28)
      comesBack(telling, telling.world.random.between(1, 9), telling.world.random.pick(REASONS))
    },
  },
  'returned-open-box': {
    received: [60, 200],
    tell: (telling) => {
      const { life, world, product, store } = telling
      arrives(telling)
      isSold(telling, 34, 50)
      comesBack(telling, 30, world.random.pick(REASONS))
      life.after(35).inspected(store, 'open-box', world.person('service'))
      life.after(20).stocked(store, 'shelf', world.person('service')).priced(reduced(product, 88))
    },
  },
  'returned-damaged': {
    received: [60, 200],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 34, 50)
      comesBack(telling, 30, 'faulty')
      telling.life.after(60).inspected(telling.store, 'damaged', telling.world.person('service'))
      telling.life.after(5).routed(telling.store, 'refurbish', telling.world.person('service'))
    },
  },
  'returned-incomplete': {
    received: [60, 200],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 34, 50)
      comesBack(telling, 30, 'not-as-described')
      telling.life.after(45).inspected(telling.store, 'parts-missing', telling.world.person('service'))
    },
  },
  'returned-resold': {
    received: [120, 400],
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling)
      isSold(telling, 80, 100)
      comesBack(telling, 70, world.random.pick(REASONS))
      life.after(35).inspected(store, 'open-box', world.person('service'))
      life.after(20).stocked(store, 'shelf', world.person('service'))
      isSold(telling, 3, 60)
    },
  },
  'refurbished': {
    received: [150, 400],
    tell: (telling) => {
      const { life, product, world, store } = telling
      arrives(telling)
      isSold(telling, 90, 110)
      comesBack(telling, 80, 'faulty')
      life.after(60).inspected(store, 'damaged', world.person('service'))
      life.on(world.calendar.moment(78)).sentToRepair(store, WORKSHOP, 'refurbish', world.person('service'))
      life.on(world.calendar.moment(60)).backFromRepair(store, WORKSHOP, 'stock', world.person('service'))
      life.after(30).inspected(store, 'refurbished', world.person('service'))
      life.after(10).stocked(store, 'shelf', world.person('service')).priced(reduced(product, 72))
    },
  },
  'in-repair': {
    received: [200, 600],
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling)
      isSold(telling, 90, 190)
      life.on(world.calendar.moment(8)).claimed(store, 'does not switch on', world.person('service'))
      life.after(15).sentToRepair(store, WORKSHOP, 'warranty', world.person('service'))
    },
  },
  'repaired': {
    received: [300, 700],
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling)
      isSold(telling, 200, 290)
      life.on(world.calendar.moment(90)).claimed(store, 'no sound', world.person('service'))
      life.after(15).sentToRepair(store, WORKSHOP, 'warranty', world.person('service'))
      life.on(world.calendar.moment(71)).backFromRepair(store, WORKSHOP, 'customer', world.person('service'))
      const start = dayOf(life.at_ms)
      const end = monthsLater(start, 12)
      life.after(2).covered(
        { layer: 'repair', start, end, basis: 'delivery', country: null, contractNumber: null, claimsUsed: 0, voidWhy: null },
        world.person('service'),
      )
    },
  },
  'warranty-void': {
    received: [300, 700],
    tell: (telling) => {
      const { life, world, product, store } = telling
      arrives(telling)
      isSold(telling, 200, 290)
      const start = dayOf(life.at_ms)
      life.on(world.calendar.moment(50)).claimed(store, 'screen is dark', world.person('service'))
      life.after(30).covered(
        {
          layer: 'maker',
          start,
          end: monthsLater(start, product.makerMonths),
          basis: 'sale',
          country: null,
          contractNumber: null,
          claimsUsed: 0,
          voidWhy: 'Opened and glued by somebody else',
        },
        world.person('service'),
      )
    },
  },
  'plan': {
    received: [500, 900],
    tell: (telling) => {
      const { life, world } = telling
      arrives(telling)
      isSold(telling, 300, 480)
      const start = dayOf(life.at_ms)
      const contractNumber = world.contractNumber()
      life.named('contract', contractNumber).after(3).covered(
        {
          layer: 'plan',
          start,
          end: monthsLater(start, 60),
          basis: 'sale',
          country: null,
          contractNumber,
          claimsUsed: world.random.between(0, 1),
          voidWhy: null,
        },
        world.person('cashier'),
      )
    },
  },
  'transferred': {
    received: [400, 900],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 200, 390)
      telling.life.on(telling.world.calendar.moment(45)).transferred(telling.world.person('service'))
    },
  },
  'in-transit': {
    received: [30, 120],
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling, 'back-room')
      const to = world.random.pick(DEMO_STORES.filter(({ id }) => id !== store.id))
      life.on(world.calendar.moment(world.random.between(1, 3))).shippedTo(store, to, world.person('service'))
    },
  },
  'moved-store': {
    received: [40, 150],
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling)
      const to = world.random.pick(DEMO_STORES.filter(({ id }) => id !== store.id))
      life.on(world.calendar.moment(20)).shippedTo(store, to, world.person('service'))
      life.on(world.calendar.moment(17)).received(store.name, to, world.person('service'))
      life.after(50).stocked(to, 'shelf', world.person('service'))
    },
  },
  'at-vendor': {
    received: [60, 200],
    tell: (telling) => {
      const { life, world, product, store } = telling
      arrives(telling)
      life.on(world.calendar.moment(14)).inspected(store, 'damaged', world.person('service'))
      life.on(world.calendar.moment(11)).shippedToVendor(store, maker(product), world.person('service'))
    },
  },
  'in-other-cart': {
    received: [20, 90],
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling)
      // Parked for a customer for a year: nobody renews the lease of a cart in a demo shop.
      const until_ms = world.calendar.now_ms + 365 * 86_400_000
      life.on(world.calendar.moment(1))
      life.putInCart(store, `${store.letter}2`, world.newId(), until_ms, world.person('cashier'))
    },
  },
  'on-hold': {
    received: [20, 90],
    tell: (telling) => {
      arrives(telling)
      telling.life.on(telling.world.calendar.moment(2)).held(telling.store, 'Kept for a customer', telling.world.person('cashier'))
    },
  },
  'hold-released': {
    received: [30, 90],
    tell: (telling) => {
      arrives(telling)
      telling.life.on(telling.world.calendar.moment(9)).held(telling.store, 'Kept for a customer', telling.world.person('cashier'))
      telling.life.on(telling.world.calendar.moment(4)).released(telling.store, telling.world.person('cashier'))
    },
  },
  'quarantine': flaggedInStock('quarantine', 'Quality', 'Box was wet on arrival', null),
  'counterfeit': flaggedInStock('counterfeit-suspected', 'Quality', 'Engraving does not match the maker', 'QA-0311'),
  'cold-chain': flaggedInStock('cold-chain-excursion', 'Carrier', 'Below -18 °C for nine hours', 'LOG-88120'),
  'activation-lock': {
    received: [60, 200],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 20, 28)
      comesBack(telling, 6, 'changed-mind')
      telling.life.after(20).flagged('activation-lock', telling.store, 'Inspection', 'Still locked to an account', null)
    },
  },
  'missing': {
    received: [60, 200],
    tell: (telling) => {
      arrives(telling)
      telling.life.on(telling.world.calendar.moment(16)).missed(telling.store, telling.world.person('service'))
    },
  },
  'found-again': {
    received: [60, 200],
    tell: (telling) => {
      arrives(telling)
      telling.life.on(telling.world.calendar.moment(30)).missed(telling.store, telling.world.person('service'))
      telling.life.on(telling.world.calendar.moment(21)).found(telling.store, telling.world.person('service'))
      telling.life.after(25).stocked(telling.store, 'shelf', telling.world.person('service'))
    },
  },
  'stolen-own': {
    received: [60, 200],
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling)
      life.on(world.calendar.moment(24)).missed(store, world.person('service'))
      life.on(world.calendar.moment(23)).flagged('stolen-own', store, store.name, 'Taken from the showcase', 'POL-2026-4471')
    },
  },
  'stolen-reported': {
    received: [150, 400],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 60, 140)
      telling.life.on(telling.world.calendar.moment(12))
        .flagged('stolen-reported', null, 'Owner', 'Reported stolen by its owner', 'POL-2026-9025')
    },
  },
  'theft-withdrawn': {
    received: [150, 400],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 60, 140)
      const { life, world, store } = telling
      life.on(world.calendar.moment(40)).flagged('stolen-reported', null, 'Owner', 'Reported stolen by its owner', 'POL-2026-6100')
      life.on(world.calendar.moment(33)).unflagged('stolen-reported', store, 'Found by its owner', world.person('supervisor'))
    },
  },
  'sold-twice': {
    received: [300, 500],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 200, 280)
      isSold(telling, 30, 60)
    },
  },
  'relabelled': {
    received: [60, 200],
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling)
      life.on(world.calendar.moment(18)).relabelled(store, world.ownNumber(), 'Label torn off', world.person('service'))
    },
  },
  'retired': {
    received: [300, 700],
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling)
      isSold(telling, 200, 280)
      comesBack(telling, 190, 'faulty')
      life.after(90).inspected(store, 'damaged', world.person('service'))
      life.on(world.calendar.moment(150)).retired(store, 'Scrapped: cannot be repaired', world.person('supervisor'))
    },
  },
  'checked': {
    received: [150, 400],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 60, 140)
      telling.life.on(telling.world.calendar.moment(7)).checked(telling.store, telling.world.person('service'))
    },
  },
  'recalled-in-stock': {
    received: [170, 260],
    tell: (telling) => {
      arrives(telling)
      isRecalled(telling)
    },
  },
  'recalled-sold': {
    received: [300, 500],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 180, 290)
      isRecalled(telling)
    },
  },
  'recall-remedied': {
    received: [300, 500],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 180, 290)
      const { reference, remedy } = isRecalled(telling)
      const { life, world, store } = telling
      life.on(world.calendar.moment(world.random.between(2, 15))).remedied(store, reference, remedy, world.person('service'))
    },
  },
} as const satisfies Record<string, Story>

export type StoryName = keyof typeof STORIES
