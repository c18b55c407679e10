import type { Device } from '../supervisor/device.ts'
import { device, runs } from '../supervisor/device.ts'
import type { Clock } from '../clock.ts'
import { systemClock } from '../clock.ts'
import type { Transport } from '../transport.ts'
import { TransportFault } from '../transport.ts'
import type { SerialOptions } from '../transports/serial.ts'
import type { UsbSerialOptions } from '../transports/usb-serial.ts'
import { serialLine } from '../transports/usb-serial.ts'
import { detectReader } from './detect-reader.ts'
import { RFID_FAMILIES } from './families.ts'
import type { ReaderFamily, RfidCommand, RfidEvent } from './reader.ts'

export interface PadOptions {
  /** Which reader it is; left out, it is asked for at every opening, as another may be plugged in. */
  readonly family?: ReaderFamily
  /** What lies between; the serial line when not given. Practice mode puts a simulator here. */
  readonly transportAt?: (baud: number) => Transport
  readonly clock?: Clock
}

/** An RFID or NFC pad on a serial line, for the supervisor. The line's speed is the reader's own. */
export function padDevice(
  id: string,
  line: SerialOptions | UsbSerialOptions,
  options: PadOptions = {},
): Device<RfidCommand, RfidEvent> {
  const transportAt = options.transportAt ?? ((baud) => serialLine({ ...line, baud }))
  const { address, present } = transportAt(RFID_FAMILIES[options.family ?? 'r200'].baud)
  const about = { id, name: 'RFID pad', address }
  return device(present === undefined ? about : { ...about, present }, async () => {
    const family = options.family ?? (await detected(address, transportAt, options.clock ?? systemClock))
    const { driver, baud } = RFID_FAMILIES[family]
    return runs(driver, transportAt(baud))
  })
}

async function detected(
  address: string,
  transportAt: (baud: number) => Transport,
  clock: Clock,
): Promise<ReaderFamily> {
  const found = await detectReader(transportAt, clock)
  if (found === null) throw new TransportFault('refused', `no reader we know answers at ${address}`)
  return found.family
}
