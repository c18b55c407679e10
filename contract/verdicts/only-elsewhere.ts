import type { Verdict } from '../verdict.ts'

/** Nothing speaks against the piece but that the records have it in another store. */
export const isOnlyElsewhere = ({ reasons, findings }: Pick<Verdict, 'reasons' | 'findings'>): boolean =>
  reasons.length === 1 && findings.custody.answer === 'not-here'
