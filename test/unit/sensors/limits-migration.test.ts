import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { breachesOf } from '../../../contract/sensors/breach.ts'
import { limitsIn, type ProductLimits } from '../../../contract/sensors/product-limits.ts'
import { withReadings } from '../../../contract/sensors/take-reading.ts'
import type { FeedRow } from '../../../contract/sync/wire.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { followScopes, takeRows } from '../../../electron/core/sync/take-rows.ts'
import { temporaryFolder } from '../../support/core/till.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations/mirror')
const LIMITS: ProductLimits = { limits: [{ of: 'temperature', min: 2, max: 8, outside_minutes: 0 }], readEvery_minutes: null }
const AT = '2026-11-12T09:00:00.000Z'
const SENSED = withReadings([], [{ of: 'temperature', from: AT, to: AT, low: 14, high: 14, isAlarm: false, source: 'LOG' }], LIMITS)

const product: FeedRow = {
  t: 'record', kind: 'products', key: { id: 'p1' }, ver: 1, scope: '*',
  row: {
    id: 'p1', gtin: null, sku: 'S-1', brand: 'Ferrum', name: 'Serum', variant: '', category: 'cosmetic', picture: 'cosmetic', tracking: 'serial',
    price_cents: 100, tax_bp: 1900, serial_mask: null, maker_months: 0, durable: 0, active: 1, limits: JSON.stringify(LIMITS),
  },
}
const piece: FeedRow = {
  t: 'unit', id: 'u1', ver: 1, home: 'north', flagged: true, aliases: [{ value: 'SN-1', kind: 'serial', match_key: null, retired_why: null }], events: [],
  row: {
    id: 'u1', product_id: 'p1', custody: 'in-stock', store_id: 'north', area: 'shelf', title: 'ours', condition: 'new', ver: 1,
    more: JSON.stringify({ flags: [{ kind: 'cold-chain-excursion', source: 'LOG', at: AT, reason: '14 °C (2 – 8)', reference: null }], sensed: SENSED }),
  },
}

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

/** A till of the time before there were limits, and what a centre of today told it. */
function olderTill(): void {
  const before = join(folder.path, 'before')
  mkdirSync(before)
  for (const name of readdirSync(MIGRATIONS)) if (name < '0017') cpSync(join(MIGRATIONS, name), join(before, name))
  const old = new Mirror(join(folder.path, 'mirror.db'), before)
  followScopes(old, ['*', 'north'])
  takeRows(old, '*', [{ seq: 1, row: product }])
  takeRows(old, 'north', [{ seq: 1, row: piece }])
  expect(old.unit('u1')?.facts.flags).toMatchObject([{ kind: 'cold-chain-excursion', reason: '14 °C (2 – 8)' }])
  old.close()
}

it('a till that knows no limits takes the goods of a centre that has them, and has the flag to refuse by', () => {
  olderTill()
})

it('and when it is renewed, its goods are there as before, the readings it passed over too, and limits come with the next word', () => {
  olderTill()
  const mirror = new Mirror(join(folder.path, 'mirror.db'), MIGRATIONS)
  try {
    expect(mirror.product('p1')).toMatchObject({ sku: 'S-1', limits: null })
    expect(breachesOf(mirror.unit('u1')?.facts.sensed ?? [])).toMatchObject([{ how: 'too-warm', value: 14 }])
    takeRows(mirror, '*', [{ seq: 2, row: { ...product, ver: 2 } }])
    expect(limitsIn(mirror.product('p1')?.limits)).toEqual(LIMITS)
  } finally {
    mirror.close()
  }
})
