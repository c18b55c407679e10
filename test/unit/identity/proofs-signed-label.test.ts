import * as fc from 'fast-check'
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Element } from '../../../contract/identity/element.ts'
import { issueSignedLabel, trustedKeyOf, verifySignedLabel } from '../../../electron/core/proofs/signed-label.ts'
import type { LabelSigner } from '../../../electron/core/proofs/signed-label.ts'

const signer = (keyId: string): LabelSigner => ({ keyId, privateKey: generateKeyPairSync('ed25519').privateKey })
const SHOP = signer('k1')
const TRUSTED = [trustedKeyOf(signer('k0')), trustedKeyOf(SHOP)]
const GUITAR: Element[] = [['01', '09521234543213'], ['21', '25/42-000123']]
const TODAY = '2026-11-22'

function label(elements: readonly Element[] = GUITAR, by = SHOP, from = '2026-01-01', to = '2027-12-31'): string {
  const issued = issueSignedLabel(elements, by, from, to)
  if (!issued.ok) throw new Error(issued.code)
  return issued.text
}

describe('a label that the shop signed for a guitar', () => {
  it('is proven at any till that knows the key, without a network', () => {
    expect(verifySignedLabel(label(), TRUSTED, TODAY)).toEqual({
      is: 'proven', elements: GUITAR, keyId: 'k1', issuedOn: '2026-01-01', expiresOn: '2027-12-31',
    })
  })

  it('is an ordinary Digital Link for everybody else, short enough for a small QR code', () => {
    const text = label()
    const link = 'https://id.gs1.org/01/09521234543213/21/25%2F42-000123'
    expect(text.startsWith(`${link}?sig=k1.20260101.20271231.`)).toBe(true)
    expect(text.length).toBeLessThan(200)
    expect(label([...GUITAR, ['17', '281231']])).toContain('?17=281231&sig=k1.')
  })

  it('is refused with any bit of it flipped', () => {
    const text = label()
    fc.assert(fc.property(fc.integer({ min: 0, max: text.length * 7 - 1 }), (bit) => {
      const at = Math.floor(bit / 7)
      const changed = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit % 7))
      const proof = verifySignedLabel(text.slice(0, at) + changed + text.slice(at + 1), TRUSTED, TODAY)
      expect(proof.is).not.toBe('proven')
    }), { numRuns: 1500 })
  })

  it('is valid on its first and its last day and not beyond', () => {
    const text = label(GUITAR, SHOP, '2026-11-01', '2026-11-22')
    expect(verifySignedLabel(text, TRUSTED, '2026-10-31')).toEqual({ is: 'refused', why: 'not-yet-valid' })
    expect(verifySignedLabel(text, TRUSTED, '2026-11-01').is).toBe('proven')
    expect(verifySignedLabel(text, TRUSTED, '2026-11-22').is).toBe('proven')
    expect(verifySignedLabel(text, TRUSTED, '2026-11-23')).toEqual({ is: 'refused', why: 'expired' })
  })

  it('is refused by name of the reason', () => {
    const text = label()
    expect(verifySignedLabel(text, [], TODAY)).toEqual({ is: 'refused', why: 'unknown-key' })
    const stranger = { ...trustedKeyOf(signer('k1')), keyId: 'k1' }
    expect(verifySignedLabel(text, [stranger], TODAY)).toEqual({ is: 'refused', why: 'tampered' })
    expect(verifySignedLabel(text.replace('000123', '000124'), TRUSTED, TODAY))
      .toEqual({ is: 'refused', why: 'tampered' })
    expect(verifySignedLabel(text.replace('id.gs1.org', 'evil.example'), TRUSTED, TODAY))
      .toEqual({ is: 'refused', why: 'tampered' })
    expect(verifySignedLabel(text.slice(0, -1), TRUSTED, TODAY)).toEqual({ is: 'refused', why: 'malformed' })
    expect(verifySignedLabel(`${text}&x=1`, TRUSTED, TODAY)).toEqual({ is: 'refused', why: 'malformed' })
    expect(verifySignedLabel('https://id.gs1.org/01/09521234543213/21/1', TRUSTED, TODAY)).toEqual({ is: 'not-signed' })
  })

  it('has one form only: the four spare bits of its last character are not free', () => {
    const text = label()
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = alphabet.indexOf(text.at(-1)!)
    for (let spare = 1; spare < 16; spare++) {
      const twin = text.slice(0, -1) + alphabet.charAt(last ^ spare)
      expect(verifySignedLabel(twin, TRUSTED, TODAY)).toEqual({ is: 'refused', why: 'malformed' })
    }
  })

  it('is not issued for a whole product, for nonsense, or for days that are none', () => {
    expect(issueSignedLabel([['01', '09521234543213']], SHOP, TODAY, TODAY)).toMatchObject({ code: 'MISSING_SERIAL' })
    const phone: Element[] = [['01', '09521234543213'], ['21', '1'], ['8040', '490154203237518']]
    expect(issueSignedLabel(phone, SHOP, TODAY, TODAY)).toMatchObject({ code: 'UNSUPPORTED' })
    expect(issueSignedLabel([['01', '09521234543214'], ['21', '1']], SHOP, TODAY, TODAY)).toMatchObject({ ok: false })
    expect(issueSignedLabel(GUITAR, { ...SHOP, keyId: 'k.1' }, TODAY, TODAY)).toMatchObject({ code: 'FORMAT' })
    expect(issueSignedLabel(GUITAR, SHOP, '2026-02-30', '2026-03-01')).toMatchObject({ code: 'DATE' })
    expect(issueSignedLabel(GUITAR, SHOP, '2026-11-22', '2026-11-21')).toMatchObject({ code: 'DATE' })
  })

  it('never throws on what a scanner may read', () => {
    const near = fc.string().map((text) => `https://id.gs1.org/01/09521234543213?sig=${text}`)
    fc.assert(fc.property(fc.oneof(fc.string(), near), (text) => {
      expect(verifySignedLabel(text, TRUSTED, TODAY).is).not.toBe('proven')
    }), { numRuns: 500 })
  })
})
