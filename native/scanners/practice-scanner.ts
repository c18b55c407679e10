import { joined } from '../bytes.ts'
import type { Device } from '../supervisor/device.ts'
import { device, runs } from '../supervisor/device.ts'
import type { Transport } from '../transport.ts'
import { TransportFault } from '../transport.ts'
import type { ScannerCommand } from './scanner-commands.ts'
import type { SerialScannerEvent } from './serial-scanner.ts'
import { serialScanner } from './serial-scanner.ts'

export interface PracticeScanner {
  readonly device: Device<ScannerCommand, SerialScannerEvent>
  /** Scans a code as a real scanner would send it: through the driver, AIM identifier in front, CR behind. */
  scan(text: string): void
  unplug(): void
  plug(): void
}

/** A scanner without hardware, for practice mode: everything but the cable is the real one. */
export function practiceScanner(id: string): PracticeScanner {
  let plugged = true
  let on: Parameters<Transport['open']>[0] | null = null
  const end = (why: string) => {
    const told = on
    on = null
    told?.gone(why)
  }
  const transport: Transport = {
    address: 'practice:scanner',
    open(listening) {
      if (!plugged) return Promise.reject(new TransportFault('not-there', 'the practice scanner is unplugged'))
      on = listening
      return Promise.resolve({
        write: () => Promise.resolve(),
        close: () => Promise.resolve(end('closed')),
      })
    },
    present: () => Promise.resolve(plugged),
  }
  const about = { id, name: 'practice scanner', address: transport.address, present: () => Promise.resolve(plugged) }
  return {
    device: device(about, () => runs(serialScanner({ framing: 'cr' }), transport)),
    scan: (text) => on?.bytes(joined(new TextEncoder().encode(text), [0x0d])),
    unplug() {
      plugged = false
      end('the practice scanner was unplugged')
    },
    plug() {
      plugged = true
    },
  }
}
