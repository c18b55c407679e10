import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AuthorityQuestion } from '../../../contract/authority-query.ts'
import type { PersonDetails } from '../../../contract/customer.ts'
import { cents } from '../../../contract/money.ts'
import type { JournalQuery } from '../../../contract/day-journal.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import { AuthorityDesk } from '../../../electron/core/authorities/authority-desk.ts'
import { NEWEST_QUERIES } from '../../../electron/core/authorities/query-rows.ts'
import { CustomerDesk } from '../../../electron/core/customers/customer-desk.ts'
import { CustomerKey } from '../../../electron/core/customers/customer-key.ts'
import { PracticeCounter } from '../../../electron/core/devices/practice-counter.ts'
import { MailDesk } from '../../../electron/core/mails/mail-desk.ts'
import { MoneyDesk } from '../../../electron/core/money/money-desk.ts'
import { PaperDesk } from '../../../electron/core/papers/paper-desk.ts'
import { PrintQueue } from '../../../electron/core/printing/print-queue.ts'
import { eventsOfUnit } from '../../../electron/core/store/journal.ts'
import { documentOf, lastJobOfDocument } from '../../../electron/core/store/papers.ts'
import { systemClock } from '../../../native/clock.ts'
import { openPrinter } from '../../../native/printers/open-printer.ts'
import { grownTill } from '../../support/core/grown-till.ts'
import { shown, ShopFloor } from '../../support/core/shop-floor.ts'

const KEY = new CustomerKey(Buffer.alloc(32, 7))
const ROSA: PersonDetails = { name: 'Rosa Núñez', phone: '', email: '', card: '', address: 'Hafenweg 3\n20457 Hamburg', note: '', language: null }
const ORDER = 'AG Mitte 3 Gs 77/26'

function sellToRosa(floor: ShopFloor, customers: CustomerDesk): string {
  floor.shift({ do: 'open', float_cents: cents(0) })
  const { serial } = floor.fresh('phone')[0]!
  const view = shown(floor.desk.beginSale())
  if (view.front.screen !== 'sale') throw new Error('no sale is in front')
  expect(customers.create(ROSA, [], view.front.sale.flowId).ok).toBe(true)
  floor.sell([serial])
  return serial
}

