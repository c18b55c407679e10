import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanOf, splitAim, symbologyOf } from '../../../native/scanners/aim.ts'

const text = (written: string) => new TextEncoder().encode(written)

describe('the identifier in front of a scan', () => {
  it.each([
    [']E0', 13, 'ean13'], [']E0', 12, 'upca'], [']E0', 8, 'upce'], [']E0', 15, 'ean-with-addon'], [']E4', 8, 'ean8'],
    [']C0', 9, 'code128'], [']C1', 30, 'gs1-128'], [']d1', 9, 'datamatrix'], [']d2', 30, 'gs1-datamatrix'],
    [']Q1', 9, 'qr'], [']Q3', 30, 'gs1-qr'], [']e0', 30, 'gs1-databar'], [']z1', 30, 'gs1-aztec'], [']I1', 14, 'itf'],
    [']Xk', 8, 'upce'], [']X7', 8, null],
  ])('%s with %i characters is %s', (aim, length, symbology) => {
    expect(symbologyOf(aim, length)).toBe(symbology)
  })

  it('is split off, and a text that only begins with a bracket keeps it', () => {
    expect(scanOf(text(']d2010950110153000321SN1'))).toMatchObject({ aim: ']d2', text: '010950110153000321SN1' })
    expect(scanOf(text(']'))).toMatchObject({ aim: null, text: ']' })
    expect(scanOf(text(']]]]'))).toMatchObject({ aim: null, text: ']]]]' })
    expect(scanOf(text('SN]C1'))).toMatchObject({ aim: null, text: 'SN]C1' })
  })

  it('loses no byte, whether the scanner sends UTF-8 or Latin-1', () => {
    expect(scanOf(text('GERÄT')).text).toBe('GERÄT')
    expect(scanOf(Uint8Array.of(0x47, 0xc4, 0x54)).text).toBe('GÄT')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const scan = scanOf(bytes)
        expect(scan.raw).toEqual(bytes)
        const { data } = splitAim(bytes)
        const utf8 = text(scan.text)
        const latin = Uint8Array.from(scan.text, (character) => character.charCodeAt(0))
        expect([[...utf8].join(), [...latin].join()]).toContain([...data].join())
      }),
    )
  })
})
