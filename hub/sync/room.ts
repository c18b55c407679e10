import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import type { z } from 'zod'
import {
  batchText, ClaimRequest, JoinRequest, JournalBatch, OwnJournalRequest, PACKED_PAGE, PROTOCOL, PROTOCOL_MIN, readCursors, ReleaseRequest,
  REQUEST_BYTES_MAX, TillHealth, TokenRequest, type JournalReply,
} from '../../contract/sync/wire.ts'
import { instant, nowOf, type HubGround } from '../ground.ts'
import type { Room } from '../room.ts'
import { Refusal, type Answer, type Asked, type Route } from '../server.ts'
import { sourceOf } from '../source-address.ts'
import { answersOf } from './answers.ts'
import { Applier } from './applier.ts'
import { claim, release } from './claims.ts'
import { challenge, giveToken, join, noteHealth, tillOf, type Device } from './devices.ts'
import { forgetSightings } from './counts.ts'
import { headsOf, isOutside, pruneFeed, readFeed, rowsText, scopesOf } from './feed.ts'
import { hubIdentity, isSignedBy, type HubIdentity } from './identity.ts'
import { joinedTill } from './joined-till.ts'
import { newLetters, ownJournal } from './mended-till.ts'
import { kindsReadBy, rawRowsFor } from './older-tills.ts'
import { digestOf, bucketOf } from './repair.ts'
import { Snapshots } from './snapshots.ts'
import { Streams } from './stream.ts'
import { receive } from './receive.ts'

/** How long the reply to a journal waits for its verdicts; they come with the next one otherwise. */
const VERDICT_WAIT_MS = 800
/** Of a page of the feed. More would keep a till from its customer while it reads them. */
const ROWS_MAX = 5_000
const FEED_KEPT_MS = 30 * 86_400_000
const SMALL_BYTES_MAX = 4_096
const PACK_FROM_BYTES = 4_096

/** What the tills talk to: journals come up, rows go down, leases, first mirrors, repair. */
export async function syncRoom(ground: HubGround): Promise<Room> {
  const identity = await hubIdentity(ground.db)
  const applier = new Applier(ground)
  const streams = new Streams(ground, identity)
  const snapshots = new Snapshots(ground, identity)
  const forget = (): Promise<unknown> => Promise.all([pruneFeed, forgetSightings].map((one) => one(ground.db, ground.now_ms(), FEED_KEPT_MS)))
  const pruning = setInterval(() => void forget().catch((error: unknown) => ground.log(String(error))), 3_600_000)
  return {
    routes: [
      ...[...doorRoutes(ground, identity), ...numberedRoutes(ground, identity, applier, streams), ...snapshots.routes((asked) => tillOf(ground, identity, asked.request, true))]
        .map((route) => underGeneration(identity, route)),
      ...tillRoutes(ground, identity),
    ],
    stop: async () => {
      clearInterval(pruning)
      await streams.stop()
      await applier.stop()
    },
  }
}

/** Another process may have given the centre a new generation since: nobody is answered under the one before. */
const underGeneration = (identity: HubIdentity, route: Route): Route => ({
  ...route,
  answer: async (asked) => {
    await identity.lookAgain()
    return route.answer(asked)
  },
})

const json = (value: unknown): Answer => ({ status: 200, json: value })

