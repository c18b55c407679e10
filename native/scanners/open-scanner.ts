import type { Device, Opening } from '../supervisor/device.ts'
import { device, runs } from '../supervisor/device.ts'
import { USAGE_PAGE } from '../supervisor/catalogue.ts'
import { TransportFault } from '../transport.ts'
import type { HidFound, HidMatch } from '../transports/hid.ts'
import { hid, listHid, readReportDescriptor } from '../transports/hid.ts'
import type { SerialOptions } from '../transports/serial.ts'
import type { UsbSerialOptions } from '../transports/usb-serial.ts'
import { serialLine } from '../transports/usb-serial.ts'
import { hidKeyboard } from './hid-keyboard.ts'
import type { HidPosCommand } from './hid-pos-commands.ts'
import { LAYOUT_C } from './hid-pos-layout.ts'
import { hidPos } from './hid-pos.ts'
import type { HidPosEvent } from './hid-pos.ts'
import { ibmOem } from './ibm-oem.ts'
import type { ScannerCommand } from './scanner-commands.ts'
import type { SerialScannerEvent, SerialScannerOptions } from './serial-scanner.ts'
import { serialScanner } from './serial-scanner.ts'
import type { SsiCommand, SsiEvent } from './zebra-ssi.ts'
import { zebraSsi } from './zebra-ssi.ts'

const HONEYWELL = 0x0c2e
const NEWLAND = 0x1eab
/** Honeywell's composite scanners send to their HID POS interface only after this; others refuse it. */
const ROUTE_TO_HID_POS = Uint8Array.of(0xfe, 0x01)

/** A scanner on a serial line, for the supervisor. */
export function serialScannerDevice(
  id: string,
  line: SerialOptions | UsbSerialOptions,
  options: SerialScannerOptions = {},
): Device<ScannerCommand, SerialScannerEvent> {
  const transport = serialLine(line)
  return device({ id, name: 'scanner', address: transport.address, present: () => present(transport) }, () =>
    runs(serialScanner(options), serialLine(line)),
  )
}

/** A Zebra scanner set to SSI, for the supervisor. */
export function ssiScannerDevice(id: string, line: SerialOptions | UsbSerialOptions): Device<SsiCommand, SsiEvent> {
  const transport = serialLine(line)
  return device({ id, name: 'scanner', address: transport.address, present: () => present(transport) }, () =>
    runs(zebraSsi(), serialLine(line)),
  )
}

/**
 * A scanner on USB HID, for the supervisor: looked for at each opening, its driver chosen by what is found (page 8C HID
 * POS, page FF45 IBM/OEM, else keyboard reports).
 */
export function hidScannerDevice(id: string, match: HidMatch): Device<HidPosCommand, HidPosEvent> {
  const transport = hid(match)
  return device({ id, name: 'scanner', address: transport.address, present: () => present(transport) }, () =>
    opening(match, transport.address),
  )
}

async function opening(match: HidMatch, address: string): Promise<Opening<HidPosCommand, HidPosEvent>> {
  const found = scannerInterface(await listHid(match))
  if (found === null) throw new TransportFault('not-there', `${address} is not plugged in`)
  const { path } = found
  if (found.usagePage === USAGE_PAGE.ibmOem) return runs(ibmOem(), hid({ path }))
  if (found.usagePage !== USAGE_PAGE.barCode) return runs(hidKeyboard(), hid({ path }))
  const descriptor = await readReportDescriptor(path)
  if (found.vendorId === NEWLAND) return runs(hidPos({ descriptor, layout: LAYOUT_C, family: 'newland' }), hid({ path }))
  if (found.vendorId !== HONEYWELL) return runs(hidPos({ descriptor }), hid({ path }))
  return runs(hidPos({ descriptor, family: 'honeywell' }), hid({ path }, { featureReports: [ROUTE_TO_HID_POS] }))
}

/** A composite scanner shows a keyboard beside its scanner interface: the scanner interface is the one wanted. */
function scannerInterface(found: readonly HidFound[]): HidFound | null {
  const wanted = [USAGE_PAGE.barCode, USAGE_PAGE.ibmOem]
  for (const page of wanted) {
    const interface_ = found.find((each) => each.usagePage === page)
    if (interface_ !== undefined) return interface_
  }
  return found[0] ?? null
}

function present(transport: { present?(): Promise<boolean> }): Promise<boolean> {
  return transport.present?.() ?? Promise.resolve(true)
}
