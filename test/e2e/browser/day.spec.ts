import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { denominationsOf } from '../../../contract/denominations.ts'
import { startPrinterServer, type PrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { startTerminalServer, type TerminalServer } from '../../../native/simulators/terminal/terminal-server.ts'
import { loadMirror } from '../../../hub/sync/load-mirror.ts'
import { makeJoinCode } from '../../../hub/sync/devices.ts'
import { startOffice, startPostgres, type RunningOffice, type TestPostgres } from '../../support/hub-office.ts'
import { enter, example, saleIn, scan, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'
import { asTold, toldByJournal } from '../../support/core/told-by-journal.ts'
import { press as pressAt, type as typeAt } from '../fingers.ts'

/**
 * One day at a till of a shop with two tills and a centre, from the first coin to the Z. A scanner and ten fingers, no
 * mouse; a printer, a card terminal and a centre that answer like real ones.
 */
const STORE = 'store-berlin'
const CASHIER = { staffId: 'staff-mara', pin: '1111' }
const SUPERVISOR = { staffId: 'staff-ines', pin: '2222', badge: 'BADGE-0003', name: 'Inès Caron' }
const FLOAT_TWENTIES = 10

const folders = { seed: temporaryFolder(), one: temporaryFolder(), two: temporaryFolder() }
let postgres: TestPostgres
let office: RunningOffice
let printer: PrinterServer
let terminal: TerminalServer
let till: RunningTill
let other: RunningTill
let client: Client
let neighbour: Client
let leave: () => void
let leaveOther: () => void
let page: Page
/** Receipts of the day in the order in which they were paid. */
const receipts: string[] = []

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  withDemoMirror(folders.seed.path)
  postgres = await startPostgres()
  office = await startOffice(await postgres.database('day'), postgres.folder)
  await loadMirror(office.hub.ground, join(folders.seed.path, 'mirror.db'))
  printer = await startPrinterServer()
  terminal = await startTerminalServer()
  // A terminal that has been used before: its last receipt is what a till can compare with.
  terminal.terminal.bookByHand(4_200)
  till = await startTill([...atOne(), ...(await joining('T1'))])
  other = await startTill(['--data', folders.two.path, ...(await joining('T2'))])
  ;({ client, close: leave } = await enter(till))
  ;({ client: neighbour, close: leaveOther } = await enter(other))
  for (const one of [client, neighbour])
    await expect.poll(async () => (await one.desk.view()).sync.state, { timeout: 60_000 }).toBe('up-to-date')
  await client.desk.setLanguage({ language: 'en' })
  await neighbour.session.signIn({ staffId: 'staff-deniz', pin: '1212' })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  page = await context.newPage()
  await page.goto(till.url)
})

test.afterAll(async () => {
  leave()
  leaveOther()
  await page.context().close()
  await Promise.all([till.end(), other.end()])
  await Promise.all([printer.close(), terminal.close()])
  await office.stop()
  await postgres.stop()
  for (const folder of Object.values(folders)) folder.remove()
})

const atOne = (): string[] => ['--data', folders.one.path, '--printer', printer.address, '--terminal', terminal.address]
const joining = async (code: string): Promise<string[]> =>
  ['--till', code, '--hub', office.hub.url, '--join', (await makeJoinCode(office.hub.ground, STORE, 'test')).code]

const type = (text: string): Promise<void> => typeAt(page, text)
const press = (...keys: readonly string[]): Promise<void> => pressAt(page, ...keys)
const scanField = () => page.getByRole('search').getByRole('combobox')
const cart = () => page.locator('.lines__list > li')
const isPaid = () => expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()

async function sale() {
  return saleIn(await client.desk.view())
}

