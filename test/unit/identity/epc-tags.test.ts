import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AI_SPECS } from '../../../contract/identity/ai-table.ts'
import type { Element } from '../../../contract/identity/element.ts'
import { hasTagFormat, readAiValue, writeAiValue } from '../../../contract/identity/epc/ai-values.ts'
import { BitReader, BitWriter } from '../../../contract/identity/epc/bits.ts'
import { decodeEpc } from '../../../contract/identity/epc/decode.ts'
import { encodeEpc, encodeForeignEpc } from '../../../contract/identity/epc/encode.ts'
import { urisOf } from '../../../contract/identity/epc/uri.ts'
import { aiValue } from '../../support/arbitrary-elements.ts'

const SGTIN_PLUS_JACKET = 'F7109521234543213'

/** Bits after a SGTIN+ with serial `1` and the AIDC toggle set. */
function tagWith(...fields: readonly string[]): string {
  const head = `F7${(0b1001).toString(16)}09521234543213`
  const serial = ['000', '00001', '0001']
  const digits = [...serial, ...fields].join('').match(/.{1,4}/g) ?? []
  return head + digits.map((four) => Number.parseInt(four.padEnd(4, '0'), 2).toString(16)).join('')
}

const bcd = (digits: string): string =>
  digits.split('').map((digit) => Number(digit).toString(2).padStart(4, '0')).join('')

describe('data behind the code of a tag', () => {
  it('has a format for every AI but those that none is published for', () => {
    const without = AI_SPECS.map(({ ai }) => ai).filter((ai) => !hasTagFormat(ai))
    expect(without).toEqual(['03', '717', '8014', '8040', '8041', '8042', '8043'])
  })

  it('is read back for every AI that has a format', () => {
    const unwritten = new Set<string>()
    for (const spec of AI_SPECS.filter(({ ai }) => hasTagFormat(ai))) {
      let written = 0
      for (const value of fc.sample(aiValue(spec), { numRuns: 12, seed: 7 })) {
        const writer = new BitWriter()
        if (!writeAiValue(writer, spec.ai, value)) continue
        written++
        const reader = new BitReader(writer.words())
        expect([spec.ai, readAiValue(reader, spec.ai), reader.fault]).toEqual([spec.ai, value, null])
      }
      if (written === 0) unwritten.add(spec.ai)
    }
    // Their values in our samples are not of the published format: letters where it has digits, two-letter countries.
    expect([...unwritten].filter((ai) => !['4307', '4317', '7258'].includes(ai))).toEqual([])
  })

  it('keeps a lot and an expiry with the piece', () => {
    const elements: Element[] = [
      ['01', '09521234543213'], ['21', 'S1'], ['17', '261231'], ['10', 'LOT-7'], ['3103', '001234'],
    ]
    const tag = encodeEpc('SGTIN+', elements, { filter: 1 })
    expect(tag.ok && decodeEpc(tag.hex)).toMatchObject({ ok: true, aidcToggle: 1, elements })
  })

  it('is refused when an AI repeats, does not exist, has no format, or says what cannot be', () => {
    expect(decodeEpc(tagWith(bcd('10'), '000', '00001', '0001'))).toMatchObject({ ok: true })
    expect(decodeEpc(tagWith(bcd('21'), '000', '00001', '0001'))).toMatchObject({ code: 'DUPLICATE_AI' })
    expect(decodeEpc(tagWith(bcd('89')))).toMatchObject({ code: 'UNKNOWN_AI' })
    expect(decodeEpc(tagWith(bcd('8040'), '1'.repeat(60)))).toMatchObject({ code: 'UNSUPPORTED' })
    expect(decodeEpc(tagWith('10101010'))).toMatchObject({ code: 'BCD' })
    expect(decodeEpc(tagWith(bcd('17'), '0011010', '1101', '00001'))).toMatchObject({ code: 'DATE' })
    expect(decodeEpc(tagWith(bcd('02'), bcd('09521234543214')))).toMatchObject({ code: 'CHECK_DIGIT' })
    expect(decodeEpc(tagWith(bcd('10'), '110', '00001', '0001'))).toMatchObject({ code: 'ENCODING' })
    expect(decodeEpc(tagWith(bcd('10'), '000', '10101'))).toMatchObject({ code: 'LENGTH' })
    expect(decodeEpc(tagWith(bcd('10'), '101', '00001', '1111111111111111'))).toMatchObject({ code: 'ENCODING' })
  })

  it('ends with the zeros of the last word', () => {
    const jacket = [['01', '09521234543213'], ['21', '1']]
    expect(decodeEpc(tagWith('0'.repeat(70)))).toMatchObject({ ok: true, elements: jacket })
    expect(decodeEpc(`${SGTIN_PLUS_JACKET}011000`)).toMatchObject({ ok: true })
    expect(decodeEpc(`${SGTIN_PLUS_JACKET}011001`)).toMatchObject({ code: 'TRAILING' })
  })
})

