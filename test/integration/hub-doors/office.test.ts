import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAUTIOUS_POLICY } from '../../../contract/cautious-policy.ts'
import { cents } from '../../../contract/money.ts'
import type { FeedRow } from '../../../contract/sync/wire.ts'
import { eraseOverdue, saveCustomer } from '../../../hub/customers/customers.ts'
import { customerKey, sealingWith } from '../../../hub/customers/sealing.ts'
import { appendTold } from '../../../hub/reports/told-row.ts'
import { tellOut } from '../../../hub/reports/tell-out.ts'
import { ProductOrder, StolenOrder } from '../../../hub/contract/shop-calls.ts'
import { Browser, joinWithTotp, startOffice, startPostgres, type RunningOffice, type TestPostgres } from '../../support/hub-office.ts'
import { BERLIN, openShop, until } from '../../support/hub-shop.ts'

let postgres: TestPostgres
let office: RunningOffice
let owner: Browser
let camera = ''

beforeAll(async () => {
  postgres = await startPostgres()
  office = await startOffice(await postgres.database('office'), postgres.folder)
  owner = new Browser(office.hub.url)
  await joinWithTotp(owner, office.ownerCode)
  camera = await openShop(owner.client)
  const { id } = await owner.upload('units', 'pieces.csv', `sku,serial,store,lot\n${Array.from({ length: 20 }, (_, n) => `CAM-100,LX-${String(n).padStart(4, '0')},berlin,${n < 10 ? 'L1' : 'L2'}`).join('\n')}`)
  await owner.client.imports.start({ id })
  await until(() => owner.client.imports.view({ id }), (view) => view.state === 'done')
})

afterAll(async () => {
  await office.stop()
  await postgres.stop()
})

const db = () => office.hub.ground.db

/** Rows of the feed that all tills follow, from a number on. */
async function fed(after: number): Promise<FeedRow[]> {
  const rows = await db().query<{ body: string }>("SELECT body FROM feed WHERE scope = '*' AND seq > $1 ORDER BY seq", [after])
  return rows.map((row) => JSON.parse(row.body) as FeedRow)
}
const head = async (): Promise<number> => (await db().query<{ seq: number }>("SELECT seq FROM feed_head WHERE scope = '*'"))[0]?.seq ?? 0

