import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ActivationAct } from '../../../contract/activation.ts'
import { ok } from '../../../contract/fault.ts'
import { cents } from '../../../contract/money.ts'
import { ActivationDesk } from '../../../electron/core/activations/activation-desk.ts'
import { EVERY_OPEN_ACTIVATION, OPEN_ACTIVATIONS } from '../../../electron/core/activations/activation-rows.ts'
import { CustomerKey } from '../../../electron/core/customers/customer-key.ts'
import { eraseRow } from '../../../electron/core/customers/customer-rows.ts'
import { tell } from '../../../electron/core/service/claims.ts'
import { eventsOfUnit } from '../../../electron/core/store/journal.ts'
import { grownTill } from '../../support/core/grown-till.ts'
import { at, ShopFloor } from '../../support/core/shop-floor.ts'
import { exampleProvider, ExampleRegister } from '../../support/registers/example-register.ts'

const SIM = '8949 0200 0001 2345 670'
const OTHER_SIM = '8949 0200 0001 2345 688'
const KEY = new CustomerKey(Buffer.alloc(32, 7))

let floor: ShopFloor
let provider: ExampleRegister
let desk: ActivationDesk
let folder: string
let sold: { readonly saleId: string; readonly unitId: string; readonly serial: string; readonly receipt: string }

const piece = () => desk.ofSale(sold.saleId)[0]
const act = (one: ActivationAct): string => {
  const done = desk.act(one)
  return done.ok ? 'done' : done.fault.code
}
const ask = (more: Partial<Extract<ActivationAct, { do: 'ask' }>> = {}) =>
  act({ do: 'ask', saleId: sold.saleId, unitId: sold.unitId, serviceId: 'talk', imei: piece()?.imeis[0] ?? '', sim: SIM, ...more })
const again = () => act({ do: 'again', saleId: sold.saleId, unitId: sold.unitId })
const life = () => eventsOfUnit(floor.ground.store.reading, sold.unitId).map(({ kind }) => kind)
const comesBack = () => floor.turn((deed) => ok(tell(deed, sold.unitId, 'returned', {}, (facts) => ({ ...facts, title: { is: 'ours' } }))))
const becomes = (state: string) => expect.poll(() => piece()?.activation?.state).toBe(state)
/** As long as may be for an answer that comes, and not for one that does not. */
const manner = (next: typeof provider.manner) => {
  const limit_ms = next === 'hangs' ? 1_000 : 3_000
  floor.rules((policy) => ({ ...policy, activation: [exampleProvider(provider.origin, { limit_ms })] }))
  provider.manner = next
}
const kept = () => floor.ground.store.reading.prepare('SELECT state, sealed_sim, sim_end, asked_by FROM activations').get() as { state: string; sealed_sim: Buffer | null; sim_end: string; asked_by: string | null }

