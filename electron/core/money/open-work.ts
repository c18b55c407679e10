import type { OpenWork } from '../../../contract/shift-view.ts'
import type { SaleState } from '../flows/sale-state.ts'
import { openAttempts } from '../payments/attempts.ts'
import { openFlows, parkedFlows } from '../store/flows.ts'
import { jobsGoingOn } from '../store/papers.ts'
import type { Reading } from '../store/store.ts'

/**
 * What is not finished, or of which nobody knows how it ended, while a shift is to be closed. Money whose end is unknown
 * blocks, because it is in this drawer or it is not; everything else has to have been seen by whoever closes.
 */
export function openWork(db: Reading, unsent: number): OpenWork[] {
  const sales = openFlows(db, 'sale').map((flow) => flow.state as SaleState)
  const paying = sales.filter((sale) => sale.at === 'asking-terminal' || (sale.at === 'tendering' && sale.tenders.length > 0))
  const open = sales.filter((sale) => sale.at !== 'paid' && sale.lines.length > 0 && !paying.includes(sale))
  const papers = jobsGoingOn(db)
  const unknown = papers.filter((job) => job.state === 'unknown').length
  // A paper that is just coming out is no open work; one that does not, and what waits behind it, is.
  const stuck = papers.some((job) => job.state === 'not-printed') ? papers.length - unknown : 0
  const found: OpenWork[] = [
    { kind: 'payment', count: openAttempts(db).length, blocks: true },
    { kind: 'sale-paying', count: paying.length, blocks: true },
    { kind: 'sale-open', count: open.length, blocks: false },
    { kind: 'sale-parked', count: parkedFlows(db, 'sale').length, blocks: false },
    { kind: 'paper-unknown', count: unknown, blocks: false },
    { kind: 'paper-waiting', count: stuck, blocks: false },
    { kind: 'unsent', count: unsent, blocks: false },
  ]
  return found.filter((work) => work.count > 0)
}
