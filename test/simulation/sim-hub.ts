import { challengeText, type ClaimAim, type ClaimReply, type FeedReply, type FeedRow, type JournalBatch, type JournalReply } from '../../contract/sync/wire.ts'
import { EVERYWHERE } from '../../contract/sync/wire.ts'
import type { Flag } from '../../contract/unit.ts'
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { DEMO_POLICY } from '../../electron/core/demo/demo-policy.ts'
import type { Database } from '../../hub/database.ts'
import type { HubGround } from '../../hub/ground.ts'
import { answersOf } from '../../hub/sync/answers.ts'
import { applySome } from '../../hub/sync/apply.ts'
import { claim, release } from '../../hub/sync/claims.ts'
import { challenge, giveToken, setDeviceState, tillOf, type Device } from '../../hub/sync/devices.ts'
import { change, headsOf, isOutside, numbered, readFeed } from '../../hub/sync/feed.ts'
import type { HubIdentity } from '../../hub/sync/identity.ts'
import { receive } from '../../hub/sync/receive.ts'
import { putRecords, readRecords } from '../../hub/sync/records.ts'
import { KEPT } from '../../hub/sync/repair.ts'
import { factsOf, feedRowOf, flagUnits, newUnit, readUnits, scopesOfChange, UNIT_COLUMNS, withFacts, writeUnits, type HubUnit } from '../../hub/sync/units.ts'

export const STORES = ['north', 'south'] as const
export const PRODUCT = 'lamp'
const TABLES = [
  'hub_meta', 'device', 'join_code', 'register_head', 'journal', 'batch', 'unit_event', 'event_answer', 'booked', 'unit', 'unit_alias',
  'claim', 'conflict_case', 'record', 'feed_head', 'feed',
]

/** What nobody may be told who held the lease. */
const LOST_TO_ANOTHER = new Set(['double-sale', 'sold-over-claim', 'double-refund', 'refund-over-claim'])

export type Rows = { readonly rows: readonly FeedRow[]; readonly cursors: Readonly<Record<string, number>>; readonly gen: string; readonly turn: number }

/** What the centre knows of a till, and what the till signs with. */
export interface Member {
  readonly id: string
  readonly storeId: string
  readonly follows: string
  readonly publicKey: string
  sign(text: string): string
}

/** The centre's own code on PostgreSQL in this process, with the virtual clock; its processes may die at any point. */
export class SimHub {
  readonly ground: HubGround
  gen = 'gen-1'
  /** Changes of units that no till made. */
  edits = new Map<string, number>()
  #id = 0
  /** First mirrors that were asked for: their pages may be newer than their cursors, so of two the later one is taken. */
  #turn = 0
  /** Leases that were given, with their end. */
  readonly #leases = new Map<string, number>()
  /** Up to where the journals of tills that were shut out had been applied then. */
  readonly shutOut = new Map<string, number>()
  readonly #identity: HubIdentity