describe('SA-15: a phone that was sold is connected to its customer’s provider', () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countermark-activation-'))
    writeFileSync(join(folder, 'register-keys.json'), JSON.stringify({ talk: 'our-secret' }))
    provider = await ExampleRegister.open()
    floor = new ShopFloor()
    floor.enter('cashier')
    manner({ says: { status: 'active', order: 'A-77' } })
    floor.shift({ do: 'open', float_cents: cents(0) })
    const piece = floor.fresh('phone')[0]!
    const receipt = floor.sell([piece.serial])
    const { front } = floor.desk.view()
    if (front.screen !== 'sale' || front.sale.at !== 'paid') throw new Error('the phone is not sold')
    sold = { ...piece, receipt, saleId: front.sale.saleId }
    desk = new ActivationDesk({ desk: floor.desk, key: KEY, dataDir: folder })
  })
  afterEach(async () => {
    await desk.close()
    await provider.close()
    floor.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is offered for goods that a provider connects, and for no others', () => {
    expect(piece()).toMatchObject({ activation: null, services: [{ serviceId: 'talk', provider: 'Example Talk' }], receiptNumber: sold.receipt })
    floor.rules((policy) => ({ ...policy, activation: [exampleProvider(provider.origin, { categories: ['watch'] })] }))
    expect(desk.ofSale(sold.saleId)).toEqual([])
  })

  it('is asked for with both numbers and the secret, and the piece hangs on an account from then on', async () => {
    expect(ask()).toBe('done')
    expect(piece()?.activation?.state).toBe('wanted')
    await becomes('done')
    expect(provider.asked).toHaveLength(1)
    expect(provider.asked[0]).toMatchObject({ method: 'POST', url: '/connect', headers: { authorization: 'Bearer our-secret' } })
    expect(JSON.parse(provider.asked[0]!.body)).toEqual({ id: piece()?.activation?.activationId, imei: piece()?.imeis[0], iccid: SIM.replaceAll(' ', ''), receipt: sold.receipt })
    expect(piece()?.activation).toMatchObject({ reference: 'A-77', simEnd: '5670' })
    expect(kept().sealed_sim).toBeNull()
    expect(life().slice(-3)).toEqual(['activation-asked', 'activated', 'flagged'])
    expect(desk.open()).toEqual([])
    expect(ask()).toBe('not-in-this-state')
  })

  it('is told when it is brought back: what is connected is to be disconnected first', async () => {
    ask()
    await becomes('done')
    floor.goReturn()
    const shown = at(floor.scanReturn(sold.serial), 'assess')
    expect(shown.verdict).toMatchObject({ outcome: 'ask-staff', findings: { custody: { answer: 'on-hold', reason: 'activation-lock', evidence: ['Example Talk'] } } })
  })

  it('is not asked for with numbers that cannot be, or for what nobody connects', () => {
    expect(ask({ imei: '490154203237517' })).toBe('imei-wrong')
    expect(ask({ imei: '490154203237518' })).toBe('imei-of-another')
    expect(ask({ sim: '8949020000012345671' })).toBe('sim-wrong')
    expect(ask({ sim: '4006381333931' })).toBe('sim-wrong')
    expect(ask({ serviceId: 'other' })).toBe('not-in-this-state')
    expect(ask({ unitId: 'u-nobody' })).toBe('no-such-unit')
    expect(ask({ saleId: 'another-sale' })).toBe('not-sold')
    expect(piece()?.activation).toBeNull()
    expect(provider.asked).toEqual([])
  })

  it('waits for somebody until a provider has connected it, and is asked for each time under the same number', async () => {
    const bad = [
      [{ says: { status: 'rejected' } }, 'said-no'], ['hangs', 'no-answer'], [{ says: { status: 'pending' } }, 'not-understood'], ['fails', 'not-understood'],
      ['redirects', 'no-answer'],
    ] as const
    for (const [told, why] of bad) {
      manner(told)
      expect(piece()?.activation === null ? ask() : again()).toBe('done')
      await becomes('failed')
      expect(desk.open()).toMatchObject([{ unitId: sold.unitId, activation: { why } }])
    }
    expect(floor.unit(sold.unitId).facts.flags).toEqual([])
    manner({ says: { status: 'active', order: 'A-78' } })
    again()
    await becomes('done')
    const ids = provider.asked.map(({ body }) => (JSON.parse(body) as { id: string }).id)
    expect(ids).toHaveLength(bad.length + 1)
    expect(new Set(ids).size).toBe(1)
  })

  it('is asked for under another number with other numbers: the first answer was about the mistyped card', async () => {
    const answers = [[SIM, { status: 'rejected' }], [OTHER_SIM, { status: 'rejected' }], [OTHER_SIM, { status: 'active' }]] as const
    for (const [sim, says] of answers) {
      manner({ says })
      expect(ask({ sim })).toBe('done')
      await becomes(says.status === 'active' ? 'done' : 'failed')
    }
    const [first, second, third] = provider.asked.map(({ body }) => (JSON.parse(body) as { id: string }).id)
    expect(second).not.toBe(first)
    expect(third).toBe(second)
  })

  it('says that nobody was asked when the provider is not in the rules any more, and tries in vain no second time', async () => {
    manner('hangs')
    ask()
    await desk.close()
    floor.rules((policy) => ({ ...policy, activation: [] }))
    desk = new ActivationDesk({ desk: floor.desk, key: KEY, dataDir: folder })
    desk.kick()
    await becomes('failed')
    expect(piece()).toMatchObject({ services: [], activation: { why: 'no-provider' } })
    expect(again()).toBe('not-in-this-state')
    expect(provider.asked).toHaveLength(1)
  })

  it('goes on without its secret when the file of the secrets cannot be read, and ends nobody’s program', async () => {
    const file = join(folder, 'register-keys.json')
    rmSync(file)
    mkdirSync(file)
    manner('fails')
    expect(ask()).toBe('done')
    await becomes('failed')
    expect(provider.asked).toMatchObject([{ headers: { authorization: 'Bearer' } }])
  })

  it('can be put off, and not wanted any more', () => {
    expect(act({ do: 'drop', saleId: sold.saleId, unitId: sold.unitId })).toBe('not-in-this-state')
    expect(act({ do: 'postpone', saleId: sold.saleId, unitId: sold.unitId, serviceId: 'talk' })).toBe('done')
    expect(desk.open()).toHaveLength(1)
    expect(act({ do: 'drop', saleId: sold.saleId, unitId: sold.unitId })).toBe('done')
    expect(desk.open()).toEqual([])
    expect(life().slice(-2)).toEqual(['activation-postponed', 'activation-dropped'])
    expect(provider.asked).toEqual([])
  })

  it('goes on after a power cut, in the name of whoever asked', async () => {
    manner('hangs')
    ask()
    await desk.close()
    expect(piece()?.activation?.state).toBe('wanted')
    manner({ says: { status: 'active' } })
    floor.enter('manager')
    desk = new ActivationDesk({ desk: floor.desk, key: KEY, dataDir: folder })
    desk.kick()
    await becomes('done')
    const told = eventsOfUnit(floor.ground.store.reading, sold.unitId).findLast(({ kind }) => kind === 'activated')
    expect((JSON.parse(told!.body) as { staffId: string }).staffId).toBe(kept().asked_by)
  })

  it('is not asked for any more when the piece came back meanwhile', async () => {
    manner('hangs')
    ask()
    await desk.close()
    comesBack()
    expect(desk.open()).toEqual([])
    desk = new ActivationDesk({ desk: floor.desk, key: KEY, dataDir: folder })
    desk.kick()
    await expect.poll(() => kept()).toMatchObject({ state: 'dropped', sealed_sim: null })
    expect(provider.asked).toHaveLength(1)
    expect(ask({ imei: '490154203237518' })).toBe('not-sold')
  })

  it.each([
    ['was refused', ask, 'failed'], ['was put off', () => act({ do: 'postpone', saleId: sold.saleId, unitId: sold.unitId, serviceId: 'talk' }), 'postponed'],
  ] as const)('lets go of the number of the SIM when the piece that %s came back', async (_, begin, state) => {
    manner({ says: { status: 'rejected' } })
    begin()
    await becomes(state)
    const asked = provider.asked.length
    comesBack()
    desk.kick()
    await expect.poll(() => kept()).toMatchObject({ state: 'dropped', sealed_sim: null })
    expect(provider.asked).toHaveLength(asked)
    expect(life().at(-1)).toBe('activation-dropped')
  })

  it('can be called off by hand when the piece came back', async () => {
    manner({ says: { status: 'rejected' } })
    ask()
    await becomes('failed')
    comesBack()
    expect(act({ do: 'drop', saleId: sold.saleId, unitId: sold.unitId })).toBe('done')
    expect(kept()).toMatchObject({ state: 'dropped', sealed_sim: null })
  })

  it('lets go of the number of the SIM with everything else that is known of its customer', async () => {
    manner({ says: { status: 'rejected' } })
    ask()
    await becomes('failed')
    floor.ground.store.write((db) => {
      db.prepare("INSERT INTO customers (id, made_at, changed_at, sealed) VALUES ('rosa', ?, ?, x'00')").run(floor.ground.now(), floor.ground.now())
      db.prepare("INSERT INTO sale_customers (sale_id, customer_id) VALUES (?, 'rosa')").run(sold.saleId)
      eraseRow(db, 'rosa', floor.ground.now())
    })
    expect(kept()).toMatchObject({ sealed_sim: null, sim_end: '' })
    expect(again()).toBe('not-in-this-state')
    expect(ask()).toBe('done')
  })
})

