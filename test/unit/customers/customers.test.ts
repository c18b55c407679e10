import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PersonDetails } from '../../../contract/customer.ts'
import { CustomerKey, customerKeyFile, openCustomerKey } from '../../../electron/core/customers/customer-key.ts'
import { askedFor, findingsOf } from '../../../electron/core/customers/findings.ts'
import { masked, maskedEmail } from '../../../electron/core/customers/masked.ts'
import { openDatabase } from '../../../electron/core/store/open-database.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations/shop')
const NOBODY: PersonDetails = { name: '', phone: '', email: '', card: '', address: '', note: '', language: null }
const ROSA: PersonDetails = {
  ...NOBODY, name: 'Rosa Núñez Ibarra', phone: '+49 171 5550123', email: 'rosa.nunez@example.org', card: 'CM-77 12', address: 'Hafenweg 3', note: 'prefers mornings',
}

const folder = mkdtempSync(join(tmpdir(), 'countermark-customers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const isFound = (text: string, details: PersonDetails): boolean => {
  const all = new Set(findingsOf(details))
  return askedFor(text).some((reading) => reading.every((finding) => all.has(finding)))
}

describe('a customer is found', () => {
  it.each([
    ['the beginning of a name', 'ros'], ['two names in the wrong order', 'nunez rosa'], ['a name with its accents', 'NÚÑEZ'],
    ['the telephone as it is said', '0171 / 5550123'], ['the telephone with its country', '+49 (171) 555-0123'],
    ['the last digits of it', '5550123'], ['the whole address', 'Rosa.Nunez@example.org'], ['the card', 'cm-77 12'],
  ])('by %s', (_by, text) => {
    expect(isFound(text, ROSA)).toBe(true)
  })

  it.each(['r', 'rosa meier', '5550124', 'nunez@example.org', 'CM-77 1', ''])('and not by %j', (text) => {
    expect(isFound(text, ROSA)).toBe(false)
  })

  it('by any beginning of two to twelve letters of any name', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzäßñçأبت'), minLength: 2, maxLength: 20 })
    fc.assert(fc.property(letters, fc.nat(30), (name, cut) => isFound([...name].slice(0, Math.max(2, cut)).join(''), { ...NOBODY, name })))
  })

  it('whatever is typed into the fields: no text of any script makes it fall over', () => {
    const text = fc.string({ unit: 'binary', maxLength: 120 })
    fc.assert(fc.property(text, text, text, (name, phone, asked) => {
      findingsOf({ ...NOBODY, name, phone, email: name, card: phone })
      return Array.isArray(askedFor(asked))
    }))
  })
})

