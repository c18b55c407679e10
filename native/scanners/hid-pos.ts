import type { Driver, Effect, Garbled, Input, ScanEvent, Step } from '../driver.ts'
import { ascii, hexOf, joined } from '../bytes.ts'
import { latin1, scanOf, symbologyOf, textOf } from './aim.ts'
import type { HidPosCommand, HidPosFamily } from './hid-pos-commands.ts'
import { hidPosCommand } from './hid-pos-commands.ts'
import type { HidPosLayout, HidPosReport } from './hid-pos-layout.ts'
import { LAYOUT_A, LAYOUT_C, LAYOUT_D, layoutByShape, layoutOf, parseHidPos, SHAPE_BYTES } from './hid-pos-layout.ts'
import type { ScannerReply } from './serial-scanner.ts'
import { SCAN_BYTES_MAX } from './serial-scanner.ts'

export interface HidPosOptions {
  /** The device's report descriptor where the platform gives it; it decides before everything else. */
  readonly descriptor?: Uint8Array | null
  /** The layout the catalogue knows for the model. */
  readonly layout?: HidPosLayout | null
  /** Whose commands it takes; else the layout tells, once it is known. */
  readonly family?: HidPosFamily | null
}

export type HidPosEvent = ScanEvent | Garbled | ScannerReply

export interface HidPosState {
  readonly at: 'closed' | 'open'
  readonly held: Uint8Array
  /** The layout of the reports seen so far. */
  readonly layout: HidPosLayout | null
  /** A scan or an answer that goes on in the next report. */
  readonly part: { readonly aim: string | null; readonly data: Uint8Array; readonly full: boolean } | null
  readonly skipping: boolean
  readonly asked: boolean
}

/** Reports of one scan follow each other within milliseconds. */
const MORE_MS = 150
const PIECE_MS = 60
const ANSWER_MS = 2_000

const CLOSED: HidPosState = {
  at: 'closed', held: new Uint8Array(), layout: null, part: null, skipping: false, asked: false,
}

/**
 * A scanner in HID POS mode (usage page 8C). A chunk is one report, its id first; pieces of reports are put together
 * all the same. Where no descriptor is known the layout is told from the first report's shape.
 *
 * Answers to commands come in the same report as scans (`]Z…`, `]X0` while one is asked, Newland's STX answers) and
 * are never handed on as scans. Some makers say "more follows" in a full last report: after 150 ms of silence a full
 * one is taken as the end.
 */
export function hidPos(options: HidPosOptions = {}): Driver<HidPosState, HidPosCommand, HidPosEvent> {
  const stated = options.descriptor ? layoutOf(options.descriptor) : null
  const rule: Rule = { layout: stated ?? options.layout ?? null, family: options.family ?? null }
  return { name: 'HID POS scanner', start: () => CLOSED, step: (state, input) => step(state, input, rule) }
}

interface Rule {
  readonly layout: HidPosLayout | null
  readonly family: HidPosFamily | null
}
type HidPosStep = Step<HidPosState, HidPosEvent>

function step(state: HidPosState, input: Input<HidPosCommand>, rule: Rule): HidPosStep {
  if (input.kind === 'opened') return [{ ...CLOSED, at: 'open', layout: rule.layout }, []]
  if (input.kind === 'closed' || state.at === 'closed') return [CLOSED, []]
  switch (input.kind) {
    case 'bytes':
      return read(state, input.bytes, false, rule)
    case 'command':
      return command(state, input.command, rule)
    case 'woke':
      if (input.timer === 'piece') return read(state, new Uint8Array(), true, rule)
      if (input.timer === 'more') return silence(state)
      return [input.timer === 'answer' ? { ...state, asked: false } : state, []]
    default:
      return input satisfies never
  }
}

function command(state: HidPosState, asked: HidPosCommand, rule: Rule): HidPosStep {
  const family = rule.family ?? familyOf(state.layout)
  const bytes = family === null ? null : hidPosCommand(family, asked)
  if (bytes === null) return [state, []]
  const effects: Effect<HidPosEvent>[] = [{ kind: 'write', bytes }]
  if (asked.kind !== 'ask' && family !== 'newland') return [state, effects]
  return [{ ...state, asked: true }, [...effects, { kind: 'wake', timer: 'answer', after_ms: ANSWER_MS }]]
}

/** Output report 04 is a bit field for one family and a command for another: nothing is sent before it is sure. */
function familyOf(layout: HidPosLayout | null): HidPosFamily | null {
  if (layout === LAYOUT_C) return 'newland'
  if (layout === LAYOUT_D) return 'microscan'
  return layout !== null && layout.aim !== null && layout.reportId === LAYOUT_A.reportId ? 'honeywell' : null
}

