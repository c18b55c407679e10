import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { manifestText, SnapshotManifest } from '../../../contract/sync/wire.ts'
import type { HubClient } from './hub-client.ts'
import { isFromHub } from './till-key.ts'

/** The file that came cannot be what the centre sent: it is thrown away and fetched again from the start. */
export class SpoiledMirror extends Error {
  constructor(why: string) {
    super(`the mirror that came is ${why}`)
    this.name = 'SpoiledMirror'
  }
}

/**
 * Fetches a ready mirror into the data folder and answers its unpacked file, on the disk and checked: signed by the
 * centre and byte for byte what was signed; that it is whole as a database the centre has looked before it signed. What
 * has come of it stays when the line breaks, and the rest is asked for next time, also after a restart. Selling goes on
 * meanwhile. `schema` is the newest shape of a mirror this program knows; with `or: 'rows'` a centre that has few units
 * and no file of them refuses with `few-units`.
 */
export async function fetchMirror(
  client: Pick<HubClient, 'manifest' | 'snapshot'>, place: { readonly dataDir: string; readonly hubKey: string; readonly schema: number; readonly or?: 'rows' },
  told: (bytes: number, of: number) => void, signal: AbortSignal,
): Promise<{ file: string; manifest: SnapshotManifest }> {
  const { dataDir, hubKey, schema, or } = place
  const packed = join(dataDir, 'mirror-next.zst')
  const label = join(dataDir, 'mirror-next.json')
  const file = join(dataDir, 'mirror-next.db')
  const manifest = await client.manifest(schema, or)
  if (!isFromHub(hubKey, manifestText(manifest), manifest.signature)) throw new SpoiledMirror('not signed by this centre')
  if (manifest.schema > schema) throw new SpoiledMirror('of a newer program')
  if ((await begun(label)) !== manifest.id) {
    await rm(packed, { force: true })
    await writeFile(label, JSON.stringify(manifest))
  }
  const removed = async (...files: string[]): Promise<unknown> => Promise.all(files.map((each) => rm(each, { force: true })))
  await removed(file, `${file}-wal`, `${file}-shm`)
  try {
    await pipeline(
      packedPieces(client, manifest, packed, told, signal), createZstdDecompress({ chunkSize: PIECE_BYTES }),
      (pieces: AsyncIterable<Buffer>) => bounded(pieces, manifest.bytes), createWriteStream(file, { highWaterMark: 4 * PIECE_BYTES, flush: true }), { signal },
    )
  } catch (error) {
    await removed(file)
    const isUnreadable = error instanceof Error && 'code' in error && String(error.code).startsWith('ZSTD_')
    if (!isUnreadable && !(error instanceof SpoiledMirror)) throw error
    await removed(packed, label)
    throw isUnreadable ? new SpoiledMirror('not packed as it was sent') : error
  }
  await removed(packed, label)
  return { file, manifest }
}

/** A mirror of a million units is a gigabyte: in the small pieces of a socket, half of the time would go into handing them on. */
const PIECE_BYTES = 1 << 20
/** Of what comes over a slow line no more than this is fetched again after a power cut, and somebody sees it come. */
const KEPT_BYTES = 1 << 18
/** Unpacked before all of it is proven, so that nobody fills a till's disk with little: a mirror packs to a fifth. */
const UNPACKED_TIMES_MAX = 100
const UNPACKED_BYTES_FREE = 64 << 20

async function begun(label: string): Promise<string | null> {
  try {
    return SnapshotManifest.parse(JSON.parse(await readFile(label, 'utf8'))).id
  } catch {
    return null
  }
}

/** What has come of the packed file before, and the rest from the centre, kept as it comes. Ends only where all of it is what was signed. */
async function* packedPieces(client: Pick<HubClient, 'snapshot'>, manifest: SnapshotManifest, packed: string, told: (bytes: number, of: number) => void, signal: AbortSignal): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let bytes = 0
  const counted = (piece: Buffer): Buffer => {
    bytes += piece.length
    if (bytes > manifest.bytes) throw new SpoiledMirror('longer than it was to be')
    hash.update(piece)
    return piece
  }
  if (existsSync(packed)) for await (const piece of createReadStream(packed, { highWaterMark: PIECE_BYTES })) yield counted(piece as Buffer)
  if (bytes < manifest.bytes) {
    const keeping = await open(packed, 'a')
    try {
      for await (const piece of gathered(restOf(client, manifest.id, bytes, signal))) {
        const known = counted(piece)
        await keeping.write(piece)
        told(bytes, manifest.bytes)
        yield known
      }
    } finally {
      await keeping.close()
    }
  }
  if (hash.digest('hex') !== manifest.sha256) throw new SpoiledMirror('not what was signed')
}

/** Behind what is here. Where something on the way answers with the whole file, its beginning is passed over. */
async function* restOf(client: Pick<HubClient, 'snapshot'>, id: string, start: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const response = await client.snapshot(id, start, signal)
  if (response.body === null) throw new SpoiledMirror('empty')
  let known = response.status === 206 ? 0 : start
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    if (piece.length > known) yield piece.subarray(known)
    known = Math.max(0, known - piece.length)
  }
}

/** In larger pieces than a socket's; what has come when the line breaks, before it is told that it broke. */
async function* gathered(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = []
  let length = 0
  let broken: unknown = null
  try {
    for await (const piece of pieces) {
      waiting.push(piece)
      length += piece.length
      if (length < KEPT_BYTES) continue
      yield Buffer.concat(waiting)
      waiting = []
      length = 0
    }
  } catch (error) {
    broken = error
  }
  if (length > 0) yield Buffer.concat(waiting)
  if (broken !== null) throw broken
}

async function* bounded(pieces: AsyncIterable<Buffer>, packed_bytes: number): AsyncGenerator<Buffer> {
  let left = UNPACKED_TIMES_MAX * packed_bytes + UNPACKED_BYTES_FREE
  for await (const piece of pieces) {
    left -= piece.length
    if (left < 0) throw new SpoiledMirror('larger than any mirror')
    yield piece
  }
}
