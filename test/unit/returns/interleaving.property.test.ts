import fc from 'fast-check'
import { expect, it } from 'vitest'
import { beginFlow } from '../../../electron/core/desk/going-on.ts'
import { runReturn } from '../../../electron/core/desk/run-return.ts'
import { unitOf } from '../../../electron/core/facts/judge.ts'
import { EMPTY_EXCHANGE, type ExchangeInput } from '../../../electron/core/flows/exchange-state.ts'
import { EMPTY_RETURN, type ReturnInput } from '../../../electron/core/flows/return-state.ts'
import { linesOfReceipt } from '../../../electron/core/returns/bought.ts'
import { planRefund, worthOf } from '../../../electron/core/returns/refund-plan.ts'
import { CAUTIOUS_RETURN_RULES } from '../../../contract/cautious-return-rules.ts'
import { runExchange } from '../../../electron/core/returns/run-exchange.ts'
import { cents } from '../../../contract/money.ts'
import type { Found } from '../../../electron/core/scans/found.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

/**
 * Three clerks, each at an own flow on the same file. Each goes the way to the money, first with the piece or with the
 * plain goods; whose turn it is, and a slip now and then, is anybody's guess.
 */
const WAYS = { piece: [0, 3, 4, 6, 7], goods: [1, 2, 3, 4, 6, 7], both: [0, 3, 4, 8, 1, 2, 3, 4, 6, 7], exchange: [0, 1, 2, 3, 4, 5] } as const
const turns = fc.record({
  first: fc.constantFrom('piece' as const, 'goods' as const, 'both' as const),
  second: fc.constantFrom('piece' as const, 'goods' as const, 'both' as const),
  order: fc.array(fc.record({
    who: fc.constantFrom('first' as const, 'second' as const, 'exchange' as const),
    slip: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 9 }) }),
  }), { minLength: 25, maxLength: 60 }),
})

it('no interleaving of two returns and an exchange gives a unit back twice, or more plain goods or money than were bought and paid', () => {
  const floor = new ShopFloor()
  floor.enter('manager')
  const { ground, desk } = floor
  const pieces = floor.fresh('audio', 20)
  const spare = floor.fresh('watch', 8)
  let n = 0
  fc.assert(
    fc.property(turns, (plan) => {
      const piece = pieces[n % pieces.length]
      const other = spare[n % spare.length]
      n += 1
      if (!piece || !other || floor.unit(piece.unitId).facts.title.is !== 'ours') return
      const plain = floor.story('plain-article')
      const receipt = floor.sell([piece.serial, plain, plain, plain])
      const lineId = linesOfReceipt(ground, ground.store.reading, receipt).find(({ unitId }) => unitId === null)?.lineId ?? ''
      const found = (unitId: string): Found => {
        const unit = unitOf(ground, unitId)
        if (!unit) throw new Error('the piece is gone')
        return { is: 'unit', text: unitId, hit: { unit, matchedBy: null, retiredLabel: null } }
      }
      const flows = ground.store.write((db) => ({
        first: beginFlow(ground, db, 'return', EMPTY_RETURN, null), second: beginFlow(ground, db, 'return', EMPTY_RETURN, null),
        exchange: beginFlow(ground, db, 'exchange', EMPTY_EXCHANGE, null),
      }))
      const returning: readonly ReturnInput[] = [
        { do: 'scanned', found: found(piece.unitId) }, { do: 'scanned', found: { is: 'receipt', text: receipt, number: receipt, units: [] } },
        { do: 'take-line', lineId, quantity: 2 }, { do: 'give-reason', reason: 'changed-mind' }, { do: 'grade', condition: 'new' }, { do: 'all-in-order' },
        { do: 'approved', staffId: 'm', name: 'M', reason: 'seen' }, { do: 'refund' }, { do: 'add-piece' }, { do: 'start-over' },
      ]
      const exchanging: readonly ExchangeInput[] = [
        { do: 'scanned', found: found(piece.unitId) }, { do: 'scanned', found: found(other.unitId) }, { do: 'give-reason', reason: 'wrong-item' },
        { do: 'grade', condition: 'new' }, { do: 'approved', staffId: 'm', name: 'M', reason: 'seen' }, { do: 'settle', tender: 'cash' },
        { do: 'settle', tender: 'cash' }, { do: 'choose-kind', kind: 'exchange' }, { do: 'undo' }, { do: 'start-over' },
      ]
      const ways = { first: WAYS[plan.first], second: WAYS[plan.second], exchange: WAYS.exchange }
      const at = { first: 0, second: 0, exchange: 0 }
      for (const { who, slip } of plan.order) {
        const what = slip ?? ways[who][at[who]++ % ways[who].length] ?? 0
        // A refusal is an answer too; what is looked at is what stands in the books afterwards.
        if (who === 'exchange') desk.act(flows.exchange, (deed) => runExchange(deed, exchanging[what] ?? { do: 'start-over' }))
        else desk.act(flows[who], (deed) => runReturn(deed, returning[what] ?? { do: 'start-over' }))
      }
      const one = (sql: string, ...values: string[]) => Number(ground.store.reading.prepare(sql).pluck().get(...values) ?? 0)
      // An exchange may hand it out anew: then it was bought twice, and may come back twice.
      expect(one('SELECT max(times) FROM (SELECT count(*) AS times FROM return_lines WHERE unit_id = ? GROUP BY sale_id)', piece.unitId)).toBeLessThanOrEqual(1)
      expect(one('SELECT coalesce(sum(quantity), 0) FROM return_lines WHERE sale_line_id = ?', lineId)).toBeLessThanOrEqual(3)
      expect(one('SELECT coalesce(sum(l.refund_cents), 0) FROM return_lines l JOIN sales s ON s.id = l.sale_id WHERE s.number = ?', receipt))
        .toBeLessThanOrEqual(one('SELECT gross_cents FROM sales WHERE number = ?', receipt))
      expect(one('SELECT count(*) FROM returns r WHERE -(refund_cents + rounding_cents) <> (SELECT coalesce(sum(amount_cents), 0) FROM tenders t WHERE t.return_id = r.id)')).toBe(0)
      expect(one('SELECT count(*) FROM returns r WHERE refund_cents <> (SELECT sum(refund_cents) FROM return_lines l WHERE l.return_id = r.id)')).toBe(0)
      ground.store.write((db) => db.prepare("UPDATE flows SET status = 'dropped' WHERE id IN (?, ?, ?)").run(flows.first, flows.second, flows.exchange))
    }),
    { numRuns: 8 },
  )
  expect(Number(ground.store.reading.prepare('SELECT count(*) FROM returns').pluck().get())).toBeGreaterThan(0)
  floor.close()
}, 60_000)

