import { dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { saveHubPlace } from '../../../electron/core/sync/progress.ts'
import { SyncDesk } from '../../../electron/core/sync/sync-desk.ts'
import { Sync } from '../../../electron/core/sync/sync.ts'
import { DiskFailed, DiskFull } from '../../../electron/core/store/store.ts'
import { withTillKey } from '../../support/hub/new-till-key.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

/** As long as may be: the line tells when it has asked, however busy the machine is. */
const SOON = { timeout: 60_000 }
let floor: ShopFloor
let said: string[]

beforeEach(() => {
  floor = new ShopFloor()
  said = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  // A port that nobody listens at: the first word of the line is that the centre is not reached.
  floor.ground.store.write((db) => saveHubPlace(db, { url: 'http://127.0.0.1:9', storeId: floor.ground.place.id, hubKey: '' }))
})
afterEach(() => {
  vi.restoreAllMocks()
  floor.close()
})

const fails = (error: Error) => vi.fn<() => void>(() => {
  throw error
})

const lineOf = async () => {
  const dataDir = dirname(floor.ground.store.file)
  return { ground: floor.ground, dataDir, tillKey: await withTillKey(dataDir), moved: () => undefined, customers: () => null }
}

describe('the line to the centre', { timeout: 90_000 }, () => {
  it('goes on, and ends as it should, where whoever is told of it fails', async () => {
    const told = fails(new Error('the screen cannot be drawn'))
    const sync = new Sync({ ...(await lineOf()), told, health: null })
    await vi.waitFor(() => expect(said.join('')).toContain('the screen cannot be drawn'), SOON)
    expect(sync.view.state).toBe('unreached')
    await sync.close()
    expect(told).toHaveBeenCalled()
  })

  it.each([
    ['a full disk, of which the counter tells', new DiskFull(null), ''],
    ['a disk that has failed, of which the counter tells', new DiskFailed(null), ''],
    ['anything else, which is written down', new Error('no such table'), 'no such table'],
  ])('shows how it stands where a room cannot keep what came because of %s', async (_, error, words) => {
    const heard = fails(error)
    const shown = vi.spyOn(floor.desk, 'changed')
    const line = new SyncDesk({ ...(await lineOf()), desk: () => floor.desk, heard, join: null })
    await vi.waitFor(() => expect(shown).toHaveBeenCalled(), SOON)
    await line.close()
    expect(heard).toHaveBeenCalled()
    expect(said.join('')).toContain(words)
    expect(said.length > 0).toBe(words !== '')
  })
})
