import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { EVERYWHERE } from '../../../contract/sync/wire.ts'
import type { Database } from '../../../hub/database.ts'
import { migrationsRoot } from '../../../hub/migrate.ts'
import { hubIdentity, newGeneration } from '../../../hub/sync/identity.ts'
import { newestSchema } from '../../../hub/sync/mirror-file.ts'
import { Snapshots } from '../../../hub/sync/snapshots.ts'
import { SimHub } from '../../simulation/sim-hub.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'

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
  const make = () => snapshots.of([EVERYWHERE], newestSchema(join(migrationsRoot(), 'mirror')))
  await expect(make()).rejects.toMatchObject({ status: 503 })
  await identity.lookAgain()
  expect((await make()).manifest.gen).toBe(identity.gen)
})
