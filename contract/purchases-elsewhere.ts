import { z } from 'zod'
import { FoundPurchase } from './sync/receipt-wire.ts'

/**
 * Purchases at other tills that fit what the day journal is narrowed to. `too-wide`: not asked, because days or amounts
 * are missing or too far apart; `not-reached`: the centre gave no answer, or is of a version that knows none.
 */
export const PurchasesElsewhere = z.discriminatedUnion('is', [
  z.object({ is: z.enum(['too-wide', 'not-reached']) }),
  z.object({ is: z.literal('found'), purchases: z.array(FoundPurchase.extend({ store: z.string() })), isMore: z.boolean() }),
])
export type PurchasesElsewhere = z.infer<typeof PurchasesElsewhere>
export type PurchaseElsewhere = Extract<PurchasesElsewhere, { is: 'found' }>['purchases'][number]