/** What is short is typed, as by hand; the numbers of pieces come from the scanner. */
async function bring(...goods: readonly string[]): Promise<void> {
  await press('F2')
  await expect(page.getByText('Scan the first piece')).toBeVisible()
  for (const text of goods) {
    const before = JSON.stringify((await sale()).lines)
    if (text.length > 8) await scan(client, text)
    else {
      await expect(scanField()).toBeFocused()
      await type(text)
      await press('Enter')
    }
    await expect.poll(async () => JSON.stringify((await sale()).lines), { message: text }).not.toBe(before)
    await expect(cart()).toHaveCount((await sale()).lines.length)
  }
}

async function toPay(): Promise<void> {
  await press('F12')
  await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
}

async function paid(): Promise<string> {
  await isPaid()
  const now = await sale()
  if (now.at !== 'paid') throw new Error(`the sale is ${now.at}`)
  receipts.push(now.receiptNumber)
  return now.receiptNumber
}

/** Fresh pieces on the shelf of this store, each handed out once. */
const handedOut = new Set<string>()
function piece(productId: string): string {
  const db = new Database(join(folders.seed.path, 'mirror.db'), { readonly: true })
  const some = db.prepare(`SELECT a.value FROM units u JOIN unit_aliases a ON a.unit_id = u.id AND a.kind IN ('serial', 'vin') AND a.retired_why IS NULL
    WHERE u.product_id = ? AND u.store_id = ? AND u.title = 'ours' AND u.custody = 'in-stock' AND u.area = 'shelf' AND u.more IS NULL
      AND u.condition = 'new' ORDER BY a.value DESC`).pluck().all(productId, STORE) as string[]
  db.close()
  const serial = some.find((text) => !handedOut.has(text))
  if (serial === undefined) throw new Error(`there is no fresh piece of ${productId}`)
  handedOut.add(serial)
  return serial
}

/** The books of the till as an auditor opens them. */
function books<T>(look: (db: Database.Database) => T): T {
  const db = new Database(join(folders.one.path, 'shop.db'), { readonly: true })
  try {
    return look(db)
  } finally {
    db.close()
  }
}
const cardTaken = () => terminal.terminal.taken_cents - 4_200

test('in the morning: a PIN, and the float counted into the drawer', async () => {
  await page.getByRole('radio', { name: /Mara Lindqvist/ }).focus()
  await press('Space')
  await expect(page.getByText('PIN of Mara Lindqvist')).toBeVisible()
  await press(...CASHIER.pin)
  await press('Enter')
  await expect(scanField()).toBeFocused()
  await type('Shift')
  await expect(page.getByRole('option', { name: /Shift/ }).first()).toBeVisible()
  await press('ArrowDown', 'Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Pieces of €500.00' })).toBeFocused()
  for (let row = 0; row < 4; row += 1) await page.keyboard.press('Tab')
  await type(String(FLOAT_TWENTIES))
  await page.keyboard.press('Tab')
  await press('F12')
  await expect(dialog).toHaveCount(0)
  expect((await client.desk.view()).shift).toMatchObject({ at: 'open', float_cents: FLOAT_TWENTIES * 2_000 })
})

test('a phone for cash with change, and plain goods counted up with one key', async () => {
  const phone = piece('product-0104')
  await bring(phone)
  await toPay()
  const { totals } = await sale()
  const given_euros = Math.ceil(totals.gross_cents / 10_000) * 100
  await type(String(given_euros))
  await press('Enter')
  const number = await paid()
  expect(await sale()).toMatchObject({ at: 'paid', change_cents: given_euros * 100 - totals.gross_cents })
  await expect.poll(() => printer.text()).toContain(number)
  expect(printer.text()).toContain(phone)

  await bring('MR-0204')
  await press('+', '+')
  await expect.poll(async () => (await sale()).lines[0]?.quantity).toBe(3)
  await toPay()
  await press('Enter')
  await paid()
})

test('a lot chosen from two, and a set whose camera is scanned, by card', async () => {
  await press('F2')
  await expect(page.getByText('Scan the first piece')).toBeVisible()
  await type('MR-0231')
  await press('Enter')
  await expect(page.getByRole('dialog').getByRole('option').first()).toBeFocused()
  await press('ArrowDown', 'Enter')
  await expect(cart()).toHaveCount(1)
  await toPay()
  await press('Enter')
  await paid()

  await bring('MR-0213')
  await expect(page.getByText(/Lumenar Two/).first()).toBeVisible()
  await scan(client, piece('product-0142'))
  await toPay()
  await press('F6')
  await paid()
  expect(cardTaken()).toBe(159_900)
})

