import { expect, test, type Page } from '@playwright/test'
import { startPrinterServer, type PrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { enter, example, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'
import { PseudoTerminal } from '../../support/pseudo-terminal.ts'
import { goTo, goToReturn, press, type } from '../fingers.ts'

/**
 * A person at the counter, as far as one can go without hands: scans come through a real serial line, the screen is a
 * real browser, and the paper comes out of something that answers like a printer.
 */
const folder = temporaryFolder()
let scanner: PseudoTerminal
let printer: PrinterServer
let till: RunningTill
let client: Client
let leave: () => void

test.describe.configure({ mode: 'default' })

test.beforeAll(async () => {
  withDemoMirror(folder.path)
  scanner = await PseudoTerminal.plugged()
  printer = await startPrinterServer()
  till = await startTill(['--data', folder.path, '--scanner', `serial:${scanner.path}@9600`, '--printer', printer.address])
  ;({ client, close: leave } = await enter(till))
  await expect.poll(async () => (await client.desk.view()).devices.every((device) => device.state === 'ready')).toBe(true)
  await client.desk.setLanguage({ language: 'en' }).catch(() => undefined)
})

test.afterAll(async () => {
  leave()
  await till.end()
  await printer.close()
  await scanner.unplug()
  folder.remove()
})

const scan = async (story: string): Promise<string> => {
  const text = await example(client, story)
  await scanner.send(`${text}\r\n`)
  return text.replace(/^\][A-Za-z]\d/, '')
}

async function signIn(page: Page): Promise<void> {
  await page.goto(till.url)
  const tile = page.getByRole('radio', { name: /Deniz Aksoy/ })
  await tile.or(page.getByRole('search')).first().waitFor()
  if (!(await tile.isVisible())) return
  await tile.click()
  await type(page, '1212')
  await press(page, 'Enter')
  await expect(page.getByRole('search')).toBeVisible()
}

test('signs in with a PIN; a wrong one is said in words', async ({ page }) => {
  await page.goto(till.url)
  await page.getByRole('radio', { name: /Deniz Aksoy/ }).click()
  await type(page, '9999')
  await press(page, 'Enter')
  await expect(page.getByRole('alert')).toContainText('PIN')
  await type(page, '1212')
  await press(page, 'Enter')
  await expect(page.getByRole('search')).toBeVisible()
})

test('sells by scanning only: a serial, an EAN, cash, and the serial stands on the paper', async ({ page }) => {
  await signIn(page)
  const serial = await scan('fresh-phone')
  const list = page.getByRole('region', { name: 'Pieces in this sale' })
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await expect(list).toContainText(serial)
  await expect(list).toContainText('May be sold')
  await scan('plain-article')
  await expect(list.getByRole('listitem')).toHaveCount(2)

  await scanner.send(`${serial}\r\n`)
  await expect(page.getByRole('main')).toContainText(/already in this sale/i)

  await press(page, 'F12')
  await expect(page.getByRole('heading', { name: 'Payment' })).toBeVisible()
  await press(page, 'F2')
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible()
  await expect.poll(() => printer.text()).toContain(serial)
  expect(printer.text()).toMatch(/T1-R\d{6}/)
  expect(printer.text()).toMatch(/NOT A RECEIPT/)

  await scanner.send(`${serial}\r\n`)
  await expect(page.getByRole('alert')).toContainText(/T1-R\d{6}/)
})

test('takes a typed serial, undoes it with one key, parks and recalls', async ({ page }) => {
  await signIn(page)
  await press(page, 'F2')
  const field = page.getByRole('combobox', { name: /scan/i })
  await field.fill(await example(client, 'by-imei'))
  await press(page, 'Enter')
  const list = page.getByRole('region', { name: 'Pieces in this sale' })
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await press(page, 'F8')
  await expect(page.getByText('Scan the first piece')).toBeVisible()
  await scan('by-imei')
  await expect(list.getByRole('listitem')).toHaveCount(1)

  await press(page, 'F6')
  await page.getByRole('textbox', { name: /name/i }).fill('Blue jacket')
  await press(page, 'Enter')
  await expect(page.getByRole('heading', { level: 1, name: /Scan anything/ })).toBeVisible()
  await press(page, 'F7')
  await page.getByRole('dialog').getByText('Blue jacket', { exact: true }).click()
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('button', { name: 'Void sale' }).or(page.getByRole('button', { name: /Remove/ })).first().click()
})

test('takes a piece back from the unit alone, with four answers, their source and their age', async ({ page }) => {
  await signIn(page)
  await goToReturn(page)
  await scan('may-be-returned')
  for (const question of ['Purchase', 'Warranty', 'Theft', 'Recall']) await expect(page.getByRole('main')).toContainText(question)
  await page.getByRole('radio', { name: 'Changed mind' }).or(page.getByRole('button', { name: 'Changed mind' })).first().click()
  await page.getByRole('radio', { name: /^New/ }).or(page.getByRole('button', { name: /^New/ })).first().click()
  await page.getByRole('button', { name: /^Refund / }).click()
  // What was paid by card goes back on the terminal beside the till, and the clerk says that it did.
  const wentBack = page.getByRole('button', { name: 'The money went back' })
  await expect(wentBack.or(page.getByRole('heading', { name: 'Refunded' }))).toBeVisible()
  if (await wentBack.isVisible()) await wentBack.click()
  await expect(page.getByRole('heading', { name: 'Refunded' })).toBeVisible()
  await expect.poll(() => printer.text()).toMatch(/T1-G\d{6}/)
})

test('ends quietly at a stolen piece', async ({ page }) => {
  await signIn(page)
  await goToReturn(page)
  await scan('stolen')
  await expect(page.getByRole('main')).toContainText(/colleague/i)
  await expect(page.getByRole('button', { name: /^Refund / })).toHaveCount(0)
})

test('checks any piece: seven answers and its life', async ({ page }) => {
  await signIn(page)
  await goTo(page, 'F4', 'Scan any piece')
  await scan('recalled-sold')
  await expect(page.getByRole('heading', { name: 'Life of this piece' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(/recall/i)
})

test('says that the scanner was pulled out, and sells on by hand; plugged in again it scans again (P94)', async ({ page }) => {
  await signIn(page)
  await press(page, 'F2')
  await scanner.unplug()
  await expect.poll(async () => (await client.desk.view()).devices.find((device) => device.role === 'scanner')?.state).not.toBe('ready')
  await page.getByRole('combobox', { name: /scan/i }).fill(await example(client, 'plain-article'))
  await press(page, 'Enter')
  await expect(page.getByRole('region', { name: 'Pieces in this sale' })).toContainText('Phone case')
  await scanner.plug()
  await expect.poll(async () => (await client.desk.view()).devices.find((device) => device.role === 'scanner')?.state).toBe('ready')
})

test('garbage and a scan of ten megabytes are told, and change nothing', async ({ page }) => {
  await signIn(page)
  const before = await client.desk.view()
  await scanner.send(Buffer.from([0xff, 0x00, 0x13, 0x37, 0x01, 0x02, 0x0d, 0x0a]))
  await scanner.send(Buffer.alloc(10 * 1024 * 1024, 0x41))
  await scanner.send('\r\n')
  await expect.poll(async () => (await client.desk.view()).devices.find((device) => device.role === 'scanner')?.garbled ?? 0).toBeGreaterThan(0)
  const after = await client.desk.view()
  expect(after.front).toEqual(before.front)
  await scan('plain-article')
  await expect(page.getByRole('region', { name: 'Pieces in this sale' })).toContainText('Phone case')
})

/** One plain article for the exact amount in cash; answers its receipt number. */
async function quickSale(page: Page): Promise<string> {
  await client.sale.begin()
  await scan('plain-article')
  await expect(page.getByRole('region', { name: 'Pieces in this sale' })).toContainText('Phone case')
  await press(page, 'F12')
  await expect(page.getByRole('heading', { name: 'Payment' })).toBeVisible()
  await press(page, 'Enter')
  await expect(page.getByRole('heading', { name: 'Paid' })).toBeVisible()
  const { front } = await client.desk.view()
  if (front.screen !== 'sale' || front.sale.at !== 'paid') throw new Error('the sale is not paid')
  return front.sale.receiptNumber
}

test('an open cover is said before the customer leaves; closed, the paper comes by itself (P89)', async ({ page }) => {
  await signIn(page)
  printer.printer.set({ cover: 'open' })
  const number = await quickSale(page)
  await expect(page.getByRole('main')).toContainText(/cover/i)
  expect(printer.text()).not.toContain(number)
  printer.printer.set({ cover: 'closed' })
  await expect.poll(() => printer.text(), { timeout: 30_000 }).toContain(number)
})

test('a paper of unknown fate is asked about, never printed again unasked; a second one says COPY (P88, P90)', async ({ page }) => {
  await signIn(page)
  printer.takePaper()
  printer.printer.set({ silent_after_bytes: 60 })
  const number = await quickSale(page)
  await expect.poll(async () => (await client.desk.view()).papers.map((paper) => paper.print.state), { timeout: 40_000 }).toContain('unknown')
  printer.printer.set({ silent_after_bytes: null, silent: false })
  printer.takePaper()
  const job = (await client.desk.view()).papers.find((paper) => paper.print.state === 'unknown')
  expect(printer.text()).not.toContain(number)
  await client.papers.settle({ jobId: job?.jobId ?? '', fate: 'again' })
  await expect.poll(() => printer.text(), { timeout: 30_000 }).toContain(number)
  expect(printer.text()).toMatch(/COPY/)
})
