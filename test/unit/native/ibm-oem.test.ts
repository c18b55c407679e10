import { describe, expect, it } from 'vitest'
import { scanOf } from '../../../native/scanners/aim.ts'
import { ibmOem } from '../../../native/scanners/ibm-oem.ts'
import { readDeviceVectors } from '../../support/device-vectors.ts'
import { Desk, fromHex } from '../../support/drivers/desk.ts'
import { driverLaws } from '../../support/drivers/laws.ts'

const text = (written: string) => new TextEncoder().encode(written)
const frame = (id: string) => fromHex(readDeviceVectors().find((each) => each.id === id)!.hex)
/** As the device sends it: a report of 64 bytes. */
const report = (bytes: Uint8Array) => Uint8Array.from({ length: 64 }, (_, index) => bytes[index] ?? 0)

driverLaws(
  ibmOem(),
  [
    { name: 'a Code 39', bytes: report(frame('ibm-hh-003')), events: [scanOf(text('D12MAR19'), 'code39')] },
    { name: 'an EAN of bare numbers', bytes: report(frame('ibm-hh-006')), events: [scanOf(text('3574661404264'), 'ean13')] },
    { name: 'a frame without filling', bytes: frame('ibm-hh-009'), events: [scanOf(text('ABC 123456789'), 'datamatrix')] },
  ],
  { recovers: 'next', held_max: 128 },
)

describe('a scanner in IBM/OEM mode', () => {
  it('turns bare numbers into digits for UPC and EAN only, so that a separator in a DataMatrix stays one', () => {
    const data = [...text('21SN1'), 0x1d, ...text('10LOT')]
    const bytes = Uint8Array.of(data.length + 7, 0x10, 0x03, 0x00, ...data, 0x00, 0x32, 0x0b)
    const desk = new Desk(ibmOem()).open().bytes(report(bytes))
    expect(desk.events).toMatchObject([{ kind: 'scan', text: '21SN1\u001d10LOT', symbology: 'datamatrix' }])
  })

  it('hands on a scan whose type is not published, without a symbology', () => {
    const desk = new Desk(ibmOem()).open().bytes(report(Uint8Array.of(9, 0x10, 3, 0, 0x51, 0x52, 0, 0x77, 0x0b)))
    expect(desk.events).toMatchObject([{ kind: 'scan', text: 'QR', symbology: null }])
  })

  it('tells of reports that are something else', () => {
    const desk = new Desk(ibmOem()).open().bytes(report(Uint8Array.of(0x40, 0x55, 0x66)))
    expect(desk.events).toMatchObject([{ kind: 'garbled' }])
  })
})
