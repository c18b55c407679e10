import { uint16 } from './hex.ts'

/** What the memory of a Type 2 tag, read from its first user page on, tells about its NDEF message. */
export type NdefMemory =
  | { readonly kind: 'message'; readonly message: Uint8Array }
  | { readonly kind: 'more' }
  | { readonly kind: 'none' }

const TLV = { filling: 0x00, message: 0x03, end: 0xfe } as const

/** Walks the tag's type-length-value blocks (NFC Forum Type 2 tag) until the NDEF message, if there is one. */
export function ndefOfType2(memory: Uint8Array): NdefMemory {
  let at = 0
  while (at < memory.length) {
    const type = memory[at]!
    if (type === TLV.end) return { kind: 'none' }
    if (type === TLV.filling) {
      at++
      continue
    }
    if (at + 1 >= memory.length) return { kind: 'more' }
    const long = memory[at + 1] === 0xff
    if (long && at + 3 >= memory.length) return { kind: 'more' }
    const size = long ? uint16(memory, at + 2) : memory[at + 1]!
    const from = at + (long ? 4 : 2)
    if (type === TLV.message)
      return from + size <= memory.length
        ? { kind: 'message', message: memory.slice(from, from + size) }
        : { kind: 'more' }
    at = from + size
  }
  return { kind: 'more' }
}

/** What stands for the first byte of a URI record (NFC Forum URI record type definition). */
const PREFIXES = [
  '',
  'http://www.',
  'https://www.',
  'http://',
  'https://',
  'tel:',
  'mailto:',
  'ftp://anonymous:anonymous@',
  'ftp://ftp.',
  'ftps://',
  'sftp://',
  'smb://',
  'nfs://',
  'ftp://',
  'dav://',
  'news:',
  'telnet://',
  'imap:',
  'rtsp://',
  'urn:',
  'pop:',
  'sip:',
  'sips:',
  'tftp:',
  'btspp://',
  'btl2cap://',
  'btgoep://',
  'tcpobex://',
  'irdaobex://',
  'file://',
  'urn:epc:id:',
  'urn:epc:tag:',
  'urn:epc:pat:',
  'urn:epc:raw:',
  'urn:epc:',
  'urn:nfc:',
] as const

const RECORDS_MAX = 32
/** A smart poster is one message inside a record; nothing sensible goes deeper. */
const DEPTH_MAX = 2
const WELL_KNOWN = 0x01

/**
 * The first URI of an NDEF message, smart posters included; null when there is none or the message is torn. The
 * address of an authenticated tag (SUN) comes out with its one-time parameters as the tag filled them in.
 */
export function firstUri(message: Uint8Array, depth = 0): string | null {
  let at = 0
  for (let count = 0; count < RECORDS_MAX && at + 3 <= message.length; count++) {
    const record = recordAt(message, at)
    if (record === null) return null
    if (record.format === WELL_KNOWN && record.type === 'U') return uriOf(record.payload)
    if (record.format === WELL_KNOWN && record.type === 'Sp' && depth < DEPTH_MAX) {
      const inner = firstUri(record.payload, depth + 1)
      if (inner !== null) return inner
    }
    if (record.last) return null
    at = record.end
  }
  return null
}

interface NdefRecord {
  readonly format: number
  readonly type: string
  readonly payload: Uint8Array
  readonly last: boolean
  readonly end: number
}

const FLAG = { last: 0x40, chunk: 0x20, short: 0x10, id: 0x08 } as const

function recordAt(message: Uint8Array, at: number): NdefRecord | null {
  const flags = message[at]!
  if ((flags & FLAG.chunk) !== 0) return null
  const typeSize = message[at + 1]!
  const short = (flags & FLAG.short) !== 0
  const idAt = at + 2 + (short ? 1 : 4)
  const typeAt = idAt + ((flags & FLAG.id) !== 0 ? 1 : 0)
  if (typeAt > message.length) return null
  const size = short ? message[at + 2]! : uint16(message, at + 2) * 0x1_0000 + uint16(message, at + 4)
  const idSize = (flags & FLAG.id) !== 0 ? message[idAt]! : 0
  const from = typeAt + typeSize + idSize
  if (from + size > message.length) return null
  return {
    format: flags & 0x07,
    type: latin1(message.subarray(typeAt, typeAt + typeSize)),
    payload: message.subarray(from, from + size),
    last: (flags & FLAG.last) !== 0,
    end: from + size,
  }
}

function uriOf(payload: Uint8Array): string | null {
  const prefix = PREFIXES[payload[0] ?? 0xff]
  return prefix === undefined ? null : prefix + new TextDecoder().decode(payload.subarray(1))
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
