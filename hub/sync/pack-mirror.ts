import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { constants, createZstdCompress, zstdCompress } from 'node:zlib'
import { FRAME_BYTES, headOf, type Packing } from '../../contract/sync/mirror-frames.ts'

/**
 * A till looks at the sum of what comes over the line, and unpacks what its disk has kept of it: with a sum of its own in
 * each frame, one that the disk has spoiled in between cannot be unpacked.
 */
const PACKED = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } }
/** Half of the threads that Node has for such work: the other half answers the tills meanwhile. */
const PACKED_AT_ONCE = 2

/** Packs the file `raw` into `file`, which stands there only whole, or nothing of it. Answers what of it is signed. */
export async function packMirror(raw: string, file: string, packing: Packing): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      hash.update(piece)
      bytes += piece.length
      yield piece
    }
  }
  const part = `${file}.part`
  const to = (await open(part, 'w')).createWriteStream()
  try {
    // A file of hundreds of megabytes is read in larger pieces than a stream's own.
    if (packing === 'one') await pipeline(createReadStream(raw, { highWaterMark: FRAME_BYTES }), createZstdCompress(PACKED), counted, to)
    else await pipeline(framesOf(raw), counted, to)
    await rename(part, file)
  } finally {
    await rm(part, { force: true })
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** The frames of a file in their order, each with its head. */
async function* framesOf(raw: string): AsyncGenerator<Uint8Array> {
  const from = await open(raw)
  try {
    const { size } = await from.stat()
    const places = Array.from({ length: Math.ceil(size / FRAME_BYTES) }, (_, n) => n * FRAME_BYTES)
    for (let n = 0; n < places.length; n += PACKED_AT_ONCE) {
      const frames = await Promise.all(places.slice(n, n + PACKED_AT_ONCE).map((at) => packedAt(from, at, Math.min(FRAME_BYTES, size - at))))
      for (const frame of frames) yield* [headOf(frame.length), frame]
    }
  } finally {
    await from.close()
  }
}

const packed = promisify(zstdCompress)

async function packedAt(from: FileHandle, at: number, length: number): Promise<Buffer> {
  const piece = Buffer.allocUnsafe(length)
  for (let read = 0; read < length; ) {
    const { bytesRead } = await from.read(piece, read, length - read, at + read)
    if (bytesRead === 0) throw new Error('a mirror became shorter while it was packed')
    read += bytesRead
  }
  return packed(piece, PACKED)
}
