import { specOfAi } from './ai-table.ts'
import { splitElementString } from './element-string.ts'
import type { Element } from './element.ts'
import { readImei } from './imei.ts'
import { restrictionOf } from './keys.ts'

/**
 * What is odd about a message that is grammatically right. A doubt never changes what was read.
 * - `SWALLOWED_TAIL`: a value of variable length ends in what reads as further fields: a separator may have been lost.
 * - `IMEI_CHECK`: the device number does not carry its own check digit, which GS1 does not demand.
 * - `RESTRICTED`: the number in the form of a GTIN means something in one shop or country only.
 * - `CODE_LIST`: a bank account, place or code in it cannot be right.
 */
export type Doubt =
  | { readonly kind: 'SWALLOWED_TAIL', readonly ai: string, readonly tail: string }
  | { readonly kind: 'IMEI_CHECK', readonly ai: string }
  | { readonly kind: 'RESTRICTED', readonly ai: string, readonly restriction: string }
  | { readonly kind: 'CODE_LIST', readonly ai: string, readonly lint: string }

/** The doubts about elements that have passed all checks, in their order. */
export function doubtsOf(elements: readonly Element[]): Doubt[] {
  const doubts: Doubt[] = []
  for (const [ai, value] of elements) {
    const tail = swallowedTail(ai, value)
    if (tail !== null) doubts.push({ kind: 'SWALLOWED_TAIL', ai, tail })
    if ((ai === '8040' || ai === '8041') && !readImei(value).ok) doubts.push({ kind: 'IMEI_CHECK', ai })
    const restriction = ai === '01' ? restrictionOf(value) : null
    if (restriction !== null) doubts.push({ kind: 'RESTRICTED', ai, restriction })
    for (const lint of failedLists(ai, value)) doubts.push({ kind: 'CODE_LIST', ai, lint })
  }
  return doubts
}

/** Fields whose content is checked (a date, a check digit), so that they seldom appear in a serial by chance. */
const TELLING_AIS: ReadonlySet<string> = new Set(['00', '01', '02', '03', '11', '12', '13', '15', '16', '17'])

/** The shortest telling field is a date with its AI. */
const TAIL_MIN = 8

/**
 * The first tail of a value of variable length that begins with a field whose content is checked and that reads as
 * whole fields to its end; null if there is none. Values hold at most 90 characters, so this stays cheap.
 */
function swallowedTail(ai: string, value: string): string | null {
  if (specOfAi(ai)?.predefined !== false) return null
  for (let at = 1; at <= value.length - TAIL_MIN; at++) {
    if (!TELLING_AIS.has(value.slice(at, at + 2))) continue
    if (splitElementString(value, at).ok) return value.slice(at)
  }
  return null
}

/** Rules of other standards inside GS1 fields, by their name in the GS1 Syntax Dictionary. */
const LIST_RULES: Readonly<Record<string, (value: string) => boolean>> = {
  iban: (value) => /^[A-Z]{2}\d{2}[0-9A-Z]{11,30}$/.test(value) && ibanHolds(value),
  latitude: (value) => Number(value) <= 1_800_000_000,
  longitude: (value) => Number(value) <= 3_600_000_000,
  iso5218: (value) => '0129'.includes(value),
  mediatype: (value) => (value >= '01' && value <= '10') || value >= '80',
  posinseqslash: (value) => {
    const [position, total] = value.split('/')
    return /^[1-9]\/[1-9]$/.test(value) && position! <= total!
  },
  iso3166alpha2: (value) => /^[A-Z]{2}$/.test(value),
}

function failedLists(ai: string, value: string): string[] {
  const failed: string[] = []
  let at = 0
  for (const part of specOfAi(ai)?.parts ?? []) {
    const text = value.slice(at, at + part.max)
    at += part.max
    for (const lint of part.lints) {
      if (text !== '' && LIST_RULES[lint]?.(text) === false) failed.push(lint)
    }
  }
  return failed
}

/** ISO 13616: country and check digits go to the end, letters count from 10, the rest by 97 is 1. */
function ibanHolds(iban: string): boolean {
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
