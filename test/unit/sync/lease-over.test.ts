import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HOUR_MS } from '../../../contract/durations.ts'
import { leaseLeft_ms, saveProgress } from '../../../electron/core/sync/progress.ts'
import { followScopes, markFresh, takeLooseRows } from '../../../electron/core/sync/take-rows.ts'
import { feedRowOf } from '../../../hub/sync/units.ts'
import { emptyFiles } from '../../simulation/empty-files.ts'
import { firstUnit, PRODUCT_ROW } from '../../simulation/sim-hub.ts'
import { SimTill } from '../../simulation/sim-till.ts'
import { quickFolder } from '../../support/quick-folder.ts'

const NOW = Date.parse('2026-03-02T08:00:00.000Z')
const folder = mkdtempSync(join(quickFolder(), 'countermark-lease-'))
let till: SimTill
let now = NOW

beforeAll(() => {
  const template = emptyFiles(folder)
  till = new SimTill({ id: 't1', storeId: 'north', follows: 'own', dir: join(folder, 'till'), now: () => now, template })
  followScopes(till.ground.mirror, till.scopes)
  takeLooseRows(till.ground.mirror, [PRODUCT_ROW, feedRowOf(firstUnit('u1', 'north'), [])])
  markFresh(till.ground.mirror, new Date(NOW).toISOString(), 'gen')
})
afterAll(() => {
  till.close()
  rmSync(folder, { recursive: true, force: true })
})

const lease = (until_ms: number, clock_ms = 0): void => till.ground.store.write((db) => saveProgress(db, { leaseUntil: new Date(until_ms).toISOString(), clock_ms }))

it('a till sells by itself until its lease is over, and a till that was shut out or is held has none left', () => {
  lease(NOW + HOUR_MS)
  expect(till.may('sell', 'u1')).toBe(true)
  now = NOW + 2 * HOUR_MS
  expect(till.may('sell', 'u1')).toBe(false)
  lease(NOW)
  now = NOW + 1
  expect(till.may('sell', 'u1')).toBe(false)
})

it('a till’s own clock makes its lease neither longer nor shorter', () => {
  // Two hours fast: by its own clock the lease is over, by the centre's it has an hour.
  lease(NOW + HOUR_MS, 2 * HOUR_MS)
  now = NOW + 2 * HOUR_MS
  expect(leaseLeft_ms(till.ground.store.reading, now)).toBe(HOUR_MS)
  expect(till.may('sell', 'u1')).toBe(true)
  // Two hours slow: by its own clock it has an hour, by the centre's it is over.
  lease(NOW + HOUR_MS, -2 * HOUR_MS)
  now = NOW
  expect(leaseLeft_ms(till.ground.store.reading, now)).toBe(-HOUR_MS)
  expect(till.may('sell', 'u1')).toBe(false)
})
