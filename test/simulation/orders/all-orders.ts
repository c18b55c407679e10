import { createHash } from 'node:crypto'
import { checkMoment, checkQuiet } from './invariants.ts'
import { stateText } from './state-text.ts'
import { nameOf, STEPS, TAIL, type Step, type TwoTills } from './two-tills.ts'

export interface Found {
  /** Moments that are not the same as another. */
  readonly states: number
  /** Steps that were done for it. */
  readonly steps: number
  /** Moments in which nobody had anything left to tell or to hear. */
  readonly quiet: number
  /** Moments by the least number of steps that lead there. */
  readonly byLength: readonly number[]
  /** Quiet moments in which the centre had found that two things do not fit. */
  readonly inDispute: number
}

/** A moment in the tree of the shortest ways to each. */
interface Moment {
  readonly step: Step | null
  readonly next: Moment[]
}

/**
 * Goes every order of steps up to a length, each moment once: what two orders lead to alike has one future. Behind the
 * longest orders all that is left is told and heard. Throws with the order when something is not as it must be.
 */
export async function allOrders(two: TwoTills, length: number, tell: (line: string) => void = () => undefined): Promise<Found> {
  const search = new Search(two)
  const root: Moment = { step: null, next: [] }
  await search.isNew()
  for (let level = 0; level < length; level += 1) {
    await search.grow(root, level, STEPS)
    tell(`${level + 1} steps: ${search.found.states} moments`)
  }
  // The tail: nobody acts any more, until there is nothing to tell or to hear.
  for (let level = length; search.byLength[level] !== undefined; level += 1) await search.grow(root, level, TAIL)
  return search.found
}

/** So many steps may be done and taken back before the database is swept. */
const SWEEP_STEPS = 500

class Search {
  readonly #two: TwoTills
  readonly #seen = new Set<string>()
  readonly #way: Step[] = []
  readonly byLength: number[] = []
  #steps = 0
  #swept = 0
  #quiet = 0
  #inDispute = 0

  constructor(two: TwoTills) {
    this.#two = two
  }

  get found(): Found {
    return { states: this.#seen.size, steps: this.#steps, quiet: this.#quiet, byLength: this.byLength, inDispute: this.#inDispute }
  }

  /** Goes to each moment that is `level` steps away, and from there one step on. */
  async grow(moment: Moment, level: number, steps: readonly Step[]): Promise<void> {
    if (level > 0) {
      for (const next of moment.next) await this.#after(next.step, () => this.grow(next, level - 1, steps))
      return
    }
    const before = await stateText(this.#two)
    let isQuiet = true
    for (const step of steps.filter((one) => this.#two.isPossible(one)))
      await this.#after(step, async () => {
        const text = await stateText(this.#two)
        if (TAIL.includes(step)) isQuiet &&= text === before
        if (!(await this.isNew(text))) return
        moment.next.push({ step, next: [] })
      })
    if (!isQuiet) return
    this.#quiet += 1
    await this.#must(() => checkQuiet(this.#two))
    if (before.includes('open')) this.#inDispute += 1
  }

  async isNew(text?: string): Promise<boolean> {
    const key = createHash('sha256').update(text ?? (await stateText(this.#two))).digest('base64').slice(0, 22)
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    this.byLength[this.#way.length] = (this.byLength[this.#way.length] ?? 0) + 1
    await this.#must(() => checkMoment(this.#two))
    return true
  }

  async #after(step: Step | null, act: () => Promise<void>): Promise<void> {
    if (step === null) return
    this.#way.push(step)
    this.#steps += 1
    await this.#must(() => this.#two.step(step))
    await act()
    await this.#two.back()
    this.#way.pop()
    if (this.#way.length > 0 || this.#steps - this.#swept < SWEEP_STEPS) return
    this.#swept = this.#steps
    await this.#two.sweep()
  }

  async #must(holds: () => Promise<void>): Promise<void> {
    try {
      await holds()
    } catch (error) {
      if (error instanceof BrokenOrder) throw error
      throw new BrokenOrder(this.#way, error)
    }
  }
}

export class BrokenOrder extends Error {
  constructor(way: readonly Step[], cause: unknown) {
    super(`${way.map(nameOf).join(', ')}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.name = 'BrokenOrder'
  }
}
