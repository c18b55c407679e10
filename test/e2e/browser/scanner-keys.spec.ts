import { expect, test, type Page } from '@playwright/test'
import { enter, example, saleIn, scan, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'

/** A scanner that types like a keyboard, at the screens of a till: what users of other tills complain about. */
const folder = temporaryFolder()
let till: RunningTill
let client: Client
let leave: () => void

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  withDemoMirror(folder.path)
  till = await startTill(['--data', folder.path])
  ;({ client, close: leave } = await enter(till))
  await client.desk.setLanguage({ language: 'en' })
  await signIn(client, 'manager')
})
test.afterAll(async () => {
  leave()
  await till.end()
  folder.remove()
})
test.beforeEach(async ({ page }) => {
  await client.desk.go({ to: 'home', unitId: null })
  await page.goto(till.url)
  await expect(scanField(page)).toBeFocused()
})

const scanField = (page: Page) => page.getByRole('search').getByRole('combobox')
const cart = (page: Page) => page.locator('.lines__list > li')

/** Digits and Enter, 5 ms apart by the events' own time: no person types so. */
async function wedge(page: Page, digits: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const started = Date.now() / 1_000
  const keys = [...digits, '\r'].map((text, place) => {
    const named = text === '\r' ? { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 } : { key: text, code: `Digit${text}` }
    return { ...named, text, timestamp: started + place * 0.005 }
  })
  await Promise.all(
    keys.flatMap((key) => [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key, text: '' }),
    ]),
  )
  await session.detach()
}

async function emptyCart(): Promise<void> {
  const { flowId, lines, at } = saleIn(await client.sale.begin())
  if (at === 'tendering') await client.sale.act({ flowId, action: { do: 'back-to-cart' } })
  if (lines.length > 0) await client.sale.act({ flowId, action: { do: 'void' } })
  await client.sale.begin()
}

test('P26: the Enter of a scanner finishes no form that somebody is filling in', async ({ page }) => {
  await emptyCart()
  await scan(client, 'MR-0203')
  await expect(cart(page)).toHaveCount(1)
  await page.keyboard.press('F6')
  const name = page.getByRole('dialog').getByRole('textbox', { name: /name/i })
  await expect(name).toBeFocused()
  await page.keyboard.type('Kim', { delay: 90 })
  await wedge(page, await example(client, 'plain-article'))
  await expect.poll(async () => saleIn(await client.desk.view()).lines.length).toBe(2)
  // Neither parked nor typed into: the dialog is as it was left.
  await expect(name).toHaveValue('Kim')
  expect((await client.desk.view()).parked).toEqual([])
})

test('P27: digits that a person types are an amount, however many and however fast', async ({ page }) => {
  await emptyCart()
  await scan(client, 'MR-0203')
  await expect(cart(page)).toHaveCount(1)
  await page.keyboard.press('F12')
  const given = page.getByRole('textbox', { name: 'Given in cash' })
  await expect(given).toBeFocused()
  await page.keyboard.type('123456789012', { delay: 60 })
  await expect(given).toHaveValue('123456789012')
  expect(saleIn(await client.desk.view())).toMatchObject({ at: 'tendering', notice: null })
})

test('P28: a scan is heard on every screen, wherever the keys have gone', async ({ page }) => {
  const digits = await example(client, 'plain-article')
  await emptyCart()
  await client.desk.go({ to: 'home', unitId: null })
  await wedge(page, digits)
  await expect(cart(page)).toHaveCount(1)
  // On a button.
  await page.getByRole('button', { name: 'Park', exact: true }).focus()
  await wedge(page, digits)
  await expect.poll(async () => saleIn(await client.desk.view()).lines[0]?.quantity).toBe(2)
  // On nothing at all.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await wedge(page, digits)
  await expect.poll(async () => saleIn(await client.desk.view()).lines[0]?.quantity).toBe(3)
  // In a return, and in a check.
  await client.desk.go({ to: 'check', unitId: null })
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await wedge(page, await example(client, 'by-imei'))
  await expect(page.getByRole('heading', { name: 'Life of this piece' })).toBeVisible()
})

test('P31: an on-screen keyboard that puts in letter by letter, with pauses, makes one code of them', async ({ page }) => {
  await emptyCart()
  const serial = await example(client, 'frame-number')
  await expect(scanField(page)).toBeFocused()
  const session = await page.context().newCDPSession(page)
  // Such keyboards insert text without any key; some take a second to a letter.
  for (const [place, letter] of [...serial].entries()) {
    await session.send('Input.insertText', { text: letter })
    if (place === 3) await page.waitForTimeout(1_200)
  }
  await expect(scanField(page)).toHaveValue(serial)
  await page.keyboard.press('Enter')
  await expect(cart(page)).toHaveCount(1)
  await expect(cart(page)).toContainText(serial.slice(-6))
})
