import { describe, expect, it } from 'vitest'
import { hashPin, verifyPin } from '../../../electron/core/people/pin.ts'

const SALT = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')

/** Python's hashlib.scrypt of 4711 with the salt above, N 131072, r 8, p 1, 32 bytes. */
const PYTHON_HASH = '$scrypt$ln=17,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$NPZsp+fs9iv3aOyaU9RGp3E5Vk57DI6Y5K+NEA9koJI'

describe('a PIN', () => {
  it('opens with the right digits and with no others', async () => {
    const hash = await hashPin('4711')
    expect(await Promise.all(['4711', '4712', '471', '47110', ''].map((pin) => verifyPin(pin, hash)))).toEqual([true, false, false, false, false])
  })

  it('leaves no trace of itself in the hash, and two people with one PIN have different hashes', async () => {
    const [first, second] = await Promise.all([hashPin('123456'), hashPin('123456')])
    expect(first).not.toBe(second)
    expect(first).not.toContain('123456')
    expect(first).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/)
  })

  it('gives the same hash with the same salt, which the demo shop needs, and takes no other length of salt', async () => {
    expect(await hashPin('1111', SALT)).toBe(await hashPin('1111', SALT))
    await expect(hashPin('1111', Buffer.alloc(8))).rejects.toThrow('16 bytes')
  })

  it('agrees with another implementation of RFC 7914', async () => {
    expect(await hashPin('4711', SALT)).toBe(PYTHON_HASH)
  })

  it('reads the digits of another script as the same PIN', async () => {
    expect(await verifyPin('４７１１', await hashPin('4711'))).toBe(true)
  })

  it('is not opened by a hash that is broken, foreign, or so dear that the till would stop', async () => {
    const hash = await hashPin('1111', SALT)
    const broken = [
      '', 'x', '1111', hash.slice(0, -1), `${hash}A`, hash.replace('scrypt', 'argon2'), hash.replace('ln=17', 'ln=30'),
      hash.replace('ln=17', 'ln=0'), hash.replace('r=8', 'r=99'), hash.replace('p=1', 'p=9'), `${hash}\n${hash}`,
    ]
    expect(await Promise.all(broken.map((text) => verifyPin('1111', text)))).toEqual(broken.map(() => false))
  })

  it('is hashed aside: the shop goes on ticking meanwhile', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    await hashPin('1111')
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(3)
  })
})
