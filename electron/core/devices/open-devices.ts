import type { DeviceAddress } from '../../../native/device-address.ts'
import { displayDevice, type DisplayCommand, type DisplayEvent } from '../../../native/displays/open-display.ts'
import { padDevice } from '../../../native/rfid/open-pad.ts'
import type { RfidCommand, RfidEvent } from '../../../native/rfid/reader.ts'
import { hidScannerDevice, serialScannerDevice, ssiScannerDevice } from '../../../native/scanners/open-scanner.ts'
import type { CommandFamily, ScannerCommand } from '../../../native/scanners/scanner-commands.ts'
import { serialScanner, type SerialScannerEvent } from '../../../native/scanners/serial-scanner.ts'
import { device, runs, type Device } from '../../../native/supervisor/device.ts'
import type { Transport } from '../../../native/transport.ts'
import { hid } from '../../../native/transports/hid.ts'
import { tcp } from '../../../native/transports/tcp.ts'
import { serialLine } from '../../../native/transports/usb-serial.ts'
import type { DisplaySetting, PadSetting, ScannerSetting } from './device-settings.ts'
import type { PracticeCounter } from './practice-counter.ts'

/** Vendors whose scanners understand commands on a serial line; where the setting says more, that is believed. */
const FAMILY_OF_VENDOR: Readonly<Record<number, CommandFamily>> = { 0x0c2e: 'honeywell', 0x1eab: 'newland' }

/** The scanner that a setting means, for the supervisor. */
export function scannerOf(id: string, setting: ScannerSetting, practice: PracticeCounter): Device<ScannerCommand, SerialScannerEvent> {
  const { at, type } = setting
  if (at === 'practice') return practice.scanner(id)
  if (at.line === 'hid') return hidScannerDevice(id, at.match)
  if (at.line === 'tcp') {
    const line = tcp(at.options)
    const family = type === 'ssi' ? null : type
    return device({ id, name: 'scanner', address: line.address }, () => runs(serialScanner({ family }), tcp(at.options)))
  }
  if (type === 'ssi') return ssiScannerDevice(id, at.options)
  const vendor = at.line === 'usb-serial' ? FAMILY_OF_VENDOR[at.options.vendorId] : undefined
  return serialScannerDevice(id, at.options, { family: type ?? vendor ?? null })
}

/** The pad that a setting means. Without a type the reader is asked at every opening. */
export function padOf(id: string, setting: PadSetting, practice: PracticeCounter): Device<RfidCommand, RfidEvent> {
  if (setting.at === 'practice') return practice.pad(id)
  return padDevice(id, setting.at.options, setting.family === null ? {} : { family: setting.family })
}

export const displayOf = (id: string, setting: DisplaySetting): Device<DisplayCommand, DisplayEvent> =>
  displayDevice(id, () => lineOf(setting.at), setting.dialect)

function lineOf(at: DeviceAddress): Transport {
  switch (at.line) {
    case 'serial':
    case 'usb-serial':
      return serialLine(at.options)
    case 'tcp':
      return tcp(at.options)
    case 'hid':
      return hid(at.match)
    default:
      return at satisfies never
  }
}
