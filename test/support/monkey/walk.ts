import { ORPCError } from '@orpc/client'
import type { $ZodType, $ZodTypes } from 'zod/v4/core'
import type { DeskView } from '../../../contract/desk-view.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../contract/durations.ts'
import { Fault } from '../../../contract/fault.ts'
import type { Seat } from '../../../contract/roles.ts'
import { isWordKey, namesIn, WORDS } from '../../../contract/words/say.ts'
import { beginSession } from '../../../electron/core/people/session.ts'
import { personOf, staffOf } from '../../../electron/core/people/staff.ts'
import { chanceOf, type Chance } from '../../simulation/random.ts'
import { CALLS, callOf, type Call } from './calls.ts'
import { invent, takes } from './invent.ts'
import { Lore } from './lore.ts'
import { inFront } from './next-step.ts'
import type { MonkeyTill, Stage } from './stage.ts'

const SEATS: readonly Seat[] = ['counter', 'counter', 'counter', 'counter', 'kiosk', 'service']
/** Most is tried by somebody who may do it. */
const ROLES = ['manager', 'manager', 'manager', 'supervisor', 'cashier', 'service', 'auditor']
const PAUSES_MS = [SECOND_MS, 10 * SECOND_MS, MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, DAY_MS, 20 * DAY_MS]
const TOLD_OF_A_TRAIL = 25

interface Made {
  readonly call: Call
  readonly input: unknown
}

/** A window's line, its calls by room and name. */
type Asked = Readonly<Record<string, Readonly<Record<string, ((input: unknown) => Promise<unknown>) | undefined>> | undefined>>

/** What a walk has tried, and how often each was done: to see that nothing is left out. */
export interface Tally {
  readonly tried: Map<string, number>
  readonly done: Map<string, number>
}

export const emptyTally = (): Tally => ({ tried: new Map(), done: new Map() })

/**
 * One walk over a till, wholly decided by its seed and length: random calls of a window, with what is on its screen
 * and now and then with what is no more, two at a time, by one person after the other, over restarts. Throws with the
 * seed and the last calls when a call throws, when a refusal has no words, or when the books are wrong at the end.
 */
