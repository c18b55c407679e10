import { expect, test, type Page } from '@playwright/test'
import { oneTill } from '../../support/core/one-till.ts'
import { example, scan, signIn } from '../../support/core/till.ts'
import { press } from '../fingers.ts'

/** A cashier with ten fingers and a scanner, and no mouse: every key that is pressed is counted. */
const at = oneTill(test)

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
  await signIn(at.client, 'cashier')
})

/** What counts. */
async function keys(page: Page, ...names: readonly string[]): Promise<number> {
  await press(page, ...names)
  return names.length
}

async function sale() {
  const { front } = await at.client.desk.view()
  if (front.screen !== 'sale') throw new Error(`in front is ${front.screen}`)
  return front.sale
}

async function ready(page: Page): Promise<void> {
  await page.goto(at.till.url)
  await expect(page.getByRole('search')).toBeVisible()
}

test('sells three pieces for cash with at most 12 keys beside the scans', async ({ page }) => {
  await ready(page)
  let pressed = 0
  for (const story of ['fresh-phone', 'by-imei', 'frame-number']) await scan(at.client, await example(at.client, story))
  await expect(page.getByText('3 pieces')).toBeVisible()
  pressed += await keys(page, 'F12')
  await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
  const { totals } = await sale()
  const given = String(Math.ceil(totals.gross_cents / 10_000) * 100)
  pressed += await keys(page, ...given)
  await expect(page.getByText(/Take cash/u).first()).toBeVisible()
  pressed += await keys(page, 'Enter')
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
  expect(await sale()).toMatchObject({ at: 'paid', change_cents: Number(given) * 100 - totals.gross_cents })
  // Nobody counts out the change faster.
  await page.waitForTimeout(1_000)
  pressed += await keys(page, 'Enter')
  await expect(page.getByText('Scan the first piece')).toBeVisible()
  expect(pressed).toBeLessThanOrEqual(12)
  test.info().annotations.push({ type: 'keys', description: `three pieces, change and next customer: ${pressed}` })
})

test('a cashier voids with a supervisor’s badge and PIN, without a mouse and without signing out', async ({ page }) => {
  await ready(page)
  await scan(at.client, await example(at.client, 'gs1-code'))
  await expect(page.getByRole('region', { name: 'Pieces in this sale' })).toBeVisible()
  await keys(page, 'Shift+Delete')
  await expect(page.getByRole('alertdialog', { name: 'Void this sale?' })).toBeVisible()
  await keys(page, 'Shift+Delete')
  const dialog = page.getByRole('alertdialog', { name: 'A colleague must answer for this' })
  await expect(dialog).toBeVisible()
  await keys(page, 'a')
  await expect(dialog.getByRole('radio', { name: /changed their mind/u })).toBeChecked()
  await scan(at.client, 'BADGE-0003')
  await expect(dialog.getByText('PIN of Inès Caron')).toBeVisible()
  await keys(page, '9', '9', '9', '9', 'Enter')
  await expect(dialog.getByText('Wrong PIN.')).toBeVisible()
  await keys(page, '2', '2', '2', '2', 'Enter')
  await expect(dialog).toBeHidden()
  // The act goes on by itself when somebody has answered for it.
  await expect.poll(async () => (await at.client.desk.view()).front.screen).toBe('home')
  expect((await at.client.desk.view()).session).toMatchObject({ at: 'signed-in', person: { role: 'cashier' }, grant: null })
})

test('what nobody answers for is not done: Escape leaves the sale as it was', async ({ page }) => {
  await ready(page)
  await scan(at.client, 'MR-0203')
  await expect(page.getByRole('region', { name: 'Pieces in this sale' })).toBeVisible()
  await keys(page, 'Insert')
  const dialog = page.getByRole('dialog', { name: 'Change a price' })
  await expect(dialog.getByRole('textbox', { name: 'Per cent' })).toBeFocused()
  // The amount first, where the cursor stands: the letter of a reason is still its key.
  await keys(page, '1', '0', 'd')
  await expect(dialog.getByRole('radio', { name: /Goodwill/ })).toBeChecked()
  await expect(dialog.getByRole('textbox', { name: 'Per cent' })).toHaveValue('10')
  await keys(page, 'Enter')
  const asked = page.getByRole('alertdialog', { name: 'A colleague must answer for this' })
  await expect(asked.getByText('Give a discount')).toBeVisible()
  await keys(page, 'Escape')
  await expect(asked).toBeHidden()
  expect((await sale()).totals.discount_cents).toBe(0)
})

test('a doubtful customer stops before the money: a no leads back to the cart', async ({ page }) => {
  await ready(page)
  await scan(at.client, 'MR-0212')
  await keys(page, 'F12')
  await expect(page.getByRole('heading', { name: /Is the customer 18 years old/u })).toBeVisible()
  await keys(page, 'Delete')
  await expect(page.getByText(/is not sold\. Take it out/u)).toBeVisible()
  await keys(page, 'F1')
  await expect.poll(async () => (await sale()).lines.map((line) => line.name)).not.toContain('Bear spray')
  await keys(page, 'F12')
  await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
})
