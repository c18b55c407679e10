import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { policyInForce } from '../../../electron/core/policy/in-force.ts'
import { keepDocument, recordPolicyStep, recordVersion } from '../../../electron/core/policy/policy-rows.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { NOW, POLICY } from '../verdicts/facts-of-a-piece.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
let folder = ''
let store: Store
let mirror: Mirror

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-policy-'))
  store = new Store(join(folder, 'shop.db'), join(MIGRATIONS, 'shop'))
  mirror = new Mirror(join(folder, 'mirror.db'), join(MIGRATIONS, 'mirror'))
})
afterEach(() => {
  store.close()
  mirror.close()
  rmSync(folder, { recursive: true, force: true })
})

const told = (version: string, from: string, document: unknown = { ...POLICY, version }) => {
  const db = new Database(join(folder, 'mirror.db'))
  db.prepare('INSERT INTO policies VALUES (?, ?, ?)').run(version, from, typeof document === 'string' ? document : JSON.stringify(document))
  db.close()
}
/** Made of the rules that were in force then, which it names. */
const made = (version: string, step: 'trial' | 'in-force', at: string, basedOn = 'v1') =>
  store.write((db) => {
    recordVersion(db, { policy: { ...POLICY, version }, basedOn, why: 'test', staffId: 's', who: 'Mina', at })
    recordPolicyStep(db, { version, step, at, staffId: 's', who: 'Mina' })
  })
const answered = (version: string, answer: 'adopted' | 'refused') => {
  const db = new Database(join(folder, 'mirror.db'))
  db.prepare("INSERT INTO policy_answers VALUES (?, 't1', ?, 'Ada', ?, '')").run(version, answer, NOW)
  db.close()
}
const now = () => {
  const { policy, from, broken, trial } = policyInForce({ mirror, db: store.reading }, NOW)
  return { version: policy.version, from, broken: broken?.version ?? null, trial: trial?.policy.version ?? null }
}

describe('the rules in force', () => {
  it('are the most cautious where the centre has sent none', () => {
    expect(now()).toEqual({ version: 'cautious-1', from: 'cautious', broken: null, trial: null })
  })

  it('are the newest of the centre whose time has come', () => {
    told('v1', '2026-01-01T00:00:00.000Z')
    told('v2', '2026-05-01T00:00:00.000Z')
    told('v3', '2026-06-01T00:00:00.000Z')
    expect(now()).toMatchObject({ version: 'v2', from: 'centre' })
  })

  it.each([['that is no JSON', '{"version":'], ['that is no policy', { version: 'v2', returns: {} }], ['with a window of nobody’s days', { ...POLICY, returns: { ...POLICY.returns, windows: [{ category: '*', days: -1 }] } }]])(
    'stay the last good ones when a document comes %s, and say so', (_, document) => {
      told('v1', '2026-01-01T00:00:00.000Z')
      expect(now().version).toBe('v1')
      told('v2', '2026-05-01T00:00:00.000Z', document)
      expect(now()).toEqual({ version: 'v1', from: 'last-good', broken: 'v2', trial: null })
    })

  it('stay the last good ones when the mirror has nothing else than a broken document', () => {
    store.write((db) => keepDocument(db, 'v1', JSON.stringify({ ...POLICY, version: 'v1' }), NOW))
    told('v2', '2026-05-01T00:00:00.000Z', 'rubbish')
    expect(now()).toMatchObject({ version: 'v1', from: 'last-good', broken: 'v2' })
  })

  it('are those made here, until the centre sends newer ones', () => {
    told('v1', '2026-01-01T00:00:00.000Z')
    made('T1-P1', 'in-force', '2026-02-01T00:00:00.000Z')
    expect(now()).toMatchObject({ version: 'T1-P1', from: 'here' })
    told('v2', '2026-03-01T00:00:00.000Z')
    expect(now()).toMatchObject({ version: 'v2', from: 'centre' })
  })

  it('are not those on trial: they run beside, until they are put in force or withdrawn', () => {
    told('v1', '2026-01-01T00:00:00.000Z')
    made('T1-P1', 'trial', '2026-02-01T00:00:00.000Z')
    expect(now()).toEqual({ version: 'v1', from: 'centre', broken: null, trial: 'T1-P1' })
    store.write((db) => recordPolicyStep(db, { version: 'T1-P1', step: 'in-force', at: '2026-02-02T00:00:00.000Z', staffId: 's', who: 'Mina' }))
    expect(now()).toMatchObject({ version: 'T1-P1', trial: null })
    store.write((db) => recordPolicyStep(db, { version: 'T1-P1', step: 'withdrawn', at: '2026-02-03T00:00:00.000Z', staffId: 's', who: 'Mina' }))
    expect(now()).toMatchObject({ version: 'v1', from: 'centre', trial: null })
  })
})

