import { joined } from '../../bytes.ts'
import type { A0Frame } from '../../rfid/a0-frames.ts'
import { A0, a0Shape, a0TagAnswer, buildA0 } from '../../rfid/a0-frames.ts'
import { fromHex, toHex } from '../../rfid/hex.ts'
import type { ReaderSimulator } from './reader-simulator.ts'
import { NOTHING, simulate } from './reader-simulator.ts'
import type { TagWord } from './tag-field.ts'
import { crcOf, pcAndEpc, TagField } from './tag-field.ts'

export interface A0Settings {
  readonly address: number
  readonly firmware: readonly [number, number]
  readonly power_dbm: number
  readonly region: readonly [number, number, number]
  /** The antennas that are connected, counted from 1. */
  readonly antennas: readonly number[]
}

const AS_DELIVERED: A0Settings = {
  address: 0x01,
  firmware: [1, 9],
  power_dbm: 26,
  region: [2, 0, 6],
  antennas: [1],
}
const OK = 0x10

/** An R2000 board with its antennas, and the tags of `field` on them. */
export function a0Simulator(settings: Partial<A0Settings> = {}, field: TagField = new TagField()): ReaderSimulator {
  const is = { ...AS_DELIVERED, ...settings }
  let work_dbm: number | null = null
  let antenna = 1
  let matched = ''

  const say = (command: number, data: Uint8Array | readonly number[]) =>
    buildA0({ address: is.address, command, data: Uint8Array.from(data) })

  const inventory = (command: number) => {
    if (!is.antennas.includes(antenna)) return say(command, [0x22])
    const heard = field.round(antenna)
    const frames = heard.map((tag) =>
      say(command, joined([(7 << 2) | (antenna - 1)], pcAndEpc(tag), [tag.rssi_dbm + 129])),
    )
    return joined(...frames, say(command, [antenna - 1, 0, heard.length, 0, 0, 0, heard.length]))
  }

  const atTag = (command: number, word: TagWord, addressed: string) => {
    switch (word.kind) {
      case 'ok': {
        const epc = fromHex(addressed)
        const pcEpc = joined([((epc.length / 2) << 11) >> 8, 0], epc)
        const after = command === A0.read ? word.bytes.length : OK
        return say(command, a0TagAnswer(pcEpc, crcOf(word.tag), word.bytes, after))
      }
      case 'no-tag':
        return say(command, [0x36])
      case 'password':
        return say(command, [0x40])
      case 'password-zero':
      case 'locked':
      case 'overrun':
        return say(command, [ERRORS[command] ?? 0x11])
      default:
        return word satisfies never
    }
  }

  const answer = ({ address, command, data }: A0Frame): Uint8Array => {
    if (address !== is.address && address !== 0xff) return NOTHING
    switch (command) {
      case A0.firmware:
        return say(command, is.firmware)
      case A0.getPower:
        return say(command, [work_dbm ?? is.power_dbm])
      case A0.setPower:
        is.power_dbm = data[0]!
        return say(command, [OK])
      case A0.temporaryPower:
        work_dbm = data[0]!
        return say(command, [OK])
      case A0.getRegion:
        return say(command, is.region)
      case A0.setRegion:
        is.region = [data[0]!, data[1]!, data[2]!]
        return say(command, [OK])
      case A0.setAntenna:
        antenna = data[0]! + 1
        return say(command, [OK])
      case A0.realTime:
        return inventory(command)
      case A0.matchEpc:
        matched = toHex(data.subarray(2))
        return say(command, [OK])
      case A0.read:
        return atTag(command, field.read(matched, data[0]!, data[1]!, data[2]!, toHex(data, 3, 7)), matched)
      case A0.blockWrite: {
        const word = field.write(matched, data[4]!, data[5]!, data.slice(7), toHex(data, 0, 4))
        return atTag(command, word, matched)
      }
      case A0.lock: {
        const how = data[5] === 3 ? 'lock-for-ever' : data[5] === 1 ? 'lock' : 'unlock'
        return atTag(command, field.lock(matched, [3, 3, 2, 1, 0, 0][data[4]!] ?? 3, how, toHex(data, 0, 4)), matched)
      }
      case A0.kill:
        return atTag(command, field.kill(matched, toHex(data, 0, 4)), matched)
      default:
        return say(command, [0x11])
    }
  }

  return simulate({
    family: 'a0',
    baud: 115_200,
    shape: a0Shape,
    field,
    round_ms: 1_000,
    answer,
    round: () => NOTHING,
    reset() {
      work_dbm = null
      antenna = 1
      matched = ''
    },
  })
}

const ERRORS: Readonly<Record<number, number>> = {
  [A0.read]: 0x32,
  [A0.blockWrite]: 0x33,
  [A0.lock]: 0x34,
  [A0.kill]: 0x35,
}
