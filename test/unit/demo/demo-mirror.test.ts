import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contradictionsOf, flagsOf, historyKindOf } from '../../../contract/identity/contradictions.ts'
import { Id, Params } from '../../../contract/ids.ts'
import { EventKind } from '../../../contract/journal.ts'
import { Policy } from '../../../contract/policy.ts'
import { Role } from '../../../contract/roles.ts'
import { Condition, Custody, FlagKind, Title, UnitFacts } from '../../../contract/unit.ts'
import { makeDemoMirror } from '../../../electron/core/demo/make-demo-mirror.ts'
import { verifyPin } from '../../../electron/core/people/pin.ts'
import { NOW, aliasRows, demoMirror, historiesOf, paramsOf, unitRows } from './demo-fixture.ts'
import type { DemoMirror, UnitRow } from './demo-fixture.ts'
import { foldHistory } from './fold-history.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations/mirror')
const TABLES = ['about', 'stores', 'staff', 'policies', 'lists', 'products', 'product_codes', 'lots', 'units', 'unit_aliases', 'unit_events']

function fingerprint(db: Database): string {
  const hash = createHash('sha256')
  for (const table of TABLES)
    for (const row of db.prepare(`SELECT * FROM ${table}`).raw().iterate()) hash.update(JSON.stringify(row))
  return hash.digest('hex')
}

function fingerprintOf(seed: string, units: number, now = NOW): string {
  const mirror = demoMirror(seed, units, now)
  try {
    return fingerprint(mirror.db)
  } finally {
    mirror.remove()
  }
}

interface More {
  readonly flags?: readonly { readonly kind: string; readonly at: string }[]
  readonly cover?: readonly { readonly layer: string }[]
  readonly custody?: Record<string, unknown>
  readonly title?: Record<string, unknown>
  readonly partOf?: string
}
const moreOf = (unit: UnitRow): More => (unit.more === null ? {} : JSON.parse(unit.more))

/** A row as the contract's union of facts: a column too few or too many does not parse. */
function factsOf(unit: UnitRow): UnitFacts {
  const { flags = [], cover = [], custody = {}, title = {} } = moreOf(unit)
  const purchase = {
    saleId: unit.sale_id, receiptNumber: unit.receipt_number, soldAt: unit.sold_at, storeId: unit.sold_store_id,
    channel: unit.channel, paid_cents: unit.paid_cents, currency: unit.currency, tender: unit.tender,
  }
  return UnitFacts.parse({
    custody: { at: unit.custody, storeId: unit.store_id, fromStoreId: unit.store_id, area: unit.area, ...custody },
    title: { is: unit.title, purchase, ...title },
    condition: unit.condition,
    flags,
    cover,
  })
}

