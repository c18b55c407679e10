import type { LabelDate } from './dates.ts'
import { isDateAi, readDate } from './dates.ts'
import type { Candidate } from './classify.ts'
import type { Doubt } from './doubts.ts'
import { specOfAi } from './ai-table.ts'
import type { Element } from './element.ts'

/** The way by which something came in. */
export type IdentityChannel = 'scanner' | 'keyboard' | 'camera' | 'rfid' | 'nfc'

/** What one reading of a scan is; a card is never read, and a restriction is a doubt about a GTIN. */
export type IdentityKind = Exclude<Candidate, 'payment-card' | 'restricted-circulation'>

/** A date of a label under its AI. */
export interface IdentityDate extends LabelDate {
  readonly ai: string
}

/**
 * The one shape in which a piece of goods, a carton, a device or a place is named inside of the program.
 * Two pieces are the same only if `gtin14` and `serial` are equal byte for byte; a serial is text and stays as it is.
 */
export interface Identity {
  readonly kind: IdentityKind
  /** The number that names it, with its scheme: an AI, or `imei`, `shop-serial` … Null for a plain web address. */
  readonly key: { readonly scheme: string, readonly value: string } | null
  readonly gtin14: string | null
  readonly serial: string | null
  readonly lot: string | null
  readonly dates: readonly IdentityDate[]
  readonly elements: readonly Element[]
  /** The parts of numbers that are not GS1's, by their names. */
  readonly fields: Readonly<Record<string, string>>
  readonly doubts: readonly Doubt[]
}

/** An identity whose number has no GS1 elements. */
export function plainIdentity(
  kind: IdentityKind, key: { scheme: string, value: string } | null,
  fields: Readonly<Record<string, string>> = {}, doubts: readonly Doubt[] = [],
): Identity {
  return { kind, key, gtin14: null, serial: null, lot: null, dates: [], elements: [], fields, doubts }
}

/** Keys in the order in which they name a piece when a label carries several. */
const KEY_RANK = ['01', '8006', '03', '8003', '8004', '8010', '253', '00', '414', '417', '255'] as const

/** Keys that carry their serial behind them, with the length of the key alone. */
const SERIAL_INSIDE: Readonly<Record<string, number>> = { '253': 13, '255': 13, '8003': 14 }

/**
 * Puts checked GS1 elements into the one shape. `today` (ISO day) decides centuries and expiry.
 * A date that a later clock would read differently keeps its digits in `elements`.
 */
export function elementsIdentity(
  kind: IdentityKind, elements: readonly Element[], today: string,
  doubts: readonly Doubt[], fields: Readonly<Record<string, string>> = {},
): Identity {
  const valueOf = (ai: string) => elements.find(([other]) => other === ai)?.[1] ?? null
  const keyAi = KEY_RANK.find((ai) => valueOf(ai) !== null)
    ?? elements.find(([ai]) => Array.isArray(specOfAi(ai)?.qualifierOrders))?.[0]
  const key = keyAi === undefined ? null : { scheme: keyAi, value: valueOf(keyAi)! }
  return {
    kind,
    key,
    gtin14: valueOf('01') ?? valueOf('03') ?? valueOf('8006')?.slice(0, 14) ?? null,
    serial: valueOf('21') ?? valueOf('8011') ?? serialInside(key),
    lot: valueOf('10'),
    dates: datesOf(elements, today),
    elements,
    fields,
    doubts,
  }
}

function serialInside(key: { scheme: string, value: string } | null): string | null {
  const bare = key === null ? undefined : SERIAL_INSIDE[key.scheme]
  return bare === undefined || key!.value.length <= bare ? null : key!.value.slice(bare)
}

function datesOf(elements: readonly Element[], today: string): IdentityDate[] {
  return elements.flatMap(([ai, value]) => {
    if (!isDateAi(ai)) return []
    const read = readDate(ai, value, today)
    if (!read.ok) return []
    const { ok: _, ...date } = read
    return [{ ai, ...date }]
  })
}