  constructor(db: Database, now_ms: () => number) {
    this.ground = { db, now_ms, newId: () => `hub-${(this.#id += 1)}`, dataDir: '', log: () => undefined }
    const pair = generateKeyPairSync('ed25519')
    this.#identity = {
      gen: '', publicKey: '', lookAgain: async () => undefined,
      sign: (text) => sign(null, Buffer.from(text), pair.privateKey).toString('base64'),
      isMine: (text, signature) => verify(null, Buffer.from(text), pair.publicKey, Buffer.from(signature, 'base64')),
    }
  }

  get db(): Database {
    return this.ground.db
  }

  async reset(tills: readonly (Omit<Member, 'publicKey' | 'sign'> & Partial<Member>)[], unitIds: readonly string[]): Promise<void> {
    await this.db.query(`TRUNCATE ${TABLES.join(', ')}`)
    this.gen = 'gen-1'
    this.edits = new Map()
    this.#id = 0
    this.#leases.clear()
    this.shutOut.clear()
    for (const till of tills)
      await this.db.query("INSERT INTO device (till, code, name, store_id, public_key, state, follows, joined_at) VALUES ($1, $1, $1, $2, $4, 'joined', $3, '')", [till.id, till.storeId, till.follows, till.publicKey ?? ''])
    await change(this.ground, (tx, tell) => putRecords(tx, tell, [...STORES.map(storeRecord), productRecord, policyRecord]))
    await change(this.ground, async (tx, tell) => {
      const units = unitIds.map((id, index) => firstUnit(id, STORES[index % STORES.length] ?? 'north'))
      await writeUnits(tx, units.map((unit) => ({ was: 0, unit })))
      for (const unit of units) tell(scopesOfChange(null, unit, null), feedRowOf(unit, []))
    })
  }

  /** One request for a journal; `die` ends the process between taking and applying, or in the middle of applying. */
  async journal(till: string, batch: JournalBatch, dies: () => boolean): Promise<JournalReply> {
    const underLease = batch.events.filter(({ body }) => this.isLeased(till, body)).map(({ seq }) => seq)
    const received = await receive(this.ground, till, batch)
    if (received.fork === null && received.want === null && !dies()) await this.apply(till, received.inc, dies)
    const heads = await this.db.query<{ applied: number }>('SELECT applied FROM register_head WHERE till = $1 AND inc = $2', [till, received.inc])
    const answers = await answersOf(this.db, till, received.inc, batch.answered)
    for (const { seq, verdict } of answers)
      if (underLease.includes(seq) && received.inc === batch.inc && LOST_TO_ANOTHER.has(verdict))
        throw new Error(`I5: event ${seq} of ${till} was done under a live lease and is told ${verdict}`)
    return {
      gen: this.gen, at: new Date(this.ground.now_ms()).toISOString(), head: received.head, applied: heads[0]?.applied ?? 0, want: received.want, fork: received.fork,
      answers,
    }
  }

  async apply(till: string, inc: string, dies: () => boolean = () => false): Promise<void> {
    while (!(await applySome(this.ground, till, inc))) if (dies()) return
  }

  async applyAll(): Promise<void> {
    const heads = await this.db.query<{ till: string; inc: string }>('SELECT till, inc FROM register_head ORDER BY till, inc')
    for (const { till, inc } of heads) await this.apply(till, inc)
  }

  /** A token as a till gets it: it shows its key. Good for longer than a life lasts. */
  async signIn(till: Pick<Member, 'id' | 'sign'>): Promise<string> {
    const asked = challenge(this.ground, this.#identity)
    const reply = await giveToken(this.ground, this.#identity, { till: till.id, challenge: asked, signature: till.sign(challengeText(till.id, asked)), program: 'simulation' })
    return reply.token
  }

  /** Somebody at the centre shuts a till out for good. */
  async revoke(till: string): Promise<void> {
    await setDeviceState(this.ground, till, 'revoked', 'stolen')
    const heads = await this.db.query<{ applied: number }>('SELECT coalesce(max(applied), 0)::bigint AS applied FROM register_head WHERE till = $1', [till])
    this.shutOut.set(till, heads[0]?.applied ?? 0)
  }

  /** I15: who is shut out reads nothing, from the moment of it on. Rejects with a `Refusal` as the door does. */
  async #reader(token: string): Promise<Device> {
    const device = await tillOf(this.ground, this.#identity, { headers: { authorization: `Bearer ${token}` } } as IncomingMessage, true)
    if (this.shutOut.has(device.till)) throw new Error(`I15: ${device.till} is shut out and was let in`)
    return device
  }

  async claim(token: string, unitId: string, to: ClaimAim = 'sell'): Promise<ClaimReply> {
    const { till } = await this.#reader(token)
    const reply = await claim(this.ground, till, unitId, to)
    if (reply.is === 'yours') this.#leases.set(`${till} ${unitId} ${reply.token}`, Date.parse(reply.until))
    return reply
  }

  async release(token: string, unitId: string, until: string): Promise<void> {
    const { till } = await this.#reader(token)
    await release(this.ground, till, unitId, until)
  }

  /** Whether the event was done under a lease that is still live: what was promised then must hold. */
  isLeased(till: string, body: string): boolean {
    const { kind, unitId, claim: token } = JSON.parse(body) as { kind: string; unitId: string | null; claim?: number }
    return (kind === 'sold' || kind === 'returned') && (this.#leases.get(`${till} ${unitId} ${token}`) ?? 0) > this.ground.now_ms()
  }

  /** Null: the cursors lie outside of the feed. */
  async feed(token: string, cursors: Readonly<Record<string, number>>, gen: string, limit: number): Promise<FeedReply | null> {
    await this.#reader(token)
    const heads = await headsOf(this.db, Object.keys(cursors))
    if (gen !== this.gen || isOutside(cursors, heads)) return null
    const scopes = []
    for (const [scope, seq] of Object.entries(cursors)) {
      const rows = await readFeed(this.db, scope, seq, limit)
      scopes.push({ scope, head: heads.get(scope)?.seq ?? 0, rows: rows.map(numbered) })
    }
    return { gen: this.gen, at: new Date(this.ground.now_ms()).toISOString(), scopes }
  }

  /** A first mirror page by page, with whatever happens between the pages. */
  async firstRows(token: string, scopes: readonly string[], between: () => Promise<void>): Promise<Rows> {
    await this.#reader(token)
    const turn = (this.#turn += 1)
    const heads = await headsOf(this.db, scopes)
    const cursors = Object.fromEntries(scopes.map((scope) => [scope, heads.get(scope)?.seq ?? 0]))
    const rows: FeedRow[] = [...(await readRecords(this.db, scopes, null, 1_000)).rows]
    const stores = scopes.filter((scope) => scope !== EVERYWHERE)
    for (let after = ''; ; ) {
      const units = await this.db.query<HubUnit>(`SELECT ${UNIT_COLUMNS.join(', ')} FROM unit WHERE ${KEPT} AND id > $2 ORDER BY id LIMIT 5`, [stores, after])
      const last = units.at(-1)
      if (!last) return { rows, cursors, gen: this.gen, turn }
      rows.push(...units.map((unit) => feedRowOf(unit, [])))
      after = last.id
      await between()
    }
  }

  /** Somebody at the centre puts a flag on a unit, or takes it off. */
  async flag(unitId: string, on: boolean): Promise<void> {
    const flag: Flag = { kind: 'stolen-own', source: 'centre', at: '2026-01-01T00:00:00.000Z', reason: 'stolen', reference: null }
    await this.#edit(unitId, () =>
      change(this.ground, (tx, tell) => flagUnits(tx, tell, [unitId], (flags) => [...flags.filter(({ kind }) => kind !== flag.kind), ...(on ? [flag] : [])], null)),
    )
  }

  /** A unit in stock is sent to the other store. */
  async move(unitId: string): Promise<void> {
    await this.#edit(unitId, () =>
      change(this.ground, async (tx, tell) => {
        const unit = (await readUnits(tx, [unitId])).get(unitId)
        if (!unit || unit.custody !== 'in-stock' || unit.title === 'sold') return
        const storeId = unit.store_id === 'north' ? 'south' : 'north'
        const after = withFacts(unit, { ...factsOf(unit), custody: { at: 'in-stock', storeId, area: 'shelf' } })
        await writeUnits(tx, [{ was: unit.ver, unit: after }])
        tell(scopesOfChange(unit, after, null), feedRowOf(after, []))
      }),
    )
  }

  /** Everything the centre holds, to be put back later as if from a backup. */
  async backup(): Promise<() => Promise<void>> {
    const kept = new Map<string, unknown[]>()
    for (const table of TABLES) kept.set(table, await this.db.query(`SELECT * FROM ${table}`))
    const edits = new Map(this.edits)
    return async () => {
      await this.db.transaction(async (tx) => {
        await tx.query(`TRUNCATE ${TABLES.join(', ')}`)
        for (const [table, rows] of kept)
          if (rows.length > 0) await tx.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(null::public.${table}, $1::jsonb)`, [JSON.stringify(rows)])
      })
      this.edits = edits
      // What was promised since is not known any more.
      this.#leases.clear()
      this.gen = `${this.gen}+`
    }
  }

  /** Counts what an edit changed by what is there after it: one whose commit nobody heard of may be made twice. */
  async #edit(unitId: string, act: () => Promise<unknown>): Promise<void> {
    const ver = async (): Promise<number> => (await readUnits(this.db, [unitId])).get(unitId)?.ver ?? 0
    const before = await ver()
    await act()
    this.edits.set(unitId, (this.edits.get(unitId) ?? 0) + (await ver()) - before)
  }
}

export const firstUnit = (id: string, storeId: string): HubUnit => {
  const facts = { custody: { at: 'in-stock', storeId, area: 'shelf' }, title: { is: 'ours' }, condition: 'new', flags: [], cover: [] } as const
  const made = newUnit(id, PRODUCT, [{ value: id.toUpperCase(), kind: 'serial', match_key: null, retired_why: null }], { ...facts, flags: [], cover: [] })
  return { ...withFacts(made, { ...facts, flags: [], cover: [] }), price_cents: 10_000 }
}

const storeRecord = (id: string) => ({
  kind: 'stores', key: { id },
  row: { id, name: id, address: '', country: 'DE', currency: 'EUR', tax_number: '', tax_inclusive: 1, cash_step: 1, time_zone: 'Europe/Berlin' },
})
const productRecord = {
  kind: 'products', key: { id: PRODUCT },
  row: {
    id: PRODUCT, gtin: null, sku: 'LAMP', brand: 'Lumo', name: 'Lamp', variant: '', category: 'lamps', picture: 'other', tracking: 'serial', price_cents: 10_000,
    tax_bp: 1_900, serial_mask: null, maker_months: 24, durable: 1, active: 1,
  },
}
/** The same as the centre tells it. */
export const PRODUCT_ROW = { t: 'record', ...productRecord, ver: 1, scope: EVERYWHERE } satisfies FeedRow
const policyRecord = {
  kind: 'policies', key: { version: DEMO_POLICY.version },
  row: { version: DEMO_POLICY.version, in_force_from: '2020-01-01T00:00:00.000Z', document: JSON.stringify(DEMO_POLICY) },
}
