import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import type { EventBody } from '../../../contract/sync/event-body.ts'
import { EVERYWHERE } from '../../../contract/sync/wire.ts'
import { saveStore, storesOf } from '../../../hub/catalogue/stores.ts'
import { erase, eraseOverdue, exportCustomer, findCustomers, giveUnit, keepUntil, saveCustomer } from '../../../hub/customers/customers.ts'
import { mergeCustomers } from '../../../hub/customers/doubles.ts'
import { customerKey, sealingWith } from '../../../hub/customers/sealing.ts'
import { takeCustomers } from '../../../hub/customers/told-customers.ts'
import { openPostgres, type Database } from '../../../hub/database.ts'
import { takeOrder } from '../../../hub/doors/orders.ts'
import { HubRefusal } from '../../../hub/hub-refusal.ts'
import { migrate } from '../../../hub/migrate.ts'
import type { Office } from '../../../hub/people/office.ts'
import { inviteOwner } from '../../../hub/people/persons.ts'
import { Refusal } from '../../../hub/server.ts'
import { claim, release } from '../../../hub/sync/claims.ts'
import { tellCounts } from '../../../hub/sync/counts.ts'
import { join as letTillIn, makeJoinCode } from '../../../hub/sync/devices.ts'
import { change, readFeed } from '../../../hub/sync/feed.ts'
import { hubIdentity, newGeneration } from '../../../hub/sync/identity.ts'
import { newLetters } from '../../../hub/sync/mended-till.ts'
import { newUnit, withFacts, writeUnits } from '../../../hub/sync/units.ts'
import { begun, beside, besideChange } from '../../support/hub/beside.ts'
import { DoorCaller, newKey } from '../../support/hub/door-caller.ts'
import { Browser, joinWithTotp, startOffice, startPostgres, type RunningOffice, type TestPostgres } from '../../support/hub-office.ts'
import { BERLIN, openShop } from '../../support/hub-shop.ts'

const CY = { name: 'Cy Example', email: 'cy@example.org', phone: '+49 171 5550777', address: 'Old Street 1', language: null }
const AT = '2026-03-02T09:00:00.000Z'

let postgres: TestPostgres
/** Two processes of one centre. */
let one: RunningOffice
let two: RunningOffice
let camera: string
let owner: Browser

const officeOf = ({ hub }: RunningOffice): Office => ({ ...hub.ground, sealing: sealingWith(customerKey(undefined, hub.ground.dataDir)) })
/** An office that looks up from its work after each question to the database. */
const lookingUp = (office: Office, then: () => Promise<void>): Office => ({
  ...office,
  db: { ...office.db, transaction: (body) => office.db.transaction((tx) => body({
    ...tx,
    query: async (...asked) => {
      const rows = await tx.query(...asked)
      await then()
      return rows as never
    },
  })) },
})
const db = (): Database => one.hub.ground.db
const save = (office: Office, known: Parameters<typeof saveCustomer>[2] = CY) => office.db.transaction((tx) => saveCustomer(tx, office, known))

beforeAll(async () => {
  postgres = await startPostgres()
  const database = await postgres.database('at_once')
  ;[one, two] = await Promise.all([startOffice(database, postgres.folder), startOffice(database, postgres.folder)])
  owner = new Browser(one.hub.url)
  // One of the two has printed the code for the owner.
  await joinWithTotp(owner, one.ownerCode).catch(() => joinWithTotp(owner, two.ownerCode))
  camera = await openShop(owner.client)
})
afterAll(async () => {
  await Promise.all([one.stop(), two.stop()])
  await postgres.stop()
})

describe('the first start of a centre', () => {
  it('may be that of two processes: whichever way PostgreSQL tells the second that the tables are made, both go on', async () => {
    const database = await postgres.database('first_start')
    const dir = mkdtempSync(join(tmpdir(), 'countermark-no-migrations-'))
    const both = [openPostgres(database, 2), openPostgres(database, 2)]
    for (let round = 0; round < 60; round += 1) {
      await both[0]?.query('DROP TABLE IF EXISTS hub_migration')
      expect(await Promise.all(both.map((process) => migrate(process, dir)))).toEqual([[], []])
    }
    await Promise.all(both.map((process) => process.close()))
    rmSync(dir, { recursive: true })
  })
})

