import { readdir, readFile } from 'node:fs/promises'
import { TransportFault } from '../transport.ts'

export interface SerialFound {
  readonly path: string
  readonly maker: string
  readonly vendorId: number | null
  readonly productId: number | null
  readonly serialNumber: string
}

/**
 * Serial ports with a device behind them. On Linux the `serialport` package asks `udevadm`, which may be missing, and
 * lists the ports of the mainboard whether they exist or not: there the kernel's own files are read instead.
 */
export async function listSerial(): Promise<readonly SerialFound[]> {
  if (process.platform === 'linux') return listLinuxSerial()
  const { SerialPort } = await import('serialport').catch((cause: unknown) => {
    throw new TransportFault('no-library', 'serial ports are not available: the serialport library does not load', { cause })
  })
  const ports = await SerialPort.list()
  return ports.map((port) => ({
    path: port.path,
    maker: port.manufacturer ?? '',
    vendorId: idOf(port.vendorId),
    productId: idOf(port.productId),
    serialNumber: port.serialNumber ?? '',
  }))
}

const TTY = '/sys/class/tty'

async function listLinuxSerial(): Promise<readonly SerialFound[]> {
  const names = await readdir(TTY).catch(() => [])
  const usb = names.filter((name) => /^tty(ACM|USB)\d+$/.test(name))
  return Promise.all(
    usb.map(async (name) => {
      // A CDC device hangs directly under its interface, a converter one level deeper.
      const up = name.startsWith('ttyACM') ? '..' : '../..'
      const read = (file: string) =>
        readFile(`${TTY}/${name}/device/${up}/${file}`, 'utf8').then(
          (text) => text.trim(),
          () => '',
        )
      return {
        path: `/dev/${name}`,
        maker: await read('manufacturer'),
        vendorId: idOf(await read('idVendor')),
        productId: idOf(await read('idProduct')),
        serialNumber: await read('serial'),
      }
    }),
  )
}

function idOf(hex: string | undefined): number | null {
  return hex !== undefined && /^[0-9a-f]{4}$/i.test(hex) ? Number.parseInt(hex, 16) : null
}
