import { describe, expect, it } from 'vitest'
import type { ProductGate } from '../../../contract/sale-view.ts'
import { stepSale } from '../../../electron/core/flows/sale.ts'
import { EMPTY_SALE, type SaleFacts, type SaleInput, type SaleState } from '../../../electron/core/flows/sale-state.ts'
import { pendingGates } from '../../../electron/core/flows/gates.ts'
import { aLine, ids } from './a-shop.ts'

const facts = (gates: Record<string, readonly ProductGate[]>, today = '2026-03-14'): SaleFacts => ({
  now: `${today}T10:00:00.000Z`, today, newId: ids(), currency: 'EUR', taxInclusive: true, cashStep: 1, terminal: null,
  nextReceiptNumber: 'R1', verdictsNow: new Map(), gates: new Map(Object.entries(gates)),
})
const SPRAY = aLine({ lineId: 'l-spray', productId: 'spray', name: 'Bear spray' })
const KNIFE = aLine({ lineId: 'l-knife', productId: 'knife', name: 'Knife' })
const cart = (...lines: SaleState['lines']): SaleState => ({ ...EMPTY_SALE, lines })
const age = (value: string): ProductGate => ({ gate: 'age', value })
const answer = (gateId: string, passed = true, entry = ''): SaleInput => ({ do: 'answer-gate', gateId, passed, entry })

describe('what is looked at before a thing is sold', () => {
  it('stands before the tender, and a yes to each opens it', () => {
    const world = facts({ spray: [age('18'), { gate: 'register', value: 'sprays' }] })
    const asked = stepSale(cart(SPRAY), { do: 'pay' }, world).state
    expect(asked.at).toBe('gating')
    expect(stepSale(asked, { do: 'tender', kind: 'cash', given_cents: SPRAY.total_cents }, world).refused).toBe('not-in-this-state')
    const one = stepSale(asked, answer('age.18'), world)
    expect(one.state.at).toBe('gating')
    expect(stepSale(one.state, answer('register.l-spray'), world).refused).toBe('reason-missing')
    const both = stepSale(one.state, answer('register.l-spray', true, 'No. 311'), world)
    expect(both.state.at).toBe('tendering')
    expect(both.intents).toMatchObject([{ want: 'tell-gate', passed: true, entry: 'No. 311' }])
  })

  it('asks a customer for the age once, and for the highest', () => {
    const world = facts({ spray: [age('18')], knife: [age('16')] })
    expect(pendingGates(cart(SPRAY, KNIFE), world)).toMatchObject([{ gateId: 'age.18', bornUntil: '2008-03-14' }])
    expect(pendingGates({ ...cart(SPRAY, KNIFE), passed: ['age.16'] }, world)).toMatchObject([{ gateId: 'age.18' }])
    expect(pendingGates({ ...cart(KNIFE), passed: ['age.18'] }, world)).toEqual([])
  })

  it('goes back to the cart with a no, tells it, keeps nothing that was typed, and offers to take the thing out', () => {
    const world = facts({ spray: [age('18')] })
    const asked = stepSale(cart(SPRAY, KNIFE), { do: 'pay' }, world).state
    const refused = stepSale(asked, answer('age.18', false, 'Mary, born 2009'), world)
    expect(refused.state).toMatchObject({ at: 'open', notice: { code: 'gate-refused', offer: { kind: 'remove-line', lineId: 'l-spray' } } })
    expect(refused.intents).toMatchObject([{ want: 'tell-gate', passed: false, entry: '' }])
    const without = stepSale(refused.state, { do: 'remove-line', lineId: 'l-spray' }, world).state
    expect(stepSale(without, { do: 'pay' }, world).state.at).toBe('tendering')
  })

  it('lets nobody pass who has not waited: not a day short, not from a day to come, not from no day at all', () => {
    const world = facts({ spray: [{ gate: 'wait', value: '10' }] })
    const asked = stepSale(cart(SPRAY), { do: 'pay' }, world).state
    for (const from of ['2026-03-05', '2026-04-01', 'yesterday', ''])
      expect(stepSale(asked, answer('wait.l-spray', true, from), world).state).toMatchObject({ at: 'open', notice: { code: 'gate-waits' } })
    expect(stepSale(asked, answer('wait.l-spray', true, '2026-03-04'), world).state.at).toBe('tendering')
  })

  it('counts a birthday on a 29 February as the 28th of other years', () =>
    expect(pendingGates(cart(SPRAY), facts({ spray: [age('18')] }, '2028-02-29'))).toMatchObject([{ bornUntil: '2010-02-28' }]))

  it('asks again for what came in after the first answer', () => {
    const world = facts({ spray: [age('16')], knife: [{ gate: 'cold-chain', value: '8' }] })
    const asked = stepSale(cart(SPRAY), { do: 'pay' }, world).state
    const back = stepSale(stepSale(asked, answer('age.16'), world).state, { do: 'back-to-cart' }, world).state
    expect(stepSale({ ...back, lines: [...back.lines, KNIFE] }, { do: 'pay' }, world).state.at).toBe('gating')
  })

  it('asks nobody about a cold chain of which the logger has told, and the clerk about any other', () => {
    const world = { ...facts({ knife: [{ gate: 'cold-chain', value: '8' }] }), wasNeverWarmer: (unitId: string, celsius: number) => unitId === 'read' && celsius === 8 }
    expect(pendingGates(cart({ ...KNIFE, unitId: 'read' }), world)).toEqual([])
    expect(pendingGates(cart({ ...KNIFE, unitId: 'unread' }), world)).toHaveLength(1)
    expect(pendingGates(cart({ ...KNIFE, unitId: null }), world)).toHaveLength(1)
  })

  it('takes no answer that nobody asked for', () => expect(stepSale(cart(SPRAY), answer('age.18'), facts({})).refused).toBe('not-in-this-state'))
})
