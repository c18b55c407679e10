import { toHex } from './hex.ts'
import { BANK, epcWrite, gen2Why, passwordOf, TID_WORDS } from './gen2.ts'
import type { Order, OutcomeWhy, ReaderFault, Region, RfidEvent } from './reader.ts'
import { tagSeen } from './reader.ts'
import { converse } from './conversation.ts'
import type { Answer, Heard, Job, Manner, Request, Talk } from './talk.ts'
import { ask, DONE, MORE, only, refused } from './talk.ts'
import type { Uhf18Dialect, Uhf18Frame, Uhf18Info } from './uhf18-frames.ts'
import {
  EVERY_ADDRESS,
  readUhf18Info,
  readUhf18Inventory,
  UHF18,
  uhf18Bodies,
  uhf18Command,
  uhf18Shape,
} from './uhf18-frames.ts'

export interface Uhf18Memory {
  /** FF until the reader has told its own. */
  readonly address: number
  readonly info: Uhf18Info | null
  /** The work mode's parameters as read, so that answer mode keeps the ones it does not mean to change. */
  readonly work_mode: Uint8Array | null
}

/** Type 86 readers may be set to report tags unasked; the others answer only. */
const TYPE_86 = 0x86
const TYPE_NAMES: Readonly<Record<number, string>> = {
  0x03: 'RU5102',
  0x08: 'RU5102',
  0x09: 'UHFReader18',
  0x0c: 'UHFReader288M',
  0x0f: 'MU903',
  0x10: 'MU904',
}
const TYPES_288M = new Set([0x0c])

const BANDS: Readonly<Record<number, Region>> = { 0x1: 'cn', 0x2: 'us', 0x3: 'kr', 0x4: 'eu', 0x8: 'cn800', 0xc: 'us' }
/** Only the European band's two bytes (865.1 to 867.9 MHz, indexes 0 to 14) are documented as a frame. */
const EU_BAND = [0x4e, 0x00]

const WAIT_MS = 500
const SCAN_MS = 2_000
/** A short rest between two inventories keeps the reader cool and leaves the line to orders. */
const PAUSE_MS = 30
/** Where the kept work mode parameters stand in the answer: behind four wiegand bytes and the read mode. */
const WORK_MODE_READ_MODE = 4
const WORK_MODE_KEPT = [5, 10] as const

const talk: Talk<Uhf18Frame, Uhf18Memory> = {
  name: 'uhf18',
  shape: uhf18Shape,
  memory: { address: EVERY_ADDRESS, info: null, work_mode: null },
  field: { kind: 'rounds', pause_ms: PAUSE_MS },
  plan,
  hear,
  settings: (memory) => ({
    family: 'uhf18',
    model: modelOf(memory.info),
    firmware: memory.info?.firmware ?? null,
    power_dbm: memory.info?.power_dbm ?? null,
    power_max_dbm: null,
    region: BANDS[memory.info?.band ?? 0] ?? 'unknown',
    region_code: memory.info?.band ?? null,
    power_is_stored: true,
    region_is_stored: true,
    pushes_unasked: pushes(memory),
  }),
}

/** Chafon and kin, 18-type and 288M; the reader's type is asked first, since the two number their tags differently. */
export const uhfReader18 = converse(talk)

function plan(job: Job, memory: Uhf18Memory): readonly Request[] | null {
  const say = sayer(memory)
  switch (job.kind) {
    case 'setup':
      return [ask('info', uhf18Command(EVERY_ADDRESS, UHF18.readerInfo), WAIT_MS, { command: UHF18.readerInfo })]
    case 'field':
      return []
    case 'round':
      return [say('inventory', UHF18.inventory)]
    case 'order':
      return planOrder(job.order, memory, say)
    default:
      return job satisfies never
  }
}

type Say = ReturnType<typeof sayer>

/** Orders at a tag may take the reader's whole scan time before it answers. */
function sayer(memory: Uhf18Memory) {
  return (name: string, command: number, body: readonly number[] = [], manner: Manner = {}) =>
    ask(name, uhf18Command(memory.address, command, body), (memory.info?.scan_ms ?? SCAN_MS) + WAIT_MS, {
      ...manner,
      command,
    })
}

function planOrder(order: Order, memory: Uhf18Memory, say: Say): readonly Request[] | null {
  const again = say('info', UHF18.readerInfo)
  const deed = (command: number, body: readonly number[]) => [say('at-tag', command, body, { deed: true })]
  switch (order.kind) {
    case 'read-settings':
      return [again]
    case 'read-tid':
      return [say('read', UHF18.read, uhf18Bodies.read(order.epc, BANK.tid, 0, TID_WORDS, passwordOf(order)))]
    case 'read-user':
      return [say('read', UHF18.read, uhf18Bodies.read(order.epc, BANK.user, 0, order.words, passwordOf(order)))]
    case 'write-epc': {
      const { address, written } = epcWrite(order.epc, order.to)
      return deed(UHF18.write, uhf18Bodies.write(order.epc, BANK.epc, address, written, passwordOf(order)))
    }
    case 'lock':
      return deed(UHF18.lock, uhf18Bodies.lock(order.epc, order.field, order.action, passwordOf(order)))
    case 'kill':
      return deed(UHF18.kill, uhf18Bodies.kill(order.epc, order.password))
    case 'set-power':
      return [say('set', UHF18.setPower, [Math.round(order.power_dbm)], { deed: true }), again]
    case 'set-region':
      return order.region === 'eu' ? [say('set', UHF18.setFrequency, EU_BAND, { deed: true }), again] : null
    case 'set-answer-mode': {
      const kept = memory.work_mode?.slice(...WORK_MODE_KEPT)
      if (memory.info?.type !== TYPE_86 || kept?.length !== 5) return null
      return [say('set', UHF18.setWorkMode, [0, ...kept], { deed: true }), say('work-mode', UHF18.getWorkMode)]
    }
    case 'set-eas':
      return null
    case 'feedback':
      return [say('set', UHF18.feedback, order.as === 'good' ? [1, 1, 1] : [1, 1, 3])]
    default:
      return order satisfies never
  }
}

