import type { CreditKind, CreditView } from '../../../contract/credit.ts'
import { add, cents, minus, ZERO, type Cents } from '../../../contract/money.ts'
import type { SaleAction, Tender } from '../../../contract/sale-view.ts'
import type { SaleStep } from './sale-lines.ts'
import type { SaleFacts, SaleState } from './sale-state.ts'
import { say } from './say.ts'

/** Ways to pay that are taken from a promise. A deposit is never offered: it is there when paying begins. */
export const isCreditKind = (kind: Tender['kind']): kind is CreditKind => kind === 'voucher' || kind === 'store-credit' || kind === 'deposit'

/**
 * A tender from a voucher or a store credit, of as much as is due, given and left; what is left over stays on it, and
 * nobody gives change. Nothing is taken yet: that happens with the sale, after another look. Null where nothing can be
 * taken; whoever asked has said in words why.
 */
export function creditTender(state: SaleState, input: Extract<SaleAction, { do: 'tender' }>, due: Cents, facts: SaleFacts): Tender | null {
  const credit = input.credit === undefined ? undefined : facts.credits?.get(input.credit)
  if (credit === undefined || credit.trouble !== null || credit.kind === 'deposit') return null
  const used = usedOf(credit.number, state.tenders)
  const amount_cents = cents(Math.min(input.given_cents, due, credit.spendable_cents - used))
  return amount_cents <= 0 ? null : tenderOf(credit, amount_cents, used, facts)
}

const tenderOf = (credit: CreditView, amount_cents: Cents, used: Cents, facts: SaleFacts): Tender => ({
  tenderId: facts.newId(), kind: credit.kind, amount_cents, given_cents: amount_cents, change_cents: ZERO,
  credit: { number: credit.number, left_cents: minus(credit.balance_cents, add(used, amount_cents)) },
})

/** What the tenders so far take from one promise. */
export const usedOf = (number: string, tenders: readonly Tender[]): Cents =>
  add(ZERO, ...tenders.filter((tender) => tender.credit?.number === number).map((tender) => tender.amount_cents))

/** What was paid on these goods before is the first money on the table. */
export function depositTenders(due: Cents, facts: SaleFacts): Tender[] {
  let left = due
  return (facts.deposits ?? []).flatMap((deposit) => {
    const amount_cents = cents(Math.min(left, deposit.spendable_cents))
    left = minus(left, amount_cents)
    return amount_cents <= 0 ? [] : [tenderOf(deposit, amount_cents, ZERO, facts)]
  })
}

/**
 * Looked at again in the turn that finishes the sale: a voucher that another till or another cart has emptied meanwhile
 * is taken off the table, and the screen says which. Null when all of them still hold.
 */
export function creditsAgain(state: SaleState, before: SaleState, facts: SaleFacts): SaleStep | null {
  const gone = state.tenders.find((tender) => {
    const credit = tender.credit ? facts.credits?.get(tender.credit.number) : undefined
    return tender.credit && (credit === undefined || credit.trouble !== null || usedOf(tender.credit.number, state.tenders) > credit.spendable_cents)
  })
  if (gone === undefined) return null
  const number = gone.credit?.number ?? ''
  const tenders = before.tenders.filter((tender) => tender.credit?.number !== number)
  return { state: { ...state, at: 'tendering', tenders, notice: say(facts, 'stop', 'credit-gone', { number }) }, intents: [] }
}

/**
 * Leaves what is on the table as a deposit: the goods stay in their cart, put aside under the customer's name, and the
 * rest is paid another day. Only money can be left; a voucher is taken back to its owner first.
 */
export function leaveDeposit(state: SaleState, name: string, facts: SaleFacts): SaleStep {
  const fresh = state.tenders.filter((tender) => tender.kind !== 'deposit')
  const isMoney = fresh.every((tender) => tender.kind === 'cash' || tender.kind === 'card')
  if (state.at !== 'tendering' || fresh.length === 0 || !isMoney) return { state, intents: [], refused: 'not-in-this-state' }
  const amount_cents = add(ZERO, ...fresh.map((tender) => tender.amount_cents))
  const params = { name, amount_cents, currency: facts.currency }
  return {
    state: { ...state, at: 'open', tenders: [], question: null, notice: say(facts, 'good', 'deposit-left', params) },
    intents: [{ want: 'take-deposit', name, tenders: fresh }, { want: 'park', name }],
  }
}

/** Takes one way to pay off the table again: cash goes back over the counter, a voucher was not touched yet. */
export function dropTender(state: SaleState, tenderId: string, facts: SaleFacts): SaleStep {
  const tender = state.tenders.find((one) => one.tenderId === tenderId)
  // What a card has paid only its terminal can give back, and what was paid before is not this moment's.
  if (state.at !== 'tendering' || !tender || tender.kind === 'card' || tender.kind === 'deposit')
    return { state, intents: [], refused: 'not-in-this-state' }
  const params = { amount_cents: tender.amount_cents, currency: facts.currency }
  const notice = tender.kind === 'cash' ? say(facts, 'info', 'give-back', params) : null
  return { state: { ...state, tenders: state.tenders.filter((one) => one !== tender), notice }, intents: [] }
}
