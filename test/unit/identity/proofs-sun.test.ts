import * as fc from 'fast-check'
import { createCipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { aesCmac } from '../../../electron/core/proofs/aes-cmac.ts'
import { ENCRYPTED_LAYOUT, PLAIN_LAYOUT, sunMessageOf } from '../../../electron/core/proofs/sun-url.ts'
import { verifySun } from '../../../electron/core/proofs/sun.ts'
import type { SunKeys, SunMessage } from '../../../electron/core/proofs/sun.ts'
import { diversifiedKey } from '../../../electron/core/proofs/tag-keys.ts'

const KEYS = { metaReadKey: '00'.repeat(16), fileReadKey: '11'.repeat(16) }
const UID = Buffer.from('04DE5F1EACC040', 'hex')

/** A chip that taps: it encrypts and signs as NXP's application note says, written apart from the product. */
function tap(counter: number, keys: { metaReadKey: string, fileReadKey: string } = KEYS, macInput = ''): SunMessage {
  const count = Buffer.alloc(3)
  count.writeUIntLE(counter, 0, 3)
  const picc = Buffer.concat([Buffer.of(0xc7), UID, count, Buffer.from('randm')])
  const metaKey = Buffer.from(keys.metaReadKey, 'hex')
  const cipher = createCipheriv('aes-128-cbc', metaKey, Buffer.alloc(16)).setAutoPadding(false)
  const vector = Buffer.concat([Buffer.from('3CC300010080', 'hex'), UID, count])
  const session = aesCmac(Buffer.from(keys.fileReadKey, 'hex'), vector)
  const full = aesCmac(session, Buffer.from(macInput))
  return {
    piccData: Buffer.concat([cipher.update(picc), cipher.final()]).toString('hex'),
    sdmmac: Buffer.from(full.filter((_, i) => i % 2 === 1)).toString('hex'),
    macInput,
  }
}

const counters = fc.integer({ min: 1, max: 16_777_215 })

describe('a customer taps the tag of a watch at the kiosk', () => {
  it('is believed once, and never for a tap that was presented before', () => {
    fc.assert(fc.property(counters, counters, (counter, last) => {
      const verdict = verifySun(tap(counter), KEYS, last)
      if (counter > last) expect(verdict).toMatchObject({ ok: true, uid: '04DE5F1EACC040', counter })
      else expect(verdict).toEqual({ ok: false, code: 'COUNTER_REPLAY' })
    }), { numRuns: 300 })
  })

  it('is not believed with any bit of the message changed', () => {
    fc.assert(fc.property(counters, fc.integer({ min: 0, max: 191 }), (counter, bit) => {
      const message = tap(counter)
      const bytes = Buffer.from(message.piccData! + message.sdmmac, 'hex')
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      const changed = { ...message, piccData: bytes.toString('hex', 0, 16), sdmmac: bytes.toString('hex', 16) }
      const verdict = verifySun(changed, KEYS)
      expect(verdict.ok).toBe(false)
    }), { numRuns: 300 })
  })

  it('is not believed with the key of another tag', () => {
    expect(verifySun(tap(5), { ...KEYS, metaReadKey: '22'.repeat(16) })).toMatchObject({ code: 'PICC_TAG' })
    expect(verifySun(tap(5), { ...KEYS, fileReadKey: '22'.repeat(16) })).toMatchObject({ code: 'MAC' })
    expect(verifySun({ ...tap(5), macInput: 'x' }, KEYS)).toMatchObject({ code: 'MAC' })
    expect(verifySun(tap(5, KEYS, 'enc=00&cmac='), KEYS)).toMatchObject({ ok: true })
  })

  it('is told what is wrong with a message that is none', () => {
    const message = tap(5)
    expect(verifySun({ ...message, sdmmac: 'XY' }, KEYS)).toMatchObject({ code: 'HEX' })
    expect(verifySun({ ...message, sdmmac: '' }, KEYS)).toMatchObject({ code: 'LENGTH' })
    expect(verifySun({ ...message, encFileData: 'AB' }, KEYS)).toMatchObject({ code: 'LENGTH' })
    expect(verifySun({ ...message, piccData: '00'.repeat(24) }, KEYS)).toMatchObject({ code: 'UNSUPPORTED' })
    expect(verifySun({ sdmmac: message.sdmmac, macInput: '' }, KEYS)).toMatchObject({ code: 'LENGTH' })
    expect(verifySun(message, { fileReadKey: KEYS.fileReadKey })).toMatchObject({ code: 'LENGTH' })
  })

  it('never throws, whatever stands in the address', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Fa-f]{0,48}$/))
    const message: fc.Arbitrary<SunMessage> = fc.record(
      { piccData: text, uid: text, readCounter: text, sdmmac: text, macInput: fc.string(), encFileData: text },
      { requiredKeys: ['sdmmac', 'macInput'] },
    )
    const keys: fc.Arbitrary<SunKeys> = fc.record({ metaReadKey: text, fileReadKey: text })
    fc.assert(fc.property(message, keys, (given, its) => {
      expect(verifySun(given, its).ok).toBe(false)
    }), { numRuns: 500 })
  })
})

