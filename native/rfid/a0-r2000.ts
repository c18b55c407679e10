import type { A0Frame } from './a0-frames.ts'
import { A0, a0Command, a0Data, a0Shape, readA0Inventory, readA0TagAnswer } from './a0-frames.ts'
import { BANK, epcWrite, passwordOf, TID_WORDS } from './gen2.ts'
import type { FaultName, Order, OutcomeWhy, Region } from './reader.ts'
import { tagSeen } from './reader.ts'
import { converse } from './conversation.ts'
import type { Answer, Heard, Job, Manner, Request, Talk } from './talk.ts'
import { ask, DONE, MORE, only, refused } from './talk.ts'

export interface A0Memory {
  readonly firmware: string | null
  readonly power_dbm: number | null
  readonly region_code: number | null
}

export interface A0Options {
  /** The antennas to read in turn, counted from 1. */
  readonly antennas: readonly number[]
}

const WAIT_MS = 1_000
const PAUSE_MS = 20
const OK = 0x10

const REGIONS: Readonly<Record<number, Region>> = { 1: 'us', 2: 'eu', 3: 'cn' }
/** Code, first and last frequency index (865 + 0.5·i MHz below 7, else 902 + 0.5·(i − 7)). */
const REGION_DATA: Readonly<Partial<Record<Region, readonly [number, number, number]>>> = {
  us: [1, 7, 59],
  eu: [2, 0, 6],
  cn: [3, 43, 53],
}

/** Invelion, IND903 and other R2000 boards with one to eight antennas. */
export function a0R2000(options: A0Options = { antennas: [1] }) {
  const talk: Talk<A0Frame, A0Memory> = {
    name: 'a0-r2000',
    shape: a0Shape,
    memory: { firmware: null, power_dbm: null, region_code: null },
    field: { kind: 'rounds', pause_ms: PAUSE_MS },
    plan: (job, _memory) => plan(job, options),
    hear,
    settings: (memory) => ({
      family: 'a0',
      model: 'R2000',
      firmware: memory.firmware,
      power_dbm: memory.power_dbm,
      power_max_dbm: 33,
      region: REGIONS[memory.region_code ?? 0] ?? 'unknown',
      region_code: memory.region_code,
      // Power goes by 66, which lasts until the board loses its power; 76 would wear the flash.
      power_is_stored: false,
      region_is_stored: true,
      pushes_unasked: false,
    }),
  }
  return converse(talk)
}

function plan(job: Job, options: A0Options): readonly Request[] | null {
  switch (job.kind) {
    case 'setup':
      return [
        say('firmware', A0.firmware),
        say('power', A0.getPower, [], { optional: true }),
        say('region', A0.getRegion, [], { optional: true }),
      ]
    case 'field':
      return job.on ? [say('antenna', A0.setAntenna, [(options.antennas[0] ?? 1) - 1])] : []
    case 'round':
      return options.antennas.flatMap((antenna) => [
        ...(options.antennas.length > 1 ? [say('antenna', A0.setAntenna, [antenna - 1])] : []),
        say('round', A0.realTime, [1]),
      ])
    case 'order':
      return planOrder(job.order)
    default:
      return job satisfies never
  }
}

function say(name: string, command: number, data: readonly number[] = [], manner: Manner = {}): Request {
  return ask(name, a0Command(command, data), WAIT_MS, { ...manner, command })
}

function planOrder(order: Order): readonly Request[] | null {
  const atTag = (epc: string, command: number, data: readonly number[]) => [
    say('match', A0.matchEpc, a0Data.matchEpc(epc)),
    say('at-tag', command, data, { deed: command !== A0.read, epc }),
  ]
  switch (order.kind) {
    case 'read-settings':
      return [say('firmware', A0.firmware), say('region', A0.getRegion, [], { optional: true })]
    case 'read-tid':
      return atTag(order.epc, A0.read, a0Data.read(BANK.tid, 0, TID_WORDS, passwordOf(order)))
    case 'read-user':
      return atTag(order.epc, A0.read, a0Data.read(BANK.user, 0, order.words, passwordOf(order)))
    case 'write-epc': {
      const { address, written } = epcWrite(order.epc, order.to)
      return atTag(order.epc, A0.blockWrite, a0Data.write(passwordOf(order), BANK.epc, address, written))
    }
    case 'lock':
      return atTag(order.epc, A0.lock, a0Data.lock(passwordOf(order), order.field, order.action))
    case 'kill':
      return atTag(order.epc, A0.kill, a0Data.lock(order.password, 'epc', 'unlock').slice(0, 4))
    case 'set-power':
      return [say('set-power', A0.temporaryPower, [Math.round(order.power_dbm)], { deed: true })]
    case 'set-region': {
      const data = REGION_DATA[order.region]
      return data === undefined
        ? null
        : [say('set-region', A0.setRegion, data, { deed: true }), say('region', A0.getRegion)]
    }
    case 'set-eas':
    case 'set-answer-mode':
    case 'feedback':
      return null
    default:
      return order satisfies never
  }
}

