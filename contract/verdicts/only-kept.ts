import type { Verdict } from '../verdict.ts'

/** Nothing speaks against the piece but that it is kept for a customer, who may be the one at the till. */
export const isOnlyKept = ({ reasons, findings }: Pick<Verdict, 'reasons' | 'findings'>): boolean =>
  reasons.length === 1 && findings.custody.reason === 'reserved'
