import type { Transport } from '../transport.ts'
import { TransportFault } from '../transport.ts'
import type { SerialFound } from './list-serial.ts'
import { listSerial } from './list-serial.ts'
import type { SerialOptions } from './serial.ts'
import { serial } from './serial.ts'

/** A serial device by what it is and not by the name of its port. */
export interface UsbSerialOptions extends Omit<SerialOptions, 'path'> {
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber?: string
}

/**
 * A USB serial device, looked for at each opening: after another socket or another order of plugging its port has
 * another name, and the name it had may belong to another device.
 */
export function usbSerial(
  options: UsbSerialOptions,
  list: () => Promise<readonly SerialFound[]> = listSerial,
): Transport {
  const { vendorId, productId, serialNumber, ...line } = options
  const address = usbSerialAddress(options)
  const find = async () => {
    const found = (await list()).filter(
      (each) =>
        each.vendorId === vendorId &&
        each.productId === productId &&
        (serialNumber === undefined || each.serialNumber === serialNumber),
    )
    // Two equal devices without a serial number cannot be told apart: guessing would swap the counter's two scanners.
    if (found.length > 1) throw new TransportFault('refused', `${address} fits ${found.length} devices: name one by its port`)
    return found[0] ?? null
  }
  return {
    address,
    async open(on) {
      const found = await find()
      if (found === null) throw new TransportFault('not-there', `${address} is not plugged in`)
      return serial({ ...line, path: found.path }).open(on)
    },
    present: async () => (await find()) !== null,
  }
}

/** The line of either kind of address. */
export function serialLine(place: SerialOptions | UsbSerialOptions): Transport {
  return 'path' in place ? serial(place) : usbSerial(place)
}

export function usbSerialAddress(match: Pick<UsbSerialOptions, 'vendorId' | 'productId' | 'serialNumber' | 'baud'>): string {
  const hex = (value: number) => value.toString(16).padStart(4, '0')
  const named = match.serialNumber === undefined ? '' : `#${match.serialNumber}`
  const baud = match.baud === undefined ? '' : `@${match.baud}`
  return `serial:usb:${hex(match.vendorId)}:${hex(match.productId)}${named}${baud}`
}
