import { joined } from '../../native/bytes.ts'
import * as cd5220 from '../../native/displays/cd5220.ts'
import * as aedex from '../../native/displays/aedex.ts'
import * as epsonDisplay from '../../native/displays/epson-display.ts'
import * as escpos from '../../native/printers/escpos-commands.ts'
import type { CardQuestion, QrLevel, StatusQuestion } from '../../native/printers/escpos-commands.ts'
import * as star from '../../native/printers/star-commands.ts'
import { readStarReplies } from '../../native/printers/star-status.ts'
import type { EscposReply } from '../../native/printers/status.ts'
import {
  paperOf,
  readEscposReplies,
  statusFromChange,
  statusFromRealTime,
  waitsForRecovery,
} from '../../native/printers/status.ts'
import { readEscpos } from '../../native/simulators/printer/escpos-reader.ts'
import type { SeenCommand } from '../../native/simulators/printer/seen-command.ts'
import { readStar } from '../../native/simulators/printer/star-reader.ts'
import type { DeviceVector, FrameFields, VectorProtocol, VectorProtocols } from './device-vector.ts'

/** What the printer under test would read is written again with the commands the till sends. */
const escposProtocol: VectorProtocol = {
  parse: (bytes, vector) =>
    vector.dir === 'device>host' ? escposAnswer(bytes, vector) : seen(readEscpos(bytes)),
  build: (fields, vector) => (vector.dir === 'device>host' ? null : rebuilt(fields, escposBytesOf)),
}

const starProtocol: VectorProtocol = {
  parse: (bytes, vector) => (vector.dir === 'device>host' ? starAnswer(bytes) : seen(readStar(bytes))),
  build: (fields, vector) => (vector.dir === 'device>host' ? null : rebuilt(fields, starBytesOf)),
}

export const printerProtocols: VectorProtocols = {
  escpos: escposProtocol,
  star: starProtocol,
  cd5220: { parse: cd5220.readCd5220, build: (fields) => cd5220.cd5220Bytes(fields as cd5220.Cd5220Command) },
  'epson-dm': {
    parse: epsonDisplay.readEpsonDisplay,
    build: (fields) => epsonDisplay.epsonDisplayBytes(fields as epsonDisplay.EpsonDisplayCommand),
  },
  aedex: { parse: aedex.readAedex, build: (fields) => aedex.aedexBytes(fields as aedex.AedexCommand) },
}

function seen(read: { commands: readonly SeenCommand[]; rest: Uint8Array }): FrameFields | null {
  return read.rest.length > 0 ? null : { commands: read.commands }
}

function rebuilt(fields: FrameFields, bytesOf: (command: SeenCommand) => Uint8Array): Uint8Array {
  return joined(...(fields['commands'] as readonly SeenCommand[]).map(bytesOf))
}

/** The name says which question a real-time byte answers: `n=2 cover open`. */
function escposAnswer(bytes: Uint8Array, vector: DeviceVector): FrameFields | null {
  const { replies, rest } = readEscposReplies(bytes)
  const [reply] = replies
  if (reply === undefined || rest.length > 0 || replies.some((one) => one.kind === 'noise')) return null
  return fieldsOf(reply, Number(/^n=(\d)/.exec(vector.name)?.[1] ?? 1) as StatusQuestion)
}

const PAPER_WORDS = { ok: 'ok', low: 'near-end', out: 'out' } as const

function fieldsOf(reply: EscposReply, question: StatusQuestion): FrameFields {
  switch (reply.kind) {
    case 'real-time': {
      const status = statusFromRealTime(question, reply.byte)
      return {
        online: status.online,
        drawerPinHigh: status.drawer_pin_high,
        waitingRecovery: question === 1 && waitsForRecovery(reply.byte),
        coverOpen: status.cover === 'open',
        paperEndStop: question === 2 && status.paper === 'out',
        error: status.error !== 'none',
        ...errorFields(status.error),
        paper: status.paper === undefined || status.paper === null ? undefined : PAPER_WORDS[status.paper],
      }
    }
    case 'change': {
      const status = statusFromChange(reply.bytes)
      return {
        online: status.online,
        coverOpen: status.cover === 'open',
        paper: PAPER_WORDS[status.paper ?? 'ok'],
        ...errorFields(status.error),
      }
    }
    case 'queued':
      return { paper: PAPER_WORDS[paperOf(reply.byte)] }
    case 'text':
      return { text: reply.text }
    case 'process':
      return { processId: reply.id }
    case 'block':
    case 'noise':
      return {}
    default:
      return reply satisfies never
  }
}

function errorFields(error: string | null | undefined): FrameFields {
  return {
    autocutter: error === 'cutter',
    unrecoverable: error === 'unrecoverable',
    autoRecoverable: error === 'hot',
  }
}

function starAnswer(bytes: Uint8Array): FrameFields | null {
  const { replies, rest } = readStarReplies(bytes)
  const [report] = replies
  if (report?.kind !== 'report' || rest.length > 0 || replies.length > 1) return null
  const { status, length, version } = report
  return {
    len: length,
    version,
    online: status.online,
    coverOpen: status.cover === 'open',
    paper: PAPER_WORDS[status.paper ?? 'ok'],
  }
}

const LEVELS: readonly QrLevel[] = ['L', 'M', 'Q', 'H']
const levelOf = (byte: number): QrLevel => LEVELS[byte & 3]!
const DIALECT_FREE: Partial<Record<SeenCommand['kind'], Uint8Array>> = {
  'line-feed': Uint8Array.of(0x0a),
  'carriage-return': Uint8Array.of(0x0d),
  'star-ask-status': star.STAR_ASK_STATUS,
}

