const MOST = 1_000

/**
 * What a rank is while somebody types it: the sign alone and nothing at all count as 0, so that a minus can come first.
 * Null for a text that no rank between -1000 and 1000 begins with; the field keeps what it had.
 */
export function readRank(text: string): number | null {
  const typed = text.trim()
  if (!/^-?\d{0,4}$/u.test(typed)) return null
  const rank = typed === '' || typed === '-' ? 0 : Number(typed) || 0
  return Math.abs(rank) <= MOST ? rank : null
}
