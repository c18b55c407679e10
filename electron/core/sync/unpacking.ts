import { open, type FileHandle } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { FRAME_BYTES, HEAD_BYTES, HEAD_MAGIC, PACKED_FRAME_BYTES_MAX } from '../../../contract/sync/mirror-frames.ts'
import { SpoiledMirror } from './spoiled-mirror.ts'

const UNPACK = `
const { closeSync, openSync, readSync, writeSync } = require('node:fs')
const { pipeline } = require('node:stream/promises')
const { parentPort, workerData } = require('node:worker_threads')
const { createZstdDecompress, zstdDecompressSync } = require('node:zlib')
const { packed, file, most, claimed, frame_bytes, packed_frame_bytes_max, head_bytes, head_magic, read_bytes } = workerData

let here = 0
let isWhole = false
let wake = () => undefined
parentPort.on('message', (said) => {
  here = said.here
  isWhole = said.isWhole
  wake()
})

const fault = (code) => Object.assign(new Error(code), { code })

async function hasCome(end) {
  while (here < end && !isWhole) await new Promise((resolve) => { wake = resolve })
  return here >= end
}

function fill(bytes, from, at) {
  for (let filled = 0; filled < bytes.length; ) {
    const some = readSync(from, bytes, filled, bytes.length - filled, at + filled)
    if (some === 0) throw new Error(packed + ' became shorter')
    filled += some
  }
  return bytes
}

function write(to, bytes, at) {
  if (at + bytes.length > most) throw fault('TOO_LARGE')
  for (let written = 0; written < bytes.length; ) written += writeSync(to, bytes, written, bytes.length - written, at + written)
}

async function unpackFrames(from, to) {
  const head = Buffer.alloc(head_bytes)
  const frame = Buffer.alloc(packed_frame_bytes_max)
  let mine = Atomics.add(claimed, 0, 1)
  for (let n = 0, at = 0; await hasCome(at + 1); n += 1) {
    if (!(await hasCome(at + head_bytes))) throw fault('CUT')
    fill(head, from, at)
    const length = head.readUInt32LE(8)
    if (head.readUInt32LE(0) !== head_magic || head.readUInt32LE(4) !== 4 || length > packed_frame_bytes_max) throw fault('NO_HEAD')
    at += head_bytes + length
    if (n !== mine) continue
    if (!(await hasCome(at))) throw fault('CUT')
    const bytes = zstdDecompressSync(fill(frame.subarray(0, length), from, at - length), { chunkSize: frame_bytes, maxOutputLength: frame_bytes })
    write(to, bytes, n * frame_bytes)
    if (bytes.length < frame_bytes && (await hasCome(at + 1))) throw fault('SHORT')
    mine = Atomics.add(claimed, 0, 1)
  }
}

async function* pieces(from) {
  for (let at = 0; await hasCome(at + 1); ) {
    const bytes = fill(Buffer.allocUnsafe(Math.min(read_bytes, here - at)), from, at)
    at += bytes.length
    yield bytes
  }
}

async function unpackOne(from, to) {
  let at = 0
  await pipeline(pieces(from), createZstdDecompress({ chunkSize: frame_bytes, highWaterMark: frame_bytes }), async (unpacked) => {
    for await (const bytes of unpacked) {
      write(to, bytes, at)
      at += bytes.length
    }
  })
}

async function unpack() {
  const from = openSync(packed, 'r')
  const to = openSync(file, 'r+')
  try {
    if ((await hasCome(4)) && fill(Buffer.alloc(4), from, 0).readUInt32LE(0) === head_magic) await unpackFrames(from, to)
    else if (Atomics.add(claimed, 0, 1) === 0) await unpackOne(from, to)
  } finally {
    closeSync(from)
    closeSync(to)
  }
}

unpack()
  .then(() => ({}), (error) => ({ code: error.code ?? '', error }))
  .then((said) => {
    parentPort.postMessage(said)
    parentPort.close()
  })`


