import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Cents } from '../../../contract/money.ts'
import type { ReturnRules } from '../../../contract/return-rules.ts'
import { timelineOf } from '../../../electron/core/facts/history.ts'
import { CAUTIOUS_RETURN_RULES } from '../../../contract/cautious-return-rules.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import { shiftReport } from '../../../electron/core/money/shift-report.ts'
import { openShift } from '../../../electron/core/store/shifts.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { at, lookOver, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('cashier')
})
afterEach(() => floor.close())

const rows = (text: string) => sql(floor.ground.store.reading, text).all() as Record<string, unknown>[]

/** A piece that was bought here for cash so many days ago. */
function boughtDaysAgo(days: number) {
  const [piece] = floor.fresh('audio')
  if (!piece) throw new Error('no fresh piece')
  floor.sell([piece.serial])
  floor.later(days * DAY_MS)
  floor.enter('cashier')
  return { ...piece, paid_cents: floor.unit(piece.unitId).price_cents }
}

/** The shop's rule of goodwill from now on; its window stays thirty days. */
function goodwill(afterWindow: NonNullable<ReturnRules['afterWindow']>): void {
  const policy = floor.ground.policy()
  const rules = policy.returns.rules ?? CAUTIOUS_RETURN_RULES
  floor.ground.policy = () => ({ ...policy, returns: { ...policy.returns, rules: { ...rules, afterWindow } } })
}