describe('AU-07: the police asks about a number', () => {
  let floor: ShopFloor
  let desk: AuthorityDesk
  let customers: CustomerDesk

  beforeEach(() => {
    floor = new ShopFloor()
    floor.enter('supervisor')
    customers = new CustomerDesk({ ground: floor.ground, desk: floor.desk, key: KEY })
    desk = new AuthorityDesk({ desk: floor.desk, key: KEY, customers })
  })
  afterEach(() => floor.close())

  const asked = (text: string, order = ''): { documentId: string } | string => {
    const done = desk.ask({ text, authority: 'Polizei Berlin', caseNumber: '26/4711', officer: 'PHK Meier', order })
    return done.ok ? done.value : done.fault.code
  }
  const kept = (answer: { documentId: string } | string): ReceiptDocument => {
    if (typeof answer === 'string') throw new Error(`refused: ${answer}`)
    const document = documentOf(floor.ground.store.reading, answer.documentId)
    if (document === null) throw new Error('there is no paper')
    return document.body
  }
  const handedOver = (answer: { documentId: string } | string): ReceiptDocument => {
    const body = typeof answer === 'string' ? null : floor.ground.shownOnce.forPrinter(answer.documentId)
    if (body === null) throw new Error('nothing is handed over that is not kept')
    return body
  }
  const textOf = (body: ReceiptDocument): string => JSON.stringify(body.blocks)

  it('and is told of a piece in stock that it is ours, with what it asked by', () => {
    const { serial, unitId } = floor.fresh('phone')[0]!
    const before = eventsOfUnit(floor.ground.store.reading, unitId).length
    const paper = textOf(kept(asked(serial)))
    for (const said of ['Polizei Berlin', '26/4711', 'PHK Meier', serial, 'nicht verkauft', 'nur auf schriftliche Anordnung']) expect(paper).toContain(said)
    expect(desk.list()).toMatchObject([{ text: serial, authority: 'Polizei Berlin', caseNumber: '26/4711', answer: 'ours-not-sold', named: false }])
    const till = floor.ground.store.reading.prepare("SELECT unit_id FROM journal WHERE kind = 'authority-asked'").all()
    expect(till).toEqual([{ unit_id: null }])
    expect(eventsOfUnit(floor.ground.store.reading, unitId)).toHaveLength(before)
  })

  it('and is not told of a piece, nor of its buyer, whose number only looks like the one that is asked about', () => {
    const serial = sellToRosa(floor, customers)
    const alike = serial.replace('0', 'O')
    expect(alike).not.toBe(serial)
    const answer = asked(alike, ORDER)
    expect(textOf(kept(answer))).not.toContain(serial)
    expect(() => handedOver(answer)).toThrow('nothing is handed over')
    expect(desk.list()).toMatchObject([{ text: alike, answer: 'unknown', named: false }])
  })

  it('and is told that a number is nobody’s here', () => {
    asked('NOBODY-0815')
    expect(desk.list()).toMatchObject([{ text: 'NOBODY-0815', answer: 'unknown', named: false }])
  })

  it('and is told who looks for a piece, and nothing of what staff are told to do', () => {
    const paper = textOf(kept(asked(floor.story('stolen'))))
    expect(paper).toContain('Gemeldet')
    expect(paper).not.toContain('Aufsicht')
  })

  it('and is told when and where a piece was sold, and to whom only on a written order', () => {
    const serial = sellToRosa(floor, customers)
    const without = asked(serial)
    expect(textOf(kept(without))).not.toContain('Rosa')
    expect(() => handedOver(without)).toThrow('nothing is handed over')
    const withOrder = asked(serial, ORDER)
    expect(textOf(handedOver(withOrder))).toContain('Rosa Núñez, Hafenweg 3, 20457 Hamburg')
    expect(textOf(handedOver(withOrder))).toContain(ORDER)
    expect(desk.list().map(({ answer, named }) => [answer, named])).toEqual([['ours-sold', true], ['ours-sold', false]])
  })

  it('and the name is in no row of the shop: the kept paper says only that one was told', () => {
    const serial = sellToRosa(floor, customers)
    const paper = textOf(kept(asked(serial, ORDER)))
    expect(paper).not.toContain('Rosa')
    expect(paper).toContain('der Name steht nur dort')
    const rows = ['authority_queries', 'documents', 'journal'].map((table) => JSON.stringify(floor.ground.store.reading.prepare(`SELECT * FROM ${table}`).all()))
    expect(rows.join('\n')).not.toContain('Rosa')
  })

  it('and is told on an order too that nobody is known by name', () => {
    floor.shift({ do: 'open', float_cents: cents(0) })
    const { serial } = floor.fresh('phone')[0]!
    floor.sell([serial])
    const paper = textOf(kept(asked(serial, ORDER)))
    expect(paper).toContain('niemand mit Namen bekannt')
    expect(paper).not.toContain('Nicht an dieser Kasse verkauft')
    expect(desk.list()[0]).toMatchObject({ named: false, order: ORDER })
  })

  it('and is told where this till cannot know the buyer, because another one made the sale', () => {
    const { serial } = floor.ground.mirror.reading
      .prepare("SELECT a.value AS serial FROM units u JOIN unit_aliases a ON a.unit_id = u.id WHERE u.title = 'sold' AND a.kind = 'serial' ORDER BY u.id LIMIT 1")
      .get() as { serial: string }
    const paper = textOf(kept(asked(serial, ORDER)))
    expect(paper).toContain('In den Unterlagen dieser Kasse ist niemand mit Namen bekannt')
    expect(paper).toContain('Nicht an dieser Kasse verkauft')
  })

  it('and an order is answered by nobody while the names cannot be read, instead of saying that there are none', () => {
    const serial = sellToRosa(floor, customers)
    customers = new CustomerDesk({ ground: floor.ground, desk: floor.desk, key: null })
    desk = new AuthorityDesk({ desk: floor.desk, key: null, customers })
    expect(asked(serial, ORDER)).toBe('customers-locked')
    expect(desk.list()).toEqual([])
    expect(textOf(kept(asked(serial)))).toContain('nur auf schriftliche Anordnung')
  })

  it('and a clerk without the right answers nothing, until a colleague answers for it', async () => {
    const { serial } = floor.fresh('phone')[0]!
    floor.enter('cashier')
    expect(asked(serial)).toBe('no-right')
    expect(desk.list()).toEqual([])
    await floor.stepUp('supervisor', 'see-customer', 'The police asks')
    expect(typeof asked(serial)).toBe('object')
    expect(asked(serial)).toBe('no-right')
    expect(desk.list()).toHaveLength(1)
    expect(floor.desk.person?.name).not.toBe(desk.list()[0]?.by)
  })

  it('and what was answered is read, printed and sent later only by who may see customers, and no list tells who asked', async () => {
    const papers = new PaperDesk({ ground: floor.ground, hasPrinter: () => true, queued: () => undefined })
    const mails = new MailDesk({ ground: floor.ground, clock: systemClock, key: KEY, customers, papers, changed: () => undefined })
    const answer = asked(floor.fresh('phone')[0]!.serial)
    const documentId = typeof answer === 'string' ? '' : answer.documentId
    const refusal = { ok: false, fault: { code: 'no-right', params: { right: 'see-customer' } } }
    const read = () => papers.document(documentId, floor.desk.person?.staffId ?? null)
    expect(read().ok).toBe(true)
    floor.enter('cashier')
    expect(read()).toMatchObject(refusal)
    expect(papers.print(documentId)).toMatchObject(refusal)
    expect(await papers.pdf(documentId, 'a4')).toMatchObject(refusal)
    expect(mails.email(documentId, 'someone@example.org')).toMatchObject(refusal)
    expect(papers.find('Polizei')).toEqual([])
    expect(JSON.stringify(papers.find(''))).not.toMatch(/Polizei|4711/)
    await floor.stepUp('supervisor', 'see-customer', 'The police asks for it again')
    expect(read().ok).toBe(true)
    expect(read()).toMatchObject(refusal)
    floor.enter('manager')
    expect(read().ok).toBe(true)
    await papers.close()
  })

  it('and the clerk for whom a colleague answered still sees that paper when it is out, as it is kept', async () => {
    const papers = new PaperDesk({ ground: floor.ground, hasPrinter: () => true, queued: () => undefined })
    const serial = sellToRosa(floor, customers)
    floor.enter('cashier')
    await floor.stepUp('supervisor', 'see-customer', 'The police asks')
    const answer = asked(serial, ORDER)
    const documentId = typeof answer === 'string' ? '' : answer.documentId
    const seen = () => JSON.stringify(papers.document(documentId, floor.desk.person?.staffId ?? null))
    expect(seen()).toContain('Rosa')
    floor.ground.shownOnce.forget(documentId)
    expect(seen()).not.toContain('Rosa')
    expect(seen()).toContain('der Name steht nur dort')
    floor.later(11 * 60_000)
    expect(seen()).toContain('no-right')
    await papers.close()
  })

  it('and the journal shows the answer among those of authorities and of who gave it, and not who asked', () => {
    const answer = asked(sellToRosa(floor, customers))
    const by = floor.desk.person?.staffId ?? ''
    const found = (query: Partial<JournalQuery>) =>
      new MoneyDesk(floor.desk).journal({ text: '', group: null, staffId: null, from: null, to: null, least_cents: null, most_cents: null, ...query }, null).lines
    expect(found({ group: 'authority' })).toMatchObject([{ of: 'paper', kind: 'authority', who: floor.desk.person?.name, ...(typeof answer === 'string' ? {} : answer) }])
    expect(found({ group: 'authority', staffId: by })).toHaveLength(1)
    expect(found({ group: 'authority', staffId: 'nobody' })).toEqual([])
    expect(found({ group: 'paper' })).toEqual([])
    expect(found({}).map(({ group }) => group)).toContain('authority')
    expect(JSON.stringify(found({ group: 'authority' }))).not.toContain('Polizei')
  })

  it('and nothing is answered to nobody: authority, officer and case are needed', () => {
    const full = { text: 'X', authority: 'Polizei', caseNumber: '1', officer: 'Meier', order: '' }
    expect(AuthorityQuestion.safeParse(full).success).toBe(true)
    for (const missing of ['text', 'authority', 'caseNumber', 'officer']) expect(AuthorityQuestion.safeParse({ ...full, [missing]: ' ' }).success).toBe(false)
  })
})

