import { PROFILES, PAPER_WIDTHS } from '../../../native/printers/profiles.ts'
import { readPaper, textOf } from '../../../native/simulators/printer/read-paper.ts'
import { EPSON_LIKE, SimulatedPrinter } from '../../../native/simulators/printer/simulated-printer.ts'
import { until } from '../story.ts'
import { hasCode, KernelNode } from './kernel-node.ts'
import { UsbGadget } from './usb-gadget.ts'

const EPSON = { vendorId: 0x04b8, productId: 0x0e28, maker: 'EPSON', product: 'TM-T20III', serialNumber: 'X9BENCH1' }
/** As IEEE 1284 has it, and as usblp shows it. */
const DEVICE_ID = 'MFG:EPSON;CMD:ESC/POS;MDL:TM-T20III;CLS:PRINTER;'
const INSIDE = '/dev/g_printer0'
const BUSY_BYTES = 8192

/**
 * A receipt printer on USB: the till sees /dev/usb/lp0 through usblp; inside sits the simulated printer, which answers
 * and keeps what it printed.
 */
export class UsbPrinter {
  readonly printer: SimulatedPrinter
  private gadget: UsbGadget | null = null
  private node: KernelNode | null = null
  private pace_bytes = BUSY_BYTES

  constructor() {
    this.printer = new SimulatedPrinter(EPSON_LIKE, (bytes) => void this.node?.write(bytes).catch(() => undefined))
  }

  /** Switched on and plugged in: what it had not printed is gone. Its inside opens when the host has looked at it. */
  async plug(): Promise<void> {
    this.printer.restart()
    this.printer.connected()
    // A new one each time: the kernel's printer function does not survive a second plugging in with answers under way.
    this.gadget = new UsbGadget('printer', EPSON, { 'printer.0': { pnp_string: DEVICE_ID, q_len: '10' } })
    this.gadget.plug()
    await until(() => this.open(), 'the inside of the printer')
  }

  unplug(): void {
    this.gadget?.unplug()
    this.node?.close()
    this.node = null
    this.gadget?.remove()
    this.gadget = null
  }

  /** How many bytes it takes at each look, every two milliseconds; 0: it takes nothing, as with a jammed head. */
  setPace(bytes: number | null): void {
    this.pace_bytes = bytes ?? BUSY_BYTES
  }

  text(): string {
    return textOf(readPaper(this.printer.printed, PROFILES.epson, PAPER_WIDTHS['80mm'].columns))
  }

  private open(): boolean {
    try {
      this.node = new KernelNode(INSIDE, (bytes) => this.printer.receive(bytes), () => this.pace_bytes)
      return true
    } catch (error) {
      if (hasCode(error, ['ENODEV', 'ENOENT', 'ENXIO'])) return false
      throw error
    }
  }

  remove(): void {
    if (this.gadget !== null) this.unplug()
  }
}
