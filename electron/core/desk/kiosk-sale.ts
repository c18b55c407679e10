import type { HandedLine } from '../../../contract/hand-over.ts'
import { refused, type Result } from '../../../contract/fault.ts'
import { customerMissing } from '../customers/required.ts'
import type { Deed } from '../flows/deed.ts'
import type { AskedOfSale, KioskCart } from '../flows/kiosk-state.ts'
import { unitIdsOf } from '../flows/line-pieces.ts'
import { EMPTY_SALE, type SaleState } from '../flows/sale-state.ts'
import { totalsOf } from '../flows/totals.ts'
import { releaseUnits } from '../flows/carry-out.ts'
import type { Ground } from '../ground.ts'
import { NOBODY } from '../payments/nobody.ts'
import { flowOf, openFlowOf, type FlowRow } from '../store/flows.ts'
import type { Reading } from '../store/store.ts'
import { beginFlow, stepFlow } from './going-on.ts'
import { runSale, type SaleOutcome } from './run-sale.ts'

/*
 * The sale behind a customer who buys alone. It is a sale like any other at the counter: the same step decides it, the
 * same payment asks the terminal, the same paper comes out. Only nobody is signed in.
 */

/** The most that is sold to a customer alone here; null where the shop does not, or no terminal takes the card by itself. */
export function buyUpTo_cents({ ground, terminal }: Pick<Deed, 'ground' | 'terminal'>): number | null {
  const { buyUpTo_cents } = ground.policy().kiosk
  return buyUpTo_cents === undefined || !takesCards({ ground, terminal }) ? null : buyUpTo_cents
}

/** In the demo shop without a terminal, where nothing is real, the card is acted out. */
export const takesCards = ({ ground, terminal }: Pick<Deed, 'ground' | 'terminal'>): boolean =>
  terminal === null ? ground.demo : !terminal.byHand

export const beginKioskSale = ({ ground, db }: Deed): string => beginFlow(ground, db, 'sale', EMPTY_SALE, null)

/** One step of it. What a customer takes out alone, the kiosk itself answers for: the journal names it. */
export function stepKioskSale(deed: Deed, saleFlowId: string | null, input: AskedOfSale): Result<SaleOutcome> {
  if (saleFlowId === null) return refused('no-such-flow')
  const { till } = deed.ground
  const authority = () => ({ staffId: NOBODY, name: till.name, reason: null, steppedUp: false })
  return runSale({ ...deed, flowId: saleFlowId, authority }, input)
}

/**
 * Nobody stands before it any more: its pieces are free again, and its row is emptied. One whose money is on its way
 * stays as it is until somebody has settled that; a paid one stays as the books have it.
 */
export function leaveKioskSale(deed: Deed, saleFlowId: string | null): void {
  const { ground, db } = deed
  const flow = saleFlowId === null ? null : openFlowOf<SaleState>(db, saleFlowId, 'sale')
  if (flow === null || flow.state.at === 'asking-terminal') return
  if (flow.state.at === 'paid') return stepFlow(ground, db, flow, flow.state, 'done')
  releaseUnits({ ...deed, flowId: flow.id })
  stepFlow(ground, db, flow, EMPTY_SALE, 'dropped')
}

export const saleBehind = (db: Reading, saleFlowId: string | null): SaleState | null =>
  saleFlowId === null ? null : ((flowOf(db, saleFlowId) as FlowRow<SaleState> | null)?.state ?? null)

export function kioskCart(ground: Ground, db: Reading, saleFlowId: string | null): KioskCart | null {
  const sale = saleBehind(db, saleFlowId)
  if (sale === null || saleFlowId === null) return null
  return {
    sale,
    due_cents: totalsOf(sale.lines, { currency: ground.place.currency, taxInclusive: ground.place.tax_inclusive === 1 }).gross_cents,
    isAsking: sale.lines.flatMap(unitIdsOf).some((unitId) => ground.outside.askedAbout(unitId).length > 0),
    wantsCustomer: customerMissing(db, ground.mirror, ground.policy(), saleFlowId, sale.lines),
  }
}

/** What of it goes over to the counter. */
export const handedLines = (sale: SaleState | null): HandedLine[] =>
  (sale?.lines ?? []).map(({ unitId, productId, aliases, gtin, lot, quantity }) => ({
    unitId, productId, text: (aliases[0]?.value ?? gtin ?? productId).slice(0, 256), lot, quantity,
  }))