describe('what is changed at the centre', () => {
  it('goes to the tills in the same commit: a price, a person, a rule', async () => {
    const before = await head()
    const [sold] = (await owner.client.catalogue.products({ text: 'x100' })).rows
    await owner.client.catalogue.saveProduct({ ...sold!, price_cents: cents(99_900) })
    const [ida] = await owner.client.staff.save({ id: null, name: 'Ida', role: 'cashier', storeId: 'berlin', badge: null, active: true })
    await owner.client.staff.setPin({ id: ida?.id ?? '', pin: '4711' })
    // As long as nobody has published any, rules begin with those that the tills work by.
    const { document } = await owner.client.policy.document({ version: null })
    expect(JSON.parse(document)).toMatchObject({ ...CAUTIOUS_POLICY })
    await owner.client.policy.publish({ document: JSON.stringify({ ...CAUTIOUS_POLICY, version: 'rules-1' }), inForceFrom: null, note: 'first' })
    const rows = (await fed(before)).map((row) => (row.t === 'record' ? [row.kind, row.row?.['price_cents'] ?? row.row?.['name'] ?? row.row?.['version']] : []))
    expect(rows).toEqual([['products', 99_900], ['staff', 'Ida'], ['staff', 'Ida'], ['policies', 'rules-1']])
    expect(await owner.client.policy.versions()).toMatchObject([{ version: 'rules-1', isInForce: true, madeBy: 'Ada Owner', note: 'first', arrival: { tills: 0 } }])
  })

  it('is refused with the number of a payment card in any field, which may be looked for and is kept nowhere', async () => {
    const card = '4111 1111 1111 1111'
    await expect(owner.client.catalogue.saveStore({ ...(await owner.client.catalogue.stores())[0]!, address: `pays with ${card}` })).rejects.toMatchObject({ data: { code: 'card-number' } })
    await expect(owner.client.lists.liftStolen({ serial: 'LX-0001', why: card })).rejects.toMatchObject({ data: { code: 'card-number' } })
    expect(await owner.client.customers.find({ text: card })).toEqual([])
  })

  it('is refused where the tills could not read it, and nothing is changed', async () => {
    const before = await head()
    const refusal = async (call: Promise<unknown>): Promise<unknown> => call.then(() => 'taken', (error: unknown) => (error as { data?: { code?: string } }).data?.code)
    expect(await refusal(owner.client.policy.publish({ document: '{"version": 1', inForceFrom: null, note: '' }))).toBe('no-policy')
    expect(await refusal(owner.client.policy.publish({ document: JSON.stringify({ ...CAUTIOUS_POLICY, version: 'x', returns: {} }), inForceFrom: null, note: '' }))).toBe('no-policy')
    expect(await refusal(owner.client.policy.publish({ document: JSON.stringify({ ...CAUTIOUS_POLICY, version: 'rules-1' }), inForceFrom: null, note: '' }))).toBe('already-there')
    const [product] = (await owner.client.catalogue.products({ text: 'x100' })).rows
    if (product === undefined) throw new Error('no camera')
    expect(await refusal(owner.client.catalogue.saveProduct({ ...product, gtin: '09521234543214' }))).toBe('bad-number')
    expect(await refusal(owner.client.catalogue.saveProduct({ ...product, id: null, sku: 'OTHER' }))).toBe('already-there')
    expect(await refusal(owner.client.catalogue.saveProduct({ ...product, serialMask: '{' }))).toBe('no-rule')
    expect(await refusal(owner.client.tills.enrol({ storeId: 'nowhere' }))).toBe('unknown-store')
    expect(await refusal(owner.client.catalogue.saveStore({ ...BERLIN, name: 'Another', isNew: true }))).toBe('already-there')
    expect(await refusal(owner.client.catalogue.saveStore({ ...BERLIN, currency: 'CHF' }))).toBe('currency-stays')
    expect(await owner.client.catalogue.stores()).toEqual([BERLIN])
    expect(await head()).toBe(before)
  })

  it('has its products and its stolen numbers in any order, page by page, and each once', async () => {
    const [product] = (await owner.client.catalogue.products({ text: 'x100' })).rows
    if (product === undefined) throw new Error('no camera')
    for (const [sku, price, supplier] of [['SO-1', 300, ''], ['SO-2', 1_200, 'Zeta'], ['SO-3', 300, 'alpha'], ['SO-4', 20, '']] as const)
      await owner.client.catalogue.saveProduct({ ...product, id: null, gtin: null, sku, name: `Sorted ${sku}`, price_cents: cents(price), supplier })
    const walked = async (order: ProductOrder | null, isDown: boolean): Promise<string[]> => {
      const skus: string[] = []
      for (let after: string | null = null; ;) {
        const page = await owner.client.catalogue.products({ text: 'sorted', order, isDown, after, limit: 1 })
        skus.push(...page.rows.map(({ sku }) => sku))
        if (page.next === null) return skus
        after = page.next
      }
    }
    expect(await walked('price', true)).toEqual(['SO-2', 'SO-3', 'SO-1', 'SO-4'])
    expect(await walked('price', false)).toEqual(['SO-4', 'SO-1', 'SO-3', 'SO-2'])
    expect((await walked('supplier', false)).slice(0, 2)).toEqual(['SO-3', 'SO-2'])
    expect((await walked('supplier', true)).slice(0, 2)).toEqual(['SO-2', 'SO-3'])
    for (const order of ProductOrder.options) for (const isDown of [false, true]) expect((await walked(order, isDown)).toSorted()).toEqual(['SO-1', 'SO-2', 'SO-3', 'SO-4'])

    await owner.client.lists.reportStolen({ serials: ['SO-B', 'SO-A', 'SO-C'], kind: 'stolen-reported', reference: 'sorted', reason: '' })
    const stolen = async (order: StolenOrder | null, isDown: boolean) => {
      const first = await owner.client.lists.stolen({ text: 'sorted', order, isDown, limit: 2 })
      const rest = await owner.client.lists.stolen({ text: 'sorted', order, isDown, limit: 2, after: first.next })
      return [...first.rows, ...rest.rows].map(({ serial }) => serial)
    }
    expect(await stolen('serial', false)).toEqual(['SO-A', 'SO-B', 'SO-C'])
    for (const order of [null, ...StolenOrder.options]) expect(await stolen(order, true)).toEqual(['SO-C', 'SO-B', 'SO-A'])
  })

  it('shows of a recall what it means before it is opened, and where it has arrived after', async () => {
    const rule = { by: 'lot', lots: ['L2'] } as const
    expect(await owner.client.lists.tryRule({ productId: camera, rule: { by: 'lot', lots: ['L2'] } })).toMatchObject({ meant: 10, sold: 0 })
    const device = "INSERT INTO device (till, code, name, store_id, public_key, state, follows, joined_at) VALUES ($1, $2, $3, 'berlin', '', 'joined', 'all', '2026-01-01T00:00:00.000Z')"
    await db().query(device, ['t1', 'B1', 'Counter 1'])
    await db().query(device, ['t2', 'B2', 'Counter 2'])
    await owner.client.lists.openCampaign({ reference: 'RC-1', productId: camera, rule: { by: rule.by, lots: [...rule.lots] }, openedOn: '2026-11-20', reason: 'fire', remedy: 'swap', source: 'maker', stopUse: true })
    expect(await owner.client.lists.campaigns()).toMatchObject([{ reference: 'RC-1', units: 10, arrival: { tills: 2, arrived: 0, waiting: ['Counter 1', 'Counter 2'] } }])
    await db().query('INSERT INTO till_heard (till, cursors, at) VALUES ($1, $2, $3)', ['t1', `*:${await head()}`, new Date().toISOString()])
    expect(await owner.client.lists.campaigns()).toMatchObject([{ arrival: { arrived: 1, waiting: ['Counter 2'] } }])
    expect(await owner.client.lists.endCampaign({ reference: 'RC-1', productId: camera })).toEqual([])
  })

  it('reads the numbers of a recall from a file, and none from one that is no list of numbers any more', async () => {
    const readNumbers = (text: string) => owner.client.lists.readNumbers({ file: new File([text], 'maker.csv') })
    expect(await readNumbers('serial\nLX-0001\n\n"LX-0002')).toMatchObject({ numbers: ['LX-0001'], bad: 1, troubles: [{ line: 4, code: 'broken-line' }] })
    await expect(readNumbers('1234567\n'.repeat(400_000))).rejects.toMatchObject({ status: 413 })
  })

  it('lets a till in by a code that is shown once, and shuts one out', async () => {
    const { code } = await owner.client.tills.enrol({ storeId: 'berlin' })
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/u)
    const rows = await owner.client.tills.setState({ till: 't2', state: 'revoked', why: 'sold' })
    expect(rows.find((row) => row.till === 't2')).toMatchObject({ health: 'revoked', stateWhy: 'sold' })
    expect(rows.find((row) => row.till === 't1')).toMatchObject({ health: 'never-seen', storeName: 'Berlin' })
  })
})

