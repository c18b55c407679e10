import type { CreditView } from '../../../contract/credit.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Tender } from '../../../contract/sale-view.ts'
import type { TenderKind } from '../../../contract/unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { SaleInput, SaleState } from '../flows/sale-state.ts'
import { usedOf } from '../flows/sale-credit.ts'
import type { Ground } from '../ground.ts'
import { creditsBecauseOf } from '../store/credits.ts'
import { movesOfCredit } from '../store/shifts.ts'
import type { Reading } from '../store/store.ts'
import { balanceOf, redeem } from './ledger.ts'

interface CreditFacts {
  readonly credits: ReadonlyMap<string, CreditView>
  readonly deposits: readonly CreditView[]
}

/** The promises a step of a sale may have to know: those on the table, the one held out now, deposits on these goods. */
export function creditFacts(ground: Ground, db: Reading, flowId: string, state: SaleState, input: SaleInput | null): CreditFacts {
  const deposits = depositsOf(ground, db, flowId)
  const credits = new Map<string, CreditView>(deposits.map((deposit) => [deposit.number, deposit]))
  // Under the number as it was typed, and under the one we write: the sale knows it by both.
  const know = (text: string) => {
    const credit = balanceOf(ground, db, text)
    if (credit !== null) credits.set(text, credit).set(credit.number, credit)
  }
  for (const tender of state.tenders) if (tender.credit) know(tender.credit.number)
  if (input?.do === 'tender' && input.credit !== undefined) know(input.credit)
  return { credits, deposits }
}

/** Deposits that lie on the goods of a cart and are not used up. */
export const depositsOf = (ground: Ground, db: Reading, flowId: string): CreditView[] =>
  creditsBecauseOf(db, flowId).flatMap((number) => {
    const credit = balanceOf(ground, db, number)
    return credit !== null && credit.kind === 'deposit' && credit.balance_cents > 0 ? [credit] : []
  })

/** Says in words why what is held out cannot be taken, before the step of the sale is tried. */
export function creditMayBeTaken(state: SaleState, input: SaleInput, facts: CreditFacts): Result<null> {
  if (input.do !== 'tender' || input.credit === undefined) return ok(null)
  const credit = facts.credits.get(input.credit)
  if (credit === undefined || credit.kind === 'deposit') return refused('no-such-credit', { number: input.credit })
  const params = { number: credit.number, currency: credit.currency, limit_cents: credit.spendable_cents, ...(credit.expiresOn === null ? {} : { date: credit.expiresOn }) }
  if (credit.trouble !== null) return refused(credit.trouble, params)
  if (usedOf(credit.number, state.tenders) < credit.spendable_cents) return ok(null)
  return refused(credit.spendable_cents < credit.balance_cents ? 'online-needed' : 'credit-spent', params)
}

/** Takes what the tenders of a finished sale promise to take. The step has looked in this very turn, so none can fail. */
export function redeemTenders(deed: Deed, saleId: string, tenders: readonly Tender[]): void {
  for (const tender of tenders) {
    if (!tender.credit || tender.amount_cents === 0) continue
    const taken = redeem(deed, { number: tender.credit.number, amount_cents: tender.amount_cents, becauseOf: saleId, tenderId: tender.tenderId })
    if (!taken.ok) throw new Error(`${tender.credit.number} was looked at and cannot be taken: ${taken.fault.code}`)
  }
}

/** How money of a tender really came: a deposit was cash or a card on an earlier day. */
export function paidAs(db: Reading, tender: Pick<Tender, 'kind' | 'credit'>): TenderKind {
  if (tender.kind !== 'deposit' || !tender.credit) return tender.kind
  const moves = movesOfCredit(db, tender.credit.number).toSorted((a, b) => b.amount_cents - a.amount_cents)
  return moves[0]?.kind ?? 'cash'
}
