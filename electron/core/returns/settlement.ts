import { allocate, cents, minus, negated, roundedToCash, ZERO, type Cents } from '../../../contract/money.ts'
import type { Settlement } from '../../../contract/exchange-view.ts'
import type { ReturnRules } from '../../../contract/return-rules.ts'
import type { TenderKind } from '../../../contract/unit.ts'
import { planRefund, type OwedOfSale, type PlanWish } from './refund-plan.ts'

/** Money of a tender that stays where it is: paid for the old piece, it now pays for the new one. */
export interface Carried {
  readonly ofKind: TenderKind
  readonly amount_cents: Cents
}

/**
 * What an exchange costs: the price of the new piece less what was really paid for the old one. What is given back goes
 * back to the tenders that paid, within their limits; only cash is rounded. Pure.
 */
export function settlementOf(
  wish: {
    readonly saleId: string; readonly receiptNumber: string; readonly old_cents: Cents; readonly new_cents: Cents
    readonly paidBy: OwedOfSale['paidBy']; readonly currency: string; readonly cashStep: number
    /** As what is given back where anything is: what came after its window may be store credit alone. */
    readonly backAs: PlanWish['payAs']
  },
  rules: ReturnRules,
): Settlement {
  const difference_cents = minus(wish.new_cents, wish.old_cents)
  const back = difference_cents < 0
    ? planRefund({
      owed: [{ saleId: wish.saleId, amount_cents: negated(difference_cents), paidBy: wish.paidBy }], payAs: wish.backAs, currency: wish.currency,
      cashStep: wish.cashStep, receiptNumbers: [wish.receiptNumber],
    }, rules)
    : null
  return {
    currency: wish.currency, old_cents: wish.old_cents, new_cents: wish.new_cents, difference_cents,
    cash_cents: difference_cents > 0 ? roundedToCash(difference_cents, wish.cashStep) : ZERO, back,
  }
}

/** The part of each tender of the old sale that pays for the new piece: all of it but what is given back. */
export function carriedOf(settlement: Settlement, paidBy: OwedOfSale['paidBy']): Carried[] {
  const left = paidBy.filter((tender) => tender.left_cents > 0)
  if (left.length === 0 || settlement.old_cents === 0) return []
  const shares = allocate(settlement.old_cents, left.map(({ left_cents }) => left_cents))
  return left.flatMap(({ kind }, index) => {
    const gone = (settlement.back?.parts ?? []).filter(({ ofKind }) => ofKind === kind).reduce((sum, part) => sum + part.amount_cents, 0)
    const amount = (shares[index] ?? 0) - gone
    return amount === 0 ? [] : [{ ofKind: kind, amount_cents: cents(amount) }]
  })
}
