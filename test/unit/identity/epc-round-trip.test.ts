import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mod10CheckDigit } from '../../../contract/identity/check-digits.ts'
import type { Element } from '../../../contract/identity/element.ts'
import { decodeEpc, decodeEpcBytes } from '../../../contract/identity/epc/decode.ts'
import { encodeEpc, encodeForeignEpc } from '../../../contract/identity/epc/encode.ts'
import { decodeEpcbSegment } from '../../../contract/identity/epc/epcb.ts'
import { hexOf } from '../../../contract/identity/epc/hex.ts'
import { decodeTid } from '../../../contract/identity/epc/tid.ts'
import { parseEpcUri, pureIdentityUri, urisOf } from '../../../contract/identity/epc/uri.ts'
import { KEYED_SCHEMES, anyTagBytes, tagPlan } from '../../support/arbitrary-epc.ts'

const RUNS = { numRuns: 60 }

const gtin = fc.integer({ min: 0, max: 9_999_999_999_999 }).map((body) => {
  const digits = String(body).padStart(13, '0')
  return digits + mod10CheckDigit(digits)
})

describe('a tag that we write', () => {
  it.each(KEYED_SCHEMES)('%s gives back exactly what was put on it', (name) => {
    let written = 0
    fc.assert(fc.property(tagPlan(name), ({ scheme, elements, options }) => {
      const tag = encodeEpc(scheme, elements, options)
      if (!tag.ok) return
      written++
      const read = decodeEpc(tag.hex)
      expect(read).toMatchObject({ ok: true, scheme, ...options })
      expect(read.ok && new Set(read.elements.map(String))).toEqual(new Set(elements.map(String)))
      expect(tag.hex.length % 4).toBe(0)
    }), RUNS)
    expect(written).toBeGreaterThan(RUNS.numRuns / 6)
  })

  it('names a thing outside of GS1 and gives the name back', () => {
    const names: [string, string[], number][] = [
      ['GID-96', ['268435455', '0', '68719476735'], 0],
      ['USDoD-96', ['2S194', '12345678901'], 3],
      ['USDoD-96', ['W81X1C', '1'], 0],
      ['ADI-var', ['2S194', '12345/A-1', '#4711'], 10],
      ['ADI-var', ['35962', '', 'ABC-9'], 63],
    ]
    for (const [scheme, parts, filter] of names) {
      const tag = encodeForeignEpc(scheme, parts, filter)
      expect(tag).toMatchObject({ ok: true })
      if (!tag.ok) continue
      const read = decodeEpc(tag.hex)
      expect(read).toMatchObject({ ok: true, scheme, parts, elements: [] })
      if (read.ok) expect(parseEpcUri(urisOf(read)!.tagUri)).toMatchObject({ ok: true, parts })
    }
  })

  it('is refused where the serial would come back changed: a leading zero is part of it', () => {
    const jacket = (serial: string): Element[] => [['01', '09521234543213'], ['21', serial]]
    for (const serial of ['007', '00', '12AB', '-1', '1e3', '274877906944', '99999999999999999999']) {
      expect(encodeEpc('SGTIN-96', jacket(serial), { filter: 1, gcpLength: 7 }))
        .toMatchObject({ ok: false, code: 'SERIAL_NOT_ENCODABLE' })
      expect(encodeEpc('SGTIN+', jacket(serial), { filter: 1 })).toMatchObject({ ok: true })
    }
    expect(encodeEpc('SGLN-96', [['414', '9521141123454'], ['254', '0']], { filter: 0, gcpLength: 7 }).ok).toBe(false)
    expect(encodeEpc('SGLN+', [['414', '9521141123454'], ['254', '0']], { filter: 0 }).ok).toBe(false)
  })

  it('says why it cannot be written', () => {
    const shoe: Element[] = [['01', '09521234543213'], ['21', '1']]
    expect(encodeEpc('SGTIN-96', shoe, { filter: 1 })).toMatchObject({ code: 'GCP' })
    expect(encodeEpc('SGTIN-96', shoe, { filter: 9, gcpLength: 7 })).toMatchObject({ code: 'RANGE' })
    expect(encodeEpc('SGTIN-97', shoe, { filter: 1, gcpLength: 7 })).toMatchObject({ code: 'SCHEME' })
    expect(encodeEpc('SGTIN++', shoe, { filter: 1, hostname: 'no host' })).toMatchObject({ code: 'URI_DOMAIN' })
    expect(encodeEpc('SSCC-96', shoe, { filter: 1, gcpLength: 7 })).toMatchObject({ code: 'UNSUPPORTED' })
    const crateWithoutSerial: Element[] = [['8003', '09521141123454']]
    expect(encodeEpc('GRAI-170', crateWithoutSerial, { filter: 1, gcpLength: 7 }))
      .toMatchObject({ code: 'SERIAL_NOT_ENCODABLE' })
    expect(encodeEpc('GRAI+', crateWithoutSerial, { filter: 1 })).toMatchObject({ code: 'EMPTY' })
  })
})

