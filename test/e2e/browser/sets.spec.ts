import { expect, test } from '@playwright/test'
import { oneTill } from '../../support/core/one-till.ts'
import { example, returnIn, scan, signIn } from '../../support/core/till.ts'
import { press } from '../fingers.ts'

/** A camera is packed with a lens: two numbers, one price. */
const at = oneTill(test)
let camera: string
let lens: string

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
  await signIn(at.client, 'manager')
  camera = await example(at.client, 'set')
  lens = await example(at.client, 'set-part')
  await at.client.sale.begin()
})

test('a lens that belongs to a set says so; one key sells the set, with both numbers on one line', async ({ page }) => {
  await page.goto(at.till.url)
  await expect(page.getByRole('search')).toBeVisible()
  await scan(at.client, lens)
  const dialog = page.getByRole('alertdialog', { name: 'Part of a set' })
  await expect(dialog.getByText(/is packed with Lumenar One/u)).toBeVisible()
  await press(page, 'F1')
  await expect(dialog).toBeHidden()
  const parts = page.getByRole('list', { name: 'Packed with Lumenar One' })
  await expect(parts.getByText('50 mm f/1.4')).toBeVisible()
  await expect(page.getByText('€3,399.00').first()).toBeVisible()
  await press(page, 'F12')
  await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
  await press(page, 'Enter')
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
})

test('the set comes back without its lens: somebody says so, and the rest of the money goes back', async ({ page }) => {
  await page.goto(at.till.url)
  await at.client.desk.go({ to: 'return', unitId: null })
  await scan(at.client, camera)
  await page.getByRole('button', { name: 'Not here' }).click()
  await expect(page.getByText('Missing from the set: 50 mm f/1.4')).toBeVisible()
  const view = returnIn(await at.client.desk.view())
  expect(view.at === 'assess' ? view.refund?.amount_cents : null).toBe(255_000)
})