export async function walk(stage: Stage, seed: number, steps: number, tally: Tally = emptyTally()): Promise<void> {
  const chance = chanceOf(seed)
  const till = await stage.till(chance.pick(SEATS), chance.is(0.4))
  const monkey = new Monkey(till, chance, tally)
  try {
    await monkey.arrive()
    for (let step = 0; step < steps; step += 1) await monkey.step()
    await monkey.leave()
    const wrong = till.wrong()
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
  } catch (error) {
    throw new Error(`walk ${seed} at the ${till.seat}, after ${steps} steps at most:\n${monkey.trail()}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, { cause: error })
  } finally {
    await till.end()
  }
}

class Monkey {
  readonly #till: MonkeyTill
  readonly #chance: Chance
  readonly #tally: Tally
  readonly #lore = new Lore()
  readonly #trail: string[] = []
  /** Numbers to scan, most of them of pieces that can be sold or come back. */
  #numbers: string[] = []
  #view: DeskView | null = null
  #listening: AsyncIterator<unknown>[] = []
  #lastFault: Fault | null = null

  constructor(till: MonkeyTill, chance: Chance, tally: Tally) {
    this.#till = till
    this.#chance = chance
    this.#tally = tally
  }

  trail(): string {
    return this.#trail.slice(-TOLD_OF_A_TRAIL).join('\n')
  }

  async arrive(): Promise<void> {
    const { shelf, sold, plain } = this.#till.numbers()
    const some = (of: readonly string[]): string[] => Array.from({ length: 6 }, () => this.#chance.pick(of))
    this.#numbers = [...some(shelf), ...some(shelf), ...some(sold), ...some(plain)]
    await this.#make({ call: callOf('demo.examples'), input: undefined })
    this.#someoneElse('manager')
    if (this.#till.seat === 'counter') await this.#make({ call: callOf('shift.act'), input: { action: { do: 'open', float_cents: 20_000 } } })
    await this.#look()
  }

  async leave(): Promise<void> {
    for (const iterator of this.#listening.splice(0)) await iterator.return?.()
    await this.#till.clock.advance(MINUTE_MS)
    await this.#look()
  }

  async step(): Promise<void> {
    const chance = this.#chance
    const dice = chance.next()
    if (dice < 0.01) return this.#restart()
    if (dice < 0.03) this.#someoneElse(chance.pick(ROLES))
    else if (dice < 0.07) await this.#till.clock.sleep(chance.pick(PAUSES_MS))
    else if (dice < 0.09) await this.#listening.shift()?.return?.()
    else {
      const first = this.#choose()
      // Two quick fingers: the same key twice, or another one before the answer came.
      const second = chance.is(0.1) ? (chance.is(0.5) ? first : this.#choose()) : null
      await Promise.all([first, ...(second === null ? [] : [second])].map((made) => this.#make(made)))
      if (this.#lastFault?.code === 'no-right' && chance.is(0.6)) await this.#stepUpFor(first)
    }
    await this.#till.clock.advance(chance.below(400))
    await this.#look()
  }

  #choose(): Made {
    const chance = this.#chance
    const { seat } = this.#till
    if (seat !== 'kiosk' && this.#view?.session.at === 'signed-out' && chance.is(0.9)) return this.#signIn()
    const dice = chance.next()
    const front = this.#view === null ? null : inFront(this.#view)
    if (front !== null && dice < 0.55) return this.#actInFront(front)
    if (dice < 0.68) return this.#withInput(callOf('desk.scan'), { text: this.#number(), via: chance.pick(['typed', 'wedge', 'simulated']), aim: null })
    if (dice < (front === null ? 0.85 : 0.72) && seat !== 'kiosk') return this.#withInput(callOf('desk.go'), { to: chance.pick(['sale', 'sale', 'sale', 'return', 'return', 'exchange', 'trade-in', 'check']), unitId: null })
    const here = CALLS.filter(({ allowed }) => allowed.seats.includes(seat))
    return this.#withInput(chance.pick(here))
  }

  #actInFront({ path, flowId, next }: NonNullable<ReturnType<typeof inFront>>): Made {
    const chance = this.#chance
    const call = callOf(path)
    const wanted = next.length > 0 && chance.is(0.8) ? chance.pick(next) : null
    const action = actionNamed(call.input, wanted?.do ?? null)
    const invented = action === null ? {} : invent(action, 'action', this.#lore, chance)
    return this.#withInput(call, { ...(flowId === null || chance.is(0.04) ? {} : { flowId }), action: { ...(invented as object), ...wanted } })
  }

  #number(): string {
    const known = this.#chance.is(0.3) ? this.#lore.valueFor('text', this.#chance) : undefined
    return known === undefined || known === '' ? this.#chance.pick(this.#numbers) : String(known)
  }

  #signIn(): Made {
    const { people } = this.#till.numbers()
    const { staffId, pin } = this.#chance.pick(people)
    return { call: callOf('session.signIn'), input: { staffId, pin: this.#chance.is(0.95) ? pin : '0000' } }
  }

  async #stepUpFor(again: Made): Promise<void> {
    const right = this.#lastFault?.params['right']
    const lender = this.#till.numbers().people.find(({ role }) => role === 'manager')
    if (lender === undefined || right === undefined || this.#till.seat === 'kiosk') return
    await this.#make({ call: callOf('session.stepUp'), input: { right, staffId: lender.staffId, pin: lender.pin, reason: 'a good customer' } })
    await this.#make(again)
  }

  #withInput(call: Call, given: Readonly<Record<string, unknown>> = {}): Made {
    if (call.input === null) return { call, input: undefined }
    const input = invent(call.input, call.name, this.#lore, this.#chance)
    return { call, input: typeof input === 'object' && input !== null ? { ...input, ...given } : input }
  }

  async #make({ call, input }: Made): Promise<void> {
    this.#count(this.#tally.tried, nameOf(call, input))
    this.#trail.push(`${call.path} ${JSON.stringify(input) ?? ''}`.slice(0, 400))
    const place = this.#trail.length - 1
    const ask = (this.#till.client() as unknown as Asked)[call.room]?.[call.name]
    if (ask === undefined) throw new Error(`nobody answers ${call.path}`)
    this.#lastFault = null
    try {
      const answer = await this.#till.passing(ask(input))
      this.#trail[place] += ' → ok'
      this.#count(this.#tally.done, nameOf(call, input))
      if (isIterator(answer)) {
        this.#listening.push(answer)
        this.#lore.see((await answer.next()).value, false)
      } else this.#lore.see(answer, false)
    } catch (error) {
      const fault = faultOf(error, call, input)
      this.#lastFault = fault
      this.#trail[place] += ` → ${fault?.code ?? 'not of the shape'}`
    }
  }

  async #look(): Promise<void> {
    this.#view = await this.#till.client().desk.view()
    this.#lore.see(this.#view, this.#chance.is(0.7))
  }

  async #restart(): Promise<void> {
    this.#trail.push('the core is started again')
    for (const iterator of this.#listening.splice(0)) await iterator.return?.()
    await this.#till.restart()
    await this.#look()
  }

  /** Somebody with this role takes over the till; saying the PIN is one of the calls. */
  #someoneElse(role: string): void {
    if (this.#till.seat === 'kiosk') return
    const { desk } = this.#till.core.shop
    const row = staffOf(desk.ground).find((person) => person.role === role)
    if (row === undefined) return
    this.#trail.push(`${row.id} is at the till`)
    beginSession(desk.ground, personOf(desk.ground, row))
    desk.arrive(personOf(desk.ground, row))
  }

  #count(into: Map<string, number>, name: string): void {
    into.set(name, (into.get(name) ?? 0) + 1)
  }
}

/** A refusal with words and all that the words need; null where the message had not the shape of the contract. Throws anything else on. */
function faultOf(error: unknown, call: Call, input: unknown): Fault | null {
  if (!(error instanceof ORPCError)) throw error
  if (error.code === 'BAD_REQUEST' && call.input !== null && !takes(call.input, input)) return null
  const fault = Fault.safeParse(error.data)
  if (error.code !== 'REFUSED' || !fault.success) throw error
  const { code, params } = fault.data
  const key = `fault.${code}`
  if (!isWordKey(key)) throw new Error(`nobody has words for ${code}`)
  const missing = namesIn(WORDS.en[key]).filter((name) => params[name] === undefined && params[`${name}_cents`] === undefined)
  if (missing.length > 0) throw new Error(`the words of ${code} need ${missing.join(', ')}`)
  return fault.data
}

const isIterator = (answer: unknown): answer is AsyncIterator<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer

function nameOf(call: Call, input: unknown): string {
  const action: unknown = typeof input === 'object' && input !== null ? Object.values(input).find((value) => typeof value === 'object' && value !== null && 'do' in value) : undefined
  return action === undefined ? call.path : `${call.path} ${String((action as { do: unknown }).do)}`
}

/** The action of this name among those that a call takes, or all of them; null where it takes none. */
function actionNamed(input: $ZodType | null, name: string | null): $ZodType | null {
  const shape = input === null ? null : (input as $ZodTypes)._zod.def
  const action = shape?.type === 'object' ? shape.shape['action'] : undefined
  if (action === undefined) return null
  const { def } = (action as $ZodTypes)._zod
  if (def.type !== 'union' || name === null) return action
  return def.options.find((option) => {
    const inner = (option as $ZodTypes)._zod.def
    const done = inner.type === 'object' ? (inner.shape['do'] as $ZodTypes | undefined)?._zod.def : undefined
    return done?.type === 'literal' && done.values.includes(name)
  }) ?? action
}
