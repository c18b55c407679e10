import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { demoExamples } from '../../../electron/core/demo/examples.ts'
import type { SaleAction } from '../../../contract/sale-view.ts'
import { seenAs } from '../../../contract/shift-view.ts'
import { answerProposal, listProposals } from '../../../hub/catalogue/policy-proposals.ts'
import { openPostgres } from '../../../hub/database.ts'
import type { Office } from '../../../hub/people/office.ts'
import { startHub, type Hub } from '../../../hub/start-hub.ts'
import { makeJoinCode } from '../../../hub/sync/devices.ts'
import { loadMirror } from '../../../hub/sync/load-mirror.ts'
import { booksIn, checkIn, enter, saleIn, scan, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'
import { findUnits } from '../../../hub/tills/unit-search.ts'
import { verdictsOf } from '../../../hub/tills/unit-verdict.ts'
import { startPostgres, type TestPostgres } from '../../support/hub-office.ts'
import { until } from '../../support/hub-shop.ts'

const STORE = 'store-berlin'
const SUPERVISOR = { staffId: 'staff-ines', pin: '2222' }
const MANAGER = { staffId: 'staff-jonas', pin: '3333' }
const ROSA = { name: 'Rosa Núñez', phone: '+49 171 5550199', email: 'rosa@example.org', card: '', address: '', note: '', language: null }

const folders = { seed: temporaryFolder(), one: temporaryFolder(), two: temporaryFolder() }
const tills: RunningTill[] = []
const leave: (() => void)[] = []
let postgres: TestPostgres
let database = ''
let hub: Hub
let one: Client
let two: Client
let pieces: { id: string; serial: string }[] = []
let lot = { lot: '', code: '' }
/** The receipt of a sale that the centre could not hear of. */
let offline = ''
/** The day that was open when the line went, and the one that was opened without it. */
let [first, second] = ['', '']

const openHub = (port: number): Promise<Hub> =>
  startHub({ host: '127.0.0.1', port, dataDir: postgres.folder, databaseUrl: database, load: null, joinCodes: false }, () => undefined)

/** Starts a till as its user does, with the address of the centre and a code from there. */
async function joinTill(dir: string, letters: string): Promise<Client> {
  const { code } = await makeJoinCode(hub.ground, STORE, 'test')
  const till = await startTill(['--data', dir, '--till', letters, '--hub', hub.url, '--join', code])
  const { client, close } = await enter(till)
  tills.push(till)
  leave.push(close)
  await until(() => client.desk.view(), ({ sync }) => sync.state === 'up-to-date', 60_000)
  await client.session.signIn(SUPERVISOR)
  await client.shift.act({ action: { do: 'open', float_cents: cents(20_000) } })
  return client
}

/** Plain pieces on the shelf of this store that nobody has anything to ask about. */
function plainPieces(): { id: string; serial: string }[] {
  const db = new Database(join(folders.seed.path, 'mirror.db'), { readonly: true })
  try {
    return db
      .prepare(
        `SELECT u.id, a.value AS serial FROM units u JOIN unit_aliases a ON a.unit_id = u.id AND a.kind = 'serial' AND a.retired_why IS NULL
         WHERE u.title = 'ours' AND u.custody = 'in-stock' AND u.area = 'shelf' AND u.store_id = ? AND u.more IS NULL AND u.condition = 'new'
           AND u.product_id = (SELECT product_id FROM units WHERE store_id = ? AND area = 'shelf' AND more IS NULL GROUP BY product_id ORDER BY count(*) DESC LIMIT 1)
         ORDER BY a.value DESC LIMIT 8`,
      )
      .all(STORE, STORE) as { id: string; serial: string }[]
  } finally {
    db.close()
  }
}

/** A lot of this store that is not over, as its label says it. */
function freshLot(): { lot: string; code: string } {
  const db = new Database(join(folders.seed.path, 'mirror.db'), { readonly: true })
  const row = db.prepare(
    `SELECT p.gtin, l.lot, l.expiry FROM lots l JOIN products p ON p.id = l.product_id
     WHERE l.store_id = ? AND l.expiry >= date('now', '+1 day') AND p.gtin IS NOT NULL ORDER BY p.id, l.lot LIMIT 1`,
  ).get(STORE) as { gtin: string; lot: string; expiry: string }
  db.close()
  return { lot: row.lot, code: `]d201${row.gtin}17${row.expiry.slice(2).replaceAll('-', '')}10${row.lot}` }
}

beforeAll(async () => {
  withDemoMirror(folders.seed.path)
  pieces = plainPieces()
  lot = freshLot()
  postgres = await startPostgres()
  database = await postgres.database('joined')
  hub = await openHub(0)
  await loadMirror(hub.ground, join(folders.seed.path, 'mirror.db'))
  one = await joinTill(folders.one.path, 'T1')
  two = await joinTill(folders.two.path, 'T2')
}, 180_000)
afterAll(async () => {
  for (const go of leave) go()
  await Promise.all(tills.map((till) => till.end()))
  await hub.stop()
  await postgres.stop()
  for (const folder of Object.values(folders)) folder.remove()
})

const sale = async (client: Client) => saleIn(await client.sale.begin())
const act = async (client: Client, action: SaleAction) => saleIn(await client.sale.act({ flowId: (await sale(client)).flowId, action }))

async function sell(client: Client, serial: string): Promise<void> {
  await sale(client)
  await scan(client, serial)
  await pay(client)
}
async function pay(client: Client): Promise<Extract<ReturnType<typeof saleIn>, { at: 'paid' }>> {
  const asked = await act(client, { do: 'pay' })
  if (asked.at !== 'tendering') throw new Error(`the sale is ${asked.at}`)
  const paid = await act(client, { do: 'tender', kind: 'cash', given_cents: asked.due_cents })
  if (paid.at !== 'paid') throw new Error(`the sale is ${paid.at}`)
  return paid
}
const lines = async (client: Client) => (await sale(client)).lines.length
const piece = (index: number) => pieces[index] ?? { id: '', serial: '' }
/** One value of a till's mirror, read beside the running till. */
function mirrored(dir: string, query: string, ...values: string[]): unknown {
  const db = new Database(join(dir, 'mirror.db'), { readonly: true })
  try {
    return (db.prepare(query).get(...values) as { value: unknown } | undefined)?.value
  } finally {
    db.close()
  }
}
const titleAtHub = async (id: string) => (await hub.ground.db.query<{ title: string }>('SELECT title FROM unit WHERE id = $1', [id]))[0]?.title
const waiting = async (client: Client) => (await client.desk.view()).sync.waiting.events

async function unsentSeen(client: Client): Promise<number> {
  const { shift } = await client.desk.view()
  return shift.at === 'open' ? (shift.openWork.find(({ kind }) => kind === 'unsent')?.count ?? 0) : -1
}

describe('tills that were joined at their start', () => {
  it('have their goods from the centre, and a sale of the one is known at the centre and at the other', async () => {
    await sell(one, piece(0).serial)
    await expect.poll(() => titleAtHub(piece(0).id)).toBe('sold')
    await expect.poll(() => waiting(one)).toBe(0)
    await expect.poll(() => unsentSeen(one)).toBe(0)
    await expect.poll(() => hub.ground.db.query("SELECT count(*)::bigint AS n FROM booked WHERE book = 'tenders'")).toEqual([{ n: 1 }])
    await expect.poll(() => mirrored(folders.two.path, 'SELECT title AS value FROM units WHERE id = ?', piece(0).id)).toBe('sold')
  })

  it('a new label that one puts on a piece is found at the other and at the centre, and so is a piece that it keeps for a customer', async () => {
    const { id } = piece(6)
    const { number } = await two.units.relabel({ unitId: id, why: 'none', photos: [] })
    await until(() => one.service.findPiece({ text: number }), (found) => found?.unitId === id)
    expect((await findUnits(hub.ground.db, number)).map(({ unitId }) => unitId)).toEqual([id])
    await two.reservations.reserve({ unitId: id, customer: 'Rosa Núñez', days: 3, send: false })
    const kept = await until(() => one.reservations.view(), (list) => list.length > 0)
    expect(kept).toMatchObject([{ unitId: id, way: 'waits-here', customer: null }])
    await one.reservations.letGo({ unitId: id })
    await until(() => two.reservations.view(), (list) => list.length === 0)
  })

  it('P02: have a piece only once: whose scan was first sells it, the other is told before money is taken', async () => {
    await sale(one)
    await scan(one, piece(1).serial)
    expect(await lines(one)).toBe(1)
    await expect.poll(async () => (await hub.ground.db.query('SELECT till FROM claim WHERE unit_id = $1 AND until_ms > $2', [piece(1).id, Date.now()])).length).toBe(1)
    await sale(two)
    await scan(two, piece(1).serial)
    // The last look before money waits for no slow centre: this is about a word of it that has come.
    await expect.poll(() => booksIn(folders.two.path, `SELECT state FROM unit_claims WHERE unit_id = '${piece(1).id}'`)).toEqual([{ state: 'held' }])
    const refused = (await lines(two)) === 0 || (await act(two, { do: 'pay' })).at !== 'tendering'
    expect(refused).toBe(true)
    await pay(one)
    await expect.poll(() => titleAtHub(piece(1).id)).toBe('sold')
    const cases = await hub.ground.db.query('SELECT case_id FROM conflict_case')
    expect(cases).toEqual([])
  })
})

describe('a piece that the centre looks up', () => {
  it('has the verdict that a till has of it: the same facts, the same rules, the same judgement', async () => {
    const seed = new Database(join(folders.seed.path, 'mirror.db'), { readonly: true })
    const stories = ['stolen', 'stolen-from-us', 'recalled', 'may-be-returned', 'window-over', 'already-returned', 'counterfeit', 'activation-lock', 'in-repair', 'transferred', 'sold-online']
    const examples = demoExamples(seed, { storeId: STORE, now: new Date().toISOString() }).filter(({ story }) => stories.includes(story))
    seed.close()
    expect(examples.length).toBeGreaterThan(6)
    const outcomes = new Set<string>()
    for (const { story, text } of examples) {
      await two.desk.go({ to: 'check', unitId: null })
      const shown = checkIn(await scan(two, text))
      const [card] = await findUnits(hub.ground.db, text)
      if (shown.at !== 'result' || shown.unit === null || card === undefined) throw new Error(`no piece for ${story}`)
      const there = await verdictsOf(hub.ground, shown.unit.unitId)
      expect(told(there?.check), story).toEqual(told(shown.verdict))
      outcomes.add(shown.verdict.outcome)
    }
    expect([...outcomes].sort()).toEqual(['accept', 'ask-staff'])
  })

  /** All that a verdict says, but the ages: the centre is where the lists come from. */
  const told = (verdict: Verdict | undefined) => verdict && {
    ...verdict, decidedAt: '', findings: Object.fromEntries(Object.entries(verdict.findings).map(([question, { answer, reason, params, evidence }]) => [question, { answer, reason, params, evidence }])),
  }
})

describe('rules made at a till', () => {
  const proposals = () => listProposals(hub.ground.db, Date.now())
  const office = () => hub.ground as unknown as Office
  async function inForce(days: number): Promise<string> {
    const { policy } = await one.policy.view()
    const draft = { ...policy, returns: { ...policy.returns, windows: policy.returns.windows.map((entry) => ({ ...entry, days })) } }
    const view = await one.policy.save({ draft, basedOn: policy.version, why: 'so many come late', how: 'in-force' })
    return view.policy.version
  }

  it('hold there alone and lie at the centre as a proposal, with what it would change; adopted, they hold everywhere', async () => {
    await one.session.signOut()
    await one.session.signIn(MANAGER)
    expect((await one.policy.view()).centre).toBe(hub.url)
    const version = await inForce(7)
    expect((await one.desk.view()).policy).toMatchObject({ version, from: 'here' })
    const [proposal] = await until(proposals, (list) => list.length > 0)
    expect(proposal).toMatchObject({ version, basedOn: 'demo-1', why: 'so many come late', step: 'in-force', inForce: 'demo-1', isBehind: false, storeName: expect.stringContaining('Berlin') as string })
    expect(new Set(proposal?.changes.map(({ code }) => code))).toEqual(new Set(['window']))
    expect((await two.desk.view()).policy.version).toBe('demo-1')
    await expect.poll(async () => (await one.policy.view()).versions[0]).toMatchObject({ version, isSent: true, answer: null })
    expect(await answerProposal(office(), 'Ada', { till: proposal?.till ?? '', version, answer: 'adopted', note: 'good' })).toEqual([])
    await expect(answerProposal(office(), 'Bea', { till: proposal?.till ?? '', version, answer: 'refused', note: 'too late' })).rejects.toThrow('stale')
    await expect.poll(async () => (await two.desk.view()).policy).toMatchObject({ version, from: 'centre' })
    await expect.poll(async () => (await one.desk.view()).policy).toMatchObject({ version, from: 'centre' })
    // The rules go to every till, the answer to this store's: two scopes, and either may come first.
    await expect.poll(async () => (await one.policy.view()).versions[0]).toMatchObject({ answer: { answer: 'adopted', who: 'Ada', note: 'good' } })
  })

  it('end at their till when the centre refuses them, and it is told who did and why', async () => {
    const before = (await one.desk.view()).policy.version
    const version = await inForce(3)
    const [proposal] = await until(proposals, (list) => list.length > 0)
    await answerProposal(office(), 'Ada', { till: proposal?.till ?? '', version, answer: 'refused', note: 'customers first' })
    await expect.poll(async () => (await one.desk.view()).policy).toMatchObject({ version: before, from: 'centre' })
    await expect.poll(() => one.policy.view()).toMatchObject({ overruled: { version, why: 'refused' }, versions: [{ version, answer: { who: 'Ada', note: 'customers first' } }, {}] })
    await one.policy.withdraw({ version })
    await expect(one.policy.putInForce({ version })).rejects.toMatchObject({ data: { code: 'stale-view' } })
    expect(await proposals()).toEqual([])
    await one.session.signOut()
    await one.session.signIn(SUPERVISOR)
  })
})

describe('while the centre is away', () => {
  it('P78: a sale goes on, marked as unsent, and the day is not closed before somebody has seen what the centre does not have', async () => {
    await hub.stop()
    await sell(one, piece(2).serial)
    expect(await waiting(one)).toBeGreaterThan(0)
    expect(await unsentSeen(one)).toBeGreaterThan(0)
    const { shift } = await one.desk.view()
    if (shift.at !== 'open') throw new Error(`the day is ${shift.at}`)
    const seen = shift.openWork.filter(({ kind }) => kind !== 'unsent').map(seenAs)
    const close = one.shift.act({ action: { do: 'close', counted_cents: cents(0), reason: 'nobody looked', seen } })
    await expect(close).rejects.toMatchObject({ data: { code: 'open-work' } })
    expect((await one.desk.view()).shift.at).toBe(shift.at)
  })

  it('P80, P82, P83, P84: somebody new buys a piece and a lot, under a number of this till, and the lot stands on the paper', async () => {
    const { flowId } = await sale(one)
    await one.customers.create({ details: ROSA, consents: [], flowId })
    await scan(one, piece(4).serial)
    await scan(one, lot.code)
    const paid = await pay(one)
    expect(paid.receiptNumber).toMatch(/^T1-R\d{6}$/)
    const paper = JSON.stringify(await one.papers.view({ documentId: paid.documentId }))
    expect(paper).toContain(piece(4).serial)
    expect(paper).toContain(lot.lot)
    offline = paid.receiptNumber
  })

  it('P85: every question about a piece is answered from what the till itself holds', async () => {
    await two.desk.go({ to: 'check', unitId: null })
    const result = checkIn(await scan(two, piece(0).serial))
    if (result.at !== 'result') throw new Error(`the check is ${result.at}`)
    expect(result.unit?.unitId).toBe(piece(0).id)
    expect(result.verdict.findings).toMatchObject({ identity: { answer: 'known-unit' }, purchase: { answer: 'ours-sold', source: 'mirror' }, warranty: { answer: 'covered' } })
    for (const finding of Object.values(result.verdict.findings)) expect(finding.reason).toBeTruthy()
  })

  it('P75, P79: the day is closed and the next one opened without the centre, and each sale stays in its own', async () => {
    const { shift } = await one.desk.view()
    if (shift.at !== 'open') throw new Error(`the day is ${shift.at}`)
    first = shift.shiftId
    await one.shift.act({ action: { do: 'close', counted_cents: cents(0), reason: 'counted later', seen: shift.openWork.map(seenAs) } })
    const { shift: next } = await one.shift.act({ action: { do: 'open', float_cents: cents(10_000) } })
    if (next.at !== 'open') throw new Error(`the next day is ${next.at}`)
    second = next.shiftId
  })

  it('P07: a whole new mirror comes in the middle of a cart, and what was sold before is free at no moment', async () => {
    await sale(one)
    await scan(one, piece(3).serial)
    const gen = 'another-generation'
    const db = openPostgres(database, 1)
    await db.query("UPDATE hub_meta SET value = $1 WHERE key = 'gen'", [gen])
    await db.close()
    const look = async (): Promise<void> => {
      await scan(one, piece(2).serial)
      expect((await sale(one)).lines.map(({ unitId }) => unitId)).toEqual([piece(3).id])
    }
    await look()
    hub = await openHub(Number(new URL(hub.url).port))
    await expect.poll(async () => {
      if ((await one.desk.view()).sync.state === 'unreached') await one.sync.retry()
      await look()
      return mirrored(folders.one.path, "SELECT value FROM about WHERE key = 'hub_gen'")
    }, { timeout: 60_000 }).toBe(gen)
    await expect.poll(() => titleAtHub(piece(2).id)).toBe('sold')
    await expect.poll(async () => [(await one.desk.view()).sync.state, await waiting(one)]).toEqual(['up-to-date', 0])
    await scan(one, piece(2).serial)
    expect(await lines(one)).toBe(1)
    await pay(one)
    await expect.poll(() => titleAtHub(piece(3).id)).toBe('sold')
    expect(await hub.ground.db.query('SELECT case_id FROM conflict_case')).toEqual([])
  }, 120_000)

  it('P81: what was sold meanwhile is at the centre once, with its money', async () => {
    const rows = await hub.ground.db.query<{ body: string }>("SELECT body FROM booked WHERE book = 'sales'")
    expect(rows.filter(({ body }) => body.includes(`"${offline}"`))).toHaveLength(1)
    expect(rows.find(({ body }) => body.includes(`"${offline}"`))?.body).toContain(`"${first}"`)
    for (const [book, key] of [['shifts', first], ['shift_ends', first], ['shifts', second]] as const)
      expect(await hub.ground.db.query('SELECT row_id FROM booked WHERE book = $1 AND row_id = $2', [book, key]), `${book} ${key}`).toHaveLength(1)
    expect(await titleAtHub(piece(4).id)).toBe('sold')
  })
})
