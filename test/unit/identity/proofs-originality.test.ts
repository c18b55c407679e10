import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyOriginality } from '../../../electron/core/proofs/originality.ts'

/** A chip of NXP's and its public key for the NTAG21x family, as in the reference vectors. */
const KEY = '048A9B380AF2EE1B98DC417FECC263F8449C7625CECE82D9B916C992DA'
  + '209D68422B81EC20B65A66B5102A61596AF3379200599316A00A1410'
const UID = '04518DFAA96180'
const SIGNATURE = 'D1940D17CFEDA4BFF80359AB975F9F6514313E8F90C1D3CAAF5941AD'
  + '744A1CDF9A83F883CAFE0FE95D1939B1B7E47113993324473B785D21'

describe('the originality signature of a chip', () => {
  it('is valid for the uid that NXP signed and for no other bit of it', () => {
    expect(verifyOriginality(KEY, UID, SIGNATURE)).toEqual({ ok: true, valid: true })
    const small = [KEY, UID, SIGNATURE].map((hex) => hex.toLowerCase())
    expect(verifyOriginality(small[0]!, small[1]!, small[2]!)).toEqual({ ok: true, valid: true })
    fc.assert(fc.property(fc.integer({ min: 0, max: 55 }), fc.integer({ min: 0, max: 447 }), (uidBit, bit) => {
      expect(verifyOriginality(KEY, flipped(UID, uidBit), SIGNATURE)).toEqual({ ok: true, valid: false })
      expect(verifyOriginality(KEY, UID, flipped(SIGNATURE, bit))).toEqual({ ok: true, valid: false })
    }), { numRuns: 12 })
  })

  it('is refused in any other form', () => {
    expect(verifyOriginality(KEY, 'XX518DFAA96180', SIGNATURE)).toMatchObject({ code: 'HEX' })
    expect(verifyOriginality(KEY, UID.slice(2), SIGNATURE)).toMatchObject({ code: 'LENGTH' })
    expect(verifyOriginality(KEY, UID, SIGNATURE.slice(2))).toMatchObject({ code: 'LENGTH' })
    expect(verifyOriginality(flipped(KEY, 20), UID, SIGNATURE)).toMatchObject({ code: 'FORMAT' })
    expect(verifyOriginality(KEY, UID, '00'.repeat(56))).toEqual({ ok: true, valid: false })
    expect(verifyOriginality(KEY, UID, 'FF'.repeat(56))).toEqual({ ok: true, valid: false })
  })
})

function flipped(hex: string, bit: number): string {
  const bytes = Buffer.from(hex, 'hex')
  bytes[bit >> 3]! ^= 1 << (bit & 7)
  return bytes.toString('hex')
}
