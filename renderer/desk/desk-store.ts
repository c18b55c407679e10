import { ORPCError } from '@orpc/client'
import type { DeskView } from '../../contract/desk-view.ts'
import type { Params } from '../../contract/ids.ts'
import { Right } from '../../contract/roles.ts'
import type { Core, Hearer } from '../connect.ts'

export type ScanWay = 'typed' | 'wedge' | 'simulated'

/** A refusal in words, until something else happens. `id` tells one from the next with the same words. */
export interface Refusal {
  readonly id: number
  readonly code: string
  readonly params: Params
}

/** An act that wants a right nobody at the till has: a colleague may answer for it, and then it is done. */
export interface StepUp {
  readonly id: number
  readonly right: Right
  /** The reason that was already given for the act; empty where none was. */
  readonly said: string
}

export interface DeskState {
  readonly link: 'connecting' | 'up' | 'lost' | 'no-key'
  /** The highest revision seen on this connection; stays while the link is lost, so the screen does not go blank. */
  readonly view: DeskView | null
  /** An act is on its way: until it is answered, no second one is taken. */
  readonly busy: boolean
  readonly refusal: Refusal | null
  readonly stepUp: StepUp | null
}

export interface DeskStore {
  subscribe(listener: () => void): () => void
  snapshot(): DeskState
  /** Does one thing. Answers whether it was done; while another is in flight it is not, and nothing happens. */
  act(call: (core: Core) => Promise<DeskView>, said?: string): Promise<boolean>
  /** A choice that another may follow at once, such as a reason and then a condition: it waits its turn like a scan. */
  choose(call: (core: Core) => Promise<DeskView>): Promise<boolean>
  /** Scans are never dropped: each waits for the one before it. */
  scan(text: string, via: ScanWay, aim?: string | null): Promise<boolean>
  /** Asks without changing the desk; null when there was no answer. */
  ask<Answer>(question: (core: Core) => Promise<Answer>): Promise<Answer | null>
  dismissRefusal(): void
  /** A colleague answers for the act that waits: it is done then. False when the PIN was wrong; the act waits on. */
  lend(lender: { staffId: string; pin: string; reason: string }): Promise<boolean>
  /** Nobody answers for it: the act is not done. */
  dismissStepUp(): void
}

