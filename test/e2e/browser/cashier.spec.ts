import { expect, test, type Page } from '@playwright/test'
import { oneTill } from '../../support/core/one-till.ts'
import { example } from '../../support/core/till.ts'
import { press, type, wedge } from '../fingers.ts'

/** What a new cashier does on the first day, with ten fingers and no scanner; the time on the wall is the store's. */
const at = oneTill(test)

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  await at.client.desk.setLanguage({ language: 'en' })
})

test.use({ timezoneId: 'America/New_York' })

async function signIn(page: Page, role: string): Promise<void> {
  const { session } = await at.client.desk.view()
  if (session.at === 'signed-in' && session.person.role !== role) await at.client.session.signOut()
  const now = (await at.client.desk.view()).session
  if (now.at === 'signed-out') {
    const tile = now.staff.find((person) => person.role === role)
    await at.client.session.signIn({ staffId: tile?.staffId ?? '', pin: tile?.demoPin ?? '' })
  }
  await page.goto(at.till.url)
  await expect(page.getByRole('search')).toBeVisible()
}

const scanField = (page: Page) => page.getByRole('combobox', { name: /scan/i })

async function sell(page: Page, story: string): Promise<void> {
  await at.client.sale.begin()
  await expect(page.getByText('Scan the first piece')).toBeVisible()
  await scanField(page).fill(await example(at.client, story))
  await press(page, 'Enter')
  await expect(page.getByRole('region', { name: 'Pieces in this sale' })).toBeVisible()
}

async function due(): Promise<number> {
  const { front } = await at.client.desk.view()
  if (front.screen !== 'sale' || front.sale.at !== 'tendering') throw new Error('nothing is being paid')
  return front.sale.due_cents
}

async function sale() {
  const { front } = await at.client.desk.view()
  if (front.screen !== 'sale') throw new Error(`in front is ${front.screen}`)
  return front.sale
}

