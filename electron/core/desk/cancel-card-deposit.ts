import { cents } from '../../../contract/money.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Deed } from '../flows/deed.ts'
import type { SaleState } from '../flows/sale-state.ts'
import { cancelDeposit, depositLeft } from '../money/deposits.ts'
import { askRefund, cardPaymentsOfFlow } from '../payments/card-refunds.ts'
import { flowOfCredit } from '../store/credits.ts'
import { flowOf, type FlowRow } from '../store/flows.ts'
import { setFront, stepFlow } from './going-on.ts'
import { recallSale } from './recall-sale.ts'

/**
 * Gives a deposit back as it came. What a card has paid goes back through the terminal of this till: its cart comes to
 * the front and waits for what the terminal says, and only then is anything booked. Without a terminal, or with goods
 * that wait in no cart any more, it is booked at once and a card is credited beside the till. Refuses what
 * `cancelDeposit` refuses, a cart that is just being paid, and what `askRefund` refuses.
 */
export function cancelDepositAtTill(deed: Deed, text: string): Result<null> {
  const { ground, db } = deed
  const left = depositLeft(deed, text)
  if (!left.ok) return left
  const card = left.value.shares.find(({ kind }) => kind === 'card')
  const flowId = flowOfCredit(db, left.value.number)
  const waiting = flowId === null ? null : (flowOf(db, flowId) as FlowRow<SaleState> | null)
  const isCart = waiting?.kind === 'sale' && (waiting.status === 'parked' || waiting.status === 'open')
  if (card === undefined || deed.terminal === null || flowId === null || !isCart) return cancelDeposit(deed, text)
  if (waiting.state.at !== 'open') return refused('not-in-this-state')
  const authority = deed.authority('pay-out')
  if (authority === null) return refused('no-right', { right: 'pay-out' })
  if (waiting.status === 'parked') {
    const recalled = recallSale(ground, db, flowId, deed.staff?.staffId ?? null)
    if (!recalled.ok) return recalled
  }
  const { amount_cents } = card
  const payment = cardPaymentsOfFlow(db, flowId).find((paid) => paid.amount_cents - paid.refunded_cents >= amount_cents)?.attemptId ?? null
  const asked = askRefund({ ...deed, flowId }, { returnId: left.value.number, amount_cents, payment })
  if (!asked.ok) return asked
  const cart = flowOf(db, flowId) as FlowRow<SaleState> | null
  if (cart === null) throw new Error(`cart ${flowId} is gone`)
  const { attemptId, by } = asked.value
  const asking = { attemptId, by, amount_cents: cents(amount_cents), outcome: 'asked', deposit: { number: left.value.number, authority } } as const
  stepFlow(ground, db, cart, { ...cart.state, at: 'asking-terminal', notice: null, asking })
  setFront(db, { screen: 'sale', flowId })
  return ok(null)
}
