import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutsideCheck } from '../../contract/outside-check.ts'
import type { Policy } from '../../contract/policy.ts'
import { ANSWER_BYTES_MAX, type Silence } from '../../contract/outside-request.ts'
import { isAskedFor, keyIn, numberFor, questionTo, silentOf, understood, type Asked, type AskedAbout } from '../../contract/register-question.ts'
import type { Alias } from '../../contract/unit.ts'
import type { OutsideAnswer } from '../../contract/verdicts/facts.ts'
import type { RegisterAsked } from '../contract/till-calls.ts'
import { sendPinned } from '../doors/pinned-line.ts'
import { instant, type HubGround } from '../ground.ts'

export interface AskedPiece {
  readonly category: string
  readonly aliases: readonly Alias[]
  readonly gtin: string | null
  readonly brand: string
}

type Listening = Pick<HubGround, 'dataDir' | 'now_ms' | 'trusted'>

/** The registers that a till would ask about this piece, none of them asked. */
export const registersOf = (policy: Policy, { category }: AskedPiece): RegisterAsked[] =>
  concerned(policy, category).map(({ register, asks }) => ({ register, asks, said: 'not-asked' }))

/**
 * Asks them about a piece as a till does, all at once, each within its limit of three seconds at most. Nothing of what
 * they say is written down, whatever their terms: it is for the eyes of whoever asked. One whose key does not lie here
 * is not asked, and a piece without a number they know by is not asked about.
 */
export async function askRegisters(ground: Listening, policy: Policy, piece: AskedPiece): Promise<{ answers: OutsideAnswer[]; registers: RegisterAsked[] }> {
  const keys = keysText(ground.dataDir)
  const heard = await Promise.all(concerned(policy, piece.category).map(async (check) => {
    const tell = (said: RegisterAsked['said'], answer: OutsideAnswer | null = null) => ({ answer, register: { register: check.register, asks: check.asks, said } })
    const number = numberFor(check, piece.aliases)
    const key = keyIn(keys, check)
    if (number === null) return tell('no-number')
    if (key === '' && Object.values(check.headers).some((value) => value.includes('{key}'))) return tell('no-key')
    const { answer } = await ask(ground, check, { number: number.value, kind: number.kind, gtin: piece.gtin ?? '', brand: piece.brand }, key)
    return tell((answer?.said ?? 'no-opinion') as RegisterAsked['said'], answer)
  }))
  return { answers: heard.flatMap(({ answer }) => answer ?? []), registers: heard.map(({ register }) => register) }
}

const concerned = (policy: Policy, category: string): OutsideCheck[] =>
  (policy.outside ?? []).filter((check) => isAskedFor(check, category, 'check') || isAskedFor(check, category, 'return'))

async function ask({ now_ms, trusted }: Listening, check: OutsideCheck, about: AskedAbout, key: string): Promise<Asked> {
  const silent = (silence: Silence): Asked => silentOf(check, instant(now_ms()), silence)
  const signal = AbortSignal.timeout(check.limit_ms)
  const { url, ...question } = questionTo(check, about, key)
  try {
    const response = await sendPinned(url, { ...question, signal, trusted })
    if (response === null) return silent('no-connection')
    if (response.statusCode !== 200) {
      response.destroy()
      return silent('refused')
    }
    const parts: Buffer[] = []
    let bytes = 0
    for await (const part of response as AsyncIterable<Buffer>) {
      bytes += part.length
      // Leaving the loop lets go of the line: the rest is not fetched.
      if (bytes > ANSWER_BYTES_MAX) return silent('too-long')
      parts.push(part)
    }
    return understood(check, Buffer.concat(parts).toString('utf8'), instant(now_ms()))
  } catch {
    return silent(signal.aborted ? 'time-out' : 'no-connection')
  }
}

function keysText(dataDir: string): string {
  const file = join(dataDir, 'register-keys.json')
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