test('a sale with nothing in it is left by a key, and an exchange is begun by its name', async ({ page }) => {
  await signIn(page, 'cashier')
  await press(page, 'F2')
  await expect(page.getByRole('heading', { name: 'Scan the first piece' })).toBeVisible()
  await press(page, 'Escape')
  await expect(page.getByRole('heading', { name: 'Scan anything to begin' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await type(page, 'exchange')
  await expect(page.getByRole('option', { name: 'Exchange' })).toBeVisible()
  await page.getByRole('search').getByRole('combobox').press('ArrowDown')
  await press(page, 'Enter')
  await expect(page.getByRole('heading', { name: 'Scan the piece that comes back' })).toBeVisible()
  await press(page, 'Escape')
  await expect(page.getByRole('heading', { name: 'Scan anything to begin' })).toBeVisible()
})

test('the amount that is typed is the amount that is taken, and the change is right', async ({ page }) => {
  await signIn(page, 'cashier')
  await sell(page, 'fresh-phone')
  await press(page, 'F12')
  await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
  const due_cents = await due()
  const given_euros = Math.ceil(due_cents / 10_000) * 100
  await type(page, String(given_euros))
  await expect(scanField(page)).toHaveValue('')
  // Fingers bounce: the second Enter neither pays again nor begins the next sale over the change.
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
  const paid = await sale()
  expect(paid).toMatchObject({ at: 'paid', change_cents: given_euros * 100 - due_cents })
  expect(paid.at === 'paid' ? paid.tenders.map((tender) => tender.given_cents) : []).toEqual([given_euros * 100])
})

test('a part in cash and a bouncing Enter take that part once', async ({ page }) => {
  await signIn(page, 'cashier')
  await sell(page, 'by-imei')
  await press(page, 'F12')
  await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
  const due_cents = await due()
  await type(page, '50')
  await page.keyboard.press('Enter', { delay: 20 })
  await page.keyboard.press('Enter', { delay: 20 })
  await expect.poll(due).toBe(due_cents - 5_000)
  // Long enough for a second part to be taken, if it were.
  await page.waitForTimeout(400)
  expect(await due()).toBe(due_cents - 5_000)
  await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
})

test('a scan while paying is a scan and no amount', async ({ page }) => {
  await signIn(page, 'cashier')
  await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
  const due_cents = await due()
  await wedge(page, '4012345678918')
  await expect(page.getByRole('alert')).toContainText('Not added')
  await expect(page.getByRole('textbox', { name: 'Given in cash' })).toHaveValue('')
  expect(await due()).toBe(due_cents)
  // The line ends that some scanners send after one another still belong to the scan.
  await press(page, 'Enter')
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
})

test('a parked sale is named on the start screen; called back, the scan field has the keys again', async ({ page }) => {
  await signIn(page, 'cashier')
  await sell(page, 'plain-article')
  // A cashier may not void alone; the button asks for a colleague and is no dead end.
  await expect(page.getByRole('button', { name: 'Void sale' })).toBeEnabled()
  await press(page, 'F6')
  await type(page, 'Blue jacket')
  await press(page, 'Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Parked as Blue jacket.' })).toBeVisible()
  await press(page, 'F7')
  await expect(page.getByRole('dialog').getByText('Blue jacket', { exact: true })).toBeVisible()
  await press(page, 'Enter')
  await expect(page.getByRole('region', { name: 'Pieces in this sale' })).toBeVisible()
  await expect(scanField(page)).toBeFocused()
})

test('who counts the drawer is not told what should be in it', async ({ page }) => {
  await signIn(page, 'cashier')
  await page.getByRole('button', { name: /Menu/ }).click()
  await page.getByRole('menuitem', { name: 'Shift' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Count the cash in the drawer first')
  await expect(dialog).not.toContainText('Should be in the drawer')
  await expect(dialog.getByRole('table')).toHaveCount(0)
  await press(page, 'Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a shift that a first sale opened with nothing in the drawer says so', async ({ page }) => {
  await signIn(page, 'cashier')
  await at.client.sale.begin()
  await at.client.desk.scan({ text: await example(at.client, 'plain-article'), via: 'typed', aim: null })
  await press(page, 'F12')
  await expect(page.getByRole('heading', { name: 'Payment' })).toBeVisible()
  await press(page, 'Enter')
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
  await at.client.desk.go({ to: 'home', unitId: null })
  await expect(page.getByRole('main')).toContainText('opened with an empty drawer')
  await page.getByRole('button', { name: 'Look at the shift' }).click()
  await expect(page.getByRole('dialog')).toContainText('Close the shift')
})

test('a checked piece that is looked for is handed over and never taken back; an unsold one alarms nobody', async ({ page }) => {
  await signIn(page, 'supervisor')
  await press(page, 'F4')
  await scanField(page).fill(await example(at.client, 'stolen'))
  await press(page, 'Enter')
  await expect(page.getByRole('button', { name: 'Hand over' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Take it back' })).toHaveCount(0)

  await press(page, 'F4')
  await scanField(page).fill(await example(at.client, 'fresh-phone'))
  await press(page, 'Enter')
  await expect(page.getByRole('heading', { name: 'Nothing against it' })).toBeVisible()
  await expect(page.locator('.finding--attention').filter({ hasText: 'Warranty' })).toHaveCount(0)
})

test('a checked piece that is in repair says so under the answer, and its receipt is not broken at the hyphen', async ({ page }) => {
  await signIn(page, 'supervisor')
  await press(page, 'F4')
  await scanField(page).fill(await example(at.client, 'in-repair'))
  await press(page, 'Enter')
  await expect(page.locator('.verdict-head__reason').first()).toContainText('in repair')
  await expect(page.locator('.verdict-head .in-one-piece')).toHaveCSS('white-space', 'nowrap')
})

test('a return is reasoned and graded with one key each, in sight at once', async ({ page }) => {
  await signIn(page, 'supervisor')
  await press(page, 'F3')
  await scanField(page).fill(await example(at.client, 'may-be-returned'))
  await press(page, 'Enter')
  await expect(page.locator('.verdict-head__reason')).toContainText(/^Sold on|^Sold online on/)
  const asked = page.locator('.assess__questions')
  for (const choice of await asked.getByRole('radio').all()) await expect(choice).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('main')).not.toContainText(/\b(legal|maker) \d{4}-/)
  await press(page, '4')
  await expect(page.getByRole('radio', { name: /Does not work/ })).toBeChecked()
  await press(page, 'b')
  await expect(asked.getByRole('radio', { checked: true })).toHaveCount(2)
  // The first sign of a scan goes through to the page, and is no choice.
  await wedge(page, '1234567890128')
  await page.waitForTimeout(200)
  await expect(page.getByRole('radio', { name: /Does not work/ })).toBeChecked()
})

test('an auditor is offered nothing that is not allowed', async ({ page }) => {
  await signIn(page, 'auditor')
  await at.client.desk.go({ to: 'home', unitId: null })
  await expect(page.getByRole('button', { name: /Check a piece/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /Start a sale|Take something back/ })).toHaveCount(0)
  await expect(page.getByRole('navigation').getByRole('button', { name: /Sale|Return/ })).toHaveCount(0)
})

test('locked out, one is told until when by the clock of the store', async ({ page }) => {
  const { session } = await at.client.desk.view()
  if (session.at === 'signed-in') await at.client.session.signOut()
  await page.goto(at.till.url)
  const out = (await at.client.desk.view()).session
  const tile = out.at === 'signed-out' ? out.staff.find((person) => person.role === 'manager') : undefined
  for (let tries = 0; tries < 12; tries += 1) {
    await at.client.session.signIn({ staffId: tile?.staffId ?? '', pin: '0000' }).catch(() => undefined)
  }
  await page.getByRole('radio', { name: new RegExp(tile?.name ?? 'nobody') }).click()
  await type(page, '0000')
  await press(page, 'Enter')
  const view = await at.client.desk.view()
  const until = view.session.at === 'signed-out' ? view.session.staff.find((one) => one.staffId === tile?.staffId)?.lockedUntil : null
  const told = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: view.store.timeZone }).format(new Date(until ?? 0))
  await expect(page.getByRole('alert')).toContainText(`Wait until ${told}`)
})
