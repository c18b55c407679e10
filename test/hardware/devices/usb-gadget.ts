import { lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const GADGETS = '/sys/kernel/config/usb_gadget'
const CONTROLLERS = '/sys/class/udc'
const ENGLISH = 'strings/0x409'

export interface UsbIdentity {
  readonly vendorId: number
  readonly productId: number
  readonly maker: string
  readonly product: string
  readonly serialNumber: string
}

/** A part of a USB device: its kind and number, such as `hid.0`, `acm.0` or `printer.0`, and its settings. */
export type UsbFunctions = Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>>

const taken = new Set<string>()

/**
 * A USB device made by the kernel's gadget code on a virtual controller (dummy_hcd): it is enumerated like a real one,
 * and usbhid, cdc_acm or usblp bind to it. Plugging is giving it a controller, unplugging is taking that away.
 */
export class UsbGadget {
  private readonly dir: string
  private readonly controller: string

  constructor(name: string, identity: UsbIdentity, functions: UsbFunctions) {
    const free = readdirSync(CONTROLLERS).filter((each) => !taken.has(each)).sort()[0]
    if (free === undefined) throw new Error('every virtual USB controller is in use')
    this.controller = free
    taken.add(free)
    this.dir = join(GADGETS, name)
    const { vendorId, productId, maker, product, serialNumber } = identity
    mkdirSync(this.dir)
    this.set('idVendor', `0x${vendorId.toString(16)}`)
    this.set('idProduct', `0x${productId.toString(16)}`)
    this.set('bcdUSB', '0x0200')
    mkdirSync(join(this.dir, ENGLISH))
    this.set(`${ENGLISH}/manufacturer`, maker)
    this.set(`${ENGLISH}/product`, product)
    this.set(`${ENGLISH}/serialnumber`, serialNumber)
    mkdirSync(join(this.dir, 'configs/c.1'))
    for (const [part, settings] of Object.entries(functions)) {
      mkdirSync(join(this.dir, 'functions', part))
      for (const [key, value] of Object.entries(settings)) this.set(`functions/${part}/${key}`, value)
      symlinkSync(join(this.dir, 'functions', part), join(this.dir, 'configs/c.1', part))
    }
  }

  plug(): void {
    this.set('UDC', this.controller)
  }

  unplug(): void {
    this.set('UDC', '\n')
  }

  /** The node of the device's own end of a HID function. It is there only while the device is plugged in. */
  hidNode(part: string): string {
    const [major, minor] = readFileSync(join(this.dir, 'functions', part, 'dev'), 'utf8').trim().split(':').map(Number)
    const nodes = readdirSync('/dev').filter((name) => name.startsWith('hidg'))
    const node = nodes.find((name) => {
      const { rdev } = statSync(join('/dev', name))
      return ((rdev >> 8) & 0xfff) === major && (rdev & 0xff) === minor
    })
    if (node === undefined) throw new Error(`${part} has no node`)
    return join('/dev', node)
  }

  /** The number of a serial function's node: /dev/ttyGS0 for 0. */
  serialNode(part: string): string {
    return `/dev/ttyGS${readFileSync(join(this.dir, 'functions', part, 'port_num'), 'utf8').trim()}`
  }

  remove(): void {
    if (readFileSync(join(this.dir, 'UDC'), 'utf8').trim() !== '') this.unplug()
    const config = join(this.dir, 'configs/c.1')
    for (const name of readdirSync(config)) if (lstatSync(join(config, name)).isSymbolicLink()) unlinkSync(join(config, name))
    rmdirSync(config)
    for (const name of readdirSync(join(this.dir, 'functions'))) rmdirSync(join(this.dir, 'functions', name))
    rmdirSync(join(this.dir, ENGLISH))
    rmdirSync(this.dir)
    taken.delete(this.controller)
  }

  private set(file: string, value: string | Uint8Array): void {
    writeFileSync(join(this.dir, file), value)
  }
}
