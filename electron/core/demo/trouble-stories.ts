import type { FlagKind } from '../../../contract/unit.ts'
import { CAMPAIGNS } from './campaigns.ts'
import type { Campaign } from './campaigns.ts'
import type { DemoProduct } from './catalogue.ts'
import { arrives, comesBack, isSold, maker } from './telling.ts'
import type { Story, Telling } from './telling.ts'

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

/** Pieces that must not simply be sold or taken back. */
export const TROUBLE_STORIES = {
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
