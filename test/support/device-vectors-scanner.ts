import { ascii, crc16Xmodem } from '../../native/bytes.ts'
import { latin1 } from '../../native/scanners/aim.ts'
import { NO_KEYS, typedBy } from '../../native/scanners/hid-keyboard.ts'
import { bitsReport, newlandReport, tunnelReport } from '../../native/scanners/hid-pos-commands.ts'
import type { HidPosLayout } from '../../native/scanners/hid-pos-layout.ts'
import { buildHidPos, LAYOUT_A, LAYOUT_C, LAYOUT_D, layoutOf, parseHidPos } from '../../native/scanners/hid-pos-layout.ts'
import { parseIbmOem } from '../../native/scanners/ibm-oem.ts'
import { parseReportDescriptor, reportBytes } from '../../native/scanners/report-descriptor.ts'
import type { CommandFamily } from '../../native/scanners/scanner-commands.ts'
import { newlandCommand, serialCommand, zoneWrite } from '../../native/scanners/scanner-commands.ts'
import { serialScanner } from '../../native/scanners/serial-scanner.ts'
import { buildSsi, parseSsi, SSI, ssiDecode } from '../../native/scanners/ssi-frames.ts'
import type { FrameFields, VectorProtocol, VectorProtocols } from './device-vector.ts'
import { Desk } from './drivers/desk.ts'

type ReportFields = {
  readonly reportId: number
  readonly len: number
  readonly data: string
  readonly aim?: string | null
  readonly vendorCode?: number | null
  readonly more?: boolean
}

function readReport(bytes: Uint8Array, layout: HidPosLayout): ReportFields | null {
  const report = bytes.length === layout.size ? parseHidPos(bytes, layout) : null
  if (report === null) return null
  return { ...report, reportId: layout.reportId, len: report.data.length, data: latin1(report.data) }
}

function writeReport(fields: ReportFields, layout: HidPosLayout): Uint8Array {
  const data = Uint8Array.from(fields.data, (character) => character.charCodeAt(0))
  const { aim = null, vendorCode = null, more = false } = fields
  return buildHidPos({ aim, data, vendorCode, more }, layout)
}

const hidpos: VectorProtocol<ReportFields> = {
  parse(bytes) {
    const [reportId = 0, second = 0] = bytes
    if (reportId === LAYOUT_A.reportId) return readReport(bytes, LAYOUT_A)
    const single = (reportId === 0x04 || reportId === 0xfe) && bytes.length === 2
    const tunnel = reportId === 0xfd && bytes.length > 2 && bytes.length <= 64
    return single || tunnel ? { reportId, len: second, data: latin1(bytes.subarray(2)) } : null
  },
  build(fields) {
    if (fields.reportId === LAYOUT_A.reportId) return writeReport(fields, LAYOUT_A)
    if (fields.reportId === 0x04) return bitsReport(fields.len)
    return fields.reportId === 0xfd ? tunnelReport(ascii(fields.data), fields.len) : Uint8Array.of(0xfe, fields.len)
  },
}

const hidposNewland: VectorProtocol<ReportFields> = {
  parse(bytes) {
    const [reportId = 0, len = 0] = bytes
    if (reportId === LAYOUT_C.reportId) return readReport(bytes, LAYOUT_C)
    if (reportId !== 0x04 || bytes.length !== 64 || len > 62) return null
    return { reportId, len, data: latin1(bytes.subarray(2, 2 + len)) }
  },
  build(fields) {
    if (fields.reportId === LAYOUT_C.reportId) return writeReport(fields, LAYOUT_C)
    return newlandReport(Uint8Array.from(fields.data, (character) => character.charCodeAt(0)))
  },
}

const hidMicroscan: VectorProtocol<ReportFields> = {
  parse: (bytes) => readReport(bytes, LAYOUT_D),
  build: (fields) => writeReport(fields, LAYOUT_D),
}

const hidDescriptor: VectorProtocol = {
  parse(bytes) {
    const descriptor = parseReportDescriptor(bytes)
    if (descriptor === null) return null
    const layout = layoutOf(bytes)
    const reportId = layout?.reportId ?? 0
    return {
      reportId,
      application: descriptor.application,
      inputBytes: reportBytes(descriptor, 'input', reportId),
      offsets: layout && {
        len: layout.length,
        aim: layout.aim,
        data: layout.data.at,
        vendor: layout.vendor,
        continued: layout.more?.at,
      },
    }
  },
}

