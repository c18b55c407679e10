import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeviceSettingFault, readDeviceOptions } from '../../../electron/core/devices/device-options.ts'
import {
  parseDisplay, parseLabelPrinter, parsePad, parsePrinter, parseScanner,
} from '../../../electron/core/devices/device-settings.ts'
import { addToSettings, devicesInSettings, removeFromSettings } from '../../../electron/core/devices/settings-file.ts'

describe('how a device is written', () => {
  it('takes a scanner on any line, with the type behind a comma', () => {
    expect(parseScanner('serial:/dev/ttyUSB0@9600,honeywell')).toMatchObject({ type: 'honeywell', at: { line: 'serial', options: { path: '/dev/ttyUSB0', baud: 9600 } } })
    expect(parseScanner('serial:usb:05e0:1701,ssi')).toMatchObject({ type: 'ssi', at: { line: 'usb-serial', options: { vendorId: 0x05e0 } } })
    expect(parseScanner('hid:1eab:0d10')).toMatchObject({ type: null, at: { line: 'hid' } })
    expect(parseScanner('hid:/dev/hidraw3')).toMatchObject({ at: { line: 'hid', match: { path: '/dev/hidraw3' } } })
    expect(parseScanner('tcp://10.0.0.5:4001')).toMatchObject({ at: { line: 'tcp' } })
  })

  it('says in a sentence what is wrong', () => {
    for (const text of ['COM3', 'serial:/dev/ttyUSB0,magic', 'serial:/dev/ttyUSB0@9', 'hid:1eab:0d10,ssi']) expect(parseScanner(text)).toContain(text)
    expect(parsePad('tcp://10.0.0.5:4001')).toMatch(/^a pad is written/)
    expect(parseDisplay('hid:1eab:0d10')).toMatch(/^a customer display is written/)
    expect(parsePrinter('tcp://10.0.0.5?paper=letter')).toMatch(/^paper is one of/)
    expect(parsePrinter('tcp://10.0.0.5?colour=red')).toMatch(/no option "colour"/)
    expect(parseLabelPrinter('tcp://10.0.0.5?size=big')).toMatch(/^size is millimetres/)
  })

  it('takes paper, profile and drawer of a printer, and what it usually is without them', () => {
    expect(parsePrinter('tcp://10.0.0.5')).toMatchObject({ profile: 'epson', paper: '80mm', answers: true, drawerOpenWhen: null })
    expect(parsePrinter('serial:/dev/ttyS0@9600?profile=star&paper=58mm&drawer=low&answers=no')).toMatchObject({
      at: { kind: 'serial', baud: 9600 }, profile: 'star', paper: '58mm', drawerOpenWhen: 'low', answers: false,
    })
    expect(parseLabelPrinter('tcp://10.0.0.6?size=60x40&dpi=300')).toMatchObject({ language: { is: 'zpl', size: { width_mm: 60, height_mm: 40, dots_per_mm: 12 } } })
  })

  it('takes a pad with its type, or without one to be asked', () => {
    expect(parsePad('serial:/dev/ttyUSB1')).toMatchObject({ family: null })
    expect(parsePad('serial:/dev/ttyUSB1@57600,uhf18')).toMatchObject({ family: 'uhf18' })
    expect(parseDisplay('serial:/dev/ttyUSB2,epson')).toMatchObject({ dialect: 'epson' })
  })
})

describe('the settings file', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countermark-settings-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const file = (): unknown => JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))

  it('takes a device into use and out of it, and leaves everything else as it was', () => {
    writeFileSync(join(folder, 'settings.json'), '{"seat": "kiosk", "printer": "tcp://10.0.0.1"}')
    addToSettings(folder, 'scanner', 'hid:1eab:0d10')
    addToSettings(folder, 'scanner', 'serial:/dev/ttyUSB0')
    addToSettings(folder, 'scanner', 'hid:1eab:0d10')
    addToSettings(folder, 'printer', 'tcp://10.0.0.2')
    expect(file()).toEqual({ seat: 'kiosk', printer: 'tcp://10.0.0.2', scanner: ['serial:/dev/ttyUSB0', 'hid:1eab:0d10'] })
    removeFromSettings(folder, 'scanner', 'hid:1eab:0d10')
    removeFromSettings(folder, 'printer', 'tcp://10.0.0.2')
    expect(file()).toEqual({ seat: 'kiosk', scanner: 'serial:/dev/ttyUSB0' })
    expect(devicesInSettings(folder, 'scanner')).toEqual(['serial:/dev/ttyUSB0'])
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  it('gives way, role by role, to what the command line says', () => {
    addToSettings(folder, 'scanner', 'hid:1eab:0d10')
    addToSettings(folder, 'printer', 'tcp://10.0.0.2')
    const { scanners, printer } = readDeviceOptions(folder, { scanner: ['serial:/dev/ttyUSB0', 'serial:/dev/ttyUSB1'] })
    expect(scanners.map((scanner) => scanner.text)).toEqual(['serial:/dev/ttyUSB0', 'serial:/dev/ttyUSB1'])
    expect(printer?.text).toBe('tcp://10.0.0.2')
  })

  it('refuses what was written into it wrongly, naming the option', () => {
    writeFileSync(join(folder, 'settings.json'), '{"pad": "usb"}')
    expect(() => readDeviceOptions(folder, {})).toThrow(DeviceSettingFault)
    expect(() => readDeviceOptions(folder, {})).toThrow(/^--pad: a pad is written/)
  })
})
