import { expect, test } from '@playwright/test'
import { cents } from '../../../contract/money.ts'
import { say } from '../../../contract/words/say.ts'
import { oneTill } from '../../support/core/one-till.ts'
import { example, payInCash, saleIn, scan, signIn } from '../../support/core/till.ts'
import { press } from '../fingers.ts'

const at = oneTill(test)

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
  await signIn(at.client, 'manager')
})

test('F028: a phone that was sold is sent to its buyer, no other one goes into the parcel, and a check tells where it is', async ({ page }) => {
  const serial = await example(at.client, 'fresh-phone')
  const other = await example(at.client, 'sold-online')
  const { unitId } = (await at.client.service.findPiece({ text: serial }))!
  if ((await at.client.desk.view()).shift.at !== 'open') await at.client.shift.act({ action: { do: 'open', float_cents: cents(0) } })
  await payInCash(at.client, saleIn(await scan(at.client, serial)).flowId)

  await page.goto(at.till.url)
  await page.getByRole('button', { name: say('en', 'parcels.send') }).click()
  const dialog = page.getByRole('dialog', { name: say('en', 'parcels.title') })
  const send = dialog.getByRole('button', { name: say('en', 'parcels.send') })
  await expect(send).toBeDisabled()
  await dialog.getByLabel(say('en', 'parcels.name'), { exact: true }).fill('Ines Kaltenbrunn')
  await dialog.getByLabel(say('en', 'parcels.address')).fill('Am Anger 3\n99084 Erfurt')
  await send.click()

  await dialog.getByRole('button', { name: say('en', 'parcels.pack') }).click()
  const scanned = dialog.getByLabel(say('en', 'parcels.scan'))
  await expect(scanned).toBeFocused()
  await scanned.fill(other)
  await press(page, 'Enter')
  await expect(dialog.getByText(say('en', 'fault.not-in-parcel', { text: other, number: 'T1-D000001' }).slice(other.length))).toBeVisible()
  await scanned.fill(serial)
  await press(page, 'Enter')
  await dialog.getByRole('button', { name: say('en', 'parcels.hand-over') }).click()
  await dialog.getByLabel(say('en', 'parcels.carrier'), { exact: true }).fill('Paketpost')
  await dialog.getByLabel(say('en', 'parcels.tracking')).fill('4111 1111 1111 1111')
  await press(page, 'Enter')
  await expect(dialog.getByText(say('en', 'fault.card-number'))).toBeVisible()
  await dialog.getByLabel(say('en', 'parcels.tracking')).fill('JJD00039')
  await press(page, 'Enter')
  await expect(dialog.getByText('JJD00039')).toBeVisible()

  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await at.client.desk.go({ to: 'check', unitId })
  await expect(page.getByRole('list', { name: say('en', 'verdict.answers') }).getByText(say('en', 'answer.custody.being-sent'))).toBeVisible()
  await expect(page.getByText(say('en', 'custody.parcel-under-way'))).toBeVisible()
})
