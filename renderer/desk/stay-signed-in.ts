import { useEffect } from 'react'
import { useDeskStore } from './desk-context.ts'

/** Often enough for the shortest time after which a policy locks a till, seldom enough to cost nothing. */
const TELL_MS = 20_000

/** Hands on the keys or on the glass are somebody at the till, also while a list is read and nothing is asked. */
export function useStaySignedIn(isSignedIn: boolean): void {
  const store = useDeskStore()
  useEffect(() => {
    if (!isSignedIn) return
    let last_at = performance.now()
    const onLife = () => {
      const now = performance.now()
      if (now - last_at < TELL_MS) return
      last_at = now
      void store.ask((core) => core.session.stay())
    }
    window.addEventListener('keydown', onLife, { capture: true })
    window.addEventListener('pointerdown', onLife, { capture: true })
    return () => {
      window.removeEventListener('keydown', onLife, { capture: true })
      window.removeEventListener('pointerdown', onLife, { capture: true })
    }
  }, [store, isSignedIn])
}
