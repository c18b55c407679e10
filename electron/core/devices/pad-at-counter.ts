import type { PadTag, PadView } from '../../../contract/device-view.ts'
import { closedPresence, leftBehind, PAD, type PresenceEvent } from '../../../native/rfid/presence.ts'
import { startPad, stepPad, type Pad, type PadInput } from '../../../native/rfid/pad.ts'
import type { ReaderFamily, ReaderKnown, RfidCommand, RfidEvent, Region, TagSeen } from '../../../native/rfid/reader.ts'
import type { Difference, WantedSettings } from '../../../native/rfid/settings.ts'

/** A flow that wants the pad: `cart` takes everything that lies there, `one` a single piece. */
export interface PadFlow {
  /** Another key is another flow: what lay there before is forgotten. */
  readonly key: string
  readonly mode: 'cart' | 'one'
  /** True where the pad should be empty at first: what is read then belongs to the shelf behind it. */
  readonly learn: boolean
  /** Tags that belong to this flow already, as those of a sale that was parked. */
  readonly ours?: readonly string[]
}

export interface PadEvents {
  /** Orders for the reader; lost when it is not there, because then it also tells its settings again. */
  send(command: RfidCommand): void
  presence(event: PresenceEvent): void
  changed(): void
}

/** So little power that the pad ends at its edge (a pad works at 15 to 18 dBm). */
const POWER_DBM = 18
const TAGS_KNOWN_MAX = 2_000
/** One sale right after another need not learn the shelf again; later somebody may have put things there. */
const SHELF_KNOWN_MS = 120_000

/** One pad with its reader: the radio is on only while a flow that wants it is open. */
export class PadAtCounter {
  readonly #on: PadEvents
  #pad: Pad
  #flow: PadFlow | null = null
  #model: string | null = null
  #family: ReaderFamily | null = null
  readonly #seen = new Map<string, TagSeen>()
  /** What lay around the pad when the flow before ended. */
  #shelf: { readonly tags: readonly string[]; readonly at_ms: number } | null = null

  constructor(country: string, on: PadEvents) {
    this.#on = on
    this.#pad = startPad(wantedIn(country))
  }

  /** The flow in front has changed, or there is none that wants the pad. */
  want(flow: PadFlow | null, at_ms: number): void {
    const before = this.#flow
    if (flow?.key === before?.key) return
    // Said first: closing the flow before changes the view, and whoever looks at it asks for this flow again.
    this.#flow = flow
    if (before !== null) {
      this.#rememberShelf(before, at_ms)
      this.#step({ kind: 'close-flow' })
    }
    this.#seen.clear()
    if (flow === null) return
    this.#pad = { ...this.#pad, presence: closedPresence({ ...PAD, mode: flow.mode }) }
    const shelf = this.#shelf !== null && at_ms - this.#shelf.at_ms < SHELF_KNOWN_MS ? this.#shelf.tags : null
    // Where one piece is wanted, a piece that lies there is the answer.
    const strays = flow.mode === 'cart' ? (shelf ?? []) : []
    this.#step({ kind: 'open-flow', learn: flow.learn && shelf === null, strays, ours: flow.ours ?? [], at_ms })
  }

  hear(event: RfidEvent, at_ms: number): void {
    if (event.kind === 'reader') {
      this.#model = modelOf(event)
      this.#family = event.family
    }
    if (event.kind === 'tag') {
      // A telephone's number changes at every tap; it is never anybody's.
      if (!event.stable) return
      this.#remember(event)
    }
    this.#step({ kind: 'heard', event, at_ms })
  }

  gone(): void {
    this.#step({ kind: 'gone' })
  }

  /** A person says whether this tag belongs to the flow. False when it is not asked about. */
  judge(tag: string, takes: boolean): boolean {
    const asked = this.#tags('unsure').concat(this.#tags('stray'), this.#tags('present')).includes(tag)
    if (asked) this.#step({ kind: takes ? 'choose' : 'dismiss', tag })
    return asked
  }

  confirmSettings(at_ms: number): void {
    this.#step({ kind: 'confirm-settings', at_ms })
  }

  /** What a tag is scanned as: its EPC; an NFC tag by its web address where it has one, else by its number. */
  scanOf(tag: string): { readonly text: string; readonly aim: null; readonly channel: 'rfid' | 'nfc'; readonly tid: string | null } {
    const seen = this.#seen.get(tag)
    const channel = (seen?.uid ?? null) === null ? 'rfid' : 'nfc'
    return { text: seen?.epc ?? seen?.url ?? tag, aim: null, channel, tid: seen?.tid ?? null }
  }

  get saysOfItself(): string | null {
    return this.#model
  }

  /** Readers of NFC cards write no EPC and kill nothing; of a reader that has not said what it is nobody knows. */
  get writesTags(): boolean {
    return this.#family !== null && this.#family !== 'pn532'
  }

  view(nameOf: (tag: string) => string | null): PadView {
    const { settings, radio } = this.#pad
    const shown = (is: TagIs): PadTag[] =>
      this.#tags(is).map((tag) => ({ tag, name: nameOf(this.scanOf(tag).text), rssi_dbm: this.#seen.get(tag)?.rssi_dbm ?? null }))
    return {
      radio,
      learning: this.#pad.presence.at === 'learning',
      settings: settings.at,
      differences: 'differences' in settings ? settings.differences.map(differenceView) : [],
      present: shown('present'),
      unsure: shown('unsure'),
      strays: shown('stray'),
    }
  }

  #tags(is: TagIs): string[] {
    return [...this.#pad.presence.tags].filter(([, known]) => known.is === is).map(([tag]) => tag)
  }

  #rememberShelf(flow: PadFlow, at_ms: number): void {
    const tags = flow.learn ? leftBehind(this.#pad.presence) : null
    if (tags !== null) this.#shelf = { tags, at_ms }
  }

  #remember(seen: TagSeen): void {
    const tag = seen.epc ?? seen.uid
    if (tag === null || (this.#seen.size >= TAGS_KNOWN_MAX && !this.#seen.has(tag))) return
    this.#seen.set(tag, seen)
  }

  #step(input: PadInput): void {
    const { pad, commands, events } = stepPad(this.#pad, input)
    this.#pad = pad
    for (const command of commands) this.#on.send(command)
    for (const event of events) if (event.kind !== 'settings' && event.kind !== 'radio') this.#on.presence(event)
    if (events.length > 0) this.#on.changed()
  }
}

type TagIs = 'present' | 'unsure' | 'stray'

function differenceView(difference: Difference) {
  return difference.setting === 'power'
    ? { setting: 'power' as const, is: `${difference.is_dbm} dBm`, wanted: `${difference.wanted_dbm} dBm` }
    : { setting: 'region' as const, is: difference.is, wanted: difference.wanted }
}

const modelOf = (reader: ReaderKnown): string =>
  [reader.family, reader.model, reader.firmware].filter((part) => part !== null && part !== '').join(' ')

const wantedIn = (country: string): WantedSettings => ({ power_dbm: POWER_DBM, region: REGION_OF_COUNTRY[country] ?? 'eu' })

/** Where the radio may be used as in Europe (ETSI EN 302 208) is the rule; these differ. */
const REGION_OF_COUNTRY: Readonly<Record<string, Region>> = {
  US: 'us', CA: 'us', MX: 'us', CN: 'cn', JP: 'jp', KR: 'kr', IN: 'in', AU: 'au', NZ: 'nz',
}
