import { sql } from '../store/store.ts'
import type { Mirror } from './mirror.ts'

/** Under this key a mirror says that it was filled by a program to which the centre tells lines of every kind. */
const LIVES = 'lives'
const WHOLE = 'whole'

/**
 * True where no line of a life was left out for the program that filled this mirror: one that fails on kinds it does not
 * know is not told of them.
 */
export const hasWholeLives = (mirror: Mirror): boolean => mirror.about(LIVES) === WHOLE

export function markWholeLives(mirror: Mirror): void {
  sql(mirror.reading, 'INSERT INTO about VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(LIVES, WHOLE)
}
