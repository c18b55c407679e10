import { useSyncExternalStore } from 'react'

/** What the keyboard-wedge detector noticed about the keyboard; stays until somebody has read it. */
export type WedgeHint = 'caps-lock' | 'layout'

let hint: WedgeHint | null = null
const listeners = new Set<() => void>()

export function setWedgeHint(next: WedgeHint | null): void {
  hint = next
  for (const listener of listeners) listener()
}

export function useWedgeHint(): WedgeHint | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => hint,
  )
}
