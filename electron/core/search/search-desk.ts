import type { FoundPieces, PieceWish } from '../../../contract/found-piece.ts'
import type { Language } from '../../../contract/ids.ts'
import { custodyCode } from '../../../contract/parcel.ts'
import { cents } from '../../../contract/money.ts'
import { SEARCH_TEXT_MAX, type SearchHit } from '../../../contract/search-hit.ts'
import { Condition } from '../../../contract/unit.ts'
import { fullName } from '../../../contract/product-name.ts'
import { say } from '../../../contract/words/say.ts'
import { judgeUnit, unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import type { Product } from '../mirror/mirror.ts'
import { searchDocuments } from './find-documents.ts'
import { findPieces } from './find-pieces.ts'
import { findProducts, piecesHere, stockOf } from './find-products.ts'
import { receiptsByStart, unitIdsByFeature, unitIdsByStart } from './find-units.ts'
import { wordsOf } from './words.ts'

const TEXT_MIN = 2
const DOCUMENTS_MAX = 5
const PIECES_MAX = 50

/** A word of a condition counts from this many letters: `re` is the beginning of too much. */
const FEATURE_MIN = 4

/** Whoever knows customers by what a person types; names come masked where the right is missing. */
export type FindCustomers = (text: string) => Extract<SearchHit, { kind: 'customer' }>[]

/** Search as the calls see it. */
export class Searching {
  readonly #ground: Ground
  readonly #findCustomers: FindCustomers

  constructor(ground: Ground, findCustomers: FindCustomers) {
    this.#ground = ground
    this.#findCustomers = findCustomers
  }

  find(text: string): SearchHit[] {
    return searchFor(this.#ground, text, this.#findCustomers)
  }

  pieces(productId: string): SearchHit[] {
    return piecesOf(this.#ground, productId)
  }

  everywhere(wish: PieceWish): FoundPieces {
    return findPieces(this.#ground, wish)
  }
}

/**
 * Everything on this till that a text could be the beginning of. Each part is a look into an index, so that an answer
 * is there between two keys; it only reads.
 */
export function searchFor(ground: Ground, text: string, findCustomers: FindCustomers): SearchHit[] {
  const asked = text.trim().slice(0, SEARCH_TEXT_MAX)
  if (asked.length < TEXT_MIN) return []
  const { mirror, store } = ground
  const words = wordsOf(asked)
  const { condition, rest } = featureIn(words, ground.language)
  const whole = findProducts(mirror, words)
  const products = condition !== null && whole.length === 0 ? findProducts(mirror, rest) : whole
  const byFeature =
    condition === null || whole.length > 0 ? [] : unitIdsByFeature(mirror, products.map(({ id }) => id), ground.place.id, condition)
  return [
    ...(byFeature.length > 0 ? [] : products.map((product) => productHit(ground, product))),
    ...unitHits(ground, [...unitIdsByStart(mirror, store.reading, asked), ...byFeature]),
    ...searchDocuments(store.reading, words, DOCUMENTS_MAX).map(({ id, kind, total_cents, ...rest_ }) => ({
      kind: 'document' as const, documentId: id, paper: kind, total_cents: cents(total_cents), ...rest_,
    })),
    ...receiptsByStart(mirror, asked).map(({ number, at, productId }) => ({
      kind: 'receipt' as const, number, at, name: nameOf(mirror.product(productId)), scan: number,
    })),
    ...findCustomers(asked),
  ]
}

/**
 * The pieces of a product that stand here, by their numbers, for whoever chose the product and must say which. Those
 * that may be sold at once come first; one that will be asked about is still there, because somebody may hold it.
 */
export function piecesOf(ground: Ground, productId: string): SearchHit[] {
  const ids = piecesHere(ground.mirror, ground.store.reading, productId, ground.place.id).slice(0, PIECES_MAX)
  const [free, asked] = [true, false].map((wanted) => ids.filter((id) => maySell(ground, id) === wanted))
  return unitHits(ground, [...(free ?? []), ...(asked ?? [])])
}

function maySell(ground: Ground, unitId: string): boolean {
  const unit = unitOf(ground, unitId)
  return unit !== null && judgeUnit(ground, 'sell', unit, null).verdict.outcome === 'accept'
}

const nameOf = (product: Product | null): string => (product === null ? '' : fullName(product.brand, product.name))

function productHit(ground: Ground, product: Product): SearchHit {
  return {
    kind: 'product', productId: product.id, brand: product.brand, name: product.name, variant: product.variant,
    picture: product.picture, price_cents: cents(product.price_cents), tracking: product.tracking,
    stock: stockOf(ground.mirror, ground.store.reading, product, ground.place.id), scan: product.gtin ?? product.sku,
  }
}

function unitHits(ground: Ground, ids: readonly string[]): SearchHit[] {
  return [...new Set(ids)].flatMap((id): SearchHit[] => {
    const unit = unitOf(ground, id)
    const serial = unit?.aliases.find((alias) => alias.retiredWhy === null)?.value ?? unit?.aliases[0]?.value
    if (!unit || serial === undefined) return []
    const { product } = unit
    return [{
      kind: 'unit', unitId: id, brand: product.brand, name: product.name, variant: product.variant, picture: product.picture,
      serial, custody: custodyCode(unit.facts.custody), condition: unit.facts.condition, price_cents: cents(unit.price_cents), scan: serial,
    }]
  })
}

/** A condition among the words, in the language of the till or in English, and the words without it. */
function featureIn(words: readonly string[], language: Language): { condition: Condition | null; rest: string[] } {
  for (const condition of Condition.options) {
    const said = [condition, say(language, `condition.${condition}`)].flatMap((name) => wordsOf(name.toLowerCase()))
    const rest = words.filter((word) => word.length < FEATURE_MIN || !said.some((name) => name.startsWith(word.toLowerCase())))
    if (rest.length < words.length) return { condition, rest }
  }
  return { condition: null, rest: [...words] }
}
