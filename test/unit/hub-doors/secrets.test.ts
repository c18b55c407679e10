import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyPin } from '../../../electron/core/people/pin.ts'
import { sealingWith } from '../../../hub/customers/sealing.ts'
import { hashSecret, isSecret } from '../../../hub/people/secret-hash.ts'
import { newTotpSecret, totpAddress, totpCode, totpStep } from '../../../hub/people/totp.ts'

describe('the second factor', () => {
  // RFC 6238, appendix B: the last six of eight digits for SHA-1 and the key "12345678901234567890".
  const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

  it.each([[59, '287082'], [1111111109, '081804'], [1234567890, '005924'], [20000000000, '353130']])(
    'at second %i is the code of the standard', (second, code) => expect(totpCode(RFC_SECRET, second * 1_000)).toBe(code),
  )

  it('takes a code once, and a clock that is half a minute off', () => {
    const secret = newTotpSecret()
    const now = Date.UTC(2026, 10, 22, 10)
    const code = totpCode(secret, now)
    const step = totpStep(secret, code, now + 29_000, 0)
    expect(step).not.toBeNull()
    expect(totpStep(secret, code, now + 29_000, step ?? 0)).toBeNull()
    expect(totpStep(secret, totpCode(secret, now - 90_000), now, 0)).toBeNull()
    expect(totpStep(secret, '12345', now, 0)).toBeNull()
    expect(totpAddress(secret, 'Ada', 'Shop & Co')).toContain('otpauth://totp/Shop%20%26%20Co:Ada?secret=')
  })
})

describe('a secret at the centre', () => {
  it('is hashed so that the till can verify a PIN the centre has set', async () => {
    const hash = await hashSecret('4711')
    expect(await verifyPin('4711', hash)).toBe(true)
    expect(await isSecret('4711', hash)).toBe(true)
    expect(await isSecret('4712', hash)).toBe(false)
    expect(await isSecret('4711', '$scrypt$ln=30,r=8,p=1$x$y')).toBe(false)
  })
})

describe('what is said about a customer', () => {
  const sealing = sealingWith(Buffer.alloc(32, 7))

  it('opens again for its own record and for no other, and no changed byte is taken', () => {
    fc.assert(fc.property(fc.string(), fc.nat(), (text, n) => {
      const sealed = sealing.seal('c1', text)
      expect(sealing.open('c1', sealed)).toBe(text)
      expect(() => sealing.open('c2', sealed)).toThrow()
      const spoilt = Buffer.from(sealed)
      const place = n % spoilt.length
      spoilt[place] = (spoilt[place] ?? 0) ^ 1
      expect(() => sealing.open('c1', spoilt)).toThrow()
    }))
  })

  it('looks different each time, and is found by its blind key alone', () => {
    expect(sealing.seal('c1', 'x').equals(sealing.seal('c1', 'x'))).toBe(false)
    expect(sealing.blind(' Ada@Example.org')).toBe(sealing.blind('ada@example.org'))
    expect(sealing.blind('ada@example.org')).not.toBe(sealingWith(Buffer.alloc(32, 8)).blind('ada@example.org'))
    expect(() => sealingWith(Buffer.alloc(16))).toThrow('32 bytes')
  })
})