describe('AU-07: the answer comes out of the printer', () => {
  it('once and with the name that the order asks for', async () => {
    let queue: PrintQueue | null = null
    const floor = new ShopFloor('counter', 'T1', { hasPrinter: () => queue !== null, afterWrite: () => queue?.kick() })
    const practice = new PracticeCounter(systemClock, () => undefined, () => ({ access: null, kill: null }))
    floor.enter('supervisor')
    const customers = new CustomerDesk({ ground: floor.ground, desk: floor.desk, key: KEY })
    const serial = sellToRosa(floor, customers)
    queue = new PrintQueue({
      ground: floor.ground, paper: { profile: 'epson', paper: '80mm', pictures: new Map() }, changed: () => undefined, leaves: () => false,
      printer: openPrinter({ kind: 'usb', path: 'practice' }, { dialect: 'escpos', transport: practice.printer() }, systemClock),
    })
    const asked = new AuthorityDesk({ desk: floor.desk, key: KEY, customers })
      .ask({ text: serial, authority: 'Polizei Berlin', caseNumber: '26/4711', officer: 'PHK Meier', order: ORDER })
    if (!asked.ok) throw new Error(asked.fault.code)
    const { documentId } = asked.value
    await expect.poll(() => lastJobOfDocument(floor.ground.store.reading, documentId)?.state).toBe('printed')
    expect(practice.view().printer?.text).toContain('Rosa Núñez')
    expect(floor.ground.shownOnce.forPrinter(documentId)).toBeNull()
    await queue.close()
    floor.close()
  })
})

describe('questions of authorities come to a till that is in use', () => {
  it('and are never changed or deleted, the newest by an index, and no name without an order', () => {
    const till = grownTill('0027', `INSERT INTO documents (id, kind, number, at, total_cents, summary, body) VALUES ('d', 'certificate', 'T1-Q000001', '2026-11-23', 0, '', '{}');`)
    const insert = till.db.prepare("INSERT INTO authority_queries VALUES (?, '2026-11-23', 'X', 'Polizei', '1', 'Meier', ?, 'unknown', ?, 'Max', 'd')")
    insert.run('T1-Q000001', '', 0)
    expect(() => insert.run('T1-Q000002', '', 1)).toThrow(/CHECK/)
    expect(() => till.db.exec("UPDATE authority_queries SET text = 'Y'")).toThrow('never changed')
    expect(() => till.db.exec('DELETE FROM authority_queries')).toThrow('never deleted')
    const plan = till.db.prepare(`EXPLAIN QUERY PLAN ${NEWEST_QUERIES}`).all() as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join(' / ')).toContain('authority_queries_newest')
    till.close()
  })
})
