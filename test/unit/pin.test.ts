import { describe, expect, it } from 'vitest'
import { isPin } from '../../contract/pin.ts'
import { readStaff } from '../../hub/imports/row-readers.ts'

const cleaner = (pin: string) => readStaff({ name: 'Ida', role: 'cashier', pin })

describe('a PIN', () => {
  it.each([['4711', true], ['123456789012', true], ['123', false], ['1234567890123', false], ['12a4', false], ['', false], ['١٢٣٤', false]])(
    '%s is one: %s', (text, is) => expect(isPin(text)).toBe(is),
  )

  it('comes in by a list as long as a till takes it, and no longer', () => {
    expect(cleaner('123456789012')).toMatchObject({ ok: true, row: { pin: '123456789012' } })
    expect(cleaner('1234567890123')).toMatchObject({ ok: false })
    expect(cleaner('47 11')).toMatchObject({ ok: false, faults: [{ column: 'pin', code: 'bad-pin' }] })
  })
})
