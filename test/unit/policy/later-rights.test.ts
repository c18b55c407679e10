import { describe, expect, it } from 'vitest'
import { policyIn, withLaterRights } from '../../../contract/policy-document.ts'
import type { Policy } from '../../../contract/policy.ts'
import { Right, Role } from '../../../contract/roles.ts'
import { rightsOf } from '../../../electron/core/people/staff.ts'
import { DEMO_POLICY } from '../../../electron/core/demo/demo-policy.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

/** The rules of a shop in which nobody has these rights. */
const without = (...gone: readonly Right[]): Policy => ({
  ...DEMO_POLICY,
  rights: Object.fromEntries(Role.options.map((role) => [role, DEMO_POLICY.rights[role].filter((right) => !gone.includes(right))])) as Policy['rights'],
})
const holders = (policy: Policy, right: Right): Role[] => Role.options.filter((role) => policy.rights[role].includes(right))

describe('rules that were written before a right came', () => {
  it('give it to the manager, as it is by default, and to nobody what the shop gives to nobody', () => {
    const read = withLaterRights(without('count-stock', 'discount'))
    expect(holders(read, 'count-stock')).toEqual(['manager'])
    expect(holders(read, 'discount')).toEqual([])
    expect(holders(read, 'change-sets')).toEqual(holders(DEMO_POLICY, 'change-sets'))
  })

  it('take it from nobody again where a shop that knew it gave it to nobody', () => {
    const read = withLaterRights(without('count-stock'))
    expect(withLaterRights({ ...without('count-stock'), rightsKnown: read.rightsKnown }).rights).toEqual(without('count-stock').rights)
  })

  it('are the same however often they are read, and whatever right a later program knows', () => {
    const once = withLaterRights(without('count-stock'))
    expect(withLaterRights(once)).toEqual(once)
    expect(policyIn(JSON.stringify({ ...once, rightsKnown: [...Right.options, 'of-tomorrow'] }))).toEqual(once)
    expect(policyIn('{"version": ')).toBeNull()
    expect(policyIn('{}')).toBeNull()
  })

  it('let the manager of a shop whose centre sent them count its stock', () => {
    const floor = new ShopFloor()
    floor.rules(() => without('count-stock'))
    expect(rightsOf(floor.ground, 'manager')).toContain('count-stock')
    expect(rightsOf(floor.ground, 'cashier')).not.toContain('count-stock')
    floor.close()
  })
})
