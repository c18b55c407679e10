import type { Result } from '../../../contract/fault.ts'
import type { Deed } from '../flows/deed.ts'
import type { TerminalSaid } from '../flows/sale-state.ts'
import { runKiosk } from './run-kiosk.ts'

/**
 * What became of a refund to a card, for the session at the kiosk that asked for it, be its customer still here or not.
 * Refuses (`returned-already`) where the card has its money and the piece came back elsewhere meanwhile: the session
 * does not wait for it any more, and the money is for a case.
 */
export function hearRefund(deed: Deed, said: TerminalSaid): Result<null> {
  const heard = runKiosk(deed, said)
  if (heard.ok || heard.fault.code !== 'returned-already') return heard
  const over = runKiosk(deed, { do: 'came-back-elsewhere' })
  return over.ok ? heard : over
}
