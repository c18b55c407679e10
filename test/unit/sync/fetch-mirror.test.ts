import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { manifestText, type SnapshotManifest } from '../../../contract/sync/wire.ts'
import { fetchMirror } from '../../../electron/core/sync/fetch-mirror.ts'
import { SpoiledMirror } from '../../../electron/core/sync/spoiled-mirror.ts'
import { newKey } from '../../support/hub/door-caller.ts'

const SCHEMA = 7
const centre = newKey()

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'countermark-fetch-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
})

/** Bytes of no order, so that they do not pack to nothing: as many as a small shop's mirror has. */
const mirror = Buffer.concat(Array.from({ length: 2_000 }, (_, n) => createHash('sha256').update(String(n)).digest()))

function signed(file: Buffer): { packed: Buffer; manifest: SnapshotManifest } {
  const packed = zstdCompressSync(file)
  const facts = {
    id: `file-of-${file.length}`, gen: 'g', schema: SCHEMA, cursors: { '*': 1 }, units: 1, bytes: packed.length, sha256: createHash('sha256').update(packed).digest('hex'),
    madeAt: '2026-03-02T08:00:00.000Z',
  }
  return { packed, manifest: { ...facts, signature: centre.sign(manifestText(facts)) } }
}

/** The line to a centre: each answer brings only so many bytes and breaks. Notes from where it was asked. */
function line({ packed, manifest }: ReturnType<typeof signed>, lengths: readonly number[] = [], answersRanges = true) {
  const asked: number[] = []
  const snapshot = async (_: string, start: number): Promise<Response> => {
    const rest = answersRanges ? packed.subarray(start) : packed
    const length = lengths[asked.push(start) - 1]
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(rest.subarray(0, length)))
        if (length === undefined || length >= rest.length) controller.close()
      },
      pull(controller) {
        controller.error(new TypeError('the line broke'))
      },
    })
    return new Response(body, { status: answersRanges && start > 0 ? 206 : 200 })
  }
  return { asked, client: { manifest: async () => manifest, snapshot } }
}

const fetched = (client: ReturnType<typeof line>['client']): ReturnType<typeof fetchMirror> =>
  fetchMirror(client, { dataDir: dir, hubKey: centre.publicKey, schema: SCHEMA }, () => undefined, new AbortController().signal)

it('goes on behind the last byte that came, wherever and however often the line breaks', async () => {
  const whole = signed(mirror)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: whole.packed.length - 1 }), { maxLength: 4 }), fc.boolean(), async (lengths, answersRanges) => {
      const { client, asked } = line(whole, lengths, answersRanges)
      let file: string | null = null
      while (file === null)
        file = await fetched(client).then(
          (got) => got.file,
          (error: unknown) => {
            expect(String(error)).toContain('the line broke')
            expect(existsSync(join(dir, 'mirror-next.db'))).toBe(false)
            return null
          },
        )
      expect(readFileSync(file).equals(mirror)).toBe(true)
      let here = 0
      for (const [n, start] of asked.entries()) {
        expect(start).toBe(here)
        here = answersRanges ? here + (lengths[n] ?? 0) : Math.max(here, lengths[n] ?? 0)
      }
      expect(readdirSync(dir)).toEqual(['mirror-next.db'])
    }),
    { numRuns: 15 },
  )
})

it('a file with any other byte than the signed one is thrown away whole, and fetched anew', async () => {
  const whole = signed(mirror)
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.packed.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
      const packed = Buffer.from(whole.packed)
      packed[place] = (packed[place] ?? 0) ^ change
      await expect(fetched(line({ ...whole, packed }).client)).rejects.toThrow(SpoiledMirror)
      expect(readdirSync(dir)).toEqual([])
      const anew = line(whole)
      expect(readFileSync((await fetched(anew.client)).file).equals(mirror)).toBe(true)
      expect(anew.asked).toEqual([0])
      rmSync(join(dir, 'mirror-next.db'))
    }),
    { numRuns: 20 },
  )
})

it('a little that unpacks to more than any mirror does not fill the disk', async () => {
  await expect(fetched(line(signed(Buffer.alloc(80 << 20))).client)).rejects.toThrow('larger than any mirror')
  expect(readdirSync(dir)).toEqual([])
})

it('a till that is closed while its mirror comes leaves nothing half unpacked, and goes on from there', async () => {
  const whole = signed(mirror)
  const closing = new AbortController()
  const half = whole.packed.length >> 1
  const snapshot = async (_: string, __: number, signal: AbortSignal): Promise<Response> =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new Uint8Array(whole.packed.subarray(0, half)))
          signal.addEventListener('abort', () => controller.error(signal.reason))
        },
        pull: () => closing.abort(),
      }),
    )
  const client = { manifest: async () => whole.manifest, snapshot }
  await expect(fetchMirror(client, { dataDir: dir, hubKey: centre.publicKey, schema: SCHEMA }, () => undefined, closing.signal)).rejects.toThrow()
  expect(readdirSync(dir).toSorted()).toEqual(['mirror-next.json', 'mirror-next.zst'])
  const later = line(whole)
  expect(readFileSync((await fetched(later.client)).file).equals(mirror)).toBe(true)
  expect(later.asked).toEqual([half])
})
