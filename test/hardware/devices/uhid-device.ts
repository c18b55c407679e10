import { KernelNode } from './kernel-node.ts'

/** Kinds of records on /dev/uhid, from the kernel's `linux/uhid.h`. */
const DESTROY = 1
const OUTPUT = 6
const GET_REPORT = 9
const GET_REPORT_REPLY = 10
const CREATE = 11
const INPUT = 12
const SET_REPORT = 13
const SET_REPORT_REPLY = 14

const NAME_AT = 4
const UNIQUE_AT = 196
const SIZE_AT = 260
const DESCRIPTOR_AT = 280
/** Behind the longest possible report in an output record. */
const OUTPUT_SIZE_AT = 4100
const BUS_USB = 3
const NO_SUCH_REPORT = 5

export interface HidIdentity {
  readonly name: string
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber: string
  readonly descriptor: Uint8Array
}

/**
 * A HID device that the kernel takes for a real one: /dev/uhid brings it to hid-core, hidraw and udev without a cable.
 * It has no USB parent, so nothing tells of its plugging but the list of devices.
 */
export class UhidDevice {
  /** Output reports that the host sent, ids first. */
  readonly outputs: Uint8Array[] = []
  /** Feature reports that the host set, ids first. */
  readonly features: Uint8Array[] = []
  private readonly identity: HidIdentity
  private readonly node: KernelNode

  constructor(identity: HidIdentity) {
    this.identity = identity
    this.node = new KernelNode('/dev/uhid', (bytes) => this.hear(Buffer.from(bytes)))
  }

  plug(): void {
    const { name, vendorId, productId, serialNumber, descriptor } = this.identity
    const record = Buffer.alloc(DESCRIPTOR_AT + descriptor.length)
    record.writeUInt32LE(CREATE, 0)
    record.write(name, NAME_AT, 127)
    record.write(serialNumber, UNIQUE_AT, 63)
    record.writeUInt16LE(descriptor.length, SIZE_AT)
    record.writeUInt16LE(BUS_USB, SIZE_AT + 2)
    record.writeUInt32LE(vendorId, SIZE_AT + 4)
    record.writeUInt32LE(productId, SIZE_AT + 8)
    record.set(descriptor, DESCRIPTOR_AT)
    this.node.writeNow(record)
  }

  unplug(): void {
    this.node.writeNow(numbers(DESTROY))
  }

  /** One input report, its id first where the device numbers its reports. */
  send(report: Uint8Array): void {
    const head = Buffer.alloc(6)
    head.writeUInt32LE(INPUT, 0)
    head.writeUInt16LE(report.length, 4)
    this.node.writeNow(Buffer.concat([head, report]))
  }

  close(): void {
    this.node.close()
  }

  private hear(record: Buffer): void {
    const kind = record.readUInt32LE(0)
    if (kind === OUTPUT) this.outputs.push(Uint8Array.from(record.subarray(4, 4 + record.readUInt16LE(OUTPUT_SIZE_AT))))
    if (kind === GET_REPORT) this.node.writeNow(answer(GET_REPORT_REPLY, record.readUInt32LE(4), NO_SUCH_REPORT, 12))
    if (kind === SET_REPORT) {
      this.features.push(Uint8Array.from(record.subarray(12, 12 + record.readUInt16LE(10))))
      this.node.writeNow(answer(SET_REPORT_REPLY, record.readUInt32LE(4), 0, 10))
    }
  }
}

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4))
  return bytes
}

function answer(kind: number, id: number, error: number, size: number): Buffer {
  const bytes = Buffer.alloc(size)
  bytes.writeUInt32LE(kind, 0)
  bytes.writeUInt32LE(id, 4)
  bytes.writeUInt16LE(error, 8)
  return bytes
}
