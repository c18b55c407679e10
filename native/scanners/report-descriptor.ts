/** One main item of a HID report descriptor: a run of equal fields in one report (USB HID 1.11, section 6.2.2). */
export interface ReportField {
  readonly way: 'input' | 'output' | 'feature'
  /** 0 when the device numbers no reports. */
  readonly reportId: number
  /** Where it begins, in bits after the report id. */
  readonly bit: number
  readonly bits: number
  readonly count: number
  /** Usages in their order as `page << 16 | usage`; a constant field has none. */
  readonly usages: readonly number[]
}

export interface ReportDescriptor {
  /** The usage of the first application collection, `page << 16 | usage`. */
  readonly application: number
  readonly fields: readonly ReportField[]
}

const DESCRIPTOR_BYTES_MAX = 4096
const REPORT_BITS_MAX = 65_536
const GLOBALS_KEPT_MAX = 16
const USAGES_MAX = 256
const LONG_ITEM = 0xfe

interface Globals {
  page: number
  bits: number
  count: number
  reportId: number
}

/**
 * Reads a report descriptor as the device gives it. Null when it is cut short, nested wrongly or claims reports beyond
 * 8 KiB: then the layout has to be guessed from the reports.
 */
export function parseReportDescriptor(bytes: Uint8Array): ReportDescriptor | null {
  if (bytes.length === 0 || bytes.length > DESCRIPTOR_BYTES_MAX) return null
  const reader = new Reader()
  for (let at = 0; at < bytes.length; ) {
    const prefix = bytes[at]!
    if (prefix === LONG_ITEM) {
      at += 3 + (bytes[at + 1] ?? 0)
      continue
    }
    const size = (prefix & 3) === 3 ? 4 : prefix & 3
    if (at + 1 + size > bytes.length) return null
    let value = 0
    for (let each = size; each > 0; each--) value = value * 256 + bytes[at + each]!
    if (!reader.item(prefix & 0xfc, value, size)) return null
    at += 1 + size
  }
  return reader.finish()
}

class Reader {
  private readonly fields: ReportField[] = []
  private readonly used = new Map<string, number>()
  private readonly kept: Globals[] = []
  private globals: Globals = { page: 0, bits: 0, count: 0, reportId: 0 }
  private usages: number[] = []
  private usageFrom: number | null = null
  private depth = 0
  private application: number | null = null

  finish(): ReportDescriptor | null {
    if (this.depth !== 0 || this.application === null) return null
    return { application: this.application, fields: this.fields }
  }

  /** Takes one short item; false when it makes no sense. */
  item(tag: number, value: number, size: number): boolean {
    switch (tag) {
      case 0x04:
        this.globals.page = value
        return true
      case 0x74:
        this.globals.bits = value
        return value <= REPORT_BITS_MAX
      case 0x94:
        this.globals.count = value
        return value <= REPORT_BITS_MAX
      case 0x84:
        this.globals.reportId = value
        return value > 0 && value < 256
      case 0xa4:
        this.kept.push({ ...this.globals })
        return this.kept.length <= GLOBALS_KEPT_MAX
      case 0xb4: {
        const back = this.kept.pop()
        if (back !== undefined) this.globals = back
        return back !== undefined
      }
      case 0x08:
        return this.use(this.full(value, size))
      case 0x18:
        this.usageFrom = this.full(value, size)
        return true
      case 0x28:
        return this.useUpTo(this.full(value, size))
      case 0xa0:
        if (value === 1) this.application ??= this.usages[0] ?? 0
        this.depth++
        return this.forgetLocals()
      case 0xc0:
        this.depth--
        return this.depth >= 0 && this.forgetLocals()
      case 0x80:
        return this.field('input', value)
      case 0x90:
        return this.field('output', value)
      case 0xb0:
        return this.field('feature', value)
      default:
        // Logical and physical limits, units, strings: nothing that moves a field.
        return true
    }
  }

  /** A usage of four bytes brings its own page. */
  private full(value: number, size: number): number {
    return size === 4 ? value : this.globals.page * 0x1_0000 + value
  }

  private use(usage: number): boolean {
    this.usages.push(usage)
    return this.usages.length <= USAGES_MAX
  }

  private useUpTo(last: number): boolean {
    const first = this.usageFrom ?? last
    this.usageFrom = null
    for (let usage = first; usage <= last && this.usages.length < USAGES_MAX; usage++) this.usages.push(usage)
    return true
  }

  private field(way: ReportField['way'], flags: number): boolean {
    const { bits, count, reportId } = this.globals
    const report = `${way} ${reportId}`
    const bit = this.used.get(report) ?? 0
    if (bit + bits * count > REPORT_BITS_MAX) return false
    this.used.set(report, bit + bits * count)
    const constant = (flags & 1) === 1
    this.fields.push({ way, reportId, bit, bits, count, usages: constant ? [] : this.usages })
    return this.forgetLocals()
  }

  private forgetLocals(): true {
    this.usages = []
    this.usageFrom = null
    return true
  }
}

/** Bytes of one report, the report id included where the device numbers its reports. */
export function reportBytes(descriptor: ReportDescriptor, way: ReportField['way'], reportId: number): number {
  const fields = descriptor.fields.filter((field) => field.way === way && field.reportId === reportId)
  const bits = fields.reduce((end, field) => Math.max(end, field.bit + field.bits * field.count), 0)
  return bits === 0 ? 0 : Math.ceil(bits / 8) + (reportId === 0 ? 0 : 1)
}

/** Where a usage lies in a report: byte and bit from the report's start, id included, and how many bytes it spans. */
export function usageAt(
  descriptor: ReportDescriptor,
  way: ReportField['way'],
  usage: number,
): { readonly reportId: number; readonly byte: number; readonly bit: number; readonly size: number } | null {
  for (const field of descriptor.fields) {
    const index = field.usages.indexOf(usage)
    if (field.way !== way || index < 0) continue
    const alone = field.usages.length === 1
    const at = field.bit + index * field.bits
    const bits = alone ? field.bits * field.count : field.bits
    const byte = (at >> 3) + (field.reportId === 0 ? 0 : 1)
    return { reportId: field.reportId, byte, bit: at & 7, size: Math.ceil(bits / 8) }
  }
  return null
}
