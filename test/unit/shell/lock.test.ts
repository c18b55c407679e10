import { describe, expect, it } from 'vitest'
import { isBlockedInKiosk } from '../../../contract/kiosk-keys.ts'
import { isPermitted } from '../../../electron/shell/permissions.ts'

const stroke = (text: string) => {
  const parts = text.split('+')
  const has = (name: string): boolean => parts.slice(0, -1).includes(name)
  return { key: parts.at(-1) ?? '', control: has('Ctrl'), alt: has('Alt'), meta: has('Meta') }
}

describe('the keys of a kiosk', () => {
  it.each([
    'F1', 'F5', 'F11', 'F12', 'Alt+F4', 'Alt+Tab', 'Alt+ArrowLeft', 'Ctrl+r', 'Ctrl+w', 'Ctrl+p', 'Ctrl+-', 'Ctrl+0', 'Ctrl+]',
    'Ctrl+Alt+t', 'Ctrl+Alt+Delete', 'Meta+l', 'Meta', 'ContextMenu', 'PrintScreen', 'BrowserBack', 'Ctrl+Escape', 'Alt+ ',
  ])('swallow %s', (text) => {
    expect(isBlockedInKiosk(stroke(text))).toBe(true)
  })

  it.each(['a', 'A', '7', 'Enter', 'Backspace', 'Tab', 'ArrowDown', 'Escape', 'Shift', 'Ctrl+Alt+@', 'Ctrl+Alt+€', ' ', 'F'])(
    'let %s through',
    (text) => {
      expect(isBlockedInKiosk(stroke(text))).toBe(false)
    },
  )
})

describe('what the page may use of the machine', () => {
  const photo = { permission: 'media', address: 'app://countermark/index.html', isMainFrame: true, media: ['video'] }

  it('is the camera, while the photo step is on the screen', () => {
    expect(isPermitted(photo, true)).toBe(true)
    expect(isPermitted(photo, false)).toBe(false)
  })

  it.each([
    { ...photo, media: ['audio'] },
    { ...photo, media: ['video', 'audio'] },
    { ...photo, media: [] },
    { ...photo, isMainFrame: false },
    { ...photo, address: 'app://countermark.evil/' },
    { ...photo, address: 'https://shop.example/' },
    { ...photo, permission: 'geolocation' },
    { ...photo, permission: 'display-capture' },
    { ...photo, permission: 'clipboard-read' },
    { ...photo, permission: 'openExternal' },
  ])('is nothing else: $permission $media $address $isMainFrame', (question) => {
    expect(isPermitted(question, true)).toBe(false)
  })
})
