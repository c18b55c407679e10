import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CAUTIOUS_RETURN_RULES } from '../../../contract/cautious-return-rules.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import type { ReturnRules } from '../../../contract/return-rules.ts'
import { setCustomerOfFlow } from '../../../electron/core/customers/customer-rows.ts'
import { mayTakeUnrecorded } from '../../../electron/core/returns/how-often.ts'
import { at, lookOver, returnOf, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('cashier')
  for (const id of ['ada', 'ben'])
    floor.ground.store.write((db) => db.prepare("INSERT INTO customers VALUES (?, ?, NULL, ?, x'00', NULL)").run(id, floor.ground.now(), floor.ground.now()))
})
afterEach(() => floor.close())

/** The shop's rules of returns from now on. */
function rulesAre(change: Partial<ReturnRules>): ReturnRules {
  const policy = floor.ground.policy()
  const rules = { ...(policy.returns.rules ?? CAUTIOUS_RETURN_RULES), ...change }
  floor.ground.policy = () => ({ ...policy, returns: { ...policy.returns, rules } })
  return rules
}

function soldTo(customerId: string, serial: string): void {
  const { front } = shown(floor.desk.go('sale', null))
  if (front.screen !== 'sale') throw new Error(front.screen)
  floor.scan(serial)
  floor.ground.store.write((db) => setCustomerOfFlow(db, front.sale.flowId, customerId))
  floor.sell([])
}

type Fresh = ReturnType<ShopFloor['fresh']>[number]

/** The piece on the counter as it stands now, whatever was heard of it since. */
const assessed = () => at(returnOf(floor.desk.view()), 'assess')

function bringsBack(serial: string) {
  floor.goReturn()
  floor.scanReturn(serial)
  return at(lookOver(floor, 'new'), 'assess')
}

