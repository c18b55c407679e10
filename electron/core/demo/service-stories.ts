import { dayOf, monthsLater } from './calendar.ts'
import { DEMO_POLICY } from './demo-policy.ts'
import { WORKSHOP, arrives, isSold } from './telling.ts'
import type { Story } from './telling.ts'

/** Pieces that were sold and came to the service desk. */
export const SERVICE_STORIES = {
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
  'delivered-later': {
    received: [200, 500],
    // The legal guarantee begins when the customer has the goods, which is told because it does not follow from the sale.
    tell: (telling) => {
      const { life, world, store } = telling
      arrives(telling, 'back-room')
      isSold(telling, 100, 190, { channel: 'online' })
      life.after(9 * 24 * 60)
      const start = dayOf(life.at_ms)
      const end = monthsLater(start, DEMO_POLICY.legalGuarantee[store.country]?.months ?? 24)
      life.covered(
        {
          layer: 'legal',
          start,
          end,
          basis: 'delivery',
          country: store.country,
          contractNumber: null,
          claimsUsed: 0,
          voidWhy: null,
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
  'checked': {
    received: [150, 400],
    tell: (telling) => {
      arrives(telling)
      isSold(telling, 60, 140)
      telling.life.on(telling.world.calendar.moment(7)).checked(telling.store, telling.world.person('service'))
    },
  },
} as const satisfies Record<string, Story>
