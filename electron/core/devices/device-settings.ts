import { parseDeviceAddress, type DeviceAddress } from '../../../native/device-address.ts'
import { DISPLAY_DIALECTS, type DisplayDialect } from '../../../native/displays/customer-display.ts'
import type { LabelSize } from '../../../native/labels/unit-label.ts'
import { parsePrinterAddress, type PrinterAddress } from '../../../native/printers/printer-address.ts'
import { PAPER_WIDTHS, PROFILE_IDS, type PaperWidthId, type ProfileId } from '../../../native/printers/profiles.ts'
import { RFID_FAMILIES } from '../../../native/rfid/families.ts'
import type { ReaderFamily } from '../../../native/rfid/reader.ts'
import { parseTerminalAddress, type TerminalAddress } from '../../../native/terminals/terminal-address.ts'
import type { CommandFamily } from '../../../native/scanners/scanner-commands.ts'

/** How a device of practice mode is written; it works in the demo shop only. */
export const PRACTICE = {
  scanner: 'practice:scanner', pad: 'practice:pad', printer: 'practice:printer', terminal: 'practice:terminal',
} as const

/** `ssi` is Zebra's packet protocol; the others are whose command language a plain scanner understands. */
export type ScannerType = CommandFamily | 'ssi'
const SCANNER_TYPES: readonly ScannerType[] = ['ssi', 'honeywell', 'newland', 'gm65', 'denso']
const READER_FAMILIES = Object.keys(RFID_FAMILIES) as ReaderFamily[]

/** Each setting keeps the text it was read from, to be found again in the settings file. */
export interface ScannerSetting {
  readonly text: string
  readonly at: DeviceAddress | 'practice'
  readonly type: ScannerType | null
}

export interface PadSetting {
  readonly text: string
  readonly at: SerialAddress | 'practice'
  /** Null: the reader is asked which it is. */
  readonly family: ReaderFamily | null
}

/** How the customer's screen is written: a window on the second screen, or in a browser. */
export const SCREEN = 'screen'

export interface ScreenSetting {
  readonly text: typeof SCREEN
  readonly at: typeof SCREEN
}

export interface DisplaySetting {
  readonly text: string
  readonly at: DeviceAddress
  readonly dialect: DisplayDialect
}

export interface PrinterSetting {
  readonly text: string
  readonly at: PrinterAddress | 'practice'
  readonly profile: ProfileId
  readonly paper: PaperWidthId
  readonly answers: boolean
  readonly drawerOpenWhen: 'high' | 'low' | null
}

export interface LabelPrinterSetting {
  readonly text: string
  readonly at: PrinterAddress
  readonly language: { readonly is: 'zpl'; readonly size: LabelSize } | { readonly is: 'escpos'; readonly profile: ProfileId; readonly paper: PaperWidthId }
}

export interface TerminalSetting {
  readonly text: string
  readonly at: TerminalAddress | 'practice'
}

export type SerialAddress = Extract<DeviceAddress, { line: 'serial' | 'usb-serial' }>

const LINES = 'serial:PATH[@baud], serial:usb:VVVV:PPPP, hid:VVVV:PPPP, hid:/dev/hidrawN or tcp://HOST:PORT'

/** Reads `--scanner`; a sentence where it is none. */
export function parseScanner(text: string): ScannerSetting | string {
  if (text === PRACTICE.scanner) return { text, at: 'practice', type: null }
  const [address, type] = splitType(text, SCANNER_TYPES)
  const at = parseDeviceAddress(address)
  if (at === null || type === 'unknown') return `a scanner is written ${LINES}, with ,${SCANNER_TYPES.join(' or ,')} behind it where it needs that, not "${text}"`
  if (type === 'ssi' && at.line !== 'serial' && at.line !== 'usb-serial') return `SSI is spoken on a serial line, not on "${text}"`
  return { text, at, type }
}

/** Reads `--pad serial:PATH[@baud][,type]`; a sentence where it is none. */
export function parsePad(text: string): PadSetting | string {
  if (text === PRACTICE.pad) return { text, at: 'practice', family: null }
  const [address, family] = splitType(text, READER_FAMILIES)
  const at = parseDeviceAddress(address)
  if (at === null || (at.line !== 'serial' && at.line !== 'usb-serial') || family === 'unknown')
    return `a pad is written serial:PATH[@baud][,type] with one of the types ${READER_FAMILIES.join(', ')}, not "${text}"`
  return { text, at, family }
}

/** Reads `--display serial:PATH[@baud][,dialect]` or `screen`; a sentence where it is none. */
export function parseDisplay(text: string): DisplaySetting | ScreenSetting | string {
  if (text === SCREEN) return { text: SCREEN, at: SCREEN }
  const [address, dialect] = splitType(text, DISPLAY_DIALECTS)
  const at = parseDeviceAddress(address)
  if (at === null || at.line === 'hid' || dialect === 'unknown')
    return `a customer display is written screen or serial:PATH[@baud][,dialect] with one of ${DISPLAY_DIALECTS.join(', ')}, not "${text}"`
  return { text, at, dialect: dialect ?? 'cd5220' }
}

