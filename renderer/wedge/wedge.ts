import type { BothReadings, LayoutHint, ScannerLayout } from './layout.ts'
import { readBoth } from './layout.ts'
import { controlCharacter, keypadDigit, usCharacter } from './us-keys.ts'

/** One key going down, as the page sees it. */
export interface WedgeKey {
  readonly code: string
  readonly key: string
  readonly shift: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  readonly meta: boolean
  /** The key is held down and repeats by itself. */
  readonly repeat: boolean
  /** Milliseconds, from the event itself: the page may have been busy since. */
  readonly at: number
}

export interface WedgeSettings {
  /** The longest gap between two keys of a scan; learned by `learn`. */
  readonly gap_ms_max: number
  readonly characters_min: number
  readonly layout: ScannerLayout
}

/** Wired scanners type with gaps of 1 to 20 ms. */
export const USUAL_SETTINGS: WedgeSettings = { gap_ms_max: 35, characters_min: 4, layout: 'unknown' }

/** A key of a burst in both readings, and what a field would have got from it. */
interface Typed {
  readonly us: string
  readonly local: string
  /** What to put into the field when the burst turns out to be typing; empty for the key that went through. */
  readonly held: string
  readonly at: number
}

export interface WedgeState {
  readonly settings: WedgeSettings
  readonly typed: readonly Typed[]
  readonly first_at: number
  readonly last_at: number
  readonly key_count: number
  /** Digits of an Alt code being typed, such as 029. */
  readonly altCode: string
  /** Until then line ends that trail a finished scan are still part of it. */
  readonly tail_until: number
  /** The burst that was taken for typing because nothing followed it for a while: its next key may only be late. */
  readonly givenUp: WedgeState | null
}

export type WedgeOutcome =
  | {
      readonly kind: 'scan'
      readonly text: string
      readonly hint: LayoutHint | null
      readonly readings: BothReadings
      /** The usual gap between two characters, the median. */
      readonly gap_ms: number
    }
  /** It was typing after all: `held` is what the field still has to get. */
  | { readonly kind: 'typing'; readonly held: string }

export interface WedgeStep {
  readonly state: WedgeState
  /** Keep the key from the page. */
  readonly swallow: boolean
  /** This key may be the first of a scan, and goes through: the field is worth remembering as it is now. */
  readonly begins: boolean
  readonly outcomes: readonly WedgeOutcome[]
  /** Call `quiet` when no key has come for so long; null when there is nothing to wait for. */
  readonly quiet_ms: number | null
}

const CHARACTERS_MAX = 8 * 1024
const GAPS_UNTIL_QUIET = 3
const TAIL_MS = 150
/** Without an end key a burst must be longer: fingers rolled over the keys are as fast as a scanner for a moment. */
const SILENT_END_CHARACTERS_MIN = 6
/** How many characters a slow (radio) scanner's code must have: people reach its pace for a few keys. */
const SLOW_GAP_MS = 50
const SLOW_CHARACTERS_MIN = 6
const GROUP_SEPARATOR = '\u001d'
const SILENT_KEYS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'CapsLock', 'NumLock', 'Clear', 'Meta', 'OS'])

export function startWedge(settings: WedgeSettings = USUAL_SETTINGS): WedgeState {
  return { settings, typed: [], first_at: 0, last_at: 0, key_count: 0, altCode: '', tail_until: -1, givenUp: null }
}

/**
 * Tells a scanner that types from a person who does. A key joins a burst when it follows the one before it within the
 * gap; from the second key on it is kept from the page, and a burst that turns out to be typing is handed back. Key
 * repeat, typing and shortcuts are never a scan.
 */
