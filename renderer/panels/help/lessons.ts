import type { DeskView } from '../../../contract/desk-view.ts'
import type { StoryCode } from '../../../contract/words/codes.ts'

/** One thing to do. `done` looks at the desk alone: whoever found another way has learnt it as well. */
export interface Step {
  readonly id: string
  /** What can be scanned with a touch, where no box lies on the counter. */
  readonly scan?: StoryCode
  readonly done: (view: DeskView, before: DeskView) => boolean
}

export interface Lesson {
  readonly id: (typeof LESSON_IDS)[number]
  readonly steps: readonly Step[]
}

export const LESSON_IDS = ['sell', 'mistake', 'park', 'return', 'stolen', 'power'] as const

const saleOf = (view: DeskView) => (view.front.screen === 'sale' ? view.front.sale : null)
const lines = (view: DeskView): number => saleOf(view)?.lines.length ?? 0
const notice = (view: DeskView): string | null => {
  const sale = saleOf(view)
  return sale?.at === 'open' ? (sale.notice?.code ?? null) : null
}
const isPaid = (view: DeskView): boolean => saleOf(view)?.at === 'paid'

/** Six short lessons on the demo shop; every one ends with something done and not with something read. */
export const LESSONS: readonly Lesson[] = [
  {
    id: 'sell',
    steps: [
      { id: 'sell.scan', scan: 'fresh-phone', done: (view) => !isPaid(view) && lines(view) >= 1 },
      { id: 'sell.pay', done: (view) => saleOf(view)?.at === 'tendering' || isPaid(view) },
      { id: 'sell.cash', done: isPaid },
    ],
  },
  {
    id: 'mistake',
    steps: [
      { id: 'mistake.scan', scan: 'open-box', done: (view) => !isPaid(view) && lines(view) >= 1 },
      { id: 'mistake.twice', scan: 'open-box', done: (view) => notice(view) === 'already-in-cart' },
      { id: 'mistake.undo', done: (view, before) => lines(view) < lines(before) || notice(view) === 'undone' || notice(view) === 'removed' },
    ],
  },
  {
    id: 'park',
    steps: [
      { id: 'park.scan', scan: 'plain-article', done: (view) => !isPaid(view) && lines(view) >= 1 },
      { id: 'park.park', done: (view, before) => view.parked.length > before.parked.length },
      { id: 'park.recall', done: (view, before) => view.parked.length < before.parked.length && lines(view) >= 1 },
    ],
  },
  {
    id: 'return',
    steps: [
      { id: 'return.begin', done: (view) => view.front.screen === 'return' },
      { id: 'return.scan', scan: 'may-be-returned', done: (view) => view.front.screen === 'return' && view.front.return.at !== 'scan' },
      { id: 'return.finish', done: (view) => view.front.screen === 'return' && view.front.return.at === 'done' },
    ],
  },
  {
    id: 'stolen',
    steps: [
      { id: 'stolen.check', done: (view) => view.front.screen === 'check' },
      {
        id: 'stolen.scan', scan: 'stolen',
        done: (view) => view.front.screen === 'check' && view.front.check.at === 'result' && view.front.check.verdict.quiet,
      },
      { id: 'stolen.leave', done: (view) => view.front.screen === 'home' || (view.front.screen === 'check' && view.front.check.at === 'scan') },
    ],
  },
  {
    id: 'power',
    steps: [
      { id: 'power.scan', scan: 'refurbished', done: (view) => !isPaid(view) && lines(view) >= 1 },
      { id: 'power.cut', done: () => hasBeenReloaded() },
      { id: 'power.there', done: (view) => lines(view) >= 1 },
    ],
  },
]

/** Reading the page anew is as near to a power cut as a lesson can come without pulling a plug. */
function hasBeenReloaded(): boolean {
  const [entry] = performance.getEntriesByType('navigation')
  return entry instanceof PerformanceNavigationTiming && entry.type === 'reload'
}