describe('devices to connect come to a till that is in use', () => {
  it('once a piece of a sale, with an index of what waits', () => {
    const till = grownTill('0023', `INSERT INTO sales (id, number, flow_id, shift_id, store_id, till_id, staff_id, sold_at, currency, gross_cents, discount_cents, rounding_cents, demo)
      VALUES ('a', 'T1-R000001', 'f', NULL, 'b', 't', 'ada', '2026-11-23T09:00:00.000Z', 'EUR', 999, 0, 0, 0);`)
    const insert = till.db.prepare(`INSERT INTO activations VALUES (?, 'a', ?, 'talk', 'Example Talk', '', NULL, '', ?, NULL, '', NULL, '2026-11-23')`)
    insert.run('1', 'u1', 'postponed')
    expect(() => insert.run('2', 'u1', 'wanted')).toThrow(/UNIQUE/)
    expect(() => insert.run('3', 'u2', 'perhaps')).toThrow(/CHECK/)
    for (const query of [OPEN_ACTIVATIONS, EVERY_OPEN_ACTIVATION]) {
      const plan = till.db.prepare(`EXPLAIN QUERY PLAN ${query}`).all() as { detail: string }[]
      expect(plan.map(({ detail }) => detail).join(' / ')).toContain('activations_open')
    }
    till.close()
  })
})
