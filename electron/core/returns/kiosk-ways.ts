import type { KioskTender } from '../../../contract/kiosk-view.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { TenderKind } from '../../../contract/unit.ts'

/** As what a kiosk may give back what was paid so, the first that works first; none: a colleague gives it. Pure. */
export function kioskWays({ kiosk: { tenders = ['card'] } }: Policy, paidAs: TenderKind, hasCard: boolean): KioskTender[] {
  return [
    ...(tenders.includes('card') && paidAs === 'card' && hasCard ? (['card'] as const) : []),
    ...(tenders.includes('voucher') ? (['voucher'] as const) : []),
  ]
}