/** Rows of a page look alike: packed they are a tenth, and a shop's line is slower than the packing. */
async function packed({ request: { headers: { accept, 'accept-encoding': encodings } } }: Asked, text: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  const asked = { whole: accept?.includes(PACKED_PAGE) ?? false, piecemeal: encodings?.includes('zstd') ?? false }
  if ((!asked.whole && !asked.piecemeal) || text.length <= PACK_FROM_BYTES) return { status: 200, headers, body: text }
  const body = await pack(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
  return { status: 200, headers: asked.whole ? { 'content-type': PACKED_PAGE } : { ...headers, 'content-encoding': 'zstd' }, body }
}
const pack = promisify(zstdCompress)

/** Before a till has a token. */
const doorRoutes = (ground: HubGround, identity: HubIdentity): Route[] => [
  {
    method: 'GET', path: '/v1/hello',
    answer: async () => json({ product: 'countermark', protocol: { min: PROTOCOL_MIN, max: PROTOCOL }, gen: identity.gen, at: nowOf(ground) }),
  },
  { method: 'POST', path: '/v1/join', answer: async (asked) => json(await join(ground, identity, await read(asked, JoinRequest, SMALL_BYTES_MAX), sourceOf(asked.request, ground.proxies))) },
  { method: 'GET', path: '/v1/challenge', answer: async () => json({ challenge: challenge(ground, identity) }) },
  { method: 'POST', path: '/v1/token', answer: async (asked) => json(await giveToken(ground, identity, await read(asked, TokenRequest, SMALL_BYTES_MAX))) },
]

/** Journals go up by their numbers and rows go down by theirs; what a number means is said by the generation. */
function numberedRoutes(ground: HubGround, identity: HubIdentity, applier: Applier, streams: Streams): Route[] {
  const till = (asked: Asked, mayRead = true): Promise<Device> => tillOf(ground, identity, asked.request, mayRead)
  return [
    {
      method: 'POST', path: '/v1/journal',
      answer: async (asked) => {
        const device = await till(asked, false)
        return json(await takeJournal(ground, identity, applier, device, await read(asked, JournalBatch, REQUEST_BYTES_MAX)))
      },
    },
    {
      method: 'POST', path: '/v1/own-journal',
      answer: async (asked) => {
        const device = await till(asked)
        const { inc, after } = await read(asked, OwnJournalRequest, SMALL_BYTES_MAX)
        return json(await ownJournal(ground.db, identity.gen, device.till, inc, after))
      },
    },
    { method: 'GET', path: '/v1/feed', answer: async (asked) => packed(asked, await feedPage(ground, identity, await till(asked), asked)) },
    {
      method: 'GET', path: '/v1/stream',
      answer: async (asked) => {
        const device = await till(asked)
        const told = asked.request.headers['last-event-id']
        const cursors = await allowedCursors(ground, identity, device, asked.url, typeof told === 'string' ? told : null)
        streams.open(asked.response, { till: device.till, cursors, gen: asked.url.searchParams.get('gen') ?? '', kinds: kindsReadBy(asked) })
        return 'answered'
      },
    },
  ]
}

function tillRoutes(ground: HubGround, identity: HubIdentity): Route[] {
  const till = (asked: Asked): Promise<Device> => tillOf(ground, identity, asked.request, true)
  return [
    { method: 'POST', path: '/v1/letters', answer: async (asked) => json({ letters: await newLetters(ground, (await till(asked)).till) }) },
    {
      method: 'POST', path: '/v1/claim',
      answer: async (asked) => {
        const device = await joinedTill(ground, identity, asked)
        const { unitId, to } = await read(asked, ClaimRequest, SMALL_BYTES_MAX)
        return json(await claim(ground, device.till, unitId, to))
      },
    },
    {
      method: 'POST', path: '/v1/release',
      answer: async (asked) => {
        const device = await till(asked)
        const { unitId, until } = await read(asked, ReleaseRequest, SMALL_BYTES_MAX)
        await release(ground, device.till, unitId, until ?? null)
        return json({})
      },
    },
    {
      method: 'POST', path: '/v1/health',
      answer: async (asked) => {
        const device = await till(asked)
        await noteHealth(ground, device.till, await read(asked, TillHealth, SMALL_BYTES_MAX))
        return json({})
      },
    },
    { method: 'GET', path: '/v1/digest', answer: async (asked) => json(await digestOf(ground.db, await till(asked))) },
    { method: 'GET', path: '/v1/bucket/:ending', answer: async (asked) => packed(asked, JSON.stringify({ rows: await bucketOf(ground.db, await till(asked), asked.params['ending'] ?? '') })) },
  ]
}

async function read<T extends z.ZodType>(asked: Asked, shape: T, bytes_max: number): Promise<z.infer<T>> {
  const found = shape.safeParse(await asked.json(bytes_max))
  if (!found.success) throw new Refusal(400, 'bad-request', found.error.message)
  return found.data
}

async function takeJournal(ground: HubGround, identity: HubIdentity, applier: Applier, device: Device, batch: JournalBatch): Promise<JournalReply> {
  if (!isSignedBy(device.public_key, batchText(device.till, batch), batch.signature)) throw new Refusal(401, 'wrong-signature')
  const received = await receive(ground, device.till, batch)
  if (received.fork === null && received.want === null) {
    const applied = applier.apply(device.till, received.inc)
    let timer: NodeJS.Timeout | undefined
    await Promise.race([applied.catch(() => undefined), new Promise((resolve) => (timer = setTimeout(resolve, VERDICT_WAIT_MS)))])
    clearTimeout(timer)
  }
  const heads = await ground.db.query<{ applied: number }>('SELECT applied FROM register_head WHERE till = $1 AND inc = $2', [device.till, received.inc])
  await ground.db.touch('UPDATE device SET seen_at = $2 WHERE till = $1', [device.till, nowOf(ground)])
  return {
    gen: identity.gen, at: instant(ground.now_ms()), head: received.head, applied: heads[0]?.applied ?? 0, want: received.want, fork: received.fork,
    answers: await answersOf(ground.db, device.till, received.inc, batch.answered),
  }
}

/** The cursors of a till, where the feed still reaches back to them: else 410, and a new mirror. */
async function allowedCursors(ground: HubGround, identity: HubIdentity, device: Device, url: URL, told: string | null): Promise<Record<string, number>> {
  if (url.searchParams.get('gen') !== identity.gen) throw new Refusal(410, 'other-generation')
  const cursors = readCursors(told ?? url.searchParams.get('c') ?? '')
  if (cursors === null) throw new Refusal(400, 'bad-cursor')
  const scopes = await scopesOf(ground.db, device)
  if (Object.keys(cursors).some((scope) => !scopes.includes(scope))) throw new Refusal(403, 'not-your-scope')
  if (isOutside(cursors, await headsOf(ground.db, scopes))) throw new Refusal(410, 'cursor-gone')
  return { ...cursors }
}

/** A page, as the text of a `FeedReply`: the scopes in which there is something new share it. */
async function feedPage(ground: HubGround, identity: HubIdentity, device: Device, asked: Asked): Promise<string> {
  // The rows are told under the generation in which their numbers were asked for, even if there is another one by then.
  const { gen } = identity
  const cursors = await allowedCursors(ground, identity, device, asked.url, null)
  const limit = Math.min(Math.max(Number(asked.url.searchParams.get('limit') ?? ROWS_MAX) || ROWS_MAX, 1), ROWS_MAX)
  const heads = await headsOf(ground.db, Object.keys(cursors))
  const headOf = (scope: string): number => heads.get(scope)?.seq ?? 0
  const behind = Object.entries(cursors).filter(([scope, seq]) => headOf(scope) > seq)
  const share = Math.ceil(limit / Math.max(1, behind.length))
  const scopes = await Promise.all(
    Object.entries(cursors).map(async ([scope, seq]) => {
      const head = headOf(scope)
      const rows = head > seq ? await readFeed(ground.db, scope, seq, share) : []
      return rowsText(scope, Math.max(head, rows.at(-1)?.seq ?? 0), rawRowsFor(kindsReadBy(asked), rows))
    }),
  )
  return `{"gen":${JSON.stringify(gen)},"at":"${nowOf(ground)}","scopes":[${scopes.join(',')}]}`
}
