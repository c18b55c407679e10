import { cents, ZERO } from './money.ts'
import type { Accessory, CategoryQuestions, ConditionQuestion } from './return-rules.ts'
import type { Condition } from './unit.ts'

const asks = (id: string, ifNo: Condition | null, stops = false): ConditionQuestion => ({ id, ifNo, stops })
const comesWith = (id: string, deduct = 0): Accessory => ({ id, deduct_cents: deduct === 0 ? ZERO : cents(deduct) })

/** What every shop looks at: questions a clerk answers at a glance, few enough to be read aloud. */
export const CUSTOMARY_QUESTIONS: CategoryQuestions[] = [
  {
    category: 'phone',
    questions: [asks('signed-out', null, true), asks('powers-on', 'damaged'), asks('screen-whole', 'damaged')],
    accessories: [comesWith('cable', 1_500), comesWith('box')],
    parts: [],
    photos: { damaged: 1 },
  },
  {
    category: 'tablet',
    questions: [asks('signed-out', null, true), asks('powers-on', 'damaged'), asks('screen-whole', 'damaged')],
    accessories: [comesWith('charger', 2_500), comesWith('cable', 1_500), comesWith('box')],
    parts: [],
    photos: { damaged: 1 },
  },
  {
    category: 'laptop',
    questions: [asks('signed-out', null, true), asks('powers-on', 'damaged'), asks('screen-whole', 'damaged')],
    accessories: [comesWith('charger', 6_000), comesWith('box')],
    parts: [],
    photos: { damaged: 1 },
  },
  {
    category: 'watch',
    questions: [asks('runs', 'damaged'), asks('glass-whole', 'damaged')],
    accessories: [comesWith('strap', 4_000), comesWith('papers'), comesWith('box')],
    parts: [],
    photos: { damaged: 1 },
  },
  {
    category: 'camera',
    questions: [asks('powers-on', 'damaged'), asks('glass-whole', 'damaged')],
    accessories: [comesWith('battery', 4_500), comesWith('charger', 3_500), comesWith('caps')],
    parts: [],
    photos: { damaged: 1 },
  },
  {
    category: 'power-tool',
    questions: [asks('runs', 'damaged'), asks('guards-in-place', 'damaged')],
    accessories: [comesWith('battery', 8_000), comesWith('charger', 5_000), comesWith('case')],
    parts: [],
    photos: { damaged: 1 },
  },
  {
    category: 'bike',
    questions: [asks('frame-straight', 'damaged'), asks('brakes-work', 'damaged')],
    accessories: [comesWith('battery', 40_000), comesWith('charger', 15_000), comesWith('keys', 2_000)],
    parts: ['motor'],
    photos: { damaged: 2 },
  },
  {
    category: 'instrument',
    questions: [asks('housing-whole', 'damaged'), asks('plays', 'damaged')],
    accessories: [comesWith('case')],
    parts: [],
    photos: { damaged: 1 },
  },
  { category: 'cosmetic', questions: [asks('seal-whole', 'damaged')], accessories: [], parts: [], photos: {} },
  { category: 'battery', questions: [asks('seal-whole', 'damaged')], accessories: [], parts: [], photos: {} },
  { category: '*', questions: [asks('housing-whole', 'damaged')], accessories: [], parts: [], photos: { damaged: 1 } },
]
