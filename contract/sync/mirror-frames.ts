/**
 * How a ready mirror is packed for a till that asks for it with `packing=frames`. It is cut into pieces of `FRAME_BYTES`
 * (the last is the rest), each packed by itself (zstd, RFC 8878), and in front of each stands a skippable frame (3.1.2
 * there) with the length of what follows, as pzstd writes it: a till knows where each piece begins and belongs, and
 * unpacks several at once. A file for a till that does not ask so is one frame, and begins with another number.
 */
export const FRAME_BYTES = 1 << 20
/** What zstd makes of a piece at most, where nothing in it repeats. */
export const PACKED_FRAME_BYTES_MAX = FRAME_BYTES + (FRAME_BYTES >> 8)
/** The first number of a head: one of those by which every program for zstd knows a frame that it passes over. */
export const HEAD_MAGIC = 0x184d2a50
export const HEAD_BYTES = 12

/** What stands in front of a piece of so many packed bytes: the magic number, the length of a length, and the length. */
export function headOf(packed_bytes: number): Uint8Array {
  const head = new DataView(new ArrayBuffer(HEAD_BYTES))
  head.setUint32(0, HEAD_MAGIC, true)
  head.setUint32(4, 4, true)
  head.setUint32(8, packed_bytes, true)
  return new Uint8Array(head.buffer)
}

/** How a ready mirror is packed: in frames, or as one. */
export type Packing = 'frames' | 'one'
