import { joined } from '../../bytes.ts'
import { bytes16, toHex, uint16 } from '../../rfid/hex.ts'
import type { R200Form, R200Frame } from '../../rfid/r200-frames.ts'
import { buildR200, R200, r200Shape } from '../../rfid/r200-frames.ts'
import type { ReaderSimulator } from './reader-simulator.ts'
import { NOTHING, simulate } from './reader-simulator.ts'
import type { LyingTag, TagWord } from './tag-field.ts'
import { crcOf, pcAndEpc, TagField } from './tag-field.ts'

export interface R200Settings {
  readonly form: R200Form
  readonly hardware: string
  readonly software: string
  readonly power_dbm: number
  readonly region: number
}

const AS_DELIVERED: R200Settings = {
  form: 'bb',
  hardware: 'M100 26dBm V1.0',
  software: 'V2.3.5',
  power_dbm: 20,
  region: 3,
}
const ROUND_MS = 25

/** An R200 or M100 module that answers as its document says, with the tags of `field` on it. */
export function r200Simulator(
  settings: Partial<R200Settings> = {},
  field: TagField = new TagField(),
): ReaderSimulator {
  const is = { ...AS_DELIVERED, ...settings }
  let rounds_left = 0
  let selected = ''

  const say = (type: 1 | 2, command: number, parameters: Uint8Array | readonly number[]) =>
    buildR200({ form: is.form, type, command, parameters: Uint8Array.from(parameters) })
  const error = (code: number, tag?: LyingTag) =>
    say(1, R200.error, joined([code], tag === undefined ? NOTHING : withLength(pcAndEpc(tag))))
  const text = (kind: number, words: string) => say(1, R200.moduleInfo, [kind, ...new TextEncoder().encode(words)])

  const atTag = (command: number, word: TagWord): Uint8Array => {
    const [missing, refused] = ERRORS[command] ?? [0x17, 0x00]
    if (word.kind === 'no-tag') return error(missing)
    if (word.kind === 'password') return error(0x16, word.tag)
    const code = { ok: 0, 'password-zero': 0, overrun: 3, locked: 4 }[word.kind]
    if (word.kind !== 'ok') return error(refused + code, word.tag)
    return say(1, command, joined(withLength(pcAndEpc(word.tag)), command === R200.read ? word.bytes : [0]))
  }

  const answer = ({ type, form, command, parameters }: R200Frame): Uint8Array => {
    if (type !== 0 || form !== is.form) return NOTHING
    const password = toHex(parameters, 0, Math.min(4, parameters.length))
    switch (command) {
      case R200.moduleInfo:
        return text(parameters[0]!, [is.hardware, is.software, 'a maker'][parameters[0]!] ?? '')
      case R200.getPower:
        return say(1, command, bytes16(is.power_dbm * 100))
      case R200.setPower:
        is.power_dbm = uint16(parameters, 0) / 100
        return say(1, command, [0])
      case R200.getRegion:
        return say(1, command, [is.region])
      case R200.setRegion:
        is.region = parameters[0]!
        return say(1, command, [0])
      case R200.setQuery:
        return say(1, command, [0])
      case R200.setSelect:
        selected = toHex(parameters.subarray(7))
        return say(1, command, [0])
      case R200.selectMode:
        // As captured from modules in the field: the answer carries the select's command byte.
        return say(1, R200.setSelect, [0])
      case R200.multiPoll:
        rounds_left = uint16(parameters, 1)
        return NOTHING
      case R200.poll:
        return round()
      case R200.stopPoll:
        rounds_left = 0
        return say(1, command, [0])
      case R200.read: {
        const word = field.read(selected, parameters[4]!, uint16(parameters, 5), uint16(parameters, 7), password)
        return atTag(command, word)
      }
      case R200.write: {
        const was = selected
        const word = field.write(was, parameters[4]!, uint16(parameters, 5), parameters.slice(9), password)
        if (word.kind !== 'ok') return atTag(command, word)
        // The answer names the tag as it was addressed.
        const pc = bytes16((was.length / 4) << 11)
        return say(1, command, [2 + was.length / 2, ...pc, ...hexBytes(was), 0])
      }
      case R200.lock: {
        const [bank, how] = lockOf((parameters[4]! << 16) | uint16(parameters, 5))
        return atTag(command, field.lock(selected, bank, how, password))
      }
      case R200.setEas:
        return atTag(command, field.setEas(selected, parameters[4] === 1, password))
      case R200.kill:
        return atTag(command, field.kill(selected, password))
      default:
        return error(0x17)
    }
  }

  const round = () => {
    const heard = field.round()
    if (heard.length === 0) return error(0x15)
    return joined(
      ...heard.map((tag) => say(2, R200.poll, joined([tag.rssi_dbm & 0xff], pcAndEpc(tag), bytes16(crcOf(tag))))),
    )
  }

  return simulate({
    family: 'r200',
    baud: 115_200,
    shape: r200Shape,
    field,
    round_ms: ROUND_MS,
    answer,
    round: () => (rounds_left > 0 && rounds_left-- > 0 ? round() : NOTHING),
    reset() {
      rounds_left = 0
      selected = ''
    },
  })
}

/** For each order: the error when no tag was heard, and the base to which the tag's own code is added. */
const ERRORS: Readonly<Record<number, readonly [number, number]>> = {
  [R200.read]: [0x09, 0xa0],
  [R200.write]: [0x10, 0xb0],
  [R200.lock]: [0x13, 0xc0],
  [R200.kill]: [0x12, 0xd0],
  [R200.setEas]: [0x1b, 0x1b],
}

function withLength(bytes: Uint8Array): Uint8Array {
  return joined([bytes.length], bytes)
}

function hexBytes(hex: string): readonly number[] {
  return Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16))
}

/** The bank that a Gen2 lock payload means, and what becomes of it. */
export function lockOf(payload: number): readonly [number, 'unlock' | 'lock' | 'lock-for-ever'] {
  const mask = payload >> 10
  const action = payload & 0x3ff
  const banks = [3, 2, 1, 0, 0] as const
  for (const [index, bank] of banks.entries()) {
    const bits = (mask >> (index * 2)) & 3
    if (bits === 0) continue
    const wanted = (action >> (index * 2)) & 3
    return [bank, wanted === 3 ? 'lock-for-ever' : wanted === 2 ? 'lock' : 'unlock']
  }
  return [3, 'unlock']
}
