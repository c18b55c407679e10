import { cents } from '../../../contract/money.ts'
import type { RefundOffer } from '../../../contract/return-view.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import type { UnitFacts } from '../../../contract/unit.ts'
import type { Intent, Verdict } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../../../electron/core/facts/known-unit.ts'
import type { Product } from '../../../electron/core/mirror/mirror.ts'
import type { Found, UnitHit } from '../../../electron/core/scans/found.ts'
import { decide } from '../../../contract/verdicts/decide.ts'
import type { VerdictFacts } from '../../../contract/verdicts/facts.ts'
import { facts, NOW, POLICY } from '../verdicts/facts-of-a-piece.ts'

/** A shop small enough to know by heart: real steps, real verdicts, no database. */
export const aProduct = (more: Partial<Product> = {}): Product => ({
  id: 'p-camera', gtin: '04012345678901', sku: 'C-1', brand: 'Lumo', name: 'Camera', variant: '', category: 'camera', picture: 'camera',
  tracking: 'serial', price_cents: 19_900, tax_bp: 1_900, serial_mask: null, maker_months: 12, durable: true, active: true, ...more,
})

export const aUnit = (id: string, of: Partial<UnitFacts> = {}, price_cents = 19_900): KnownUnit => ({
  id, product: aProduct(), aliases: [{ kind: 'serial', value: `S-${id}`, retiredWhy: null }],
  facts: {
    custody: { at: 'in-stock', storeId: 'store-berlin', area: 'shelf' }, title: { is: 'ours' }, condition: 'new',
    flags: [], cover: [], ...of,
  },
  price_cents, local: false,
})

export const hitOf = (unit: KnownUnit): UnitHit => ({ unit, matchedBy: 'serial', retiredLabel: null })
export const foundUnit = (unit: KnownUnit): Found => ({ is: 'unit', text: `S-${unit.id}`, hit: hitOf(unit) })
export const foundProduct = (product: Product, more: Partial<Extract<Found, { is: 'product' }>> = {}): Found => ({
  is: 'product', text: product.sku, product, lot: null, expiry: null, strangeSerial: null, ...more,
})
export const foundNothing: Found = { is: 'nothing', text: 'XYZ', why: 'unknown-code' }

export const judged = (intent: Intent, unit: KnownUnit, world: Partial<VerdictFacts> = {}): Verdict =>
  decide(intent, facts(unit.facts, world), POLICY, NOW)

export const aLine = (more: Partial<SaleLine>): SaleLine => ({
  lineId: 'line-1', tracking: 'plain', productId: 'p-cable', unitId: null, brand: '', name: 'Cable', variant: '', gtin: null, picture: 'cable',
  aliases: [], lot: null, expiry: null, quantity: 1, unitPrice_cents: cents(500), discount_cents: cents(0), total_cents: cents(500), taxRate_bp: 1_900,
  verdict: null, ...more,
})

export const offerOf = (unit: KnownUnit): RefundOffer | null => {
  const { title } = unit.facts
  return title.is === 'sold' || title.is === 'transferred'
    ? {
      amount_cents: title.purchase.paid_cents, currency: 'EUR', to: title.purchase.tender,
      receiptNumber: title.purchase.receiptNumber,
    }
    : null
}

/** Names that follow one another: the same steps give the same ids. */
export function ids(): () => string {
  let last = 0
  return () => `id-${(last += 1)}`
}

/** State that went through a row and came back. */
export const throughARow = <State>(state: State): State => JSON.parse(JSON.stringify(state)) as State
