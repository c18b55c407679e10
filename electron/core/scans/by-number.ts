import { readIsbn } from '../../../contract/identity/isbn-issn.ts'
import { expandUpcE, readGtin } from '../../../contract/identity/keys.ts'
import type { AliasKind } from '../../../contract/unit.ts'
import type { Product } from '../mirror/mirror.ts'
import { labelsByValue } from '../own-numbers/unit-labels.ts'
import { saleByNumber } from '../store/sales.ts'
import type { Knowledge } from './knowledge.ts'

/** A unit that a number leads to, not yet looked at. */
export interface UnitRef {
  readonly unitId: string
  readonly matchedBy: AliasKind | null
  /** The number that was scanned, when its label has been retired. */
  readonly retiredLabel: string | null
}

/** Longer numbers stand on no label of ours (`contract/unit.ts`); they are not looked up. */
const NUMBER_MAX = 128

/** Units that carry this number byte for byte, by the mirror or by a label of this till, whose word is the later one. */
export function unitsByNumber(number: string, know: Knowledge): UnitRef[] {
  if (number.length > NUMBER_MAX || number === '') return []
  return merged(number, know.mirror.unitIdsByAlias(number), labelsByValue(know.db, number))
}

/** Units of this GTIN (14 digits) that carry this serial byte for byte: `s1`, `S1` and `0S1` are three pieces. */
export function unitsByGtinAndSerial(gtin14: string, serial: string, know: Knowledge): UnitRef[] {
  if (serial.length > NUMBER_MAX) return []
  const labels = labelsByValue(know.db, serial)
  const products = labels.length === 0 ? [] : know.mirror.productsByCode(gtin14).map((product) => product.id)
  const ofGtin = labels.filter((label) => products.includes(know.mirror.productIdOf(label.unitId) ?? ''))
  return merged(serial, know.mirror.unitIdsByGtinAndAlias(gtin14, serial), ofGtin)
}

interface Hit {
  readonly unitId: string
  readonly kind: AliasKind
  readonly retiredWhy: string | null
}

function merged(number: string, told: readonly Hit[], here: readonly Hit[]): UnitRef[] {
  const hits = here.length === 0 ? told : [...told.filter((hit) => !here.some((label) => label.unitId === hit.unitId)), ...here]
  return hits.map(({ unitId, kind, retiredWhy }) => ({
    unitId,
    matchedBy: kind,
    retiredLabel: retiredWhy === null ? null : number,
  }))
}

export const isReceipt = (number: string, know: Knowledge): boolean =>
  number.length <= NUMBER_MAX && (saleByNumber(know.db, number) !== null || know.mirror.hasReceipt(number))

/** Goods on sale under a code of our own as printed, or under any GTIN that the digits can stand for. */
export function productsByNumber(text: string, know: Knowledge): Product[] {
  if (text.length > NUMBER_MAX) return []
  const codes = [text, ...gtinsIn(text)]
  const products = [...new Set(codes)].flatMap((code) => know.mirror.productsByCode(code))
  return products.filter((product, index) => product.active && products.findIndex((other) => other.id === product.id) === index)
}

/** Eight digits can be an EAN-8 and a UPC-E, ten a book: each is looked up, and two that are known are asked about. */
function gtinsIn(text: string): string[] {
  if (!/^[\dXx -]{8,17}$/.test(text)) return []
  const gtin = readGtin(text)
  const upcE = expandUpcE(text)
  const isbn = text.length === 10 ? readIsbn(text) : null
  return [
    ...(gtin.ok ? [gtin.gtin14] : []),
    ...(upcE.ok ? [upcE.gtin14] : []),
    ...(isbn?.ok === true ? [`0${isbn.isbn13}`] : []),
  ]
}