describe('the demo shop', () => {
  let mirror: DemoMirror
  beforeAll(() => {
    mirror = demoMirror('test', 5_000)
  })
  afterAll(() => mirror.remove())

  it('comes out the same from the same seed, and different from another', () => {
    const first = fingerprintOf('one', 600)
    expect(fingerprintOf('one', 600)).toBe(first)
    expect(fingerprintOf('two', 600)).not.toBe(first)
    expect(fingerprintOf('one', 600, '2027-01-05T09:00:00.000Z')).not.toBe(first)
  })

  it('keeps the showpieces where they were when more units are made', () => {
    const small = demoMirror('grow', 400)
    const large = demoMirror('grow', 900)
    try {
      expect(unitRows(large.db).slice(0, 400)).toEqual(unitRows(small.db))
    } finally {
      small.remove()
      large.remove()
    }
  })

  it('says that it is a demo', () => {
    const about = Object.fromEntries(mirror.db.prepare<[], [string, string]>('SELECT key, value FROM about').raw().all())
    expect(about).toMatchObject({ demo: '1', seed: 'test', as_of: NOW, home_store: 'store-berlin' })
    expect(mirror.db.prepare('SELECT name, as_of FROM lists ORDER BY name').raw().all()).toEqual([['recall', NOW], ['stolen', NOW]])
  })

  it('has as many units as were wanted and refuses a number that cannot work', () => {
    expect(unitRows(mirror.db)).toHaveLength(5_000)
    for (const units of [299, 0, -1, 1_000.5, Number.NaN, 4_000_001])
      expect(() => demoMirror('x', units), String(units)).toThrow(RangeError)
  })

  it('has staff of every role, each with the PIN that stands on the tile', async () => {
    const staff = mirror.db
      .prepare<[], { id: string; role: string; pin_hash: string; demo_pin: string }>('SELECT * FROM staff').all()
    expect(new Set(staff.map(({ role }) => role))).toEqual(new Set(Role.options.filter((role) => role !== 'kiosk')))
    expect(new Set(staff.map(({ demo_pin }) => demo_pin)).size).toBe(staff.length)
    const verified = await Promise.all(staff.map(({ demo_pin, pin_hash }) => verifyPin(demo_pin, pin_hash)))
    expect(verified).toEqual(staff.map(() => true))
  })

  it('has a policy that the contract accepts', () => {
    const row = mirror.db.prepare<[], { version: string; document: string }>('SELECT version, document FROM policies').get()
    const policy = Policy.parse(JSON.parse(row?.document ?? 'null'))
    expect(policy.version).toBe(row?.version)
    for (const { country } of mirror.db.prepare<[], { country: string }>('SELECT country FROM stores').iterate())
      expect(policy.legalGuarantee[country]?.months).toBe(24)
  })

  it('knows every state a piece can be in', () => {
    const facts = unitRows(mirror.db).map(factsOf)
    const seen = (values: readonly string[]): string[] => [...new Set(values)].sort()
    expect(seen(facts.map(({ custody }) => custody.at))).toEqual(Custody.options.map(({ shape }) => shape.at.value).sort())
    expect(seen(facts.map(({ title }) => title.is))).toEqual(Title.options.map(({ shape }) => shape.is.value).sort())
    expect(seen(facts.map(({ condition }) => condition))).toEqual([...Condition.options].sort())
    expect(seen(facts.flatMap(({ flags }) => flags.map(({ kind }) => kind)))).toEqual([...FlagKind.options].sort())
    expect(seen(facts.flatMap(({ cover }) => cover.map(({ layer }) => layer)))).toEqual(['legal', 'maker', 'plan', 'repair'])
  })

  it('has facts that are what the history of each piece says', () => {
    const histories = historiesOf(mirror.db)
    for (const unit of unitRows(mirror.db)) {
      const folded = foldHistory(histories.get(unit.id) ?? [])
      const { flags = [], cover = [], partOf = null } = moreOf(unit)
      expect(
        {
          custody: unit.custody, storeId: unit.store_id, area: unit.area, title: unit.title, receipt: unit.receipt_number,
          paid_cents: unit.paid_cents, condition: unit.condition,
          flags: flags.map(({ kind }) => kind).sort(), covers: cover.map(({ layer }) => layer), partOf,
        },
        unit.id,
      ).toEqual({ ...folded, numbersLost: undefined })
    }
  })

  it('tells each history in order, before the present, with values a sentence can hold', () => {
    for (const [unitId, history] of historiesOf(mirror.db)) {
      const times = history.map(({ at }) => at)
      expect(times, unitId).toEqual([...times].sort())
      expect((times.at(-1) ?? NOW) < NOW, unitId).toBe(true)
      for (const event of history) Params.parse(paramsOf(event))
    }
  })

  it('never sells a piece before it was made, nor flags it before it was known', () => {
    const histories = historiesOf(mirror.db)
    for (const unit of unitRows(mirror.db)) {
      const first = histories.get(unit.id)?.[0]
      expect(first !== undefined && (unit.produced_on ?? '9') < first.at, unit.id).toBe(true)
      for (const { at } of moreOf(unit).flags ?? []) expect(at > (first?.at ?? at), unit.id).toBe(true)
    }
  })

  it('contradicts itself only in the pieces that were sold twice on purpose', () => {
    const flags = new Map<string, string[]>()
    for (const [unitId, history] of historiesOf(mirror.db)) {
      const events = history.map((event) => {
        const { flag, why } = paramsOf(event)
        const more = { ...(flag === undefined ? {} : { flag: FlagKind.parse(flag) }), ...(why === undefined ? {} : { why: String(why) }) }
        return { at: event.at, kind: historyKindOf(EventKind.parse(event.kind), more), ...(event.store_id === null ? {} : { site: event.store_id }) }
      })
      const found = flagsOf(contradictionsOf(events))
      if (found.length > 0) flags.set(unitId, found)
    }
    expect(new Set(flags.values().flatMap((found) => found))).toEqual(new Set(['SOLD_TWICE']))
    expect(flags.size).toBeGreaterThanOrEqual(3)
  })

  it('keeps one receipt one sale, and has receipts with several pieces on them', () => {
    const receipts = Map.groupBy(unitRows(mirror.db).filter(({ receipt_number }) => receipt_number !== null), (unit) => unit.receipt_number)
    for (const units of receipts.values())
      expect(new Set(units.map((unit) => [unit.sale_id, unit.sold_at, unit.sold_store_id, unit.tender].join())).size).toBe(1)
    const largest = Math.max(...[...receipts.values()].map((units) => units.length))
    expect(largest).toBe(3)
  })

  it('lets an old number find its piece', () => {
    const histories = historiesOf(mirror.db)
    const retired = aliasRows(mirror.db).filter(({ retired_why }) => retired_why !== null)
    expect(retired.length).toBeGreaterThan(0)
    for (const { unit_id, value } of retired) expect(foldHistory(histories.get(unit_id) ?? []).numbersLost).toContain(value)
  })

  it('uses ids of the contract that rise from row to row', () => {
    const ids = unitRows(mirror.db).map(({ id }) => Id.parse(id))
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('writing the file', () => {
  it('replaces a mirror that is there, also a broken one, and leaves nothing else behind', () => {
    const dir = mkdtempSync(join(tmpdir(), 'countermark-demo-'))
    const file = join(dir, 'mirror.db')
    writeFileSync(file, 'no database at all')
    writeFileSync(`${file}-wal`, 'nor this a log')
    const told: number[] = []
    makeDemoMirror(file, MIGRATIONS, { seed: 's', units: 400, now: NOW, onProgress: (done) => told.push(done) })
    expect(readdirSync(dir)).toEqual(['mirror.db'])
    expect(told).toEqual([0, 400])
    rmSync(dir, { recursive: true })
  })

  it('leaves the old mirror alone when it cannot finish', () => {
    const dir = mkdtempSync(join(tmpdir(), 'countermark-demo-'))
    const file = join(dir, 'mirror.db')
    writeFileSync(file, 'the old one')
    expect(() => makeDemoMirror(file, MIGRATIONS, { seed: 's', units: 400, now: 'soon' })).toThrow('not an instant')
    expect(readdirSync(dir)).toEqual(['mirror.db'])
    expect(existsSync(file)).toBe(true)
    rmSync(dir, { recursive: true })
  })
})
