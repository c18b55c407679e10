import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { oneTill } from '../../support/core/one-till.ts'
import { Chain, STORE, SUPERVISOR, type JoinedTill } from '../../support/hub/chain.ts'
import { example, signIn } from '../../support/core/till.ts'
import { troublesOn } from '../axe.ts'
import { press } from '../fingers.ts'

/** A shelf of phones is counted by hand: scanned, paused, gone on with, looked over and finished. */
const at = oneTill(test)

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
  await signIn(at.client, 'manager')
})

/** The pieces of one kind of goods that stand in an area, by their serial numbers. */
function serialsOf(folder: string, category: string, area: string): string[] {
  const db = new Database(join(folder, 'mirror.db'), { readonly: true })
  try {
    return db.prepare(
      `SELECT a.value FROM products p JOIN units u ON u.product_id = p.id AND u.store_id = ? AND u.custody = 'in-stock'
       JOIN unit_aliases a ON a.unit_id = u.id AND a.kind = 'serial' AND a.retired_why IS NULL
       WHERE p.category = ? AND u.area = ? AND u.more IS NULL AND u.condition = 'new' AND (SELECT count(*) FROM unit_aliases b WHERE b.value = a.value) = 1 ORDER BY a.value`,
    ).pluck().all(STORE, category, area) as string[]
  } finally {
    db.close()
  }
}

async function openCount(page: Page, url: string): Promise<void> {
  // The same address again would load nothing.
  await page.goto('about:blank')
  await page.goto(url)
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

const sum = (page: Page, is: 'found' | 'expected' | 'left') => page.locator(`.count-sum[data-is=${is}] dd`)

test('F084: a shelf is counted, the second scan names the first, and what is not found is missing until it turns up', async ({ page }) => {
  const [first = '', lost = ''] = serialsOf(at.folder, 'phone', 'shelf')
  await openCount(page, at.till.url)
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
  expect(await troublesOn(page)).toEqual([])
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await openCount(page, at.till.url)
  await expect(sum(page, 'found')).toHaveText('1')
  await expect(sum(page, 'left')).toHaveText(String(all - 1))
  await press(page, 'F12')
  await expect(page.getByRole('dialog')).toContainText(lost)
  await expect(page.getByRole('button', { name: `Finish: ${all - 1} pieces are missing` })).toBeVisible()
  expect(await troublesOn(page)).toEqual([])
  await press(page, 'F12')
  await expect(page.getByRole('article', { name: 'Slip' })).toContainText('Stock count')

  await openCount(page, at.till.url)
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

test('what went into a sale while it was counted is not to be found any more: the sums over the lists say what the lists say', async ({ page }) => {
  const [inCart = ''] = serialsOf(at.folder, 'camera', 'shelf')
  await at.client.counting.begin({ area: 'shelf', category: 'camera', sample: null, blind: false })
  await at.client.desk.go({ to: 'sale', unitId: null })
  await at.client.desk.scan({ text: inCart, via: 'typed', aim: null })
  await at.client.desk.go({ to: 'home', unitId: null })
  await openCount(page, at.till.url)
  const all = Number(await sum(page, 'left').textContent())
  await press(page, 'F12')
  await expect(page.getByRole('dialog')).toContainText('1 piece was sold or sent away meanwhile, or lies in a sale')
  await expect(sum(page, 'left')).toHaveText(String(all - 1))
  await expect(page.getByRole('button', { name: `Finish: ${all - 1} pieces are missing` })).toBeVisible()
})

test.describe('two tills of one store', () => {
  let chain: Chain
  let one: JoinedTill
  let two: JoinedTill

  test.beforeAll(async () => {
    chain = await Chain.start()
    one = await chain.join('T1')
    two = await chain.join('T2')
    for (const { client } of [one, two]) {
      await client.desk.setLanguage({ language: 'en' })
      await client.session.signIn(SUPERVISOR)
    }
  })
  test.afterAll(() => chain.stop())

  test('F084: count one shelf together: each sees what the other found, a piece counts once, and the one that began ends it', async ({ page }) => {
    const [first = '', second = ''] = serialsOf(two.dir, 'phone', 'shelf')
    await one.client.counting.begin({ area: 'shelf', category: 'phone', sample: null, blind: false })
    await expect.poll(async () => (await two.client.counting.desk()).others.length).toBe(1)
    await openCount(page, two.till.url)
    await expect(page.getByRole('region', { name: 'Going on at other tills' })).toContainText('Begun')
    expect(await troublesOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Count along' }).click()
    await scan(page, first)
    await expect(sum(page, 'found')).toHaveText('1')
    await one.client.counting.scan({ text: second })
    await expect(sum(page, 'found')).toHaveText('2')
    await scan(page, second)
    await expect(page.locator('.count-last')).toContainText(/First counted .+ by Inès Caron at T1/u)
    await expect(sum(page, 'found')).toHaveText('2')
    await expect(page.getByRole('list', { name: 'Counting together' })).toContainText('T1 · 1 piece')
    await press(page, 'F12')
    await expect(page.getByRole('button', { name: 'Our part is done' })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Finish/u })).toHaveCount(0)
    expect(await troublesOn(page)).toEqual([])
    await press(page, 'F12')
    await expect(page.getByRole('button', { name: 'Count along' })).toBeVisible()

    const going = async () => (await one.client.counting.desk()).going
    await expect.poll(going).toMatchObject({ found: 2, tills: [{ name: 'T2', found: 1, isDone: true }] })
    await one.client.counting.finish()
    await expect.poll(async () => (await two.client.counting.desk()).others).toEqual([])
    const missing = await two.client.marks.missing()
    expect(missing.length).toBeGreaterThan(0)
    expect(missing.map(({ serial }) => serial)).not.toContain(first)
  })
})
