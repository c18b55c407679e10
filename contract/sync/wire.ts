import { z } from 'zod'
import { KioskHealth } from '../hand-over.ts'
import { Id, Instant, Params } from '../ids.ts'
import { Seat } from '../roles.ts'
import { AliasKind } from '../unit.ts'

/** The protocol this program speaks, and the oldest it still understands. */
export const PROTOCOL = 1
export const PROTOCOL_MIN = 1
/**
 * A page of rows as JSON, packed as a whole (zstd, RFC 8878). A till that asks for it unpacks it at once and beside its
 * work; what HTTP packs itself is unpacked in small pieces, and that took a tenth of the time of a piece told.
 */
export const PACKED_PAGE = 'application/zstd'
/** The scope of what every till must know: flagged units, and all rows that belong to no store. */
export const EVERYWHERE = '*'
export const BATCH_EVENTS_MAX = 500
export const BATCH_BYTES_MAX = 256 * 1024
/** A journal request unpacked: bodies of events stand in JSON once more. */
export const REQUEST_BYTES_MAX = 4 * BATCH_BYTES_MAX

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Seq = z.int().min(0)
/** Base64 of an Ed25519 signature. */
const Signature = z.string().length(88)

export const SentEvent = z.object({ seq: z.int().min(1), hash: Hash, body: z.string().max(BATCH_BYTES_MAX) })
export type SentEvent = z.infer<typeof SentEvent>

/** A piece of a till's chain. An empty one asks where the centre stands. `signature` is over `batchText`. */
export const JournalBatch = z.object({
  inc: Id,
  prevSeq: Seq,
  prevHash: Hash,
  events: z.array(SentEvent).max(BATCH_EVENTS_MAX),
  /** Up to which event the till has the centre's verdicts. */
  answered: Seq,
  /** The journal that this one goes on from, and behind which of its events: the till's file was mended after a damage. */
  follows: z.object({ inc: Id, seq: Seq, hash: Hash }).optional(),
  signature: Signature,
})
export type JournalBatch = z.infer<typeof JournalBatch>

/** What the till signs: which journal, from where to where. */
export const batchText = (till: string, { inc, prevSeq, prevHash, events, follows }: Pick<JournalBatch, 'inc' | 'prevSeq' | 'prevHash' | 'events' | 'follows'>): string => {
  const last = events.at(-1)
  const text = ['journal', till, inc, prevSeq, prevHash, last?.seq ?? prevSeq, last?.hash ?? prevHash]
  return (follows === undefined ? text : [...text, follows.inc, follows.seq, follows.hash]).join('|')
}

/**
 * What became of an event: `accepted`, `noted` where nothing had to be decided, `held` where a person decides first,
 * else the name of the conflict. A verdict never takes back what was done: the money did move.
 */
export const EventAnswer = z.object({
  seq: z.int().min(1),
  verdict: z.string().max(40),
  unitId: Id.nullable(),
  ver: z.int().min(0),
  caseId: Id.nullable(),
})
export type EventAnswer = z.infer<typeof EventAnswer>

export const JournalReply = z.object({
  gen: Id,
  at: Instant,
  /** What the centre has for good of this journal. */
  head: Seq,
  /** What it has worked through. */
  applied: Seq,
  /** The till goes back to here and sends again: the centre lost it, or looks for where two branches part. */
  want: Seq.nullable(),
  /** This journal is the copy of another: it goes on under this name, and a person looks at it. */
  fork: Id.nullable(),
  answers: z.array(EventAnswer),
})
export type JournalReply = z.infer<typeof JournalReply>

/** What a mended till asks the centre for: its own journal as it came there, in order, behind an event. */
export const OwnJournalRequest = z.object({ inc: Id, after: Seq })
export const OwnJournal = z.object({ gen: Id, head: Seq, events: z.array(SentEvent) })
export type OwnJournal = z.infer<typeof OwnJournal>
/** Other letters for the numbers of a till that cannot know which numbers it has given. */
export const LettersReply = z.object({ letters: z.string().regex(/^[A-Z0-9]{1,6}$/) })

export const JoinRequest = z.object({
  code: z.string().min(1).max(40),
  protocol: z.int(),
  till: z.object({ id: Id, code: z.string().regex(/^[A-Z0-9]{1,6}$/), name: z.string().min(1).max(80) }),
  /** Base64 of the raw Ed25519 public key. */
  publicKey: z.string().length(44),
})
export type JoinRequest = z.infer<typeof JoinRequest>

export const JoinReply = z.object({
  storeId: Id,
  /** The letters in front of the till's numbers; another's where they were taken. */
  code: z.string(),
  hubKey: z.string().length(44),
  gen: Id,
  follows: z.enum(['all', 'own']),
})
export type JoinReply = z.infer<typeof JoinReply>

export const TokenRequest = z.object({ till: Id, challenge: z.string().max(300), signature: Signature, program: z.string().max(40) })
export type TokenRequest = z.infer<typeof TokenRequest>
export const TokenReply = z.object({
  token: z.string(),
  until: Instant,
  at: Instant,
  gen: Id,
  state: z.enum(['joined', 'held', 'revoked']),
  scopes: z.array(z.string()),
  /** Until when the till may sell without having heard from the centre; signed over `leaseText`. */
  lease: z.object({ until: Instant, signature: Signature }),
})
export type TokenReply = z.infer<typeof TokenReply>

export const leaseText = (till: string, until: string): string => ['lease', till, until].join('|')
export const challengeText = (till: string, challenge: string): string => ['token', till, challenge].join('|')

