import { describe, expect, it } from 'vitest'
import { editsText, keyName, KEYS } from '../../../renderer/keys/keymap.ts'

const pressed = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey', boolean>> = {}) => ({
  key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...held,
})

describe('the keys of the till', () => {
  it('leave to the browser what belongs to it', () => {
    expect(keyName(pressed('F5', { ctrlKey: true }))).toBeNull()
    const used = Object.values(KEYS).flat()
    for (const kept of ['F5', 'F11', 'Tab']) expect(used).not.toContain(kept)
  })

  it('tell a voided sale from a removed line', () => {
    expect(keyName(pressed('Delete'))).toBe(KEYS.removeLine)
    expect(keyName(pressed('Delete', { shiftKey: true }))).toBe(KEYS.voidSale)
  })

  it('take a plus as a plus, with or without Shift, as keyboards have it', () => {
    expect(keyName(pressed('+', { shiftKey: true }))).toBe(KEYS.morePieces)
  })

  it('stay in the field while something is typed in it', () => {
    for (const key of ['1', '+', 'Delete', 'Enter']) expect(editsText(key)).toBe(true)
    for (const key of ['F12', 'Escape', 'ArrowUp']) expect(editsText(key)).toBe(false)
  })
})
