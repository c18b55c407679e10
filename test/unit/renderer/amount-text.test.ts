import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney } from '../../../contract/words/format.ts'
import { LANGUAGES } from '../../../contract/words/languages.ts'
import type { Language } from '../../../contract/ids.ts'
import { readAmount } from '../../../renderer/amount-text.ts'

const languages = Object.keys(LANGUAGES) as Language[]

describe('an amount that somebody types', () => {
  it.each([
    ['50', 5_000],
    ['12,5', 1_250],
    ['12.50', 1_250],
    ['1.234,56', 123_456],
    ['1,234.56', 123_456],
    ['1 234,56', 123_456],
    ['1’234.50', 123_450],
    ['1.234', 123_400],
    ['١٢٫٥٠', 1_250],
    [',5', 50],
    ['7.', 700],
  ])('%s is understood, whatever signs the country uses', (text, amount) => {
    expect(readAmount(text, 2)).toBe(amount)
  })

  it.each(['', '.', 'zehn', '12,5,5', '1.23.456,00', '-5', '1e3', '12.3456', '9'.repeat(11)])('%s is asked again', (text) => {
    expect(readAmount(text, 2)).toBeNull()
  })

  it('has no minor digits where the currency has none', () => {
    expect(readAmount('1200', 0)).toBe(1_200)
    expect(readAmount('1.200', 0)).toBe(1_200)
  })

  it('is read back as it was written, in every language and to the cent', () => {
    fc.assert(
      fc.property(fc.constantFrom(...languages), fc.integer({ min: 0, max: 999_999_999 }), (language, amount_cents) => {
        const written = formatMoney(language, amount_cents, 'EUR').replaceAll(/[^\d.,\s\u00A0\u202F]/gu, '').trim()
        expect(readAmount(written, 2)).toBe(amount_cents)
      }),
    )
  })
})
