import { DAY_MS } from '../durations.ts'
import type { EventKind } from '../journal.ts'
import type { FlagKind } from '../unit.ts'
import { unreachable } from '../unreachable.ts'

/** What happened to an identity, as far as contradictions care. */
export type HistoryKind =
  | 'commission' | 'receive' | 'restock' | 'sell' | 'void' | 'return' | 'stolen' | 'recalled' | 'block' | 'unblock'
  | 'destroy' | 'observe'

/**
 * What an event of the shop's journal means here. `flag` is the flag of a `flagged` event, `why` the reason of a
 * `retired` one. A void, an exchange and a correction give the piece back without a return of its own.
 */
export function historyKindOf(kind: EventKind, { flag, why }: { flag?: FlagKind, why?: string } = {}): HistoryKind {
  if (kind === 'flagged') return flag === undefined ? 'block' : FLAG_KINDS[flag]
  if (kind === 'retired') return why === 'tag-killed' ? 'observe' : 'destroy'
  return JOURNAL_KINDS[kind] ?? 'observe'
}

const FLAG_KINDS: Readonly<Record<FlagKind, HistoryKind>> = {
  'stolen-own': 'stolen', 'stolen-reported': 'stolen', 'recall': 'recalled', 'recall-remedied': 'unblock',
  'counterfeit-suspected': 'block', 'hold': 'block', 'quarantine': 'block', 'activation-lock': 'block',
  'cold-chain-excursion': 'block',
}

const JOURNAL_KINDS: Readonly<Partial<Record<EventKind, HistoryKind>>> = {
  commissioned: 'commission', received: 'receive', stocked: 'restock', sold: 'sell', voided: 'void',
  exchanged: 'void', corrected: 'void', returned: 'return', held: 'block', released: 'unblock',
  unflagged: 'unblock', remedied: 'unblock',
}

/** One event of one identity, from whichever till or store knows it. */
export interface HistoryEvent {
  /** ISO 8601 with `Z` or an offset. */
  readonly at: string
  readonly kind: HistoryKind
  readonly site?: string
  /** Degrees; both or neither. */
  readonly latitude?: number
  readonly longitude?: number
  /** The read counter of an NFC tag that was verified at this event. */
  readonly counter?: number
}

/** What else is known about the identity; each part may be missing. */
export interface HistoryContext {
  /** Sites nearer than this are one place (km). */
  readonly graceKm?: number
  /** Faster than this no piece travels (km/h). */
  readonly maxKmh?: number
  /** Clocks of two tills may differ by this much (s). */
  readonly clockSkewSec?: number
  /** The ISO day on which the piece was made, from its label or its serial. */
  readonly madeOn?: string
  /** False if the serial is outside of everything that its maker or the shop ever issued. */
  readonly everIssued?: boolean
  /** The tag carries this identity on another chip than the one it was bound to. */
  readonly onForeignTag?: boolean
  /** The same serial is known on another product of a maker who does not repeat serials. */
  readonly onOtherProduct?: boolean
}

export type ContradictionFlag =
  | 'SOLD_TWICE' | 'SOLD_WHILE_BLOCKED' | 'RETURN_WITHOUT_SALE' | 'RETURNED_TWICE' | 'COMMISSIONED_TWICE'
  | 'SEEN_AFTER_DESTROYED' | 'IMPOSSIBLE_TRAVEL' | 'COUNTER_REPLAY' | 'NEVER_ISSUED' | 'TAG_DIFFERS'
  | 'SERIAL_ON_OTHER_PRODUCT' | 'SEEN_BEFORE_MADE'

/**
 * A warning with its rule. It says that one of the pieces or one of the records is wrong, never that the piece in hand
 * is the false one: a person decides, nobody is accused.
 */
export interface Contradiction {
  readonly rule: string
  readonly flag: ContradictionFlag
  /** Places in the given list: the event that contradicts, after the earlier one that it contradicts, if any. */
  readonly events: readonly number[]
}

const RULES: Readonly<Record<ContradictionFlag, string>> = {
  SOLD_TWICE: 'R1',
  SOLD_WHILE_BLOCKED: 'R2',
  RETURN_WITHOUT_SALE: 'R3',
  RETURNED_TWICE: 'R4',
  COMMISSIONED_TWICE: 'R5',
  SEEN_AFTER_DESTROYED: 'R6',
  IMPOSSIBLE_TRAVEL: 'R7',
  COUNTER_REPLAY: 'R8',
  NEVER_ISSUED: 'R9',
  TAG_DIFFERS: 'R9',
  SERIAL_ON_OTHER_PRODUCT: 'R9',
  SEEN_BEFORE_MADE: 'R10',
}

const GRACE_KM = 50
const MAX_KMH = 900
const CLOCK_SKEW_SEC = 120
const EARTH_RADIUS_KM = 6371.0088

/** An event with its place in the given list and its absolute time in milliseconds. */
interface Placed {
  readonly event: HistoryEvent
  readonly index: number
  readonly time: number
}

/**
 * Every contradiction in the events of one identity, in the order of time (offsets respected, ties as given), so that
 * the journals of several tills may be merged in any order. Events without a readable time take part as the earliest.
 * Missing events make false alarms: weigh the warnings, do not block by them alone.
 */
export function contradictionsOf(events: readonly HistoryEvent[], context: HistoryContext = {}): Contradiction[] {
  const placed = inOrderOfTime(events)
  return [
    ...lifeContradictions(placed),
    ...travelContradictions(placed, context),
    ...counterContradictions(placed),
    ...contextContradictions(placed, context),
  ]
}

