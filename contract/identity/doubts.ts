import { specOfAi } from './ai-table.ts'
import { splitElementString } from './element-string.ts'
import type { Element } from './element.ts'
import { readImei } from './imei.ts'
import { restrictionOf } from './keys.ts'

/** What can be odd about something that was read without a fault. */
export type DoubtKind =
  | 'SWALLOWED_TAIL' | 'IMEI_CHECK' | 'RESTRICTED' | 'CODE_LIST' | 'SHORT_GTIN' | 'LOOSE_PERCENT'
  | 'SIGNED_NOT_VERIFIED' | 'VIN_CHECK' | 'RANDOM_MAC' | 'NO_CHECK_DIGIT'

/** A doubt never changes what was read; it is shown beside it, with the field and the part that it is about. */
export interface Doubt {
  readonly kind: DoubtKind
  readonly ai?: string
  readonly detail?: string
}

/** What to tell staff, per doubt. */
export const doubtWords: Readonly<Record<DoubtKind, string>> = {
  SWALLOWED_TAIL: 'The end of this value reads like further fields. The scanner may have lost a separator.',
  IMEI_CHECK: 'The device number in the label does not have the check digit of an IMEI.',
  RESTRICTED: 'This number has a meaning in one shop, company or country only. It names no product of the world.',
  CODE_LIST: 'A code in this field cannot be right.',
  SHORT_GTIN: 'The address carries a product number that is too short; it was filled up with zeros.',
  LOOSE_PERCENT: 'A percent sign in the address is not escaped; it was taken as it stands.',
  SIGNED_NOT_VERIFIED: 'The label is signed. The signature has not been verified.',
  VIN_CHECK: 'The check digit does not fit; makers outside of North America and China do not always use it.',
  RANDOM_MAC: 'This network address was made up by software and does not belong to one device.',
  NO_CHECK_DIGIT: 'This form of the number has no check digit, so a typing error cannot be seen.',
}

/** The doubts about elements that have passed all checks, in their order. */
export function doubtsOf(elements: readonly Element[]): Doubt[] {
  const doubts: Doubt[] = []
  for (const [ai, value] of elements) {
    const tail = swallowedTail(ai, value)
    if (tail !== null) doubts.push({ kind: 'SWALLOWED_TAIL', ai, detail: tail })
    if ((ai === '8040' || ai === '8041') && !readImei(value).ok) doubts.push({ kind: 'IMEI_CHECK', ai })
    const restriction = ai === '01' ? restrictionOf(value) : null
    if (restriction !== null) doubts.push({ kind: 'RESTRICTED', ai, detail: restriction })
    for (const lint of failedLists(ai, value)) doubts.push({ kind: 'CODE_LIST', ai, detail: lint })
    if (ai === '8030') doubts.push({ kind: 'SIGNED_NOT_VERIFIED', ai })
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
