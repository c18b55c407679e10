import type { Ground } from '../ground.ts'

const turns = new WeakMap<Ground, Promise<unknown>>()

/**
 * PINs are tried one after another: whether somebody has to wait is known only when the try before has been counted, and
 * many that are sent at once would otherwise all be looked at.
 */
export function onePinAtATime<Answer>(ground: Ground, attempt: () => Promise<Answer>): Promise<Answer> {
  const turn = (turns.get(ground) ?? Promise.resolve()).then(attempt)
  turns.set(ground, turn.catch(() => undefined))
  return turn
}
