import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DAY_MS } from '../../../contract/durations.ts'
import { markWholeLives } from '../../../electron/core/mirror/whole-lives.ts'
import { Errands } from '../../../electron/core/sync/errands.ts'
import { MirrorRenewal } from '../../../electron/core/sync/mirror-renewal.ts'
import { progressOf, saveProgress } from '../../../electron/core/sync/progress.ts'
import { DiskFull } from '../../../electron/core/store/store.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
let errands: Errands
let renewal: MirrorRenewal
/** How each fetch that was begun comes to its end. */
let begun: ((file: string) => void)[]

beforeEach(() => {
  floor = new ShopFloor()
  errands = new Errands()
  renewal = new MirrorRenewal(floor.ground, errands)
  begun = []
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  return async () => {
    await renewal.end()
    await errands.close()
    floor.close()
  }
})
afterEach(() => {
  vi.restoreAllMocks()
  syncBuiltinESMExports()
})

/** A mirror that comes when the test says so, unless the line ends before. */
const fetch = (signal: AbortSignal): Promise<string> =>
  new Promise((came, broken) => {
    begun.push(came)
    signal.addEventListener('abort', () => broken(new Error('the line is over')))
  })

/** A line that lasts until a mirror has come, if one is fetched: answers what there is to be put in place. */
async function line(): Promise<string | null> {
  const before = begun.length
  const isHere = renewal.begin(fetch)
  if (begun.length > before) begun.at(-1)?.('mirror-next.db')
  await renewal.end()
  expect(isHere.aborted).toBe(begun.length > before)
  return renewal.take()
}

/** Somebody looks at a life that the disk has spoiled. */
function lookAtSpoiledLife(): void {
  floor.ground.mirror.reading.exec("INSERT OR REPLACE INTO unit_lives VALUES ('~', x'28B52FFD')")
  expect(floor.ground.mirror.history('~')).toEqual([])
}

it('a mirror that a program before this one has filled is fetched anew: begun once in each line, until it is here', async () => {
  renewal.begin(fetch)
  renewal.kick()
  expect(begun).toHaveLength(1)
  await renewal.end()
  expect(renewal.take()).toBeNull()
  expect(await line()).toBe('mirror-next.db')
  expect(begun).toHaveLength(2)
  expect(renewal.remark).toBeNull()
  // It could not be put in place: the next one comes a day later, and not with every line.
  expect(await line()).toBeNull()
  floor.later(DAY_MS)
  expect(await line()).toBe('mirror-next.db')
  markWholeLives(floor.ground.mirror)
  floor.later(DAY_MS)
  expect(await line()).toBeNull()
})

it('a life that the disk has spoiled is fetched anew once in thirty days, and what is the matter is told until it is mended', async () => {
  markWholeLives(floor.ground.mirror)
  renewal.begin(fetch)
  expect(begun).toHaveLength(0)
  lookAtSpoiledLife()
  renewal.kick()
  expect(begun).toHaveLength(1)
  await renewal.end()
  // Also to the program that starts after this one.
  renewal = new MirrorRenewal(floor.ground, errands)
  expect(renewal.remark).toBe('lives-spoiled')
  expect(await line()).toBe('mirror-next.db')

  floor.ground.store.write((db) => saveProgress(db, { spoiledAt: null, renewedAt: floor.ground.now() }))
  floor.later(29 * DAY_MS)
  renewal.kick()
  expect(progressOf(floor.ground.store.reading).spoiledAt).not.toBeNull()
  expect(renewal.remark).toBe('disk-spoils')
  expect(await line()).toBeNull()
  floor.later(DAY_MS)
  expect(renewal.remark).toBe('lives-spoiled')
  expect(await line()).toBe('mirror-next.db')
})

it('a full disk cannot keep that a life is spoiled: nobody who sells hears of it, and it is kept as soon as there is room', async () => {
  markWholeLives(floor.ground.mirror)
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  renewal.begin(fetch)
  lookAtSpoiledLife()
  floor.ground.store.endEachWith(() => {
    throw new DiskFull(null)
  })
  renewal.kick()
  await vi.waitFor(() => expect(said).toHaveBeenCalled())
  expect(begun).toHaveLength(0)
  floor.ground.store.endEachWith(() => undefined)
  renewal.kick()
  expect(renewal.remark).toBe('lives-spoiled')
  expect(begun).toHaveLength(1)
})

it('a till that closes while a mirror comes has nothing to say of it', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  renewal.begin(fetch)
  await errands.close()
  expect(said).not.toHaveBeenCalled()
  expect(renewal.take()).toBeNull()
})

it('a disk with little room is left to the sales: the mirror is fetched anew when there is room for it', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const disk = fs.statfsSync('.')
  const room = vi.spyOn(fs, 'statfsSync')
  syncBuiltinESMExports()
  const leaves = (bytes: number): unknown => room.mockReturnValue({ ...disk, bsize: 1, bavail: bytes })
  const { size } = fs.statSync(floor.ground.mirror.reading.name)
  const reserve = 64 << 20
  leaves(2 * size + reserve - 1)
  expect(await line()).toBeNull()
  expect(said).toHaveBeenCalledOnce()
  leaves(2 * size + reserve)
  expect(await line()).toBe('mirror-next.db')
})
