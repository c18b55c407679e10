import { cents, CENTS_MAX, minus, times, ZERO } from '../../../contract/money.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Product } from '../mirror/mirror.ts'
import { isGiftVoucher } from '../prices/gift-voucher.ts'
import { say } from './say.ts'
import type { SaleFacts, SaleIntent, SaleState, Undoable } from './sale-state.ts'

export interface SaleStep {
  readonly state: SaleState
  readonly intents: readonly SaleIntent[]
  /** Set when the input does not fit the state; nothing is changed then. */
  readonly refused?: 'not-in-this-state' | 'reason-missing' | 'nothing-to-undo' | 'amount-out-of-range' | 'voucher-fixed'
}

/** How far back undo reaches; a sale has rarely more steps, and the row stays small. */
const PAST_MAX = 50

export const remembered = (past: readonly Undoable[], step: Undoable): readonly Undoable[] => [...past, step].slice(-PAST_MAX)

/** Puts a line under the others and remembers how to take it away again. */
export function withLine(state: SaleState, line: SaleLine, notice: Notice): SaleState {
  return {
    ...state,
    lines: [...state.lines, line],
    notice,
    question: null,
    past: remembered(state.past, { undo: 'remove-line', lineId: line.lineId, what: line.name }),
  }
}

export function lineOf(product: Product, facts: SaleFacts): SaleLine {
  return {
    lineId: facts.newId(),
    tracking: product.tracking === 'service' ? 'service' : product.tracking === 'lot' ? 'lot' : 'plain',
    productId: product.id,
    unitId: null,
    brand: product.brand,
    name: product.name,
    variant: product.variant,
    gtin: product.gtin,
    picture: product.picture,
    aliases: [],
    lot: null,
    expiry: null,
    quantity: 1,
    unitPrice_cents: cents(product.price_cents),
    discount_cents: ZERO,
    total_cents: cents(product.price_cents),
    taxRate_bp: isGiftVoucher(product) ? 0 : product.tax_bp,
    verdict: null,
    category: product.category,
  }
}

export function unitLine(unit: KnownUnit, facts: SaleFacts): SaleLine {
  return {
    ...lineOf(unit.product, facts),
    tracking: 'unit',
    unitId: unit.id,
    aliases: unit.aliases.filter((alias) => alias.retiredWhy === null),
    unitPrice_cents: cents(unit.price_cents),
    total_cents: cents(unit.price_cents),
  }
}

/** Half of what money can say: the tax on top and the change of a large note still fit. */
const CART_MAX_CENTS = CENTS_MAX / 2

/**
 * Whether a cart, with so many pieces of one of its lines, is still worth what a till can count. At full prices: a
 * discount may be taken back.
 */
export const countable = (state: SaleState, line: SaleLine, quantity: number): boolean =>
  state.lines.reduce((sum, other) => sum + (other.lineId === line.lineId ? 0 : other.unitPrice_cents * other.quantity), 0) +
    line.unitPrice_cents * quantity <= CART_MAX_CENTS

/** The same plain thing once more is one more on the same line, however it was scanned. */
export function oneMore(state: SaleState, line: SaleLine, facts: SaleFacts): SaleStep {
  const quantity = line.quantity + 1
  if (quantity > 9_999 || !countable(state, line, quantity)) return { state, intents: [], refused: 'amount-out-of-range' }
  return {
    state: {
      ...withQuantity(state, line, quantity),
      notice: say(facts, 'good', 'product-added', { name: line.name, quantity }),
    },
    intents: [],
  }
}

export function withQuantity(state: SaleState, line: SaleLine, quantity: number): SaleState {
  const changed = {
    ...line,
    quantity,
    total_cents: minus(times(line.unitPrice_cents, quantity), line.discount_cents),
  }
  return {
    ...state,
    question: null,
    lines: state.lines.map((other) => (other.lineId === line.lineId ? changed : other)),
    past: remembered(state.past, {
      undo: 'set-quantity',
      lineId: line.lineId,
      quantity: line.quantity,
      what: line.name,
    }),
  }
}
