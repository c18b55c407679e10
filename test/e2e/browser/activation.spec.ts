import { expect, test } from '@playwright/test'
import { cents } from '../../../contract/money.ts'
import { say } from '../../../contract/words/say.ts'
import { oneTill } from '../../support/core/one-till.ts'
import { example, payInCash, saleIn, scan, signIn } from '../../support/core/till.ts'
import { withRules } from '../../support/core/with-rules.ts'
import { exampleProvider, ExampleRegister } from '../../support/registers/example-register.ts'
import { wedge } from '../fingers.ts'

/** A phone is sold and connected with its customer's provider: at the second try, because the first is not answered. */
let provider: ExampleRegister
const at = oneTill(test, async (folder) => {
  provider = await ExampleRegister.open()
  withRules(folder, (policy) => ({ ...policy, activation: [exampleProvider(provider.origin)] }))
  return []
})

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
  await signIn(at.client, 'cashier')
})
test.afterAll(() => provider.close())

test('SA-15: a phone that was sold is connected with its provider after the sale, and waits on the start page while it is not', async ({ page }) => {
  const serial = await example(at.client, 'fresh-phone')
  const { unitId } = (await at.client.service.findPiece({ text: serial }))!
  if ((await at.client.desk.view()).shift.at !== 'open') await at.client.shift.act({ action: { do: 'open', float_cents: cents(0) } })
  await payInCash(at.client, saleIn(await scan(at.client, serial)).flowId)

  provider.manner = { says: { status: 'rejected' } }
  await page.goto(at.till.url)
  const offer = page.getByRole('region', { name: say('en', 'activation.title') })
  await offer.getByRole('button', { name: say('en', 'activation.open') }).click()
  const dialog = page.getByRole('dialog', { name: say('en', 'activation.title') })
  const sim = dialog.getByLabel(say('en', 'activation.sim'))
  await expect(sim).toBeFocused()
  await sim.fill('8949020000012345671')
  await dialog.getByRole('button', { name: say('en', 'activation.open') }).click()
  await expect(dialog.getByText(say('en', 'fault.sim-wrong'))).toBeVisible()
  await dialog.getByLabel(say('en', 'activation.imei')).focus()
  await wedge(page, '8949020000012345670')
  await expect(sim).toHaveValue('8949020000012345670')
  await dialog.getByRole('button', { name: say('en', 'activation.open') }).click()
  await expect(dialog.getByText(say('en', 'activation-why.said-no'))).toBeVisible()

  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await at.client.desk.go({ to: 'home', unitId: null })
  provider.manner = { says: { status: 'active', order: 'A-77' } }
  await page.getByRole('button', { name: say('en', 'home.to-activate', { count: 1 }) }).click()
  await dialog.getByRole('button', { name: say('en', 'activation.again') }).click()
  await expect(dialog.getByText(say('en', 'activation.none'))).toBeVisible()

  await page.keyboard.press('Escape')
  await at.client.desk.go({ to: 'check', unitId })
  await expect(page.getByRole('list', { name: say('en', 'verdict.answers') }).getByText(say('en', 'reason.activation-lock.staff'))).toBeVisible()
})