test('a plan tied to a phone, by card beside the till', async () => {
  await bring(piece('product-0101'), 'MR-0244')
  await expect(cart()).toHaveCount(2)
  await toPay()
  await press('F9')
  await paid()
  expect(cardTaken()).toBe(159_900)
})

test('a discount that a supervisor answers for, without anybody signing out', async () => {
  await bring('MR-0203')
  await press('Insert')
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Per cent' })).toBeFocused()
  await press('d', '1', '0', 'Enter')
  await stepUp()
  expect((await sale()).totals).toMatchObject({ discount_cents: 300, gross_cents: 2_699 })
  await toPay()
  await press('Enter')
  await paid()
})

/** The supervisor's badge and PIN; the reason was said already, or is the first of the list. */
async function stepUp(reason?: string): Promise<void> {
  const dialog = page.getByRole('alertdialog', { name: 'A colleague must answer for this' })
  await expect(dialog).toBeVisible()
  if (reason !== undefined) await press(reason)
  await scan(client, SUPERVISOR.badge)
  await expect(dialog.getByText(`PIN of ${SUPERVISOR.name}`)).toBeVisible()
  await type(SUPERVISOR.pin)
  await press('Enter')
  await expect(dialog).toBeHidden()
}

async function voucherOf(amount_cents: number): Promise<string> {
  await client.session.stepUp({ right: 'pay-out', staffId: SUPERVISOR.staffId, pin: SUPERVISOR.pin, reason: 'Goodwill' })
  const given = await client.money.giveVoucher({ amount_cents: amount_cents as never, reason: 'Goodwill', holder: '' })
  return String(given.alarm?.params['number'])
}

test('a voucher by its number, and the rest split over cash and the terminal', async () => {
  const number = await voucherOf(1_000)
  await bring('MR-0202')
  await toPay()
  await press('F7')
  await expect(page.getByRole('dialog').getByLabel('Number of the voucher')).toBeFocused()
  await type(number.toLowerCase().replaceAll('-', ''))
  await press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
  await type('5')
  await press('Enter')
  await expect(page.getByText('Paid so far')).toBeVisible()
  await expect.poll(async () => (await sale()).at === 'tendering' && ((await sale()) as { tenders: unknown[] }).tenders.length).toBe(2)
  await press('F6')
  await paid()
  const now = await sale()
  expect(now.at === 'paid' ? now.tenders.map(({ kind, amount_cents }) => [kind, amount_cents]) : []).toEqual([['voucher', 1_000], ['cash', 500], ['card', 2_499]])
  expect((await client.money.credit({ number })).balance_cents).toBe(0)
})

test('parked under a name, called back after the next customer, and voided with the supervisor', async () => {
  await bring(piece('product-0191'))
  await press('F6')
  await type('Blue jacket')
  await press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: /Scan anything/ })).toBeVisible()
  await bring('MR-0210')
  await toPay()
  await press('Enter')
  await paid()
  await press('F7')
  await expect(page.getByRole('dialog').getByText('Blue jacket', { exact: true })).toBeVisible()
  await press('Enter')
  await expect(cart()).toHaveCount(1)
  await press('Shift+Delete')
  await expect(page.getByRole('alertdialog', { name: 'Void this sale?' })).toBeVisible()
  await press('Shift+Delete')
  await stepUp('a')
  expect(await client.desk.view()).toMatchObject({ front: { screen: 'home' }, parked: [], session: { person: { role: 'cashier' } } })
})

