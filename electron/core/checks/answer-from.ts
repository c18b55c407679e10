import { ANSWER_BYTES_MAX, type OutsideQuestion, type Silence } from '../../../contract/outside-request.ts'

/**
 * Sends one question and reads its whole answer. Never throws and never takes longer than `limit_ms`: what does not come
 * in time, is cut off or is too long is silence. A redirect is not followed: what is sent goes where the shop's policy
 * says and nowhere else.
 */
export async function answerFrom({ url, body, ...question }: OutsideQuestion, limit_ms: number): Promise<{ readonly text: string } | { readonly silence: Silence }> {
  try {
    const response = await fetch(url, { ...question, redirect: 'error', signal: AbortSignal.timeout(limit_ms), ...(body === null ? {} : { body }) })
    if (response.status !== 200) {
      await response.body?.cancel()
      return { silence: 'refused' }
    }
    const text = await boundedText(response)
    return text === null ? { silence: 'too-long' } : { text }
  } catch (error) {
    return { silence: error instanceof DOMException && error.name === 'TimeoutError' ? 'time-out' : 'no-connection' }
  }
}

/** Null where there is more than anybody needs to say; the rest is not fetched. */
async function boundedText(response: Response): Promise<string | null> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length
    if (bytes > ANSWER_BYTES_MAX) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
