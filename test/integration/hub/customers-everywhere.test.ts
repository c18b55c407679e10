import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../contract/durations.ts'
import { eraseCustomer, exportCustomer, findCustomers } from '../../../hub/customers/customers.ts'
import { customerKey, sealingWith } from '../../../hub/customers/sealing.ts'
import { takeCustomers } from '../../../hub/customers/told-customers.ts'
import type { Office } from '../../../hub/people/office.ts'
import { saleIn } from '../../support/core/till.ts'
import { Chain, SUPERVISOR, type JoinedTill } from '../../support/hub/chain.ts'
import { DoorCaller } from '../../support/hub/door-caller.ts'

const IDA = { name: 'Ida Example', phone: '+49 171 5550123', email: 'ida@example.org', card: 'CARD-77001', address: 'Somewhere 1', note: 'likes blue', language: null }
let chain: Chain
let one: JoinedTill
let two: JoinedTill
let office: Office

beforeAll(async () => {
  chain = await Chain.start()
  one = await chain.join('T1')
  two = await chain.join('T2')
  for (const { client } of [one, two]) await client.session.signIn(SUPERVISOR)
  office = { ...chain.hub.ground, sealing: sealingWith(customerKey(undefined, chain.hub.ground.dataDir)) }
}, 90_000)
afterAll(() => chain.stop())

const keptAt = ({ dir }: JoinedTill): { id: string; sealed: Buffer | null }[] => {
  const db = new Database(join(dir, 'shop.db'), { readonly: true })
  try {
    return db.prepare('SELECT id, sealed FROM customers ORDER BY id').all() as { id: string; sealed: Buffer | null }[]
  } finally {
    db.close()
  }
}
const atCentre = () => findCustomers(office, 'test', IDA.email)

describe('a customer who was written down at one till', () => {
  it('is known at the other by the card, and only once somebody shows it there', async () => {
    await one.client.customers.create({ details: IDA, consents: ['warranty'], flowId: null })
    await expect.poll(async () => (await atCentre()).length).toBe(1)
    expect(keptAt(two)).toEqual([])
    expect(await two.client.customers.find({ text: 'Ida' })).toEqual([])
    const [found] = await two.client.customers.find({ text: IDA.card })
    expect(found).toMatchObject({ details: { name: IDA.name, phone: IDA.phone }, consents: [{ purpose: 'warranty', given: true }] })
    expect(keptAt(two)).toHaveLength(1)
  })

  it('is found by telephone however it is written, and goes into the sale when the card is scanned', async () => {
    const other = { ...IDA, name: 'Bo Example', phone: '0171/5550999', email: 'bo@example.org', card: 'CARD-77002' }
    await one.client.customers.create({ details: other, consents: [], flowId: null })
    await expect.poll(async () => (await findCustomers(office, 'test', other.email)).length).toBe(1)
    await two.client.sale.begin()
    await two.client.desk.scan({ text: 'CARD-77002', via: 'wedge', aim: null })
    await expect.poll(async () => (await two.client.desk.view()).customer?.name).toBe('Bo Example')
    expect(await two.client.customers.find({ text: '+49 171 5550999' })).toMatchObject([{ details: { name: 'Bo Example' } }])
  })

  it('changes at the other till, and the first till hears of it when the person stands there again', async () => {
    const [ida] = await two.client.customers.find({ text: IDA.card })
    await two.client.customers.change({ customerId: ida?.customerId ?? '', details: { ...IDA, address: 'Elsewhere 2' }, consents: ['warranty', 'receipts'] })
    await expect.poll(async () => (await atCentre())[0]?.address).toBe('Elsewhere 2')
    await expect.poll(async () => (await one.client.customers.find({ text: 'ida@example.org' }))[0]?.details.address).toBe('Elsewhere 2')
    expect(JSON.parse((await exportCustomer(office, 'test', ida?.customerId ?? '')).text)).toMatchObject({ card: IDA.card, note: IDA.note, consents: expect.arrayContaining([expect.objectContaining({ purpose: 'receipts', given: true })]) as object })
  })

  it('stands nowhere in words: not in the journal, the feed or the mirror of a till, and not in the tables of the centre', async () => {
    for (const table of ['journal', 'booked', 'feed', 'record', 'told', 'customer', 'customer_key', 'office_log', 'unit_event', 'receipt_row', 'floor_case']) {
      const rows = await chain.ask<{ text: string }>(`SELECT to_jsonb(t)::text AS text FROM ${table} t`)
      for (const { text } of rows) expect(text, table).not.toMatch(/Ida Example|ida@example\.org|5550123|CARD-77001/u)
    }
    for (const { dir } of [one, two]) expect(readFileSync(join(dir, 'mirror.db')).includes('Ida Example')).toBe(false)
  })

  it('is forgotten by every till when the centre erases, and nobody brings the person back', async () => {
    const [ida] = await atCentre()
    await eraseCustomer(office, 'test', ida?.id ?? '', 'asked for it')
    await expect.poll(() => [one, two].map((till) => keptAt(till).find(({ id }) => id === ida?.id)?.sealed ?? null)).toEqual([null, null])
    expect(await two.client.customers.find({ text: IDA.card })).toEqual([])
    expect(saleIn(await one.client.sale.begin()).lines).toEqual([])
    expect(await chain.ask('SELECT id FROM customer WHERE id = $1 AND sealed IS NOT NULL', [ida?.id ?? ''])).toEqual([])
  })

  it('is erased everywhere when a till erases', async () => {
    const [bo] = await one.client.customers.find({ text: 'CARD-77002' })
    await one.client.session.signOut()
    await one.client.session.signIn({ staffId: 'staff-jonas', pin: '3333' })
    await one.client.customers.erase({ customerId: bo?.customerId ?? '' })
    await expect.poll(async () => (await findCustomers(office, 'test', 'bo@example.org')).length).toBe(0)
    await expect.poll(() => keptAt(two).filter(({ sealed }) => sealed !== null)).toEqual([])
  })
})

