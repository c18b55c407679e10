import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EXAMPLE_MASK } from '../../../contract/identity/example-mask.ts'
import { GS } from '../../../contract/identity/element.ts'
import { identify } from '../../../contract/identity/identify.ts'
import type { IdentifyConfig } from '../../../contract/identity/identify.ts'
import type { IdentityChannel } from '../../../contract/identity/identity.ts'
import { APPLE_CARTON_PREFIX, matchKey, matchKeys } from '../../../contract/identity/match-key.ts'
import { decimalOf } from '../../../contract/identity/measures.ts'
import { LONG_PIECES } from '../../support/long-pieces.ts'

const config: IdentifyConfig = { today: '2026-03-01', masks: [{ name: 'own', mask: EXAMPLE_MASK }] }
const look = (text: string, channel: IdentityChannel = 'scanner', more: Partial<IdentifyConfig> = {}) =>
  identify({ text, channel, config: { ...config, ...more } })
const kinds = (text: string) => look(text).readings.map((reading) => reading.kind)

describe('a cashier scans a thing', () => {
  it('knows the piece, its lot and its expiry, and keeps the bytes beside them', () => {
    const scan = `]d201095212345432131725123110LOT7${GS}21S-001`
    expect(look(`${scan}\r\n`)).toMatchObject({
      aim: ']d2',
      symbology: 'GS1 DataMatrix',
      shown: ']d201095212345432131725123110LOT7<GS>21S-001',
      readings: [{
        key: { scheme: '01', value: '09521234543213' },
        gtin14: '09521234543213',
        serial: 'S-001',
        lot: 'LOT7',
        dates: [{ ai: '17', date: '2025-12-31', expired: true }],
      }],
    })
    expect(look(`${scan}\r\n`).raw?.hex.endsWith('0d0a')).toBe(true)
  })

  it('finds the same piece behind the DataMatrix, the QR code, the typed brackets and the tag', () => {
    const labels = [
      ']d20180614141123458216789', ']Q1https://brand.example/01/80614141123458/21/6789', '(01)80614141123458(21)6789',
      '0180614141123458216789', 'urn:epc:id:sgtin:0614141.812345.6789',
    ].map((text) => look(text))
    for (const found of [...labels, look('3074257BF7194E4000001A85', 'rfid')]) {
      expect(found.readings[0]).toMatchObject({ gtin14: '80614141123458', serial: '6789' })
    }
  })

  it('keeps S1, s1 and 0S1 apart', () => {
    const serials = ['S1', 's1', '0S1'].map((serial) => look(`]d2010952123454321321${serial}`).readings[0]?.serial)
    expect(serials).toEqual(['S1', 's1', '0S1'])
  })

  it('takes the AIM identifier from the driver as well as from the text', () => {
    const apart = identify({ text: '010952123454321321A', aim: ']d2', channel: 'scanner', config })
    expect(apart.readings).toEqual(look(']d2010952123454321321A').readings)
  })

  it('never takes a broken GS1 symbol for something else', () => {
    expect(look(']d20109521234543214')).toMatchObject({ readings: [], refusals: [{ as: 'scan', code: 'CHECK_DIGIT' }] })
    expect(look(']X0abc')).toMatchObject({ readings: [], refusals: [{ code: 'AIM_UNSUPPORTED' }] })
    expect(look('(01)09521234543214'))
      .toMatchObject({ readings: [], refusals: [{ as: 'gs1-hri', code: 'CHECK_DIGIT' }] })
    expect(look('https://id.gs1.org@evil.example/01/09521234543213').readings).toEqual([])
    expect(look('')).toMatchObject({ readings: [], refusals: [{ code: 'EMPTY' }] })
  })

  it('says which digit rule broke when a checkout code was mistyped', () => {
    expect(look('9521234543214').refusals).toEqual([{ as: 'gtin-13', code: 'CHECK_DIGIT' }])
    expect(look('490154203237519').readings.map(({ kind }) => kind)).toEqual(['free-serial'])
  })

  it('reads a scanner that sends a stand-in for the separator', () => {
    const scan = '010952123454321321ABC|17251231'
    expect(look(scan, 'scanner', { gsSubstitute: '|' }).readings[0]).toMatchObject({ serial: 'ABC' })
    expect(look('AB|CD', 'scanner', { gsSubstitute: '|' }).readings[0]?.key?.value).toBe('AB|CD')
    expect(look(`]d2${scan}`, 'scanner', { gsSubstitute: 'ABC' }).refusals).toEqual([{ as: 'scan', code: 'CHARSET' }])
  })
})

