import { ORPCError } from '@orpc/client'
import type { DeskView } from '../../contract/desk-view.ts'
import type { Params } from '../../contract/ids.ts'
import type { Core, Hearer } from '../connect.ts'

export type ScanWay = 'typed' | 'wedge' | 'simulated'

/** A refusal in words, until something else happens. `id` tells one from the next with the same words. */
export interface Refusal {
  readonly id: number
  readonly code: string
  readonly params: Params
}

export interface DeskState {
  readonly link: 'connecting' | 'up' | 'lost' | 'no-key'
  /** The highest revision seen on this connection; stays while the link is lost, so the screen does not go blank. */
  readonly view: DeskView | null
  /** An act is on its way: until it is answered, no second one is taken. */
  readonly busy: boolean
  readonly refusal: Refusal | null
}

export interface DeskStore {
  subscribe(listener: () => void): () => void
  snapshot(): DeskState
  /** Does one thing. Answers whether it was done; while another is in flight it is not, and nothing happens. */
  act(call: (core: Core) => Promise<DeskView>): Promise<boolean>
  /** A choice that another may follow at once, such as a reason and then a condition: it waits its turn like a scan. */
  choose(call: (core: Core) => Promise<DeskView>): Promise<boolean>
  /** Scans are never dropped: each waits for the one before it. */
  scan(text: string, via: ScanWay, aim?: string | null): Promise<boolean>
  /** Asks without changing the desk; null when there was no answer. */
  ask<Answer>(question: (core: Core) => Promise<Answer>): Promise<Answer | null>
  dismissRefusal(): void
}

/** Starts with `listen`, which is `connect` in the product. */
export function openDeskStore(listen: (hearer: Hearer) => () => void): DeskStore & { close(): void } {
  let state: DeskState = { link: 'connecting', view: null, busy: false, refusal: null }
  let core: Core | null = null
  let reading = new AbortController()
  let queue: Promise<unknown> = Promise.resolve()
  let refusals = 0
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

  const run = async (call: (on: Core) => Promise<DeskView>): Promise<boolean> => {
    if (core === null) return false
    try {
      const view = await call(core)
      if (state.refusal !== null) set({ refusal: null })
      take(view)
      return true
    } catch (error) {
      refuse(error)
      return false
    }
  }

  const inTurn = (call: (on: Core) => Promise<DeskView>): Promise<boolean> => {
    const done = queue.then(() => run(call))
    queue = done
    return done
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
    act: async (call) => {
      if (state.busy || core === null) return false
      set({ busy: true })
      try {
        await queue
        return await run(call)
      } finally {
        set({ busy: false })
      }
    },
    choose: inTurn,
    scan: (text, via, aim = null) => inTurn((on) => on.desk.scan({ text, via, aim })),
    ask: async (question) => {
      if (core === null) return null
      try {
        return await question(core)
      } catch (error) {
        refuse(error)
        return null
      }
    },
    dismissRefusal: () => set({ refusal: null }),
    close: () => {
      reading.abort()
      stopListening()
    },
  }
}

function refusedWith(error: unknown): { code: string; params: Params } | null {
  if (!(error instanceof ORPCError) || error.code !== 'REFUSED') return null
  const data: unknown = error.data
  if (typeof data !== 'object' || data === null || !('code' in data) || typeof data.code !== 'string') return null
  return { code: data.code, params: 'params' in data ? (data.params as Params) : {} }
}