/** Each command by the function that the till uses for it; those it never sends by their documented form. */
function escposBytesOf(command: SeenCommand): Uint8Array {
  switch (command.kind) {
    case 'glyph':
    case 'skipped':
      return Uint8Array.of(command.byte)
    case 'initialise':
      return escpos.INITIALISE
    case 'leave-kanji':
      return escpos.LEAVE_KANJI
    case 'page':
      return escpos.selectPage(command.number)
    case 'size':
      return escpos.selectSize(command.width, command.height)
    case 'feed':
      return escpos.feedLines(command.lines)
    case 'cut':
      if (command.mode === 0x42) return escpos.CUT
      return never(0x1d, 0x56, command.mode, ...(command.feed === null ? [] : [command.feed]))
    case 'drawer':
      return drawerBytes(command)
    case 'picture':
      return escpos.rasterImage(command.bitmap)
    case 'qr-model':
      return escpos.qrModel()
    case 'qr-module':
      return escpos.qrModule(command.dots)
    case 'qr-level':
      return escpos.qrLevel(levelOf(command.level))
    case 'qr-store':
      return escpos.qrStore(new TextDecoder().decode(command.bytes))
    case 'qr-print':
      return escpos.QR_PRINT
    case 'ask-status':
      return escpos.askStatus(command.number as StatusQuestion)
    case 'ask-in-queue':
      return command.number === 1 ? escpos.ASK_PAPER_IN_QUEUE : escpos.ASK_DRAWER_IN_QUEUE
    case 'ask-card':
      return escpos.askCard(CARDS.get(command.number)!)
    case 'tell-changes':
      if (command.number === 0xff) return escpos.TELL_CHANGES
      return command.number === 0 ? escpos.TELL_NOTHING : never(0x1d, 0x61, command.number)
    case 'recover':
      return escpos.RECOVER_AND_CLEAR
    default:
      return DIALECT_FREE[command.kind] ?? neverSent(command)
  }
}

const CARDS: ReadonlyMap<number, CardQuestion> = new Map([
  [0x01, 'model-id'],
  [0x41, 'firmware'],
  [0x42, 'maker'],
  [0x43, 'model'],
  [0x44, 'serial'],
])

function drawerBytes(command: SeenCommand & { kind: 'drawer' }): Uint8Array {
  const { pin, on, off } = command
  if (pin > 1) return never(0x1b, 0x70, pin, on, off)
  return escpos.pulseDrawer({ pin: pin === 0 ? 2 : 5, on_ms: on * 2, off_ms: off * 2 })
}

/** Forms of other programs, which our printer understands but our till never writes. */
const never = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes)

function neverSent(command: SeenCommand): Uint8Array {
  switch (command.kind) {
    case 'bold':
      return never(0x1b, 0x45, command.on ? 1 : 0)
    case 'align':
      return never(0x1b, 0x61, command.number)
    case 'bar-height':
      return never(0x1d, 0x68, command.dots)
    case 'bar-width':
      return never(0x1d, 0x77, command.dots)
    case 'bar-text':
      return never(0x1d, 0x48, command.number)
    case 'bars':
      return never(0x1d, 0x6b, command.type, command.bytes.length, ...command.bytes)
    case 'drawer-at-once':
      return never(0x10, 0x14, 0x01, command.pin, command.time)
    case 'ask-change-now':
      return never(0x10, 0x14, 0x07, command.number)
    case 'ask-process':
      return never(0x1d, 0x28, 0x48, command.id.length + 2, 0, 0x30, 0x30, ...command.id)
    case 'print-stored':
      return never(0x1d, 0x28, 0x4c, 0x02, 0x00, 0x30, 0x32)
    case 'store-picture': {
      const { width, height, dots } = command.bitmap
      const length = dots.length + 10
      const head = [0x1d, 0x28, 0x4c, length & 0xff, length >> 8, 0x30, 0x70, ...command.head]
      return never(...head, width & 0xff, width >> 8, height & 0xff, height >> 8, ...dots)
    }
    default:
      throw new Error(`no form for ${command.kind}`)
  }
}

function starBytesOf(command: SeenCommand): Uint8Array {
  switch (command.kind) {
    case 'glyph':
    case 'skipped':
      return Uint8Array.of(command.byte)
    case 'initialise':
      return star.STAR_INITIALISE.subarray(0, 2)
    case 'page':
      return star.starPage(command.number)
    case 'cut':
      if (command.mode === 0x02) return star.STAR_FULL_CUT
      return command.mode === 0x03 ? star.STAR_CUT : never(0x1b, 0x64, command.mode)
    case 'drawer':
      return star.starPulse({
        pin: command.pin === 0x07 ? 2 : 5,
        on_ms: command.on * 10,
        off_ms: command.off * 10,
      })
    case 'tell-changes':
      return star.STAR_TELL_CHANGES
    case 'star-fence':
      return star.STAR_FENCE
    case 'star-ask-version':
      return star.STAR_ASK_VERSION
    case 'qr-model':
      return star.starQrModel()
    case 'qr-level':
      return star.starQrLevel(levelOf(command.level))
    case 'qr-module':
      return star.starQrModule(command.dots)
    case 'qr-store':
      return star.starQrStore(new TextDecoder().decode(command.bytes))
    case 'qr-print':
      return star.STAR_QR_PRINT
    default:
      return DIALECT_FREE[command.kind] ?? neverSent(command)
  }
}