describe('two tills that tell of one customer', () => {
  const AT = Date.parse('2026-11-20T10:00:00.000Z')
  let now_ms = AT
  const told = (address: string, changed_ms: number) =>
    takeCustomers({ ...office, now_ms: () => now_ms }, 'T9', [{
      id: 'customer-cy', changedAt: new Date(changed_ms).toISOString(), details: { ...IDA, name: 'Cy Example', email: 'cy@example.org', phone: '', card: '', address }, consents: [], pieces: [],
    }])
  const kept = async () => (await findCustomers(office, 'test', 'cy@example.org'))[0]?.address

  it('are both believed, however fast the clock of one of them runs', async () => {
    await told('by the clock of tomorrow', AT + 86_400_000)
    now_ms += 60_000
    await told('a minute later', now_ms)
    expect(await kept()).toBe('a minute later')
  })

  it('may be heard in any order: the last change stands', async () => {
    now_ms += 60_000
    await told('of an hour ago, heard late', AT - 3_600_000)
    expect(await kept()).toBe('a minute later')
  })
})

describe('how often a customer came', () => {
  const NOW = Date.now()
  const ago = (days: number): string => new Date(NOW - days * DAY_MS).toISOString()
  const PIECES = ['piece-1', 'piece-2', 'piece-3', 'piece-4'] as const

  it('is told by the piece that is brought: which of the same buyer’s pieces came back anywhere since, and no name', async () => {
    const details = { ...IDA, name: 'Di Example', email: 'di@example.org', phone: '', card: '' }
    await takeCustomers({ ...office, now_ms: () => NOW }, 'T9', [{ id: 'customer-di', changedAt: ago(1), details, consents: [], pieces: PIECES.map((unitId) => ({ unitId, since: ago(20) })) }])
    const events: [string, string, number][] = [['piece-1', 'returned', 3], ['piece-2', 'returned', 40], ['piece-3', 'checked', 2], ['somebody-elses', 'returned', 2]]
    for (const [n, [unitId, kind, days]] of events.entries())
      await chain.ask(`INSERT INTO unit_event VALUES ($1, 'T9', 'i', $2, $3, $4, $5, NULL, NULL, '{}', 'applied', 1, NULL)`, [unitId, n, `e-${n}`, kind, ago(days)])
    const { token } = await new DoorCaller(() => chain.hub.url, () => chain.hub.ground).joined('counts')
    const asked = async (unitId: string) => (await new DoorCaller(() => chain.hub.url, () => chain.hub.ground).call('/v1/customers/brought', { unitId, since: ago(30) }, token)).json
    expect(await asked('piece-4')).toEqual({ customerId: 'customer-di', came: [{ unitId: 'piece-1', at: ago(3) }] })
    expect(await asked('nobodys')).toEqual({ customerId: null, came: [] })
    await eraseCustomer(office, 'test', 'customer-di', 'asked for it')
    expect(await asked('piece-4')).toEqual({ customerId: null, came: [] })
  })

  it('is only for a till of the chain, and for whole questions', async () => {
    const door = new DoorCaller(() => chain.hub.url, () => chain.hub.ground)
    expect((await door.call('/v1/customers/brought', { unitId: 'piece-4', since: ago(30) })).status).toBe(401)
    const { token } = await door.joined('guess')
    expect((await door.call('/v1/customers/brought', { unitId: 'piece-4' }, token)).status).toBe(400)
  })

  it('is found by an index of the piece', async () => {
    await chain.ask("INSERT INTO customer_unit SELECT 'c-' || n, 'u-' || n, '2026-01-01T00:00:00.000Z' FROM generate_series(1, 5000) n")
    await chain.ask('ANALYZE customer_unit')
    const plan = await chain.ask<Record<string, string>>("EXPLAIN SELECT customer_id FROM customer_unit WHERE unit_id = 'u-7' ORDER BY since DESC, customer_id LIMIT 1")
    expect(JSON.stringify(plan)).toContain('customer_unit_by_unit')
  })
})

describe('the question for a customer', () => {
  const ask = async (text: string, token?: string): Promise<number> =>
    (await fetch(`${chain.hub.url}/v1/customers/find`, { method: 'POST', headers: token === undefined ? {} : { authorization: `Bearer ${token}` }, body: JSON.stringify({ text }) })).status

  it('is only for a till of the chain', async () => {
    expect(await ask('CARD-77001')).toBe(401)
    expect(await ask('CARD-77001', 'nobody.nothing')).toBe(401)
  })

  it('is for whole numbers, and not for going through them', async () => {
    const { token } = await new DoorCaller(() => chain.hub.url, () => chain.hub.ground).joined('asking')
    expect(await ask('7700', token)).toBe(400)
    const heard: number[] = []
    // A counter may ask sixty times at once, and then one more every two seconds.
    for (let n = 0; n < 120 && heard.at(-1) !== 429; n += 1) heard.push(await ask(`CARD-${78_000 + n}`, token))
    expect(heard.slice(0, 59)).toEqual(Array.from({ length: 59 }, () => 200))
    expect(heard.at(-1)).toBe(429)
  })
})
