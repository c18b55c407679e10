import { useSyncExternalStore } from 'react'

const FIRST_PLACE = '#/tills'

/** What a place is narrowed to, where its lists are and what they stand by, as the address says it: `#/stock?text=bike&sort=-value`. */
export interface Address {
  /** Empty where the address says nothing of it. */
  get(name: string): string
  all(name: string): readonly string[]
  /** Puts it in place of what the address said: going back leads to the place before, and not through every letter typed. */
  set(change: AddressChange): void
}

type AddressChange = Readonly<Record<string, string | readonly string[]>>

const read = (): string => window.location.hash

export const useHash = (): string =>
  useSyncExternalStore((listener) => {
    window.addEventListener('hashchange', listener)
    return () => window.removeEventListener('hashchange', listener)
  }, read)

/** The one place where a list keeps what was chosen for it: a reload and a link that is passed on show the same. */
export function useAddress(): Address {
  const query = queryOf(useHash())
  return {
    get: (name) => query.get(name) ?? '',
    all: (name) => query.getAll(name),
    set: (change) => {
      window.history.replaceState(null, '', hashWith(read(), change))
      window.dispatchEvent(new Event('hashchange'))
    },
  }
}

export const queryOf = (hash: string): URLSearchParams => new URLSearchParams(hash.split('?')[1] ?? '')

/** The same place with `change` in its query; what is empty stands in no address. Pure. */
export function hashWith(hash: string, change: AddressChange): string {
  const query = queryOf(hash)
  for (const [name, value] of Object.entries(change)) {
    query.delete(name)
    for (const one of [value].flat()) if (one !== '') query.append(name, one)
  }
  const place = hash.split('?')[0] ?? ''
  return [place === '' ? FIRST_PLACE : place, query.toString()].filter((part) => part !== '').join('?')
}
