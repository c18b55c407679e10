import { Worker } from 'node:worker_threads'
import { SpoiledMirror } from './spoiled-mirror.ts'

const UNPACK = `
const { closeSync, fsyncSync, openSync, readSync, writeSync } = require('node:fs')
const { pipeline } = require('node:stream/promises')
const { parentPort, workerData: { packed, file, most, read_bytes, piece_bytes } } = require('node:worker_threads')
const { createZstdDecompress } = require('node:zlib')

let here = 0
let isWhole = false
let wake = () => undefined
parentPort.on('message', (said) => {
  here = said.here
  isWhole = said.isWhole
  wake()
})

async function* piecesOf(from) {
  for (let at = 0; ; ) {
    if (at < here) {
      const bytes = Buffer.allocUnsafe(Math.min(read_bytes, here - at))
      const read = readSync(from, bytes, 0, bytes.length, at)
      if (read === 0) throw new Error(packed + ' became shorter')
      at += read
      yield bytes.subarray(0, read)
    } else if (isWhole) return
    else await new Promise((resolve) => { wake = resolve })
  }
}

async function unpack() {
  const from = openSync(packed, 'r')
  const to = openSync(file, 'w')
  try {
    let left = most
    const unpacking = createZstdDecompress({ chunkSize: piece_bytes, highWaterMark: piece_bytes })
    await pipeline(piecesOf(from), unpacking, async (pieces) => {
      for await (const bytes of pieces) {
        left -= bytes.length
        if (left < 0) throw Object.assign(new Error(), { code: 'TOO_LARGE' })
        for (let at = 0; at < bytes.length; ) at += writeSync(to, bytes, at)
      }
    })
    fsyncSync(to)
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

/** Read at once, and unpacked: in the small pieces of a stream's own, half of the time would go into handing them on. */
const READ_BYTES = 1 << 18
const PIECE_BYTES = 1 << 20

/**
 * Unpacks a file (zstd) beside the one that grows by what comes over the line: in a thread of its own, because the
 * pieces of a mirror of a million units, thrown away by the hundred megabytes, would make whoever sells wait again and
 * again until memory is swept. `most_bytes`: more than that is no mirror.
 */
export class Unpacking {
  readonly #worker: Worker
  readonly #ended: Promise<void>
  #fault: unknown = null

  constructor(packed: string, file: string, most_bytes: number) {
    const workerData = { packed, file, most: most_bytes, read_bytes: READ_BYTES, piece_bytes: PIECE_BYTES }
    this.#worker = new Worker(UNPACK, { eval: true, workerData })
    this.#ended = new Promise((resolve, reject) => {
      this.#worker.once('message', ({ code, error }: { code?: string; error?: unknown }) => {
        if (code === undefined) resolve()
        else reject(faultOf(code, error))
      })
      this.#worker.once('error', reject)
      this.#worker.once('exit', () => reject(new Error('the unpacking of a mirror was ended')))
    })
    // Told to whoever says next what has come.
    this.#ended.catch((error: unknown) => (this.#fault = error))
  }

  /** So many bytes of the packed file are here. Throws where those before cannot be unpacked. */
  came(bytes: number): void {
    if (this.#fault !== null) throw this.#fault
    this.#worker.postMessage({ here: bytes, isWhole: false })
  }

  /** All `bytes` have come. Answers when they are unpacked and on the disk. */
  async end(bytes: number): Promise<void> {
    this.#worker.postMessage({ here: bytes, isWhole: true })
    await this.#ended
  }

  /** Nothing is written any more when it answers, whatever has come of it. */
  async stop(): Promise<void> {
    await this.#worker.terminate()
  }
}

function faultOf(code: string, error: unknown): unknown {
  if (code === 'TOO_LARGE') return new SpoiledMirror('larger than any mirror')
  return code.startsWith('ZSTD_') ? new SpoiledMirror('not packed as it was sent') : error
}
