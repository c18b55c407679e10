import { afterEach, beforeEach, expect, it } from 'vitest'
import { attemptOf, recordStep } from '../../../electron/core/payments/attempts.ts'
import { runReturn } from '../../../electron/core/desk/run-return.ts'
import { recordEvent } from '../../../electron/core/store/journal.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { at, lookOver, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
let hasTerminal: boolean
beforeEach(() => {
  hasTerminal = false
  floor = new ShopFloor('counter', 'T1', {
    terminal: () => (hasTerminal ? { address: 'zvt://terminal', byHand: false, signal: () => undefined, progress: null } : null),
  })
  floor.enter('cashier')
})
afterEach(() => floor.close())

/** The card of whoever brought a piece is to get its money, and meanwhile the piece comes back elsewhere. */
function paidForNothing(): { flowId: string; attemptId: string; unitId: string } {
  const [piece] = floor.fresh('audio')
  const unitId = piece?.unitId ?? ''
  floor.sell([piece?.serial ?? ''], floor.unit(unitId).price_cents)
  hasTerminal = true
  floor.goReturn()
  floor.scanReturn(piece?.serial ?? '')
  lookOver(floor)
  const { attemptId, flowId } = at(floor.return({ do: 'refund' }), 'paying-out')
  const { facts } = floor.unit(unitId)
  floor.ground.store.write((db) => recordEvent(db, {
    id: 'back', unitId, kind: 'returned', at: floor.ground.now(), storeId: 'store-lyon', tillId: 'other', staffId: null, who: null,
    params: {}, facts: { ...facts, custody: { at: 'in-stock', storeId: 'store-lyon', area: 'shelf' }, title: { is: 'ours' } },
  }))
  return { flowId, attemptId, unitId }
}

const rows = (text: string) => sql(floor.ground.store.reading, text).all() as Record<string, unknown>[]

const tell = (flowId: string, attemptId: string, state: 'approved' | 'unknown'): void => {
  const said = state === 'approved' ? { is: 'paid' as const } : { is: 'unknown' as const }
  shown(floor.desk.tellFlow(flowId, null, (deed) => {
    recordStep(deed.db, attemptOf(deed.db, attemptId), { state, at: floor.ground.now(), saidBy: 'terminal' })
    return runReturn(deed, { do: 'terminal-said', attemptId, said })
  }))
}

/** The money is for a case, nothing came back a second time, and the counter takes the next piece. */
function goesOn(unitId: string, attemptId: string): void {
  expect(at(floor.goReturn(), 'assess').notice).toMatchObject({ tone: 'stop', code: 'card-refund-stray' })
  expect(rows("SELECT kind, unit_id FROM cases WHERE kind = 'card-refund'")).toEqual([{ kind: 'card-refund', unit_id: unitId }])
  expect(rows('SELECT id FROM returns')).toEqual([])
  expect(attemptOf(floor.ground.store.reading, attemptId).state).toBe('approved')
  at(floor.return({ do: 'start-over' }), 'scan')
}

it('money that the terminal gave for a piece that came back elsewhere meanwhile becomes a case, and the return does not wait for it', () => {
  const { flowId, attemptId, unitId } = paidForNothing()
  tell(flowId, attemptId, 'approved')
  goesOn(unitId, attemptId)
})

it('so does what the clerk reads off the terminal', () => {
  const { flowId, attemptId, unitId } = paidForNothing()
  tell(flowId, attemptId, 'unknown')
  floor.return({ do: 'terminal-read', paid: true })
  goesOn(unitId, attemptId)
})
