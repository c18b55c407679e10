import { describe, expect, it } from 'vitest'
import { fullName, nameAfterBrand, productName } from '../../../contract/product-name.ts'

describe('the name of a product beside its brand', () => {
  it('says the brand once where the name begins with it', () => {
    expect(fullName('Velmara', 'Velmara 7')).toBe('Velmara 7')
    expect(nameAfterBrand('VELMARA', 'Velmara 7 Pro')).toBe('7 Pro')
    expect(fullName('Velmara', 'Velmara')).toBe('Velmara')
  })

  it('says a product with its variant, however the brand is written in its name', () => {
    expect(productName({ brand: 'Velmara', name: 'VELMARA 7', variant: '256 GB' })).toBe('Velmara 7 256 GB')
    expect(productName({ brand: '', name: 'USB-C cable', variant: '' })).toBe('USB-C cable')
  })

  it('keeps a name that only begins with the same letters', () => {
    expect(fullName('Nor', 'Norrvik Fjord')).toBe('Nor Norrvik Fjord')
    expect(fullName('', 'USB-C cable')).toBe('USB-C cable')
  })
})
