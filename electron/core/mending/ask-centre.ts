import type { z } from 'zod'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { leaseText, LettersReply, OwnJournal, type SentEvent } from '../../../contract/sync/wire.ts'
import { HubClient, HubRefusal, refusalOf } from '../sync/hub-client.ts'
import { bearLineTrouble } from '../sync/line-trouble.ts'
import { isFromHub, type TillKey } from '../sync/till-key.ts'
import { centreRefused } from '../sync/why-refused.ts'
import type { FoundEvent } from './journal-pages.ts'

/** A till that is mended, before it has a shop to open: who it is at its centre. */
export interface AtCentre {
  readonly url: string
  /** Base64 of the centre's public key: another one that answers at its address is not believed. */
  readonly hubKey: string
  readonly till: string
  readonly inc: string
  readonly key: TillKey
}

const ASK_MS = 20_000

export interface CentreSays {
  /** Everything it has of this till's journal, in order from the first event. */
  readonly events: readonly FoundEvent[]
  /** Gives letters to put in front of this till's numbers that no till ever had. */
  newLetters(): Promise<string>
}

/** Asks the centre what it knows of this till. Rejects with a `HubRefusal`, or when the centre is not reached. */
export async function askCentre({ url, hubKey, till, inc, key }: AtCentre): Promise<CentreSays> {
  const { token, lease } = await new HubClient(url, till, key).signIn(AbortSignal.timeout(ASK_MS))
  if (!isFromHub(hubKey, leaseText(till, lease.until), lease.signature)) throw new HubRefusal(401, 'not-our-centre')
  const ask = async <T extends z.ZodType>(shape: T, path: string, body: unknown): Promise<z.infer<T>> => {
    const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
      method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(ASK_MS),
    })
    if (!response.ok) throw await refusalOf(response)
    return shape.parse(await response.json())
  }
  const events: SentEvent[] = []
  for (;;) {
    const page = await ask(OwnJournal, '/v1/own-journal', { inc, after: events.length })
    events.push(...page.events)
    if (events.length >= page.head || page.events.length === 0) break
  }
  return {
    events: events.map(({ seq, hash, body }) => ({ seq, hash: Buffer.from(hash, 'hex'), body })),
    newLetters: async () => (await ask(LettersReply, '/v1/letters', {})).letters,
  }
}

/**
 * What the centre answers, or why it does not: its own words where it refuses, and that it is not reached where the line
 * is to blame. A mistake of this program is no answer, and is thrown on.
 */
export async function answered<T>(url: string, ask: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await ask())
  } catch (error) {
    bearLineTrouble(error)
    return error instanceof HubRefusal ? centreRefused(url, error) : refused('no-centre', { url })
  }
}