describe('a return after its window', () => {
  it('is taken out of goodwill when somebody with authority says why: store credit, a case, and the event says it', async () => {
    const piece = boughtDaysAgo(40)
    floor.goReturn()
    const seen = at(floor.scanReturn(piece.serial), 'assess')
    expect(seen.verdict).toMatchObject({ outcome: 'refuse', findings: { purchase: { reason: 'window-over' } } })
    expect(seen.approvalFor).toContain('late')
    lookOver(floor, 'new')
    expect(at(floor.return({ do: 'refund' }), 'assess').notice?.code).toBe('needs-approval')
    expect(floor.tryReturn({ do: 'approve', note: 'I like him' })).toMatchObject({ ok: false, fault: { code: 'no-right' } })
    await floor.stepUp('manager', 'approve-return', 'was in hospital')
    expect(at(floor.return({ do: 'approve', note: '' }), 'assess').missing).toEqual([])
    const done = at(floor.return({ do: 'refund' }), 'done')
    expect(done.refund.pays).toEqual([{ kind: 'store-credit', amount_cents: piece.paid_cents }])
    expect(done.credits).toHaveLength(1)
    expect(rows('SELECT kind, unit_id FROM cases')).toEqual([{ kind: 'after-window', unit_id: piece.unitId }])
    expect(rows('SELECT approved_why FROM returns')).toEqual([{ approved_why: 'was in hospital' }])
    const life = timelineOf(floor.ground, piece.unitId)
    expect(life.find(({ kind }) => kind === 'returned')?.params).toMatchObject({ exception: 'after-window' })
    expect(life.find(({ kind }) => kind === 'refunded')?.params).toMatchObject({ why: 'was in hospital' })
  })

  it('the customer cannot have it in cash where the rules say credit', () => {
    const piece = boughtDaysAgo(40)
    floor.goReturn()
    expect(at(floor.scanReturn(piece.serial), 'assess')).toMatchObject({ mayHaveCredit: false, payAs: 'store-credit' })
    expect(at(floor.return({ do: 'pay-as', as: 'original' }), 'assess').refund?.pays.map(({ kind }) => kind)).toEqual(['store-credit'])
  })

  it('does not turn what comes back in time into credit: one document, each piece as its rule says, and paper, credit and Z report agree', async () => {
    const [late, timely] = floor.fresh('audio', 2)
    if (!late || !timely) throw new Error('no fresh pieces')
    shown(floor.desk.actShift({ do: 'open', float_cents: 50_000 as Cents }))
    floor.sell([late.serial])
    floor.later(40 * DAY_MS)
    floor.enter('cashier')
    floor.sell([timely.serial])
    const [credit, cash] = [late, timely].map(({ unitId }) => floor.unit(unitId).price_cents) as [number, number]
    floor.goReturn()
    floor.scanReturn(late.serial)
    lookOver(floor, 'new')
    floor.return({ do: 'add-piece' })
    floor.scanReturn(timely.serial)
    const seen = at(lookOver(floor, 'new'), 'assess')
    expect(seen).toMatchObject({ mayHaveCredit: true, payAs: 'original', onlyCredit_cents: credit, approvalFor: ['late'] })
    await floor.stepUp('manager', 'approve-return', 'was in hospital')
    floor.return({ do: 'approve', note: '' })
    const done = at(floor.return({ do: 'refund' }), 'done')
    expect(done.refund.pays).toEqual([{ kind: 'cash', amount_cents: cash }, { kind: 'store-credit', amount_cents: credit }])
    expect(rows('SELECT of_kind, paid_as, amount_cents FROM refund_parts ORDER BY position')).toEqual([
      { of_kind: 'cash', paid_as: 'store-credit', amount_cents: credit }, { of_kind: 'cash', paid_as: 'cash', amount_cents: cash },
    ])
    expect(rows('SELECT refund_cents, rounding_cents FROM returns')).toEqual([{ refund_cents: credit + cash, rounding_cents: 0 }])
    expect(rows('SELECT refund_cents FROM return_lines ORDER BY position').map((row) => row['refund_cents'])).toEqual([credit, cash])
    expect(rows('SELECT sum(amount_cents) AS held FROM credit_entries')).toEqual([{ held: credit }])
    expect([late, timely].map(({ unitId }) => timelineOf(floor.ground, unitId).find(({ kind }) => kind === 'refunded')?.params['tender'])).toEqual(['store-credit', 'cash'])
    const shift = openShift(floor.ground.store.reading)
    const report = shiftReport(floor.ground.store.reading, shift?.id ?? '')
    expect(report).toMatchObject({
      expected_cents: 50_000 + credit, returns: { count: 1, amount_cents: credit + cash }, credits: { count: 1, amount_cents: credit },
      tenders: expect.arrayContaining([expect.objectContaining({ kind: 'cash', in_cents: credit + cash, out_cents: cash }), expect.objectContaining({ kind: 'store-credit', out_cents: credit })]) as unknown,
    })
    expect(report?.taxes.reduce((sum, { gross_cents }) => sum + gross_cents, 0)).toBe(0)
    const [paper] = rows("SELECT body, total_cents FROM documents WHERE kind = 'return'")
    expect(paper?.['total_cents']).toBe(-credit - cash)
    expect(String(paper?.['body']).match(/Nach der Frist zurückgebracht/gu)).toHaveLength(1)
  })

  it('goes back as it was paid where the rules say so', () => {
    goodwill({ days: 365, payAs: 'original' })
    const piece = boughtDaysAgo(40)
    floor.goReturn()
    expect(at(floor.scanReturn(piece.serial), 'assess').refund?.pays).toEqual([{ kind: 'cash', amount_cents: piece.paid_cents }])
  })

  it('is refused for good when even goodwill has ended', () => {
    goodwill({ days: 9, payAs: 'store-credit' })
    const piece = boughtDaysAgo(40)
    floor.goReturn()
    expect(at(floor.scanReturn(piece.serial), 'assess').refund).toBeNull()
  })

  it('is no way in for what came back already, whatever anybody says', async () => {
    const piece = boughtDaysAgo(40)
    floor.goReturn()
    floor.scanReturn(piece.serial)
    lookOver(floor, 'new')
    await floor.stepUp('manager', 'approve-return', 'goodwill')
    floor.return({ do: 'approve', note: '' })
    floor.return({ do: 'refund' })
    floor.goReturn()
    expect(at(floor.scanReturn(piece.serial), 'assess')).toMatchObject({ refund: null, approvalFor: [] })
  })
})
