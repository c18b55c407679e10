import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../contract/durations.ts'
import { EVERYWHERE } from '../../../contract/sync/wire.ts'
import type { Database } from '../../../hub/database.ts'
import { newId } from '../../../hub/ground.ts'
import { migrationsRoot } from '../../../hub/migrate.ts'
import { hubIdentity, newGeneration } from '../../../hub/sync/identity.ts'
import { newestSchema } from '../../../hub/sync/mirror-file.ts'
import { Snapshots } from '../../../hub/sync/snapshots.ts'
import { SimHub } from '../../simulation/sim-hub.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'

const SCHEMA = newestSchema(join(migrationsRoot(), 'mirror'))
const folder = mkdtempSync(join(tmpdir(), 'countermark-ready-'))
let db: Database

beforeAll(async () => {
  db = await migratedDatabase()
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

it('a first mirror that was being made while the centre was put back from a backup goes to no till', async () => {
  const identity = await hubIdentity(db)
  let isPutBack = false
  const putBackAfterOneLook: Database = {
    ...db,
    query: async <Row>(text: string, values?: Parameters<Database['query']>[1]) => {
      const rows = await db.query<Row>(text, values)
      if (!isPutBack) await newGeneration(db)
      isPutBack = true
      return rows
    },
  }
  const { ground } = new SimHub(putBackAfterOneLook, Date.now)
  const snapshots = new Snapshots({ ...ground, dataDir: folder }, identity)
  const make = () => snapshots.of({ scopes: [EVERYWHERE], schema: SCHEMA, kinds: 'any', packing: 'frames' })
  await expect(make()).rejects.toMatchObject({ status: 503 })
  await identity.lookAgain()
  expect((await make()).manifest.gen).toBe(identity.gen)
})

describe('centres on one folder', () => {
  let now_ms = Date.parse('2026-03-02T08:00:00.000Z')
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(join(folder, 'shared-'))
  })

  /** A process of the centre, as far as it makes ready mirrors: answers the file of a store's tills. */
  async function centre(): Promise<(store: string) => Promise<string>> {
    const snapshots = new Snapshots({ db, now_ms: () => now_ms, newId, dataDir, log: (line) => expect.fail(line) }, await hubIdentity(db))
    return async (store) => (await snapshots.of({ scopes: [EVERYWHERE, store], schema: SCHEMA, kinds: 'any', packing: 'frames' })).file
  }
  const inFolder = (name: string): string => join(dataDir, 'mirrors', name)
  /** Nobody has written it or given it out for longer than a file takes to be made. */
  const longAgo = (file: string): void => utimesSync(file, 0, 0)
  const areThere = (...files: readonly string[]): boolean[] => files.map((file) => existsSync(file))

  it('leave each other what they make and what they give out', async () => {
    const first = await centre()
    const ours = await first('berlin')
    const half = inFolder('of-another.building')
    writeFileSync(half, 'a half')
    const second = await centre()
    const [theirs, also] = await Promise.all([second('berlin'), second('vienna'), first('vienna')])
    expect(areThere(ours, half, theirs, also)).toEqual([true, true, true, true])
    expect(await second('berlin')).toBe(theirs)
    // Given out again, it is needed for another while.
    longAgo(ours)
    expect(await first('berlin')).toBe(ours)
    await second('graz')
    expect(areThere(ours)).toEqual([true])
  })

  it('take away what one that was ended has left; one whose file is gone makes another', async () => {
    const first = await centre()
    const ours = await first('berlin')
    const half = inFolder('of-another.zst.part')
    writeFileSync(half, 'a half')
    for (const file of [ours, half]) longAgo(file)
    const second = await centre()
    await second('berlin')
    expect(areThere(ours, half)).toEqual([false, false])
    const anew = await first('berlin')
    expect(anew).not.toBe(ours)
    expect(areThere(anew)).toEqual([true])
  })

  it('give back the room of what one that was ended has left, though none can be made yet', async () => {
    const identity = await hubIdentity(db)
    const query = () => Promise.reject(new Error('no room'))
    const snapshots = new Snapshots({ db: { ...db, query }, now_ms: () => now_ms, newId, dataDir, log: (line) => expect.fail(line) }, identity)
    const half = inFolder('of-another.building')
    mkdirSync(join(dataDir, 'mirrors'))
    writeFileSync(half, 'a half')
    longAgo(half)
    await expect(snapshots.of({ scopes: [EVERYWHERE], schema: SCHEMA, kinds: 'any', packing: 'frames' })).rejects.toThrow('no room')
    expect(areThere(half)).toEqual([false])
  })

  it('keep of their own files the newest and the one before, for those who are in the middle of it', async () => {
    const first = await centre()
    const files: string[] = []
    for (let day = 0; day < 3; day += 1) {
      files.push(await first('berlin'))
      now_ms += 2 * DAY_MS
    }
    expect(areThere(...files)).toEqual([false, true, true])
  })
})
