import { LineAnswer, type LineQuestion } from './line-words.ts'
import { seal, unseal, type LineKey } from './sealed.ts'

/** A customer waits for the answer to a claim, so nobody is waited for longer. */
const LIMIT_MS = 1_000

/** Says something to the counter and brings its answer; null where it could not be reached or is not ours. */
export async function askCounter(to: string, key: LineKey, question: LineQuestion): Promise<LineAnswer | null> {
  const body = seal(key, question, 'question')
  try {
    const response = await fetch(new URL('/line', to), { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(LIMIT_MS) })
    if (response.status !== 200) return null
    const answer = LineAnswer.safeParse(unseal(key, await response.text(), body.slice(0, 64)))
    return answer.success ? answer.data : null
  } catch {
    return null
  }
}
