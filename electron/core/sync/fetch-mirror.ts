import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rm, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { manifestText, SnapshotManifest } from '../../../contract/sync/wire.ts'
import type { HubClient } from './hub-client.ts'
import { SpoiledMirror } from './spoiled-mirror.ts'
import { isFromHub } from './till-key.ts'
import { Unpacking } from './unpacking.ts'

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
  const manifest = await client.manifest(schema, or, signal)
  if (!isFromHub(hubKey, manifestText(manifest), manifest.signature)) throw new SpoiledMirror('not signed by this centre')
  if (manifest.schema > schema) throw new SpoiledMirror('of a newer program')
  if ((await begun(label)) !== manifest.id) {
    await rm(packed, { force: true })
    await writeFile(label, JSON.stringify(manifest))
  }
  const removed = async (...files: string[]): Promise<unknown> => Promise.all(files.map((each) => rm(each, { force: true })))
  await removed(file, `${file}-wal`, `${file}-shm`)
  try {
    await fetchUnpacked(client, manifest, { packed, file }, told, signal)
  } catch (error) {
    await removed(file)
    if (error instanceof SpoiledMirror) await removed(packed, label)
    throw error
  }
  await removed(packed, label)
  return { file, manifest }
}

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

/**
 * What has come of the packed file before, and the rest from the centre, kept as it comes and unpacked beside. Ends only
 * where all of it is what was signed, and on the disk.
 */
async function fetchUnpacked(
  client: Pick<HubClient, 'snapshot'>, manifest: SnapshotManifest, { packed, file }: { readonly packed: string; readonly file: string },
  told: (bytes: number, of: number) => void, signal: AbortSignal,
): Promise<void> {
  const hash = createHash('sha256')
  let bytes = 0
  const count = (piece: Uint8Array): void => {
    bytes += piece.length
    if (bytes > manifest.bytes) throw new SpoiledMirror('longer than it was to be')
    hash.update(piece)
  }
  const keeping = await open(packed, 'a+')
  try {
    const most_bytes = UNPACKED_TIMES_MAX * manifest.bytes + UNPACKED_BYTES_FREE
    const unpacking = await Unpacking.begin(packed, file, { packed_bytes: manifest.bytes, most_bytes })
    // What it may say of the disk is said again below.
    const stop = (): void => void unpacking.stop().catch(() => undefined)
    signal.addEventListener('abort', stop)
    try {
      for await (const piece of createReadStream(packed, { signal, highWaterMark: KEPT_BYTES })) count(piece as Uint8Array)
      unpacking.came(bytes)
      if (bytes < manifest.bytes)
        for await (const pieces of gathered(restOf(client, manifest.id, bytes, signal))) {
          pieces.forEach(count)
          await append(keeping, pieces)
          unpacking.came(bytes)
          told(bytes, manifest.bytes)
        }
      if (hash.digest('hex') !== manifest.sha256) throw new SpoiledMirror('not what was signed')
      await unpacking.end(bytes)
      signal.throwIfAborted()
    } finally {
      signal.removeEventListener('abort', stop)
      await unpacking.stop()
    }
  } finally {
    await keeping.close()
  }
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

/** More of a socket's pieces at once; what has come when the line breaks, before it is told that it broke. */
async function* gathered(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array[]> {
  let waiting: Uint8Array[] = []
  let length = 0
  let broken: unknown = null
  try {
    for await (const piece of pieces) {
      waiting.push(piece)
      length += piece.length
      if (length < KEPT_BYTES) continue
      yield waiting
      waiting = []
      length = 0
    }
  } catch (error) {
    broken = error
  }
  if (length > 0) yield waiting
  if (broken !== null) throw broken
}

/**
 * As they are, because each copy that is thrown away brings the next sweep of memory nearer. A full disk takes a part of
 * them before it refuses the rest.
 */
async function append(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await file.writev(pieces)
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (bytesWritten < length) await file.appendFile(Buffer.concat(pieces).subarray(bytesWritten))
}
