import { refused, type Result } from '../../../contract/fault.ts'
import type { Deed } from '../flows/deed.ts'
import type { TerminalSaid } from '../flows/sale-state.ts'
import { runExchange } from '../returns/run-exchange.ts'
import { flowOf } from '../store/flows.ts'
import { runKiosk } from './run-kiosk.ts'
import { runReturn } from './run-return.ts'
import { runSale } from './run-sale.ts'

/** What the card terminal says goes to the flow that waits for it. Refuses where it does not wait any more. */
export function tellFlow(deed: Deed, said: TerminalSaid): Result<unknown> {
  switch (flowOf(deed.db, deed.flowId)?.kind) {
    case 'sale':
      return runSale(deed, said)
    case 'return':
      return runReturn(deed, said)
    case 'exchange':
      return runExchange(deed, said)
    case 'kiosk':
      return runKiosk(deed, said)
    default:
      return refused('no-such-flow')
  }
}
