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
import type { FrameFields, VectorProtocols } from './device-vector.ts'
import { joined } from '../../native/bytes.ts'

/** The frame itself travels under `frame`; the other fields are what the drivers make of it. */
export const rfidProtocols: VectorProtocols = {
  r200: {
    parse(bytes) {
      const frame = wholeFrame(r200Shape, bytes)
      return frame === null ? null : { frame, ...r200Fields(frame) }
    },
    build: (fields) => buildR200(fields['frame'] as R200Frame),
  },
  uhf18: {
    parse(bytes, vector) {
      const frame = wholeFrame(uhf18Shape, bytes)
      if (frame === null) return null
      return { frame, ...(vector.dir === 'device>host' ? uhf18Fields(frame) : {}) }
    },
    build: (fields) => buildUhf18(fields['frame'] as Uhf18Frame),
  },
  a0: {
    parse(bytes, vector) {
      const frame = wholeFrame(a0Shape, bytes)
      if (frame === null) return null
      return { frame, ...(vector.dir === 'device>host' ? a0Fields(frame) : {}) }
    },
    build: (fields) => buildA0(fields['frame'] as A0Frame),
  },
  thingmagic: {
    parse(bytes, vector) {
      if (vector.dir === 'host>device') {
        const command = wholeFrame(thingMagicCommands, bytes)
        return command === null ? null : { command }
      }
      const reply = wholeFrame(thingMagicReplies, bytes)
      return reply === null ? null : { reply, ...thingMagicFields(reply) }
    },
    build(fields) {
      const command = fields['command'] as ThingMagicCommand | undefined
      if (command !== undefined) return thingMagicCommand(command.op, [...command.data])
      return thingMagicReply(fields['reply'] as ThingMagicReply)
    },
  },
  pn532: {
    parse(bytes) {
      const wakeZeros = bytes[0] === 0x55 ? bytes.indexOf(0xff) - 2 : null
      const [, found] = assemble(pn532Shape, EMPTY_ASSEMBLY, bytes)
      const frames = found.flatMap((each) => (each.kind === 'frame' ? [each.frame] : []))
      if (frames.length === 0 || frames.length !== found.length) return null
      return { frames, wakeZeros, ...pn532Fields(frames.at(-1)!) }
    },
    build(fields) {
      const wakeZeros = fields['wakeZeros'] as number | null
      if (wakeZeros !== null) return pn532WakeUp(wakeZeros)
      return joined(...(fields['frames'] as readonly Pn532Frame[]).map(buildPn532))
    },
  },
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
  switch (status === 0 ? op : null) {
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