it('any parts of a line are worth together what the whole was paid for, in any order', () => {
  fc.assert(fc.property(fc.nat({ max: 1_000_000 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), (paid, parts) => {
    const bought = parts.reduce((sum, part) => sum + part, 0)
    let before = 0
    let given = 0
    for (const part of parts) {
      const worth = worthOf(paid, bought, before, part)
      expect(worth).toBeGreaterThanOrEqual(0)
      given += worth
      before += part
    }
    expect(given).toBe(paid)
  }))
})

it('a refund is never more than is left of any tender, sums to the amount, and keeps to the limits', () => {
  const kind = fc.constantFrom('cash' as const, 'card' as const, 'voucher' as const, 'store-credit' as const)
  const owed = fc.uniqueArray(fc.record({ kind, left: fc.integer({ min: 1, max: 200_000 }) }), { minLength: 1, maxLength: 4, selector: (one) => one.kind })
  const part = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(fc.property(owed, part, part, fc.constantFrom(1, 5, 10), (tenders, share, late, cashStep) => {
    const whole = tenders.reduce((sum, { left }) => sum + left, 0)
    const amount = Math.floor(whole * share)
    // What came after its window goes back as credit in the same document.
    const credit = Math.floor(amount * late)
    const plan = planRefund({
      owed: [{ saleId: 's', amount_cents: cents(amount), onlyCredit_cents: cents(credit), paidBy: tenders.map((one) => ({ kind: one.kind, left_cents: cents(one.left) })) }],
      payAs: 'original', currency: 'CHF', cashStep, receiptNumbers: ['R'],
    }, CAUTIOUS_RETURN_RULES)
    const sum = (list: readonly { amount_cents: number }[]) => list.reduce((total, one) => total + one.amount_cents, 0)
    expect(sum(plan.parts)).toBe(amount)
    expect(sum(plan.pays)).toBe(amount + plan.rounding_cents)
    for (const one of tenders) expect(sum(plan.parts.filter(({ ofKind }) => ofKind === one.kind))).toBeLessThanOrEqual(one.left)
    expect(sum(plan.parts.filter(({ paidAs }) => paidAs === 'store-credit'))).toBeGreaterThanOrEqual(credit)
    expect(new Set(plan.parts.map(({ ofKind, paidAs }) => `${ofKind} ${paidAs}`)).size).toBe(plan.parts.length)
    expect(sum(plan.parts.filter(({ paidAs }) => paidAs === 'cash'))).toBeLessThanOrEqual(CAUTIOUS_RETURN_RULES.tenderUpTo_cents.cash ?? 0)
  }))
})