test('the paper ends in the middle of a receipt; with a new roll it comes out whole, once', async () => {
  await expect.poll(async () => (await client.desk.view()).papers.every(({ print }) => print.state === 'printed')).toBe(true)
  printer.takePaper()
  printer.printer.set({ paper_lines: 5 })
  await bring('MR-0201')
  await toPay()
  await press('Enter')
  const number = await paid()
  await expect(page.locator('.status__trouble')).toContainText(/paper/i)
  expect(printer.text()).not.toContain('Thank you')
  printer.printer.set({ paper_lines: null })
  await expect(page.locator('.print-line--printed')).toBeVisible({ timeout: 30_000 })
  expect(printer.text().match(/TOTAL/gu)).toHaveLength(1)
  expect(printer.text()).toContain(number)
  expect(printer.text()).toContain('Thank you')
})

test('the power goes while a card is asked for; back again, the till asks the terminal and the sale is paid once', async () => {
  const before = cardTaken()
  terminal.terminal.set({ slow_ms: 150 })
  const phone = piece('product-0105')
  await bring(phone)
  await toPay()
  const { totals } = await sale()
  const asked = terminal.terminal.heard.filter(({ kind }) => kind === 'pay').length
  await press('F6')
  await expect.poll(() => cardTaken(), { intervals: [5] }).toBe(before + totals.gross_cents)
  leave()
  await till.end('SIGKILL')
  terminal.terminal.set({ slow_ms: 0 })
  till = await startTill(atOne())
  ;({ client, close: leave } = await enter(till))
  await page.goto(till.url)
  await paid()
  expect(cardTaken()).toBe(before + totals.gross_cents)
  expect(terminal.terminal.heard.filter(({ kind }) => kind === 'pay')).toHaveLength(asked + 1)
  expect(books((db) => db.prepare('SELECT count(*) FROM sale_lines WHERE serial = ?').pluck().get(phone))).toBe(1)
})

test('two tills want the same piece in the same second: one of them sells it', async () => {
  await expect.poll(async () => (await client.desk.view()).sync.state, { timeout: 60_000 }).toBe('up-to-date')
  const wanted = piece('product-0103')
  await press('F2')
  await expect(page.getByText('Scan the first piece')).toBeVisible()
  await neighbour.sale.begin()
  await Promise.all([scan(client, wanted), scan(neighbour, wanted)])
  const atNeighbour = saleIn(await neighbour.desk.view())
  await Promise.allSettled([
    client.sale.act({ flowId: (await sale()).flowId, action: { do: 'pay' } }),
    neighbour.sale.act({ flowId: atNeighbour.flowId, action: { do: 'pay' } }),
  ])
  const views = [await sale(), saleIn(await neighbour.desk.view())]
  expect(views.map(({ at }) => at).toSorted()).toEqual(['open', 'tendering'])
  const [loser] = views.filter(({ at }) => at === 'open')
  expect(loser?.notice?.code).toMatch(/^(in-other-cart|no-longer-sellable)$/)
  if (views[0]?.at === 'tendering') {
    await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
    await press('Enter')
    await paid()
  } else {
    const due = views[1]?.at === 'tendering' ? views[1].due_cents : 0
    await neighbour.sale.act({ flowId: atNeighbour.flowId, action: { do: 'tender', kind: 'cash', given_cents: due as never } })
    expect(saleIn(await neighbour.desk.view()).at).toBe('paid')
    if ((await cart().count()) > 0) await press('Delete')
  }
  // What was sold at one till is sold at the other.
  const late = views[0]?.at === 'tendering' ? neighbour : client
  await expect
    .poll(async () => {
      const { lines, flowId } = saleIn(await late.sale.begin())
      for (const { lineId } of lines) await late.sale.act({ flowId, action: { do: 'remove-line', lineId } })
      return saleIn(await scan(late, wanted)).notice?.code
    }, { intervals: [300] })
    .toBe('already-sold')
})

const PAY_KEY = { cash: 'Enter', card: 'F6', beside: 'F9', split: 'F6' } as const