/** Read at once of a file that is one frame: in the small pieces of a stream's own, half of the time would go into handing them on. */
const READ_BYTES = 1 << 18
/** One core stays for whoever sells; more threads than a few wait for the disk. */
const THREADS = Math.min(3, Math.max(1, availableParallelism() - 1))
/** So much comes before the disk is asked to take what is written, while the rest comes: all at once is what the end would wait for. */
const FLUSHED_AFTER_BYTES = 16 << 20

interface Bounds {
  /** How many are to come. */
  readonly packed_bytes: number
  /** What unpacks to more is no mirror. */
  readonly most_bytes: number
  readonly threads?: number
}

/**
 * Unpacks a file (zstd) beside the one that grows by what comes over the line: in threads of their own, because the
 * pieces of a mirror of a million units, thrown away by the hundred megabytes, would make whoever sells wait again and
 * again until memory is swept. What is packed in frames (contract/sync/mirror-frames.ts) is unpacked by several threads,
 * each frame at its own place.
 */
export class Unpacking {
  readonly #to: FileHandle
  readonly #workers: readonly Worker[]
  readonly #ended: Promise<unknown>
  #fault: unknown = null
  #flushing: Promise<void> | null = null
  #flushedAt = 0

  static async begin(packed: string, file: string, bounds: Bounds): Promise<Unpacking> {
    return new Unpacking(packed, file, await open(file, 'w'), bounds)
  }

  private constructor(packed: string, file: string, to: FileHandle, { packed_bytes, most_bytes, threads = THREADS }: Bounds) {
    this.#to = to
    const workerData = {
      packed, file, most: most_bytes, claimed: new Int32Array(new SharedArrayBuffer(4)), read_bytes: READ_BYTES,
      frame_bytes: FRAME_BYTES, packed_frame_bytes_max: PACKED_FRAME_BYTES_MAX, head_bytes: HEAD_BYTES, head_magic: HEAD_MAGIC,
    }
    const length = Math.min(threads, Math.max(1, Math.floor(packed_bytes / FRAME_BYTES)))
    this.#workers = Array.from({ length }, () => new Worker(UNPACK, { eval: true, workerData }))
    this.#ended = Promise.all(this.#workers.map(answerOf))
    // Told to whoever says next what has come.
    this.#ended.catch((error: unknown) => (this.#fault = error))
  }

  /** So many bytes of the packed file are here. Throws where those before cannot be unpacked. */
  came(bytes: number): void {
    if (this.#fault !== null) throw this.#fault
    this.#tell({ here: bytes, isWhole: false })
    if (bytes - this.#flushedAt < FLUSHED_AFTER_BYTES) return
    this.#flushedAt = bytes
    void this.#flush()
  }

  /** All `bytes` have come. Answers when they are unpacked and on the disk. */
  async end(bytes: number): Promise<void> {
    this.#tell({ here: bytes, isWhole: true })
    await this.#ended
    await this.#flushing
    await this.#flush()
    if (this.#fault !== null) throw this.#fault
  }

  /** Nothing is written any more when it answers, whatever has come of it. */
  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
    await this.#flushing
    await this.#to.close()
  }

  #tell(said: { readonly here: number; readonly isWhole: boolean }): void {
    for (const worker of this.#workers) worker.postMessage(said)
  }

  /** Once at a time. A disk says only once that it has failed. */
  #flush(): Promise<void> {
    this.#flushing ??= this.#to
      .sync()
      .catch((error: unknown) => void (this.#fault ??= error))
      .finally(() => (this.#flushing = null))
    return this.#flushing
  }
}

function answerOf(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', ({ code, error }: { code?: string; error?: unknown }) => {
      if (code === undefined) resolve()
      else reject(faultOf(code, error))
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the unpacking of a mirror was ended')))
  })
}

/** What the threads say of heads that cannot be, and Node of a frame that is cut, too large or none. */
const SPOILED = /^(?:NO_HEAD|CUT|SHORT|Z_|ZSTD_|ERR_BUFFER_TOO_LARGE$)/

function faultOf(code: string, error: unknown): unknown {
  if (code === 'TOO_LARGE') return new SpoiledMirror('larger than any mirror')
  if (SPOILED.test(code)) return new SpoiledMirror('not packed as it was sent')
  // On its way from the thread an error keeps its sentence and loses its code.
  return error instanceof Error ? Object.assign(error, { code }) : error
}
