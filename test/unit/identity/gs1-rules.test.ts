import { describe, expect, it } from 'vitest'
import { parseDigitalLink } from '../../../contract/identity/digital-link.ts'
import { parseCompressedLink } from '../../../contract/identity/digital-link-compressed.ts'
import { fullYear, readDate } from '../../../contract/identity/dates.ts'
import { doubtsOf } from '../../../contract/identity/doubts.ts'
import { parseElementString } from '../../../contract/identity/element-string.ts'
import { GS } from '../../../contract/identity/element.ts'
import { readKey, restrictionOf } from '../../../contract/identity/keys.ts'
import { readLink } from '../../../contract/identity/link.ts'
import { codeWords } from '../../../contract/identity/outcome.ts'
import { gsSubstituteFault, readScan } from '../../../contract/identity/scan.ts'

const GTIN = '0109521234543213'

describe('rules between fields', () => {
  it.each([
    [`${GTIN}21A${GS}8040490154203237518${GS}8041352099001761481`, 'ok'],
    [`${GTIN}8040490154203237518`, 'MISSING_AI'],
    [`${GTIN}31030012343102000123`, 'EXCLUSIVE_AI'],
    [`${GTIN}31030012343103001234`, 'ok'],
    [`${GTIN}31030012343103001235`, 'DUPLICATE_AI'],
    [`${GTIN}310300123439221999`, 'ok'],
    [`${GTIN}39221999`, 'MISSING_AI'],
    ['415952123456789980201', 'ok'],
    ['4159521234567899', 'MISSING_AI'],
    [`2539521234567899ABC${GS}8030AbC-_9`, 'ok'],
    [`2539521234567899${GS}8030AbC-_9`, 'MISSING_SERIAL'],
    [`${GTIN}21A${GS}8030Ab=C`, 'CHARSET'],
    ['8006095212345432130102', 'ok'],
    ['8006095212345432130302', 'RANGE'],
    ['80111', 'MISSING_AI'],
    [`801095212345PQ7${GS}80110123`, 'FORMAT'],
    [`${GTIN}70032512312460`, 'TIME'],
    [`${GTIN}${GS}${GS}21A`, 'UNKNOWN_AI'],
    [`${GS}${GTIN}`, 'UNKNOWN_AI'],
    [`010952123${GS}4543213`, 'LENGTH'],
    ['80131987654Ad4X4bL5ttr2310c2K', 'ok'],
    ['80131987654Ad4X4bL5ttr2310c2L', 'CHECK_DIGIT'],
    ['0001', 'LENGTH'], ['0', 'UNKNOWN_AI'], ['', 'EMPTY'], ['23', 'UNKNOWN_AI'], ['14251231', 'UNKNOWN_AI'],
  ])('%j: %s', (text, answer) => {
    const read = parseElementString(text)
    expect(read.ok ? 'ok' : read.code).toBe(answer)
  })

  it('leaves no trace of a refused label in the next one', () => {
    const good = `${GTIN}21A`
    const refused = [`${GTIN}21A${GS}21B`, `${GTIN}375`, `${GTIN}21A${GS}235B`, '21A', `${GTIN}31030012343102000123`]
    for (const bad of refused) {
      expect(parseElementString(bad).ok).toBe(false)
      expect(parseElementString(good).ok).toBe(true)
    }
  })

  it('has words for every code', () => {
    expect(Object.values(codeWords).every((words) => words.endsWith('.'))).toBe(true)
    expect(Object.keys(codeWords)).toHaveLength(41)
  })
})

describe('a scan says how it is to be read', () => {
  it('adds the fields of a composite component to the EAN below it', () => {
    expect(readScan(']E09521234543213|]e010LOT7\u001d17251231')).toMatchObject({
      ok: true, elements: [['01', '09521234543213'], ['10', 'LOT7'], ['17', '251231']],
    })
    expect(readScan(']E09521234543213|]e0375')).toMatchObject({ ok: false, code: 'EXCLUSIVE_AI' })
  })

  it('takes a carton for a GTIN only if its digit fits', () => {
    expect(readScan(']I080614141123458')).toMatchObject({ ok: true, elements: [['01', '80614141123458']] })
    expect(readScan(']I080614141123459')).toMatchObject({ ok: true, text: '80614141123459' })
  })

  it('says why an address in a plain symbol is no Digital Link', () => {
    expect(readScan(']Q1https://b.example/01/09521234543214')).toMatchObject({ ok: true, linkFault: 'CHECK_DIGIT' })
    expect(readScan(']Q3https://b.example/01/09521234543213').ok).toBe(false)
  })

  it('refuses a stand-in for the separator that serials may contain', () => {
    expect(['|', '^', '~', '@', '#', '$', '{GS}', '\u001d'].map(gsSubstituteFault)).toEqual(Array(8).fill(null))
    expect(['', '-', 'GS', '%', '.'].map(gsSubstituteFault)).toEqual(['EMPTY', ...Array(4).fill('CHARSET')])
  })
})

