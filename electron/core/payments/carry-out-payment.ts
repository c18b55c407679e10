import { unreachable } from '../../../contract/unreachable.ts'
import type { Deed } from '../flows/deed.ts'
import type { SaleIntent } from '../flows/sale-state.ts'
import { attemptOf, recordAttempt, recordStep } from './attempts.ts'
import { openCardCase } from './card-case.ts'
import { NOBODY } from './nobody.ts'

type PaymentIntent = Extract<SaleIntent, { want: 'ask-terminal' | 'keep-by-hand' | 'step-attempt' | 'tell-terminal' }>

/** Cards that were taken beside the till carry this in place of a terminal's address. */
const BESIDE = 'beside'

/** Writes what a step of a sale wants of a card payment, in the transaction of the step. */
export function carryOutPayment(deed: Deed, intent: PaymentIntent): void {
  switch (intent.want) {
    case 'ask-terminal':
      if (!deed.terminal) throw new Error('there is no terminal to ask')
      return record(deed, intent.attemptId, intent.amount_cents, deed.terminal)
    case 'keep-by-hand':
      return keepByHand(deed, intent)
    case 'step-attempt':
      return recordStep(deed.db, attemptOf(deed.db, intent.attemptId), {
        state: intent.to,
        at: deed.ground.now(),
        saidBy: intent.to === 'approved' || intent.to === 'declined' ? 'clerk' : 'till',
        code: intent.code,
      })
    case 'tell-terminal':
      return deed.terminal?.signal(intent.signal)
    default:
      return unreachable(intent)
  }
}

function record(deed: Deed, attemptId: string, amount_cents: number, terminal: { address: string; byHand: boolean }): void {
  const { ground, staff } = deed
  if (!staff && ground.seat !== 'kiosk') throw new Error('nobody is signed in')
  recordAttempt(deed.db, {
    id: attemptId, flowId: deed.flowId, amount_cents, currency: ground.place.currency, terminal: terminal.address,
    byHand: terminal.byHand, staffId: staff?.staffId ?? NOBODY, staffName: staff?.name ?? ground.till.name, at: ground.now(),
  })
}

/** Money that was taken beside the till for a sale that then could not be finished has to go back: a case says so. */
function keepByHand(deed: Deed, intent: Extract<PaymentIntent, { want: 'keep-by-hand' }>): void {
  const { ground, db } = deed
  record(deed, intent.attemptId, intent.amount_cents, { address: BESIDE, byHand: true })
  const at = ground.now()
  recordStep(db, attemptOf(db, intent.attemptId), { state: 'approved', at, saidBy: 'clerk', code: intent.code })
  if (intent.taken) return
  recordStep(db, attemptOf(db, intent.attemptId), { state: 'reversal-unknown', at, saidBy: 'till' })
  openCardCase(deed, 'card-reversal', null)
}