export const WireAlias = z.object({ value: z.string(), kind: AliasKind, match_key: z.string().nullable(), retired_why: z.string().nullable() })
export type WireAlias = z.infer<typeof WireAlias>

/** Named columns, additive: a mirror takes those it knows. Looked at by hand: a record of unions takes half of a row's time. */
const Columns = z.custom<Readonly<Record<string, string | number | null>>>(areColumns, 'named texts and numbers')
export type Columns = z.infer<typeof Columns>
function areColumns(given: unknown): boolean {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false
  return Object.values(given).every((value) => value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)))
}

/** One line of a unit's life, told along with the row it made. */
export const ToldEvent = z.object({ at: Instant, n: z.int(), kind: z.string(), store_id: z.string().nullable(), who: z.string().nullable(), params: Params })
export type ToldEvent = z.infer<typeof ToldEvent>

/**
 * A row on its way to the mirrors. A unit's row says where it belongs (`home`) and whether all must know it
 * (`flagged`); the till decides whether it keeps it, so a unit that moves away needs no second kind of message.
 */
export const FeedRow = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('unit'), id: Id, ver: z.int(), home: z.string().nullable(), flagged: z.boolean(), row: Columns,
    aliases: z.array(WireAlias), events: z.array(ToldEvent),
  }),
  z.object({ t: z.literal('record'), kind: z.string().regex(/^[a-z_]+$/), key: Columns, ver: z.int(), scope: z.string(), row: Columns.nullable() }),
])
export type FeedRow = z.infer<typeof FeedRow>

export const NumberedRow = z.object({ seq: z.int().min(1), row: FeedRow })
export type NumberedRow = z.infer<typeof NumberedRow>
export const ScopeRows = z.object({ scope: z.string(), head: Seq, rows: z.array(NumberedRow) })
export type ScopeRows = z.infer<typeof ScopeRows>
export const FeedReply = z.object({ gen: Id, at: Instant, scopes: z.array(ScopeRows) })
export type FeedReply = z.infer<typeof FeedReply>

/** How a till is, as it tells the centre: which of its machines want a person, and whether a kiosk is closed. */
export const TillHealth = KioskHealth.pick({ at: true, isClosed: true, troubles: true }).extend({ seat: Seat })
export type TillHealth = z.infer<typeof TillHealth>

/** `*:12,berlin:7`. Ids hold neither comma; a colon in a store's id is read from the right. */
export type Cursors = Readonly<Record<string, number>>
export const cursorText = (cursors: Cursors): string => Object.entries(cursors).map(([scope, seq]) => `${scope}:${seq}`).join(',')
export function readCursors(text: string): Cursors | null {
  const found = text.split(',').filter(Boolean).map((part) => /^(.{1,64}):(\d{1,15})$/.exec(part))
  if (found.length === 0 || found.length > 2_000 || found.includes(null)) return null
  return Object.fromEntries(found.map((match) => [match?.[1] ?? '', Number(match?.[2])]))
}

/** The state of the feed's heads, told every few seconds: a till that has all of it knows how fresh it is. */
export const Beat = z.object({ gen: Id, at: Instant, heads: z.record(z.string(), Seq) })
export type Beat = z.infer<typeof Beat>

/** What a till has a piece on the counter for. A till that does not say so sells it. */
export const ClaimAim = z.enum(['sell', 'take-back'])
export type ClaimAim = z.infer<typeof ClaimAim>

export const ClaimRequest = z.object({ unitId: Id, to: ClaimAim.optional() })
/** `until`: what the till was told last of the lease it gives back. One of an older program does not say. */
export const ReleaseRequest = z.object({ unitId: Id, until: Instant.optional() })
export const ClaimReply = z.discriminatedUnion('is', [
  z.object({ is: z.literal('yours'), token: z.int(), until: Instant }),
  z.object({ is: z.literal('held'), till: z.string(), until: Instant }),
  z.object({ is: z.literal('gone'), why: z.enum(['sold', 'not-sold', 'unknown', 'flagged']) }),
])
export type ClaimReply = z.infer<typeof ClaimReply>

export const SnapshotManifest = z.object({
  id: Id,
  gen: Id,
  schema: z.int(),
  cursors: z.record(z.string(), Seq),
  units: z.int(),
  bytes: z.int(),
  sha256: Hash,
  madeAt: Instant,
  signature: Signature,
})
export type SnapshotManifest = z.infer<typeof SnapshotManifest>
export const manifestText = (manifest: Omit<SnapshotManifest, 'signature'>): string =>
  ['snapshot', manifest.id, manifest.gen, manifest.schema, cursorText(manifest.cursors), manifest.units, manifest.bytes, manifest.sha256].join('|')

/** The last row of a first mirror that a till has, by its key in the order in which they come: records, then units. */
export const FirstPlace = z.object({ record: z.object({ kind: z.string().max(64), key: z.string().max(400) }).optional(), unit: Id.optional() })
export type FirstPlace = z.infer<typeof FirstPlace>

/** A line of a first mirror that comes as rows: where the feed goes on after it, pages of rows, and that it is whole. */
export const FirstLine = z.discriminatedUnion('is', [
  z.object({ is: z.literal('head'), gen: Id, at: Instant, cursors: z.record(z.string(), Seq) }),
  z.object({ is: z.literal('page'), rows: z.array(FeedRow), after: FirstPlace }),
  z.object({ is: z.literal('end') }),
])
export type FirstLine = z.infer<typeof FirstLine>

/** Count and sum of versions of the units of a scope, by the last two letters of their ids. */
export const Digest = z.record(z.string(), z.tuple([z.int(), z.int()]))
export type Digest = z.infer<typeof Digest>