describe('who the piece is', () => {
  it('does not depend on how long its maker took its company prefix to be', () => {
    fc.assert(fc.property(gtin, fc.integer({ min: 0, max: 274_877_906_943 }), (number, serial) => {
      const elements: Element[] = [['01', number], ['21', String(serial)]]
      const tags = [6, 7, 8, 9, 10, 11, 12]
        .map((gcpLength) => encodeEpc('SGTIN-96', elements, { filter: 1, gcpLength }))
      for (const tag of tags) expect(tag.ok && decodeEpc(tag.hex)).toMatchObject({ ok: true, elements })
      expect(new Set(tags.map((tag) => (tag.ok ? tag.hex : ''))).size).toBe(7)
    }), RUNS)
  })

  it('is the same on a filter for a case as on one for a piece', () => {
    const read = [0, 1, 7].map((filter) => {
      const tag = encodeEpc('SGTIN+', [['01', '09521234543213'], ['21', '000123']], { filter })
      return tag.ok ? decodeEpc(tag.hex) : null
    })
    expect(new Set(read.map((epc) => (epc?.ok === true ? JSON.stringify(epc.elements) : ''))).size).toBe(1)
  })

  it('comes out of the fast reader as out of the general one, byte by byte and digit by digit', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 11, maxLength: 11 }), (rest) => {
      const bytes = Uint8Array.from([0x30, ...rest])
      const general = decodeEpc(`${hexOf(bytes)}0000`)
      expect(decodeEpcBytes(bytes)).toEqual(general)
      expect(decodeEpc(hexOf(bytes).toLowerCase())).toEqual(general)
    }), { numRuns: 2000 })
  })
})

describe('the names of a tag', () => {
  it('lead back to the same elements', () => {
    const schemes = KEYED_SCHEMES.filter((name) => !name.includes('+'))
    fc.assert(fc.property(fc.constantFrom(...schemes).chain(tagPlan), ({ scheme, elements, options }) => {
      const tag = encodeEpc(scheme, elements, options)
      const read = tag.ok ? decodeEpc(tag.hex) : tag
      if (!read.ok) return
      const uris = urisOf(read)
      expect(uris).not.toBeNull()
      expect(parseEpcUri(uris!.epcUri)).toMatchObject({ ok: true, elements: read.elements })
      expect(parseEpcUri(uris!.tagUri))
        .toMatchObject({ ok: true, elements: read.elements, scheme, filter: options.filter })
    }), { numRuns: 500 })
  })

  it('exist only for a known company prefix, and differ with its length', () => {
    const elements: Element[] = [['01', '80614141123458'], ['21', '67.89/a']]
    expect(pureIdentityUri(elements, 7)).toBe('urn:epc:id:sgtin:0614141.812345.67.89%2Fa')
    expect(pureIdentityUri(elements, 6)).toBe('urn:epc:id:sgtin:061414.8112345.67.89%2Fa')
    expect(pureIdentityUri([['01', '80614141123458']], 7)).toBeNull()
    expect(urisOf({ scheme: 'SGTIN+', filter: 1, elements })).toBeNull()
  })

  it('are refused when no such tag can exist', () => {
    for (const uri of [
      'urn:epc:tag:sgtin-96:1.0614141.812345.007', 'urn:epc:tag:sgtin-96:9.0614141.812345.7',
      'urn:epc:tag:sgtin-96:0614141.812345.7', 'urn:epc:tag:gid-96:268435456.1.1',
      'urn:epc:id:sgtin:0614141.812345.a%zz', 'urn:epc:id:sgtin:0614141.812345.a%20b',
      'urn:epc:idpat:sgtin:0614141.812345.*', 'URN:EPC:ID:SGTIN:0614141.812345.1',
      'urn:epc:id:constructor:1.2.3', 'urn:epc:id:sscc:0614141.1234567890.1', '', 'urn:epc:tag:', 'urn:epc:id::',
    ]) expect(parseEpcUri(uri)).toMatchObject({ ok: false })
  })
})

describe('whatever a reader sends', () => {
  it('never throws, and what is understood can be written again', () => {
    fc.assert(fc.property(anyTagBytes, (bytes) => {
      const read = decodeEpcBytes(bytes)
      decodeTid(hexOf(bytes))
      decodeEpc(hexOf(bytes), { includesPc: true })
      if (!read.ok || read.parts !== undefined) return
      const again = encodeEpc(read.scheme, read.elements, {
        filter: read.filter ?? 0, gcpLength: read.gcpLength, hostname: read.hostname,
      })
      expect(again.ok && decodeEpc(again.hex)).toMatchObject({ ok: true, elements: read.elements })
    }), { numRuns: 5000 })
  })

  it('never throws on texts either', () => {
    const tagLike = fc.string({ unit: fc.constantFrom(...'0123FE+.:%'.split('')) })
    const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), tagLike)
    fc.assert(fc.property(texts, (text) => {
      for (const read of [
        decodeEpc(text), decodeTid(text), parseEpcUri(text), parseEpcUri(`urn:epc:id:sgtin:${text}`),
        parseEpcUri(`urn:epc:tag:sgtin-96:${text}`), decodeEpcbSegment(text), decodeEpcbSegment(`ex${text}`),
      ]) expect(typeof read.ok).toBe('boolean')
    }), { numRuns: 2000 })
  })
})
