import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { say } from '../../../contract/words/say.ts'
import { CustomerKey } from '../../../electron/core/customers/customer-key.ts'
import { eraseRow } from '../../../electron/core/customers/customer-rows.ts'
import { forgetOnOldPapers } from '../../../electron/core/customers/forget-person.ts'
import { MoneyDesk } from '../../../electron/core/money/money-desk.ts'
import { PaperDesk } from '../../../electron/core/papers/paper-desk.ts'
import { ServiceDesk } from '../../../electron/core/service/service-desk.ts'
import { documentOf } from '../../../electron/core/store/papers.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { CustomerTill, CY } from '../../support/core/customer-till.ts'
import { grownTill } from '../../support/core/grown-till.ts'
import { shown } from '../../support/core/shop-floor.ts'

const ROSA = { ...CY, name: 'Rosa Núñez Ibarra', email: 'rosa@example.org' }
const OTHER = 'Rosa Meier'

let till: CustomerTill
let papers: PaperDesk
let rosa: string

const must = <T>(result: { ok: true; value: T } | { ok: false; fault: { code: string } }): T => {
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}
const rows = (text: string) => sql(till.floor.ground.store.reading, text).all() as Record<string, string>[]
const whole = (): string => JSON.stringify(rows("SELECT summary, body FROM documents") ) + JSON.stringify(rows('SELECT holder FROM credits')) + JSON.stringify(rows('SELECT words FROM document_search'))

/** Goods of a sale that wait to be fetched, under the name that was said. */
function keptGoods(serial: string, said: string, customerId: string | null): string {
  const { floor, people } = till
  const { front } = shown(floor.desk.go('sale', null))
  if (front.screen !== 'sale') throw new Error(front.screen)
  floor.scan(serial)
  if (customerId !== null) must(people.choose(front.sale.flowId, customerId))
  const number = floor.sell([])
  const documentId = rows(`SELECT id FROM documents WHERE kind = 'sale' AND number = '${number}'`)[0]?.['id'] ?? ''
  return must(papers.pickup({ documentId, name: said, who: 'Mina' }, 'en')).documentId
}

function erasedByCentre(...ids: string[]): void {
  const { ground } = till.floor
  const mirror = new Database(ground.mirror.reading.name)
  for (const id of ids) mirror.prepare('INSERT INTO erased_customers VALUES (?, ?)').run(id, ground.now())
  mirror.close()
}

beforeEach(() => {
  till = new CustomerTill('T1', 0, () => {
    throw new Error('there is no centre')
  })
  papers = new PaperDesk({ ground: till.floor.ground, hasPrinter: () => false, queued: () => undefined })
  rosa = must(till.people.create(ROSA, [], null)).customerId
})
afterEach(async () => {
  await papers.close()
  till.floor.close()
})

const textsOf = (documentId: string): string[] =>
  (documentOf(till.floor.ground.store.reading, documentId)?.body.blocks ?? []).flatMap((block) => (block.kind === 'text' ? [block.text] : block.kind === 'pair' ? [block.right] : []))

