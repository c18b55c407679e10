import { joined } from '../../native/bytes.ts'
import type { A0Frame } from '../../native/rfid/a0-frames.ts'
import { A0, a0Shape, buildA0, readA0Inventory, readA0TagAnswer } from '../../native/rfid/a0-frames.ts'
import { assemble, EMPTY_ASSEMBLY } from '../../native/rfid/assembler.ts'
import { toHex, uint16 } from '../../native/rfid/hex.ts'
import type { Pn532Frame } from '../../native/rfid/pn532-frames.ts'
import {
  buildPn532,
  PN532,
  pn532Shape,
  pn532WakeUp,
  readPn532Targets,
} from '../../native/rfid/pn532-frames.ts'
import type { R200Frame } from '../../native/rfid/r200-frames.ts'
import {
  buildR200,
  R200,
  r200Shape,
  readR200Notice,
  readR200TagAnswer,
} from '../../native/rfid/r200-frames.ts'
import type { ThingMagicCommand, ThingMagicReply } from '../../native/rfid/thingmagic-frames.ts'
import {
  readThingMagicSingle,
  readThingMagicTag,
  THINGMAGIC,
  thingMagicCommand,
  thingMagicCommands,
  thingMagicReplies,
  thingMagicReply,
} from '../../native/rfid/thingmagic-frames.ts'
import type { Uhf18Frame } from '../../native/rfid/uhf18-frames.ts'
import { buildUhf18, readUhf18Info, readUhf18Inventory, UHF18, uhf18Shape } from '../../native/rfid/uhf18-frames.ts'
import { wholeFrame } from '../../native/rfid/whole-frame.ts'
import type { DeviceVector, FrameFields, VectorProtocol, VectorProtocols } from './device-vector.ts'

/** A protocol by its codec: what was read is remembered beside the fields, and made again from that. */
function protocol<Frame>(
  read: (bytes: Uint8Array, vector: DeviceVector) => Frame | null,
  fieldsOf: (frame: Frame, vector: DeviceVector) => FrameFields,
  write: (frame: Frame) => Uint8Array,
): VectorProtocol {
  const frames = new WeakMap<FrameFields, Frame>()
  return {
    parse(bytes, vector) {
      const frame = read(bytes, vector)
      if (frame === null) return null
      const fields = { ...fieldsOf(frame, vector) }
      frames.set(fields, frame)
      return fields
    },
    build(fields) {
      const frame = frames.get(fields)
      return frame === undefined ? null : write(frame)
    },
  }
}

type ThingMagicSaid =
  | { readonly by: 'host'; readonly command: ThingMagicCommand }
  | { readonly by: 'module'; readonly reply: ThingMagicReply }

export const rfidProtocols: VectorProtocols = {
  r200: protocol((bytes) => wholeFrame(r200Shape, bytes), r200Fields, buildR200),
  uhf18: protocol(
    (bytes) => wholeFrame(uhf18Shape, bytes),
    (frame, vector) => (vector.dir === 'device>host' ? uhf18Fields(frame) : {}),
    buildUhf18,
  ),
  a0: protocol(
    (bytes) => wholeFrame(a0Shape, bytes),
    (frame, vector) => (vector.dir === 'device>host' ? a0Fields(frame) : {}),
    buildA0,
  ),
  thingmagic: protocol<ThingMagicSaid>(
    (bytes, vector) => {
      if (vector.dir === 'device>host') {
        const reply = wholeFrame(thingMagicReplies, bytes)
        return reply === null ? null : { by: 'module', reply }
      }
      const command = wholeFrame(thingMagicCommands, bytes)
      return command === null ? null : { by: 'host', command }
    },
    (said) => (said.by === 'module' ? thingMagicFields(said.reply) : {}),
    (said) =>
      said.by === 'module'
        ? thingMagicReply(said.reply)
        : thingMagicCommand(said.command.op, [...said.command.data]),
  ),
  pn532: protocol(
    readPn532Line,
    ({ frames }) => pn532Fields(frames.at(-1)!),
    ({ frames, wakeZeros }) => (wakeZeros === null ? joined(...frames.map(buildPn532)) : pn532WakeUp(wakeZeros)),
  ),
}

