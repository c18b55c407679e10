import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DAY_MS } from '../../contract/durations.ts'
import type { Packing } from '../../contract/sync/mirror-frames.ts'
import { FirstPlace, manifestText, type SnapshotManifest } from '../../contract/sync/wire.ts'
import { instant, type HubGround } from '../ground.ts'
import { migrationsRoot } from '../migrate.ts'
import { Refusal, send, type Asked, type Route } from '../server.ts'
import type { Device } from './devices.ts'
import { headsOf, scopesOf } from './feed.ts'
import { firstPages, hasFewUnits, sendFirstRows, startOf } from './first-pages.ts'
import type { HubIdentity } from './identity.ts'
import { MirrorFile, newestSchema } from './mirror-file.ts'
import { tidy, touched } from './mirror-folder.ts'
import { kindsReadBy, rowFor, type Kinds } from './older-tills.ts'
import { packMirror } from './pack-mirror.ts'
import { mustBeWhole, writeTight } from './whole-file.ts'

/** A ready file is made anew when the feed after it has grown to this part of its units, or after a day. */
const AGED_PART = 0.05
const AGED_ROWS_MIN = 2_000
const AGE_MS = DAY_MS
/** The shape of a mirror that first knew where the feed goes on; a till of an older program cannot follow it. */
const SCHEMA_MIN = 5
/** So few units go over the line before a file of them is made; only a file that lies there already is quicker. */
const FEW_UNITS = 10_000
/** A file of hundreds of megabytes is read in larger pieces than a stream's own. */
const PIECE_BYTES = 1 << 20

interface Ready {
  readonly manifest: SnapshotManifest
  readonly file: string
}

/** What a till asks of a ready file: whose rows are in it, of which shape it is, which lines it has, and how it is packed. */
interface Wanted {
  readonly scopes: readonly string[]
  readonly schema: number
  readonly kinds: Kinds
  readonly packing: Packing
}

/**
 * First mirrors as ready-made files: built once for all tills that want the same, sent as they lie on the disk. The
 * pages of a build need not be one moment of the database: rows are never deleted, the feed tells again from before the
 * build began, and the version decides.
 */
export class Snapshots {
  readonly #ground: HubGround
  readonly #identity: HubIdentity
  readonly #dir: string
  readonly #migrationsDir = join(migrationsRoot(), 'mirror')
  readonly #ready = new Map<string, Ready>()
  readonly #making = new Map<string, Promise<Ready>>()
  /** Names of the files this process has given out, of those that were followed by a newer one too. */
  readonly #given = new Set<string>()

  constructor(ground: HubGround, identity: HubIdentity) {
    this.#ground = ground
    this.#identity = identity
    this.#dir = join(ground.dataDir, 'mirrors')
  }

