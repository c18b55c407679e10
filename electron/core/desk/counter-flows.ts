import type { Result } from '../../../contract/fault.ts'
import type { Right } from '../../../contract/roles.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { exchangeInHand, runExchange } from '../returns/run-exchange.ts'
import { runTradeIn, tradeInInHand } from '../returns/run-trade-in.ts'
import type { Found } from '../scans/found.ts'
import type { Writing } from '../store/store.ts'
import { checkInHand, runCheck } from './run-check.ts'
import { returnInHand, runReturn } from './run-return.ts'

interface TakeUnit {
  readonly do: 'take-unit'
  readonly unitId: string
  readonly text: string
  readonly shown: 'scanned' | 'picked'
}

/** A flow of staff that begins with a piece: how it is begun, and what it does with one that is scanned or named. */
interface CounterFlow {
  readonly right: Right
  readonly inHand: (ground: Ground, db: Writing, staffId: string | null) => string
  readonly run: (deed: Deed, input: { readonly do: 'scanned'; readonly found: Found } | TakeUnit) => Result<null>
}

export const COUNTER_FLOWS = {
  return: { right: 'take-back', inHand: returnInHand, run: runReturn },
  check: { right: 'check', inHand: checkInHand, run: runCheck },
  exchange: { right: 'take-back', inHand: exchangeInHand, run: runExchange },
  'trade-in': { right: 'take-back', inHand: tradeInInHand, run: runTradeIn },
} as const satisfies Record<string, CounterFlow>