describe('rules made at a till that belongs to a centre', () => {
  const overruled = () => policyInForce({ mirror, db: store.reading }, NOW).overruled

  it('hold while the centre says nothing, also when they were made of others made here', () => {
    told('v1', '2026-01-01T00:00:00.000Z')
    made('T1-P1', 'in-force', '2026-02-01T00:00:00.000Z')
    made('T1-P2', 'in-force', '2026-02-02T00:00:00.000Z', 'T1-P1')
    expect(now()).toMatchObject({ version: 'T1-P2', from: 'here' })
    expect(overruled()).toBeNull()
  })

  it('give way to what their maker had not heard of, though it was made before them; and it is told as such', () => {
    told('v1', '2026-01-01T00:00:00.000Z')
    made('T1-P1', 'in-force', '2026-02-03T00:00:00.000Z')
    told('v2', '2026-02-02T00:00:00.000Z')
    expect(now()).toMatchObject({ version: 'v2', from: 'centre' })
    expect(overruled()).toEqual({ version: 'T1-P1', why: 'newer' })
  })

  it('are out of force when the centre refuses them, and so is a trial', () => {
    told('v1', '2026-01-01T00:00:00.000Z')
    made('T1-P1', 'in-force', '2026-02-01T00:00:00.000Z')
    made('T1-P2', 'trial', '2026-02-02T00:00:00.000Z')
    answered('T1-P1', 'refused')
    answered('T1-P2', 'refused')
    expect(now()).toEqual({ version: 'v1', from: 'centre', broken: null, trial: null })
    expect(overruled()).toEqual({ version: 'T1-P1', why: 'refused' })
  })

  it('come from the centre when it has adopted them, and are nobody’s conflict', () => {
    told('v1', '2026-01-01T00:00:00.000Z')
    made('T1-P1', 'in-force', '2026-02-01T00:00:00.000Z')
    told('T1-P1', '2026-02-02T00:00:00.000Z')
    answered('T1-P1', 'adopted')
    expect(now()).toMatchObject({ version: 'T1-P1', from: 'centre' })
    expect(overruled()).toBeNull()
    made('T1-P2', 'in-force', '2026-02-03T00:00:00.000Z', 'T1-P1')
    expect(now()).toMatchObject({ version: 'T1-P2', from: 'here' })
  })

  it('are not taken away by a document of the centre that nobody can read', () => {
    told('v1', '2026-01-01T00:00:00.000Z')
    made('T1-P1', 'in-force', '2026-02-01T00:00:00.000Z')
    told('v2', '2026-03-01T00:00:00.000Z', 'rubbish')
    expect(now()).toEqual({ version: 'T1-P1', from: 'here', broken: 'v2', trial: null })
  })

  it('are booked with what became of them, so that they travel like money', () => {
    made('T1-P1', 'trial', NOW)
    store.write((db) => recordPolicyStep(db, { version: 'T1-P1', step: 'withdrawn', at: NOW, staffId: 's', who: 'Mina' }))
    expect(store.reading.prepare('SELECT book, key FROM booked ORDER BY n').all()).toEqual([
      { book: 'policy_versions', key: '{"version":"T1-P1"}' }, { book: 'policy_steps', key: '{"n":1}' }, { book: 'policy_steps', key: '{"n":2}' },
    ])
  })
})

describe('the history of the rules', () => {
  it('is added to and never changed', () => {
    made('T1-P1', 'trial', NOW)
    store.write((db) => keepDocument(db, 'v1', '{}', NOW))
    for (const table of ['policy_versions', 'policy_steps', 'policies_kept']) {
      expect(() => store.write((db) => db.prepare(`DELETE FROM ${table}`).run()), table).toThrow(/never deleted/)
      const column = table === 'policy_steps' ? 'who' : 'document'
      expect(() => store.write((db) => db.prepare(`UPDATE ${table} SET ${column} = 'x'`).run()), table).toThrow(/never changed/)
    }
  })

  it('asks its indexes', () => {
    const plan = (query: string) => JSON.stringify(store.reading.prepare(`EXPLAIN QUERY PLAN ${query}`).all())
    expect(plan("SELECT unit_id FROM verdicts WHERE intent = 'return' AND at >= '2026'")).toContain('verdicts_of_intent')
    expect(plan("SELECT count(*) FROM verdicts WHERE seat = 'kiosk' AND at > '2026'")).toContain('verdicts_of_kiosk')
    expect(plan("SELECT max(n) FROM slot_steps WHERE slot = 'A'")).toContain('slot_steps_of_slot')
    const told = JSON.stringify(mirror.reading.prepare("EXPLAIN QUERY PLAN SELECT unit_id FROM unit_events WHERE kind = 'returned' AND at >= '2026'").all())
    expect(told).toContain('unit_events_returned')
  })
})
