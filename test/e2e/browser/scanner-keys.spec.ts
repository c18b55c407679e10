import { expect, test, type Page } from '@playwright/test'
import { oneTill } from '../../support/core/one-till.ts'
import { example, saleIn, scan, signIn } from '../../support/core/till.ts'
import { press, type, wedge } from '../fingers.ts'

/** A scanner that types like a keyboard, at the screens of a till: what users of other tills complain about. */
const at = oneTill(test)

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
  await signIn(at.client, 'manager')
})

test.beforeEach(async ({ page }) => {
  await at.client.desk.go({ to: 'home', unitId: null })
  await page.goto(at.till.url)
  await expect(scanField(page)).toBeFocused()
})

const scanField = (page: Page) => page.getByRole('search').getByRole('combobox')
const cart = (page: Page) => page.locator('.lines__list > li')

async function emptyCart(): Promise<void> {
  const sale = saleIn(await at.client.sale.begin())
  if (sale.at === 'tendering') await at.client.sale.act({ flowId: sale.flowId, action: { do: 'back-to-cart' } })
  if (sale.lines.length > 0) await at.client.sale.act({ flowId: sale.flowId, action: { do: 'void' } })
  await at.client.sale.begin()
}

test('P26: the Enter of a scanner finishes no form that somebody is filling in', async ({ page }) => {
  await emptyCart()
  await scan(at.client, 'MR-0203')
  await expect(cart(page)).toHaveCount(1)
  await press(page, 'F6')
  const name = page.getByRole('dialog').getByRole('textbox', { name: /name/i })
  await expect(name).toBeFocused()
  await type(page, 'Kim')
  await wedge(page, await example(at.client, 'plain-article'))
  await expect.poll(async () => saleIn(await at.client.desk.view()).lines.length).toBe(2)
  // Neither parked nor typed into: the dialog is as it was left.
  await expect(name).toHaveValue('Kim')
  expect((await at.client.desk.view()).parked).toEqual([])
})

test('P27: digits that a person types are an amount, however many and however fast', async ({ page }) => {
  await emptyCart()
  await scan(at.client, 'MR-0203')
  await expect(cart(page)).toHaveCount(1)
  await press(page, 'F12')
  const given = page.getByRole('textbox', { name: 'Given in cash' })
  await expect(given).toBeFocused()
  await page.keyboard.type('123456789012', { delay: 60 })
  await expect(given).toHaveValue('123456789012')
  expect(saleIn(await at.client.desk.view())).toMatchObject({ at: 'tendering', notice: null })
})

test('P28: a scan is heard on every screen, wherever the keys have gone', async ({ page }) => {
  const digits = await example(at.client, 'plain-article')
  await emptyCart()
  await at.client.desk.go({ to: 'home', unitId: null })
  await wedge(page, digits)
  await expect(cart(page)).toHaveCount(1)
  // On a button.
  await page.getByRole('button', { name: 'Park', exact: true }).focus()
  await wedge(page, digits)
  await expect.poll(async () => saleIn(await at.client.desk.view()).lines[0]?.quantity).toBe(2)
  // On nothing at all.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await wedge(page, digits)
  await expect.poll(async () => saleIn(await at.client.desk.view()).lines[0]?.quantity).toBe(3)
  // In a return, and in a check.
  await at.client.desk.go({ to: 'check', unitId: null })
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await wedge(page, await example(at.client, 'by-imei'))
  await expect(page.getByRole('heading', { name: 'Life of this piece' })).toBeVisible()
})

test('P29: digits that are scanned land in no quantity, wherever the keys are', async ({ page }) => {
  const digits = await example(at.client, 'plain-article')
  await emptyCart()
  await scan(at.client, digits)
  await scan(at.client, digits)
  const count = page.locator('.stepper__count')
  const quantity = page.getByRole('group', { name: /quantity/i }).getByRole('button')
  await expect(count).toHaveText('2')
  await quantity.last().focus()
  await wedge(page, digits)
  await expect(count).toHaveText('3')
  await quantity.first().focus()
  await wedge(page, digits)
  await expect(count).toHaveText('4')
  await expect.poll(async () => saleIn(await at.client.desk.view()).lines.map((line) => line.quantity)).toEqual([4])
})

test('P31: an on-screen keyboard that puts in letter by letter, with pauses, makes one code of them', async ({ page }) => {
  await emptyCart()
  const serial = await example(at.client, 'frame-number')
  await expect(scanField(page)).toBeFocused()
  const session = await page.context().newCDPSession(page)
  // Such keyboards insert text without any key; some take a second to a letter.
  for (const [place, letter] of [...serial].entries()) {
    await session.send('Input.insertText', { text: letter })
    if (place === 3) await page.waitForTimeout(1_200)
  }
  await expect(scanField(page)).toHaveValue(serial)
  await press(page, 'Enter')
  await expect(cart(page)).toHaveCount(1)
  await expect(cart(page)).toContainText(serial.slice(-6))
})
