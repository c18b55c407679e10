import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { cents } from '../../../contract/money.ts'
import { zero } from '../../support/core/damage.ts'
import { enter, payInCash, saleIn, scan, signIn, startTill, temporaryFolder, withDemoMirror, type RunningTill } from '../../support/core/till.ts'

test.use({ locale: 'en-GB' })

const folder = temporaryFolder()
let till: RunningTill
let receipt = ''

test.beforeAll(async () => {
  withDemoMirror(folder.path)
  till = await startTill(['--data', folder.path])
  const { client, close } = await enter(till)
  await signIn(client, 'supervisor')
  await client.shift.act({ action: { do: 'open', float_cents: cents(10_000) } })
  const { flowId } = saleIn(await client.sale.begin())
  await scan(client, 'MR-0204')
  receipt = (await payInCash(client, flowId)).receiptNumber
  close()
  await till.end()
  zero(join(folder.path, 'shop.db'), 0, 100)
  till = await startTill(['--data', folder.path])
})
test.afterAll(async () => {
  await till.end()
  folder.remove()
})

test('a damaged file is said aloud, and the shop goes on when somebody has chosen how', async ({ page }) => {
  await page.goto(till.url)
  await expect(page.getByRole('heading', { name: 'The file of this shop is damaged' })).toBeVisible()
  await expect(page.getByText(`Receipts that can be read: 1, the last ${receipt}`)).toBeVisible()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save a file for support' }).click()
  expect((await saved).suggestedFilename()).toBe('countermark-support.json')
  await page.getByRole('button', { name: 'Save what can be read' }).click()
  await expect(page.getByRole('heading', { name: 'The shop is put right' })).toBeVisible()
  await expect(page.getByText('Nothing was lost. Numbers go on as before.')).toBeVisible()
  await page.getByRole('button', { name: 'Go on' }).click()
  // Nobody is signed in after it, and the shop is there.
  await expect(page.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible()
})
