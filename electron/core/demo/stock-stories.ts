import { DAY_MS } from '../../../contract/durations.ts'
import { DEMO_STORES } from './demo-shop.ts'
import { arrives, maker, reduced } from './telling.ts'
import type { Story } from './telling.ts'

/** Pieces that are on their way to us, stand in a shop, or ought to. */
export const STOCK_STORIES = {
  'fresh': { received: [2, 120], tell: (telling) => arrives(telling) },
  'back-room': { received: [2, 60], tell: (telling) => arrives(telling, 'back-room') },
  'display': {
    received: [60, 300],
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling, 'display')
      life.on(world.calendar.moment(world.random.between(3, 40))).inspected(store, 'open-box', world.person('service'))
      life.priced(reduced(telling, 85))
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
      const until_ms = world.calendar.now_ms + 365 * DAY_MS
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
  'relabelled': {
    received: [60, 200],
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling)
      life.on(world.calendar.moment(18)).relabelled(store, world.ownNumber(), 'Label torn off', world.person('service'))
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
} as const satisfies Record<string, Story>
