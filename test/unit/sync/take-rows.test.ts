import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { FeedRow, NumberedRow } from '../../../contract/sync/wire.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { cursorsOf, FeedGap, followScopes, takeRows } from '../../../electron/core/sync/take-rows.ts'

const folder = mkdtempSync(join(tmpdir(), 'countermark-rows-'))
let mirror: Mirror
beforeAll(() => {
  mirror = new Mirror(join(folder, 'mirror.db'), join(import.meta.dirname, '../../../migrations/mirror'))
})
beforeEach(() => {
  for (const table of ['units', 'unit_aliases', 'unit_events', 'unit_tombstones', 'sync_cursors', 'sync_rows', 'stores']) mirror.reading.exec(`DELETE FROM ${table}`)
  followScopes(mirror, ['*', 'north'])
})
afterAll(() => {
  mirror.close()
  rmSync(folder, { recursive: true, force: true })
})

const unitRow = (id: string, ver: number, home: string, flagged = false): FeedRow => ({
  t: 'unit', id, ver, home, flagged, aliases: [{ value: `SN-${id}`, kind: 'serial', match_key: null, retired_why: null }], events: [],
  row: { id, product_id: 'lamp', custody: 'in-stock', store_id: home, area: 'shelf', title: 'ours', condition: 'new', ver, 'a-column-of-tomorrow': 1 },
})
const numbered = (rows: readonly FeedRow[]): NumberedRow[] => rows.map((row, index) => ({ seq: index + 1, row }))
const shown = (): unknown => mirror.reading.prepare('SELECT id, ver, store_id FROM units ORDER BY id').all()

it('a hole in the numbers is an error and nothing of it is kept; what was there before changes nothing', () => {
  const rows = numbered([unitRow('a', 1, 'north'), unitRow('b', 1, 'north'), unitRow('a', 2, 'north')])
  expect(() => takeRows(mirror, 'north', [rows[0]!, rows[2]!])).toThrow(FeedGap)
  expect(cursorsOf(mirror)).toEqual({ '*': 0, north: 0 })
  expect(shown()).toEqual([])
  expect(takeRows(mirror, 'north', rows)).toBe(3)
  expect(takeRows(mirror, 'north', rows)).toBe(0)
  expect(shown()).toEqual([{ id: 'a', ver: 2, store_id: 'north' }, { id: 'b', ver: 1, store_id: 'north' }])
})

it('a piece that moved to a store nobody here follows is gone, and an older row of another list does not bring it back', () => {
  takeRows(mirror, 'north', numbered([unitRow('a', 1, 'north'), unitRow('a', 3, 'south')]))
  expect(shown()).toEqual([])
  expect(mirror.lookUp('SN-a').units).toEqual([])
  takeRows(mirror, '*', numbered([unitRow('a', 2, 'north', true)]))
  expect(shown()).toEqual([])
  takeRows(mirror, '*', [{ seq: 2, row: unitRow('a', 4, 'south', true) }])
  expect(shown()).toEqual([{ id: 'a', ver: 4, store_id: 'south' }])
})

it('two lists may overtake each other in any way, cut anywhere and told twice: the mirror is the same', () => {
  const story = [
    unitRow('a', 2, 'north'), unitRow('b', 2, 'south', true), unitRow('a', 3, 'south', true), unitRow('b', 3, 'north'), unitRow('a', 4, 'north'), unitRow('b', 4, 'south'),
  ]
  const lists = { '*': numbered(story), north: numbered(story.filter((_, index) => index % 2 === 0 || index === 3)) } as const
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('*' as const, 'north' as const), fc.nat(5), fc.nat(5)), { maxLength: 12 }), (steps) => {
      for (const table of ['units', 'unit_aliases', 'unit_tombstones', 'sync_cursors']) mirror.reading.exec(`DELETE FROM ${table}`)
      followScopes(mirror, ['*', 'north'])
      for (const [scope, from, length] of steps) {
        const cursor = cursorsOf(mirror)[scope] ?? 0
        takeRows(mirror, scope, lists[scope].slice(Math.min(from, cursor), cursor + length))
      }
      for (const scope of ['*', 'north'] as const) takeRows(mirror, scope, lists[scope])
      expect(shown()).toEqual([{ id: 'a', ver: 4, store_id: 'north' }])
    }),
    { numRuns: 60 },
  )
})

it('rows of tables and columns of tomorrow are passed over, those of today are taken and taken away', () => {
  const store = { id: 'north', name: 'Nord', address: '', country: 'DE', currency: 'EUR', tax_number: '', tax_inclusive: 1, cash_step: 1, time_zone: 'Europe/Berlin', moon: 'full' }
  const record = (ver: number, kind: string, row: typeof store | null): FeedRow => ({ t: 'record', kind, key: { id: 'north' }, ver, scope: '*', row })
  takeRows(mirror, '*', numbered([record(1, 'stores', store), record(1, 'holograms', store)]))
  expect(mirror.store('north')?.name).toBe('Nord')
  takeRows(mirror, '*', [{ seq: 3, row: record(2, 'stores', null) }, { seq: 4, row: record(1, 'stores', store) }])
  expect(mirror.store('north')).toBeNull()
})
