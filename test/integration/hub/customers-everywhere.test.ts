import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eraseCustomer, exportCustomer, findCustomers } from '../../../hub/customers/customers.ts'
import { customerKey, sealingWith } from '../../../hub/customers/sealing.ts'
import type { Office } from '../../../hub/people/office.ts'
import { saleIn } from '../../support/core/till.ts'
import { Chain, SUPERVISOR, type JoinedTill } from '../../support/hub/chain.ts'

const SOON = { timeout: 20_000, interval: 60 }
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
    await expect.poll(async () => (await atCentre()).length, SOON).toBe(1)
    expect(keptAt(two)).toEqual([])
    expect(await two.client.customers.find({ text: 'Ida' })).toEqual([])
    const [found] = await two.client.customers.find({ text: IDA.card })
    expect(found).toMatchObject({ details: { name: IDA.name, phone: IDA.phone }, consents: [{ purpose: 'warranty', given: true }] })
    expect(keptAt(two)).toHaveLength(1)
  })

  it('is found by telephone however it is written, and goes into the sale when the card is scanned', async () => {
    const other = { ...IDA, name: 'Bo Example', phone: '0171/5550999', email: 'bo@example.org', card: 'CARD-77002' }
    await one.client.customers.create({ details: other, consents: [], flowId: null })
    await expect.poll(async () => (await findCustomers(office, 'test', other.email)).length, SOON).toBe(1)
    await two.client.sale.begin()
    await two.client.desk.scan({ text: 'CARD-77002', via: 'wedge', aim: null })
    await expect.poll(async () => (await two.client.desk.view()).customer?.name, SOON).toBe('Bo Example')
    expect(await two.client.customers.find({ text: '+49 171 5550999' })).toMatchObject([{ details: { name: 'Bo Example' } }])
  })

  it('changes at the other till, and the first till hears of it when the person stands there again', async () => {
    const [ida] = await two.client.customers.find({ text: IDA.card })
    await two.client.customers.change({ customerId: ida?.customerId ?? '', details: { ...IDA, address: 'Elsewhere 2' }, consents: ['warranty', 'receipts'] })
    await expect.poll(async () => (await atCentre())[0]?.address, SOON).toBe('Elsewhere 2')
    await expect.poll(async () => (await one.client.customers.find({ text: 'ida@example.org' }))[0]?.details.address, SOON).toBe('Elsewhere 2')
    expect(JSON.parse((await exportCustomer(office, 'test', ida?.customerId ?? '')).text)).toMatchObject({ card: IDA.card, note: IDA.note, consents: expect.arrayContaining([expect.objectContaining({ purpose: 'receipts', given: true })]) as object })
  })

  it('stands nowhere in words: not in the journal, the feed or the mirror of a till, and not in the tables of the centre', async () => {
    for (const table of ['journal', 'booked', 'feed', 'record', 'told', 'customer', 'customer_key', 'office_log', 'unit_event']) {
      const rows = await chain.ask<{ text: string }>(`SELECT to_jsonb(t)::text AS text FROM ${table} t`)
      for (const { text } of rows) expect(text, table).not.toMatch(/Ida Example|ida@example\.org|5550123|CARD-77001/u)
    }
    for (const { dir } of [one, two]) expect(readFileSync(join(dir, 'mirror.db')).includes('Ida Example')).toBe(false)
  })

  it('is forgotten by every till when the centre erases, and nobody brings the person back', async () => {
    const [ida] = await atCentre()
    await eraseCustomer(office, 'test', ida?.id ?? '', 'asked for it')
    await expect.poll(() => [one, two].map((till) => keptAt(till).find(({ id }) => id === ida?.id)?.sealed ?? null), SOON).toEqual([null, null])
    expect(await two.client.customers.find({ text: IDA.card })).toEqual([])
    expect(saleIn(await one.client.sale.begin()).lines).toEqual([])
    expect(await chain.ask('SELECT id FROM customer WHERE id = $1 AND sealed IS NOT NULL', [ida?.id ?? ''])).toEqual([])
  })

  it('is erased everywhere when a till erases', async () => {
    const [bo] = await one.client.customers.find({ text: 'CARD-77002' })
    await one.client.session.signOut()
    await one.client.session.signIn({ staffId: 'staff-jonas', pin: '3333' })
    await one.client.customers.erase({ customerId: bo?.customerId ?? '' })
    await expect.poll(async () => (await findCustomers(office, 'test', 'bo@example.org')).length, SOON).toBe(0)
    await expect.poll(() => keptAt(two).filter(({ sealed }) => sealed !== null), SOON).toEqual([])
  })
})

describe('the question for a customer', () => {
  it('is only for a till of the chain, for whole numbers, and not for going through them', async () => {
    const ask = (text: string, headers: Record<string, string> = {}) => fetch(`${chain.hub.url}/v1/customers/find`, { method: 'POST', headers, body: JSON.stringify({ text }) })
    expect((await ask('CARD-77001')).status).toBe(401)
    expect((await ask('CARD-77001', { authorization: 'Bearer nobody.nothing' })).status).toBe(401)
  })
})