describe('a tag comes over the reader', () => {
  const tag = '3074257BF7194E4000001A85'

  it('is read with or without the control word, as the reader is set up', () => {
    expect(look(tag, 'rfid').readings[0]).toMatchObject({ kind: 'epc-hex', serial: '6789', fields: { filter: '3' } })
    expect(look(`3000${tag}`, 'rfid', { includesPc: true }).readings[0]).toMatchObject({ serial: '6789' })
    expect(look(`3000${tag}`, 'rfid').readings).toEqual([])
  })

  it('says that a tag is blank, or not ours to read', () => {
    expect(look('0'.repeat(24), 'rfid').refusals).toEqual([{ as: 'epc-hex', code: 'UNPROGRAMMED' }])
    expect(look('XYZ', 'rfid').refusals).toEqual([{ as: 'epc-hex', code: 'HEX' }])
    expect(look('E280116020001A2B3C4D5E6F', 'rfid').refusals[0]).toMatchObject({ as: 'epc-hex' })
    expect(look('E280116020001A2B3C4D5E6F').readings[0]).toMatchObject({ kind: 'tid', fields: { mdid: '1' } })
  })
})

describe('a code that could be two things', () => {
  it('is shown as two', () => {
    expect(kinds('0306406152')).toEqual(['isbn', 'shop-serial'])
    expect(kinds('18044295704')).toEqual(['free-serial'])
    expect(kinds('0180614141123458216789')).toContain('gs1-element-string')
    fc.assert(fc.property(fc.integer({ min: 1, max: 999_999 }), (piece) => {
      const text = `2542${String(piece).padStart(6, '0')}`
      const weights = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
      const sum = weights.reduce((total, weight, i) => total + weight * Number(text.charAt(i)), 0)
      expect(kinds(text)).toEqual(sum % 11 === 0 ? ['isbn', 'shop-serial'] : ['shop-serial'])
    }))
  })

  it('is one thing where only its name is double: a book and its EAN', () => {
    expect(look('9780306406157').readings).toMatchObject([
      { kind: 'gtin-13', gtin14: '09780306406157', fields: { isbn10: '0306406152' } },
    ])
  })

  it('puts the device first where the field asks for one', () => {
    const fourteen = '35209900176148'
    expect(look(fourteen, 'keyboard', { imeiExpected: true }).readings[0]).toMatchObject({
      kind: 'imei', key: { value: '352099001761481' }, doubts: [{ kind: 'NO_CHECK_DIGIT' }],
    })
  })

  it('warns where a number means something in this shop only', () => {
    expect(look('2112233789657').readings[0]?.doubts).toEqual([{ kind: 'RESTRICTED', ai: '01', detail: 'in-store' }])
    expect(look('02:1A:2B:3C:4D:5E').readings[0]?.doubts).toEqual([{ kind: 'RANDOM_MAC' }])
    expect(look('WP0ZZZ99ZTS392124').readings[0]?.doubts).toEqual([{ kind: 'VIN_CHECK' }])
  })
})

describe('whatever comes in', () => {
  it('is answered, with its bytes kept and nothing thrown', () => {
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
      fc.array(fc.constantFrom(']d2', ']E0', '01', '09521234543213', GS, '21', 'http://', '/', '(', '8'))
        .map((parts) => new TextEncoder().encode(parts.join(''))),
    )
    const channels = fc.constantFrom<IdentityChannel>('scanner', 'rfid', 'keyboard', 'nfc', 'camera')
    fc.assert(fc.property(anyBytes, channels, (bytes, channel) => {
      const found = identify({ bytes, channel, config })
      if (!found.card) expect(found.raw?.hex).toBe(Buffer.from(bytes).toString('hex'))
    }), { numRuns: 1_500 })
  })

  it.each(LONG_PIECES)('is answered, however often %j is said', (piece) => {
    const text = piece.repeat(200_000 / piece.length)
    for (const before of ['', ']d2', 'https://x.example/']) expect(look(before + text).readings).toBeInstanceOf(Array)
  })

  it('comes back out of JSON as it went in', () => {
    const found = look(']d20109521234543213310300123421S1')
    expect(JSON.parse(JSON.stringify(found))).toEqual(found)
  })
})

describe('a clerk searches for a serial', () => {
  it('finds it in spite of case, blanks, look-alikes and the carton', () => {
    expect(matchKey('sn-o0l2', 'loose')).toBe(matchKey('SN 00L2', 'loose'))
    expect(matchKey('8B5S', 'ocr')).toBe(matchKey('B85S', 'ocr'))
    expect(matchKey('Q1I|L', 'ocr')).toBe('01111')
    expect(matchKeys('SC02X12345678', 'loose', [APPLE_CARTON_PREFIX])).toEqual(['SC02X12345678', 'C02X12345678'])
    expect(matchKeys('SHORT', 'loose', [APPLE_CARTON_PREFIX])).toEqual(['SH0RT'])
    expect(matchKeys(' - ', 'loose')).toEqual([])
  })

  it('reads weights and prices by moving digits', () => {
    expect(decimalOf('3103', '001234')).toBe('1.234')
    expect(decimalOf('3100', '000012')).toBe('12')
    expect(decimalOf('3922', '1999')).toBe('19.99')
    expect(decimalOf('3932', '9785')).toBe('0.05')
    expect(decimalOf('21', '1234')).toBeNull()
  })
})
