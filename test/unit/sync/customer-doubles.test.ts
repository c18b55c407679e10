import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { EVERYWHERE, type FeedRow } from '../../../contract/sync/wire.ts'
import { customerOfSale } from '../../../electron/core/customers/customer-rows.ts'
import { takeLooseRows } from '../../../electron/core/sync/take-rows.ts'
import { eraseCustomer, exportCustomer, findCustomers, giveUnit, saveCustomer } from '../../../hub/customers/customers.ts'
import { findDoubles, mergeCustomers, unmergeCustomers } from '../../../hub/customers/doubles.ts'
import { sealingWith } from '../../../hub/customers/sealing.ts'
import { takeCustomers } from '../../../hub/customers/told-customers.ts'
import type { Database } from '../../../hub/database.ts'
import type { Office } from '../../../hub/people/office.ts'
import { readFeed } from '../../../hub/sync/feed.ts'
import { CustomerTill, CY } from '../../support/core/customer-till.ts'
import { MORNING } from '../../support/core/shop-floor.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'

/** As the shop in the web knew the person: the same telephone, another address for mail. */
const WEB = { name: 'C. Example', email: 'cy.private@example.org', phone: '0171 5550777', address: 'New Street 5', language: 'de' as const }
const AT_TILL = { ...CY, phone: '+49 171 5550777', card: 'CARD-77001' }

let db: Database
let now_ms: number
let ids: number
let one: CustomerTill
let two: CustomerTill
let webId: string
let tillId: string
const seal = sealingWith(randomBytes(32))
const office = (): Office => ({ db, now_ms: () => (now_ms += 1_000), newId: () => `m-${(ids += 1)}`, dataDir: '', log: () => undefined, sealing: seal })
const found = async (text: string) => (await findCustomers(office(), 'test', text)).map(({ id }) => id)
const pairs = async (after: string | null = null, limit = 50) => findDoubles(office(), 'Ada', after, limit)
const merge = () => mergeCustomers(office(), 'Ada', tillId, webId, 'Same person, asked at the counter')

/** What the centre has told all tills arrives at this one. */
async function hears({ exchange, floor }: CustomerTill): Promise<void> {
  takeLooseRows(floor.ground.mirror, (await readFeed(db, EVERYWHERE, 0, 1_000)).map(({ body }) => JSON.parse(body) as FeedRow))
  await exchange.forgetErased(new AbortController().signal)
  exchange.followMerged()
}

beforeAll(async () => {
  db = await migratedDatabase()
}, 60_000)
afterAll(() => db.close())

/** A web order and a till have each written the person down; the second till knows the web order's one. */
beforeEach(async () => {
  await db.query('TRUNCATE customer, customer_key, customer_unit, customer_merge, record, feed, feed_head')
  ;[now_ms, ids] = [Date.parse(MORNING), 0]
  ;[one, two] = [new CustomerTill('T1', 0, office), new CustomerTill('T2', 0, office)]
  webId = await db.transaction((tx) => saveCustomer(tx, office(), WEB))
  await giveUnit(db, webId, 'unit-web', MORNING)
  const made = one.people.create(AT_TILL, ['warranty', 'offers'], null)
  if (!made.ok) throw new Error(made.fault.code)
  tillId = made.value.customerId
  await one.tell()
  await giveUnit(db, tillId, 'unit-till', MORNING)
  await two.hear(WEB.email)
})
afterEach(() => {
  for (const till of [one, two]) till.floor.close()
})

