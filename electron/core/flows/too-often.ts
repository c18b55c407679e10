import type { ReturnRules } from '../../../contract/return-rules.ts'

/** Somebody we know, by the sale of the piece, here or as the centre told: how many pieces he has brought back in the days the rules look at. */
export interface KnownReturner {
  readonly customerId: string
  readonly came: number
}

/** What he brings now: one piece with a number, or so many of the same goods. */
export interface Brought extends KnownReturner {
  readonly quantity: number
}

/** Whether one of these people brings back more pieces than the rules leave to nobody's word. Pure. */
export function isTooOften(brought: readonly Brought[], rules: ReturnRules): boolean {
  const most = rules.perCustomer?.pieces ?? Number.POSITIVE_INFINITY
  const now = (customerId: string): number =>
    brought.reduce((sum, one) => sum + (one.customerId === customerId ? one.quantity : 0), 0)
  return brought.some(({ customerId, came }) => came + now(customerId) > most)
}
