import { HubRefusal } from './hub-client.ts'

/** What `fetch` says of a line that broke, before the answer and in the middle of it. */
const BROKEN = ['fetch failed', 'terminated']

/**
 * Lets pass what a line to the centre is known to do: it says no, breaks, takes too long or is stopped. An answer that
 * nobody can read is told on standard error. Anything else is a mistake of this program, and is thrown on.
 */
export function bearLineTrouble(error: unknown): void {
  if (error instanceof HubRefusal) return
  if (!(error instanceof Error)) throw error
  if (error.name === 'AbortError' || error.name === 'TimeoutError' || (error instanceof TypeError && BROKEN.includes(error.message))) return
  if (error.name !== 'ZodError' && !(error instanceof SyntaxError)) throw error
  process.stderr.write(`The centre's answer cannot be read: ${error.message}\n`)
}

/** An older centre has no ear for this. */
export const isUnknownThere = (error: unknown): boolean => error instanceof HubRefusal && error.status === 404

/** Refusals that are about the till, its token or the moment, and not about what was sent. */
const NOT_OF_THE_WORDS: readonly number[] = [401, 403, 404, 408, 410, 426, 429]

/** The centre does not take what was sent, and will not take it the next time either. */
export const isRefusedForGood = (error: unknown): boolean =>
  error instanceof HubRefusal && error.status >= 400 && error.status < 500 && !NOT_OF_THE_WORDS.includes(error.status)
