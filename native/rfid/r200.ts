import { fromHex, toHex, uint16 } from './hex.ts'
import { BANK, epcWrite, gen2Why, lockPayload, passwordOf, TID_WORDS } from './gen2.ts'
import type { R200Form, R200Frame } from './r200-frames.ts'
import { R200, r200Command, r200Parameters, r200Shape, readR200Notice, readR200TagAnswer } from './r200-frames.ts'
import type { Order, OutcomeWhy, Region, RfidEvent } from './reader.ts'
import { tagSeen } from './reader.ts'
import { converse } from './conversation.ts'
import type { Answer, Heard, Job, Manner, Request, Talk } from './talk.ts'
import { ask, DONE, only, refused, tell } from './talk.ts'

export interface R200Memory {
  readonly form: R200Form
  readonly hardware: string | null
  readonly software: string | null
  readonly power_dbm: number | null
  readonly region_code: number | null
}

const WAIT_MS = 500
/** The largest count a multi poll takes; it ends without a word, and the watch starts it again. */
const ROUNDS = 0xffff
const WATCH_MS = 1_000
/** Session S0, target A, Q 4: every tag on a pad answers every round (Gen2 Query, the module's own default). */
const QUERY = [0x10, 0x20]
/** The select applies to orders only, so that an inventory goes on seeing every tag. */
const SELECT_FOR_ORDERS = [0x02]

const REGIONS: Readonly<Record<number, Region>> = { 1: 'cn', 2: 'us', 3: 'eu', 4: 'cn800', 5: 'jp', 6: 'kr' }

const talk: Talk<R200Frame, R200Memory> = {
  name: 'r200',
  shape: r200Shape,
  memory: { form: 'bb', hardware: null, software: null, power_dbm: null, region_code: null },
  field: { kind: 'streams', watch_ms: WATCH_MS },
  plan,
  hear,
  settings: (memory) => ({
    family: 'r200',
    model: memory.hardware,
    firmware: memory.software,
    power_dbm: memory.power_dbm,
    power_max_dbm: null,
    region: regionOf(memory.region_code),
    region_code: memory.region_code,
    power_is_stored: true,
    region_is_stored: true,
    pushes_unasked: false,
  }),
  unanswered: (memory) => ({ ...memory, form: memory.form === 'bb' ? 'aa' : 'bb' }),
}

/** R200, M100, QM100, YRM100 and the like: BB…7E, or its sibling AA…DD, whichever the module answers to. */
export const r200 = converse(talk)

function plan(job: Job, memory: R200Memory): readonly Request[] | null {
  const say = sayer(memory.form)
  switch (job.kind) {
    case 'setup':
      return [
        say('hardware', R200.moduleInfo, [0]),
        // A till that crashed may have left the module polling.
        say('stop', R200.stopPoll, [], { optional: true }),
        say('software', R200.moduleInfo, [1], { optional: true }),
        ...readSettings(say),
      ]
    case 'field':
      if (!job.on) return [say('stop', R200.stopPoll)]
      return [
        say('query', R200.setQuery, QUERY, { optional: true }),
        tell('multi-poll', r200Command(memory.form, R200.multiPoll, r200Parameters.multiPoll(ROUNDS))),
      ]
    case 'round':
      return [say('poll', R200.poll)]
    case 'order':
      return planOrder(job.order, say)
    default:
      return job satisfies never
  }
}

type Say = ReturnType<typeof sayer>

function sayer(form: R200Form) {
  return (name: string, command: number, parameters: readonly number[] = [], manner: Manner = {}) =>
    ask(name, r200Command(form, command, parameters), WAIT_MS, { ...manner, command })
}

function readSettings(say: Say): readonly Request[] {
  return [
    say('power', R200.getPower, [], { optional: true }),
    say('region', R200.getRegion, [], { optional: true }),
  ]
}