describe('an erased customer', () => {
  it('stands by name on no paper that is kept, whatever was said for her own, and what was bought and paid stays', () => {
    const { floor, people } = till
    const [first, second, third] = floor.fresh('audio', 3).map(({ serial }) => serial) as [string, string, string]
    const own = keptGoods(first, 'the lady with the blue coat', rosa)
    const said = keptGoods(second, 'NUÑEZ IBARRA, Rosa', null)
    const others = keptGoods(third, OTHER, null)
    shown(new MoneyDesk(floor.desk).giveVoucher({ amount_cents: 2_000, reason: 'goodwill', holder: ROSA.name }))
    const service = new ServiceDesk({ ground: floor.ground, desk: floor.desk, key: new CustomerKey(randomBytes(32)), customers: people })
    const unitId = rows('SELECT unit_id AS id FROM sale_lines WHERE unit_id IS NOT NULL LIMIT 1')[0]?.['id'] ?? ''
    const { documentId: statement } = must(service.transfer(unitId, { name: ROSA.name, contact: '' }, { by: 'both-present' }))
    expect(textsOf(statement)).toContain(ROSA.name)
    const money = () => rows('SELECT id, kind, number, at, total_cents, json_array_length(body, \'$.blocks\') AS blocks FROM documents ORDER BY id')
    const before = money()
    const heard = () => rows('SELECT count(*) AS n FROM customers_heard')[0]?.['n']
    expect(heard()).toBe(1)

    shown(people.erase(rosa))
    expect(heard()).toBe(0)
    expect(whole().normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()).not.toMatch(/ibarra|blue coat/)
    expect(money()).toEqual(before)
    for (const paper of [own, said]) expect(textsOf(paper)).toContain('Name erased')
    expect(textsOf(statement)).toContain(say(floor.ground.language, 'receipt.name-erased'))
    expect(textsOf(others)).toContain(OTHER)
    expect(papers.find('núñez')).toEqual([])
    expect(papers.find(OTHER).map(({ id }) => id)).toEqual([others])
    expect(rows("SELECT count(*) AS n FROM credits WHERE holder IS NULL")[0]?.['n']).toBe(1)
  })

  it('leaves no bytes of the name in the file of the shop', () => {
    const { floor, people } = till
    keptGoods(floor.fresh('audio')[0]?.serial ?? '', 'Zyxwvut Qponmlk', rosa)
    shown(people.erase(rosa))
    const bytes = floor.ground.store.reading.serialize()
    expect([bytes.includes('Qponmlk'), bytes.includes('qponmlk')]).toEqual([false, false])
  })

  it('loses the name too when the centre erases her', async () => {
    const { floor, exchange } = till
    const own = keptGoods(floor.fresh('audio')[0]?.serial ?? '', ROSA.name, rosa)
    erasedByCentre(rosa)
    expect(await exchange.forgetErased(new AbortController().signal)).toBe(1)
    expect(textsOf(own)).toContain('Name erased')
  })

  it('is forgotten with many others one by one, so that the till serves between two, and goes on after it was closed', async () => {
    const { floor, people, exchange } = till
    const own = keptGoods(floor.fresh('audio')[0]?.serial ?? '', ROSA.name, rosa)
    const others = ['Ada', 'Bo', 'Cy'].map((name) => must(people.create({ ...CY, name }, [], null)).customerId)
    erasedByCentre(rosa, ...others)
    const known = () => rows('SELECT id FROM customers WHERE sealed IS NOT NULL').length
    const closing = new AbortController()
    const going = exchange.forgetErased(closing.signal)
    expect(known()).toBe(3)
    closing.abort()
    await going
    expect(known()).toBe(3)
    const again = exchange.forgetErased(new AbortController().signal)
    expect(known()).toBe(2)
    shown(new MoneyDesk(floor.desk).giveVoucher({ amount_cents: 2_000, reason: 'goodwill', holder: 'Cy' }))
    await again
    expect(known()).toBe(0)
    expect(textsOf(own)).toContain('Name erased')
    expect(rows('SELECT holder FROM credits')).toEqual([{ holder: null }])
  })

  it('takes nothing from somebody else of the same name, whose papers and carts say it, and what is linked to nobody stays until both are erased', () => {
    const { floor, people } = till
    const namesake = must(people.create({ ...CY, name: 'Rosa Núñez Ibarra', email: 'another@example.org' }, [], null)).customerId
    const [first, second, third] = floor.fresh('audio', 3).map(({ serial }) => serial) as [string, string, string]
    const [own, others, nobodys] = [keptGoods(first, ROSA.name, rosa), keptGoods(second, ROSA.name, namesake), keptGoods(third, ROSA.name, null)]
    shown(new MoneyDesk(floor.desk).giveVoucher({ amount_cents: 2_000, reason: 'goodwill', holder: ROSA.name }))

    shown(people.erase(rosa))
    expect([own, others, nobodys].map((paper) => textsOf(paper).includes('Name erased'))).toEqual([true, false, false])
    expect(rows('SELECT holder FROM credits')).toEqual([{ holder: ROSA.name }])
    shown(people.erase(namesake))
    expect([others, nobodys].map((paper) => textsOf(paper).includes('Name erased'))).toEqual([true, true])
    expect(rows('SELECT holder FROM credits')).toEqual([{ holder: null }])
  })

  it('leaves the name on the paper of a sale that is of somebody else who is known', () => {
    const { floor, people } = till
    const other = must(people.create({ ...CY, name: OTHER, email: 'meier@example.org' }, [], null)).customerId
    const paper = keptGoods(floor.fresh('audio')[0]?.serial ?? '', ROSA.name, other)
    shown(people.erase(rosa))
    expect(textsOf(paper)).toContain(ROSA.name)
  })

  it('stands neither on her cart that waits nor on its slips, made before or after, whatever was said for it', () => {
    const { floor, people } = till
    const parked = (serial: string, said: string, customerId: string | null): string => {
      const { front } = shown(floor.desk.go('sale', null))
      if (front.screen !== 'sale') throw new Error(front.screen)
      floor.scan(serial)
      if (customerId !== null) must(people.choose(front.sale.flowId, customerId))
      shown(floor.desk.actSale(front.sale.flowId, { do: 'park', name: said }))
      return front.sale.flowId
    }
    const [first, second, third] = floor.fresh('audio', 3).map(({ serial }) => serial) as [string, string, string]
    const [own, said, others] = [parked(first, 'Rosie', rosa), parked(second, ROSA.name, null), parked(third, OTHER, null)]
    const before = must(papers.slip(own, 'en')).documentId
    expect(textsOf(before)).toContain('Rosie')

    shown(people.erase(rosa))
    expect(textsOf(before)).toContain('Name erased')
    for (const flowId of [own, said]) expect(textsOf(must(papers.slip(flowId, 'en')).documentId).join(' ')).not.toMatch(/Rosie|Ibarra/)
    expect(textsOf(must(papers.slip(others, 'en')).documentId)).toContain(OTHER)
    expect(JSON.stringify(rows('SELECT name, state FROM flows'))).not.toMatch(/Rosie|Ibarra/)
  })

  it('loses the name on the papers of her own sales too where a till of an earlier day had left it, once', () => {
    const { floor } = till
    const { store } = floor.ground
    const [first, second] = floor.fresh('audio', 2).map(({ serial }) => serial) as [string, string]
    const [own, others] = [keptGoods(first, 'the lady with the blue coat', rosa), keptGoods(second, OTHER, null)]
    const forget = () => forgetOnOldPapers(store, floor.ground.now())
    const marks = () => rows("SELECT value FROM meta WHERE key = 'old-papers-forgot'").length
    forget()
    expect([textsOf(own).includes('the lady with the blue coat'), marks()]).toEqual([true, 0])
    store.write((db) => eraseRow(db, rosa, floor.ground.now()))
    forget()
    forget()
    expect([textsOf(own).includes('Name erased'), textsOf(others).includes(OTHER), marks()]).toEqual([true, true, 1])
    expect(rows('SELECT document_id FROM names_taken_off')).toEqual([{ document_id: own }])
    expect(readFileSync(store.file).includes('blue coat')).toBe(false)
  })

  it('is the only reason for which a kept paper changes, and then only where a name stood', () => {
    const paper = JSON.stringify({ kind: 'slip', copy: false, demo: false, language: 'en-GB', blocks: [{ kind: 'text', text: 'Rosa', align: 'center', bold: true, size: 'large' }] })
    const old = grownTill('0026', `INSERT INTO documents VALUES ('d', 'slip', 'T1-D000001', '2026-05-01T10:00:00.000Z', 5, 'Rosa', '${paper}')`)
    expect(() => old.db.exec("UPDATE documents SET summary = '' WHERE id = 'd'")).toThrow('a document is never changed')
    old.db.exec("INSERT INTO names_taken_off VALUES ('d', '2026-11-22T10:00:00.000Z')")
    for (const change of ["total_cents = 6", "number = 'X'", "at = 'later'", "body = json_remove(body, '$.blocks[0]')"])
      expect(() => old.db.exec(`UPDATE documents SET ${change} WHERE id = 'd'`)).toThrow('a document is never changed')
    old.db.exec("UPDATE documents SET summary = '' WHERE id = 'd'")
    expect(old.db.prepare("SELECT document_id FROM document_search WHERE document_search MATCH 'rosa'").all()).toEqual([])
    expect(old.db.prepare("SELECT document_id FROM document_search WHERE document_search MATCH 'T1'").all()).toEqual([{ document_id: 'd' }])
    expect(() => old.db.exec('DELETE FROM names_taken_off')).toThrow('stays taken off')
    const plan = JSON.stringify(old.db.prepare("EXPLAIN QUERY PLAN SELECT id FROM documents WHERE kind IN ('slip', 'credit', 'ownership')").all())
    expect(plan).toContain('papers_with_names')
    old.close()
  })
})
