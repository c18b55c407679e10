import { luhnCheckDigit, mod10CheckDigit } from './check-digits.ts'
import { isCalendarDay } from './dates.ts'
import { isDigits } from './characters.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** The characters that a segment may hold. `alnum-noamb` leaves out I, L, O and U, which people confuse. */
export type MaskClass = 'digit' | 'alpha' | 'alnum' | 'alnum-noamb' | 'hex'

/** One segment of a shop's own serial. */
export interface MaskField {
  readonly name: string
  readonly len: number
  readonly class?: MaskClass
  /** Fixed text; not reported as a field. */
  readonly literal?: string
  /** The permitted values, categories for example. */
  readonly in?: readonly string[]
  readonly min?: number
  readonly max?: number
  /** Two digits: 2000 and so many, not after the current year; reported with four digits. */
  readonly year?: boolean
  /** Two digits, 01–12; two digits of the day, which must exist in that year and month if the mask has them. */
  readonly month?: boolean
  readonly day?: boolean
  readonly nonzero?: boolean
  /** A digit computed over all characters before this field. */
  readonly check?: 'mod10' | 'luhn'
}

/** How a shop writes its own serials. Masks are policy data and come as JSON. */
export interface Mask {
  readonly separators: 'strip' | 'keep'
  readonly case: 'upper' | 'keep'
  readonly fields: readonly MaskField[]
}

/** A serial taken apart. */
export interface MaskReading {
  /** The serial as it is stored and compared. */
  readonly canonical: string
  readonly fields: Readonly<Record<string, string>>
}

const CLASSES: Readonly<Record<MaskClass, RegExp>> = {
  'digit': /^[0-9]*$/,
  'alpha': /^[A-Za-z]*$/,
  'alnum': /^[0-9A-Za-z]*$/,
  'alnum-noamb': /^[0-9A-HJKMNP-TV-Z]*$/,
  'hex': /^[0-9A-Fa-f]*$/,
}

/** The number of characters of every serial of a mask. */
export function maskLength(mask: Mask): number {
  return mask.fields.reduce((sum, field) => sum + field.len, 0)
}

/**
 * Reads a serial by a mask: full-width digits become plain ones, separators and case as the mask says, then each
 * segment from the left. `nowYear` is the current year of the shop's clock. Gives the canonical form and the segments.
 */
export function readMask(mask: Mask, value: string, nowYear: number): Outcome<MaskReading> {
  const canonical = canonicalText(mask, value)
  if (canonical === '') return refused('EMPTY', 0)
  if (canonical.length !== maskLength(mask)) return refused('LENGTH')
  const fields: Record<string, string> = {}
  let at = 0
  for (const field of mask.fields) {
    const part = canonical.slice(at, at + field.len)
    const read = readField(field, part, canonical.slice(0, at), nowYear)
    if (!read.ok) return refused(read.code, at)
    if (field.literal === undefined) fields[field.name] = read.value
    at += field.len
  }
  return dayFits(mask, fields) ? { ok: true, canonical, fields } : refused('DATE')
}

function canonicalText(mask: Mask, value: string): string {
  const plain = value.normalize('NFKC')
  const stripped = mask.separators === 'strip' ? plain.replace(/[\s\-./_]/g, '') : plain
  return mask.case === 'upper' ? stripped.toUpperCase() : stripped
}

function readField(field: MaskField, part: string, before: string, nowYear: number): Outcome<{ value: string }> {
  if (field.literal !== undefined) return part === field.literal ? { ok: true, value: part } : refused('FORMAT')
  if (!CLASSES[field.class ?? 'alnum'].test(part)) return refused('CHARSET')
  if (field.in !== undefined && !field.in.includes(part)) return refused('RANGE')
  if (!numberInRange(field, part)) return refused('RANGE')
  if (field.year === true) {
    const year = 2000 + Number(part)
    return year <= nowYear ? { ok: true, value: String(year) } : refused('RANGE')
  }
  if (field.check !== undefined && part !== checkOf(field.check, before)) return refused('CHECK_DIGIT')
  if (field.nonzero === true && /^0*$/.test(part)) return refused('RANGE')
  return { ok: true, value: part }
}

function numberInRange(field: MaskField, part: string): boolean {
  const min = Math.max(field.min ?? 0, field.month === true || field.day === true ? 1 : 0)
  const max = Math.min(field.max ?? Infinity, field.month === true ? 12 : field.day === true ? 31 : Infinity)
  if (min === 0 && max === Infinity) return true
  const number = Number(part)
  return Number.isFinite(number) && number >= min && number <= max
}

/** The check digit over a body; letters have no place in either sum, so a body with letters has none. */
function checkOf(kind: 'mod10' | 'luhn', body: string): string | null {
  if (!isDigits(body)) return null
  return kind === 'mod10' ? mod10CheckDigit(body) : luhnCheckDigit(body)
}

function dayFits(mask: Mask, fields: Readonly<Record<string, string>>): boolean {
  const named = (kind: 'year' | 'month' | 'day') =>
    fields[mask.fields.find((field) => field[kind] === true)?.name ?? '']
  const [year, month, day] = [named('year') ?? '2000', named('month'), named('day')]
  return month === undefined || day === undefined || isCalendarDay(Number(year), Number(month), Number(day))
}

/**
 * Writes a serial from its segments: literals and check digits come from the mask, a `year` may be given with two or
 * four digits. The result is read back before it is given out: no serial leaves that the mask itself would refuse.
 */
export function buildMasked(
  mask: Mask, fields: Readonly<Record<string, string>>, nowYear: number,
): Outcome<MaskReading> {
  let text = ''
  for (const field of mask.fields) {
    const part = partOf(field, fields, text)
    if (part === null) return refused(field.check === undefined ? 'EMPTY' : 'CHECK_DIGIT', text.length)
    if (part.length !== field.len) return refused('LENGTH', text.length)
    text += part
  }
  const read = readMask(mask, text, nowYear)
  if (!read.ok || read.canonical === text) return read
  return refused('FORMAT')
}

function partOf(field: MaskField, fields: Readonly<Record<string, string>>, before: string): string | null {
  if (field.literal !== undefined) return field.literal
  if (field.check !== undefined) return checkOf(field.check, before)
  const given = Object.hasOwn(fields, field.name) ? fields[field.name]! : null
  return field.year === true && given?.length === 4 && given.startsWith('20') ? given.slice(2) : given
}

/** True if some serial fits both masks, so that the shop must rank them or tell them apart by a literal. */
export function masksOverlap(a: Mask, b: Mask): boolean {
  const length = maskLength(a)
  if (length !== maskLength(b)) return false
  for (let i = 0; i < length; i++) {
    if (!charactersAt(a, i).some((character) => charactersAt(b, i).includes(character))) return false
  }
  return true
}

const ALL_CHARACTERS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i))

/** The characters that a mask lets stand in one place, seen apart from ranges and check digits. */
function charactersAt(mask: Mask, place: number): readonly string[] {
  let start = 0
  const field = mask.fields.find((candidate) => {
    start += candidate.len
    return place < start
  })
  if (field === undefined) return []
  const at = place - (start - field.len)
  if (field.literal !== undefined) return [field.literal.charAt(at)]
  if (field.in !== undefined) return field.in.map((value) => value.charAt(at))
  const allowed = ALL_CHARACTERS.filter((character) => CLASSES[field.class ?? 'alnum'].test(character))
  return mask.case === 'upper' ? allowed.filter((character) => character === character.toUpperCase()) : allowed
}
