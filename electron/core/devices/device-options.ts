import type { UsableRole } from '../../../contract/device-view.ts'
import {
  parseDisplay, parseLabelPrinter, parsePad, parsePrinter, parseScanner, parseTerminal,
  type DisplaySetting, type LabelPrinterSetting, type PadSetting, type PrinterSetting, type ScannerSetting, type ScreenSetting,
  type TerminalSetting,
} from './device-settings.ts'
import { devicesInSettings } from './settings-file.ts'

/** Which devices this till has. */
export interface DeviceOptions {
  readonly scanners: readonly ScannerSetting[]
  readonly pads: readonly PadSetting[]
  readonly display: DisplaySetting | ScreenSetting | null
  readonly printer: PrinterSetting | null
  readonly labelPrinter: LabelPrinterSetting | null
  /** Null: cards are taken beside the till. */
  readonly terminal: TerminalSetting | null
}

/** What the command line gives for a role; it takes the place of all that the settings file has for that role. */
export type GivenDevices = Readonly<Partial<Record<UsableRole, readonly string[]>>>

/** A device that is written wrongly, in one sentence for whoever wrote it. */
export class DeviceSettingFault extends Error {}

/** Reads all devices, the file's afresh. Throws a `DeviceSettingFault` at the first that is written wrongly. */
export function readDeviceOptions(dataDir: string, given: GivenDevices): DeviceOptions {
  const texts = (role: UsableRole): readonly string[] => given[role] ?? devicesInSettings(dataDir, role)
  const one = <Setting>(role: UsableRole, parse: (text: string) => Setting | string): Setting | null => {
    const all = texts(role).map((text) => parsed(role, parse(text)))
    if (all.length > 1) throw new DeviceSettingFault(`--${role} can be given once.`)
    return all[0] ?? null
  }
  return {
    scanners: texts('scanner').map((text) => parsed('scanner', parseScanner(text))),
    pads: texts('pad').map((text) => parsed('pad', parsePad(text))),
    display: one('display', parseDisplay),
    printer: one('printer', parsePrinter),
    labelPrinter: one('label-printer', parseLabelPrinter),
    terminal: one('terminal', parseTerminal),
  }
}

function parsed<Setting>(role: UsableRole, setting: Setting | string): Setting {
  if (typeof setting === 'string') throw new DeviceSettingFault(`--${role}: ${setting}.`)
  return setting
}