/** Reads `--printer ADDRESS[?profile=…&paper=…&answers=no&drawer=high|low]`; a sentence where it is none. */
export function parsePrinter(text: string): PrinterSetting | string {
  const usual = { profile: 'epson', paper: '80mm', answers: true, drawerOpenWhen: null } as const
  if (text === PRACTICE.printer) return { text, at: 'practice', ...usual, drawerOpenWhen: 'high' }
  const [address, query] = splitQuery(text)
  const at = parsePrinterAddress(address)
  if (typeof at === 'string') return at
  const wrong = unknownOption(query, ['profile', 'paper', 'answers', 'drawer'])
  if (wrong !== null) return wrong
  const profile = oneOf(query.get('profile') ?? usual.profile, PROFILE_IDS)
  const paper = oneOf(query.get('paper') ?? usual.paper, PAPERS)
  const answers = oneOf(query.get('answers') ?? 'yes', ['yes', 'no'] as const)
  const drawer = oneOf(query.get('drawer') ?? 'unknown', ['high', 'low', 'unknown'] as const)
  if (profile === null) return `profile is one of ${PROFILE_IDS.join(', ')}`
  if (paper === null) return `paper is one of ${PAPERS.join(', ')}`
  if (answers === null) return 'answers is yes or no'
  if (drawer === null) return 'drawer is high or low: the level of its switch when it stands open'
  return { text, at, profile, paper, answers: answers === 'yes' && at.kind !== 'spool', drawerOpenWhen: drawer === 'unknown' ? null : drawer }
}

/** Reads `--label-printer ADDRESS[?size=50x30&dpi=203]` (ZPL) or `…?language=escpos[&profile=…&paper=…]`. */
export function parseLabelPrinter(text: string): LabelPrinterSetting | string {
  const [address, query] = splitQuery(text)
  const at = parsePrinterAddress(address)
  if (typeof at === 'string') return at
  const wrong = unknownOption(query, ['language', 'size', 'dpi', 'profile', 'paper'])
  if (wrong !== null) return wrong
  const language = oneOf(query.get('language') ?? 'zpl', ['zpl', 'escpos'] as const)
  if (language === null) return 'language is zpl or escpos'
  if (language === 'escpos') {
    const profile = oneOf(query.get('profile') ?? 'epson', PROFILE_IDS)
    const paper = oneOf(query.get('paper') ?? '80mm', PAPERS)
    return profile === null || paper === null ? `profile is one of ${PROFILE_IDS.join(', ')}, paper one of ${PAPERS.join(', ')}` : { text, at, language: { is: 'escpos', profile, paper } }
  }
  const size = /^(\d{2,3})x(\d{2,3})$/.exec(query.get('size') ?? '50x30')
  const dpi = oneOf(query.get('dpi') ?? '203', ['203', '300'] as const)
  if (size === null) return 'size is millimetres across and down, such as 50x30'
  if (dpi === null) return 'dpi is 203 or 300'
  return { text, at, language: { is: 'zpl', size: { width_mm: Number(size[1]), height_mm: Number(size[2]), dots_per_mm: dpi === '203' ? 8 : 12 } } }
}

/** Reads `--terminal zvt://HOST[:PORT]` or `manual`; a sentence where it is neither. */
export function parseTerminal(text: string): TerminalSetting | string {
  const at = text === PRACTICE.terminal ? 'practice' : parseTerminalAddress(text)
  return at !== 'practice' && typeof at === 'string' ? at : { text, at }
}

const PAPERS = Object.keys(PAPER_WIDTHS) as PaperWidthId[]

function splitType<Type extends string>(text: string, types: readonly Type[]): [address: string, type: Type | null | 'unknown'] {
  const comma = text.lastIndexOf(',')
  if (comma < 0) return [text, null]
  return [text.slice(0, comma), oneOf(text.slice(comma + 1), types) ?? 'unknown']
}

function splitQuery(text: string): [address: string, query: URLSearchParams] {
  const mark = text.indexOf('?')
  return mark < 0 ? [text, new URLSearchParams()] : [text.slice(0, mark), new URLSearchParams(text.slice(mark + 1))]
}

function unknownOption(query: URLSearchParams, known: readonly string[]): string | null {
  const wrong = [...query.keys()].find((key) => !known.includes(key))
  return wrong === undefined ? null : `there is no option "${wrong}"; there are ${known.join(', ')}`
}

const oneOf = <Type extends string>(text: string, allowed: readonly Type[]): Type | null => allowed.find((each) => each === text) ?? null
