import { allocate, minus } from '../../../contract/money.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { LinePart, SaleLine } from '../../../contract/sale-view.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { UnitHit } from '../scans/found.ts'
import { unitIdsOf } from './line-pieces.ts'
import type { SaleStep } from './sale-lines.ts'
import type { SaleFacts, SaleIntent, SaleState } from './sale-state.ts'
import { reasonParams, say } from './say.ts'

/** A piece as it goes with its set. */
export const partOfLine = ({ unit, verdict }: { readonly unit: KnownUnit; readonly verdict: Verdict }): LinePart => ({
  unitId: unit.id, productId: unit.product.id, brand: unit.product.brand, name: unit.product.name, variant: unit.product.variant,
  picture: unit.product.picture, aliases: unit.aliases.filter((alias) => alias.retiredWhy === null), category: unit.product.category,
  weight_cents: unit.price_cents as LinePart['weight_cents'], verdict,
})

export const held = (want: 'hold' | 'release', line: SaleLine): SaleIntent[] => unitIdsOf(line).map((unitId) => ({ want, unitId }))

/**
 * A set as the pieces it is: each with its share of the price and of the discount, so that each has a price to go back
 * for. The parts weigh what they cost alone, the piece they belong to what the set costs above that. The shares sum to
 * the line; other lines stay as they are.
 */
export function eachPiece(lines: readonly SaleLine[], newId: () => string): SaleLine[] {
  return lines.flatMap((line) => {
    const { parts = [], ...whole } = line
    if (parts.length === 0) return [line]
    const others = parts.reduce((sum, part) => sum + part.weight_cents, 0)
    const weights = [Math.max(0, line.unitPrice_cents - others), ...parts.map((part) => part.weight_cents)]
    const prices = allocate(line.unitPrice_cents, weights)
    const discounts = allocate(line.discount_cents, prices)
    const shared = (one: SaleLine, place: number): SaleLine => {
      const unitPrice_cents = prices[place] ?? line.unitPrice_cents
      const discount_cents = discounts[place] ?? line.discount_cents
      return { ...one, unitPrice_cents, discount_cents, total_cents: minus(unitPrice_cents, discount_cents) }
    }
    return [
      shared(whole, 0),
      ...parts.map((part, n) => {
        const { weight_cents: _, ...piece } = part
        return shared({ ...whole, ...piece, lineId: newId(), gtin: null }, n + 1)
      }),
    ]
  })
}

/** What stops a set from being sold although its first piece may be: one of its parts. Null where none does. */
export function partThatStops(line: SaleLine, facts: SaleFacts, mayStay: (verdict: Verdict) => boolean): { part: LinePart; verdict: Verdict } | null {
  for (const part of line.parts ?? []) {
    const verdict = facts.verdictsNow.get(part.unitId) ?? part.verdict
    if (!mayStay(verdict)) return { part, verdict }
  }
  return null
}

/** Said of the part and not of the set; a stolen one quietly. */
export const partNotice = (line: SaleLine, { part, verdict }: { part: LinePart; verdict: Verdict }, facts: SaleFacts, offer: Notice['offer'] = null): Notice =>
  verdict.quiet
    ? say(facts, 'quiet', 'stolen-quiet', { name: part.name, ...reasonParams(verdict) }, { kind: 'check-unit', unitId: part.unitId })
    : say(facts, 'stop', 'set-part-stops', { name: part.name, set: line.name, ...reasonParams(verdict), reason: verdict.reasons[0] === undefined ? '' : verdict.findings[verdict.reasons[0]].reason }, offer)

/** Whether the set in the cart is still the set on the shelf: somebody may have taken a part out of it meanwhile. */
export function isSameSet(line: SaleLine, facts: SaleFacts): boolean {
  if (line.unitId === null) return true
  const now = (facts.sets?.get(line.unitId) ?? []).map(({ unit }) => unit.id)
  const then = (line.parts ?? []).map(({ unitId }) => unitId)
  return now.length === then.length && now.every((id) => then.includes(id))
}

/** A piece of a set, scanned alone: what it belongs to is said, and both ways out are offered. */
export function askAboutSet(state: SaleState, text: string, hit: UnitHit, whole: KnownUnit, verdict: Verdict, facts: SaleFacts): SaleStep {
  const params = { name: hit.unit.product.name, set: whole.product.name }
  const partOfSet = { text, hit, whole: { unitId: whole.id, name: whole.product.name, serial: whole.aliases[0]?.value ?? null } }
  return {
    state: { ...state, question: null, partOfSet, notice: say(facts, 'stop', 'part-of-set', params) },
    intents: [{ want: 'keep-verdict', unitId: hit.unit.id, text, verdict, asCase: null }],
  }
}
