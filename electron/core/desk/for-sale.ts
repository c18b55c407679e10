import { isOnlyKept } from '../../../contract/verdicts/only-kept.ts'
import { judgeUnit } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import type { Found } from '../scans/found.ts'

/** Whether a scan with nothing in hand begins a sale: a product does, and a piece that may be sold or waits for who fetches it. */
export function isForSale(ground: Ground, found: Found): boolean {
  if (found.is !== 'unit') return found.is === 'product' || found.is === 'many'
  const { verdict } = judgeUnit(ground, 'sell', found.hit.unit, null)
  return verdict.outcome === 'accept' || isOnlyKept(verdict)
}