describe('one person kept by a web order and by a till', () => {
  it('is shown as a possible double by what both are found by, and nobody else is', async () => {
    await db.transaction((tx) => saveCustomer(tx, office(), { name: 'Bo', email: 'bo@example.org', phone: '030 111222', address: '', language: null }))
    const { rows: doubles } = await pairs()
    expect(doubles).toMatchObject([{ by: ['phone'] }])
    expect(doubles[0]?.people.map(({ id }) => id).sort()).toEqual([tillId, webId].sort())
    expect((await db.query<{ who: string }>("SELECT who FROM office_log WHERE act = 'customer-doubles-looked-up'"))[0]).toEqual({ who: 'Ada' })
  })

  it('is found behind pairs that are not one person: the next page begins after the last pair', async () => {
    for (const name of ['Ida', 'Jon', 'Kim'])
      await db.transaction((tx) => saveCustomer(tx, office(), { name, email: `${name}@example.org`, phone: '030 999888', address: '', language: null }))
    const seen: string[] = []
    let after: string | null = null
    do {
      const page = await pairs(after, 1)
      seen.push(...page.rows.map(({ people }) => people.map(({ id }) => id).join(' ')))
      after = page.next
    } while (after !== null)
    expect([seen.length, new Set(seen).size]).toEqual([4, 4])
    expect(seen).toContain([tillId, webId].sort().join(' '))
    expect(seen).toEqual((await pairs()).rows.map(({ people }) => people.map(({ id }) => id).join(' ')))
  })

  it('is one once somebody at the centre says so: found by everything of both, with the pieces of both, and the reason is written down', async () => {
    const { person } = await merge()
    expect(person).toMatchObject({ id: tillId, name: AT_TILL.name, email: AT_TILL.email, address: AT_TILL.address })
    expect(person.units.map(({ unitId }) => unitId).sort()).toEqual(['unit-till', 'unit-web'])
    for (const text of [WEB.email, AT_TILL.email, WEB.phone, AT_TILL.card]) expect(await found(text), text).toEqual([tillId])
    expect(await pairs()).toEqual({ rows: [], next: null })
    const [line] = await db.query<{ who: string; about: string }>("SELECT who, about FROM office_log WHERE act = 'customer-merged' ORDER BY at DESC")
    expect(line).toEqual({ who: 'Ada', about: `${webId} into ${tillId}: Same person, asked at the counter` })
    const told = JSON.parse((await exportCustomer(office(), 'Ada', webId)).text) as Record<string, unknown>
    expect(told).toMatchObject({ id: tillId, note: `${WEB.email}\n${WEB.address}`, merged: [{ id: webId, email: WEB.email }] })
  })

  it('is found again by a new web order, and by a till that has not heard yet and changes the old one: both reach the same person', async () => {
    await merge()
    expect(await db.transaction((tx) => saveCustomer(tx, office(), { ...WEB, address: 'Newest Street 6' }))).toBe(tillId)
    const [known] = two.people.find(WEB.email)
    two.people.change(known?.customerId ?? '', { ...(known?.details ?? CY), note: 'likes blue' }, [])
    await two.tell()
    const { text } = await exportCustomer(office(), 'Ada', tillId)
    expect(JSON.parse(text)).toMatchObject({ note: 'likes blue', card: AT_TILL.card, email: AT_TILL.email, address: 'Newest Street 6' })
    for (const email of [AT_TILL.email, WEB.email]) expect(await found(email), email).toEqual([tillId])
  })

  it('is one at every till that hears of it, with what was bought under either id', async () => {
    const { ground } = two.floor
    two.floor.sell([two.floor.story('plain-article')])
    const saleId = ground.store.reading.prepare('SELECT id FROM sales').pluck().get() as string
    ground.store.write((tx) => void tx.prepare('INSERT INTO sale_customers VALUES (?, ?)').run(saleId, webId))
    await merge()
    for (const till of [one, two]) await hears(till)
    await two.hear(AT_TILL.card)
    for (const till of [one, two]) expect(till.people.find(AT_TILL.phone).map(({ customerId }) => customerId)).toEqual([tillId])
    expect(customerOfSale(ground.store.reading, saleId)).toBe(tillId)
    const seen = two.people.view(tillId)
    expect(seen.ok && seen.value.purchases.map((purchase) => purchase.saleId)).toEqual([saleId])
    expect(two.people.find('')).toHaveLength(1)
  })

  it('is erased under both ids, whichever is named and wherever', async () => {
    await merge()
    for (const till of [one, two]) await hears(till)
    two.people.erase(two.people.find(WEB.phone)[0]?.customerId ?? '')
    await two.tell()
    expect(await db.query('SELECT id FROM customer WHERE sealed IS NOT NULL')).toEqual([])
    expect(await db.query("SELECT id FROM customer_merge WHERE sealed_before IS NOT NULL OR away_units <> '[]'")).toEqual([])
    await hears(one)
    for (const till of [one, two]) expect(till.floor.ground.store.reading.prepare('SELECT id FROM customers WHERE sealed IS NOT NULL').all()).toEqual([])
    await expect(exportCustomer(office(), 'Ada', webId)).rejects.toThrow('erased')
    await expect(eraseCustomer(office(), 'Ada', webId, 'again')).rejects.toThrow('erased')
  })

  it('is two again where it was a mistake, at the tills too, as long as nobody has changed the person since', async () => {
    const { mergeId } = await merge()
    for (const till of [one, two]) await hears(till)
    const people = await unmergeCustomers(office(), 'Ada', mergeId)
    expect(people).toMatchObject([{ id: tillId, units: [{ unitId: 'unit-till' }] }, { id: webId, email: WEB.email, units: [{ unitId: 'unit-web' }] }])
    expect([await found(WEB.email), await found(AT_TILL.email)]).toEqual([[webId], [tillId]])
    for (const till of [one, two]) await hears(till)
    expect(two.people.find(WEB.email).map(({ customerId }) => customerId)).toEqual([webId])
    await expect(unmergeCustomers(office(), 'Ada', mergeId)).rejects.toThrow('stale')
    const again = await merge()
    one.change({ address: 'Elsewhere 9' })
    await one.tell()
    await expect(unmergeCustomers(office(), 'Ada', again.mergeId)).rejects.toThrow('stale')
  })

  it('is found at a till that knew only the second id when both are one, are two and are one again; a no said meanwhile counts', async () => {
    const { mergeId } = await merge()
    await hears(two)
    await unmergeCustomers(office(), 'Ada', mergeId)
    await hears(two)
    const [known] = two.people.find(WEB.email)
    for (const consents of [['offers'], []] as const) two.people.change(known?.customerId ?? '', known?.details ?? CY, [...consents])
    await merge()
    await hears(two)
    const [again, ...others] = two.people.find(WEB.phone)
    expect([again?.customerId, others]).toEqual([tillId, []])
    expect(again?.consents).toMatchObject([{ purpose: 'offers', given: false }])
  })

  it('leads on where the person is merged once more', async () => {
    await merge()
    const third = await db.transaction((tx) => saveCustomer(tx, office(), { name: 'Third', email: 'third@example.org', phone: '', address: '', language: null }))
    const { mergeId } = await mergeCustomers(office(), 'Ada', third, tillId, 'Asked')
    expect(await found(WEB.email)).toEqual([third])
    for (const till of [one, two]) await hears(till)
    expect(two.people.find(WEB.email).map(({ customerId }) => customerId)).toEqual([third])
    await unmergeCustomers(office(), 'Ada', mergeId)
    expect([await found(WEB.email), await found('third@example.org')]).toEqual([[tillId], [third]])
  })

  it('is not merged with itself, with nobody, with whom another merged or erased meanwhile, and nothing is changed', async () => {
    const rows = () => db.query('SELECT id, merged_into, changed_at FROM customer ORDER BY id')
    const before = await rows()
    for (const [keep, away] of [[tillId, tillId], [tillId, 'nobody'], ['nobody', webId], ["' OR 1=1 --", webId]] as const)
      await expect(mergeCustomers(office(), 'Ada', keep, away, 'x')).rejects.toThrow('no-such-thing')
    await expect(unmergeCustomers(office(), 'Ada', 'nothing')).rejects.toThrow('no-such-thing')
    expect(await rows()).toEqual(before)
    await merge()
    await expect(merge()).rejects.toThrow('stale')
    await expect(mergeCustomers(office(), 'Ada', webId, tillId, 'the other way')).rejects.toThrow('stale')
    await takeCustomers(office(), 'T1', [{ id: webId, changedAt: MORNING, details: null, consents: [], pieces: [] }])
    await expect(merge()).rejects.toThrow('erased')
  })

  it('two people at the centre who merge at once: one of them is told to look again', async () => {
    const both = await Promise.allSettled([merge(), mergeCustomers(office(), 'Bea', webId, tillId, 'Same')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