function planOrder(order: Order, say: Say): readonly Request[] | null {
  const atTag = (epc: string, command: number, parameters: readonly number[]) => [
    say('select', R200.setSelect, r200Parameters.selectEpc(epc)),
    say('select-mode', R200.selectMode, SELECT_FOR_ORDERS),
    say('at-tag', command, parameters, { deed: command !== R200.read, epc }),
  ]
  switch (order.kind) {
    case 'read-settings':
      return readSettings(say)
    case 'read-tid':
      return atTag(order.epc, R200.read, r200Parameters.read(passwordOf(order), BANK.tid, 0, TID_WORDS))
    case 'read-user':
      return atTag(order.epc, R200.read, r200Parameters.read(passwordOf(order), BANK.user, 0, order.words))
    case 'write-epc': {
      const { address, written } = epcWrite(order.epc, order.to)
      return atTag(order.epc, R200.write, r200Parameters.write(passwordOf(order), BANK.epc, address, written))
    }
    case 'lock': {
      const payload = lockPayload(order.field, order.action)
      return atTag(order.epc, R200.lock, r200Parameters.lock(passwordOf(order), payload))
    }
    case 'set-eas':
      return atTag(order.epc, R200.setEas, [...fromHex(passwordOf(order)), order.armed ? 1 : 0])
    case 'kill':
      return atTag(order.epc, R200.kill, [...fromHex(order.password)])
    case 'set-power':
      return [
        say('set-power', R200.setPower, r200Parameters.power(order.power_dbm), { deed: true }),
        ...readSettings(say),
      ]
    case 'set-region': {
      const code = Object.entries(REGIONS).find(([, region]) => region === order.region)?.[0]
      if (code === undefined) return null
      return [say('set-region', R200.setRegion, [Number(code)], { deed: true }), ...readSettings(say)]
    }
    case 'set-answer-mode':
    case 'feedback':
      return null
    default:
      return order satisfies never
  }
}

function hear(frame: R200Frame, asked: Request | null, before: R200Memory): Heard<R200Memory> {
  const memory = before.form === frame.form ? before : { ...before, form: frame.form }
  if (frame.command === R200.poll && frame.type !== 0) return heardTag(frame, asked, memory)
  if (frame.type === 0) return only(memory, null)
  if (frame.command === R200.error) return only(memory, errorAnswer(frame.parameters, asked))
  if (asked === null || !answers(frame.command, asked)) return only(memory, null)
  const { parameters } = frame
  switch (asked.name) {
    case 'hardware':
      return only({ ...memory, hardware: text(parameters) }, DONE)
    case 'software':
      return only({ ...memory, software: text(parameters) }, DONE)
    case 'power':
      if (parameters.length < 2) return only(memory, refused('reader-refused'))
      return only({ ...memory, power_dbm: uint16(parameters, 0) / 100 }, DONE)
    case 'region':
      if (parameters.length < 1) return only(memory, refused('reader-refused'))
      return only({ ...memory, region_code: parameters[0]! }, DONE)
    case 'at-tag':
      return only(memory, tagAnswer(frame, asked))
    default:
      return only(memory, plain(frame))
  }
}

/** Some firmware answers the select mode with the command byte of the select. */
function answers(command: number, asked: Request): boolean {
  return asked.command === command || (asked.name === 'select-mode' && command === R200.setSelect)
}

function heardTag(frame: R200Frame, asked: Request | null, memory: R200Memory): Heard<R200Memory> {
  const notice = readR200Notice(frame.parameters)
  const answer = asked?.name === 'poll' ? DONE : null
  if (notice === null) return only(memory, answer)
  const seen: RfidEvent = tagSeen({ epc: notice.epc, pc: notice.pc, rssi_dbm: notice.rssi_dbm, antenna: 1 })
  return { memory, events: [seen], answer }
}

/** The answer of a tag counts only when it comes from the tag meant. */
function tagAnswer(frame: R200Frame, asked: Request): Answer | null {
  const answer = readR200TagAnswer(frame.parameters)
  if (answer === null) return refused('reader-refused')
  if (answer.epc !== asked.epc) return null
  if (frame.command === R200.read) return { kind: 'done', bytes: toHex(answer.rest) }
  return answer.rest[0] === 0 ? DONE : refused('tag-refused', answer.rest[0] ?? null)
}

function plain(frame: R200Frame): Answer {
  const status = frame.parameters[0]
  return status === 0 ? DONE : refused('reader-refused', status ?? null)
}

/** Errors do not say which command they answer; 15 only ever means an empty inventory round. */
function errorAnswer(parameters: Uint8Array, asked: Request | null): Answer | null {
  const code = parameters[0]
  if (asked === null || code === undefined) return null
  if (code === 0x15) return asked.name === 'poll' ? refused('no-tag', code) : null
  return refused(errorWhy(code), code)
}

function errorWhy(code: number): OutcomeWhy {
  if (code === 0x09 || code === 0x10 || code === 0x12 || code === 0x13) return 'no-tag'
  if (code === 0x16) return 'password-wrong'
  // The chip has no such bit, or would not set it.
  if (code === 0x1b) return 'tag-refused'
  if (code >= 0xa0 && code < 0xf0) return gen2Why(code & 0x0f)
  return 'reader-refused'
}

function regionOf(code: number | null): Region {
  return code === null ? 'unknown' : (REGIONS[code] ?? 'unknown')
}

/** Text behind one byte that repeats the kind of text. */
function text(parameters: Uint8Array): string {
  return new TextDecoder('latin1').decode(parameters.subarray(1)).replaceAll('\0', '').trim()
}
