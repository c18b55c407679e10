import { expect, test, type Page } from '@playwright/test'
import { say } from '../../../contract/words/say.ts'
import { oneTill } from '../../support/core/one-till.ts'
import { example, saleIn, signIn } from '../../support/core/till.ts'

/** A customer asks for one single piece: it is found, kept with a slip, and fetched days later. */
const at = oneTill(test)

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
  await signIn(at.client, 'cashier')
})

async function openPieces(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('search').getByRole('combobox').fill(say('en', 'pieces.title'))
  await page.getByRole('option').filter({ hasText: say('en', 'pieces.title') }).click()
}

test('F028, F029: a piece is found by its goods, kept for a customer, told of when it is scanned, and handed out', async ({ page }) => {
  const serial = await example(at.client, 'fresh-phone')
  const found = await at.client.service.findPiece({ text: serial })
  await page.goto(at.till.url)
  await openPieces(page)
  const dialog = page.getByRole('dialog', { name: say('en', 'pieces.title') })
  await dialog.getByLabel(say('en', 'pieces.text')).fill(found?.name ?? '')
  const row = dialog.getByRole('listitem').filter({ hasText: found?.serial ?? '' })
  await row.getByRole('button', { name: say('en', 'pieces.keep') }).click()
  await dialog.getByLabel(say('en', 'pieces.for')).fill('Rosa Núñez')
  await dialog.getByRole('button', { name: say('en', 'pieces.keep-do') }).click()
  await expect(page.getByRole('dialog').getByText('Rosa Núñez')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: say('en', 'home.kept', { count: 1 }) })).toBeVisible()

  const field = page.getByRole('search').getByRole('combobox')
  await field.fill(serial)
  await field.press('Enter')
  const fetch = page.getByRole('button', { name: say('en', 'offer.fetch-reserved') })
  await expect(fetch).toBeVisible()
  expect(saleIn(await at.client.desk.view()).lines).toEqual([])
  await fetch.click()
  await expect(page.getByText(say('en', 'sale.pieces', { count: 1 }))).toBeVisible()
  expect(await at.client.reservations.view()).toEqual([])
})

test('F003, F017: a piece whose label is damaged gets a number of the shop, and the new label is scanned back', async ({ page }) => {
  const serial = await example(at.client, 'fresh-phone')
  const found = await at.client.service.findPiece({ text: serial })
  await at.client.desk.go({ to: 'check', unitId: found?.unitId ?? '' })
  await page.goto(at.till.url)
  await page.getByRole('button', { name: say('en', 'label.open') }).click()
  const dialog = page.getByRole('dialog', { name: say('en', 'label.title') })
  await dialog.getByText(say('en', 'label-why.damaged'), { exact: true }).click()
  await dialog.getByRole('button', { name: say('en', 'label.give') }).click()
  const number = (await dialog.getByText(/^CM\d{10}$/).innerText()).trim()
  const back = dialog.getByLabel(say('en', 'label.scan-back'))
  await back.fill(await example(at.client, 'by-imei'))
  await back.press('Enter')
  await expect(dialog.getByText(say('en', 'label.is-wrong'))).toBeVisible()
  // By keys: an Enter with no key since the one before is a finger that bounced.
  await back.pressSequentially(number, { delay: 150 })
  await back.press('Enter')
  await expect(dialog.getByText(say('en', 'label.is-right'))).toBeVisible()
  expect(await at.client.service.findPiece({ text: number })).toMatchObject({ unitId: found?.unitId })
})
