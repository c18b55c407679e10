import { useEffect } from 'react'
import type { RefObject } from 'react'
import { isNowhere } from './home-focus.ts'

/**
 * A dialog never loses the focus to the page under it. A key that is disabled while it sends, or a row that goes, takes
 * the focus with it without a word; then Esc and Tab would reach nobody. `sheet` takes it back after every drawing, and
 * at the latest with the next key.
 */
export function useDialogFocus(sheet: RefObject<HTMLElement | null>, onClose: () => void): void {
  useEffect(() => {
    takeBack(sheet.current)
    const onKeyDown = (event: KeyboardEvent) => {
      if (takeBack(sheet.current) && event.key === 'Escape') onClose()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  })
}

/** A dialog under another one is inert, and cannot take it. */
function takeBack(sheet: HTMLElement | null): boolean {
  if (sheet === null || !isNowhere()) return false
  sheet.focus({ preventScroll: true })
  return document.activeElement === sheet
}
