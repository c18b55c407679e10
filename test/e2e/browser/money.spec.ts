import { expect, test, type Page } from '@playwright/test'
import { oneTill } from '../../support/core/one-till.ts'
import { example, saleIn } from '../../support/core/till.ts'
import { press, type } from '../fingers.ts'

/** The money of a day by keyboard: open by counting, a voucher, a deposit, cash out with a colleague, and a blind close. */
const at = oneTill(test)

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
})

async function open(page: Page, role: string): Promise<void> {
  const { session } = await at.client.desk.view()
  if (session.at === 'signed-in') await at.client.session.signOut()
  const now = (await at.client.desk.view()).session
  if (now.at !== 'signed-out') throw new Error(`the till is ${now.at}`)
  const tile = now.staff.find((person) => person.role === role)
  await at.client.session.signIn({ staffId: tile?.staffId ?? '', pin: tile?.demoPin ?? '' })
  await page.goto(at.till.url)
  await expect(page.getByRole('search')).toBeVisible()
}

async function paying(page: Page, story: string): Promise<void> {
  await at.client.sale.begin()
  await at.client.desk.scan({ text: await example(at.client, story), via: 'typed', aim: null })
  await at.client.sale.act({ flowId: saleIn(await at.client.desk.view()).flowId, action: { do: 'pay' } })
  await expect(page.getByRole('heading', { name: 'Payment' })).toBeVisible()
}

test('the drawer is counted by notes and coins, from the first key to the open shift without a mouse', async ({ page }) => {
  await open(page, 'cashier')
  await page.getByRole('button', { name: 'Open the shift' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Pieces of €500.00' })).toBeFocused()
  for (let piece = 0; piece < 4; piece += 1) await page.keyboard.press('Tab')
  await expect(dialog.getByRole('textbox', { name: 'Pieces of €20.00' })).toBeFocused()
  await type(page, '10')
  await page.keyboard.press('Tab')
  await expect(dialog).toContainText('€200.00')
  await press(page, 'F12')
  await expect(dialog).toHaveCount(0)
  expect((await at.client.desk.view()).shift).toMatchObject({ at: 'open', float_cents: 20_000 })
})

test('a voucher is taken by its number, and what is not needed stays on it', async ({ page }) => {
  await open(page, 'manager')
  const given = await at.client.money.giveVoucher({ amount_cents: 10_000 as never, reason: 'Goodwill', holder: '' })
  const number = String(given.alarm?.params['number'])
  await paying(page, 'plain-article')
  await press(page, 'F7')
  await expect(page.getByRole('dialog').getByLabel('Number of the voucher')).toBeFocused()
  await type(page, number.toLowerCase().replaceAll('-', ''))
  await press(page, 'Enter')
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
  const sale = saleIn(await at.client.desk.view())
  const { balance_cents } = await at.client.money.credit({ number })
  expect(balance_cents).toBe(10_000 - sale.totals.gross_cents)
})

test('a deposit puts the goods aside under a name and goes back after one question', async ({ page }) => {
  await open(page, 'manager')
  await paying(page, 'fresh-phone')
  await type(page, '50')
  await press(page, 'Enter')
  await expect(page.getByText('Paid so far')).toBeVisible()
  await press(page, 'F8')
  await expect(page.getByRole('dialog').getByLabel('For whom the goods wait')).toBeFocused()
  await type(page, 'Kim')
  await press(page, 'Enter')
  await expect(page.getByRole('main')).toContainText('Parked as Kim')
  await press(page, 'F7')
  await expect(page.getByRole('dialog')).toContainText('€50.00 paid as a deposit')
  await page.getByRole('button', { name: 'Deposit back: Kim' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Give the deposit back' }).click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(page.getByRole('dialog')).toContainText('Count it out from the drawer')
  expect((await at.client.desk.view()).parked).toMatchObject([{ name: 'Kim', deposit: null }])
})

test('a colleague takes over in two touches and the sale of the one before waits', async ({ page }) => {
  await open(page, 'manager')
  await at.client.sale.begin()
  await at.client.desk.scan({ text: await example(at.client, 'plain-article'), via: 'typed', aim: null })
  await press(page, 'Shift+F8')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio').filter({ hasText: 'Supervisor' }).first().click()
  const pin = /PIN (\d+)/.exec((await dialog.getByRole('radio').filter({ hasText: 'Supervisor' }).first().textContent()) ?? '')?.[1] ?? ''
  await type(page, pin)
  await press(page, 'Enter')
  await expect(page.locator('.person')).toContainText('Supervisor')
  expect((await at.client.desk.view()).front.screen).toBe('home')
  await press(page, 'Shift+F9')
  await expect(page.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible()
})

test('the shift is closed blind, over nothing unseen, and the journal has all of it', async ({ page }) => {
  await open(page, 'cashier')
  await at.client.shift.act({ action: { do: 'no-sale', reason: 'Change' } })
  await page.locator('.person').click()
  await page.getByRole('menuitem', { name: 'Shift', exact: true }).click()
  await expect(page.getByRole('dialog')).not.toContainText('Should be in the drawer')
  await press(page, 'F12')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('A sale is parked.')
  await expect(dialog.getByRole('button', { name: 'Close the shift' })).toBeDisabled()
  for (const tick of await dialog.locator('.tick').all()) await tick.click()
  await dialog.getByRole('textbox', { name: 'Pieces of €200.00' }).fill('1')
  await page.keyboard.press('Tab')
  await press(page, 'F12')
  await expect(page.getByRole('dialog').getByText('The drawer is right')).toBeVisible()
  await press(page, 'Enter')
  await page.locator('.person').click()
  await page.getByRole('menuitem', { name: 'Day journal' }).click()
  const journal = page.getByRole('dialog')
  await expect(journal).toContainText('Shift report')
  await journal.getByRole('radio', { name: 'Cash and vouchers' }).click()
  await expect(journal).not.toContainText('Shift report')
  await expect(journal).toContainText('Voucher')
})
