import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanOf } from '../../../native/scanners/aim.ts'
import { hidKeyboard } from '../../../native/scanners/hid-keyboard.ts'
import { SCAN_BYTES_MAX } from '../../../native/scanners/serial-scanner.ts'
import { readDeviceVectors } from '../../support/device-vectors.ts'
import { Desk, fromHex } from '../../support/drivers/desk.ts'
import { driverLaws } from '../../support/drivers/laws.ts'
import { bootReports } from '../../support/drivers/boot-reports.ts'

const text = (written: string) => new TextEncoder().encode(written)
const ean = fromHex(readDeviceVectors().find((each) => each.id === 'hid-keyboard-001')!.hex)

driverLaws(
  hidKeyboard(),
  [
    { name: 'an EAN', bytes: ean, events: [scanOf(text('6957842208856'))] },
    { name: 'a serial', bytes: bootReports('SN-0001a\n'), events: [scanOf(text('SN-0001a'))] },
  ],
  { recovers: 'next', held_max: SCAN_BYTES_MAX },
)

describe('a keyboard scanner read below the window system', () => {
  it('P36: is read as a device although it plays a keyboard, every printable character as it was meant', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...printable()), minLength: 1, maxLength: 60 }), (code) => {
        const desk = new Desk(hidKeyboard()).open().bytes(bootReports(`${code}\n`))
        expect(desk.events).toEqual([scanOf(text(code))])
      }),
    )
  })

  it.each([
    ['Ctrl+]', '01 00 30 00 00 00 00 00 00 00 00 00 00 00 00 00'],
    ['F8', '00 00 41 00 00 00 00 00 00 00 00 00 00 00 00 00'],
    ['Alt+029', readDeviceVectors().find((each) => each.id === 'hid-keyboard-006')!.hex],
  ])('takes %s for a group separator', (_, hex) => {
    const desk = new Desk(hidKeyboard()).open()
    desk.bytes(bootReports('A')).bytes(hex).bytes(bootReports('B\n'))
    expect(desk.events).toMatchObject([{ kind: 'scan', text: 'A\u001dB' }])
  })

  it('undoes the Caps Lock that a scanner presses around its code', () => {
    const caps = '00 00 39 00 00 00 00 00 00 00 00 00 00 00 00 00'
    const desk = new Desk(hidKeyboard()).open().bytes(caps).bytes(bootReports('sn1')).bytes(caps).bytes(bootReports('\n'))
    expect(desk.events).toMatchObject([{ kind: 'scan', text: 'SN1' }])
  })

  it('ends a scan without Enter by silence, and one with Enter and Ctrl+J only once', () => {
    const desk = new Desk(hidKeyboard()).open().bytes(bootReports('SN0001')).pass(200)
    desk.bytes(bootReports('SN0002\n')).bytes('03 00 0D 00 00 00 00 00 00 00 00 00 00 00 00 00').pass(200)
    expect(desk.events).toMatchObject([{ text: 'SN0001' }, { text: 'SN0002' }])
  })

  it('reads past the report number of a composite device', () => {
    const numbered = Uint8Array.from(bootReports('SN1\n').reduce<number[]>((all, byte, at) => [...all, ...(at % 8 === 0 ? [3] : []), byte], []))
    const desk = new Desk(hidKeyboard({ reportId: 3 })).open().bytes(numbered)
    expect(desk.events).toMatchObject([{ kind: 'scan', text: 'SN1' }])
  })

  it('refuses keys without end', () => {
    const desk = new Desk(hidKeyboard()).open().bytes(bootReports('7'.repeat(20_000)))
    desk.bytes(bootReports('\nSN1\n'))
    expect(desk.events).toMatchObject([{ kind: 'garbled' }, { kind: 'scan', text: 'SN1' }])
  })
})

function printable(): string[] {
  return Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index))
}
