import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { DAY_MS } from '../../contract/durations.ts'
import {
  challengeText, leaseText, PROTOCOL_MIN, type TillHealth, type TokenRequest, type JoinReply, type JoinRequest, type TokenReply,
} from '../../contract/sync/wire.ts'
import type { Query } from '../database.ts'
import { instant, type HubGround } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { Refusal } from '../server.ts'
import { bareCode, newTypedCode } from '../typed-code.ts'
import { countTry } from '../wrong-tries.ts'
import { scopesOf } from './feed.ts'
import { isSignedBy, type HubIdentity } from './identity.ts'

export interface Device {
  readonly till: string
  readonly code: string
  readonly name: string
  readonly store_id: string
  readonly public_key: string
  readonly state: 'joined' | 'held' | 'revoked'
  readonly state_why: string | null
  readonly follows: 'all' | 'own'
  readonly joined_at: string
  readonly seen_at: string | null
  readonly program: string | null
  /** Events the till had not sent yet when it was last heard of. */
  readonly behind: number
  /** What it last said of itself; null for one that never did. */
  readonly seat: string | null
  readonly health: string | null
  readonly health_at: string | null
}

const CODE_MS = 10 * 60_000
const TOKEN_MS = 15 * 60_000
const CHALLENGE_MS = 60_000
const LEASE_DAYS = 14
/** Beyond so many tills a till keeps the units of its own store only. */
const FULL_MIRROR_TILLS_MAX = 200
/** All tills of a new store may come from one address. */
const JOINING = { atOnce: 10, every_ms: 60_000 }
/** So many wrong codes from all the world make one that is good void: by then somebody guesses from many places. */
const WRONG_TRIES_MAX = 1_000
/** 32^8 codes, ten minutes each. */
const CODE_GROUPS = 2

/** A code that lets one till into a store, once, within ten minutes. It is shown to a person and kept as a digest only. */
export async function makeJoinCode(ground: Pick<HubGround, 'db' | 'now_ms'>, storeId: string, by: string): Promise<{ code: string; until: string }> {
  const code = newTypedCode(CODE_GROUPS)
  const now = ground.now_ms()
  const until = instant(now + CODE_MS)
  await ground.db.query('INSERT INTO join_code (digest, store_id, made_at, made_by, until) VALUES ($1, $2, $3, $4, $5)', [
    digestOf(code), storeId, instant(now), by, until,
  ])
  return { code, until }
}

const digestOf = (code: string): string => createHash('sha256').update(bareCode(code)).digest('hex')

/**
 * Lets a till in. The same till with the same code and key may ask again, because a reply can be lost. Refuses
 * `wrong-code`, and `too-many-tries` where too many of those came from this address.
 */
export async function join(ground: Pick<HubGround, 'db' | 'now_ms'>, identity: HubIdentity, asked: JoinRequest, address: string): Promise<JoinReply> {
  if (asked.protocol < PROTOCOL_MIN) throw new Refusal(426, 'program-too-old')
  const takeBack = await countTry(ground.db, [{ who: `till ${address}`, pace: JOINING }], ground.now_ms()).catch((error: unknown) => {
    throw error instanceof HubRefusal ? new Refusal(429, error.fault) : error
  })
  const reply = await letIn(ground, identity, asked)
  if (reply === null) throw new Refusal(403, 'wrong-code')
  await takeBack()
  return reply
}

/** Null for a code that lets nobody in, or not this till; each that is good then remembers that somebody guessed. */
function letIn(ground: Pick<HubGround, 'db' | 'now_ms'>, identity: HubIdentity, asked: JoinRequest): Promise<JoinReply | null> {
  return ground.db.transaction(async (tx) => {
    await oneByOne(tx)
    const now = instant(ground.now_ms())
    const [code] = await tx.query<{ store_id: string }>(
      `UPDATE join_code SET used_by = $2 WHERE digest = $1 AND until >= $3 AND (used_by = $2 OR (used_by IS NULL AND wrong_tries < $4)) RETURNING store_id`,
      [digestOf(asked.code), asked.till.id, now, WRONG_TRIES_MAX],
    )
    if (code === undefined) {
      await tx.query('UPDATE join_code SET wrong_tries = wrong_tries + 1 WHERE used_by IS NULL AND until >= $1', [now])
      return null
    }
    const others = await tx.query<{ code: string; till: string; public_key: string }>('SELECT code, till, public_key FROM device')
    const same = others.find((device) => device.till === asked.till.id)
    if (same && same.public_key !== asked.publicKey) throw new Refusal(409, 'till-known')
    const letters = freeCode(asked.till.code, await lettersTaken(tx, asked.till.id))
    const follows = others.length < FULL_MIRROR_TILLS_MAX ? 'all' : 'own'
    await tx.query(
      `INSERT INTO device (till, code, name, store_id, public_key, state, follows, joined_at) VALUES ($1, $2, $3, $4, $5, 'joined', $6, $7)
       ON CONFLICT (till) DO NOTHING`,
      [asked.till.id, letters, asked.till.name, code.store_id, asked.publicKey, follows, now],
    )
    return { storeId: code.store_id, code: letters, hubKey: identity.publicKey, gen: identity.gen, follows }
  })
}

