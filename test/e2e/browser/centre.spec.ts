import { expect, test, type Page } from '@playwright/test'
import { DAY_MS } from '../../../contract/durations.ts'
import { cents } from '../../../contract/money.ts'
import { payInCash, saleIn, scan, type Client } from '../../support/core/till.ts'
import { Chain, STORE, SUPERVISOR } from '../../support/hub/chain.ts'
import { troublesOn } from '../axe.ts'
import { goToPlace } from '../fingers.ts'

/** What two tills do is seen at the centre while they do it; what cannot both be true is settled there by a person. */
let chain: Chain
let one: Client
let two: Client
let page: Page
/** Fresh pieces on the shelf of the store. */
let free = ''
let twice = ''

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  chain = await Chain.start()
  ;[free = '', twice = ''] = (await chain.ask<{ value: string }>(
    `SELECT a.value FROM unit u JOIN unit_alias a ON a.unit_id = u.id AND a.kind = 'serial'
     WHERE u.store_id = $1 AND u.title = 'ours' AND u.custody = 'in-stock' AND u.area = 'shelf' AND u.condition = 'new' AND u.more IS NULL
       AND (SELECT count(*) FROM unit_alias b WHERE b.value = a.value) = 1 ORDER BY a.value DESC LIMIT 2`, [STORE],
  )).map(({ value }) => value)
  ;[one, two] = [await morning('T1'), await morning('T2')]
  const { cookies } = await chain.owner()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: chain.hub.url })))
  page = await context.newPage()
  await page.goto(chain.hub.url)
})

test.afterAll(async () => {
  await page.context().close()
  await chain.stop()
})

/** A till that has joined, with somebody at it and its day open. */
async function morning(letters: string): Promise<Client> {
  const { client } = await chain.join(letters)
  await client.session.signIn(SUPERVISOR)
  await client.shift.act({ action: { do: 'open', float_cents: cents(20_000) } })
  return client
}

async function sell(client: Client, serial: string): Promise<string> {
  const { flowId } = saleIn(await client.sale.begin())
  await scan(client, serial)
  return (await payInCash(client, flowId)).receiptNumber
}

const happened = (serial: string) => page.getByRole('list', { name: 'Live' }).getByRole('listitem').filter({ hasText: serial })

test('a sale at a till is seen as it happens, and leads to the piece with its whole life', async () => {
  await goToPlace(page, 'Live')
  await expect(page.getByText('Connected', { exact: true })).toBeVisible()
  const receipt = await sell(one, free)
  await expect(happened(free)).toContainText('T1')
  await expect(happened(free)).toContainText(receipt)
  expect(await troublesOn(page)).toEqual([])
  await happened(free).getByRole('button', { name: free }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Find a piece' })).toBeVisible()
  await expect(page.getByRole('article')).toContainText(free)
  await expect(page.getByRole('article').getByRole('listitem').filter({ hasText: receipt })).toBeVisible()
  expect(await troublesOn(page)).toEqual([])
})

test('a piece that two tills sold while the centre was away is seen at once when it is back, and a person settles it', async () => {
  await goToPlace(page, 'Live')
  await expect(happened(free)).toBeVisible()
  const receipts: string[] = []
  await chain.restart(async () => {
    for (const client of [one, two]) receipts.push(await sell(client, twice))
  })
  for (const client of [one, two]) await client.sync.retry()
  // The part of the centre before that told pages what happens is given up as dead after ten seconds.
  await expect(happened(twice)).toHaveCount(2, { timeout: 60_000 })
  await expect(happened(twice).filter({ hasText: 'Sold twice' })).toHaveCount(1)

  await goToPlace(page, 'Cases')
  const open = page.getByRole('listitem').filter({ hasText: twice })
  for (const said of ['Sold twice', ...receipts]) await expect(open).toContainText(said)
  // Both sides say who it was.
  await expect(open.getByText('Inès Caron', { exact: true })).toHaveCount(2)
  expect(await troublesOn(page)).toEqual([])
  await open.getByRole('button', { name: 'Settle' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Settle' })).toBeDisabled()
  await dialog.getByLabel('What was found out').fill('T2 had scanned the box beside it')
  expect(await troublesOn(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Settle' }).click()
  await expect(page.getByText('No case is open.')).toBeVisible()
  await page.getByRole('radio').getByText('Settled', { exact: true }).click()
  await expect(open).toContainText('T2 had scanned the box beside it – Ada Owner')
})

test('the goods that came back most are drawn above the table that holds them all', async () => {
  const year = new Date(Date.now() - 365 * DAY_MS).toISOString().slice(0, 10)
  await page.goto(`${chain.hub.url}/#/reports?from=${year}`)
  const drawn = page.getByRole('figure', { name: 'Highest rates' }).getByRole('listitem').filter({ hasText: 'Came back: ' })
  // What happened before there was a centre is told to the reports little by little.
  await expect(async () => {
    await page.reload()
    await expect(drawn).toHaveCount(10, { timeout: 5_000 })
  }).toPass()
  const worst = page.getByRole('table', { name: 'Returns and failures' }).getByRole('row').nth(1)
  const [name = '', , back = ''] = await worst.getByRole('cell').allInnerTexts()
  await expect(drawn.first()).toContainText(name)
  await expect(drawn.first()).toContainText(`Came back: ${back.split(' · ')[1]}`)
  expect(await troublesOn(page)).toEqual([])
})