describe('rules that tills propose', () => {
  const propose = async (version: string, basedOn: string, document: string, step = 'in-force') => {
    const row = { version, based_on: basedOn, document, why: 'too many come late', staff_id: 's', who: 'Mina', made_at: '2026-11-20T10:00:00.000Z' }
    const put = (book: string, id: string, body: object) =>
      db().query("INSERT INTO booked (till, inc, book, row_id, seq, store_id, at, body) VALUES ('till-p', 'i', $1, $2, 1, 'berlin', '2026-11-20T10:00:00.000Z', $3)", [book, id, JSON.stringify(body)])
    await put('policy_versions', version, row)
    await put('policy_steps', `${version} ${step}`, { version, step, at: row.made_at })
  }
  const refusal = async (call: Promise<unknown>): Promise<unknown> => call.then(() => 'taken', (error: unknown) => (error as { data?: { code?: string } }).data?.code)

  it('say what they would change and whether they know of today’s rules; what nobody can read can only be refused', async () => {
    await db().query("INSERT INTO device (till, code, name, store_id, public_key, state, follows, joined_at) VALUES ('till-p', 'P1', 'Counter P', 'berlin', 'k', 'joined', 'store', '2026-11-01T00:00:00.000Z')")
    const inForce = (await owner.client.policy.versions()).find(({ isInForce }) => isInForce)?.version ?? ''
    const { document } = await owner.client.policy.document({ version: null })
    const policy = JSON.parse(document) as typeof CAUTIOUS_POLICY
    const draft = (version: string) => JSON.stringify({ ...policy, version, returns: { ...policy.returns, windows: [{ category: '*', days: 3 }] } })
    await propose('P1-P1', 'rules-0', draft('P1-P1'))
    await propose('P1-P2', 'P1-P1', draft('P1-P2'), 'withdrawn')
    await propose('P1-P3', inForce, draft('P1-P3'), 'trial')
    await propose('P1-P4', inForce, '{"version": "P1-P4"')
    const rest = await owner.client.policy.proposals()
    const told = ({ version, isBehind, isReadable, step, changes }: (typeof rest)[number]) =>
      [version, isBehind ? 'behind' : 'of today', isReadable ? 'readable' : 'unreadable', step, ...changes.map(({ code }) => code)].join(', ')
    expect(rest.map(told).sort()).toEqual(['P1-P1, behind, readable, in-force, window', 'P1-P3, of today, readable, trial, window', 'P1-P4, of today, unreadable, in-force'])
    const answer = (version: string, how: 'adopted' | 'refused') => owner.client.policy.answer({ till: 'till-p', version, answer: how, note: 'no' })
    expect(await refusal(answer('P1-P4', 'adopted'))).toBe('no-policy')
    expect(await refusal(answer('P1-P9', 'refused'))).toBe('no-such-thing')
    // Somebody left the page open while the shop took its proposal back.
    expect([await refusal(answer('P1-P2', 'adopted')), await refusal(answer('P1-P2', 'refused'))]).toEqual(['stale', 'stale'])
    for (const version of ['P1-P4', 'P1-P1', 'P1-P3']) await answer(version, 'refused')
    expect(await refusal(answer('P1-P1', 'adopted'))).toBe('stale')
    expect(await owner.client.policy.proposals()).toEqual([])
    expect((await owner.client.policy.versions()).find((row) => row.isInForce)?.version).toBe(inForce)
  })
})

