import { matchKey } from '../../../contract/identity/match-key.ts'
import { productIdOf } from '../returns/own-units.ts'
import { sql, type Reading } from '../store/store.ts'
import type { Knowledge } from './knowledge.ts'

/** In front of a serial a carton prints letters, a mark or the code of the article; behind it a revision or a check letter. */
const FRONT_MAX = 24
const BEHIND_MAX = 6
/** Longer scans are labels and not serials. */
const TEXT_MAX = 64
/** Shorter numbers stand in many a text by chance; less is enough behind a mark that says that a serial comes. */
const SERIAL_MIN = 6
const MARKED_SERIAL_MIN = 4
/** A question with more answers than this is none. */
export const INSIDE_MAX = 6
/** More rows than this are more pieces than may be asked about, whatever is left out of them. */
const ROWS_MAX = 200

/** What stands in front of serials by the habit of the trade: `S`, `1S`, `SN:`, `S/N`, `Serial No.`. */
const SERIAL_MARK = /^(?:1?S|S\/?N|SER(?:IAL)?(?:\s?(?:NO|NR|NUMBER))?)[\s:#.=-]*$/i
const IS_DIGIT = /^\d$/
const IS_EDGE = /^[0-9A-Za-z]$/

/** A part of what was scanned that could be a number by itself, and what would be cut off for it. */
interface Part {
  readonly before: string
  readonly serial: string
  readonly behind: string
  /** Whether what is cut off is what a carton prints; else it may still be the code of the article itself. */
  readonly isCarton: boolean
}

/**
 * Units whose whole number stands inside of a text that no unit carries, with what a carton prints around it. For asking
 * back, never for identity: nothing is cut off where it could belong to the number, as digits beside digits, unless it is
 * the code of that very article. With a GTIN only its own units count, and no digit is cut off at all. The longest
 * numbers stand first; none where more than `INSIDE_MAX` pieces would be meant.
 */
export function unitIdsInside(text: string, gtin14: string | null, know: Knowledge): string[] {
  const parts = text.length > TEXT_MAX ? new Map<string, Part[]>() : partsByKey(text)
  if (parts.size === 0) return []
  const given = JSON.stringify([...new Set([...parts.keys(), ...[...parts.values()].flat().map(({ serial }) => serial)])])
  const productIds = gtin14 === null ? null : know.mirror.productsByCode(gtin14).map(({ id }) => id)
  const meant = [...rowsOf(know.mirror.reading, IN_MIRROR, given), ...rowsOf(know.db, ON_THIS_TILL, given)].filter(({ value, unitId }) => {
    const productId = productIdOf(know.mirror, know.db, unitId)
    const cuts = parts.get(matchKey(value, 'loose')) ?? []
    if (productId === null) return false
    return productIds === null
      ? cuts.some((part) => part.isCarton || isNamed(part, productId, know))
      : productIds.includes(productId) && cuts.some((part) => part.isCarton && !/\d/.test(part.before + part.behind))
  })
  const ids = [...new Set(meant.toSorted((one, other) => other.value.length - one.value.length).map(({ unitId }) => unitId))]
  return ids.length > INSIDE_MAX ? [] : ids
}

/** The parts of a text under the keys by which they are found in any writing. A word without a digit is no serial. */
function partsByKey(text: string): Map<string, Part[]> {
  const parts = new Map<string, Part[]>()
  const whole = matchKey(text, 'loose').length
  for (let front = 0; front <= Math.min(FRONT_MAX, text.length - MARKED_SERIAL_MIN); front += 1)
    for (let end = text.length; end >= Math.max(text.length - BEHIND_MAX, front + MARKED_SERIAL_MIN); end -= 1) {
      const serial = text.slice(front, end)
      if (serial === text || !IS_EDGE.test(text.charAt(front)) || !IS_EDGE.test(text.charAt(end - 1)) || !/\d/.test(serial)) continue
      const cut = { before: text.slice(0, front), serial, behind: text.slice(end) }
      const key = matchKey(serial, 'loose')
      const isCarton = isOfCarton(cut, key.length, whole)
      if (key.length < MARKED_SERIAL_MIN || !(isCarton || cut.behind === '')) continue
      parts.set(key, [...(parts.get(key) ?? []), { ...cut, isCarton }])
    }
  return parts
}

/** Less than the number itself or its mark is cut off, and no digit of a longer number. `length` and `whole`: of the keys. */
function isOfCarton({ before, serial, behind }: Omit<Part, 'isCarton'>, length: number, whole: number): boolean {
  if (splits(before.at(-1), serial.at(0)) || splits(serial.at(-1), behind.at(0))) return false
  return SERIAL_MARK.test(before) ? length >= MARKED_SERIAL_MIN && length > behind.length : length >= SERIAL_MIN && length * 2 >= whole
}

const splits = (left = '', right = ''): boolean => IS_DIGIT.test(left) && IS_DIGIT.test(right)

/** Whether the code of the article itself stands in front, with or without the marks of GS1 around it, and nothing else. */
function isNamed({ before, behind }: Part, productId: string, know: Knowledge): boolean {
  const product = know.mirror.product(productId)
  if (product === null || behind !== '') return false
  const gtin = product.gtin?.replace(/^0+/, '') ?? ''
  const codes = [product.sku, gtin].filter((code) => code !== '').map((code) => matchKey(code, 'loose'))
  const front = matchKey(before.replace(/[()]/g, ''), 'loose')
  const fronts = [front, front.replace(/^0+/, ''), front.replace(/^010*/, '')]
  return codes.some((code) => fronts.includes(code) || fronts.includes(`${code}21`))
}

const ROWS = (table: string): string =>
  `SELECT value, unit_id AS unitId FROM ${table} WHERE value IN (SELECT value FROM json_each(@given))
   UNION SELECT value, unit_id FROM ${table} WHERE match_key IN (SELECT value FROM json_each(@given)) LIMIT ${ROWS_MAX}`
export const IN_MIRROR = ROWS('unit_aliases')
export const ON_THIS_TILL = ROWS('unit_labels')

const rowsOf = (db: Reading, look: string, given: string) => sql(db, look).all({ given }) as { readonly value: string; readonly unitId: string }[]
