import { describe, expect, it } from 'vitest'
import { byteTime, parsePrinterAddress, printerTransport } from '../../../native/printers/printer-address.ts'
import type { PrinterAddress } from '../../../native/printers/printer-address.ts'

describe('where a printer is', () => {
  it.each([
    ['tcp://10.0.0.7:9100', { kind: 'tcp', host: '10.0.0.7', port: 9100 }, 'tcp://10.0.0.7:9100'],
    ['tcp://printer.local', { kind: 'tcp', host: 'printer.local', port: 9100 }, 'tcp://printer.local:9100'],
    ['tcp://[fe80::1]:9101', { kind: 'tcp', host: 'fe80::1', port: 9101 }, 'tcp://[fe80::1]:9101'],
    ['serial:/dev/ttyUSB0', { kind: 'serial', path: '/dev/ttyUSB0', baud: 9600 }, 'serial:/dev/ttyUSB0@9600'],
    ['serial:COM3@115200', { kind: 'serial', path: 'COM3', baud: 115_200 }, 'serial:COM3@115200'],
    ['usb:/dev/usb/lp0', { kind: 'usb', path: '/dev/usb/lp0' }, 'usb:/dev/usb/lp0'],
  ] as const)('%s', (text, address, shown) => {
    expect(parsePrinterAddress(text)).toEqual(address)
    expect(printerTransport(address as PrinterAddress).address).toBe(shown)
  })

  it.each([
    ['10.0.0.7', 'a printer is given as tcp://HOST:PORT, serial:PATH@BAUD, usb:/dev/usb/lp0 or spool:NAME (Windows), not as "10.0.0.7"'],
    ['tcp://', '"tcp://" is not of the form tcp://HOST:PORT'],
    ['tcp://a:b', '"tcp://a:b" is not of the form tcp://HOST:PORT'],
    ['tcp://host:0', 'there is no port 0'],
    ['tcp://host:70000', 'there is no port 70000'],
    ['serial:', '"serial:" is not of the form serial:PATH@BAUD'],
    ['serial:COM3@9601', 'no printer runs at 9601 baud'],
    ['usb:lp0', 'a printer is given as tcp://HOST:PORT, serial:PATH@BAUD, usb:/dev/usb/lp0 or spool:NAME (Windows), not as "usb:lp0"'],
  ])('refuses %s in a sentence', (text, sentence) => {
    expect(parsePrinterAddress(text)).toBe(sentence)
  })

  it('knows how long a byte takes on a slow line', () => {
    expect(byteTime({ kind: 'serial', path: 'COM1', baud: 9600 })).toBeCloseTo(1.04, 2)
    expect(byteTime({ kind: 'tcp', host: 'a', port: 9100 })).toBeLessThan(1)
  })
})
