import { cents, times } from '../../../contract/money.ts'
import type { Promotion } from '../../../contract/promotion.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import type { Product } from '../mirror/mirror.ts'
import type { KitPart } from '../prices/sets-and-plans.ts'
import { countable, lineOf, remembered, type SaleStep } from './sale-lines.ts'
import type { Kit, SaleFacts, SaleState } from './sale-state.ts'
import { say } from './say.ts'

/** A part that is a single piece or of a lot is scanned; what has no number of its own comes with the set. */
const isScanned = ({ product }: KitPart): boolean => product.tracking === 'serial' || product.tracking === 'lot'

/** The code of a set: what needs no number is in at once, every piece with one is asked for. The set itself is no line. */
export function scanKit(state: SaleState, product: Product, parts: readonly KitPart[], facts: SaleFacts): SaleStep {
  const kit: Kit = {
    kitId: facts.newId(), productId: product.id, name: product.name, price_cents: cents(product.price_cents),
    parts: parts.map(({ product: { id, name }, count }) => ({ productId: id, name, count })),
  }
  const lines = parts.filter((part) => !isScanned(part)).map((part): SaleLine => {
    const line = lineOf(part.product, facts)
    return { ...line, quantity: part.count, total_cents: times(line.unitPrice_cents, part.count) }
  })
  let next = state
  for (const line of lines) {
    if (!countable(next, line, line.quantity)) return { state, intents: [], refused: 'amount-out-of-range' }
    next = { ...next, lines: [...next.lines, line] }
  }
  const kits = [...(state.kits ?? []), kit]
  const missing = missingParts({ ...next, kits })
  const notice =
    missing.length === 0
      ? say(facts, 'good', 'product-added', { name: product.name, quantity: 1 })
      : say(facts, 'info', 'kit-scan-parts', { name: product.name, parts: counted(missing) })
  const undo = { undo: 'kit', kits: state.kits ?? [], lineIds: lines.map(({ lineId }) => lineId), what: product.name } as const
  return { state: { ...next, kits, notice, question: null, past: remembered(state.past, undo) }, intents: [] }
}

/** Names of what the sets in the cart still lack, each as often as it lacks. */
export function missingParts({ lines, kits = [] }: Pick<SaleState, 'lines' | 'kits'>): string[] {
  const have = new Map<string, number>()
  for (const { productId, quantity } of lines) have.set(productId, (have.get(productId) ?? 0) + quantity)
  return kits.flatMap((kit) =>
    kit.parts.flatMap(({ productId, name, count }) => {
      const here = have.get(productId) ?? 0
      have.set(productId, Math.max(0, here - count))
      return Array.from({ length: Math.max(0, count - here) }, () => name)
    }),
  )
}

/** A set costs what the set costs, like a promotion that goes before all others. */
export const kitPromotions = (kits: readonly Kit[] = []): Promotion[] =>
  kits.map(({ productId, name, price_cents, parts }) => ({
    id: `kit.${productId}`, name, rule: { is: 'bundle', parts: parts.map((part) => ({ of: { products: [part.productId] }, count: part.count })), price_cents },
  }))

/** Sets of which something was taken out are sets no more: what is left costs its own price. */
export const kitsWithout = (kits: readonly Kit[] = [], productId: string): readonly Kit[] =>
  kits.filter((kit) => !kit.parts.some((part) => part.productId === productId))

/** A sale is not paid while a set lacks a part: no piece of it leaves without its number (P35). */
export function incompleteKit(state: SaleState, facts: SaleFacts): SaleStep | null {
  const kits = (state.kits ?? []).filter((kit) => kit.parts.some(({ productId }) => state.lines.some((line) => line.productId === productId)))
  const kit = kits.find((one) => missingParts({ lines: state.lines, kits: [one] }).length > 0) ?? kits.at(-1)
  const missing = missingParts({ lines: state.lines, kits })
  if (kit === undefined || missing.length === 0) return null
  const line = state.lines.find(({ productId }) => kit.parts.some((part) => part.productId === productId))
  const offer = line ? ({ kind: 'remove-line', lineId: line.lineId } as const) : null
  return { state: { ...state, notice: say(facts, 'stop', 'kit-lacks', { name: kit.name, parts: counted(missing) }, offer) }, intents: [] }
}

/** Names told once each, with how many where there are more: `2 × Battery, Charger`. */
function counted(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`)).join(', ')
}
