import { CAMPAIGNS, PIECES_OF_A_CAMPAIGN } from './campaigns.ts'
import { CATALOGUE } from './catalogue.ts'
import type { DemoProduct } from './catalogue.ts'
import { DEMO_STORES } from './demo-shop.ts'
import type { DemoStore } from './demo-shop.ts'
import type { Numbered } from './numbering.ts'
import type { Random } from './random.ts'
import { STORIES } from './stories.ts'
import type { StoryName } from './stories.ts'

/** What one unit of the demo shop is going to live through. */
export interface UnitPlan {
  readonly story: StoryName
  readonly product: DemoProduct
  readonly store: DemoStore
  /** Numbers it carries instead of those of its series. */
  readonly numbers: readonly Numbered[] | null
}

const SERIALISED = CATALOGUE.filter(({ numbering }) => numbering !== null)
const RECALLED_ITEMS: ReadonlySet<number> = new Set(CAMPAIGNS.map(({ item }) => item))
/** Goods for the pieces laid out by hand: those of a campaign are kept for the stories of the campaign. */
const UNRECALLED = SERIALISED.filter(({ item }) => !RECALLED_ITEMS.has(item))

/** Two makers who engrave by hand came upon the same number: the till must ask which, and never guess. */
const SHARED_NUMBERS = [
  { value: '20417', items: [181, 153], story: 'fresh' },
  { value: '20533', items: [182, 153], story: 'sold-recently' },
] as const

/** Things to scan (`example-stories.ts`) that need this very kind of goods, wherever chance would lead. */
const SHOWPIECES: readonly (readonly [StoryName, number])[] = [
  ['fresh', 101],
  ['fresh', 103],
  ['fresh', 151],
  ['fresh', 172],
  ['fresh', 181],
  ['sold-recently', 104],
  ['sold-recently', 103],
  ['sold-recently', 191],
  ['guarantee-ended', 111],
]

/** A camera that is packed with a lens. */
export const SET = { whole: 141, part: 152 } as const

const RECALL_STORIES = ['recalled-in-stock', 'recalled-sold', 'recall-remedied'] as const satisfies readonly StoryName[]
const isRecallStory = (story: StoryName): boolean => RECALL_STORIES.some((candidate) => candidate === story)

/** How often each story is told among the many, in shares. What is not named here happens only now and then. */
const COMMON: readonly (readonly [StoryName, number])[] = [
  ['fresh', 260],
  ['back-room', 110],
  ['sold', 420],
  ['sold-online', 60],
  ['sold-recently', 20],
  ['returned-resold', 15],
  ['returned-open-box', 15],
  ['counted', 15],
  ['moved-store', 15],
  ['returned', 8],
  ['refurbished', 8],
  ['display', 6],
  ['plan', 8],
  ['transferred', 5],
]
const isStory = (name: string): name is StoryName => Object.hasOwn(STORIES, name)
const RARE = Object.keys(STORIES).filter(isStory).filter((story) => !isRecallStory(story))
const RARE_SHARE = 35
const SHARES = COMMON.reduce((sum, [, share]) => sum + share, RARE_SHARE)

/** The fewest units with which every story is told in every store. */
export const UNITS_MIN = 400
/** A product's serial numbers count to a million in steps of three, and its IMEIs take two of each. */
export const UNITS_MAX = 4_000_000

/**
 * The pieces that a person shows around: the showpieces and every story once in every store, with goods that change,
 * then the two makers with one number, then the production runs that are called back. They come first, so that what is
 * looked for is found near the beginning even among a million.
 */
export function plannedUnits(random: Random): readonly UnitPlan[] {
  const plans: UnitPlan[] = []
  const from = random.between(0, UNRECALLED.length - 1)
  let turn = 0
  for (const store of DEMO_STORES) {
    for (const [story, item] of SHOWPIECES) plans.push({ story, product: productOf(item), store, numbers: null })
    for (const story of RARE) plans.push({ story, product: showpieceFor(story, from + turn++), store, numbers: null })
  }
  for (const { value, items, story } of SHARED_NUMBERS) {
    for (const item of items) {
      plans.push({ story, product: productOf(item), store: DEMO_STORES[0], numbers: [{ kind: 'serial', value }] })
    }
  }
  for (const { item } of CAMPAIGNS) {
    for (let piece = 0; piece < PIECES_OF_A_CAMPAIGN; piece++) {
      const story = RECALL_STORIES[piece % RECALL_STORIES.length] ?? 'recalled-sold'
      const store = DEMO_STORES[Math.floor(piece / RECALL_STORIES.length) % DEMO_STORES.length] ?? DEMO_STORES[0]
      plans.push({ story, product: productOf(item), store, numbers: null })
    }
  }
  // Last, so that whoever looks for such a piece alone finds another first.
  for (const store of DEMO_STORES)
    for (const item of [SET.whole, SET.part]) plans.push({ story: 'fresh', product: productOf(item), store, numbers: null })
  return plans
}

/** The trade counter has the pieces people show around, and the many stand in the shops for everybody. */
const SHOPS = DEMO_STORES.filter(({ taxInclusive }) => taxInclusive)

/** A unit among the many: mostly on the shelf or sold, now and then something else. */
export function chanceUnit(random: Random): UnitPlan {
  return { story: chanceStory(random), product: random.pick(SERIALISED), store: random.pick(SHOPS), numbers: null }
}

function chanceStory(random: Random): StoryName {
  let left = random.between(0, SHARES - 1)
  for (const [story, share] of COMMON) {
    if (left < share) return story
    left -= share
  }
  return random.pick(RARE)
}

/** Stories that are told with a telephone, because people will scan its IMEI and know what is meant. */
const WITH_PHONES: ReadonlySet<StoryName> = new Set([
  'fresh', 'sold-recently', 'stolen-reported', 'activation-lock', 'refurbished',
])
const PHONES = UNRECALLED.filter(({ category }) => category === 'phone')

function showpieceFor(story: StoryName, turn: number): DemoProduct {
  const goods = WITH_PHONES.has(story) ? PHONES : UNRECALLED
  const product = goods[turn % goods.length]
  if (product === undefined) throw new Error('the catalogue has no such goods')
  return product
}

function productOf(item: number): DemoProduct {
  const product = CATALOGUE.find((candidate) => candidate.item === item)
  if (product === undefined) throw new Error(`no product ${item} in the catalogue`)
  return product
}
