import { cents, ZERO } from '../../../contract/money.ts'
import type { Result } from '../../../contract/fault.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { RecordOneReturn } from '../flows/return-state.ts'
import { NOTHING_LOOKED_AT, type LookedAt } from './condition-questions.ts'
import { finishReturn } from './finish-return.ts'
import { returnRules } from '../../../contract/cautious-return-rules.ts'
import { proposedRoute } from './routes.ts'

/**
 * One piece that comes back alone, its money in one tender, as the kiosk takes it: the same document, rows and events
 * as at the counter. `approvedName` is whose approval `intent.approvedBy` is. Refuses what `finishReturn` refuses;
 * throws for a piece that is not sold.
 */
export function finishOneReturn(
  deed: Deed, intent: RecordOneReturn, unit: KnownUnit, approvedName: string | null, seen: LookedAt = NOTHING_LOOKED_AT,
): Result<{ credits: string[] }> {
  const { title } = unit.facts
  if (title.is !== 'sold' && title.is !== 'transferred') throw new Error(`unit ${unit.id} is not sold`)
  const { purchase } = title
  const { amount_cents, currency, to } = intent.refund
  return finishReturn(deed, {
    returnId: intent.returnId, number: intent.number, documentId: intent.documentId,
    approval: intent.approvedBy === null ? null : { staffId: intent.approvedBy, name: approvedName ?? '', reason: '' },
    plan: {
      amount_cents, rounding_cents: ZERO, currency, receiptNumbers: [purchase.receiptNumber],
      parts: amount_cents > 0 ? [{ saleId: purchase.saleId, ofKind: purchase.tender, paidAs: to, amount_cents }] : [],
      pays: amount_cents > 0 ? [{ kind: to, amount_cents: cents(amount_cents) }] : [],
    },
    lines: [{
      product: unit.product, unit, serial: null, quantity: 1, bought: null, late: false, onlyCredit: false, isAnsweredFor: intent.approvedBy !== null, tax_bp: unit.product.tax_bp, reason: intent.reason,
      sale: { saleId: purchase.saleId, lineId: null, receiptNumber: purchase.receiptNumber, soldAt: purchase.soldAt },
      condition: intent.condition, refund_cents: amount_cents, seen: { ...seen, condition: intent.condition },
      next: proposedRoute(intent.verdict, intent.condition, intent.reason, returnRules(deed.ground.policy())),
    }],
  })
}
