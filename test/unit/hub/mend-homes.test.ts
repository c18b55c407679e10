import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Custody } from '../../../contract/unit.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { followScopes, takeLooseRows, takeRows } from '../../../electron/core/sync/take-rows.ts'
import type { Database } from '../../../hub/database.ts'
import { migrate } from '../../../hub/migrate.ts'
import { numbered, readFeed } from '../../../hub/sync/feed.ts'
import { mendHomes } from '../../../hub/sync/mend-homes.ts'
import { factsOf, feedRowOf, readUnits, withFacts, writeUnits, type HubUnit } from '../../../hub/sync/units.ts'
import { pgliteDatabase } from '../../support/hub/pglite-database.ts'
import { firstUnit, PRODUCT_ROW } from '../../simulation/sim-hub.ts'
import { SimTill } from '../../simulation/sim-till.ts'
import { quickFolder } from '../../support/quick-folder.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
const NOW = Date.parse('2026-03-02T08:00:00.000Z')
const folder = mkdtempSync(join(quickFolder(), 'countermark-homes-'))
let db: Database
let north: SimTill
let south: SimTill

const UNDER_WAY: Custody = { at: 'in-transit', fromStoreId: 'north', toStoreId: 'south' }
const being = (id: string, custody: Custody, home: string): HubUnit => {
  const unit = firstUnit(id, 'north')
  return { ...withFacts(unit, { ...factsOf(unit), custody }), home }
}
/** As an older centre kept them: what is under way at home where it came from. */
const KEPT: readonly HubUnit[] = [
  ...Array.from({ length: 203 }, (_, n) => being(`sent-${String(n).padStart(3, '0')}`, UNDER_WAY, 'north')),
  being('sent-by-the-new-one', UNDER_WAY, 'south'),
  being('on-the-shelf', { at: 'in-stock', storeId: 'north', area: 'shelf' }, 'north'),
  being('arrives-meanwhile', UNDER_WAY, 'north'),
]

function tillOf(storeId: string): SimTill {
  const till = new SimTill({ id: `till-${storeId}`, storeId, follows: 'own', dir: join(folder, storeId), now: () => NOW, template: join(folder, 'template') })
  followScopes(till.ground.mirror, till.scopes)
  takeLooseRows(till.ground.mirror, [PRODUCT_ROW, ...KEPT.filter(({ home }) => home === storeId).map((unit) => feedRowOf(unit, []))])
  return till
}
const known = ({ ground }: SimTill): string[] => ground.mirror.reading.prepare('SELECT id FROM units ORDER BY id').pluck().all() as string[]
const unitNow = async (id: string): Promise<HubUnit | undefined> => (await readUnits(db, [id])).get(id)

beforeAll(async () => {
  mkdirSync(join(folder, 'template'))
  new Store(join(folder, 'template/shop.db'), join(MIGRATIONS, 'shop')).close()
  new Mirror(join(folder, 'template/mirror.db'), join(MIGRATIONS, 'mirror')).close()
  db = await pgliteDatabase()
  const before = join(folder, 'before')
  mkdirSync(before)
  for (const file of readdirSync(join(MIGRATIONS, 'hub')).filter((name) => name < '0023')) cpSync(join(MIGRATIONS, 'hub', file), join(before, file))
  await migrate(db, before)
  await db.transaction((tx) => writeUnits(tx, KEPT.map((unit) => ({ was: 0, unit }))))
  await db.query(
    `INSERT INTO unit_event (unit_id, till, inc, seq, id, kind, at, store_id, who, params, verdict, ver)
     VALUES ('sent-000', 'till-north', 'a', 1, 'e1', 'shipped', '2026-03-01T08:00:00.000Z', 'north', 'Eva', '{"to":"south"}', 'accepted', 2)`,
  )
  await migrate(db)
  ;[north, south] = [tillOf('north'), tillOf('south')]
}, 60_000)
afterAll(async () => {
  for (const till of [north, south]) till.close()
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

it('pieces that were sent before the centre was renewed come to be known where they are waited for, with their lives, and only once', async () => {
  const ground = { db, now_ms: () => NOW }
  const [here] = [await unitNow('arrives-meanwhile')]
  if (here === undefined) throw new Error('the piece is kept')
  const arrived = withFacts(here, { ...factsOf(here), custody: { at: 'in-stock', storeId: 'south', area: 'shelf' } })
  await db.transaction((tx) => writeUnits(tx, [{ was: here.ver, unit: arrived }]))
  expect(known(north)).toContain('sent-000')
  expect(known(south)).toEqual(['sent-by-the-new-one'])

  // Two processes at once, and one of them again: nothing is done twice.
  await Promise.all([mendHomes(ground), mendHomes(ground)])
  while ((await mendHomes(ground)) > 0) continue
  expect(await unitNow('sent-000')).toMatchObject({ home: 'south', ver: 3 })
  expect(await unitNow('sent-202')).toMatchObject({ home: 'south', ver: 3 })
  expect(await unitNow('sent-by-the-new-one')).toMatchObject({ home: 'south', ver: 2 })
  expect(await unitNow('on-the-shelf')).toMatchObject({ home: 'north', ver: 2 })
  expect(await unitNow('arrives-meanwhile')).toMatchObject({ home: 'south', ver: 3, custody: 'in-stock' })

  for (const till of [north, south]) {
    const rows = (await readFeed(db, till.storeId, 0, 1_000)).map(numbered)
    expect(rows).toHaveLength(203)
    takeRows(till.ground.mirror, till.storeId, rows)
  }
  // Of the arrival, which was another change, nobody told here.
  expect(known(north)).toEqual(['arrives-meanwhile', 'on-the-shelf'])
  expect(known(south)).toHaveLength(204)
  expect(south.ground.mirror.reading.prepare("SELECT kind FROM unit_events WHERE unit_id = 'sent-000'").pluck().all()).toEqual(['shipped'])
})