describe('the address that the tag writes', () => {
  it('is cut into its parts as NXP shows it', () => {
    const url = 'https://watch.example/t?picc_data=EF963FF7828658A599F3041510671E88&cmac=94EED9EE65337086'
    const read = sunMessageOf(url, ENCRYPTED_LAYOUT)
    expect(read).toMatchObject({ ok: true, message: { macInput: '', sdmmac: '94EED9EE65337086' } })
    const keys = { metaReadKey: '00'.repeat(16), fileReadKey: '00'.repeat(16) }
    expect(read.ok && verifySun(read.message, keys)).toMatchObject({ ok: true, counter: 61 })
  })

  it('may carry encrypted data, which the MAC then covers as printed', () => {
    const url = 'https://w.example/?picc_data=FD91EC264309878BE6345CBE53BADF40'
      + '&enc=CEE9A53E3E463EF1F459635736738962&cmac=ECC1E7F6C6C73BF6'
    const read = sunMessageOf(url, { ...ENCRYPTED_LAYOUT, encFileData: 'enc', macFrom: 'enc' })
    expect(read).toMatchObject({ ok: true, message: { macInput: 'CEE9A53E3E463EF1F459635736738962&cmac=' } })
    const keys = { metaReadKey: '00'.repeat(16), fileReadKey: '00'.repeat(16) }
    expect(read.ok && verifySun(read.message, keys)).toMatchObject({ ok: true, fileData: '78'.repeat(16) })
  })

  it('may show uid and counter in the plain', () => {
    const url = 'https://w.example/?uid=041E3C8A2D6B80&ctr=000006&cmac=4B00064004B0B3D3#top'
    const read = sunMessageOf(url, PLAIN_LAYOUT)
    expect(read.ok && verifySun(read.message, { fileReadKey: '00'.repeat(16) }))
      .toMatchObject({ ok: true, uid: '041E3C8A2D6B80', counter: 6 })
  })

  it('is refused without its parameters', () => {
    expect(sunMessageOf('https://w.example/?uid=1&cmac=2', PLAIN_LAYOUT)).toMatchObject({ code: 'FORMAT' })
    expect(sunMessageOf('https://w.example/', PLAIN_LAYOUT)).toMatchObject({ code: 'FORMAT' })
    const covered = { sdmmac: 'cmac', macFrom: 'enc' }
    expect(sunMessageOf('https://w.example/?cmac=2&enc=1', covered)).toMatchObject({ code: 'FORMAT' })
  })
})

describe('the key of one tag', () => {
  it('comes from the master key as NXP AN10922 works it out', () => {
    const master = Buffer.from('00112233445566778899AABBCCDDEEFF', 'hex')
    const input = Buffer.from('04782E21801D803042F54E585020416275', 'hex')
    expect(diversifiedKey(master, input).toString('hex').toUpperCase()).toBe('A8DD63A3B89D54B37CA802473FDA9175')
    expect(() => diversifiedKey(master, UID)).toThrow('16 to 31')
  })
})
