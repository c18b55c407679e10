import type { OutsideCheck } from '../../../contract/outside-check.ts'
import { ANSWER_BYTES_MAX, questionTo, silentOf, understood, type Asked, type AskedAbout, type Silence } from '../../../contract/register-question.ts'

/**
 * Asks one register about one number. Never throws and never takes longer than the limit of the register (3 s at
 * most): what does not come in time, is cut off, is no JSON, or says a word nobody told us the meaning of, is
 * `unreachable`, never clear. A redirect is not followed: the number goes where the shop's policy says and nowhere else.
 */
export async function askRegister(check: OutsideCheck, about: AskedAbout, key: string, now: () => string): Promise<Asked> {
  const silent = (silence: Silence): Asked => silentOf(check, now(), silence)
  const { url, body, ...question } = questionTo(check, about, key)
  try {
    const response = await fetch(url, { ...question, redirect: 'error', signal: AbortSignal.timeout(check.limit_ms), ...(body === null ? {} : { body }) })
    if (response.status !== 200) {
      await response.body?.cancel()
      return silent('refused')
    }
    const text = await boundedText(response)
    return text === null ? silent('too-long') : understood(check, text, now())
  } catch (error) {
    return silent(error instanceof DOMException && error.name === 'TimeoutError' ? 'time-out' : 'no-connection')
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