/** An acknowledgement and an answer may come in one piece; a wake-up stands before the frame it wakes the chip for. */
function readPn532Line(
  bytes: Uint8Array,
): { readonly frames: readonly Pn532Frame[]; readonly wakeZeros: number | null } | null {
  const wakeZeros = bytes[0] === 0x55 ? bytes.indexOf(0xff) - 2 : null
  const [, found] = assemble(pn532Shape, EMPTY_ASSEMBLY, bytes)
  const frames = found.flatMap((each) => (each.kind === 'frame' ? [each.frame] : []))
  return frames.length === 0 || frames.length !== found.length ? null : { frames, wakeZeros }
}

function r200Fields({ type, command, parameters }: R200Frame): FrameFields {
  if (type === 0) return command === R200.setRegion ? { region: parameters[0] } : {}
  switch (command) {
    case R200.poll: {
      const notice = readR200Notice(parameters)
      return notice === null ? {} : { ...notice, rssi: notice.rssi_dbm }
    }
    case R200.error: {
      const code = parameters[0]!
      return { error: code, gen2: code >= 0xa0 ? code & 0x0f : null }
    }
    case R200.read: {
      const answer = readR200TagAnswer(parameters)
      return answer === null ? {} : { epc: answer.epc, data: toHex(answer.rest) }
    }
    case R200.moduleInfo:
      return { text: new TextDecoder().decode(parameters.subarray(1)) }
    case R200.getRegion:
      return { region: parameters[0] }
    case R200.getPower:
      return { dBm: uint16(parameters, 0) / 100 }
    case 0xe4:
      return { alarm: parameters.length === 8 }
    default:
      return {}
  }
}

function uhf18Fields({ command, body }: Uhf18Frame): FrameFields {
  const status = body[0]!
  const data = body.subarray(1)
  switch (command) {
    case UHF18.inventory:
    case UHF18.singleTag: {
      const tags = status <= 0x04 ? readUhf18Inventory(data, null) : []
      if (tags === null) return { status }
      const [first] = tags
      return { status, tags: tags.map((tag) => tag.epc), ant: first?.antenna_mask, rssi: first?.rssi_raw }
    }
    case UHF18.readerInfo: {
      const info = readUhf18Info(data)
      return info === null ? { status } : { type: info.type, power: info.power_dbm, scanTime: info.scan_ms / 100 }
    }
    case UHF18.getWorkMode:
      return { status, readMode: data[4] }
    default:
      return { status }
  }
}

function a0Fields({ command, data }: A0Frame): FrameFields {
  switch (command) {
    case A0.firmware:
      return { major: data[0], minor: data[1] }
    case A0.realTime:
    case A0.session: {
      const said = readA0Inventory(data)
      if (said?.kind === 'error') return { error: said.code }
      if (said?.kind === 'end') return { ant: said.antenna, rate: said.rate, total: said.total }
      if (said?.kind !== 'tag') return {}
      return { ...said, freqIdx: said.frequency_index, ant: said.antenna, rssiRaw: said.rssi_raw, rssi: said.rssi_dbm }
    }
    case A0.read: {
      const answer = readA0TagAnswer(command, data)
      if (answer?.kind === 'error') return { error: answer.code }
      return answer === null ? {} : { epc: answer.epc, data: answer.bytes }
    }
    default:
      return { status: data[0] }
  }
}

function thingMagicFields({ op, status, data }: ThingMagicReply): FrameFields {
  if (status !== 0) return { status }
  switch (op) {
    case THINGMAGIC.readMultiple: {
      const tag = readThingMagicTag(data)
      if (tag === null) return { status }
      return { status, rssi: tag.rssi_dbm, freq: tag.frequency_khz, pc: tag.pc, epc: tag.epc, epcCrc: tag.crc }
    }
    case THINGMAGIC.readSingle:
      return { status, epc: readThingMagicSingle(data) }
    case THINGMAGIC.getReadPower:
      return { status, power: uint16(data, 1) / 100, max: uint16(data, 3) / 100, min: uint16(data, 5) / 100 }
    case 0x63:
      return { status, protocol: uint16(data, 0) }
    default:
      return { status }
  }
}

function pn532Fields(frame: Pn532Frame): FrameFields {
  if (frame.kind !== 'said' || frame.by === 'host') return {}
  switch (frame.command - 1) {
    case PN532.firmware:
      return { ic: frame.data[0], ver: frame.data[1], rev: frame.data[2] }
    case PN532.listTargets: {
      const targets = readPn532Targets(frame.data)
      return { targets: targets?.length, ...targets?.[0] }
    }
    case PN532.exchange:
      return { status: frame.data[0]! & 0x3f }
    default:
      return {}
  }
}
