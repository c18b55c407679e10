import type { Driver, Effect, Garbled, Input, ScanEvent, Step } from '../driver.ts'
import { joined } from '../bytes.ts'
import { scanOf } from './aim.ts'
import { SCAN_BYTES_MAX } from './serial-scanner.ts'
import { controlCharacter, keypadDigit, usCharacter } from './us-keyboard.ts'

/** What the keys so far mean: which are down, Caps Lock as the scanner itself pressed it, an Alt code being typed. */
export interface Keys {
  readonly down: readonly number[]
  readonly caps: boolean
  readonly altCode: number | null
}

export const NO_KEYS: Keys = { down: [], caps: false, altCode: null }

const REPORT_BYTES = 8
const CTRL = 0x11
const SHIFT = 0x22
const ALT = 0x44
const CAPS_LOCK = 0x39
/** Usages 01 to 03 say "too many keys" and the like. */
const FIRST_KEY = 0x04
const ALT_CODE_MAX = 255

/**
 * One boot report: modifiers, a zero, up to six keys. A key is pressed when it is in this report and was not in the
 * one before. Returns the characters typed, Enter as LF; null when the report is none.
 */
export function typedBy(keys: Keys, report: Uint8Array): { readonly keys: Keys; readonly text: string } | null {
  if (report.length < REPORT_BYTES || report[1] !== 0) return null
  const modifiers = report[0]!
  const down = [...new Set(report.subarray(2, REPORT_BYTES))].filter((usage) => usage >= FIRST_KEY)
  let { caps, altCode } = keys
  let text = ''
  if ((modifiers & ALT) === 0 && altCode !== null) {
    if (altCode > 0 && altCode <= ALT_CODE_MAX) text += String.fromCharCode(altCode)
    altCode = null
  }
  for (const usage of down.filter((each) => !keys.down.includes(each))) {
    if (usage === CAPS_LOCK) caps = !caps
    else if ((modifiers & ALT) !== 0) {
      const digit = keypadDigit(usage)
      if (digit !== null) altCode = Math.min((altCode ?? 0) * 10 + digit, ALT_CODE_MAX + 1)
    } else if ((modifiers & CTRL) !== 0) text += controlCharacter(usage) ?? ''
    else text += usCharacter(usage, (modifiers & SHIFT) !== 0, caps) ?? ''
  }
  return { keys: { down, caps, altCode }, text }
}

export interface HidKeyboardState {
  readonly at: 'closed' | 'open'
  readonly held: Uint8Array
  readonly keys: Keys
  readonly text: string
  readonly skipping: boolean
}

export interface HidKeyboardOptions {
  /** The report id in front of each report, for a composite device that numbers them. */
  readonly reportId?: number | null
}

/** Keys of one scan follow each other within 20 ms, slow radio ones within 90. */
const IDLE_MS = 150

const CLOSED: HidKeyboardState = { at: 'closed', held: new Uint8Array(), keys: NO_KEYS, text: '', skipping: false }

/**
 * A scanner in keyboard mode, read below the window system (Linux hidraw): US layout whatever the desktop is set to,
 * and its Caps Lock does not matter. The keystrokes still reach the focused window too. Enter, Tab or silence ends a
 * scan.
 */
export function hidKeyboard(
  options: HidKeyboardOptions = {},
): Driver<HidKeyboardState, unknown, ScanEvent | Garbled> {
  const reportId = options.reportId ?? null
  return { name: 'keyboard scanner', start: () => CLOSED, step: (state, input) => step(state, input, reportId) }
}

type KeyboardStep = Step<HidKeyboardState, ScanEvent | Garbled>

function step(state: HidKeyboardState, input: Input<unknown>, reportId: number | null): KeyboardStep {
  if (input.kind === 'opened') return [{ ...CLOSED, at: 'open' }, []]
  if (input.kind === 'closed' || state.at === 'closed') return [CLOSED, []]
  if (input.kind === 'bytes') return read(state, input.bytes, reportId)
  if (input.kind !== 'woke' || input.timer !== 'silence') return [state, []]
  const rest: HidKeyboardState = { ...CLOSED, at: 'open' }
  const effects = state.held.length > 0 ? [garbled(state.held, 'half a report')] : []
  return [rest, [...effects, ...scanIn(state)]]
}

function read(before: HidKeyboardState, bytes: Uint8Array, reportId: number | null): KeyboardStep {
  const size = REPORT_BYTES + (reportId === null ? 0 : 1)
  let state = before
  let pending = joined(before.held, bytes)
  const noise: number[] = []
  const effects: Effect<ScanEvent | Garbled>[] = []
  while (pending.length >= size) {
    const report = reportId === null ? pending.subarray(0, size) : pending.subarray(1, size)
    const typed = reportId !== null && pending[0] !== reportId ? null : typedBy(state.keys, report)
    if (typed === null) {
      noise.push(pending[0]!)
      pending = pending.subarray(1)
      continue
    }
    pending = pending.subarray(size)
    state = { ...state, keys: typed.keys }
    for (const character of typed.text) {
      const [next, told] = type(state, character)
      state = next
      effects.push(...told)
    }
  }
  if (noise.length > 0) effects.push(garbled(Uint8Array.from(noise), 'a report of another kind'))
  effects.push({ kind: 'wake', timer: 'silence', after_ms: IDLE_MS })
  return [{ ...state, held: pending.slice() }, effects]
}

function type(state: HidKeyboardState, character: string): KeyboardStep {
  if (character === '\n' || character === '\r' || character === '\t')
    return [{ ...state, text: '', skipping: false }, scanIn(state)]
  if (state.skipping) return [state, []]
  if (state.text.length < SCAN_BYTES_MAX) return [{ ...state, text: state.text + character }, []]
  const told = garbled(bytesOf(state.text), `longer than ${SCAN_BYTES_MAX} characters`)
  return [{ ...state, text: '', skipping: true }, [told]]
}

function scanIn(state: HidKeyboardState): Effect<ScanEvent>[] {
  return state.text === '' || state.skipping ? [] : [{ kind: 'emit', event: scanOf(bytesOf(state.text)) }]
}

/** Keys and Alt codes make characters up to FF, one byte each. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function garbled(bytes: Uint8Array, why: string): Effect<Garbled> {
  return { kind: 'emit', event: { kind: 'garbled', bytes: bytes.slice(0, 64), why } }
}