describe('addresses', () => {
  it.each([
    ['https://x.example/01/09521234543213?17=251231&17=251231', 'DUPLICATE_AI'],
    ['https://x.example/01/09521234543213?9999=1', 'UNKNOWN_AI'],
    ['https://x.example/01/09521234543213?17=', 'EMPTY'],
    ['https://x.example/01/09521234543213/21/%C3%A9', 'CHARSET'],
    ['https://x.example/01/09521234543213/21/%00', 'CHARSET'],
    ['https://x.example/01/09521234543213?8040=490154203237518', 'DL_ATTR'],
    ['https://x.example/01/09521234543213?99=a+b', 'CHARSET'],
    ['https://x.example/01/09521234543213/10/L/235/T', 'DL_PATH_ORDER'],
    ['https://x.example/415/9521234567899', 'MISSING_AI'],
    ['https://id.gs1.org@evil.example/01/09521234543213', 'URI_DOMAIN'],
    ['https:///01/09521234543213', 'URI_DOMAIN'],
    ['Https://x.example/01/09521234543213', 'URI_SCHEME'],
    ['javascript:alert(1)//01/09521234543213', 'URI_SCHEME'],
    ['https://x.example/01/09521234543213/21/\u00e9', 'URI_CHARSET'],
    ['', 'EMPTY'],
  ])('%s: %s', (uri, code) => {
    expect(parseDigitalLink(uri)).toMatchObject({ ok: false, code })
  })

  it('says where it was lenient', () => {
    const short = parseDigitalLink('https://x.example/01/95010939', { allowShortGtin: true })
    expect(short).toMatchObject({ ok: true, elements: [['01', '00000095010939']], doubts: [{ kind: 'SHORT_GTIN' }] })
    expect(parseDigitalLink('https://x.example/01/09521234543213/21/100%')).toMatchObject({
      ok: true, elements: [['01', '09521234543213'], ['21', '100%']], doubts: [{ kind: 'LOOSE_PERCENT' }],
    })
  })

  it('reads packed ones, and shows a plain address as nothing else', () => {
    expect(readLink('https://id.gs1.org/DBFRq5sE2gowOQ')).toMatchObject({ ok: true, form: 'compressed' })
    expect(readLink('https://x.example/eh3074257bf7194e4000001a85')).toMatchObject({
      ok: true, form: 'epcb', elements: [['01', '80614141123458'], ['21', '6789']],
    })
    expect(readLink('https://x.example/products/watches')).toMatchObject({ ok: false, code: 'DL_NO_KEY' })
    for (const segment of ['DBFRq5sE2gowOR', 'DBFRq5sE2gow', 'FFFF', 'A', '____', '9999AAAA']) {
      expect(parseCompressedLink(`https://id.gs1.org/${segment}`).ok, segment).toBe(false)
    }
  })
})

describe('dates', () => {
  it('stand in the century that lies nearest', () => {
    expect([77, 76, 26, 0].map((year) => fullYear(year, 2026))).toEqual([1977, 2076, 2026, 2000])
    expect([0, 10, 40, 99].map((year) => fullYear(year, 2060))).toEqual([2100, 2110, 2040, 2099])
    expect([51, 49, 99].map((year) => fullYear(year, 1999))).toEqual([1951, 2049, 1999])
  })

  it('have times and ends', () => {
    expect(readDate('7003', '2603011530', '2026-03-02'))
      .toMatchObject({ date: '2026-03-01', time: '15:30', expired: true })
    expect(readDate('7007', '260301260304', '2026-03-02')).toMatchObject({ date: '2026-03-01', until: '2026-03-04' })
    expect(readDate('8008', '26030107', '2026-03-02')).toMatchObject({ date: '2026-03-01', time: '07:00' })
    expect(readDate('8008', '260301075960', '2026-03-02')).toMatchObject({ code: 'TIME' })
    expect(readDate('7006', '260300', '2026-03-02')).toMatchObject({ code: 'DATE' })
    expect(readDate('21', '260300', '2026-03-02')).toMatchObject({ code: 'UNKNOWN_AI' })
    expect(readDate('17', '000229', '2060-01-01')).toMatchObject({ code: 'DATE' })
  })
})

describe('numbers that are no product of the world', () => {
  it.each([
    ['02112233789657', 'in-store'], ['00211223378965', 'in-store'], ['00412345678903', 'company-internal'],
    ['00001234567895', 'company-internal'], ['09771234567898', 'serial-publication'],
    ['09801234567894', 'refund-receipt'], ['09812345678903', 'coupon'], ['09912345678902', 'coupon'],
    ['00000020000004', 'in-store'],
    ['09521234543213', null], ['80614141123458', null], ['00000095010939', null],
  ])('%s: %s', (gtin14, restriction) => {
    expect(restrictionOf(gtin14)).toBe(restriction)
  })

  it('refuses keys with anything around them', () => {
    expect(readKey('GTIN-13', ' 9521234543213')).toMatchObject({ code: 'CHARSET' })
    expect(readKey('GRAI', '19521234543213')).toMatchObject({ code: 'FORMAT' })
    expect(readKey('ITIP', '095212345432130102')).toMatchObject({ ok: true })
    expect(readKey('GMN', '1987654Ad4X4bL5ttr2310c2K')).toMatchObject({ ok: true })
    expect(readKey('nothing', '1')).toMatchObject({ code: 'SCHEME' })
    expect(readKey('constructor', '1')).toMatchObject({ code: 'SCHEME' })
  })

  it('doubts what cannot be right in lists that age', () => {
    expect(doubtsOf([['8007', 'DE89370400440532013000'], ['7252', '3'], ['8040', '490154203237519']])).toEqual([
      { kind: 'CODE_LIST', ai: '7252', detail: 'iso5218' }, { kind: 'IMEI_CHECK', ai: '8040' },
    ])
    expect(doubtsOf([['8007', 'DE89370400440532013001'], ['4309', '19000000003600000000']])).toEqual([
      { kind: 'CODE_LIST', ai: '8007', detail: 'iban' }, { kind: 'CODE_LIST', ai: '4309', detail: 'latitude' },
    ])
  })
})
