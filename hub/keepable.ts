/** Deeper than anything that is told here; what goes through a value level by level has room for so many. */
const LEVELS_MAX = 64

/**
 * True where PostgreSQL can keep every text within, also as JSON: none has a zero in it or half of a letter (a lone
 * surrogate). False too for a value that is nested deeper than anything we are told.
 */
export function isKeepable(value: unknown, levels = LEVELS_MAX): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000')
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.entries(value).every(([field, within]) => isKeepable(field) && isKeepable(within, levels - 1))
}
