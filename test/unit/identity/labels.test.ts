import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { specOfAi } from '../../../contract/identity/ai-table.ts'
import { buildElementString, buildLabel } from '../../../contract/identity/build.ts'
import { elementsFault } from '../../../contract/identity/check-elements.ts'
import type { Element } from '../../../contract/identity/element.ts'
import { readScan } from '../../../contract/identity/scan.ts'
import { aiValue } from '../../support/arbitrary-elements.ts'
import { drawnAndScanned, literally } from '../../support/barcode-reader.ts'

const bracketed = (elements: readonly Element[]) => elements.map(([ai, value]) => `(${ai})${literally(value)}`).join('')

/** What shops print: a GTIN with a serial and some of lot, dates, count, weight, further numbers. */
const RETAIL_AIS = ['10', '11', '13', '15', '17', '22', '240', '241', '250', '400', '3103', '3920', '7003', '99']

const retailElements: fc.Arbitrary<readonly Element[]> = fc
  .subarray(RETAIL_AIS, { minLength: 0, maxLength: 3 })
  .chain((ais) => {
    const all = ['01', '21', ...ais]
    return fc.tuple(...all.map((ai) => aiValue(specOfAi(ai)!).map((value): Element => [ai, value])))
  })
  .filter((elements) => elementsFault(elements) === null && buildElementString(elements).length <= 48)

describe('labels drawn by bwip-js and read back by ZXing', () => {
  for (const [bcid, symbology] of [
    ['gs1datamatrix', 'GS1 DataMatrix'], ['gs1qrcode', 'GS1 QR Code'], ['gs1-128', 'GS1-128'],
  ] as const) {
    it(`carry the same elements on ${symbology}`, async () => {
      // In a GS1 QR code, bwip-js doubles `%` even where it encodes bytes, and ZXing rightly reads two of them there.
      const drawable = retailElements.filter((elements) => bcid !== 'gs1qrcode' || !bracketed(elements).includes('%'))
      for (const elements of fc.sample(drawable, { seed: 20_261_122, numRuns: 12 })) {
        const scan = await drawnAndScanned({ bcid, text: bracketed(elements) })
        expect(scan, bracketed(elements)).not.toBeNull()
        expect(readScan(scan!)).toMatchObject({ ok: true, symbology, elements })
        // The encoder starts with the same bytes as ours after the AIM identifier.
        expect(scan!.slice(3)).toBe(buildElementString(elements))
      }
    })
  }

  it('carry a Digital Link in a plain QR code', async () => {
    const elements: Element[] = [['01', '09521234543213'], ['10', 'LOT1'], ['21', 'S/1'], ['17', '251231']]
    const label = buildLabel(elements)
    if (!label.ok || label.digitalLink === null) throw new Error('the label was refused')
    const scan = await drawnAndScanned({ bcid: 'qrcode', text: label.digitalLink })
    expect(readScan(scan ?? '')).toMatchObject({ ok: true, symbology: 'QR Code', elements })
  })

  it('name the product on the symbols of the checkout', async () => {
    const gtin = { ok: true, elements: [['01', '09521234543213']] }
    expect(readScan(await drawnAndScanned({ bcid: 'ean13', text: '9521234543213' }) ?? '')).toMatchObject(gtin)
    expect(readScan(await drawnAndScanned({ bcid: 'interleaved2of5', text: '09521234543213' }) ?? ''))
      .toMatchObject(gtin)
    expect(readScan(await drawnAndScanned({ bcid: 'ean8', text: '95010939' }) ?? ''))
      .toMatchObject({ ok: true, symbology: 'EAN-8', elements: [['01', '00000095010939']] })
    expect(readScan(await drawnAndScanned({ bcid: 'databarexpanded', text: '(01)09521234543213(3103)001234' }) ?? ''))
      .toMatchObject({ ok: true, symbology: 'GS1 DataBar', elements: [['01', '09521234543213'], ['3103', '001234']] })
    expect(readScan(await drawnAndScanned({ bcid: 'code128', text: 'SN-0001' }) ?? ''))
      .toMatchObject({ ok: true, symbology: 'Code 128', text: 'SN-0001' })
  })

  it('are refused by both where GS1 forbids them', async () => {
    const wrong: readonly (readonly Element[])[] = [
      [['01', '09521234543214']],
      [['21', 'ABC']],
      [['01', '09521234543213'], ['21', 'A'], ['235', 'B']],
      [['01', '09521234543213'], ['17', '251301']],
      [['01', '09521234543213'], ['37', '5']],
      [['01', '09521234543213'], ['21', '123456789012345678901']],
    ]
    for (const elements of wrong) {
      expect(buildLabel(elements).ok, bracketed(elements)).toBe(false)
      await expect(drawnAndScanned({ bcid: 'gs1datamatrix', text: bracketed(elements) })).rejects.toThrow(/GS1/)
    }
  })
})
