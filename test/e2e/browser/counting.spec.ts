import { AxeBuilder } from '@axe-core/playwright'
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { oneTill } from '../../support/core/one-till.ts'
import { example, signIn } from '../../support/core/till.ts'
import { press } from '../fingers.ts'

/** A shelf of phones is counted by hand: scanned, paused, gone on with, looked over and finished. */
const at = oneTill(test)

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
  await signIn(at.client, 'manager')
})

/** The pieces of one kind of goods that stand in an area, by their serial numbers. */
function serialsOf(category: string, area: string): string[] {
  const db = new Database(join(at.folder, 'mirror.db'), { readonly: true })
  try {
    return db.prepare(
      `SELECT a.value FROM products p JOIN units u ON u.product_id = p.id AND u.store_id = (SELECT value FROM about WHERE key = 'home_store') AND u.custody = 'in-stock'
       JOIN unit_aliases a ON a.unit_id = u.id AND a.kind = 'serial' AND a.retired_why IS NULL
       WHERE p.category = ? AND u.area = ? AND u.more IS NULL AND u.condition = 'new' AND (SELECT count(*) FROM unit_aliases b WHERE b.value = a.value) = 1 ORDER BY a.value`,
    ).pluck().all(category, area) as string[]
  } finally {
    db.close()
  }
}

async function openCount(page: Page): Promise<void> {
  // The same address again would load nothing.
  await page.goto('about:blank')
  await page.goto(at.till.url)
  await expect(page.getByRole('search')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('search').getByRole('combobox').fill('Count stock')
  await page.getByRole('option', { name: 'Count stock' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

async function scan(page: Page, text: string): Promise<void> {
  const field = page.getByLabel('Scan or type a number')
  await field.fill(text)
  await press(page, 'Enter')
  await expect(field).toHaveValue('')
}

/** What would trouble a screen reader or tired eyes. */
async function troubles(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

const sum = (page: Page, is: 'found' | 'expected' | 'left') => page.locator(`.count-sum[data-is=${is}] dd`)

test('F084: a shelf is counted, the second scan names the first, and what is not found is missing until it turns up', async ({ page }) => {
  const [first = '', lost = ''] = serialsOf('phone', 'shelf')
  await openCount(page)
  await page.getByLabel('Where').selectOption('shelf')
  await page.getByLabel('Which goods').selectOption('phone')
  await press(page, 'F12')
  await expect(sum(page, 'found')).toHaveText('0')
  const all = Number(await sum(page, 'expected').textContent())
  await scan(page, first)
  await expect(page.locator('.count-last')).toContainText('Counted')
  await scan(page, first)
  await expect(page.locator('.count-last')).toContainText(/First counted .+ by Jonas Wehrli/u)
  await scan(page, await example(at.client, 'already-sold'))
  await expect(page.locator('.count-last')).toContainText('look at the sale')
  expect(await troubles(page)).toEqual([])
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await openCount(page)
  await expect(sum(page, 'found')).toHaveText('1')
  await expect(sum(page, 'left')).toHaveText(String(all - 1))
  await press(page, 'F12')
  await expect(page.getByRole('dialog')).toContainText(lost)
  await expect(page.getByRole('button', { name: `Finish: ${all - 1} pieces are missing` })).toBeVisible()
  expect(await troubles(page)).toEqual([])
  await press(page, 'F12')
  await expect(page.getByRole('article', { name: 'Slip' })).toContainText('Stock count')

  await openCount(page)
  const missing = page.getByRole('region', { name: 'Looked for in this store' }).getByRole('listitem').filter({ hasText: lost })
  await expect(missing).toBeVisible()
  await press(page, 'F12')
  await scan(page, lost)
  await expect(page.locator('.count-last')).toContainText('Was missing, and is found')
  await press(page, 'F12')
  await page.getByRole('button', { name: 'Discard the count' }).click()
  await page.getByRole('button', { name: 'Discard it: nothing is marked' }).click()
  await expect(page.getByRole('button', { name: 'Begin the count' })).toBeVisible()
  await expect(missing).toHaveCount(0)
})