export function pressed(known: WedgeState, key: WedgeKey): WedgeStep {
  const before = takenUp(known, key)
  const gap = key.at - before.last_at
  const { settings } = before
  if (before.typed.length === 0 && isTail(before, key)) return step(before, true, [])
  if (SILENT_KEYS.has(key.key)) {
    // A scanner presses Shift between its characters; that neither types nor breaks a burst.
    const counted = before.typed.length === 0 ? before : { ...before, last_at: key.at, key_count: before.key_count + 1 }
    return step(counted, false, [])
  }
  const inPace = before.typed.length > 0 && (gap <= settings.gap_ms_max || (gap <= longGap(settings) && isScan(before, SILENT_END_CHARACTERS_MIN)))
  const outcomes = before.typed.length > 0 && !inPace ? [decide(before)] : []
  const state = inPace ? before : emptied(before, outcomes)
  const running = state.typed.length > 0

  if (key.repeat) return step(emptied(state), false, [...outcomes, ...handBack(state)])
  if (running && isEnd(key)) return end(state, outcomes, key)
  const typed = typedBy(key, state)
  if (typed === null) return step(emptied(state), false, [...outcomes, ...handBack(state)])
  if (!running) {
    const first = { ...state, typed: [{ ...typed, held: '' }], first_at: key.at, last_at: key.at, key_count: 1 }
    return { ...step(first, false, outcomes), begins: true }
  }
  if (state.typed.length >= CHARACTERS_MAX) return step({ ...state, last_at: key.at }, true, outcomes)
  const altCode = altDigits(state, key)
  const joined = {
    ...state,
    typed: altCode === null ? [...withAltCode(state), typed] : state.typed,
    altCode: altCode ?? '',
    last_at: key.at,
    key_count: state.key_count + 1,
  }
  return step(joined, true, outcomes)
}

/** No key has come for the time the last step asked for. */
export function quiet(state: WedgeState): WedgeStep {
  if (state.typed.length === 0) return step(emptied(state), false, [])
  const outcome = decide(state)
  return step({ ...emptied(state), givenUp: outcome.kind === 'typing' ? state : null }, false, [outcome])
}

/**
 * A busy machine hands over keys long after they were pressed. One that by its own time belongs to a burst already
 * given up goes on with it; what the field got meanwhile is not handed back a second time.
 */
function takenUp(state: WedgeState, key: WedgeKey): WedgeState {
  const { givenUp, settings } = state
  if (givenUp === null || key.at - givenUp.last_at > settings.gap_ms_max) return state
  return { ...givenUp, typed: givenUp.typed.map((each) => ({ ...each, held: '' })) }
}

export const CALIBRATION = ']#AZ-az_0189'
const LEARNED_GAP_MIN = 20
const LEARNED_GAP_MAX = 120
/** Waits long enough for a radio scanner; while it holds, quick typing may be taken for a scan. */
export const CALIBRATING: WedgeSettings = { gap_ms_max: LEARNED_GAP_MAX, characters_min: 8, layout: 'unknown' }

/**
 * What a scan of the calibration code (a Code 128 of `CALIBRATION`) teaches: the scanner's pace and its keyboard. Null
 * when it was not that code.
 */
export function learn(scan: { readonly readings: BothReadings; readonly gap_ms: number }): WedgeSettings | null {
  const shows = (text: string) => text.toLowerCase().includes(CALIBRATION.toLowerCase())
  const { us, local } = scan.readings
  if (!shows(us) && !shows(local)) return null
  const gap_ms_max = Math.min(LEARNED_GAP_MAX, Math.max(LEARNED_GAP_MIN, Math.ceil(GAPS_UNTIL_QUIET * scan.gap_ms)))
  return { ...USUAL_SETTINGS, gap_ms_max, layout: shows(us) ? 'us' : 'local' }
}

function step(state: WedgeState, swallow: boolean, outcomes: readonly WedgeOutcome[]): WedgeStep {
  return { state, swallow, begins: false, outcomes, quiet_ms: state.typed.length > 0 ? longGap(state.settings) : null }
}

function longGap(settings: WedgeSettings): number {
  return settings.gap_ms_max * GAPS_UNTIL_QUIET
}

function end(state: WedgeState, outcomes: readonly WedgeOutcome[], key: WedgeKey): WedgeStep {
  const outcome = decide(state, 0)
  if (outcome.kind === 'typing') return step(emptied(state), false, [...outcomes, outcome])
  return step({ ...emptied(state), tail_until: key.at + TAIL_MS }, true, [...outcomes, outcome])
}

