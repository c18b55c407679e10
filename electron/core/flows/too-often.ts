import type { ReturnRules } from '../../../contract/return-rules.ts'

/** Somebody we know, by the sale of the piece: how many pieces he has brought back in the days the rules look at. */
export interface KnownReturner {
  readonly customerId: string
  readonly came: number
}

/** Whether one of these people brings back more than the rules leave to nobody's word. Each entry is one piece. Pure. */
export function isTooOften(returners: readonly KnownReturner[], rules: ReturnRules): boolean {
  const most = rules.perCustomer?.pieces ?? Number.POSITIVE_INFINITY
  return returners.some(({ customerId, came }) => came + returners.filter((other) => other.customerId === customerId).length > most)
}
