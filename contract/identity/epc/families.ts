import { mod10CheckDigit } from '../check-digits.ts'
import type { Element } from '../element.ts'

/**
 * The kinds of key that have an EPC with a company prefix in it: how the parts of `urn:epc:id:<family>:<parts>`
 * and the GS1 elements turn into each other (TDS 7). Parts are unescaped text, the company prefix first.
 */
export interface Family {
  /** How many parts the URI has; all but the last are free of dots. */
  readonly parts: number
  /** Digits of company prefix and reference together; 0 where the reference is of free length. */
  readonly digits: number
  /** The elements of these parts. Digits are given; texts may still break the rules of their AI. */
  readonly elementsOf: (parts: readonly string[]) => Element[]
  /** The parts of these elements for a company prefix of `length` digits, or null if they are not of this family. */
  readonly partsOf: (elements: readonly Element[], length: number) => string[] | null
}

const part = (parts: readonly string[], at: number): string => parts[at] ?? ''

const withCheck = (body: string): string => body + mod10CheckDigit(body)

/** The first digit of the reference (indicator or extension) stands in front of the company prefix in the key. */
const leading = (company: string, reference: string): string =>
  withCheck(reference.slice(0, 1) + company + reference.slice(1))

const unlead = (key: string, length: number): [string, string] =>
  [key.slice(1, 1 + length), key.slice(0, 1) + key.slice(1 + length, -1)]

const unplain = (key: string, length: number): [string, string] => [key.slice(0, length), key.slice(length, -1)]

/** The values of exactly these AIs in this order; the ones after `required` may be missing. Null for other elements. */
function valuesOf(elements: readonly Element[], ais: readonly string[], required = ais.length): string[] | null {
  if (elements.length < required || elements.length > ais.length) return null
  return elements.every(([ai], i) => ai === ais[i]) ? elements.map(([, value]) => value) : null
}

const leadingKey = (ai: string, digits: number, serialAi?: string): Family => ({
  parts: serialAi === undefined ? 2 : 3,
  digits,
  elementsOf: (parts) => [
    [ai, leading(part(parts, 0), part(parts, 1))],
    ...(serialAi === undefined ? [] : [[serialAi, part(parts, 2)] as const]),
  ],
  partsOf: (elements, length) => {
    const values = valuesOf(elements, serialAi === undefined ? [ai] : [ai, serialAi])
    return values && [...unlead(part(values, 0), length), ...values.slice(1)]
  },
})

const plainKey = (ai: string, digits: number): Family => ({
  parts: 2,
  digits,
  elementsOf: (parts) => [[ai, withCheck(part(parts, 0) + part(parts, 1))]],
  partsOf: (elements, length) => {
    const values = valuesOf(elements, [ai])
    return values && unplain(part(values, 0), length)
  },
})

/** A key that carries its serial in the same value, after the check digit; `filler` stands in front of it. */
const joinedSerial = (ai: string, filler: '' | '0'): Family => ({
  parts: 3,
  digits: 12,
  elementsOf: (parts) => [[ai, filler + withCheck(part(parts, 0) + part(parts, 1)) + part(parts, 2)]],
  partsOf: (elements, length) => {
    const values = valuesOf(elements, [ai])
    if (values === null) return null
    const key = part(values, 0).slice(filler.length)
    return [...unplain(key.slice(0, 13), length), key.slice(13)]
  },
})

const locationWithExtension: Family = {
  parts: 3,
  digits: 12,
  elementsOf: (parts) => [
    ['414', withCheck(part(parts, 0) + part(parts, 1))],
    ...(part(parts, 2) === NO_EXTENSION ? [] : [['254', part(parts, 2)] as const]),
  ],
  partsOf: (elements, length) => {
    const values = valuesOf(elements, ['414', '254'], 1)
    if (values === null || values[1] === NO_EXTENSION) return null
    return [...unplain(part(values, 0), length), values[1] ?? NO_EXTENSION]
  },
}

const assetOfFreeLength: Family = {
  parts: 2,
  digits: 0,
  elementsOf: (parts) => [['8004', part(parts, 0) + part(parts, 1)]],
  partsOf: (elements, length) => {
    const values = valuesOf(elements, ['8004'])
    return values && [part(values, 0).slice(0, length), part(values, 0).slice(length)]
  },
}

const componentOrPart: Family = {
  parts: 3,
  digits: 0,
  elementsOf: (parts) => [['8010', part(parts, 0) + part(parts, 1)], ['8011', part(parts, 2)]],
  partsOf: (elements, length) => {
    const values = valuesOf(elements, ['8010', '8011'])
    return values && [part(values, 0).slice(0, length), part(values, 0).slice(length), part(values, 1)]
  },
}

const pieceOfItem: Family = {
  parts: 5,
  digits: 13,
  elementsOf: (parts) => [
    ['8006', leading(part(parts, 0), part(parts, 1)) + part(parts, 2) + part(parts, 3)],
    ['21', part(parts, 4)],
  ],
  partsOf: (elements, length) => {
    const values = valuesOf(elements, ['8006', '21'])
    if (values === null) return null
    const key = part(values, 0)
    return [...unlead(key.slice(0, 14), length), key.slice(14, 16), key.slice(16), part(values, 1)]
  },
}

/** The extension that says "the location itself" (TDS 6.3.3): no AI 254 stands for it, and AI 254 = `0` has no EPC. */
export const NO_EXTENSION = '0'

/** Every family under the name that its URI gives it. */
export const FAMILIES = {
  sgtin: leadingKey('01', 13, '21'),
  sscc: leadingKey('00', 17),
  sgln: locationWithExtension,
  grai: joinedSerial('8003', '0'),
  giai: assetOfFreeLength,
  gsrn: plainKey('8018', 17),
  gsrnp: plainKey('8017', 17),
  gdti: joinedSerial('253', ''),
  cpi: componentOrPart,
  sgcn: joinedSerial('255', ''),
  itip: pieceOfItem,
  pgln: plainKey('417', 12),
  upui: leadingKey('01', 13, '235'),
} as const satisfies Record<string, Family>

export type FamilyName = keyof typeof FAMILIES

const familyByName: ReadonlyMap<string, Family> = new Map(Object.entries(FAMILIES))

/** The family by the name that stands in a URI; undefined if there is none. */
export function familyOfName(name: string): Family | undefined {
  return familyByName.get(name)
}