/** Whoever gives out letters, or the short name of a store, holds the one row that every centre has, until it has said which: the next one then sees them. */
export async function oneByOne(tx: Query): Promise<void> {
  await tx.query("SELECT key FROM hub_meta WHERE key = 'key' FOR UPDATE")
}

/** Letters that stand in front of some till's numbers, or once did; but for those of `besides` itself. */
export async function lettersTaken(tx: Query, besides = ''): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ code: string }>('SELECT code FROM device WHERE till <> $1 UNION ALL SELECT code FROM letters_given', [besides])
  return new Set(rows.map(({ code }) => code))
}

/** Two tills must not give out the same numbers: who comes second gets the next free letters. */
export function freeCode(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  for (let n = 2; ; n += 1) if (!taken.has(`T${n}`)) return `T${n}`
}

/** Something of ours to sign, good for a minute. Nothing is kept of it. */
export function challenge(ground: Pick<HubGround, 'now_ms'>, identity: HubIdentity): string {
  const text = `${ground.now_ms() + CHALLENGE_MS}.${randomBytes(16).toString('base64url')}`
  return `${text}.${identity.sign(text)}`
}

export async function giveToken(ground: Pick<HubGround, 'db' | 'now_ms'>, identity: HubIdentity, asked: TokenRequest): Promise<TokenReply> {
  const [until, random, signature] = asked.challenge.split('.')
  const now = ground.now_ms()
  if (signature === undefined || !identity.isMine(`${until}.${random}`, signature) || Number(until) < now) throw new Refusal(401, 'stale-challenge')
  const device = await deviceOf(ground.db, asked.till)
  if (!device || !isSignedBy(device.public_key, challengeText(asked.till, asked.challenge), asked.signature)) throw new Refusal(401, 'unknown-till')
  await ground.db.touch('UPDATE device SET seen_at = $2, program = $3 WHERE till = $1', [device.till, instant(now), asked.program])
  const scopes = device.state === 'revoked' ? [] : await scopesOf(ground.db, device)
  const text = `${device.till}.${now + TOKEN_MS}`
  const leaseUntil = instant(device.state === 'joined' ? now + LEASE_DAYS * DAY_MS : now)
  return {
    token: `${Buffer.from(text).toString('base64url')}.${Buffer.from(identity.sign(text), 'base64').toString('base64url')}`,
    until: instant(now + TOKEN_MS), at: instant(now), gen: identity.gen, state: device.state, scopes,
    lease: { until: leaseUntil, signature: identity.sign(leaseText(device.till, leaseUntil)) },
  }
}

/** The till that asks, by its token. `mayRead` refuses one that may only hand in what it did. */
export async function tillOf(ground: Pick<HubGround, 'db' | 'now_ms'>, identity: HubIdentity, request: IncomingMessage, mayRead: boolean): Promise<Device> {
  const [text, signature] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]?.split('.') ?? []
  if (text === undefined || signature === undefined) throw new Refusal(401, 'token-missing')
  const plain = Buffer.from(text, 'base64url').toString('utf8')
  const cut = plain.lastIndexOf('.')
  if (!identity.isMine(plain, Buffer.from(signature, 'base64url').toString('base64')) || Number(plain.slice(cut + 1)) < ground.now_ms())
    throw new Refusal(401, 'token-expired')
  const device = await deviceOf(ground.db, plain.slice(0, cut))
  if (!device) throw new Refusal(401, 'unknown-till')
  if (mayRead && device.state === 'revoked') throw new Refusal(403, 'revoked')
  return device
}

/** What a till says of itself, as of now. */
export const noteHealth = (ground: Pick<HubGround, 'db' | 'now_ms'>, till: string, { seat, ...health }: TillHealth): Promise<number> =>
  ground.db.touch('UPDATE device SET seat = $2, health = $3, health_at = $4, seen_at = $4 WHERE till = $1', [till, seat, JSON.stringify(health), instant(ground.now_ms())])

async function deviceOf(db: Query, till: string): Promise<Device | null> {
  return (await db.query<Device>('SELECT * FROM device WHERE till = $1', [till]))[0] ?? null
}

/**
 * A person's word about a till: `revoked` stops it from changing anything and from reading; `held` from changing;
 * `joined` lets what was kept of it be applied. Facts are never thrown away.
 */
export async function setDeviceState(ground: Pick<HubGround, 'db'>, till: string, state: Device['state'], why: string | null): Promise<boolean> {
  return ground.db.transaction(async (tx) => {
    if (state === 'joined') await tx.touch('UPDATE register_head SET held = false WHERE till = $1', [till])
    return (await tx.touch('UPDATE device SET state = $2, state_why = $3 WHERE till = $1', [till, state, why])) === 1
  })
}
