import { joined } from '../../bytes.ts'
import { fromHex, toHex } from '../../rfid/hex.ts'
import type { Uhf18Frame } from '../../rfid/uhf18-frames.ts'
import { buildUhf18, EVERY_ADDRESS, UHF18, uhf18Shape } from '../../rfid/uhf18-frames.ts'
import type { ReaderSimulator } from './reader-simulator.ts'
import { NOTHING, simulate } from './reader-simulator.ts'
import type { LyingTag, TagWord } from './tag-field.ts'
import { TagField } from './tag-field.ts'

export interface Uhf18Settings {
  readonly address: number
  /** 0C is a 288M, 09 an 18-type, 86 one that may push. */
  readonly type: number
  readonly power_dbm: number
  readonly dmaxfre: number
  readonly dminfre: number
  /** Type 86: reports tags unasked. */
  readonly pushes: boolean
}

const AS_DELIVERED: Uhf18Settings = {
  address: 0x00,
  type: 0x09,
  power_dbm: 20,
  dmaxfre: 0x4e,
  dminfre: 0x00,
  pushes: false,
}
const ROUND_MS = 100
const TAGS_PER_FRAME = 8

/** A Chafon desk reader or one of its clones, as 18-type or 288M, with the tags of `field` on it. */
export function uhf18Simulator(
  settings: Partial<Uhf18Settings> = {},
  field: TagField = new TagField(),
): ReaderSimulator {
  const is = { ...AS_DELIVERED, ...settings }
  const is288 = is.type === 0x0c

  const say = (command: number, status: number, data: Uint8Array | readonly number[] = []) =>
    buildUhf18({ address: is.address, command, body: joined([status], data) })

  const entry = (tag: LyingTag) => {
    const epc = fromHex(tag.epc)
    return joined([epc.length], epc, is288 ? [tag.rssi_dbm + 129] : [])
  }

  const inventory = () => {
    const heard = field.round()
    if (heard.length === 0 && !is288) return say(UHF18.inventory, 0xfb)
    const frames: Uint8Array[] = []
    for (let at = 0; at < heard.length; at += TAGS_PER_FRAME) {
      const part = heard.slice(at, at + TAGS_PER_FRAME)
      const last = !is288 && at + TAGS_PER_FRAME >= heard.length
      const head = is288 ? [1, part.length] : [part.length]
      frames.push(say(UHF18.inventory, last ? 0x01 : 0x03, joined(head, ...part.map(entry))))
    }
    if (is288) frames.push(say(UHF18.inventory, 0x01, [1, 0]))
    return joined(...frames)
  }

  const info = () => {
    const told = [0, 0x16, is.type, 2, is.dmaxfre, is.dminfre, is.power_dbm, 0x0a]
    return say(UHF18.readerInfo, 0, is288 ? [...told, 1, 0, 0, 0] : told)
  }

  const answer = ({ address, command, body }: Uhf18Frame): Uint8Array => {
    if (address !== is.address && address !== EVERY_ADDRESS) return NOTHING
    switch (command) {
      case UHF18.readerInfo:
        return info()
      case UHF18.inventory:
        return inventory()
      case UHF18.getWorkMode:
        return say(command, 0, [0, 0x1e, 0x0a, 0x0f, is.pushes ? 1 : 0, 2, 4, 2, 6, 0, 0, 0])
      case UHF18.setWorkMode:
        if (body.length !== 6) return say(command, 0xfd)
        is.pushes = body[0] !== 0
        return say(command, 0)
      case UHF18.setPower:
        is.power_dbm = body[0]!
        return say(command, 0)
      case UHF18.setFrequency:
        is.dmaxfre = body[0]!
        is.dminfre = body[1]!
        return say(command, 0)
      case UHF18.feedback:
        return say(command, body.length === 3 ? 0 : 0xfd)
      case UHF18.read:
      case UHF18.write:
      case UHF18.kill:
      case UHF18.lock:
        return atTag(command, body)
      default:
        return say(command, 0xfe)
    }
  }

  const atTag = (command: number, body: Uint8Array) => {
    const word = obey(field, command, body)
    if (word === null) return say(command, 0xfd)
    switch (word.kind) {
      case 'ok':
        return say(command, 0, word.bytes)
      case 'no-tag':
        return say(command, 0xfb)
      case 'password':
        return say(command, 0x05)
      case 'password-zero':
        return say(command, 0x0a)
      case 'overrun':
        return say(command, 0xfc, [0x03])
      case 'locked':
        return say(command, 0xfc, [0x04])
      default:
        return word satisfies never
    }
  }

  return simulate({
    family: 'uhf18',
    baud: 57_600,
    shape: uhf18Shape,
    field,
    round_ms: ROUND_MS,
    answer,
    round: () => (is.pushes ? joined(...field.round().map((tag) => say(UHF18.pushed, 0, fromHex(tag.epc)))) : NOTHING),
    reset() {},
  })
}

function obey(field: TagField, command: number, body: Uint8Array): TagWord | null {
  const at = command === UHF18.write ? 1 : 0
  const epcEnd = at + 1 + body[at]! * 2
  const epc = toHex(body, at + 1, epcEnd)
  const rest = body.subarray(epcEnd)
  switch (command) {
    case UHF18.read:
      return rest.length < 7 ? null : field.read(epc, rest[0]!, rest[1]!, rest[2]!, toHex(rest, 3, 7))
    case UHF18.write: {
      const end = 2 + body[0]! * 2
      return rest.length < end + 4
        ? null
        : field.write(epc, rest[0]!, rest[1]!, rest.slice(2, end), toHex(rest, end, end + 4))
    }
    case UHF18.kill:
      return rest.length < 4 ? null : field.kill(epc, toHex(rest, 0, 4))
    default: {
      const how = rest[1] === 3 ? 'lock-for-ever' : rest[1] === 2 ? 'lock' : 'unlock'
      return rest.length < 6 ? null : field.lock(epc, [0, 0, 1, 2, 3][rest[0]!] ?? 3, how, toHex(rest, 2, 6))
    }
  }
}