describe('how often a known customer brings things back', () => {
  it('is counted by the sales that were his, and from the limit on somebody answers for it', async () => {
    rulesAre({ perCustomer: { pieces: 1, days: 30 } })
    const [first, second, others] = floor.fresh('audio', 3).map(({ serial }) => serial) as [string, string, string]
    soldTo('ada', first)
    soldTo('ada', second)
    soldTo('ben', others)
    expect(bringsBack(first).approvalFor).toEqual([])
    floor.return({ do: 'refund' })
    expect(bringsBack(others).approvalFor).toEqual([])
    floor.return({ do: 'start-over' })
    expect(bringsBack(second)).toMatchObject({ approvalFor: ['too-often'], missing: ['approval'] })
    await floor.stepUp('manager', 'approve-return', 'a gift that was too many')
    floor.return({ do: 'approve', note: '' })
    at(floor.return({ do: 'refund' }), 'done')
  })

  it('counts the pieces of one document too, and forgets what is longer ago than the rules look', () => {
    rulesAre({ perCustomer: { pieces: 1, days: 5 } })
    const serials = floor.fresh('audio', 3).map(({ serial }) => serial) as [string, string, string]
    for (const serial of serials) soldTo('ada', serial)
    bringsBack(serials[0])
    floor.return({ do: 'add-piece' })
    floor.scanReturn(serials[1])
    const both = at(lookOver(floor, 'new'), 'assess')
    expect(both.approvalFor).toEqual(['too-often'])
    floor.return({ do: 'remove-piece', pieceId: both.pieceId })
    floor.return({ do: 'refund' })
    floor.later(6 * DAY_MS)
    floor.enter('cashier')
    expect(bringsBack(serials[2]).approvalFor).toEqual([])
  })

  it('counts goods without numbers by how many of them come, on this document as on those before it', () => {
    rulesAre({ perCustomer: { pieces: 3, days: 30 } })
    const code = 'MR-0204'
    const { front } = shown(floor.desk.go('sale', null))
    if (front.screen !== 'sale') throw new Error(front.screen)
    for (let n = 0; n < 5; n += 1) floor.scan(code)
    floor.ground.store.write((db) => setCustomerOfFlow(db, front.sale.flowId, 'ada'))
    const receipt = floor.sell([])
    const giveBack = (quantity: number) => {
      floor.goReturn()
      const bought = at(floor.scanReturn(receipt), 'lines')
      floor.return({ do: 'take-line', lineId: bought.lines[0]?.lineId ?? '', quantity })
      return at(lookOver(floor, 'new'), 'assess')
    }
    expect(giveBack(4).approvalFor).toEqual(['too-often'])
    floor.return({ do: 'start-over' })
    expect(giveBack(2).approvalFor).toEqual([])
    floor.return({ do: 'refund' })
    expect(giveBack(2).approvalFor).toEqual(['too-often'])
  })

  it('counts what he brought to other tills, by the word of the centre, each piece once wherever it came back', () => {
    rulesAre({ perCustomer: { pieces: 2, days: 30 } })
    const [here, there, now] = floor.fresh('audio', 3) as [Fresh, Fresh, Fresh]
    for (const { serial } of [here, now]) soldTo('ada', serial)
    bringsBack(here.serial)
    floor.return({ do: 'refund' })
    const at_ = floor.ground.now()
    expect(bringsBack(now.serial).approvalFor).toEqual([])
    // The piece that came back here stands in the centre's list too: it is the same one.
    floor.ground.brought.heard(now.unitId, { customerId: 'ada', came: [{ unitId: here.unitId, at: at_ }] })
    expect(assessed().approvalFor).toEqual([])
    floor.ground.brought.heard(now.unitId, { customerId: 'ada', came: [{ unitId: here.unitId, at: at_ }, { unitId: there.unitId, at: at_ }] })
    expect(assessed()).toMatchObject({ approvalFor: ['too-often'], missing: ['approval'] })
    // What was told stays told while the centre is silent, and the silence is said.
    floor.ground.brought.heard(now.unitId, null)
    expect(assessed()).toMatchObject({ approvalFor: ['too-often'], countedHere: true })
  })

  it('knows by the centre alone who brings what another till sold, and counts what came back here meanwhile', () => {
    rulesAre({ perCustomer: { pieces: 1, days: 30 } })
    const [first, second] = floor.fresh('audio', 2) as [Fresh, Fresh]
    for (const { serial } of [first, second]) soldTo('ben', serial)
    floor.ground.store.write((db) => db.exec('DROP TRIGGER sale_customers_stay; DELETE FROM sale_customers'))
    bringsBack(first.serial)
    floor.ground.brought.heard(first.unitId, { customerId: 'ben', came: [] })
    expect(assessed().approvalFor).toEqual([])
    floor.return({ do: 'refund' })
    bringsBack(second.serial)
    expect(assessed().approvalFor).toEqual([])
    floor.ground.brought.heard(second.unitId, { customerId: 'ben', came: [] })
    expect(assessed().approvalFor).toEqual(['too-often'])
    expect(assessed().countedHere).toBeUndefined()
  })

  it('is nobody’s business where the rules do not look', () => {
    const serials = floor.fresh('audio', 3).map(({ serial }) => serial)
    for (const serial of serials) soldTo('ada', serial)
    for (const serial of serials) {
      expect(bringsBack(serial).approvalFor).toEqual([])
      floor.return({ do: 'refund' })
    }
  })
})

describe('how often a store believes somebody without a record', () => {
  it('counts what other tills of the store took, as far as the centre has told, and nothing else of the chain', () => {
    const rules = rulesAre({ withoutRecord: { upTo_cents: CAUTIOUS_RETURN_RULES.withoutRecord.upTo_cents, percentOfPrice: 50, perDay: 9, perDayInStore: 2 } })
    const may = () => mayTakeUnrecorded(floor.ground, floor.ground.store.reading, rules)
    const units = floor.fresh('audio', 4).map(({ unitId }) => unitId)
    const mirror = new Database(floor.ground.mirror.reading.name)
    const told = (unitId: string | undefined, storeId: string, params: object, ago_ms: number) =>
      mirror.prepare('INSERT INTO unit_events (unit_id, at, n, kind, store_id, who, params) VALUES (?, ?, 99, ?, ?, NULL, ?)')
        .run(unitId, new Date(Date.parse(floor.ground.now()) - ago_ms).toISOString(), 'returned', storeId, JSON.stringify(params))
    const here = floor.ground.place.id
    told(units[0], here, { number: 'G-1' }, 1_000)
    told(units[1], here, { number: 'G-2', receipt: 'R-1' }, 1_000)
    told(units[2], 'elsewhere', { number: 'G-3' }, 1_000)
    told(units[3], here, { number: 'G-4' }, 25 * 3_600_000)
    expect(may()).toBe(true)
    told(units[2], here, { number: 'G-5' }, 2_000)
    mirror.close()
    expect(may()).toBe(false)
    expect(mayTakeUnrecorded(floor.ground, floor.ground.store.reading, { ...rules, withoutRecord: { ...rules.withoutRecord, perDayInStore: 3 } })).toBe(true)
  })
})