function hear(frame: Uhf18Frame, asked: Request | null, memory: Uhf18Memory): Heard<Uhf18Memory> {
  const status = frame.body[0]
  if (status === undefined) return only(memory, null)
  const data = frame.body.subarray(1)
  if (frame.command === UHF18.inventory || frame.command === UHF18.singleTag)
    return heardInventory(status, data, asked, memory)
  if (frame.command === UHF18.pushed) return { memory, events: pushedTags(status, data), answer: null }
  if (asked === null || asked.command !== frame.command) return only(memory, null)
  if (asked.name === 'info') return heardInfo(frame, data, memory)
  if (asked.name === 'work-mode') return heardWorkMode(data, memory)
  if (status !== 0) return only(memory, refusal(status, data))
  return only(memory, asked.name === 'read' ? { kind: 'done', bytes: toHex(data) } : DONE)
}

function heardInfo(frame: Uhf18Frame, data: Uint8Array, before: Uhf18Memory): Heard<Uhf18Memory> {
  const info = readUhf18Info(data)
  if (info === null) return only(before, refused('reader-refused'))
  const memory = { ...before, address: frame.address, info }
  if (info.type !== TYPE_86 || before.work_mode !== null) return only(memory, DONE)
  return only(memory, { kind: 'done', next: [sayer(memory)('work-mode', UHF18.getWorkMode, [], { optional: true })] })
}

function heardWorkMode(data: Uint8Array, before: Uhf18Memory): Heard<Uhf18Memory> {
  const memory = { ...before, work_mode: data.slice() }
  return { memory, events: pushes(memory) ? [fault('pushes-unasked', null)] : [], answer: DONE }
}

/** 01 to 04 carry tags, 03 announces more; FB is an empty field. */
function heardInventory(
  status: number,
  data: Uint8Array,
  asked: Request | null,
  memory: Uhf18Memory,
): Heard<Uhf18Memory> {
  const waited = asked?.name === 'inventory'
  if (status === 0xf8) return { memory, events: [fault('antenna-missing', status)], answer: waited ? DONE : null }
  if (status > 0x04) return only(memory, waited ? refusal(status, data) : null)
  const tags = readUhf18Inventory(data, dialectOf(memory.info))
  const events = (tags ?? []).map(
    (tag): RfidEvent =>
      tagSeen({ epc: tag.epc, rssi_raw: tag.rssi_raw, antenna: antennaOf(tag.antenna_mask) }),
  )
  return { memory, events, answer: waited ? (status === 0x03 ? MORE : DONE) : null }
}

/** What pushed frames carry differs between firmwares; taken is only the plain form, an EPC of whole words. */
function pushedTags(status: number, data: Uint8Array): readonly RfidEvent[] {
  if (status !== 0 || data.length === 0 || data.length > 62 || data.length % 2 !== 0) return []
  return [tagSeen({ epc: toHex(data) })]
}

function refusal(status: number, data: Uint8Array): Answer {
  return refused(statusWhy(status, data[0] ?? 0), status)
}

function statusWhy(status: number, tagCode: number): OutcomeWhy {
  switch (status) {
    case 0x05:
      return 'password-wrong'
    case 0x0a:
    case 0x0c:
      return 'password-zero'
    case 0x09:
    case 0x0b:
      return 'tag-refused'
    case 0xfa:
      return 'poor-contact'
    case 0xfb:
      return 'no-tag'
    case 0xfc:
      return gen2Why(tagCode)
    default:
      return 'reader-refused'
  }
}

function fault(name: ReaderFault['fault'], code: number | null): ReaderFault {
  return { kind: 'fault', fault: name, code }
}

function dialectOf(info: Uhf18Info | null): Uhf18Dialect | null {
  if (info === null) return null
  return TYPES_288M.has(info.type) ? '288m' : '18'
}

function modelOf(info: Uhf18Info | null): string | null {
  if (info === null) return null
  return TYPE_NAMES[info.type] ?? `type ${info.type.toString(16).toUpperCase().padStart(2, '0')}`
}

function pushes(memory: Uhf18Memory): boolean {
  return (memory.work_mode?.[WORK_MODE_READ_MODE] ?? 0) !== 0
}

/** Antenna bits 1, 2, 4, 8 are antennas 1 to 4; several bits at once name none. */
function antennaOf(mask: number | null): number | null {
  if (mask === null || mask === 0 || (mask & (mask - 1)) !== 0) return null
  return 32 - Math.clz32(mask)
}
