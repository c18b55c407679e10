import { spawnSync } from 'node:child_process'
import { KernelNode } from './kernel-node.ts'
import type { UsbIdentity } from './usb-gadget.ts'
import { UsbGadget } from './usb-gadget.ts'

/**
 * A USB device with a serial line of its own (CDC ACM), as most scanners and pads in serial mode are. The till sees
 * /dev/ttyACM0; the device's end is /dev/ttyGS0.
 */
export class UsbSerialDevice {
  private readonly gadget: UsbGadget
  private readonly hear: (bytes: Uint8Array) => void
  private node: KernelNode | null = null
  private reads = true

  constructor(name: string, identity: UsbIdentity, hear: (bytes: Uint8Array) => void = () => {}) {
    this.gadget = new UsbGadget(name, identity, { 'acm.0': {} })
    this.hear = hear
  }

  plug(): void {
    const path = this.gadget.serialNode('acm.0')
    // The line is a terminal like any other, and would echo and translate what the till sends.
    this.node = new KernelNode(path, (bytes) => this.hear(bytes), () => (this.reads ? 8192 : 0))
    const raw = spawnSync('stty', ['-F', path, 'raw', '-echo'], { encoding: 'utf8' })
    if (raw.status !== 0) throw new Error(`stty: ${raw.stderr}`)
    this.gadget.plug()
  }

  /** Pulling the cable hangs the line up, so the device's end is opened anew at the next plugging. */
  unplug(): void {
    this.gadget.unplug()
    this.node?.close()
    this.node = null
  }

  /** False: the device takes nothing any more, and its buffer and the till's fill up. */
  setReading(reads: boolean): void {
    this.reads = reads
  }

  async say(bytes: Uint8Array | string): Promise<void> {
    await this.node?.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  }

  remove(): void {
    if (this.node !== null) this.unplug()
    this.gadget.remove()
  }
}
