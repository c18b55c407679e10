import { latin1 } from './aim.ts'
import { parseReportDescriptor, reportBytes, usageAt } from './report-descriptor.ts'

/** Where the parts of a scan lie in a report; byte 0 is the report id. */
export interface HidPosLayout {
  readonly reportId: number
  readonly size: number
  readonly length: number | null
  readonly aim: number | null
  readonly data: { readonly at: number; readonly size: number }
  readonly vendor: number | null
  readonly more: { readonly at: number; readonly bit: number } | null
}

/** Honeywell / Hand Held Products and most others: id, length, three AIM characters, 56 bytes, code id, flags. */
export const LAYOUT_A: HidPosLayout = {
  reportId: 2, size: 64, length: 1, aim: 2, data: { at: 5, size: 56 }, vendor: 61, more: { at: 63, bit: 0 },
}
/** Newer Honeywell firmware: the AIM identifier one byte later, no usable length. */
export const LAYOUT_B: HidPosLayout = {
  reportId: 2, size: 64, length: null, aim: 3, data: { at: 6, size: 56 }, vendor: null, more: { at: 63, bit: 0 },
}
/** The form without length and code id: AIM identifier, 56 bytes, one bit. */
export const LAYOUT_B_SHORT: HidPosLayout = {
  reportId: 2, size: 61, length: null, aim: 1, data: { at: 4, size: 56 }, vendor: null, more: { at: 60, bit: 0 },
}
/** Newland and the makers that build its engine in: no AIM identifier. */
export const LAYOUT_C: HidPosLayout = {
  reportId: 2, size: 64, length: 1, aim: null, data: { at: 2, size: 56 }, vendor: 62, more: { at: 63, bit: 0 },
}
/** Microscan: id 01, length, 62 bytes, nothing else. */
export const LAYOUT_D: HidPosLayout = {
  reportId: 1, size: 64, length: 1, aim: null, data: { at: 2, size: 62 }, vendor: null, more: null,
}

const BAR_CODE = 0x008c_0000
const BYTE_COUNT = 0x0001_003b
const AIM_1 = BAR_CODE + 0xfb
const DECODED_DATA = BAR_CODE + 0xfe
const CONTINUED = BAR_CODE + 0xff
const VENDOR_CODE_ID = 0xff66_0004

/** The layout that a report descriptor states by its usages; null when it has no decoded data or cannot be read. */
export function layoutOf(descriptor: Uint8Array): HidPosLayout | null {
  const parsed = parseReportDescriptor(descriptor)
  const data = parsed === null ? null : usageAt(parsed, 'input', DECODED_DATA)
  if (parsed === null || data === null || data.bit !== 0) return null
  const inSame = (usage: number) => {
    const found = usageAt(parsed, 'input', usage)
    return found?.reportId === data.reportId ? found : null
  }
  const more = inSame(CONTINUED)
  return {
    reportId: data.reportId,
    size: reportBytes(parsed, 'input', data.reportId),
    length: inSame(BYTE_COUNT)?.byte ?? null,
    aim: inSame(AIM_1)?.byte ?? null,
    data: { at: data.byte, size: data.size },
    vendor: inSame(VENDOR_CODE_ID)?.byte ?? null,
    more: more === null ? null : { at: more.byte, bit: more.bit },
  }
}

/** The layout a report's own bytes suggest, where the platform gives no descriptor; null when it is none of them. */
export function layoutByShape(report: Uint8Array): HidPosLayout | null {
  if (report[0] === LAYOUT_D.reportId) return LAYOUT_D
  if (report[0] !== LAYOUT_A.reportId) return null
  for (const layout of [LAYOUT_A, LAYOUT_B_SHORT, LAYOUT_B]) {
    if (aimAt(report, layout.aim ?? 0) !== null) return layout
  }
  return LAYOUT_C
}

/** How many bytes of a report must be there before `layoutByShape` can tell. */
export const SHAPE_BYTES = 6

export interface HidPosReport {
  readonly aim: string | null
  readonly data: Uint8Array
  readonly vendorCode: number | null
  readonly more: boolean
}

/** Reads one whole report; null when its id or its length cannot be right. */
export function parseHidPos(report: Uint8Array, layout: HidPosLayout): HidPosReport | null {
  if (report.length < layout.size || (layout.reportId !== 0 && report[0] !== layout.reportId)) return null
  const room = report.subarray(layout.data.at, layout.data.at + layout.data.size)
  const length = layout.length === null ? withoutPadding(room).length : report[layout.length]!
  if (length > room.length) return null
  const aim = layout.aim === null ? null : aimAt(report, layout.aim)
  return {
    aim,
    data: room.slice(0, length),
    vendorCode: layout.vendor === null ? null : report[layout.vendor]!,
    more: layout.more !== null && ((report[layout.more.at]! >> layout.more.bit) & 1) === 1,
  }
}

/** Makes a report as a device of this layout sends it; data beyond the report's room is refused. */
export function buildHidPos(report: HidPosReport, layout: HidPosLayout): Uint8Array {
  if (report.data.length > layout.data.size) throw new RangeError(`a report holds ${layout.data.size} bytes of data`)
  const bytes = new Uint8Array(layout.size)
  bytes[0] = layout.reportId
  if (layout.length !== null) bytes[layout.length] = report.data.length
  if (layout.aim !== null && report.aim !== null) bytes.set(new TextEncoder().encode(report.aim), layout.aim)
  bytes.set(report.data, layout.data.at)
  if (layout.vendor !== null && report.vendorCode !== null) bytes[layout.vendor] = report.vendorCode
  if (layout.more !== null && report.more) bytes[layout.more.at]! |= 1 << layout.more.bit
  return bytes
}

function aimAt(report: Uint8Array, at: number): string | null {
  const aim = latin1(report.subarray(at, at + 3))
  return /^\][A-Za-z][0-9A-Za-z]$/.test(aim) ? aim : null
}

function withoutPadding(room: Uint8Array): Uint8Array {
  let end = room.length
  while (end > 0 && room[end - 1] === 0) end--
  return room.subarray(0, end)
}
