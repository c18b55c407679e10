import { useEffect, useRef, useState } from 'react'
import type { CountingDesk, CountView } from '../../../contract/counting-view.ts'
import type { Core } from '../../connect.ts'
import { useDeskState, useDeskStore } from '../../desk/desk-context.ts'
import type { DeskStore } from '../../desk/desk-store.ts'
import { playTone } from '../../sounds.ts'
import { useWindowSettings } from '../../window-settings.ts'

/**
 * The count that is going, as it changes: while this is mounted, what scanners and pads read belongs to the count.
 * `act` does one thing in it and shows what came of it at once. `onOver` is told what there is to count when the count was
 * ended or discarded, here or in another window.
 */
export function useCount(first: CountView, onOver: (desk: CountingDesk) => void): { readonly count: CountView; act(call: (core: Core) => Promise<CountView>): void } {
  const store = useDeskStore()
  const { link } = useDeskState()
  const { countId } = first
  const [count, setCount] = useState(first)
  useEffect(() => {
    if (link !== 'up') return
    const leaving = new AbortController()
    const hear = async (view: CountView | null) => {
      if (view !== null && view.countId === countId) return setCount((now) => newer(now, view))
      const desk = await store.ask((core) => core.counting.desk())
      if (desk !== null && !leaving.signal.aborted) onOver(desk)
    }
    // The line was lost: it is listened to again when it is back, and the desk says that it is gone.
    listen(store, leaving.signal, hear).catch(() => undefined)
    return () => leaving.abort()
  }, [store, link, countId, onOver])
  useCountSounds(count)
  return {
    count,
    act: (call) => {
      store.dismissRefusal()
      void store.ask(call).then((view) => view !== null && setCount((now) => newer(now, view)))
    },
  }
}

/** An answer and what is told to everybody may overtake each other: the one with more scans is the newer. */
const newer = (now: CountView, next: CountView): CountView => (newest(next) >= newest(now) ? next : now)
const newest = ({ said }: CountView): number => said[0]?.n ?? 0

async function listen(store: DeskStore, signal: AbortSignal, hear: (view: CountView | null) => Promise<void>): Promise<void> {
  const views = await store.ask((core) => core.counting.listen(undefined, { signal }))
  for await (const view of views ?? []) await hear(view)
}

/** A hit, a second scan and a piece that should not be here sound as they do at the till. */
function useCountSounds({ said: [last] }: CountView): void {
  const { sounds } = useWindowSettings()
  const heard = useRef(last?.n ?? 0)
  useEffect(() => {
    if (last === undefined || last.n === heard.current) return
    heard.current = last.n
    if (sounds) playTone(last.tone)
  }, [last, sounds])
}
