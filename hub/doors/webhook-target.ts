interface Message {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly answer_ms_max: number
  /** The centre ends: nobody waits for the answer any more. */
  readonly ending: AbortSignal
}

/**
 * Posts a message once. Null when the target took it with a 2xx; else in words why not. The whole exchange has its time,
 * a body of the answer is not waited for, and a redirect is an answer like any other.
 */
export async function tryUrl(url: string, message: Message): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: 'POST', headers: message.headers, body: message.body, redirect: 'manual', signal: AbortSignal.any([AbortSignal.timeout(message.answer_ms_max), message.ending]),
    })
    await response.body?.cancel()
    return response.ok ? null : `HTTP ${response.status}`
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${message.answer_ms_max / 1_000} s`
    return error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error)
  }
}
