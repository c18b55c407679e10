import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FRAME_BYTES, HEAD_BYTES, headOf, PACKED_FRAME_BYTES_MAX } from '../../../contract/sync/mirror-frames.ts'
import { packMirror } from '../../../hub/sync/pack-mirror.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'countermark-pack-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
})

const bytesOf = (length: number): Buffer => createHash('shake256', { outputLength: length }).update('a mirror').digest()

async function packed(file: Buffer, packing: 'frames' | 'one'): Promise<Buffer> {
  writeFileSync(join(dir, 'raw'), file)
  const said = await packMirror(join(dir, 'raw'), join(dir, 'packed'), packing)
  const made = readFileSync(join(dir, 'packed'))
  expect(said).toEqual({ bytes: made.length, sha256: createHash('sha256').update(made).digest('hex') })
  expect(readdirSync(dir).toSorted()).toEqual(['packed', 'raw'])
  return made
}

/** The pieces of a file in frames, each found by the length before it and unpacked by itself. */
function pieces(file: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < file.length; ) {
    const length = file.readUInt32LE(at + HEAD_BYTES - 4)
    expect(file.subarray(at, at + HEAD_BYTES)).toEqual(Buffer.from(headOf(length)))
    at += HEAD_BYTES + length
    found.push(zstdDecompressSync(file.subarray(at - length, at), { maxOutputLength: FRAME_BYTES }))
  }
  return found
}

it.each([1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 5 * FRAME_BYTES, 5.5 * FRAME_BYTES])('packs a mirror of %i bytes in frames that stand in its order, each unpacked by itself', async (length) => {
  const file = bytesOf(length)
  const found = pieces(await packed(file, 'frames'))
  expect(Buffer.concat(found).equals(file)).toBe(true)
  expect(found.slice(0, -1).every((piece) => piece.length === FRAME_BYTES)).toBe(true)
})

it('a piece in which nothing repeats is no longer packed than a till takes', async () => {
  const made = await packed(bytesOf(FRAME_BYTES), 'frames')
  expect(made.length).toBeGreaterThan(FRAME_BYTES)
  expect(made.length - HEAD_BYTES).toBeLessThanOrEqual(PACKED_FRAME_BYTES_MAX)
})

it.each(['frames', 'one'] as const)('a disk that spoils a mirror packed in %s is found out when it is unpacked', async (packing) => {
  const made = await packed(bytesOf(FRAME_BYTES), packing)
  const place = made.length >> 1
  made[place] = (made[place] ?? 0) ^ 1
  expect(() => zstdDecompressSync(packing === 'frames' ? made.subarray(HEAD_BYTES) : made)).toThrow('checksum')
})

it('packs a mirror as one frame where frames are not known', async () => {
  const file = bytesOf(2.5 * FRAME_BYTES)
  expect(zstdDecompressSync(await packed(file, 'one')).equals(file)).toBe(true)
})

it.each(['frames', 'one'] as const)('a mirror that cannot be packed in %s leaves nothing behind: on a full disk it would take the room of the next', async (packing) => {
  await expect(packMirror(join(dir, 'gone'), join(dir, 'packed'), packing)).rejects.toMatchObject({ code: 'ENOENT' })
  expect(readdirSync(dir)).toEqual([])
})