/** Starts with `listen`, which is `connect` in the product. */
export function openDeskStore(listen: (hearer: Hearer) => () => void): DeskStore & { close(): void } {
  let state: DeskState = { link: 'connecting', view: null, busy: false, refusal: null, stepUp: null }
  let core: Core | null = null
  let reading = new AbortController()
  let queue: Promise<unknown> = Promise.resolve()
  /** What was drawn when the act that is on its way was pressed. */
  let pressedOn: DeskView | null = null
  let refusals = 0
  let stepUps = 0
  let waiting: Waiting | null = null
  const listeners = new Set<() => void>()

  const set = (change: Partial<DeskState>) => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  const take = (view: DeskView, first = false) => {
    if (first || state.view === null || view.revision > state.view.revision) set({ view })
  }

  const refuse = (error: unknown) => {
    refusals += 1
    const fault = refusedWith(error)
    set({ refusal: { id: refusals, code: fault?.code ?? 'unreachable', params: fault?.params ?? {} } })
  }

  /** A core that was started again counts its revisions anew, so the first view of a connection always counts. */
  const read = async (from: Core, signal: AbortSignal) => {
    try {
      let first = true
      for await (const view of await from.desk.changed(undefined, { signal })) {
        take(view, first)
        if (first) set({ link: 'up' })
        first = false
      }
    } catch (error) {
      if (!signal.aborted) refuse(error)
    }
    if (!signal.aborted) set({ link: 'lost' })
  }

  /** Does it, or tells which right it wants that nobody at the till has. */
  const attempt = async <Answer>(call: (on: Core) => Promise<Answer>, use: (answer: Answer) => void): Promise<Done<Answer> | Right> => {
    if (core === null) return NOT_DONE
    try {
      const answer = await call(core)
      use(answer)
      return { done: true, answer }
    } catch (error) {
      const right = rightWanted(error)
      if (right !== null) return right
      refuse(error)
      return NOT_DONE
    }
  }

  const show = (view: DeskView) => {
    if (state.refusal !== null) set({ refusal: null })
    take(view)
  }

  /** Puts the act aside until a colleague has lent the right or nobody will. Only one act waits at a time. */
  const stepUpFor = <Answer>(right: Right, call: (on: Core) => Promise<Answer>, use: (answer: Answer) => void, said = ''): Promise<Done<Answer>> => {
    waiting?.drop()
    stepUps += 1
    set({ stepUp: { id: stepUps, right, said }, refusal: null })
    return new Promise((resolve) => {
      waiting = {
        right,
        drop: () => resolve(NOT_DONE),
        again: async () => {
          const outcome = await attempt(call, use)
          if (typeof outcome !== 'string') return resolve(outcome)
          refusals += 1
          set({ refusal: { id: refusals, code: 'no-right', params: { right } } })
          resolve(NOT_DONE)
        },
      }
    })
  }

  const run = async (call: (on: Core) => Promise<DeskView>, said = ''): Promise<() => Promise<boolean>> => {
    const outcome = await attempt(call, show)
    return typeof outcome === 'string'
      ? () => stepUpFor(outcome, call, show, said).then(({ done }) => done)
      : () => Promise.resolve(outcome.done)
  }

  /** A scan behind it does not wait for the colleague. */
  const inTurn = (call: (on: Core) => Promise<DeskView>, said = ''): Promise<boolean> => {
    const ran = queue.then(() => run(call, said))
    queue = ran
    return ran.then((finish) => finish())
  }

  const settle = () => {
    const settled = waiting
    waiting = null
    set({ stepUp: null })
    return settled
  }

  const stopListening = listen({
    up: (next) => {
      reading.abort()
      reading = new AbortController()
      core = next
      void read(next, reading.signal)
    },
    down: (why) => {
      reading.abort()
      core = null
      set({ link: why, busy: false })
    },
  })

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    snapshot: () => state,
    act: async (call, said = '') => {
      if (core === null) return false
      // The same press once more on the same screen is dropped. A screen that came of the act before its answer did
      // is another one: what is pressed there is meant, and waits its turn.
      if (state.busy) return state.view === pressedOn ? false : inTurn(call, said)
      set({ busy: true })
      pressedOn = state.view
      const ran = queue.then(() => run(call, said))
      queue = ran
      let finish: () => Promise<boolean>
      try {
        finish = await ran
      } finally {
        set({ busy: false })
      }
      return finish()
    },
    choose: inTurn,
    scan: (text, via, aim = null) => inTurn((on) => on.desk.scan({ text, via, aim })),
    ask: async (question) => {
      const outcome = await attempt(question, () => {})
      const { answer } = typeof outcome === 'string' ? await stepUpFor(outcome, question, () => {}) : outcome
      return answer
    },
    dismissRefusal: () => set({ refusal: null }),
    lend: async (lender) => {
      if (core === null || waiting === null || state.busy) return false
      set({ busy: true })
      try {
        const { right } = waiting
        show(await core.session.stepUp({ right, ...lender }))
        await settle()?.again()
        return true
      } catch (error) {
        refuse(error)
        return false
      } finally {
        set({ busy: false })
      }
    },
    dismissStepUp: () => {
      settle()?.drop()
      set({ refusal: null })
    },
    close: () => {
      reading.abort()
      stopListening()
    },
  }
}

/** What became of an act; `answer` is null where it was not done. */
type Done<Answer> = { readonly done: true; readonly answer: Answer } | { readonly done: false; readonly answer: null }
const NOT_DONE = { done: false, answer: null } as const

/** The act that waits for a colleague. */
interface Waiting {
  readonly right: Right
  readonly again: () => Promise<void>
  readonly drop: () => void
}

/** The right a refusal is about: only such a refusal can be helped by a colleague. */
function rightWanted(error: unknown): Right | null {
  const fault = refusedWith(error)
  if (fault?.code !== 'no-right') return null
  const right = Right.safeParse(fault.params['right'])
  return right.success ? right.data : null
}

function refusedWith(error: unknown): { code: string; params: Params } | null {
  if (!(error instanceof ORPCError) || error.code !== 'REFUSED') return null
  const data: unknown = error.data
  if (typeof data !== 'object' || data === null || !('code' in data) || typeof data.code !== 'string') return null
  return { code: data.code, params: 'params' in data ? (data.params as Params) : {} }
}
