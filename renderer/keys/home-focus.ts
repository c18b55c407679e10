import { useEffect } from 'react'

const HOME = '[data-home-focus]'

/** Puts the focus where the next scan or number is typed, unless a dialog or another text field has it. */
export function focusHome(): void {
  if (document.querySelector('[role=dialog]') !== null) return
  const active = document.activeElement
  if (active instanceof HTMLInputElement && active.type === 'text' && !active.matches(HOME)) return
  document.querySelector<HTMLElement>(HOME)?.focus({ preventScroll: true })
}

/**
 * The focus is never lost: when what had it is gone, it goes home after every drawing; and a sign typed
 * anywhere outside a field lands in the field, because a person looks at the customer and not at a caret.
 */
export function useHomeFocus(): void {
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) focusHome()
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.altKey || event.metaKey) return
      const { target } = event
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return
      if (target instanceof HTMLElement && target.closest('[role=listbox],[role=menu]') !== null) return
      focusHome()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