/** The flags of contradictions, each once, in alphabetical order. */
export function flagsOf(contradictions: readonly Contradiction[]): ContradictionFlag[] {
  return [...new Set(contradictions.map(({ flag }) => flag))].sort()
}

const found = (flag: ContradictionFlag, ...events: readonly (Placed | null)[]): Contradiction =>
  ({ rule: RULES[flag], flag, events: events.flatMap((placed) => (placed === null ? [] : [placed.index])) })

function inOrderOfTime(events: readonly HistoryEvent[]): Placed[] {
  return events
    .map((event, index) => ({ event, index, time: Date.parse(event.at) }))
    .map((placed) => ({ ...placed, time: Number.isNaN(placed.time) ? Number.NEGATIVE_INFINITY : placed.time }))
    .toSorted((a, b) => (a.time === b.time ? 0 : a.time - b.time))
}

/** Where a piece stands in its life, with the event that put it there. */
interface Life {
  is: 'stock' | 'sold' | 'returned'
  since: Placed | null
  commissioned: Placed | null
  blocked: Placed | null
  destroyed: Placed | null
}

/** Rules R1 to R6: one walk through the life of the piece, from stock to customer and back. */
function lifeContradictions(placed: readonly Placed[]): Contradiction[] {
  const warnings: Contradiction[] = []
  const life: Life = { is: 'stock', since: null, commissioned: null, blocked: null, destroyed: null }
  const become = (is: Life['is'], since: Placed): void => {
    life.is = is
    life.since = since
  }
  for (const here of placed) {
    if (life.destroyed !== null) warnings.push(found('SEEN_AFTER_DESTROYED', life.destroyed, here))
    switch (here.event.kind) {
      case 'commission':
        if (life.commissioned !== null) warnings.push(found('COMMISSIONED_TWICE', life.commissioned, here))
        life.commissioned = here
        break
      case 'sell':
        if (life.is === 'sold') warnings.push(found('SOLD_TWICE', life.since, here))
        if (life.blocked !== null) warnings.push(found('SOLD_WHILE_BLOCKED', life.blocked, here))
        become('sold', here)
        break
      case 'return':
        if (life.is === 'stock') warnings.push(found('RETURN_WITHOUT_SALE', here))
        if (life.is === 'returned') warnings.push(found('RETURNED_TWICE', life.since, here))
        become('returned', here)
        break
      case 'void':
        if (life.is === 'sold') become('stock', here)
        break
      case 'receive':
      case 'restock': become('stock', here); break
      case 'stolen':
      case 'recalled':
      case 'block': life.blocked = here; break
      case 'unblock': life.blocked = null; break
      case 'destroy': life.destroyed = here; break
      case 'observe': break
      default: return unreachable(here.event.kind)
    }
  }
  return warnings
}

/** Rule R7: two places in a row between which nothing travels that fast. */
function travelContradictions(placed: readonly Placed[], context: HistoryContext): Contradiction[] {
  const { graceKm = GRACE_KM, maxKmh = MAX_KMH, clockSkewSec = CLOCK_SKEW_SEC } = context
  const located = placed.filter(({ event, time }) =>
    event.latitude !== undefined && event.longitude !== undefined && Number.isFinite(time))
  return located.flatMap((here, i) => {
    const before = located[i - 1]
    if (before === undefined || before.event.site === here.event.site) return []
    const distance = distanceKm(before.event, here.event)
    const seconds = (here.time - before.time) / 1000
    const tooFast = seconds <= clockSkewSec || distance / (seconds / 3600) > maxKmh
    return distance > graceKm && tooFast ? [found('IMPOSSIBLE_TRAVEL', before, here)] : []
  })
}

/** Great-circle distance on a sphere (haversine). */
function distanceKm(from: HistoryEvent, to: HistoryEvent): number {
  const radians = Math.PI / 180
  const [latitude1, latitude2] = [(from.latitude ?? 0) * radians, (to.latitude ?? 0) * radians]
  const longitudes = ((to.longitude ?? 0) - (from.longitude ?? 0)) * radians
  const chord = Math.sin((latitude2 - latitude1) / 2) ** 2
    + Math.cos(latitude1) * Math.cos(latitude2) * Math.sin(longitudes / 2) ** 2
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** Rule R8: a counter that only ever rises was seen again. */
function counterContradictions(placed: readonly Placed[]): Contradiction[] {
  const warnings: Contradiction[] = []
  let highest: Placed | null = null
  for (const here of placed) {
    if (here.event.counter === undefined) continue
    const replayed = highest !== null && here.event.counter <= (highest.event.counter ?? 0)
    if (replayed) warnings.push(found('COUNTER_REPLAY', highest, here))
    else highest = here
  }
  return warnings
}

/** Rules R9 and R10: what the events alone cannot tell. */
function contextContradictions(placed: readonly Placed[], context: HistoryContext): Contradiction[] {
  const warnings: Contradiction[] = []
  if (context.everIssued === false) warnings.push(found('NEVER_ISSUED'))
  if (context.onForeignTag === true) warnings.push(found('TAG_DIFFERS'))
  if (context.onOtherProduct === true) warnings.push(found('SERIAL_ON_OTHER_PRODUCT'))
  const made = context.madeOn === undefined ? Number.NaN : Date.parse(context.madeOn)
  const early = placed.find(({ time }) => Number.isFinite(time) && time < made - DAY_MS)
  if (early !== undefined) warnings.push(found('SEEN_BEFORE_MADE', early))
  return warnings
}

/** The day of making has no zone, so a day of grace covers every one of them. */
