import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { masked, mustNotStore } from '../../../contract/identity/card-guard.ts'
import { luhnCheckDigit } from '../../../contract/identity/check-digits.ts'
import { identify } from '../../../contract/identity/identify.ts'

const config = { today: '2026-03-01', masks: [] }

describe('a customer holds a payment card into the scanner', () => {
  it.each([
    '4111111111111111', '4111 1111 1111 1111', '4111-1111-1111-1111', '5555555555554444', '2221000000000009',
    '378282246310005', '6011111111111117', '3530111333300000', '30569309025904', '6200000000000005',
    '4111 1111 1111 1111 12/27 123', 'card: 4111111111111111', '3782-822463-10005',
    '%B4111111111111111^DOE/JOHN^2512101?', ';4111111111111111=25121011234567890?',
  ])('knows %s for a card', (text) => {
    expect(mustNotStore(text)).toBe(true)
  })

  it.each([
    ['an EAN-13 beginning with 4', '4006381333931'], ['an IMEI', '490154203237518'],
    ['an IMEI of 35', '352099001761481'], ['a carton with a Luhn digit by chance', '406141412345670026'],
    ['a GTIN-14 with a Luhn digit by chance', '36123456780038'], ['a SIM card', '8944110064519740272'],
    ['a wrong Luhn digit', '4111111111111112'], ['an eSIM', '89049032123451234512345678901235'],
    ['a serial', 'SN4111111111111111'],
  ])('lets %s through', (_what, text) => {
    expect(mustNotStore(text)).toBe(false)
  })

  it('takes sixteen digits beginning with 35 for a device only where a device is asked for', () => {
    expect(mustNotStore('3530111333300000')).toBe(true)
    expect(mustNotStore('3530111333300000', { imeiExpected: true })).toBe(false)
    expect(mustNotStore('4111111111111111', { imeiExpected: true })).toBe(true)
  })

  it('keeps nothing of it: not the text, not the bytes, not a reading', () => {
    const visa = fc.string({ unit: fc.constantFrom('0', '1', '2', '7', '9'), minLength: 14, maxLength: 14 })
      .map((body) => `4${body}${luhnCheckDigit(`4${body}`)}`)
    fc.assert(fc.property(visa, fc.constantFrom('', ']C0', ']Q1', ']d2'), (number, aim) => {
      const found = identify({ text: `${aim}${number}\r\n`, channel: 'scanner', config })
      expect(found).toMatchObject({ card: true, raw: null, readings: [], refusals: [] })
      expect(JSON.stringify(found)).not.toContain(number)
      expect(JSON.stringify(found)).not.toContain(number.slice(6, 12))
    }))
  })

  it('shows the first six and the last four, and of a track nothing more', () => {
    expect(masked('4111111111111111')).toBe('411111******1111')
    expect(masked('4111 1111 1111 1111')).toBe('411111******1111')
    expect(masked('%B4111111111111111^DOE/JOHN^2512101?')).toBe('411111******1111')
    expect(masked('1234')).toBe('****')
  })
})
