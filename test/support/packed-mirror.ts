import { constants, zstdCompressSync } from 'node:zlib'
import { FRAME_BYTES, headOf } from '../../contract/sync/mirror-frames.ts'

/** A piece of a mirror as the centre packs it, with a head that says so many bytes, or the truth. */
export function frameOf(piece: Uint8Array, said_bytes?: number): Buffer {
  const packed = zstdCompressSync(piece, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })
  return Buffer.concat([headOf(said_bytes ?? packed.length), packed])
}

/** A file as the centre packs it for a till that knows frames. */
export const inFrames = (file: Buffer): Buffer =>
  Buffer.concat(Array.from({ length: Math.ceil(file.length / FRAME_BYTES) }, (_, n) => frameOf(file.subarray(n * FRAME_BYTES, (n + 1) * FRAME_BYTES))))

/** A file as a centre packs it that does not know frames, or for a till that does not. */
export const asOne = (file: Buffer): Buffer => zstdCompressSync(file)
