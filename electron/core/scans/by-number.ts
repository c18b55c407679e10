import { readIsbn } from '../../../contract/identity/isbn-issn.ts'
import { expandUpcE, readGtin } from '../../../contract/identity/keys.ts'
import type { AliasKind } from '../../../contract/unit.ts'
import type { NumberHits, Product, UnitAlias } from '../mirror/mirror.ts'
import { lookUpHere } from '../own-numbers/unit-labels.ts'
import { productIdOf } from '../returns/own-units.ts'
import type { Knowledge } from './knowledge.ts'

/** A unit that a number leads to, not yet looked at. */
export interface UnitRef {
  readonly unitId: string
  readonly matchedBy: AliasKind | null
  /** The number that was scanned, when its label has been retired. */
  readonly retiredLabel: string | null
}

/** All that a number is, byte for byte, in the mirror and on this till. */
export interface Known {
  readonly units: readonly UnitRef[]
  readonly products: readonly Product[]
  readonly isReceipt: boolean
}

/** Longer numbers stand on no label of ours (`contract/unit.ts`); they are not looked up. */
const NUMBER_MAX = 128
const NOTHING: NumberHits = { units: [], productIds: [], isReceipt: false }
const NOT_KNOWN: Known = { units: [], products: [], isReceipt: false }

const lookUp = (number: string, know: Knowledge): NumberHits =>
  number === '' || number.length > NUMBER_MAX ? NOTHING : know.mirror.lookUp(number)

/** Every scan begins here: two looks, one into each file, and more only for digits that can be several things. */
export function knownByNumber(number: string, know: Knowledge): Known {
  if (number === '' || number.length > NUMBER_MAX) return NOT_KNOWN
  const told = know.mirror.lookUp(number)
  const here = lookUpHere(know.db, number)
  const otherGtins = gtinsIn(number).filter((gtin) => gtin !== number)
  const productIds = [...told.productIds, ...otherGtins.flatMap((gtin) => lookUp(gtin, know).productIds)]
  return {
    units: refsOf(number, merged(told.units, here.labels)),
    products: productIds.length === 0 ? [] : onSale(productIds, know),
    isReceipt: told.isReceipt || here.isReceipt,
  }
}

/** Units that carry this number byte for byte, by the mirror or by a label of this till, whose word is the later. */
export const unitsByNumber = (number: string, know: Knowledge): UnitRef[] =>
  number.length > NUMBER_MAX ? [] : refsOf(number, merged(lookUp(number, know).units, lookUpHere(know.db, number).labels))

/** Units of this GTIN (14 digits) that carry this serial byte for byte: `s1`, `S1` and `0S1` are three pieces. */
export function unitsByGtinAndSerial(gtin14: string, serial: string, know: Knowledge): UnitRef[] {
  if (serial.length > NUMBER_MAX) return []
  const { labels } = lookUpHere(know.db, serial)
  const products = labels.length === 0 ? [] : lookUp(gtin14, know).productIds
  const ofGtin = labels.filter((label) => products.includes(productIdOf(know.mirror, know.db, label.unitId) ?? ''))
  return refsOf(serial, merged(know.mirror.unitIdsByGtinAndAlias(gtin14, serial), ofGtin))
}

const merged = (told: readonly UnitAlias[], here: readonly UnitAlias[]): readonly UnitAlias[] =>
  here.length === 0 ? told : [...told.filter((hit) => !here.some((label) => label.unitId === hit.unitId)), ...here]

const refsOf = (number: string, hits: readonly UnitAlias[]): UnitRef[] =>
  hits.map(({ unitId, kind, retiredWhy }) => ({
    unitId,
    matchedBy: kind,
    retiredLabel: retiredWhy === null ? null : number,
  }))

/** The product on sale under a GTIN of 14 digits; of two under one number, the first. */
export const productByGtin = (gtin14: string, know: Knowledge): Product | undefined =>
  onSale(lookUp(gtin14, know).productIds, know)[0]

/** An article under this number that is not on sale any more: what was bought of it may still come back. */
export const withdrawnProduct = (number: string, know: Knowledge): Product | null =>
  [number, ...gtinsIn(number)].flatMap((one) => lookUp(one, know).productIds).flatMap((id) => know.mirror.product(id) ?? [])[0] ?? null

function onSale(productIds: readonly string[], know: Knowledge): Product[] {
  return [...new Set(productIds)].toSorted().flatMap((id) => {
    const product = know.mirror.product(id)
    return product?.active === true ? [product] : []
  })
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
