/** Fingers bounce on a key within this time; nobody reads a new screen and answers it that fast. */
const BOUNCE_MS = 300

/**
 * Tells an Enter that somebody meant from the second half of a double press, and from a key that is held down: the
 * same key takes the money, begins the next sale and approves, and each of these happens once. Where another key was
 * pressed in between, nothing bounced.
 */
export function meantEnter(): { isMeant(key: Pick<KeyboardEvent, 'key' | 'repeat' | 'timeStamp'>): boolean } {
  let last_at = -Infinity
  return {
    isMeant({ key, repeat, timeStamp }) {
      if (key !== 'Enter') {
        last_at = -Infinity
        return true
      }
      if (repeat || timeStamp - last_at < BOUNCE_MS) return false
      last_at = timeStamp
      return true
    },
  }
}
