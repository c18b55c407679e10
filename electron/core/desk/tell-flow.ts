import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Deed } from '../flows/deed.ts'
import type { KioskState } from '../flows/kiosk-state.ts'
import type { TerminalSaid } from '../flows/sale-state.ts'
import { runExchange } from '../returns/run-exchange.ts'
import { flowOf } from '../store/flows.ts'
import { hearRefund } from './hear-refund.ts'
import { leaveKioskSale } from './kiosk-sale.ts'
import { kioskInHand, runKiosk } from './run-kiosk.ts'
import { runReturn } from './run-return.ts'
import { runSale } from './run-sale.ts'

/** What the card terminal says goes to the flow that waits for it. Refuses where it does not wait any more. */
export function tellFlow(deed: Deed, said: TerminalSaid): Result<unknown> {
  switch (flowOf(deed.db, deed.flowId)?.kind) {
    case 'sale': {
      const told = runSale(deed, said)
      return told.ok && deed.ground.seat === 'kiosk' ? soldAlone(deed) : told
    }
    case 'return':
      return runReturn(deed, said)
    case 'exchange':
      return runExchange(deed, said)
    case 'kiosk':
      return hearRefund(deed, said)
    default:
      return refused('no-such-flow')
  }
}

/** The customer at the kiosk hears what became of the card; a sale that nobody stands before any more is put away. */
function soldAlone(deed: Deed): Result<unknown> {
  const flowId = kioskInHand(deed.ground, deed.db)
  const session = flowOf(deed.db, flowId)?.state as KioskState | undefined
  if (session?.sale === deed.flowId && session.at === 'paying') return runKiosk({ ...deed, flowId }, { do: 'sale-stepped' })
  leaveKioskSale(deed, deed.flowId)
  return ok(null)
}
