import type { Policy } from '../../../contract/policy.ts'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import type { CoverLayer, Purchase } from '../../../contract/unit.ts'
import { formatDate } from '../../../contract/words/format.ts'
import { dayIn } from '../../../contract/days.ts'
import { productName } from '../../../contract/product-name.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { ShopStore } from '../mirror/mirror.ts'
import { UNIT_QR } from '../scans/resolve.ts'
import { burdenOfProof, lawOf } from './country-law.ts'
import { countryName, ending, exact, finished, heading, numbersOf, rule, text, words, type PaperSetting } from './paper-words.ts'

export interface WarrantyPaper {
  readonly number: string
  readonly at: string
  readonly unit: KnownUnit
  readonly purchase: Purchase
  /** The store that sold the piece: it owes the guarantee, wherever the paper is printed. */
  readonly seller: ShopStore
}

/**
 * Everything that protects one piece, on one paper: which piece, sold by whom and when, and each layer of cover with
 * its start, its end, what the start rests on, and for the legal guarantee who has to prove what when. It never says
 * that a warranty has ended without saying which, and what lasts.
 */
export function warrantyPaper(entry: WarrantyPaper, setting: PaperSetting, policy: Policy): ReceiptDocument {
  const { unit, purchase, seller } = entry
  const today = dayIn(entry.at, setting.place.time_zone)
  const legal = unit.facts.cover.find((layer) => layer.layer === 'legal')
  const law = lawOf(legal?.country ?? seller.country)
  const pair = (left: string, right: string): ReceiptBlock => ({ kind: 'pair', left, right, bold: false })
  return finished('warranty', setting, [
    ...heading(setting, 'receipt.warranty-title', entry.number, entry.at, ''),
    text(productName(unit.product), 'left', true),
    ...numbersOf(unit.aliases, setting).map((line) => text(line)),
    ...(unit.product.gtin === null ? [] : [text(words(setting, 'receipt.gtin', { gtin: exact(unit.product.gtin, setting) }))]),
    rule(),
    pair(words(setting, 'receipt.seller'), seller.name),
    ...seller.address.split('\n').map((line) => text(line, 'right')),
    pair(words(setting, 'receipt.bought-on'), formatDate(setting.language, dayIn(purchase.soldAt, seller.time_zone))),
    pair(words(setting, 'receipt.sale-title'), exact(purchase.receiptNumber, setting)),
    rule(),
    text(words(setting, 'receipt.cover-title', { date: today }), 'left', true),
    ...byWeight(unit.facts.cover).flatMap((layer) => layerBlocks(layer, today, setting, policy)),
    ...reassurance(unit.facts.cover, today, setting),
    rule(),
    text(words(setting, law.guarantee)),
    { kind: 'space', lines: 1 },
    { kind: 'qr', payload: `${UNIT_QR}${unit.id}`, caption: words(setting, 'receipt.scan-unit') },
    ...ending(setting, 'receipt.warranty-keep'),
  ])
}

const WEIGHT = { legal: 0, maker: 1, plan: 2, repair: 3 } as const
const byWeight = (cover: readonly CoverLayer[]): CoverLayer[] =>
  [...cover].sort((a, b) => WEIGHT[a.layer] - WEIGHT[b.layer] || (a.end < b.end ? -1 : 1))

function layerBlocks(layer: CoverLayer, today: string, setting: PaperSetting, policy: Policy): ReceiptBlock[] {
  const lines = [
    words(setting, 'receipt.cover-from', { date: layer.start, basis: layer.basis }),
    ...(layer.country === null ? [] : [words(setting, 'receipt.cover-country', { country: countryName(layer.country, setting) })]),
    ...(layer.contractNumber === null ? [] : [words(setting, 'receipt.cover-contract', { number: exact(layer.contractNumber, setting) })]),
    ...(layer.claimsUsed === 0 ? [] : [words(setting, 'receipt.cover-claims', { count: layer.claimsUsed })]),
    ...(layer.voidWhy === null ? proofLines(layer, setting, policy) : [words(setting, 'receipt.cover-void', { why: layer.voidWhy })]),
  ]
  return [
    {
      kind: 'item',
      name: words(setting, `cover.${layer.layer}`),
      details: lines,
      quantity: null,
      amount: words(setting, stateOf(layer, today), { date: layer.start > today ? layer.start : layer.end }),
    },
  ]
}

function stateOf(layer: CoverLayer, today: string) {
  if (layer.voidWhy !== null) return 'receipt.cover-is-void'
  if (layer.start > today) return 'receipt.cover-starts'
  return layer.end < today ? 'receipt.cover-ended' : 'receipt.cover-lasts'
}

function proofLines(layer: CoverLayer, setting: PaperSetting, policy: Policy): string[] {
  const proof = burdenOfProof(layer, policy)
  if (proof === null) return []
  if (proof.who === 'buyer') return [words(setting, 'receipt.proof-buyer', { date: proof.until })]
  if (proof.who === 'seller') return [words(setting, 'receipt.proof-seller', { date: proof.until })]
  return [
    words(setting, 'receipt.proof-seller', { date: proof.sellerUntil }),
    words(setting, 'receipt.proof-buyer-after', { date: proof.buyerUntil }),
  ]
}

/** Only the maker's promise has run out: said in so many words, because this is what customers are told wrongly. */
function reassurance(cover: readonly CoverLayer[], today: string, setting: PaperSetting): ReceiptBlock[] {
  const maker = cover.find((layer) => layer.layer === 'maker' && layer.voidWhy === null && layer.end < today)
  const legal = cover.find((layer) => layer.layer === 'legal' && layer.voidWhy === null && layer.end >= today)
  return maker && legal ? [text(words(setting, 'receipt.maker-ended', { date: legal.end }), 'left', true)] : []
}
