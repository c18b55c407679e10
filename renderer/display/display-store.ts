import { useSyncExternalStore } from 'react'
import type { CustomerScreen } from '../../contract/customer-screen.ts'
import { connect, type Core } from '../connect.ts'

let screen: CustomerScreen | null = null
const listeners = new Set<() => void>()

/** What the customer sees now; null while the till is away, so that no old price stands there. */
export const useCustomerScreen = (): CustomerScreen | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => screen,
  )

/** Follows the till until the returned function is called. */
export function followTill(): () => void {
  let reading = new AbortController()
  const end = connect({
    up(core) {
      reading.abort()
      reading = new AbortController()
      void read(core, reading.signal)
    },
    down() {
      reading.abort()
      set(null)
    },
  })
  return () => {
    reading.abort()
    end()
  }
}

async function read(core: Core, signal: AbortSignal): Promise<void> {
  try {
    for await (const next of await core.display.changed(undefined, { signal })) set(next)
  } catch (error) {
    if (!signal.aborted) console.error(error)
  }
  if (!signal.aborted) set(null)
}

function set(next: CustomerScreen | null): void {
  screen = next
  for (const listener of listeners) listener()
}
