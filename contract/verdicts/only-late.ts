import type { Seat } from '../roles.ts'
import { QUESTIONS, type Verdict } from '../verdict.ts'
import { sayOf, type Say } from './says.ts'

/**
 * By how many days a return comes after its window, where that alone refuses it; null where it is in time, or where
 * something refuses it that nobody may be kind about: a theft, a fake, a piece that came back already. Pure.
 */
export function daysTooLate(verdict: Verdict, seat: Seat): number | null {
  const { purchase } = verdict.findings
  if (verdict.intent !== 'return' || verdict.outcome !== 'refuse' || verdict.quiet || purchase.reason !== 'window-over') return null
  if (othersSay(verdict, seat).includes('refuse')) return null
  const { gone, days } = purchase.params
  return Number(gone) - Number(days)
}

/** Whether a question beside the window has a doubt of its own, which the refusal has hidden. */
export const hasOtherDoubt = (verdict: Verdict, seat: Seat): boolean => othersSay(verdict, seat).includes('ask')

const othersSay = (verdict: Verdict, seat: Seat): Say[] =>
  QUESTIONS.filter((question) => question !== 'purchase').map((question) => sayOf(verdict.intent, question, verdict.findings[question], seat))
