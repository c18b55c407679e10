import { joined } from '../../bytes.ts'
import { bytes16, fromHex, toHex, uint16 } from '../../rfid/hex.ts'
import type { ThingMagicCommand } from '../../rfid/thingmagic-frames.ts'
import {
  buildThingMagicTag,
  THINGMAGIC,
  thingMagicCommands,
  thingMagicReply,
} from '../../rfid/thingmagic-frames.ts'
import { lockOf } from './r200-simulator.ts'
import type { ReaderSimulator } from './reader-simulator.ts'
import { NOTHING, simulate } from './reader-simulator.ts'
import type { TagWord } from './tag-field.ts'
import { crcOf, TagField } from './tag-field.ts'

export interface ThingMagicSettings {
  readonly power_dbm: number
  readonly power_max_dbm: number
  /** 0 is a module that was just powered and was told no region yet. */
  readonly region: number
  /** Starts in its bootloader, as the M6e does. */
  readonly bootloader: boolean
}

const AS_DELIVERED: ThingMagicSettings = { power_dbm: 5, power_max_dbm: 27, region: 0x08, bootloader: false }
const VERSION = fromHex('07102300010000032014100701070209 00000010')
const ROUND_MS = 40
/** Just booted, it hears nothing for this long. */
const BOOT_MS = 600
/** A keep-alive about once a second. */
const KEEP_ALIVE_ROUNDS = 25
const FREQUENCY_KHZ = 866_300

/** An M6e Nano or its kin, with the tags of `field` in front of it. */
export function thingMagicSimulator(
  settings: Partial<ThingMagicSettings> = {},
  field: TagField = new TagField(),
): ReaderSimulator {
  const is = { ...AS_DELIVERED, ...settings }
  let booting = is.bootloader
  let deaf_ms = 0
  let reading = false
  let rounds = 0

  const say = (op: number, data: Uint8Array | readonly number[] = [], status = 0) =>
    thingMagicReply({ op, status, data: Uint8Array.from(data) })

  const atTag = (op: number, word: TagWord) => {
    if (word.kind === 'ok') return say(op, word.bytes)
    const status = { 'no-tag': 0x0400, password: 0x040c, 'password-zero': 0x040c, locked: 0x0424, overrun: 0x0423 }
    return say(op, [], status[word.kind])
  }

  const answer = ({ op, data }: ThingMagicCommand): Uint8Array => {
    if (deaf_ms > 0) return NOTHING
    if (booting && op !== THINGMAGIC.bootFirmware) return say(op, [], 0x0101)
    if (reading && op !== THINGMAGIC.continuous) return NOTHING
    switch (op) {
      case THINGMAGIC.bootFirmware:
        booting = false
        deaf_ms = BOOT_MS
        return say(op, VERSION)
      case THINGMAGIC.version:
        return say(op, VERSION)
      case THINGMAGIC.getReadPower:
        return say(op, [1, ...bytes16(is.power_dbm * 100), ...bytes16(is.power_max_dbm * 100), 0, 0])
      case THINGMAGIC.setReadPower:
        if (uint16(data, 0) > is.power_max_dbm * 100) return say(op, [], 0x0105)
        is.power_dbm = uint16(data, 0) / 100
        return say(op)
      case THINGMAGIC.getRegion:
        return say(op, [is.region])
      case THINGMAGIC.setRegion:
        is.region = data[0]!
        return say(op)
      case THINGMAGIC.continuous:
        reading = data[2] === 0x01
        return say(op)
      case THINGMAGIC.readData:
      case THINGMAGIC.writeData:
      case THINGMAGIC.lock:
      case THINGMAGIC.kill:
        return atTag(op, obey(field, op, data))
      default:
        return say(op)
    }
  }

  const round = () => {
    deaf_ms = Math.max(0, deaf_ms - ROUND_MS)
    if (!reading) return NOTHING
    rounds++
    if (is.region === 0) return say(THINGMAGIC.readMultiple, [], 0x0105)
    const heard = field.round().map((tag) =>
      say(
        THINGMAGIC.readMultiple,
        buildThingMagicTag({
          rssi_dbm: tag.rssi_dbm,
          antenna: tag.antenna,
          frequency_khz: FREQUENCY_KHZ,
          timestamp_ms: rounds * ROUND_MS,
          phase: 0,
          protocol: 5,
          pc: toHex(Uint8Array.from(bytes16(tag.pc))),
          epc: tag.epc,
          crc: toHex(Uint8Array.from(bytes16(crcOf(tag)))),
        }),
      ),
    )
    const alive = rounds % KEEP_ALIVE_ROUNDS === 0 ? say(THINGMAGIC.readMultiple, [], 0x0400) : NOTHING
    return joined(...heard, alive)
  }

  return simulate({
    family: 'thingmagic',
    baud: 115_200,
    shape: thingMagicCommands,
    field,
    round_ms: ROUND_MS,
    answer,
    round,
    reset() {
      booting = is.bootloader
      deaf_ms = 0
      reading = false
      rounds = 0
    },
  })
}

/** Behind two bytes of time and the option byte. */
function obey(field: TagField, op: number, data: Uint8Array): TagWord {
  const said = data.subarray(3)
  const filterAt = (at: number) => {
    const end = at + 1 + said[at]! / 8
    return { epc: toHex(said, at + 1, end), end }
  }
  const word = (at: number) => uint16(said, at + 2)
  switch (op) {
    case THINGMAGIC.readData: {
      const { epc } = filterAt(10)
      return field.read(epc, said[0]!, word(1), said[5]!, toHex(said, 6, 10))
    }
    case THINGMAGIC.writeData: {
      const { epc, end } = filterAt(9)
      return field.write(epc, said[4]!, word(0), said.slice(end), toHex(said, 5, 9))
    }
    case THINGMAGIC.lock: {
      const { epc } = filterAt(8)
      const [bank, how] = lockOf((uint16(said, 4) << 10) | uint16(said, 6))
      return field.lock(epc, bank, how, toHex(said, 0, 4))
    }
    default:
      return field.kill(filterAt(5).epc, toHex(said, 0, 4))
  }
}
