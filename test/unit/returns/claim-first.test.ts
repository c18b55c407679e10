import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ReturnRules } from '../../../contract/return-rules.ts'
import { returnRules } from '../../../contract/cautious-return-rules.ts'
import { at, lookOver, ShopFloor } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
let serial: string
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('manager')
  serial = floor.fresh('audio')[0]?.serial ?? ''
  floor.sell([serial])
  floor.goReturn()
  floor.scanReturn(serial)
})
afterEach(() => floor.close())

const because = (reason: string) => at(floor.return({ do: 'give-reason', reason }), 'assess')
const claimFirst = (rule: ReturnRules['claimFirst']) =>
  floor.rules((policy) => ({ ...policy, returns: { ...policy.returns, rules: { ...returnRules(policy), claimFirst: rule } } }))

it('offers repair or replacement for a faulty piece that is covered, and names the promise', () => {
  const { claim } = because('faulty')
  expect(claim?.basis).toMatch(/^(legal|maker|plan)$/)
  expect(claim !== null && claim.until > '2027-11-21').toBe(true)
  expect(because('dead-on-arrival').claim).toEqual(claim)
})

it('offers nothing of the kind to somebody who changed his mind', () => {
  expect(because('changed-mind').claim).toBeNull()
  expect(because('not-as-described').claim).toBeNull()
})

it('is an offer and no obstacle: the money goes back as ever', () => {
  const assess = at(lookOver(floor, 'open-box', 'faulty'), 'assess')
  expect(assess).toMatchObject({ claim: { basis: expect.any(String) as unknown }, missing: [] })
  expect(at(floor.return({ do: 'refund' }), 'done').refund.amount_cents).toBeGreaterThan(0)
})

it('is the shop’s own choice: by its rules it is never offered', () => {
  claimFirst('never')
  expect(because('faulty').claim).toBeNull()
  claimFirst('offer')
  expect(because('faulty').claim).not.toBeNull()
})

it('ends with the cover', () => {
  floor.later(800 * 86_400_000)
  floor.enter('manager')
  floor.goReturn()
  expect(because('faulty').claim).toBeNull()
})
