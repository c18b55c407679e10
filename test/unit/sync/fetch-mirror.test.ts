import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FRAME_BYTES, HEAD_BYTES, headOf, PACKED_FRAME_BYTES_MAX } from '../../../contract/sync/mirror-frames.ts'
import { manifestText, type SnapshotManifest } from '../../../contract/sync/wire.ts'
import { fetchMirror } from '../../../electron/core/sync/fetch-mirror.ts'
import { HubClient } from '../../../electron/core/sync/hub-client.ts'
import { SpoiledMirror } from '../../../electron/core/sync/spoiled-mirror.ts'
import { newKey } from '../../support/hub/door-caller.ts'
import { newTillKey } from '../../support/hub/new-till-key.ts'
import { asOne, frameOf, inFrames } from '../../support/packed-mirror.ts'
import { growDisk, smallDisk, takeDisk } from '../../support/small-disk.ts'

const SCHEMA = 7
const centre = newKey()

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'countermark-fetch-'))
})
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
})

/** Bytes of no order, so that they do not pack to nothing: two frames and a half. */
const mirror = createHash('shake256', { outputLength: 2.5 * FRAME_BYTES }).update('a mirror').digest()

function signed(packed: Buffer): { packed: Buffer; manifest: SnapshotManifest } {
  const sha256 = createHash('sha256').update(packed).digest('hex')
  const facts = { id: sha256.slice(0, 32), gen: 'g', schema: SCHEMA, cursors: { '*': 1 }, units: 1, bytes: packed.length, sha256, madeAt: '2026-03-02T08:00:00.000Z' }
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

/** Where a line breaks in the middle of a head, or beside one. */
const nearHeads = fc
  .tuple(fc.constantFrom(0, frameOf(mirror.subarray(0, FRAME_BYTES)).length, inFrames(mirror.subarray(0, 2 * FRAME_BYTES)).length), fc.nat(HEAD_BYTES + 1))
  .map(([head, behind]) => head + behind)

describe.each([['in frames', inFrames], ['as one, by an older centre', asOne]] as const)('a first mirror that is packed %s', (_, pack) => {
  it('goes on behind the last byte that came, wherever and however often the line breaks', async () => {
    const whole = signed(pack(mirror))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.nat(whole.packed.length - 1), nearHeads), { maxLength: 4 }), fc.boolean(), async (lengths, answersRanges) => {
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
      { numRuns: 10 },
    )
  })

  it('a file with any other byte than the signed one is thrown away whole, and fetched anew', async () => {
    const whole = signed(pack(mirror))
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
      { numRuns: 12 },
    )
  })

  it('a little that unpacks to more than any mirror does not fill the disk', async () => {
    await expect(fetched(line(signed(pack(Buffer.alloc(80 << 20)))).client)).rejects.toThrow('larger than any mirror')
    expect(readdirSync(dir)).toEqual([])
  })

  it('a till that is closed while its mirror comes leaves nothing half unpacked, and goes on from there', async () => {
    const whole = signed(pack(mirror))
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
})

it('a centre that makes a file for minutes keeps no till waiting whose line has broken meanwhile, or that closes', async () => {
  const closing = new AbortController()
  const silent = createServer(() => {
    closing.abort()
  })
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening))
  try {
    const client = new HubClient(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`, 'till', await newTillKey(dir))
    await expect(fetchMirror(client, { dataDir: dir, hubKey: centre.publicKey, schema: SCHEMA }, () => undefined, closing.signal)).rejects.toThrow('aborted')
  } finally {
    silent.closeAllConnections()
    silent.close()
  }
})

describe('a first mirror in frames', () => {
  const [first, last] = [mirror.subarray(0, FRAME_BYTES), mirror.subarray(2 * FRAME_BYTES)]
  const length = frameOf(first).length - HEAD_BYTES

  it.each<[string, Buffer]>([
    ['has more in a frame than it may', Buffer.concat([frameOf(Buffer.alloc(FRAME_BYTES + 1)), frameOf(first)])],
    ['goes on behind a short frame', Buffer.concat([frameOf(last), frameOf(first)])],
    ['says that a frame is longer than it is', Buffer.concat([frameOf(first, length + 1), frameOf(last)])],
    ['says that a frame is shorter than it is', Buffer.concat([frameOf(first, length - 1), frameOf(last)])],
    ['says that a frame is longer than any can be', Buffer.concat([frameOf(first, PACKED_FRAME_BYTES_MAX + 1), frameOf(last)])],
    ['says that its last frame is longer than what is left', Buffer.concat([frameOf(first), frameOf(last, length)])],
    ['has a frame of nothing', Buffer.concat([frameOf(first), headOf(0)])],
    ['has a frame without a head', Buffer.concat([frameOf(first), frameOf(last).subarray(HEAD_BYTES)])],
    ['has a head of another length', Buffer.concat([frameOf(first), Buffer.from([0x50, 0x2a, 0x4d, 0x18, 5]), frameOf(last).subarray(5)])],
    ['ends in a head', Buffer.concat([frameOf(first), frameOf(last).subarray(0, HEAD_BYTES - 1)])],
    ['ends in a frame', frameOf(first).subarray(0, -1)],
    ['ends behind a head', Buffer.concat([frameOf(first), frameOf(last).subarray(0, HEAD_BYTES)])],
  ])('that %s is thrown away, though the centre signed it', async (_, packed) => {
    await expect(fetched(line(signed(packed)).client)).rejects.toThrow(SpoiledMirror)
    expect(readdirSync(dir)).toEqual([])
  })

  it('for which the disk has no room says so, and is not fetched again when there is', async (story) => {
    const why = smallDisk(dir, 5 << 20)
    if (why !== null) return story.skip(why)
    try {
      const roomy = Buffer.concat(Array.from({ length: 128 }, () => mirror.subarray(0, 1 << 16)))
      const whole = signed(inFrames(roomy))
      await expect(fetched(line(whole).client)).rejects.toMatchObject({ code: 'ENOSPC' })
      expect(readdirSync(dir).toSorted()).toEqual(['mirror-next.json', 'mirror-next.zst'])
      growDisk(dir, 16 << 20)
      const later = line(whole)
      expect(readFileSync((await fetched(later.client)).file).equals(roomy)).toBe(true)
      expect(later.asked.every((start) => start > 0)).toBe(true)
    } finally {
      takeDisk(dir)
    }
  })
})