test('P97: the afternoon: the rest of thirty customers by keys and scans alone, whatever they buy and however they pay', async () => {
  test.setTimeout(300_000)
  const lot = await example(client, 'lot')
  const kinds: readonly (readonly [goods: readonly string[], pay: keyof typeof PAY_KEY])[] = [
    [['MR-0201'], 'cash'], [['MR-0202', 'MR-0204'], 'card'], [[piece('product-0192')], 'split'], [[lot], 'cash'], [['MR-0241'], 'beside'],
    [[piece('product-0161'), 'MR-0209'], 'card'], [['MR-0206', 'MR-0206'], 'cash'], [[piece('product-0102'), 'MR-0244'], 'beside'],
    [['MR-0211', 'MR-0204'], 'cash'], [['MR-0213', piece('product-0142')], 'split'], [['MR-0242', lot], 'card'], [[piece('product-0193')], 'cash'],
    [['MR-0207'], 'beside'], [['MR-0208', 'MR-0211'], 'split'], [[piece('product-0112')], 'card'], [['MR-0205'], 'cash'], [['MR-0210'], 'cash'],
    [[lot, 'MR-0201'], 'split'], [['MR-0203'], 'card'], [['MR-0243'], 'cash'], [['MR-0202'], 'cash'],
  ]
  for (const [goods, pay] of kinds) {
    await bring(...goods)
    await toPay()
    const { gross_cents } = (await sale()).totals
    if (pay === 'cash') await type(String(Math.ceil(gross_cents / 5_000) * 50))
    if (pay === 'split') {
      await type((Math.floor(gross_cents / 2) / 100).toFixed(2))
      await press('Enter')
      await expect(page.getByText('Paid so far')).toBeVisible()
    }
    await press(PAY_KEY[pay])
    await paid()
  }
  expect(receipts.length).toBeGreaterThanOrEqual(30)
  expect(new Set(receipts).size).toBe(receipts.length)
})

test('in the evening: counted blind, and the Z is the sum of the journal', async () => {
  await client.desk.go({ to: 'home', unitId: null })
  await expect.poll(async () => (await client.desk.view()).papers.every(({ print }) => print.state === 'printed'), { timeout: 40_000 }).toBe(true)
  await expect.poll(async () => (await client.desk.view()).sync.waiting.events).toBe(0)
  const { shift } = await client.desk.view()
  if (shift.at !== 'open') throw new Error('no shift is open')
  const told = books((db) => toldByJournal(db, shift.shiftId))
  await expect(scanField()).toBeFocused()
  await type('Shift')
  await press('ArrowDown', 'Enter')
  await expect(page.getByRole('dialog')).not.toContainText('Should be in the drawer')
  await press('F12')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Pieces of €500.00' })).toBeFocused()
  let left = told.inDrawer
  for (const value of denominationsOf('EUR')) {
    await page.keyboard.type(String(Math.floor(left / value)))
    await page.keyboard.press('Tab')
    left %= value
  }
  for (const tick of await dialog.locator('.tick').all()) {
    await tick.focus()
    await press('Space')
  }
  await press('F12')
  await expect(dialog.getByText('The drawer is right')).toBeVisible()
  await press('Enter')

  await client.session.signOut()
  await client.session.signIn({ staffId: 'staff-jonas', pin: '3333' })
  const report = await client.shift.report({ shiftId: shift.shiftId })
  expect(report).toMatchObject({ difference_cents: 0, counted_cents: told.inDrawer, sales: { count: receipts.length }, drawerOpened: 0 })
  expect(asTold(report)).toEqual(told)
  const paidIn = report.tenders.reduce((sum, { in_cents, out_cents }) => sum + in_cents - out_cents, 0)
  expect(paidIn).toBe(report.sales.amount_cents + report.rounding_cents)
  const byLine = books((db) => db.prepare(`SELECT sum(a.amount_cents) FROM payment_attempts a JOIN payment_steps s ON s.attempt_id = a.id
    WHERE s.state = 'approved' AND a.by_hand = 0`).pluck().get())
  expect(byLine).toBe(cardTaken())
  await expect.poll(() => printer.text()).toContain(report.number ?? 'a Z without a number')
})