describe('what the tills did', () => {
  /** What a till has sent and the centre has applied, as the sync room leaves it behind. */
  async function applied(events: readonly { kind: string; unitId: string; params: object; verdict?: string }[]): Promise<void> {
    const { db } = office.hub.ground
    const [row] = await db.query<{ seq: number }>("SELECT seq FROM register_head WHERE till = 't1'")
    const start = row?.seq ?? 0
    for (const [n, event] of events.entries()) {
      const seq = start + n + 1
      const body = { v: 1, seq, p: 0, id: `e${seq}`, kind: event.kind, unitId: event.unitId, at: '2026-11-20T23:30:00.000Z', storeId: 'berlin', tillId: 't1', staffId: null, who: 'Ida', params: event.params, facts: null }
      await db.query("INSERT INTO journal (till, inc, seq, id, kind, unit_id, at, hash, body, received_at) VALUES ('t1', 'i1', $1, $2, $3, $4, $5, '', $6, $5)", [seq, body.id, body.kind, body.unitId, body.at, JSON.stringify(body)])
      await db.query("INSERT INTO event_answer (till, inc, seq, verdict, unit_id, ver) VALUES ('t1', 'i1', $1, $2, $3, 1)", [seq, event.verdict ?? 'accepted', event.unitId])
    }
    await db.query(
      "INSERT INTO register_head (till, inc, seq, hash, applied, base_hash) VALUES ('t1', 'i1', $1, '', $1, '') ON CONFLICT (till, inc) DO UPDATE SET seq = excluded.seq, applied = excluded.applied", [start + events.length],
    )
  }

  it('F085, IT-14: says what left the books and why, and how suppliers deliver', async () => {
    const units = (await db().query<{ id: string }>("SELECT u.id FROM unit u JOIN unit_alias a ON a.unit_id = u.id WHERE a.value LIKE 'LX-%' ORDER BY a.value")).map((row) => row.id)
    const of = (n: number): string => units[n] ?? ''
    await db().query("INSERT INTO receive_notice (number, supplier, store_id, due_on, state, body, made_at) VALUES ('ASN-9', 'Lumen Optics', 'berlin', '2025-03-04', 'expected', '{}', '2025-03-01T10:00:00.000Z')")
    await db().query("UPDATE unit_origin SET supplier = 'Lumen Optics', notice = 'ASN-9' WHERE unit_id = $1", [of(15)])
    await db().query("INSERT INTO unit_origin (unit_id, supplier, lot, notice) VALUES ($1, 'Lumen Optics', NULL, 'ASN-9') ON CONFLICT DO NOTHING", [of(15)])
    const line = (n: number, kind: string, params: object, at = '2025-03-05T10:00:00.000Z') => ({
      id: `past-${n}-${kind}`, kind, unit_id: of(n), product_id: camera, serial: null, lot: null, supplier: 'Lumen Optics', store_id: 'berlin', till: 't9', at, day: at.slice(0, 10),
      received_at: at, verdict: 'accepted', amount_cents: null, currency: null, params: JSON.stringify(params),
    })
    await db().transaction((tx) => appendTold(tx, [
      line(15, 'commissioned', { despatch: 'ASN-9' }, '2025-03-01T10:00:00.000Z'), line(15, 'received', { place: 'shelf' }), line(16, 'received', { place: 'inspection', arrived: 'damaged' }),
      line(17, 'received', { from: 'lyon' }), line(18, 'lost', { why: 'stolen', reason: 'Showcase' }), line(19, 'retired', { why: 'destroyed' }), line(17, 'missed', {}), line(17, 'found', { to: 'shelf' }),
      line(18, 'found', { to: 'shelf' }, '2025-03-06T10:00:00.000Z'),
    ]))
    const span = { from: '2025-03-01', to: '2025-03-31' }
    const price_cents = (await owner.client.catalogue.products({ text: 'Lumen' })).rows[0]?.price_cents
    expect((await owner.client.reports.losses(span)).sort((a, b) => a.why.localeCompare(b.why))).toEqual(
      (['destroyed', 'found', 'stolen'] as const).map((why) => ({ why, currency: 'EUR', pieces: 1, value_cents: price_cents })),
    )
    expect(await owner.client.reports.deliveries(span)).toEqual([{ supplier: 'Lumen Optics', received: 2, damaged: 1, late: 1, unannounced: 1, medianDays: 4 }])
    expect(await owner.client.reports.deliveries({ ...span, storeId: 'nowhere' })).toEqual([])
    await db().query("DELETE FROM told WHERE till = 't9'")
  })

  it('is told once and in order, whoever tells it, and reported by the day of the shop', async () => {
    const units = (await db().query<{ id: string }>("SELECT u.id FROM unit u JOIN unit_alias a ON a.unit_id = u.id WHERE a.value LIKE 'LX-%' ORDER BY a.value")).map((row) => row.id)
    const sold = units.slice(0, 10).map((unitId) => ({ kind: 'sold', unitId, params: { receipt: 'R1', price_cents: 10_000, currency: 'EUR' } }))
    const back = units.slice(0, 3).flatMap((unitId, n) => [
      { kind: 'returned', unitId, params: { reason: n === 0 ? 'faulty' : 'changed-mind', number: 'G1' } }, { kind: 'refunded', unitId, params: { amount_cents: 10_000, currency: 'EUR' } },
    ])
    const checked = (unitId: string, outcome: string, reason: string) => ({ kind: 'checked', unitId, params: { outcome, reason, seat: 'counter' } })
    const asked = [
      checked(units[0] ?? '', 'ask-staff', 'stolen-reported'), checked(units[1] ?? '', 'refuse', 'returned-on'), checked(units[2] ?? '', 'refuse', 'window-over'),
      checked(units[3] ?? '', 'accept', 'no-flag'), checked(units[4] ?? '', 'ask-staff', 'list-too-old'),
    ]
    const contrary = ['unknown-unit', 'refund-other-sale', 'refund-over-claim', 'double-refund', 'facts-differ', 'after-conflict', 'unreadable']
      .map((verdict) => ({ kind: 'inspected', unitId: units[11] ?? '', params: {}, verdict }))
    await applied([...sold, ...back, ...asked, { kind: 'sold', unitId: units[9] ?? '', params: { price_cents: 10_000, currency: 'EUR' }, verdict: 'double-sale' }, ...contrary])
    await Promise.all([tellOut(db()), tellOut(db()), tellOut(db())])
    const told = await until(() => db().query<{ seq: number; id: string }>("SELECT seq, id FROM told WHERE till = 't1' ORDER BY seq"), (rows) => rows.length >= 29)
    expect(told).toHaveLength(29)
    expect(told.map((row) => row.id)).toEqual(Array.from({ length: 29 }, (_, n) => `e${n + 1}`))
    // Half past eleven at night in Greenwich is the next morning in Berlin.
    const span = { from: '2026-11-21', to: '2026-11-21' }
    expect(await owner.client.reports.sales(span)).toEqual([{ day: '2026-11-21', currency: 'EUR', pieces: 11, sold_cents: 110_000, refunded_cents: 30_000 }])
    expect(await owner.client.reports.sales({ from: '2026-11-20', to: '2026-11-20' })).toEqual([])
    expect(await owner.client.reports.rates({ ...span, by: 'model' })).toMatchObject([{ name: 'Lumen X100', sold: 10, returned: 3, failed: 1, returned_bp: 3_000, failed_bp: 1_000 }])
    expect(await owner.client.reports.rates({ ...span, by: 'lot' })).toMatchObject([{ key: 'L1', sold: 10 }])
    expect(await owner.client.reports.rates({ ...span, by: 'supplier' })).toMatchObject([{ key: 'Lumen Optics', sold: 10 }])
    expect(await owner.client.reports.rates({ ...span, by: 'serials' })).toMatchObject([{ name: 'Lumen X100 · LX-0…' }])
    // What was over time, clear or merely doubtful is no fraud, nor is what a till did that knew no better.
    expect((await owner.client.reports.frauds(span)).map(({ kind, count }) => `${kind} ${count}`).sort()).toEqual(['conflict 3', 'second-return 2', 'stolen 1', 'wrong-piece 1'])
    expect((await owner.client.live.recent()).events.find(({ verdict }) => verdict === 'double-sale')).toMatchObject({ kind: 'sold', verdict: 'double-sale', thing: 'Lumen X100', tillName: 'Counter 1' })
  })

  it('is settled by a person once, with what was found out', async () => {
    const [unit] = await owner.client.units.find({ text: 'LX-0009' })
    const unitId = unit?.unitId ?? ''
    await db().query('UPDATE unit SET disputed = true WHERE id = $1', [unitId])
    await db().query("INSERT INTO conflict_case (unit_id, case_id, kind, a, b, store_id, state, opened_at) VALUES ($1, 'c1', 'double-sale', $2, $3, 'berlin', 'open', '2026-11-20T10:00:00.000Z')", [
      unitId, JSON.stringify({ till: 't1', title: 'sold', receipt: 'R1', at: '2026-11-20T09:00:00.000Z', storeId: 'berlin' }),
      JSON.stringify({ till: 't2', kind: 'sold', at: '2026-11-20T09:30:00.000Z', storeId: 'berlin', who: 'Otto', params: { receipt: 'R2', price_cents: 5_000, currency: 'EUR' } }),
    ])
    expect(await owner.client.cases.list({ state: 'open' })).toMatchObject([
      { kind: 'double-sale', thing: 'Lumen X100', serial: 'LX-0009', first: { tillName: 'Counter 1', receipt: 'R1' }, second: { who: 'Otto', amount_cents: 5_000 }, steps: ['wrong-scan', 'void', 'fraud', 'keep-both'] },
    ])
    const settling = { id: 'c1', unitId, how: 'wrong-scan', note: 'it was LX-0010' } as const
    expect(await owner.client.cases.settle(settling)).toEqual([])
    await expect(owner.client.cases.settle(settling)).rejects.toMatchObject({ data: { code: 'stale' } })
    expect(await owner.client.cases.list({ state: 'settled' })).toMatchObject([{ settledHow: 'wrong-scan', settledBy: 'Ada Owner', note: 'it was LX-0010' }])
  })
})

