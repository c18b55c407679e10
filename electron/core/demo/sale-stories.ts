import { REASONS, WORKSHOP, arrives, comesBack, isSold, reduced } from './telling.ts'
import type { Story } from './telling.ts'

/** Pieces that were sold, and what became of them at the counter. */
export const SALE_STORIES = {
  'sold-recently': {
    received: [20, 120],
    // By card, so that a kiosk, which has no cash, can give the money back.
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 2, 6, { tender: 'card' })
    },
  },
  'sold-last-month': {
    received: [60, 150],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 18, 45)
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
      isSold(telling, 2, telling.receivedDaysAgo - 3, { channel: 'online' })
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
      const { life, world, store } = telling
      arrives(telling)
      isSold(telling, 34, 50)
      comesBack(telling, 30, world.random.pick(REASONS))
      life.after(35).inspected(store, 'open-box', world.person('service'))
      life.after(20).stocked(store, 'shelf', world.person('service')).priced(reduced(telling, 88))
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
      const { life, world, store } = telling
      arrives(telling)
      isSold(telling, 90, 110)
      comesBack(telling, 80, 'faulty')
      life.after(60).inspected(store, 'damaged', world.person('service'))
      life.on(world.calendar.moment(78)).sentToRepair(store, WORKSHOP, 'refurbish', world.person('service'))
      life.on(world.calendar.moment(60)).backFromRepair(store, WORKSHOP, 'stock', world.person('service'))
      life.after(30).inspected(store, 'refurbished', world.person('service'))
      life.after(10).stocked(store, 'shelf', world.person('service')).priced(reduced(telling, 72))
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
} as const satisfies Record<string, Story>
