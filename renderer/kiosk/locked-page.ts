import { useEffect } from 'react'
import { isBlockedInKiosk } from '../../contract/kiosk-keys.ts'

/**
 * The page's own part of the lock. Under Electron the shell swallows the same keys before; in a browser that was
 * started as a kiosk this is what keeps printing, reloading, zooming, the menu of a long touch and dropped files away.
 */
export function useLockedPage(): void {
  useEffect(() => {
    const ended = new AbortController()
    const on = { capture: true, passive: false, signal: ended.signal } as const
    const stop = (event: Event) => event.preventDefault()
    for (const kind of ['contextmenu', 'dragenter', 'dragover', 'dragstart', 'drop'] as const) window.addEventListener(kind, stop, on)
    window.addEventListener(
      'keydown',
      (event) => {
        const { key, ctrlKey: control, altKey: alt, metaKey: meta } = event
        if (isBlockedInKiosk({ key, control, alt, meta })) event.preventDefault()
      },
      on,
    )
    window.addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), on)
    return () => ended.abort()
  }, [])
}
