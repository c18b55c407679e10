import { useEffect, useRef } from 'react'

const HOME = '[data-home-focus]'

/** Puts the focus where the next scan or number is typed, unless a dialog or another text field has it. */
export function focusHome(): void {
  if (document.querySelector('[role=dialog],[role=alertdialog]') !== null) return
  const active = document.activeElement
  if (active instanceof HTMLInputElement && active.type === 'text' && !active.matches(HOME)) return
  document.querySelector<HTMLElement>(HOME)?.focus({ preventScroll: true })
}

/** After a dialog has gone the next thing is a scan: not the menu or the row that opened it, if that is still there. */
export function settleFocus(): void {
  requestAnimationFrame(() => requestAnimationFrame(focusHome))
}

/**
 * The focus is never lost: when what had it is gone, it goes home after every drawing. When home itself moves, from
 * the scan field to the amount of a payment and back, the focus moves along: an amount typed into the scan field would
 * take other money than the customer gave. And a sign typed anywhere outside a field lands in the field, because a
 * person looks at the customer and not at a caret.
 */
export function useHomeFocus(): void {
  const last = useRef<Element | null>(null)
  useEffect(() => {
    const home = document.querySelector<HTMLElement>(HOME)
    const hasMoved = home !== last.current && document.activeElement === last.current
    last.current = home
    if (hasMoved && document.querySelector('[role=dialog],[role=alertdialog]') === null) home?.focus({ preventScroll: true })
    else if (isNowhere()) focusHome()
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

/** What had the focus is gone, or was disabled. */
export function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}
