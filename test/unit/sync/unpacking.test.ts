import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FRAME_BYTES } from '../../../contract/sync/mirror-frames.ts'
import { Unpacking } from '../../../electron/core/sync/unpacking.ts'
import { asOne, inFrames } from '../../support/packed-mirror.ts'

/** Whatever machine this runs on has fewer cores, or more. */
const THREADS = 4
const mirror = createHash('shake256', { outputLength: 4.5 * FRAME_BYTES }).update('a mirror').digest()

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'countermark-unpacking-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
})

async function begin(packed: Buffer): Promise<{ unpacking: Unpacking; from: string; to: string }> {
  const [from, to] = [join(dir, 'packed'), join(dir, 'unpacked')]
  writeFileSync(from, packed)
  return { unpacking: await Unpacking.begin(from, to, { packed_bytes: packed.length, most_bytes: mirror.length, threads: THREADS }), from, to }
}

it.each([['frames', inFrames], ['one frame', asOne]] as const)('several threads make the same file of %s, in whatever pieces it comes', async (_, pack) => {
  const packed = pack(mirror)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(packed.length), { maxLength: 6 }), async (came) => {
      const { unpacking, to } = await begin(packed)
      for (const bytes of came.toSorted((a, b) => a - b)) {
        unpacking.came(bytes)
        await new Promise(setImmediate)
      }
      await unpacking.end(packed.length)
      await unpacking.stop()
      expect(readFileSync(to).equals(mirror)).toBe(true)
    }),
    { numRuns: 6 },
  )
})

it('a till that closes waits for no thread, wherever each of them is', async () => {
  const { unpacking } = await begin(inFrames(mirror))
  unpacking.came(3 * FRAME_BYTES)
  await Promise.all([unpacking.stop(), unpacking.stop()])
  await expect(unpacking.end(mirror.length)).rejects.toThrow('ended')
})

it('what goes wrong in one of the threads is told before anything else is taken', async () => {
  const packed = inFrames(mirror)
  const { unpacking, from } = await begin(packed)
  truncateSync(from, FRAME_BYTES)
  await expect(unpacking.end(packed.length)).rejects.toThrow('became shorter')
  expect(() => unpacking.came(packed.length)).toThrow('became shorter')
  await unpacking.stop()
})