const ibmHandHeld: VectorProtocol = {
  parse(bytes) {
    const frame = bytes.length === bytes[0] ? parseIbmOem(bytes) : null
    return frame && { data: latin1(frame.data), symbology: frame.symbology }
  },
}

const hidKeyboardReports: VectorProtocol = {
  parse(bytes) {
    let keys = NO_KEYS
    let text = ''
    for (let at = 0; at < bytes.length; at += 8) {
      const typed = typedBy(keys, bytes.subarray(at, at + 8))
      if (typed === null) return null
      keys = typed.keys
      text += typed.text
    }
    // The recorded Alt codes end with the last digit; the release that follows is an empty report.
    return { text: text + (typedBy(keys, new Uint8Array(8))?.text ?? '') }
  },
}

/** What the driver of a serial scanner makes of bytes: one scan or one reply, else the frame is refused. */
function heard(bytes: Uint8Array, family: CommandFamily | null): FrameFields | null {
  const { events } = new Desk(serialScanner({ family })).open().bytes(bytes)
  const [event] = events
  if (event === undefined || events.length > 1 || event.kind === 'garbled') return null
  return event.kind === 'scan' ? { aim: event.aim, data: event.text } : { ok: event.ok, text: event.text }
}

const serialScannerLine: VectorProtocol = {
  parse(bytes, vector) {
    if (vector.dir === 'device>host') return heard(bytes, null)
    const trigger = bytes.length === 3 && bytes[0] === 0x16 && bytes[2] === 0x0d && (bytes[1] === 0x54 || bytes[1] === 0x55)
    return trigger ? { on: bytes[1] === 0x54 } : null
  },
  build: (fields) =>
    'on' in fields ? serialCommand('honeywell', { kind: 'trigger', on: fields['on'] === true }) : null,
}

const newlandSerial: VectorProtocol<{ scope?: '@' | '#'; text?: string }> = {
  parse(bytes, vector) {
    if (vector.dir === 'device>host') return heard(bytes, 'newland')
    const command = /^0000([@#])(.+);$/.exec(latin1(bytes.subarray(2, -1)))
    if (bytes[0] !== 0x7e || bytes[1] !== 0x01 || bytes.at(-1) !== 0x03 || command === null) return null
    return { scope: command[1] === '@' ? '@' : '#', text: command[2]! }
  },
  build: ({ scope, text }) => (scope === undefined || text === undefined ? null : newlandCommand(scope, text)),
}

const gm65Serial: VectorProtocol<{ zone?: number; value?: number; check?: 'none' | 'xmodem' }> = {
  parse(bytes, vector) {
    if (vector.dir === 'device>host') return heard(bytes, 'gm65')
    if (bytes.length !== 9 || bytes[0] !== 0x7e || bytes[1] !== 0x00 || bytes[2] !== 0x08 || bytes[3] !== 1) return null
    const crc = (bytes[7]! << 8) | bytes[8]!
    if (crc !== 0xabcd && crc !== crc16Xmodem(bytes.subarray(2, 7))) return null
    return { zone: (bytes[4]! << 8) | bytes[5]!, value: bytes[6]!, check: crc === 0xabcd ? 'none' : 'xmodem' }
  },
  build: ({ zone, value, check }) => (zone === undefined || value === undefined ? null : zoneWrite(zone, value, check)),
}

type SsiFields = {
  readonly opcode: number
  readonly source: number
  readonly status: number
  readonly payload: Uint8Array
  readonly codeType?: number
  readonly data?: string
}

const ssi: VectorProtocol<SsiFields> = {
  parse(bytes) {
    const frame = parseSsi(bytes)
    if (frame === null) return null
    const { opcode, source, status, data: payload } = frame
    const decode = opcode === SSI.decodeData ? ssiDecode(payload) : null
    if (decode === null) return { opcode, source, status, payload }
    return { opcode, source, status, payload, codeType: decode.codeType, data: latin1(decode.data) }
  },
  build: ({ opcode, source, status, payload }) => buildSsi(opcode, payload, source, status),
}

export const scannerProtocols: VectorProtocols = {
  'hid-descriptor': hidDescriptor,
  'hid-keyboard': hidKeyboardReports,
  'hid-microscan': hidMicroscan,
  hidpos,
  'hidpos-newland': hidposNewland,
  'ibm-hh': ibmHandHeld,
  'gm65-serial': gm65Serial,
  'newland-serial': newlandSerial,
  'serial-scanner': serialScannerLine,
  ssi,
}
