import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
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
 * Fetches a ready mirror into the data folder and answers its unpacked file, checked: signed by the centre, byte for byte
 * what was signed, and whole as a database. What has come of it stays when the line breaks, and the rest is asked for
 * next time, also after a restart. Selling goes on meanwhile. `schema` is the newest shape of a mirror this program knows;
 * with `or: 'rows'` a centre that has few units and no file of them refuses with `few-units`.
 */
export async function fetchMirror(
  client: HubClient, place: { readonly dataDir: string; readonly hubKey: string; readonly schema: number; readonly or?: 'rows' },
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
  await download(client, manifest, packed, told, signal)
  try {
    if ((await sha256Of(packed)) !== manifest.sha256) throw new SpoiledMirror('not what was signed')
    for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true })
    await pipeline(
      createReadStream(packed, { highWaterMark: PIECE_BYTES }), createZstdDecompress({ chunkSize: PIECE_BYTES }), createWriteStream(file, { highWaterMark: 4 * PIECE_BYTES }),
    )
    const said = await checked(file)
    if (said !== 'ok') throw new SpoiledMirror(`damaged: ${said}`)
    return { file, manifest }
  } finally {
    await rm(packed, { force: true })
    await rm(label, { force: true })
  }
}

/** A mirror of a million units is a gigabyte: in the small pieces of a socket, half of the time would go into handing them on. */
const PIECE_BYTES = 1 << 20

async function begun(label: string): Promise<string | null> {
  try {
    return SnapshotManifest.parse(JSON.parse(await readFile(label, 'utf8'))).id
  } catch {
    return null
  }
}

async function download(client: HubClient, manifest: SnapshotManifest, packed: string, told: (bytes: number, of: number) => void, signal: AbortSignal): Promise<void> {
  const have = existsSync(packed) ? statSync(packed).size : 0
  if (have > manifest.bytes) await rm(packed)
  const start = have > manifest.bytes ? 0 : have
  if (start === manifest.bytes) return
  const response = await client.snapshot(manifest.id, start, signal)
  if (response.body === null) throw new SpoiledMirror('empty')
  let bytes = response.status === 206 ? start : 0
  const counted = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      bytes += piece.length
      if (bytes > manifest.bytes) throw new SpoiledMirror('longer than it was to be')
      told(bytes, manifest.bytes)
      yield piece
    }
  }
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), counted, createWriteStream(packed, { flags: bytes > 0 ? 'a' : 'w' }))
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file, { highWaterMark: PIECE_BYTES })) hash.update(piece as Buffer)
  return hash.digest('hex')
}

const CHECK = `
const { parentPort, workerData } = require('node:worker_threads')
const Database = require(workerData.sqlite)
const db = new Database(workerData.file)
db.pragma('trusted_schema = OFF')
const said = db.pragma('quick_check(1)', { simple: true })
if (said === 'ok') db.pragma('journal_mode = WAL')
db.close()
parentPort.postMessage(said)`

/**
 * In a thread of its own: a million units take the better part of a second, and somebody may be paying. Setting its mode
 * waits until all of the file is on the disk; whoever opens it after that does not.
 */
function checked(file: string): Promise<string> {
  const sqlite = createRequire(import.meta.url).resolve('better-sqlite3')
  return new Promise((resolve) => {
    const worker = new Worker(CHECK, { eval: true, workerData: { file, sqlite } })
    worker.once('message', (said: string) => resolve(said))
    worker.once('error', (error: unknown) => resolve(String(error)))
    worker.once('exit', () => resolve('the check ended without an answer'))
  })
}
