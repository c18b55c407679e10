import { joined } from '../bytes.ts'
import { toHex, uint16 } from './hex.ts'
import { firstUri, ndefOfType2 } from './ndef.ts'
import type { Pn532Frame, Pn532Target } from './pn532-frames.ts'
import { PN532, pn532Command, pn532Shape, pn532WakeUp, readPn532Targets } from './pn532-frames.ts'
import type { OutcomeWhy, RfidEvent } from './reader.ts'
import { tagSeen } from './reader.ts'
import { converse } from './conversation.ts'
import type { Answer, Heard, Job, Request, Talk } from './talk.ts'
import { ask, DONE, MORE, only, refused } from './talk.ts'

export interface Pn532Memory {
  readonly firmware: string | null
  /** The tag whose memory is being read, and how far. */
  readonly reading: { readonly uid: string; readonly target: number; readonly bytes: Uint8Array } | null
}

/** The chip acknowledges within 15 ms, but some serial lines take a second to hand it over. */
const WAIT_MS = 1_500
const PAUSE_MS = 150
const TARGETS_MAX = 2
const TYPE_A_106 = 0x00
/** With more retries the chip would wait for a card for ever and hear no other command. */
const RETRIES = [0x05, 0xff, 0x01, 0x00]
const FIELD_ON = [0x01, 0x01]
const FIELD_OFF = [0x01, 0x00]

const READ_PAGES = 0x30
const FIRST_USER_PAGE = 4
const PAGES_PER_READ = 4
/** The largest tag of the family, NTAG216, ends at page 225. */
const USER_BYTES_MAX = 222 * 4
const ISO_DEP = 0x20

const talk: Talk<Pn532Frame, Pn532Memory> = {
  name: 'pn532',
  shape: pn532Shape,
  memory: { firmware: null, reading: null },
  field: { kind: 'rounds', pause_ms: PAUSE_MS },
  plan,
  hear,
  settings: (memory) => ({
    family: 'pn532',
    model: 'PN532',
    firmware: memory.firmware,
    power_dbm: null,
    power_max_dbm: null,
    // 13.56 MHz is the same everywhere.
    region: 'open',
    region_code: null,
    power_is_stored: false,
    region_is_stored: false,
    pushes_unasked: false,
  }),
}

/**
 * PN532 boards on a serial line: cards and tags of ISO 14443 type A. The chip does not speak ISO 15693. `read-user`
 * reads the NDEF message, of NTAG and its kin page by page, of ISO-DEP tags (such as those with one-time addresses)
 * through the NDEF application.
 */
export const pn532Hsu = converse(talk)

function plan(job: Job): readonly Request[] | null {
  switch (job.kind) {
    case 'setup':
      return [
        ask('wake', pn532WakeUp(), WAIT_MS, { command: PN532.samConfiguration }),
        say('firmware', PN532.firmware),
        say('retries', PN532.rfConfiguration, RETRIES),
        say('field', PN532.rfConfiguration, FIELD_OFF),
      ]
    case 'field':
      return job.on
        ? [say('field', PN532.rfConfiguration, FIELD_ON)]
        : [
            say('release', PN532.release, [0x00], true),
            say('field', PN532.rfConfiguration, FIELD_OFF),
          ]
    case 'round':
      return [say('list', PN532.listTargets, [TARGETS_MAX, TYPE_A_106])]
    case 'order':
      if (job.order.kind === 'read-settings') return [say('firmware', PN532.firmware)]
      if (job.order.kind !== 'read-user') return null
      return [{ ...say('find', PN532.listTargets, [TARGETS_MAX, TYPE_A_106]), epc: job.order.epc }]
    default:
      return job satisfies never
  }
}

function say(name: string, command: number, data: readonly number[] = [], optional = false): Request {
  return ask(name, pn532Command(command, data), WAIT_MS, { command, optional })
}

function hear(frame: Pn532Frame, asked: Request | null, memory: Pn532Memory): Heard<Pn532Memory> {
  switch (frame.kind) {
    case 'ack':
      return only(memory, asked === null ? null : MORE)
    case 'nack':
      return only(memory, asked === null ? null : refused('poor-contact'))
    case 'error':
      return only(memory, asked === null ? null : refused('reader-refused', 0x7f))
    case 'said':
      return frame.by === 'host' ? only(memory, null) : heardChip(frame.command - 1, frame.data, asked, memory)
    default:
      return frame satisfies never
  }
}

function heardChip(
  command: number,
  data: Uint8Array,
  asked: Request | null,
  memory: Pn532Memory,
): Heard<Pn532Memory> {
  const waited = asked !== null && asked.command === command
  if (command === PN532.listTargets) return heardTargets(data, waited ? asked : null, memory)
  if (!waited) return only(memory, null)
  switch (asked.name) {
    case 'firmware':
      return only({ ...memory, firmware: data.length < 3 ? null : `${data[1]}.${data[2]}` }, DONE)
    case 'pages':
      return heardPages(data, memory)
    case 'select-application':
    case 'select-file':
    case 'ndef-length':
    case 'ndef':
      return heardApdu(asked.name, data, memory)
    default:
      return only(memory, DONE)
  }
}

