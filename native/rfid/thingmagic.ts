import { toHex, uint16 } from './hex.ts'
import { BANK, epcWrite, gen2Why, lockBits, passwordOf, TID_WORDS } from './gen2.ts'
import type { FaultName, Order, OutcomeWhy, Region } from './reader.ts'
import { tagSeen } from './reader.ts'
import { converse } from './conversation.ts'
import type { Answer, Heard, Job, Manner, Request, Talk } from './talk.ts'
import { ask, DONE, only, pause, refused } from './talk.ts'
import type { ThingMagicReply } from './thingmagic-frames.ts'
import {
  readThingMagicTag,
  TAG_TIMEOUT_MS,
  THINGMAGIC,
  thingMagicCommand,
  thingMagicData,
  thingMagicReplies,
} from './thingmagic-frames.ts'

export interface ThingMagicMemory {
  readonly firmware: string | null
  readonly power_dbm: number | null
  readonly power_max_dbm: number | null
  readonly region_code: number | null
}

const WAIT_MS = 1_000
const START_MS = 300
const AT_TAG_MS = TAG_TIMEOUT_MS + 300
/** A module fresh from its bootloader takes this long before it listens. */
const BOOT_MS = 650
/** Records still under way come in after the stop. */
const QUIET_MS = 100
/** In continuous mode the module says something at least once a second. */
const WATCH_MS = 2_500
const GEN2 = [0x00, 0x05]
const ANTENNA_1 = [0x01, 0x01]

const STATUS = { ok: 0x0000, notAvailable: 0x0101, noTag: 0x0400, returnLoss: 0x0505 } as const
const TOO_HOT = new Set([0x0500, 0x0504])

const REGIONS: Readonly<Record<number, Region>> = {
  0x01: 'us',
  0x02: 'eu',
  0x04: 'in',
  0x05: 'jp',
  0x06: 'cn',
  0x08: 'eu',
  0x09: 'kr',
  0x0b: 'au',
  0x0c: 'nz',
  0x0d: 'us',
  0x0e: 'us',
  0xff: 'open',
}
/** Europe is EU3 (08), as M6e and later want it; 02 is the M5e's older name for it. */
const REGION_CODES: Readonly<Partial<Record<Region, number>>> = {
  eu: 0x08,
  us: 0x01,
  in: 0x04,
  jp: 0x05,
  cn: 0x06,
  kr: 0x09,
  au: 0x0b,
  nz: 0x0c,
}

const talk: Talk<ThingMagicReply, ThingMagicMemory> = {
  name: 'thingmagic',
  shape: thingMagicReplies,
  memory: { firmware: null, power_dbm: null, power_max_dbm: null, region_code: null },
  field: { kind: 'streams', watch_ms: WATCH_MS },
  plan,
  hear,
  settings: (memory) => ({
    family: 'thingmagic',
    model: null,
    firmware: memory.firmware,
    power_dbm: memory.power_dbm,
    power_max_dbm: memory.power_max_dbm,
    region: REGIONS[memory.region_code ?? 0] ?? 'unknown',
    region_code: memory.region_code,
    power_is_stored: false,
    region_is_stored: false,
    pushes_unasked: false,
  }),
}

/** ThingMagic modules and their clones on a serial line. */
export const thingMagic = converse(talk)

function plan(job: Job): readonly Request[] | null {
  switch (job.kind) {
    case 'setup':
      // A module left in continuous mode by a till that crashed answers little else until it is stopped.
      return [
        pause('stop', QUIET_MS, thingMagicCommand(THINGMAGIC.continuous, thingMagicData.stopContinuous)),
        say('version', THINGMAGIC.version),
        ...readSettings(),
      ]
    case 'field':
      return job.on
        ? [
            say('protocol', THINGMAGIC.setProtocol, GEN2),
            say('antenna', THINGMAGIC.setAntenna, ANTENNA_1),
            say('unfiltered', THINGMAGIC.setReaderConfig, thingMagicData.unfiltered, { optional: true }),
            // Some firmware answers this with the first record only.
            ask('start', thingMagicCommand(THINGMAGIC.continuous, thingMagicData.startContinuous), START_MS, {
              command: THINGMAGIC.continuous,
              optional: true,
            }),
          ]
        : [pause('stop', QUIET_MS, thingMagicCommand(THINGMAGIC.continuous, thingMagicData.stopContinuous))]
    case 'round':
      return []
    case 'order':
      return planOrder(job.order)
    default:
      return job satisfies never
  }
}

function say(name: string, op: number, data: readonly number[] = [], manner: Manner = {}): Request {
  return ask(name, thingMagicCommand(op, data), WAIT_MS, { ...manner, command: op })
}

function readSettings(): readonly Request[] {
  return [
    say('power', THINGMAGIC.getReadPower, [0x01], { optional: true }),
    say('region', THINGMAGIC.getRegion, [], { optional: true }),
  ]
}