describe('an owner’s code', () => {
  it('is given out by no process that starts while the first person just comes in', async () => {
    const database = await postgres.database('first_person')
    const started = await startOffice(database, postgres.folder)
    const { db: empty } = started.hub.ground
    const code = await beside(empty, async (tx) => {
      await tx.query("UPDATE invitation SET used_by = 'ada' WHERE used_by IS NULL")
      await tx.query("INSERT INTO person (id, name, name_key, role, active, password_hash, made_at) VALUES ('ada', 'Ada', 'ada', 'owner', true, '', $1)", [AT])
    }, () => inviteOwner(empty, { now_ms: () => Date.now() + 60_000 }))
    expect(code).toEqual({ status: 'fulfilled', value: null })
    await started.stop()
  })

  it('is printed once by any number of processes that start at once, and anew by one that starts later', async () => {
    const empty = openPostgres(await postgres.database('owner_code'))
    await migrate(empty)
    const now_ms = Date.now()
    const invite = (later_ms: number) => inviteOwner(empty, { now_ms: () => now_ms + later_ms })
    const codes = await Promise.all(Array.from({ length: 8 }, (_, n) => invite(n)))
    expect(codes.filter((code) => code === 'elsewhere')).toHaveLength(7)
    expect(await empty.query('SELECT digest FROM invitation WHERE until_ms > 0')).toHaveLength(1)
    expect(await invite(60_000)).toEqual({ code: expect.any(String) as string })
    // The clock was a minute ahead, and is right again.
    expect(await invite(0)).toEqual({ code: expect.any(String) as string })
    expect(await empty.query('SELECT digest FROM invitation WHERE until_ms > 0')).toHaveLength(1)
    await empty.close()
  })
})

describe('a centre that was put back from a backup while another of its processes went on', () => {
  it('answers under its new generation at every process at once, and ends the lines that came under the one before', async () => {
    const [first, second] = [one, two].map(({ hub }) => new DoorCaller(() => hub.url, () => hub.ground)) as [DoorCaller, DoorCaller]
    const key = newKey()
    const { code } = await makeJoinCode(one.hub.ground, 'berlin', 'test')
    const asked = { code, protocol: 1, till: { id: 'till-steady', code: 'TS', name: 'Steady' }, publicKey: key.publicKey }
    const { gen: before } = (await first.call('/v1/join', asked)).json as { gen: string }
    const token = await second.tokenOf('till-steady', key)
    const line = await fetch(`${two.hub.url}/v1/stream?gen=${before}&c=${EVERYWHERE}:0`, { headers: { authorization: `Bearer ${token}` } })
    expect(line.status).toBe(200)

    // What `--restored` does first, in a third process.
    await newGeneration(db())
    for (const caller of [first, second]) {
      const { gen: after } = (await caller.call('/v1/hello')).json as { gen: string }
      expect(after).not.toBe(before)
      expect(await caller.call(`/v1/feed?gen=${before}&c=${EVERYWHERE}:0`, undefined, token)).toMatchObject({ status: 410, json: { error: 'other-generation' } })
      expect(await caller.call(`/v1/feed?gen=${after}&c=${EVERYWHERE}:0`, undefined, token)).toMatchObject({ status: 200, json: { gen: after } })
    }
    expect(await line.text()).toContain('event: over')
  })
})

