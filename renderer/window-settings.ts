import { useSyncExternalStore } from 'react'

/** What a person sets for this window alone. It stays in the browser; the core does not know it. */
export interface WindowSettings {
  readonly look: 'system' | 'light' | 'dark'
  readonly sounds: boolean
  /** Null: as the system wants it. */
  readonly contrast: boolean | null
  readonly large: boolean
}

const STORED_AS = 'countermark.window'
const BEFORE_ANY: WindowSettings = { look: 'system', sounds: true, contrast: null, large: false }

let settings = read()
const listeners = new Set<() => void>()

export function useWindowSettings(): WindowSettings {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => settings,
  )
}

export function setWindowSettings(change: Partial<WindowSettings>): void {
  settings = { ...settings, ...change }
  window.localStorage.setItem(STORED_AS, JSON.stringify(settings))
  showLook()
  for (const listener of listeners) listener()
}

/** Tells the style sheet; without an answer here it follows the system. */
export function showLook(): void {
  if (settings.look === 'system') delete document.documentElement.dataset['look']
  else document.documentElement.dataset['look'] = settings.look
  document.documentElement.dataset['contrast'] = hasMoreContrast(settings) ? 'more' : 'usual'
  document.documentElement.dataset['letters'] = settings.large ? 'large' : 'usual'
}

const systemWantsContrast = window.matchMedia('(prefers-contrast: more)')
systemWantsContrast.addEventListener('change', showLook)

export const hasMoreContrast = ({ contrast }: WindowSettings): boolean => contrast ?? systemWantsContrast.matches

function read(): WindowSettings {
  const stored = window.localStorage.getItem(STORED_AS)
  if (stored === null) return BEFORE_ANY
  try {
    const { look, sounds, contrast, large } = JSON.parse(stored) as Partial<WindowSettings>
    return {
      look: look === 'light' || look === 'dark' ? look : 'system',
      sounds: typeof sounds === 'boolean' ? sounds : true,
      contrast: typeof contrast === 'boolean' ? contrast : null,
      large: large === true,
    }
  } catch {
    return BEFORE_ANY
  }
}
