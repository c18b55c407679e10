import type { Policy } from './policy.ts'
import type { VerdictFacts } from './verdicts/facts.ts'

/** How a piece came that was first heard of when it was sold: `from` of its event `commissioned`. */
export const FROM_SALE = 'at-sale'

/** Whether the shop counts goods of this category one by one; where it does not, their serials are kept for the warranty alone. */
export const keepsStockBySerial = ({ stockNotBySerial = [] }: Pick<Policy, 'stockNotBySerial'>, category: string): boolean =>
  !stockNotBySerial.includes('*') && !stockNotBySerial.includes(category)

/** Whether the piece is sold although nobody received it: the shop keeps no stock of its kind by serial, and nobody knows better. */
export const isSoldUnreceived = ({ product, unit }: Pick<VerdictFacts, 'product' | 'unit'>, policy: Policy): boolean =>
  product !== null && unit !== null && (unit.custody.at === 'unknown' || unit.custody.at === 'expected') && !keepsStockBySerial(policy, product.category)
