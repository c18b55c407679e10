import { expect, test } from '@playwright/test'
import { oneTill } from '../../support/core/one-till.ts'
import { example, saleIn, scan, signIn } from '../../support/core/till.ts'

/** The customer's screen in a browser of its own, behind the loopback door. */
const at = oneTill(test, () => ['--display', 'screen'])

test.describe.configure({ mode: 'default' })
test.beforeAll(async () => {
  await signIn(at.client, 'manager')
})

const opensAt = async (): Promise<string> => {
  const screen = (await at.client.devices.health()).devices.find((device) => device.address === 'screen')
  if (!screen?.opensAt) throw new Error('the health page knows no address')
  return screen.opensAt
}

test('shows the shop, the cart, what is to pay and the change, and is a device that is ready', async ({ page }) => {
  await page.goto(await opensAt())
  await expect(page.locator('.customer__shop')).toBeVisible()
  await expect.poll(async () => (await at.client.desk.view()).devices.find((device) => device.role === 'display')?.state).toBe('ready')
  await at.client.sale.begin()
  const sold = saleIn(await scan(at.client, await example(at.client, 'plain-article')))
  await expect(page.locator('.customer__line')).toContainText(sold.lines[0]?.name ?? '-')
  const due = saleIn(await at.client.sale.act({ flowId: sold.flowId, action: { do: 'pay' } }))
  await expect(page.locator('.customer__sum--main')).toBeVisible()
  await at.client.sale.act({ flowId: sold.flowId, action: { do: 'tender', kind: 'cash', given_cents: (due.totals.gross_cents + 500) as never } })
  await expect(page.locator('.customer__hello')).toBeVisible()
  await expect(page.locator('.customer__sum--main')).toContainText(/5[.,]00/)
  await page.close()
  await expect.poll(async () => (await at.client.desk.view()).devices.find((device) => device.role === 'display')?.state).toBe('searching')
})

test('its key opens its own line and no other', async ({ page }) => {
  const key = new URL(await opensAt()).hash.replace(/^#display&key=/, '')
  expect(key).not.toBe(at.till.key)
  await page.goto(`http://127.0.0.1:${at.till.port}/#key=${key}`)
  await page.waitForTimeout(1_500)
  await expect(page.getByRole('search')).toHaveCount(0)
  await expect(page.getByRole('radio')).toHaveCount(0)
})