describe('tills that join at the same moment', () => {
  const asked = (id: string, code: string) => ({ code, protocol: 1, till: { id, code: 'T1', name: id }, publicKey: newKey().publicKey })
  const join = async ({ hub }: RunningOffice, id: string, code: string): Promise<Record<string, string>> =>
    (await fetch(`${hub.url}/v1/join`, { method: 'POST', body: JSON.stringify(asked(id, code)) })).json() as Promise<Record<string, string>>
  const codeFor = async () => (await makeJoinCode(one.hub.ground, 'berlin', 'test')).code

  it('have letters of their own, whichever process of the centre each asks, and so has one that was mended meanwhile', async () => {
    await join(one, 'till-first', await codeFor())
    const ids = Array.from({ length: 10 }, (_, n) => `till-${n}`)
    const codes = await Promise.all(ids.map(codeFor))
    const [letters, ...joined] = await Promise.all([newLetters(two.hub.ground, 'till-first'), ...ids.map((id, n) => join(n % 2 === 0 ? one : two, id, codes[n] ?? ''))])
    const given = [letters, ...joined.map(({ code }) => code)]
    expect(new Set(given).size, given.join(' ')).toBe(11)
    expect(given).not.toContain('T1')
  })

  it('guess no code by asking two processes at once: a place has ten tries, and one more a minute', async () => {
    const identity = await hubIdentity(db())
    const at = Date.now()
    const joinFrom = (address: string, { hub }: RunningOffice, id: string, code: string, later_ms = 0) =>
      letTillIn({ db: hub.ground.db, now_ms: () => at + later_ms }, identity, asked(id, code), address).then(() => 'in', (error: unknown) => (error instanceof Refusal ? error.code : String(error)))
    const heard = await Promise.all(Array.from({ length: 30 }, (_, n) => joinFrom('198.51.100.9', n % 2 === 0 ? one : two, `guesser-${n}`, `AAAA-22${n}`)))
    expect(heard.toSorted()).toEqual([...Array.from({ length: 20 }, () => 'too-many-tries'), ...Array.from({ length: 10 }, () => 'wrong-code')])
    expect(await joinFrom('198.51.100.9', one, 'guesser', await codeFor())).toBe('too-many-tries')
    expect(await joinFrom('198.51.100.10', two, 'honest', await codeFor())).toBe('in')
    expect(await joinFrom('198.51.100.9', one, 'guesser', await codeFor(), 60_000)).toBe('in')
  })

  it('guess no code from all the world together: one that has seen a thousand wrong ones lets nobody in, the next one does', async () => {
    const guessed = await codeFor()
    await db().query('UPDATE join_code SET wrong_tries = 999 WHERE used_by IS NULL')
    expect(await join(two, 'till-thief', 'AAAA-2222')).toEqual({ error: 'wrong-code' })
    expect(await join(one, 'till-void', guessed)).toEqual({ error: 'wrong-code' })
    expect(await join(one, 'till-anew', await codeFor())).toMatchObject({ storeId: 'berlin' })
  })

  it('come in with one code one at a time: the second is refused', async () => {
    const code = await codeFor()
    const answers = await Promise.all([join(one, 'till-a', code), join(two, 'till-b', code)])
    expect(answers.map(({ error = 'in' }) => error).toSorted()).toEqual(['in', 'wrong-code'])
  })
})

describe('two people who make a store at the same moment', () => {
  it('do not share its short name: whoever comes second is told that it is taken, also where both had looked before', async () => {
    const make = ({ office, name }: { office: Office; name: string }) =>
      saveStore(office, name, { ...BERLIN, id: 'corner', name }, true).then(() => name, (error: unknown) => (error instanceof HubRefusal ? error.fault : String(error)))
    let second: Promise<unknown> | undefined
    const first = await make({ name: 'Ada', office: lookingUp(officeOf(one), async () => {
      second ??= (await begun(db(), () => make({ name: 'Ben', office: officeOf(two) }), 1)).acted
    }) })
    expect([first, await second]).toEqual(['Ada', [{ status: 'fulfilled', value: 'already-there' }]])
    expect((await storesOf(db())).get('corner')?.name).toBe('Ada')
  })
})