const INVENTORIES: ReadonlySet<number> = new Set([A0.realTime, A0.fastSwitch, A0.session])

function hear(frame: A0Frame, asked: Request | null, memory: A0Memory): Heard<A0Memory> {
  if (INVENTORIES.has(frame.command)) return heardInventory(frame, asked, memory)
  if (asked === null || asked.command !== frame.command) return only(memory, null)
  const { data } = frame
  const first = data[0]
  if (first === undefined) return only(memory, refused('reader-refused'))
  switch (asked.name) {
    // Firmware, power and region answer without a status byte.
    case 'firmware':
      return only({ ...memory, firmware: Array.from(data).join('.') }, DONE)
    case 'power':
      return only({ ...memory, power_dbm: Math.max(...data) }, DONE)
    case 'region':
      return only({ ...memory, region_code: first }, DONE)
    case 'set-power':
      return first === OK
        ? only({ ...memory, power_dbm: asked.bytes[4]! }, DONE)
        : only(memory, refused('reader-refused', first))
    case 'at-tag':
      return only(memory, tagAnswer(frame, asked))
    default:
      return only(memory, first === OK ? DONE : refused('reader-refused', first))
  }
}

function heardInventory(frame: A0Frame, asked: Request | null, memory: A0Memory): Heard<A0Memory> {
  const said = readA0Inventory(frame.data)
  const waited = asked?.command === frame.command
  switch (said?.kind) {
    case 'tag': {
      const { epc, pc, rssi_dbm, rssi_raw, antenna } = said
      return {
        memory,
        events: [tagSeen({ epc, pc, rssi_dbm, rssi_raw, antenna: antenna + 1 })],
        answer: waited ? MORE : null,
      }
    }
    case 'end':
      return only(memory, waited ? DONE : null)
    case 'error': {
      const fault = faultOf(said.code)
      const events = fault === null ? [] : [{ kind: 'fault', fault, code: said.code } as const]
      return { memory, events, answer: waited ? DONE : null }
    }
    case undefined:
      return only(memory, waited ? MORE : null)
    default:
      return said satisfies never
  }
}

function tagAnswer(frame: A0Frame, asked: Request): Answer | null {
  const answer = readA0TagAnswer(frame.command, frame.data)
  if (answer === null) return refused('reader-refused')
  if (answer.kind === 'error') return refused(errorWhy(answer.code), answer.code)
  if (answer.epc !== asked.epc) return null
  if (answer.status === null) return { kind: 'done', bytes: answer.bytes }
  return answer.status === OK ? DONE : refused(errorWhy(answer.status), answer.status)
}

/** 36 no tag, 37 seen but not reached, 32 to 35 the operation failed, 40 access or password. */
function errorWhy(code: number): OutcomeWhy {
  switch (code) {
    case 0x36:
      return 'no-tag'
    case 0x37:
      return 'poor-contact'
    case 0x40:
      return 'password-wrong'
    case 0x32:
    case 0x33:
    case 0x34:
    case 0x35:
      return 'tag-refused'
    default:
      return 'reader-refused'
  }
}

/** An empty round (36, 38) is no fault; a missing antenna, heat and the chip's own errors are. */
function faultOf(code: number): FaultName | null {
  if (code === 0x36 || code === 0x38 || code === OK) return null
  if (code === 0x22) return 'antenna-missing'
  return code >= 0x50 && code <= 0x57 ? 'too-hot' : 'reader-error'
}