describe('the examples of annex E of the Tag Data Standard', () => {
  it.each([
    ['2C74257BF46072000000162E', 'urn:epc:tag:gdti-96:3.0614141.12345.5678'],
    ['2D74257BF4499602D2000000', 'urn:epc:tag:gsrn-96:3.0614141.1234567890'],
    ['2E74257BF4499602D2000000', 'urn:epc:tag:gsrnp-96:3.0614141.1234567890'],
    ['3C74257BF400C0E680003039', 'urn:epc:tag:cpi-96:3.0614141.98765.12345'],
    ['3D74257BF75411DEF6B4CC00000003039000', 'urn:epc:tag:cpi-var:3.0614141.5PQ7%2FZ43.12345'],
    ['3F74257BF460720000019907', 'urn:epc:tag:sgcn-96:3.0614141.12345.04711'],
    ['3500E86F8000A9E000000586', 'urn:epc:tag:gid-96:952056.2718.1414'],
    ['2F320434147455900000162E', 'urn:epc:tag:usdod-96:3.CAGEY.5678'],
    ['3B0E0CF5E76C9047759AD00373DC7602E7200000', 'urn:epc:tag:adi-var:3.35962.PQ7VZ4.M37GXB92'],
  ])('%s is %s, both ways', (hex, tagUri) => {
    const read = decodeEpc(hex)
    expect(read).toMatchObject({ ok: true })
    if (!read.ok) return
    expect(urisOf(read)?.tagUri).toBe(tagUri)
    const again = read.parts === undefined
      ? encodeEpc(read.scheme, read.elements, { filter: read.filter ?? 0, gcpLength: read.gcpLength })
      : encodeForeignEpc(read.scheme, read.parts, read.filter ?? 0)
    expect(again).toEqual({ ok: true, hex })
  })
})

describe('a tag that is damaged or not ours', () => {
  it.each([
    ['', 'EMPTY'],
    ['3', 'TRUNCATED'],
    ['30', 'TRUNCATED'],
    ['3074 257BF7194E4000001A85', 'HEX'],
    ['٣٠٧٤', 'HEX'],
    ['000000', 'UNPROGRAMMED'],
    ['E200341201021234', 'HEADER'],
    ['FF00', 'HEADER'],
    ['3174257BF4499602D2000001', 'RESERVED_BITS'],
    ['F71095212345432A3060007B', 'BCD'],
    ['F7109521234543214060007B', 'CHECK_DIGIT'],
    ['F7109521234543213C60007B', 'ENCODING'],
    ['F71095212345432130007', 'EMPTY'],
    ['F71095212345432131500000000000000000000000', 'LENGTH'],
    ['FB3F2CDE795211411234538566CB0AFC4', 'DATE_TYPE'],
    ['3674257BF6B7A659B2C2BF100000000000000000000000000001', 'TRAILING'],
    ['3674257BF6B780000000000000000000000000000000000000000000', 'EMPTY'],
    ['3674257BF6B7A60001200000000000000000000000000000000000', 'CHARSET'],
  ])('%s is refused as %s', (hex, code) => {
    expect(decodeEpc(hex)).toMatchObject({ ok: false, code })
  })

  it('is good with 50 digits of an SGTIN-198, because no field is cut, but not with 48', () => {
    const whole = '3674257BF6B7A659B2C2BF100000000000000000000000000000'
    expect(decodeEpc(whole.slice(0, 50))).toEqual(decodeEpc(whole))
    expect(decodeEpc(whole.slice(0, 48))).toMatchObject({ code: 'TRUNCATED' })
  })

  it('is told by its control word: foreign content, a second word, a wrong length', () => {
    const tag = '3074257BF7194E4000001A85'
    expect(decodeEpc(`3000${tag}`, { includesPc: true }))
      .toMatchObject({ ok: true, pc: { words: 6, userMemory: false } })
    expect(decodeEpc(`3100${tag}`, { includesPc: true })).toMatchObject({ code: 'NOT_EPC' })
    expect(decodeEpc(`3200${tag}`, { includesPc: true })).toMatchObject({ code: 'UNSUPPORTED' })
    expect(decodeEpc(`2800${tag}`, { includesPc: true })).toMatchObject({ code: 'LENGTH' })
    expect(decodeEpc('30', { includesPc: true })).toMatchObject({ ok: false })
  })
})

describe('the host of a maker', () => {
  const hosts = ['example.com', 'id.example.com', 'qr.x.org', 'www.a-b.net', 'shop.example']

  it.each(hosts)('%s travels in the tag', (hostname) => {
    const elements: Element[] = [['8004', '952114132a/b']]
    const tag = encodeEpc('GIAI++', elements, { filter: 3, hostname })
    expect(tag.ok && decodeEpc(tag.hex)).toMatchObject({ ok: true, hostname, elements })
  })

  it('is read from the examples of the standard', () => {
    expect(decodeEpc('FC342CDE795211411234538566CB0AFC525065F1876F0D996D80')).toMatchObject({
      scheme: 'DSGTIN++', hostname: 'id.example.com',
      elements: [['01', '79521141123453'], ['21', '32a/b'], ['17', '220630']],
    })
    expect(decodeEpc('FD3795211411234538566CB0AFC5232F8C3B786CCB6C')).toMatchObject({ hostname: 'example.com' })
  })
})
