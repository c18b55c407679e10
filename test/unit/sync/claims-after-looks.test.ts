import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EventKind } from '../../../contract/journal.ts'
import type { UnitFacts } from '../../../contract/unit.ts'
import { unitOf } from '../../../electron/core/facts/judge.ts'
import { recordEvent } from '../../../electron/core/store/journal.ts'
import { askFor, type Asks } from '../../../electron/core/sync/leases.ts'
import { followScopes, markFresh, takeLooseRows } from '../../../electron/core/sync/take-rows.ts'
import { feedRowOf } from '../../../hub/sync/units.ts'
import { emptyFiles } from '../../simulation/empty-files.ts'
import { firstUnit, PRODUCT_ROW } from '../../simulation/sim-hub.ts'
import { SimTill } from '../../simulation/sim-till.ts'
import { quickFolder } from '../../support/quick-folder.ts'

const NOW = '2026-03-02T08:00:00.000Z'
const folder = mkdtempSync(join(quickFolder(), 'countermark-looks-'))
let till: SimTill
let asked: string[] = []
const centre: Asks = {
  claim: (unitId) => {
    asked.push(unitId)
    return Promise.resolve({ is: 'held', till: 'T2', until: '2026-03-02T08:02:00.000Z' })
  },
  release: () => Promise.resolve(),
}

beforeAll(() => {
  const template = emptyFiles(folder)
  till = new SimTill({ id: 't1', storeId: 'north', follows: 'own', dir: join(folder, 'till'), now: () => Date.parse(NOW), template })
  followScopes(till.ground.mirror, till.scopes)
  takeLooseRows(till.ground.mirror, [PRODUCT_ROW, feedRowOf(firstUnit('u1', 'north'), [])])
  markFresh(till.ground.mirror, NOW, 'gen')
})
afterAll(() => {
  till.close()
  rmSync(folder, { recursive: true, force: true })
})

function happened(kind: EventKind, facts: UnitFacts | null): void {
  const { ground } = till
  ground.store.write((db) =>
    recordEvent(db, { id: ground.newId(), kind, unitId: 'u1', at: NOW, storeId: 'north', tillId: 't1', staffId: null, who: null, params: {}, facts }))
}

it('a piece that was only looked at or carried through the gate is still asked for: another till may have it on its counter', async () => {
  for (const kind of ['checked', 'gate-passed', 'tested'] as const) happened(kind, null)
  await askFor(till.ground, centre, 'u1')
  expect(asked).toEqual(['u1'])
})

it('of a piece that it sold itself and has not told yet, the till knows more than the centre', async () => {
  asked = []
  happened('sold', unitOf(till.ground, 'u1')?.facts ?? null)
  await askFor(till.ground, centre, 'u1')
  expect(asked).toEqual([])
})