describe('one customer, of whom two processes hear at the same moment', () => {
  it('is one person after two orders of somebody new', async () => {
    const [first, second] = [officeOf(one), officeOf(two)]
    const saved = await beside(first.db, (tx) => saveCustomer(tx, first, CY), () => save(second, { ...CY, address: 'Second Street 2' }))
    expect(saved.status).toBe('fulfilled')
    const found = await findCustomers(first, 'test', CY.email)
    expect(found).toMatchObject([{ address: 'Second Street 2' }])
    expect(await db().query("SELECT blind FROM customer_key WHERE customer_id = ''")).toEqual([])
  })

  it('and who is just being erased comes as somebody new with an order, and is known from then on', async () => {
    const office = officeOf(one)
    const [before] = await findCustomers(office, 'test', CY.email)
    const saved = await beside(office.db, (tx) => erase(tx, () => undefined, office, 'test', before?.id ?? '', 'asked for it'), () => save(officeOf(two), { ...CY, address: 'New Street 3' }))
    expect(saved.status).toBe('fulfilled')
    const [after] = await findCustomers(office, 'test', CY.email)
    expect(after).toMatchObject({ address: 'New Street 3', erasedAt: null })
    expect(after?.id).not.toBe(before?.id)
  })

  it('and who just becomes one with somebody else keeps what an order says of the second id', async () => {
    const office = officeOf(one)
    const [kept] = await findCustomers(office, 'test', CY.email)
    const away = await save(office, { ...CY, name: 'C. Example', email: 'c@example.org' })
    await besideChange(db(), EVERYWHERE, () => mergeCustomers(office, 'Ada', kept?.id ?? '', away, 'same person'), () => save(officeOf(two), { ...CY, email: 'c@example.org', phone: '030 123456' }))
    const [now] = await findCustomers(office, 'test', '030 123456')
    expect(now?.id).toBe(kept?.id)
  })

  it('is erased whole when somebody else just becomes one with the person', async () => {
    const office = officeOf(one)
    const [kept] = await findCustomers(office, 'test', CY.email)
    const away = await save(office, { ...CY, name: 'Cyrill', email: 'cyrill@example.org' })
    const erasing = officeOf(two)
    const erased = await besideChange(db(), EVERYWHERE, () => mergeCustomers(office, 'Ada', kept?.id ?? '', away, 'same person'),
      () => change(erasing, (tx, tell) => erase(tx, tell, erasing, 'Ada', kept?.id ?? '', 'asked for it')))
    expect(erased.status).toBe('fulfilled')
    expect(await db().query('SELECT id FROM customer WHERE id = ANY ($1::text[]) AND sealed IS NOT NULL', [[kept?.id ?? '', away]])).toEqual([])
  })

  it('is not erased for the time that is over where the person buys again at that moment', async () => {
    const office = officeOf(one)
    const id = await save(office, { ...CY, name: 'Dee Example', email: 'dee@example.org' })
    await db().query("UPDATE customer SET keep_until = '2020-12-31' WHERE id = $1", [id])
    const buys = async (tx: Parameters<typeof giveUnit>[0]): Promise<void> => {
      await giveUnit(tx, id, 'piece-1', AT)
      await tx.query('UPDATE customer SET keep_until = $2 WHERE id = $1', [id, keepUntil(office.now_ms())])
    }
    await beside(office.db, buys, () => eraseOverdue(officeOf(two)))
    expect(JSON.parse((await exportCustomer(office, 'test', id)).text)).toMatchObject({ email: 'dee@example.org' })
  })

  it('is told of by two tills at once: both are heard', async () => {
    const told = (till: string, changed: 'phone' | 'address', word: string) => takeCustomers(officeOf(till === 'T1' ? one : two), till, [{
      id: 'customer-ed', changedAt: AT, heardAt: null, changed: [changed], consents: [], pieces: [],
      details: { name: 'Ed Example', email: 'ed@example.org', phone: '', card: '', note: '', address: '', language: null, [changed]: word },
    }])
    await Promise.all([told('T1', 'phone', '030 777888'), told('T2', 'address', 'New Street 9')])
    expect(await findCustomers(officeOf(one), 'test', 'ed@example.org')).toMatchObject([{ phone: '030 777888', address: 'New Street 9' }])
  })
})