describe('what is known of people', () => {
  const key = new CustomerKey(Buffer.alloc(32, 7))

  it('opens only with its key, in its own row, and unchanged', () => {
    const sealed = key.seal(JSON.stringify(ROSA), 'c1')
    expect(JSON.parse(key.open(sealed, 'c1') ?? '')).toEqual(ROSA)
    expect(key.open(sealed, 'c2')).toBeNull()
    expect(new CustomerKey(Buffer.alloc(32, 8)).open(sealed, 'c1')).toBeNull()
    for (let at = 0; at < sealed.length; at += 7) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      expect(key.open(changed, 'c1'), `byte ${at}`).toBeNull()
    }
    expect(key.open(Buffer.alloc(5), 'c1')).toBeNull()
  })

  it('never comes twice the same, and says nothing in the file', () => {
    const first = key.seal('Rosa', 'c1')
    expect(first.equals(key.seal('Rosa', 'c1'))).toBe(false)
    expect(first.includes(Buffer.from('Rosa'))).toBe(false)
    expect(key.finding('name:rosa').equals(key.finding('name:ros'))).toBe(false)
  })

  it('has its key in a file for the owner alone, made once', () => {
    const made = openCustomerKey(folder, false)
    const sealed = made?.seal('Rosa', 'c1') ?? Buffer.alloc(0)
    const file = customerKeyFile(folder)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    chmodSync(file, 0o644)
    expect(openCustomerKey(folder, true)?.open(sealed, 'c1')).toBe('Rosa')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('is not hidden behind a new key when the old one is lost: the till says that it cannot read', () => {
    const file = customerKeyFile(folder)
    const before = readFileSync(file)
    rmSync(file)
    expect(openCustomerKey(folder, true)).toBeNull()
    writeFileSync(file, 'not a key\n')
    expect(openCustomerKey(folder, true)).toBeNull()
    writeFileSync(file, before)
  })

  it('is hinted at to whoever may not see it', () => {
    expect(masked(ROSA)).toEqual({
      name: 'R••• N••• I•••', phone: '••• 23', email: 'r•••@e•••.org', card: '••• 12', address: '•••', note: '•••', language: null,
    })
    expect(masked(NOBODY)).toEqual(NOBODY)
    expect(maskedEmail('a')).toBe('•••')
  })

  it('is refused politely by the contract where it is too long or no address', () => {
    for (const field of ['name', 'phone', 'email', 'card', 'address', 'note'] as const)
      expect(PersonDetails.safeParse({ ...NOBODY, [field]: 'ش'.repeat(10_000) }).success, field).toBe(false)
    for (const email of ['rosa', 'rosa@', '@example.org', 'a b@example.org', 'a@example'])
      expect(PersonDetails.safeParse({ ...NOBODY, email }).success, email).toBe(false)
    expect(PersonDetails.safeParse({ ...NOBODY, name: 'محمد 王 Ωμέγα 👩‍🔧' }).success).toBe(true)
  })
})

describe('customers come to a till that is in use', () => {
  let db: Database.Database
  beforeAll(() => {
    const before = join(folder, 'before')
    mkdirSync(before)
    for (const name of readdirSync(MIGRATIONS)) if (name < '0006') cpSync(join(MIGRATIONS, name), join(before, name))
    const file = join(folder, 'shop.db')
    const old = openDatabase(file, before, 'precious')
    old.exec("INSERT INTO documents VALUES ('d1', 'sale', 'T1-R000007', '2026-11-01T10:00:00.000Z', 100, 'Bohrmaschine BX18', '{}')")
    old.close()
    db = openDatabase(file, MIGRATIONS, 'precious')
    db.exec(`INSERT INTO customers (id, made_at, changed_at, sealed) VALUES ('c1', '2026-11-22', '2026-11-22', x'00')`)
    db.exec(`INSERT INTO customer_consents VALUES ('k1', 'c1', 'receipts', 1, '2026-11-22', NULL, 'de')`)
    db.exec(`INSERT INTO mails VALUES ('m1', 'd1', 'c1', x'00', 'r', 'de', 'waiting', NULL, 0, '', '', '')`)
  })
  afterAll(() => db.close())
  const plan = (text: string): string =>
    (db.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[]).map((row) => row.detail).join(' / ')

  it('and its papers are found by every word on them', () => {
    for (const word of ['bohrm', '7', 'r000007', 'bx18'])
      expect(db.prepare('SELECT document_id AS id FROM document_search WHERE document_search MATCH ?').all(`"${word}" *`), word).toEqual([{ id: 'd1' }])
  })

  it.each([
    ["SELECT * FROM customer_keys WHERE key = x'00'", /PRIMARY KEY/],
    ["SELECT * FROM sale_customers WHERE customer_id = 'c1'", /sales_of_customer/],
    ["SELECT * FROM mails WHERE state IN ('waiting', 'sending') ORDER BY next_try_at", /mails_to_send/],
    ["SELECT at FROM scan_marks WHERE flow_id = 'f' ORDER BY n LIMIT 1", /scan_marks_of_flow/],
    ["SELECT via FROM scan_marks WHERE at >= 'a' AND at < 'b'", /scan_marks_by_time/],
  ])('%s finds its index', (text, index) => {
    expect(plan(text)).toMatch(index)
  })

  it('keeps consents, letters and whose a sale was, and brings nobody back who was erased', () => {
    db.exec(`UPDATE customers SET sealed = NULL, erased_at = '2026-11-22' WHERE id = 'c1'`)
    for (const wrong of [
      "UPDATE customers SET sealed = x'01', erased_at = NULL WHERE id = 'c1'", 'DELETE FROM customers', 'UPDATE customer_consents SET given = 0',
      'DELETE FROM customer_consents', 'DELETE FROM mails', "INSERT INTO customers (id, made_at, changed_at) VALUES ('c2', '', '')",
    ])
      expect(() => db.exec(wrong), wrong).toThrow()
  })
})
