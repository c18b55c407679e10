import { createContext, use, useEffect, useEffectEvent, useState } from 'react'
import type { ReactNode } from 'react'
import { editsText, keyName } from './keymap.ts'
import { meantEnter } from './meant-enter.ts'

/**
 * What the keys do in one layer of the screen; where two want the same key, the one mounted last has it. A dialog is
 * a layer of its own: the keys below it sleep.
 */
type Layer = Map<string, (() => void)[]>

const layers: Layer[] = []
const LayerContext = createContext<Layer | null>(null)

export function HotkeyLayer({ children }: { children: ReactNode }) {
  const [layer] = useState<Layer>(() => new Map())
  useEffect(() => {
    layers.push(layer)
    return () => {
      layers.splice(layers.indexOf(layer), 1)
    }
  }, [layer])
  return <LayerContext value={layer}>{children}</LayerContext>
}

/** Does `action` when the key is pressed and this layer is on top. Null for no key. */
export function useHotkey(key: string | null, action: () => void, enabled = true): void {
  const layer = use(LayerContext)
  const latest = useEffectEvent(action)
  useEffect(() => {
    if (layer === null || key === null || !enabled) return
    const run = () => latest()
    layer.set(key, [...(layer.get(key) ?? []), run])
    return () => {
      layer.set(key, (layer.get(key) ?? []).filter((other) => other !== run))
    }
  }, [layer, key, enabled])
}

/** Listens once for the whole window, before any widget: function keys belong to the till, wherever the focus is. */
export function useHotkeyListener(): void {
  useEffect(() => {
    const enter = meantEnter()
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      if (!enter.isMeant(event)) {
        event.preventDefault()
        event.stopPropagation()
        return
      }
      const name = keyName(event)
      if (name === null || belongsToWidget(name, event.target)) return
      const action = layers.at(-1)?.get(name)?.at(-1)
      if (action === undefined) return
      event.preventDefault()
      event.stopPropagation()
      // A key that is held down must not pay twice; walking through lines and counting up may go on.
      if (!event.repeat || name.startsWith('Arrow') || name.length === 1) action()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}

function belongsToWidget(name: string, target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    if (target.type === 'checkbox' || target.type === 'radio') return name === ' ' || name.startsWith('Arrow')
    // A field with a list under it walks through the list, and closes it.
    if (target.ariaExpanded === 'true' && (name === 'Escape' || name.startsWith('Arrow'))) return true
    // No letter is part of an amount: there it still chooses what it is drawn on.
    if (target.inputMode === 'decimal' && /^\p{L}$/u.test(name)) return false
    return target.value !== '' && editsText(name)
  }
  if (!(target instanceof HTMLElement) || target === document.body) return false
  // A chosen name keeps the focus, and the digits of the PIN are typed right there: a group of radios takes no letters.
  if (target.closest('[role=radiogroup]') !== null) return name === ' ' || name.startsWith('Arrow')
  if (target.closest('[role=listbox],[role=menu],[role=grid],[role=tablist]') !== null) {
    return name === 'Enter' || name === 'Escape' || name.startsWith('Arrow') || name.length === 1
  }
  return name === 'Enter' && target.closest('button,a,[role=button]') !== null
}
