import { generateKeyPairSync, sign } from 'node:crypto'
import { batchText, challengeText, type JournalBatch } from '../../../contract/sync/wire.ts'
import type { HubGround } from '../../../hub/ground.ts'
import { chained, CHAIN_START } from '../../../hub/sync/chain.ts'
import { makeJoinCode } from '../../../hub/sync/devices.ts'

/** A till's key without the till. */
export function newKey() {
  const pair = generateKeyPairSync('ed25519')
  const { x } = pair.publicKey.export({ format: 'jwk' })
  return { publicKey: Buffer.from(x ?? '', 'base64url').toString('base64'), sign: (text: string) => sign(null, Buffer.from(text), pair.privateKey).toString('base64') }
}
export type Key = ReturnType<typeof newKey>

/** Talks to the centre's door as a till does, and as nobody should. */
export class DoorCaller {
  readonly #url: () => string
  readonly #ground: () => Pick<HubGround, 'db' | 'now_ms'>

  constructor(url: () => string, ground: () => Pick<HubGround, 'db' | 'now_ms'>) {
    this.#url = url
    this.#ground = ground
  }

  async call(path: string, body?: unknown, token?: string): Promise<{ status: number; json: Record<string, unknown> }> {
    const response = await fetch(`${this.#url()}${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }), headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    })
    return { status: response.status, json: (await response.json()) as Record<string, unknown> }
  }

  /** Lets a till in and signs it in. */
  async joined(id: string, key: Key = newKey()): Promise<{ id: string; key: Key; token: string }> {
    const { code } = await makeJoinCode(this.#ground(), 'north', 'test')
    const answer = await this.call('/v1/join', { code, protocol: 1, till: { id, code: id.toUpperCase(), name: id }, publicKey: key.publicKey })
    if (answer.status !== 200) throw new Error(`${id} was not let in: ${JSON.stringify(answer)}`)
    return { id, key, token: await this.tokenOf(id, key) }
  }

  /** A token for a till that was let in before. */
  async tokenOf(id: string, key: Key): Promise<string> {
    const { challenge } = (await this.call('/v1/challenge')).json as { challenge: string }
    const answer = await this.call('/v1/token', { till: id, challenge, signature: key.sign(challengeText(id, challenge)), program: 'test/1' })
    if (answer.status !== 200) throw new Error(`${id} got no token: ${JSON.stringify(answer)}`)
    return answer.json['token'] as string
  }
}

/** An event that changes nothing: somebody looked at a piece. */
export const bodyOf = (seq: number, id = `e${seq}`, more: object = {}): string =>
  JSON.stringify({
    v: 1, seq, p: 0, id, kind: 'checked', unitId: 'u1', at: '2026-03-02T08:00:00.000Z', storeId: 'north', tillId: 't', staffId: null, who: null, params: {}, facts: null, ...more,
  })

/** These bodies as a piece of the till's chain, signed. */
export function batchOf(till: { id: string; key: Key }, bodies: readonly string[], from: { seq: number; hash: string } = { seq: 0, hash: CHAIN_START }): JournalBatch {
  let before = from.hash
  const events = bodies.map((text, index) => {
    before = chained(before, text)
    return { seq: from.seq + index + 1, hash: before, body: text }
  })
  const batch = { inc: `${till.id}-1`, prevSeq: from.seq, prevHash: from.hash, events, answered: 0 }
  return { ...batch, signature: till.key.sign(batchText(till.id, batch)) }
}