function decide(state: WedgeState, characters_min = SILENT_END_CHARACTERS_MIN): WedgeOutcome {
  const whole: WedgeState = { ...state, typed: withAltCode(state), altCode: '' }
  if (!isScan(whole, characters_min)) return { kind: 'typing', held: whole.typed.map((each) => each.held).join('') }
  const readings = { us: reading(whole, 'us'), local: reading(whole, 'local') }
  return { kind: 'scan', ...readBoth(readings, whole.settings.layout), readings, gap_ms: medianGap(whole.typed) }
}

function reading(state: WedgeState, way: 'us' | 'local'): string {
  return state.typed.map((each) => each[way]).join('')
}

function isScan(state: WedgeState, characters_min: number): boolean {
  const { settings, typed } = state
  const slow = settings.gap_ms_max > SLOW_GAP_MS
  if (typed.length < Math.max(settings.characters_min, characters_min, slow ? SLOW_CHARACTERS_MIN : 0)) return false
  // Some remote desktops do not mark key repeat; one character over and over is a key held down.
  if (typed.every((each) => each.us === typed[0]!.us && each.local === typed[0]!.local)) return false
  return meanGap(state) <= settings.gap_ms_max / 1.2
}

function meanGap(state: WedgeState): number {
  return state.key_count < 2 ? 0 : (state.last_at - state.first_at) / (state.key_count - 1)
}

function medianGap(typed: readonly Typed[]): number {
  const gaps = typed.slice(1).map((each, index) => each.at - typed[index]!.at)
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 0
}

function handBack(state: WedgeState): WedgeOutcome[] {
  return state.typed.length > 0 ? [decide(state)] : []
}

function emptied(state: WedgeState, outcomes: readonly WedgeOutcome[] = []): WedgeState {
  const scanned = outcomes.some((outcome) => outcome.kind === 'scan')
  const tail_until = scanned ? state.last_at + TAIL_MS : state.tail_until
  return { ...startWedge(state.settings), last_at: state.last_at, tail_until }
}

/** Enter after Ctrl+J, LF after CR: the rest of a suffix. In a page they would press a button or open the downloads. */
function isTail(state: WedgeState, key: WedgeKey): boolean {
  return key.at <= state.tail_until && isEnd(key)
}

/** Enter and Tab, and the line ends that scanners send as Ctrl+J, Ctrl+Shift+J, Ctrl+M and Ctrl+I. */
function isEnd(key: WedgeKey): boolean {
  if (isControl(key)) return key.code === 'KeyJ' || key.code === 'KeyM' || key.code === 'KeyI'
  return key.key === 'Enter' || key.key === 'Tab'
}

/** Ctrl without Alt: with Alt it is AltGr, which types characters. */
function isControl(key: WedgeKey): boolean {
  return key.ctrl && !key.alt
}

/** What a key types; null for shortcuts and for keys that type nothing, which end a burst. */
function typedBy(key: WedgeKey, state: WedgeState): Typed | null {
  if (key.meta) return null
  const { at } = key
  const running = state.typed.length > 0
  if (isControl(key)) {
    const control = running ? controlCharacter(key.code) : null
    return control === null ? null : { us: control, local: control, held: '', at }
  }
  if (key.key === 'F8' && running) return { us: GROUP_SEPARATOR, local: GROUP_SEPARATOR, held: '', at }
  if (key.alt && !key.ctrl) return running && keypadDigit(key.code) !== null ? { us: '', local: '', held: '', at } : null
  const shown = key.key.length === 1 ? key.key : ''
  if (shown === '' && key.key !== 'Dead' && key.key !== 'Process' && key.key !== 'Unidentified') return null
  const us = usCharacter(key.code, key.shift)
  if (us === null && shown === '') return null
  return { us: us ?? shown, local: shown, held: shown, at }
}

function altDigits(state: WedgeState, key: WedgeKey): string | null {
  const digit = key.alt && !key.ctrl ? keypadDigit(key.code) : null
  return digit === null ? null : (state.altCode + digit).slice(0, 4)
}

/** The Alt code becomes its character when Alt is released, which shows in the next key. */
function withAltCode(state: WedgeState): readonly Typed[] {
  const value = state.altCode === '' ? 0 : Number(state.altCode)
  if (value === 0 || value > 0xff) return state.typed
  const character = String.fromCharCode(value)
  return [...state.typed, { us: character, local: character, held: '', at: state.last_at }]
}
