import { createContext, use, useSyncExternalStore } from 'react'
import type { DeskView } from '../../contract/desk-view.ts'
import type { Right } from '../../contract/roles.ts'
import type { DeskState, DeskStore } from './desk-store.ts'

export const DeskContext = createContext<DeskStore | null>(null)

export function useDeskStore(): DeskStore {
  const store = use(DeskContext)
  if (store === null) throw new Error('a screen was drawn outside the desk')
  return store
}

export function useDeskState(): DeskState {
  const store = useDeskStore()
  return useSyncExternalStore(store.subscribe, store.snapshot)
}

/** The view that is drawn. Screens are only mounted once there is one. */
export function useDesk(): DeskView {
  const { view } = useDeskState()
  if (view === null) throw new Error('a screen was drawn before there was a view')
  return view
}

/** Whether the person at the till has a right. The core checks it again; the screen only offers nothing in vain. */
export function useMay(right: Right): boolean {
  const { session } = useDesk()
  return session.at === 'signed-in' && session.person.rights.includes(right)
}
