import { describe, expect, it } from 'vitest'
import { parseDeviceAddress } from '../../../native/device-address.ts'
import { hidAddress } from '../../../native/transports/hid.ts'

describe('where a device is', () => {
  it.each([
    ['serial:/dev/ttyACM0', { line: 'serial', options: { path: '/dev/ttyACM0' } }],
    ['serial:COM3@115200', { line: 'serial', options: { path: 'COM3', baud: 115_200 } }],
    ['serial:usb:0403:6001', { line: 'usb-serial', options: { vendorId: 0x0403, productId: 0x6001 } }],
    [
      'serial:usb:0403:6001#FT 1@57600',
      { line: 'usb-serial', options: { vendorId: 0x0403, productId: 0x6001, serialNumber: 'FT 1', baud: 57_600 } },
    ],
    ['hid:0c2e:0b8f', { line: 'hid', match: { vendorId: 0x0c2e, productId: 0x0b8f } }],
    ['hid:0C2E:0B8F#A 1', { line: 'hid', match: { vendorId: 0x0c2e, productId: 0x0b8f, serialNumber: 'A 1' } }],
    ['hid:/dev/hidraw3', { line: 'hid', match: { path: '/dev/hidraw3' } }],
    ['tcp://printer.shop:9100', { line: 'tcp', options: { host: 'printer.shop', port: 9100 } }],
    ['tcp://[::1]:20007/', { line: 'tcp', options: { host: '::1', port: 20_007 } }],
  ])('reads %s', (address, read) => {
    expect(parseDeviceAddress(address)).toEqual(read)
  })

  it.each([
    '', 'serial:', 'serial:/dev/ttyACM0@fast', 'serial:/dev/ttyACM0@0', 'serial:/dev/ttyACM0@9999999', 'hid:c2e:b8f',
    'hid:/etc/passwd', 'tcp://printer', 'tcp://printer:0', 'tcp://printer:70000', 'tcp://a@b:1', 'usb:1',
    'serial:usb:1', 'serial:usb:0403:6001@1',
  ])('refuses %j and does not guess', (address) => {
    expect(parseDeviceAddress(address)).toBeNull()
  })

  it('writes an address that it can read', () => {
    const match = { vendorId: 0x1eab, productId: 0x1d10, serialNumber: 'SN#7' }
    expect(parseDeviceAddress(hidAddress(match))).toEqual({ line: 'hid', match })
  })
})