describe('a person whose time is over', () => {
  it('is erased by itself, and the others are not', async () => {
    const ground = office.hub.ground
    const known = { ...ground, sealing: sealingWith(customerKey(undefined, postgres.folder)) }
    const details = { phone: '', address: '', language: 'en' as const }
    const old = await saveCustomer(ground.db, { ...known, now_ms: () => Date.UTC(2020, 0, 1) }, { ...details, email: 'old@example.org', name: 'Old' })
    await saveCustomer(ground.db, known, { ...details, email: 'new@example.org', name: 'New', phone: '+49 30 123456' })
    expect(await eraseOverdue(known)).toBe(1)
    expect(await ground.db.query('SELECT sealed FROM customer WHERE id = $1', [old])).toEqual([{ sealed: null }])
    expect(await owner.client.customers.find({ text: 'old@example.org' })).toEqual([])
    expect(await owner.client.customers.find({ text: '030 123456' })).toMatchObject([{ name: 'New' }])
    expect(readFileSync(`${postgres.folder}/customer.key`, 'utf8')).toMatch(/^[A-Za-z0-9+/]{43}=$/u)
  })
})

describe('a start that fails', () => {
  it('says why, and all that it had to say before: the code of the owner among it', async () => {
    const starting = promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../../scripts/hub.ts'), '--data', postgres.folder, '--port', new URL(office.hub.url).port], {
      env: { ...process.env, DATABASE_URL: await postgres.database('no_door') },
    })
    const { code, stderr } = await starting.then(() => ({ code: 0, stderr: '' }), (error: unknown) => error as { code: number; stderr: string })
    expect(code).toBe(1)
    expect(stderr).toMatch(/joins on its page with the code \S+\n[^]*EADDRINUSE/u)
  })
})