describe('a piece that an order in the web and a till want at the same moment', () => {
  const order = (number: string, serial: string) => ({
    number, storeId: 'berlin', soldAt: AT, currency: 'EUR', channel: 'online' as const, lines: [{ sku: 'CAM-100', quantity: 1, price_cents: cents(100), serial }],
  })
  const stocked = (id: string, serial: string): Promise<void> => {
    const facts = { custody: { at: 'in-stock' as const, storeId: 'berlin', area: 'shelf' }, title: { is: 'ours' as const }, condition: 'new' as const, flags: [], cover: [] }
    const aliases = [{ value: serial, kind: 'serial' as const, retired_why: null, match_key: null }]
    return db().transaction((tx) => writeUnits(tx, [{ was: 0, unit: withFacts(newUnit(id, camera, aliases, facts), facts) }]))
  }
  const sells = (number: string, serial: string) => change(two.hub.ground, (tx, tell) => takeOrder(tx, tell, officeOf(two), order(number, serial)))

  it('is in no basket any more once the order has it', async () => {
    await stocked('unit-web', 'SN-WEB-1')
    const office = officeOf(one)
    const lease = await beside(office.db, (tx) => takeOrder(tx, () => undefined, office, order('W-1', 'SN-WEB-1')), () => claim(two.hub.ground, 'till-0', 'unit-web'))
    expect(lease).toEqual({ status: 'fulfilled', value: { is: 'gone', why: 'sold' } })
  })

  it('is not ordered once it is in a basket, and is again when it has left that', async () => {
    await stocked('unit-till', 'SN-TILL-1')
    const inBasket = "INSERT INTO claim (unit_id, till, token, until_ms) VALUES ('unit-till', 'till-0', 1, $1)"
    const ordered = await beside(db(), (tx) => tx.query(inBasket, [Date.now() + 60_000]), () => sells('W-2', 'SN-TILL-1'))
    expect(ordered).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('in-a-basket') as string } })
    await release(one.hub.ground, 'till-0', 'unit-till', null)
    expect(await sells('W-3', 'SN-TILL-1')).toMatchObject({ state: 'sold', units: ['unit-till'] })
  })

  it('stays in the basket of a till that gave it back and asked anew, however late the word of giving back comes', async () => {
    await stocked('unit-late', 'SN-LATE-1')
    const asks = async ({ hub }: RunningOffice, till: string) => {
      const reply = await claim(hub.ground, till, 'unit-late')
      return reply.is === 'gone' ? reply.why : reply.until
    }
    const first = await asks(one, 'till-0')
    const second = await asks(two, 'till-0')
    await release(one.hub.ground, 'till-0', 'unit-late', first)
    expect(await claim(one.hub.ground, 'till-1', 'unit-late')).toMatchObject({ is: 'held' })
    await release(two.hub.ground, 'till-0', 'unit-late', second)
    expect(await claim(one.hub.ground, 'till-1', 'unit-late')).toMatchObject({ is: 'yours' })
  })

  it('is sold to one of two orders', async () => {
    await stocked('unit-two', 'SN-TWO-1')
    const both = await Promise.allSettled([sells('W-4', 'SN-TWO-1'), sells('W-5', 'SN-TWO-1')])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('a count to which tills add at the same moment', () => {
  it('has what every till saw, told once and without a hole, whichever process each told', async () => {
    const seen = (till: string, n: number): EventBody => ({
      v: 1, seq: n, p: 0, id: `${till}-${n}`, kind: 'checked', unitId: null, at: AT, storeId: 'berlin', tillId: till, staffId: null, who: null, params: {}, facts: null,
      rows: [{ book: 'count_pieces', key: `${till}-${n}`, row: { count_id: 'count-1', unit_id: `unit-${n}`, found_at: AT, found_by: 'Ada', expected: 1, why: null } }],
    })
    const tell = ({ hub }: RunningOffice, till: string, n: number) => change(hub.ground, (tx, told) => tellCounts(tx, told, till, [seen(till, n)]))
    // Every word comes twice, as after an answer that was lost.
    const words = ['T1', 'T2'].flatMap((till) => [1, 2, 3, 4].flatMap((n) => [tell(one, till, n), tell(two, till, n)]))
    await Promise.all(words)
    const rows = (await readFeed(db(), 'berlin', 0, 1_000)).filter(({ body }) => body.includes('count_sightings'))
    expect(rows.map(({ body }) => JSON.stringify((JSON.parse(body) as { key: object }).key)).sort()).toEqual(
      ['T1', 'T2'].flatMap((till) => [1, 2, 3, 4].map((n) => JSON.stringify({ count_id: 'count-1', found_at: AT, till_id: till, unit_id: `unit-${n}` }))).sort(),
    )
    for (const scope of [EVERYWHERE, 'berlin']) {
      const all = await readFeed(db(), scope, 0, 1_000)
      expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1))
    }
  })
})

describe('registers outside that count or charge each question', () => {
  it('are asked by one person no more often than anybody looks at pieces', async () => {
    const ask = () => owner.client.units.askRegisters({ unitId: 'nobodys' }).then(() => 'asked', (error: { data?: { code?: string } }) => error.data?.code)
    const heard = []
    for (let n = 0; n < 40; n += 1) heard.push(await ask())
    expect(heard.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 'asked'))
    expect(heard.at(-1)).toBe('too-many-questions')
  })
})