function planOrder(order: Order): readonly Request[] | null {
  const atTag = (op: number, data: readonly number[], manner: Manner) => [
    say('protocol', THINGMAGIC.setProtocol, GEN2),
    say('antenna', THINGMAGIC.setAntenna, ANTENNA_1),
    ask('at-tag', thingMagicCommand(op, data), AT_TAG_MS, { ...manner, command: op }),
  ]
  const read = (tag: { readonly epc: string; readonly password?: string }, bank: number, words: number) =>
    atTag(THINGMAGIC.readData, thingMagicData.read(tag.epc, bank, 0, words, passwordOf(tag)), {})
  switch (order.kind) {
    case 'read-settings':
      return readSettings()
    case 'read-tid':
      return read(order, BANK.tid, TID_WORDS)
    case 'read-user':
      return read(order, BANK.user, order.words)
    case 'write-epc': {
      const { address, written } = epcWrite(order.epc, order.to)
      const data = thingMagicData.write(order.epc, BANK.epc, address, written, passwordOf(order))
      return atTag(THINGMAGIC.writeData, data, { deed: true })
    }
    case 'lock': {
      const data = thingMagicData.lock(order.epc, lockBits(order.field, order.action), passwordOf(order))
      return atTag(THINGMAGIC.lock, data, { deed: true })
    }
    case 'kill':
      return atTag(THINGMAGIC.kill, thingMagicData.kill(order.epc, order.password), { deed: true })
    case 'set-power': {
      const data = thingMagicData.power(order.power_dbm)
      return [
        say('set', THINGMAGIC.setReadPower, data, { deed: true }),
        say('set', THINGMAGIC.setWritePower, data, { optional: true }),
        ...readSettings(),
      ]
    }
    case 'set-region': {
      const code = REGION_CODES[order.region]
      if (code === undefined) return null
      return [say('set', THINGMAGIC.setRegion, [code], { deed: true }), ...readSettings()]
    }
    case 'set-eas':
    case 'set-answer-mode':
    case 'feedback':
      return null
    default:
      return order satisfies never
  }
}

function hear(reply: ThingMagicReply, asked: Request | null, memory: ThingMagicMemory): Heard<ThingMagicMemory> {
  if (reply.op === THINGMAGIC.readMultiple) return heardRecord(reply, memory)
  if (asked === null || asked.command !== reply.op) return only(memory, null)
  if (reply.status === STATUS.notAvailable && asked.name === 'version') return only(memory, boot(asked))
  if (reply.status !== STATUS.ok) {
    const fault = faultOf(reply.status)
    const events = fault === null ? [] : [{ kind: 'fault', fault, code: reply.status } as const]
    return { memory, events, answer: refused(statusWhy(reply.status), reply.status) }
  }
  const { data } = reply
  switch (asked.name) {
    case 'version':
    case 'version-again':
      // Bootloader 4, hardware 4, firmware date 4, firmware version 4, protocols 4.
      return only({ ...memory, firmware: data.length < 16 ? toHex(data) : dotted(data.subarray(12, 16)) }, DONE)
    case 'power':
      if (data.length < 5) return only(memory, refused('reader-refused'))
      return only({ ...memory, power_dbm: uint16(data, 1) / 100, power_max_dbm: uint16(data, 3) / 100 }, DONE)
    case 'region':
      if (data.length < 1) return only(memory, refused('reader-refused'))
      return only({ ...memory, region_code: data.at(-1)! }, DONE)
    case 'at-tag':
      return only(memory, reply.op === THINGMAGIC.readData ? readAnswer(data) : DONE)
    default:
      return only(memory, DONE)
  }
}

/** A module still in its bootloader is started, and asked again when it has had its time. */
function boot(asked: Request): Answer {
  return {
    kind: 'done',
    next: [
      say('boot', THINGMAGIC.bootFirmware, [], { optional: true }),
      pause('booting', BOOT_MS),
      { ...asked, name: 'version-again' },
    ],
  }
}

/** Some firmware repeats the option byte before what was read; memory comes in words, so one odd byte is that. */
function readAnswer(data: Uint8Array): Answer {
  return { kind: 'done', bytes: toHex(data, data.length % 2) }
}

function heardRecord(reply: ThingMagicReply, memory: ThingMagicMemory): Heard<ThingMagicMemory> {
  const fault = faultOf(reply.status)
  if (fault !== null) return { memory, events: [{ kind: 'fault', fault, code: reply.status }], answer: null }
  const tag = reply.status === STATUS.ok ? readThingMagicTag(reply.data) : null
  if (tag === null) return only(memory, null)
  const { epc, pc, rssi_dbm, antenna } = tag
  return { memory, events: [tagSeen({ epc, pc, rssi_dbm, antenna })], answer: null }
}

function faultOf(status: number): FaultName | null {
  if (status === STATUS.returnLoss) return 'antenna-missing'
  return TOO_HOT.has(status) ? 'too-hot' : null
}

/** 042x carry the tag's own Gen2 code; 040C and 040E are the kill password and a kill that failed. */
function statusWhy(status: number): OutcomeWhy {
  if (status === STATUS.noTag || status === 0x0404) return 'no-tag'
  if (status === 0x040c) return 'password-wrong'
  if (status === 0x0406 || status === 0x040a || status === 0x040e) return 'tag-refused'
  return status >> 4 === 0x042 ? gen2Why(status & 0x0f) : 'reader-refused'
}

function dotted(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('.')
}
