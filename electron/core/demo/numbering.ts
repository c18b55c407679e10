import { luhnCheckDigit, mod10CheckDigit } from '../../../contract/identity/check-digits.ts'
import { readVin } from '../../../contract/identity/vin.ts'
import type { AliasKind } from '../../../contract/unit.ts'
import { unreachable } from '../../../contract/unreachable.ts'

/** How a maker numbers his goods. `lettered` and `checked` have a mask that a till can hold a scan against. */
export type Numbering =
  /** Two letters, year, six digits: VM25004217. */
  | { readonly how: 'lettered'; readonly letters: string }
  /** Digits only, the last one a modulo-10 check: 25 42 000123 C. */
  | { readonly how: 'checked'; readonly family: string }
  /** A lettered serial number and two IMEIs of one type allocation code. */
  | { readonly how: 'phone'; readonly letters: string; readonly tac: string }
  /** Seventeen characters in the manner of ISO 3779, and a lettered number on the motor. */
  | { readonly how: 'frame'; readonly maker: string; readonly model: string; readonly letters: string }
  /** Engraved by hand, so with a stroke in it and no rule: KH-20417. */
  | { readonly how: 'engraved'; readonly letters: string }
  /** Case number and movement number, both of which are found. */
  | { readonly how: 'watch'; readonly letters: string }

export interface Numbered {
  readonly kind: AliasKind
  readonly value: string
}

/** Numbers start high enough for six true digits, and leave gaps, so that a number may be possible and yet unknown. */
const FIRST = 1_000
const STRIDE = 3

/** The running number of a maker's piece: `ordinal` from 0, `gap` 0 to 2. */
export const runningNumber = (ordinal: number, gap: number): number => FIRST + ordinal * STRIDE + gap

/** The serial mask of a product (syntax of `contract/identity`), as JSON, or null where the maker follows no rule. */
export function maskOf(numbering: Numbering): string | null {
  switch (numbering.how) {
    case 'lettered':
    case 'phone':
      return letteredMask(numbering.letters)
    case 'checked':
      return JSON.stringify({
        separators: 'strip',
        case: 'upper',
        fields: [
          { name: 'year', len: 2, class: 'digit', year: true },
          { name: 'family', len: 2, class: 'digit', in: [numbering.family] },
          { name: 'number', len: 6, class: 'digit', nonzero: true },
          { name: 'check', len: 1, class: 'digit', check: 'mod10' },
        ],
      })
    case 'frame':
    case 'engraved':
    case 'watch':
      return null
    default:
      return unreachable(numbering)
  }
}

const letteredMask = (letters: string): string =>
  JSON.stringify({
    separators: 'strip',
    case: 'upper',
    fields: [
      { name: 'maker', len: letters.length, literal: letters },
      { name: 'year', len: 2, class: 'digit', year: true },
      { name: 'number', len: 6, class: 'digit', nonzero: true },
    ],
  })

/** Every number that stands on one piece, the one a person reads out first. `year` has four digits. */
export function numbersOf(numbering: Numbering, year: number, number: number): readonly Numbered[] {
  switch (numbering.how) {
    case 'lettered':
      return [{ kind: 'serial', value: lettered(numbering.letters, year, number) }]
    case 'checked':
      return [{ kind: 'serial', value: checked(numbering.family, year, number) }]
    case 'phone':
      return [
        { kind: 'serial', value: lettered(numbering.letters, year, number) },
        { kind: 'imei', value: imei(numbering.tac, number * 2) },
        { kind: 'imei', value: imei(numbering.tac, number * 2 + 1) },
      ]
    case 'frame':
      return [
        { kind: 'vin', value: frameNumber(numbering.maker, numbering.model, year, number) },
        { kind: 'other', value: lettered(numbering.letters, year, number) },
      ]
    case 'engraved':
      return [{ kind: 'serial', value: `${numbering.letters}-${number + 19_000}` }]
    case 'watch':
      return [
        { kind: 'serial', value: `${numbering.letters}${digits(number, 6)}` },
        { kind: 'other', value: `M${numbering.letters}${digits(number * 7 + 40_000, 7)}` },
      ]
    default:
      return unreachable(numbering)
  }
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0')
const twoDigits = (year: number): string => digits(year % 100, 2)

const lettered = (letters: string, year: number, number: number): string =>
  `${letters}${twoDigits(year)}${digits(number, 6)}`

function checked(family: string, year: number, number: number): string {
  const body = `${twoDigits(year)}${family}${digits(number, 6)}`
  return body + mod10CheckDigit(body)
}

function imei(tac: string, number: number): string {
  const body = tac + digits(number, 6)
  return body + luhnCheckDigit(body)
}

/** Year letters of ISO 3779 from 2010 on; I, O, Q, U, Z and 0 are not used. */
const FRAME_YEARS = 'ABCDEFGHJKLMNPRSTVWXY123456789'

/** Frame number of an e-bike: maker 3, model 5, check, year, plant, running number 6. */
function frameNumber(maker: string, model: string, year: number, number: number): string {
  const rest = `${FRAME_YEARS.charAt((year - 2010) % 30)}W${digits(number, 6)}`
  const read = readVin(`${maker}${model}0${rest}`)
  if (!read.ok) throw new Error(`a frame number of the catalogue is none: ${maker}${model}`)
  return `${maker}${model}${read.computedCheck}${rest}`
}