function heardTargets(data: Uint8Array, asked: Request | null, memory: Pn532Memory): Heard<Pn532Memory> {
  const targets = readPn532Targets(data)
  if (targets === null) return only(memory, asked === null ? null : refused('reader-refused'))
  const events = targets.map((target): RfidEvent => tagSeen({ uid: target.uid, stable: isStable(target.uid) }))
  if (asked?.name !== 'find') return { memory, events, answer: asked === null ? null : DONE }
  const found = targets.find((target) => target.uid === asked.epc)
  if (found === undefined) return { memory, events, answer: refused('no-tag') }
  const reading = { uid: found.uid, target: found.target, bytes: new Uint8Array() }
  return { memory: { ...memory, reading }, events, answer: { kind: 'done', next: [firstRead(found)] } }
}

/** A random UID has four bytes and begins with 08: telephones show a new one at every tap. */
function isStable(uid: string): boolean {
  return !(uid.length === 8 && uid.startsWith('08'))
}

function firstRead(target: Pn532Target): Request {
  if ((target.sak & ISO_DEP) !== 0) return apdu('select-application', target.target, SELECT_NDEF_APPLICATION)
  return readPages(target.target, 0)
}

function readPages(target: number, bytes_read: number): Request {
  const page = FIRST_USER_PAGE + Math.floor(bytes_read / 4)
  return say('pages', PN532.exchange, [target, READ_PAGES, page])
}

function heardPages(data: Uint8Array, memory: Pn532Memory): Heard<Pn532Memory> {
  const { reading } = memory
  const why = exchangeWhy(data[0])
  if (why !== null || reading === null) return only(memory, refused(why ?? 'reader-refused', data[0] ?? null))
  if (data.length !== 1 + PAGES_PER_READ * 4) return only(memory, refused('tag-refused'))
  const bytes = joined(reading.bytes, data.subarray(1))
  const ndef = ndefOfType2(bytes)
  if (ndef.kind === 'message') return messageRead(ndef.message, memory)
  if (ndef.kind === 'none' || bytes.length >= USER_BYTES_MAX) return only({ ...memory, reading: null }, DONE)
  const onward = readPages(reading.target, bytes.length)
  return only({ ...memory, reading: { ...reading, bytes } }, { kind: 'done', next: [onward] })
}

function messageRead(message: Uint8Array, memory: Pn532Memory): Heard<Pn532Memory> {
  const uid = memory.reading?.uid ?? ''
  const hex = toHex(message)
  const seen = tagSeen({ uid, userMemory: hex, url: firstUri(message), stable: isStable(uid) })
  return { memory: { ...memory, reading: null }, events: [seen], answer: { kind: 'done', bytes: hex } }
}

/** NFC Forum Type 4: select the NDEF application, its file E104, read the length, read so much. */
const SELECT_NDEF_APPLICATION = [0x00, 0xa4, 0x04, 0x00, 0x07, 0xd2, 0x76, 0x00, 0x00, 0x85, 0x01, 0x01, 0x00]
const SELECT_NDEF_FILE = [0x00, 0xa4, 0x00, 0x0c, 0x02, 0xe1, 0x04]
const READ_LENGTH = [0x00, 0xb0, 0x00, 0x00, 0x02]
/** One read carries this much; the address of an authenticated tag is half as long. */
const NDEF_BYTES_MAX = 0xf0

function apdu(name: string, target: number, bytes: readonly number[]): Request {
  return say(name, PN532.exchange, [target, ...bytes])
}

function heardApdu(name: string, data: Uint8Array, memory: Pn532Memory): Heard<Pn532Memory> {
  const { reading } = memory
  const why = exchangeWhy(data[0])
  if (why !== null || reading === null) return only(memory, refused(why ?? 'reader-refused', data[0] ?? null))
  if (data.length < 3 || uint16(data, data.length - 2) !== 0x9000) return only(memory, refused('tag-refused'))
  const body = data.subarray(1, -2)
  const go = (next: string, bytes: readonly number[]): Answer => ({
    kind: 'done',
    next: [apdu(next, reading.target, bytes)],
  })
  switch (name) {
    case 'select-application':
      return only(memory, go('select-file', SELECT_NDEF_FILE))
    case 'select-file':
      return only(memory, go('ndef-length', READ_LENGTH))
    case 'ndef-length': {
      const length = body.length < 2 ? 0 : uint16(body, 0)
      if (length === 0) return only({ ...memory, reading: null }, DONE)
      if (length > NDEF_BYTES_MAX) return only(memory, refused('memory-overrun'))
      return only(memory, go('ndef', [0x00, 0xb0, 0x00, 0x02, length]))
    }
    default:
      return messageRead(body.slice(), memory)
  }
}

/** The low six bits of an exchange's status; null when it went well. */
function exchangeWhy(status: number | undefined): OutcomeWhy | null {
  switch (status === undefined ? -1 : status & 0x3f) {
    case 0x00:
      return null
    case 0x01:
    case 0x0a:
    case 0x2b:
      return 'no-tag'
    case 0x02:
    case 0x03:
    case 0x04:
    case 0x05:
      return 'poor-contact'
    case 0x14:
      return 'password-wrong'
    default:
      return 'reader-refused'
  }
}
