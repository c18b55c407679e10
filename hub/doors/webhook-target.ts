import type { BlockList } from 'node:net'
import type { HookTrouble } from '../contract/office-calls.ts'
import { sendPinned } from './pinned-line.ts'

interface Letter {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly answer_ms_max: number
  /** The centre ends: nobody waits for the answer any more. */
  readonly ending: AbortSignal
  /** Inner networks the target may lie in. */
  readonly trusted: BlockList | undefined
}

/**
 * Posts a message once. Null when the target took it with a 2xx; else why not. The whole exchange has its time, and a
 * body of the answer is not waited for.
 */
export async function tryUrl(url: string, { headers, body, answer_ms_max, ending, trusted }: Letter): Promise<HookTrouble | null> {
  const signal = AbortSignal.any([AbortSignal.timeout(answer_ms_max), ending])
  try {
    const answer = await sendPinned(url, { method: 'POST', headers, body, signal, trusted })
    if (answer === null) return { code: 'inner-address', detail: '' }
    const status = answer.statusCode ?? 0
    answer.destroy()
    return status >= 200 && status < 300 ? null : { code: 'answered', detail: String(status) }
  } catch (error) {
    if (signal.aborted) return { code: 'no-answer', detail: String(answer_ms_max / 1_000) }
    return { code: 'not-reached', detail: error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error) }
  }
}