function read(before: HidPosState, bytes: Uint8Array, last: boolean, rule: Rule): HidPosStep {
  let state = before
  let pending = joined(before.held, bytes)
  const effects: Effect<HidPosEvent>[] = []
  while (pending.length > 0) {
    // Windows pads every report to the longest one of the device.
    if (pending[0] === 0 && rule.layout?.reportId !== 0) {
      pending = pending.subarray(1)
      continue
    }
    const layout = layoutFor(state, pending, last, rule)
    if (layout === 'wait') break
    if (layout === null || (layout.reportId !== 0 && pending[0] !== layout.reportId)) {
      effects.push(garbled(pending, 'a report of another kind'))
      pending = new Uint8Array()
      break
    }
    if (pending.length < layout.size && !last) break
    const report = parseHidPos(padTo(pending, layout.size), layout)
    if (report === null) effects.push(garbled(pending.subarray(0, layout.size), 'a report with a wrong length'))
    else {
      const [next, told] = hear({ ...state, layout }, report, layout)
      state = next
      effects.push(...told)
    }
    pending = pending.subarray(layout.size)
  }
  effects.push({ kind: 'wake', timer: 'piece', after_ms: pending.length > 0 ? PIECE_MS : null })
  return [{ ...state, held: pending.slice() }, effects]
}

function layoutFor(state: HidPosState, pending: Uint8Array, last: boolean, rule: Rule): HidPosLayout | 'wait' | null {
  if (rule.layout !== null) return rule.layout
  if (state.part !== null || state.skipping) return state.layout
  return pending.length < SHAPE_BYTES && !last ? 'wait' : layoutByShape(pending)
}

function hear(state: HidPosState, report: HidPosReport, layout: HidPosLayout): HidPosStep {
  if (state.skipping) return [{ ...state, skipping: report.more }, report.more ? [more()] : [noMore()]]
  const aim = state.part === null ? report.aim : state.part.aim
  const data = joined(state.part?.data ?? [], report.data)
  if (data.length > SCAN_BYTES_MAX) {
    const told = garbled(data, `longer than ${SCAN_BYTES_MAX} bytes`)
    return [{ ...state, part: null, skipping: report.more }, [told, report.more ? more() : noMore()]]
  }
  if (report.more) {
    const full = report.data.length === layout.data.size
    return [{ ...state, part: { aim, data, full } }, [more()]]
  }
  return finish({ ...state, part: null }, aim, data, state.part === null ? [] : [noMore()])
}

function silence(state: HidPosState): HidPosStep {
  const { part } = state
  const rest = { ...state, part: null, skipping: false }
  if (part === null) return [rest, []]
  if (!part.full) return [rest, [garbled(part.data, 'the scan was not finished')]]
  return finish(rest, part.aim, part.data, [])
}

function finish(
  state: HidPosState,
  aim: string | null,
  data: Uint8Array,
  before: readonly Effect<HidPosEvent>[],
): HidPosStep {
  const reply = replyIn(aim, data, state.asked)
  if (reply !== null) {
    // Honeywell sends the text first and the acknowledgement after it; only the latter ends the question.
    const asked = state.asked && aim === ']X0'
    return [{ ...state, asked }, [...before, { kind: 'emit', event: reply }]]
  }
  const body = withoutSuffix(data)
  return [state, body.length === 0 ? before : [...before, { kind: 'emit', event: scanIn(aim, body) }]]
}

function scanIn(aim: string | null, data: Uint8Array): ScanEvent {
  if (aim === null) return scanOf(data)
  const symbology = symbologyOf(aim, data.length)
  return { kind: 'scan', raw: joined(ascii(aim), data), text: textOf(data), aim, symbology }
}

function replyIn(aim: string | null, data: Uint8Array, asked: boolean): ScannerReply | null {
  if (aim?.startsWith(']Z') === true) return { kind: 'reply', ok: data.at(-2) === 0x06, text: latin1(data.slice(0, -2)) }
  if (aim === ']X0' && asked) return { kind: 'reply', ok: true, text: latin1(data) }
  if (aim !== null || data[0] !== 0x02) return null
  if (data[1] === 0x00) return { kind: 'reply', ok: data[2] === 0x00, text: hexOf(data.slice(4, -2)) }
  if (data[1] === 0x01) return { kind: 'reply', ok: data.at(-3) === 0x06, text: latin1(data.slice(7, -3)) }
  return null
}

/** A line end set for the keyboard mode is often left on; no code ends in one. */
function withoutSuffix(data: Uint8Array): Uint8Array {
  let end = data.length
  if (data[end - 1] === 0x0a) end--
  if (data[end - 1] === 0x0d) end--
  return data.slice(0, end)
}

function padTo(report: Uint8Array, size: number): Uint8Array {
  return report.length >= size ? report.slice(0, size) : joined(report, new Uint8Array(size - report.length))
}

function more(): Effect<HidPosEvent> {
  return { kind: 'wake', timer: 'more', after_ms: MORE_MS }
}

function noMore(): Effect<HidPosEvent> {
  return { kind: 'wake', timer: 'more', after_ms: null }
}

function garbled(bytes: Uint8Array, why: string): Effect<HidPosEvent> {
  return { kind: 'emit', event: { kind: 'garbled', bytes: bytes.slice(0, 64), why } }
}
