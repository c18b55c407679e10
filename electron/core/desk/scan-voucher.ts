import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { Deed } from '../flows/deed.ts'
import type { SaleState } from '../flows/sale-state.ts'
import { say } from '../flows/say.ts'
import { balanceOf } from '../money/ledger.ts'
import { entriesOfCredit } from '../store/credits.ts'
import { flowOf } from '../store/flows.ts'
import { frontOf } from './going-on.ts'
import { recallSale } from './recall-sale.ts'
import { runSale } from './run-sale.ts'

/**
 * A voucher under the scanner: while a sale is being paid it pays, as far as it goes; else the screen says what it is
 * worth. The number of a deposit brings its goods up again.
 */
export function scanVoucher(deed: Omit<Deed, 'flowId'>, number: string, maySell: boolean, raise: (notice: Notice) => void): Result<unknown> {
  const { ground, db } = deed
  const credit = balanceOf(ground, db, number)
  if (credit === null) return refused('no-such-credit', { number })
  if (credit.kind === 'deposit') {
    const flowId = entriesOfCredit(db, credit.number)[0]?.because_of ?? ''
    const flow = flowOf(db, flowId)
    if (maySell && ground.seat === 'counter' && flow?.status === 'parked') return recallSale(ground, db, flowId, deed.staff?.staffId ?? null)
  }
  const front = frontOf(db)
  const sale = front.screen === 'sale' && front.flowId !== null ? (flowOf(db, front.flowId)?.state as SaleState | undefined) : undefined
  if (maySell && front.flowId !== null && sale?.at === 'tendering')
    return runSale({ ...deed, flowId: front.flowId }, { do: 'tender', kind: credit.kind, given_cents: credit.balance_cents, credit: credit.number })
  if (credit.trouble !== null && credit.trouble !== 'online-needed')
    return refused(credit.trouble, { number: credit.number, ...(credit.expiresOn === null ? {} : { date: credit.expiresOn }) })
  raise(say(ground, 'info', 'voucher', { number: credit.number, amount_cents: credit.balance_cents, currency: credit.currency }))
  return ok(null)
}
