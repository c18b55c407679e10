import type { Opening, Presence, PresenceEvent, PresenceOptions, PresenceStep } from './presence.ts'
import {
  chosen,
  closedPresence,
  closePresence,
  dismissed,
  holdPresence,
  openPresence,
  PAD,
  passed,
  resumePresence,
  sighted,
} from './presence.ts'
import type { RfidCommand, RfidEvent } from './reader.ts'
import type { SettingsInput, SettingsWatch, WantedSettings } from './settings.ts'
import { mayRadiate, startSettings, stepSettings } from './settings.ts'

/**
 * A pad as the shop sees it: the reader's driver underneath, its settings watched, and presence on top. Pure; the
 * caller runs the driver, passes its events in with their time, and hands the commands on to it. The radio is on only
 * while a flow is open and the reader's region is the shop's.
 */
export interface Pad {
  readonly presence: Presence
  readonly settings: SettingsWatch
  readonly wanted: WantedSettings
  /** Null when no flow is open. */
  readonly flow: Opening | null
  readonly radio: boolean
}

export type PadInput =
  | { readonly kind: 'heard'; readonly event: RfidEvent; readonly at_ms: number }
  /** The line to the reader has ended. */
  | { readonly kind: 'gone' }
  /** `learn: true` takes what is read first for the shelf's; the pad should be empty then. */
  | ({ readonly kind: 'open-flow'; readonly at_ms: number } & Opening)
  | { readonly kind: 'close-flow' }
  | { readonly kind: 'choose' | 'dismiss'; readonly tag: string }
  /** Somebody with the right to do so said that the reader's settings shall be changed. */
  | { readonly kind: 'confirm-settings'; readonly at_ms: number }

export type PadEvent =
  | PresenceEvent
  | { readonly kind: 'settings'; readonly settings: SettingsWatch }
  | { readonly kind: 'radio'; readonly on: boolean }

export interface PadStep {
  readonly pad: Pad
  readonly commands: readonly RfidCommand[]
  readonly events: readonly PadEvent[]
}

export function startPad(wanted: WantedSettings, options: PresenceOptions = PAD): Pad {
  return { presence: closedPresence(options), settings: startSettings(), wanted, flow: null, radio: false }
}

export function stepPad(pad: Pad, input: PadInput): PadStep {
  switch (input.kind) {
    case 'heard':
      return heard(pad, input.event, input.at_ms)
    case 'gone':
      return silenced(pad)
    case 'open-flow':
      return tuned(told({ ...pad, flow: { learn: input.learn, strays: input.strays ?? [], ours: input.ours ?? [] } }), input.at_ms)
    case 'close-flow':
      return tuned(told({ ...pad, flow: null, presence: closePresence(pad.presence) }), 0)
    case 'choose':
      return present(pad, chosen(pad.presence, input.tag))
    case 'dismiss':
      return present(pad, dismissed(pad.presence, input.tag))
    case 'confirm-settings':
      return watched(pad, { kind: 'confirmed' }, input.at_ms)
    default:
      return input satisfies never
  }
}

function heard(pad: Pad, event: RfidEvent, at_ms: number): PadStep {
  switch (event.kind) {
    case 'tag':
      return present(pad, sighted(pad.presence, event, at_ms))
    case 'alive':
      return present(pad, passed(pad.presence, at_ms))
    case 'reader':
      return watched(pad, { kind: 'found', settings: event }, at_ms)
    case 'outcome':
      return watched(pad, { kind: 'outcome', outcome: event }, at_ms)
    case 'fault':
      return event.fault === 'not-answering' ? silenced(pad) : told(pad)
    case 'unsupported':
    case 'garbled':
      return told(pad)
    default:
      return event satisfies never
  }
}

/** The reader's word is gone, and with it the radio; the cart stays as it is until the reader is back. */
function silenced(pad: Pad): PadStep {
  const [settings] = stepSettings(pad.settings, { kind: 'lost' }, pad.wanted)
  const events: readonly PadEvent[] = pad.radio ? [{ kind: 'radio', on: false }] : []
  return { pad: { ...pad, settings, radio: false, presence: holdPresence(pad.presence) }, commands: [], events }
}

function watched(pad: Pad, input: SettingsInput, at_ms: number): PadStep {
  const [settings, orders] = stepSettings(pad.settings, input, pad.wanted)
  const events: readonly PadEvent[] = settings === pad.settings ? [] : [{ kind: 'settings', settings }]
  return tuned({ pad: { ...pad, settings }, commands: orders, events }, at_ms)
}

/** Switches the radio to where it belongs. */
function tuned({ pad, commands, events }: PadStep, at_ms: number): PadStep {
  const on = pad.flow !== null && mayRadiate(pad.settings)
  if (on === pad.radio) return { pad, commands, events }
  const command: RfidCommand = { kind: on ? 'open-field' : 'close-field' }
  return {
    pad: { ...pad, radio: on, presence: on ? begun(pad, at_ms) : holdPresence(pad.presence) },
    commands: [...commands, command],
    events: [...events, { kind: 'radio', on }],
  }
}

/** A flow's first moment with the radio on is when learning begins; after an interruption it goes on where it was. */
function begun(pad: Pad, at_ms: number): Presence {
  if (pad.presence.at !== 'closed') return resumePresence(pad.presence, at_ms)
  return openPresence(pad.presence, at_ms, pad.flow ?? { learn: false })
}

function present(pad: Pad, [presence, events]: PresenceStep): PadStep {
  return { pad: presence === pad.presence ? pad : { ...pad, presence }, commands: [], events }
}

function told(pad: Pad): PadStep {
  return { pad, commands: [], events: [] }
}
