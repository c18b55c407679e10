import { useEffect, useRef, useState } from 'react'
import type { CountView } from '../../../contract/counting-view.ts'
import type { Core } from '../../connect.ts'
import { useDeskState, useDeskStore } from '../../desk/desk-context.ts'
import { playTone } from '../../sounds.ts'
import { useWindowSettings } from '../../window-settings.ts'

/**
 * The count that is going, as it changes: while this is mounted, what scanners and pads read belongs to the count.
 * `act` does one thing in it and shows what came of it at once.
 */
export function useCount(first: CountView): { readonly count: CountView; act(call: (core: Core) => Promise<CountView>): void } {
  const store = useDeskStore()
  const { link } = useDeskState()
  const [count, setCount] = useState(first)
  // An answer and what is told to everybody may overtake each other: the one with more scans is the newer.
  const take = (next: CountView) => setCount((now) => (newest(next) >= newest(now) ? next : now))
  useEffect(() => {
    if (link !== 'up') return
    const leaving = new AbortController()
    const listen = async () => {
      const views = await store.ask((core) => core.counting.listen(undefined, { signal: leaving.signal }))
      for await (const view of views ?? []) if (view !== null) take(view)
    }
    // The line was lost: it is listened to again when it is back, and the desk says that it is gone.
    listen().catch(() => undefined)
    return () => leaving.abort()
  }, [store, link])
  useCountSounds(count)
  return {
    count,
    act: (call) => {
      store.dismissRefusal()
      void store.ask(call).then((view) => view !== null && take(view))
    },
  }
}

const newest = ({ said }: CountView): number => said[0]?.n ?? 0

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