  routes(till: (asked: Asked) => Promise<Device>): Route[] {
    return [
      {
        method: 'GET', path: '/v1/snapshot',
        answer: async (asked) => {
          const scopes = await scopesOf(this.#ground.db, await till(asked))
          const schema = this.#schemaFor(asked.url.searchParams.get('schema'))
          // A till of an older program does not say that it knows frames.
          const wanted: Wanted = { scopes, schema, kinds: kindsReadBy(asked), packing: asked.url.searchParams.get('packing') === 'frames' ? 'frames' : 'one' }
          // A till that takes rows as well says so. It asks for them next.
          const takesRows = asked.url.searchParams.get('or') === 'rows'
          if (takesRows && !this.#ready.has(keyOf(wanted)) && (await hasFewUnits(this.#ground.db, scopes, FEW_UNITS))) throw new Refusal(409, 'few-units')
          return { status: 200, json: (await this.of(wanted)).manifest }
        },
      },
      {
        method: 'GET', path: '/v1/first-rows',
        answer: async (asked) => {
          const scopes = await scopesOf(this.#ground.db, await till(asked))
          await sendFirstRows(this.#ground, this.#identity.gen, scopes, placeOf(asked.url.searchParams.get('after')), asked)
          return 'answered'
        },
      },
      {
        method: 'GET', path: '/v1/snapshot/:id',
        answer: async (asked) => {
          await till(asked)
          const ready = [...this.#ready.values()].find(({ manifest }) => manifest.id === asked.params['id'])
          if (!ready || !(await touched(ready.file))) throw new Refusal(404, 'no-such-snapshot')
          await sendFile(asked, ready)
          return 'answered'
        },
      },
    ]
  }

  /** The shape a till's program understands: an older one gets an older file, and a newer one brings ours up to its own. */
  #schemaFor(said: string | null): number {
    const newest = newestSchema(this.#migrationsDir)
    const known = said === null ? newest : Number(said)
    if (!Number.isSafeInteger(known)) throw new Refusal(400, 'bad-schema')
    if (known < SCHEMA_MIN) throw new Refusal(426, 'program-too-old')
    return Math.min(known, newest)
  }

  /** The ready file that is wanted: made now where there is none, or the one there has aged. */
  async of(wanted: Wanted): Promise<Ready> {
    const key = keyOf(wanted)
    const known = this.#ready.get(key)
    if (known && !(await this.#isAged(known.manifest)) && (await touched(known.file))) return known
    const going = this.#making.get(key) ?? this.#make(wanted).finally(() => this.#making.delete(key))
    this.#making.set(key, going)
    const made = await going
    this.#ready.set(key, made)
    this.#given.add(basename(made.file))
    return made
  }

  async #isAged({ cursors, units, gen, madeAt }: SnapshotManifest): Promise<boolean> {
    if (gen !== this.#identity.gen || this.#ground.now_ms() - Date.parse(madeAt) > AGE_MS) return true
    const heads = await headsOf(this.#ground.db, Object.keys(cursors))
    if ([...heads].some(([scope, { min_seq }]) => (cursors[scope] ?? 0) < min_seq)) return true
    const since = Object.entries(cursors).reduce((sum, [scope, seq]) => sum + (heads.get(scope)?.seq ?? 0) - seq, 0)
    return since > Math.max(AGED_ROWS_MIN, units * AGED_PART)
  }

  /** The numbers and the rows of a file must be of one generation: the centre may have been put back while it was made. */
  async #mustStillBe(gen: string): Promise<void> {
    await this.#identity.lookAgain()
    if (this.#identity.gen !== gen) throw new Refusal(503, 'other-generation')
  }

  async #make({ scopes, schema, kinds, packing }: Wanted): Promise<Ready> {
    await mkdir(this.#dir, { recursive: true })
    // First: what others that were ended have left, half-made files too, may be the room that this one needs.
    await this.#tidy()
    const id = this.#ground.newId()
    const { gen } = this.#identity
    const loose = join(this.#dir, `${id}.building`)
    const raw = join(this.#dir, `${id}.tight`)
    const cursors = await startOf(this.#ground.db, scopes, this.#ground.now_ms())
    const madeAt = instant(this.#ground.now_ms())
    const mirror = new MirrorFile(loose, this.#migrationsDir, schema)
    try {
      for await (const { rows } of firstPages(this.#ground.db, scopes, null)) mirror.put(rows.map((row) => rowFor(kinds, row)))
      await this.#mustStillBe(gen)
      mirror.finish({ cursors, asOf: madeAt, gen, snapshotId: id })
      await writeTight(loose, raw)
      await rm(loose)
      // Once here, and not at every till: what is signed is what was looked at.
      await mustBeWhole(raw)
      const file = join(this.#dir, `${id}.zst`)
      const facts = { id, gen, schema: mirror.schema, cursors, units: mirror.units, ...(await packMirror(raw, file, packing)), madeAt }
      return { manifest: { ...facts, signature: this.#identity.sign(manifestText(facts)) }, file }
    } catch (error) {
      mirror.abandon()
      throw error
    } finally {
      for (const made of [loose, raw]) for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(made + suffix, { force: true })
    }
  }

  /** Of the files of one kind the one before the newest stays for those who are in the middle of it; older ones go. */
  async #tidy(): Promise<void> {
    const kept = new Set([...this.#ready.values()].map(({ file }) => basename(file)))
    await tidy(this.#dir, kept, this.#given).catch((error: unknown) => this.#ground.log(String(error)))
  }
}

function placeOf(text: string | null): FirstPlace | null {
  try {
    return FirstPlace.nullable().parse(JSON.parse(text ?? 'null'))
  } catch (error) {
    throw new Refusal(400, 'bad-place', String(error))
  }
}

const keyOf = ({ scopes, schema, kinds, packing }: Wanted): string => [packing, kinds, schema, ...scopes].join(' ')

/** The whole file, or what is missing of it: `Range: bytes=N-`. */
async function sendFile({ request, response }: Asked, { manifest, file }: Ready): Promise<void> {
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')
  const start = asked ? Number(asked[1]) : 0
  if (start >= manifest.bytes) return send(response, { status: 416, headers: { 'content-range': `bytes */${manifest.bytes}` }, json: { error: 'no-such-range' } })
  response.writeHead(asked ? 206 : 200, {
    'content-type': 'application/zstd', 'accept-ranges': 'bytes', etag: `"${manifest.sha256}"`, 'content-length': manifest.bytes - start,
    ...(asked ? { 'content-range': `bytes ${start}-${manifest.bytes - 1}/${manifest.bytes}` } : {}),
  })
  // A till that hangs up in the middle asks for the rest later.
  await pipeline(createReadStream(file, { start, highWaterMark: PIECE_BYTES }), response).catch(() => undefined)
}
