import { expect, test, type Page } from '@playwright/test'
import { enter, example, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'

/** What a new cashier does on the first day, with ten fingers and no scanner; the time on the wall is the store's. */
const folder = temporaryFolder()
let till: RunningTill
let client: Client
let leave: () => void

test.describe.configure({ mode: 'serial' })
test.use({ timezoneId: 'America/New_York' })

test.beforeAll(async () => {
  withDemoMirror(folder.path)
  till = await startTill(['--data', folder.path])
  ;({ client, close: leave } = await enter(till))
  await client.desk.setLanguage({ language: 'en' })
})

test.afterAll(async () => {
  leave()
  await till.end()
  folder.remove()
})

/** Nobody answers a new screen faster. */
const EYES_MS = 400

/** The keys of a person: slower than any scanner. */
const type = (page: Page, text: string): Promise<void> => page.keyboard.type(text, { delay: 90 })

/** The digits and the Enter of a scanner that types like a keyboard, 5 ms apart by the events' own time. */
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

async function signIn(page: Page, role: string): Promise<void> {
  const { session } = await client.desk.view()
  if (session.at === 'signed-in' && session.person.role !== role) await client.session.signOut()
  const now = (await client.desk.view()).session
  if (now.at === 'signed-out') {
    const tile = now.staff.find((person) => person.role === role)
    await client.session.signIn({ staffId: tile?.staffId ?? '', pin: tile?.demoPin ?? '' })
  }
  await page.goto(till.url)
  await expect(page.getByRole('search')).toBeVisible()
}

const scanField = (page: Page) => page.getByRole('combobox', { name: /scan/i })

async function sell(page: Page, story: string): Promise<void> {
  await client.sale.begin()
  await expect(page.getByText('Scan the first piece')).toBeVisible()
  await scanField(page).fill(await example(client, story))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Pieces in this sale' })).toBeVisible()
}

async function due(): Promise<number> {
  const { front } = await client.desk.view()
  if (front.screen !== 'sale' || front.sale.at !== 'tendering') throw new Error('nothing is being paid')
  return front.sale.due_cents
}

async function sale() {
  const { front } = await client.desk.view()
  if (front.screen !== 'sale') throw new Error(`in front is ${front.screen}`)
  return front.sale
}

test('the amount that is typed is the amount that is taken, and the change is right', async ({ page }) => {
  await signIn(page, 'cashier')
  await sell(page, 'fresh-phone')
  await page.keyboard.press('F12')
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
  await page.keyboard.press('F12')
  await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
  const due_cents = await due()
  await type(page, '50')
  await page.keyboard.press('Enter', { delay: 20 })
  await page.keyboard.press('Enter', { delay: 20 })
  await expect.poll(due).toBe(due_cents - 5_000)
  await page.waitForTimeout(EYES_MS)
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
  await page.waitForTimeout(EYES_MS)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
})

test('a parked sale is named on the start screen; called back, the scan field has the keys again', async ({ page }) => {
  await signIn(page, 'cashier')
  await sell(page, 'plain-article')
  // A cashier may not void alone; the button asks for a colleague and is no dead end.
  await expect(page.getByRole('button', { name: 'Void sale' })).toBeEnabled()
  await page.keyboard.press('F6')
  await type(page, 'Blue jacket')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Parked as Blue jacket.' })).toBeVisible()
  await page.keyboard.press('F7')
  await expect(page.getByRole('dialog').getByText('Blue jacket', { exact: true })).toBeVisible()
  await page.waitForTimeout(EYES_MS)
  await page.keyboard.press('Enter')
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
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a shift that a first sale opened with nothing in the drawer says so', async ({ page }) => {
  await signIn(page, 'cashier')
  await client.sale.begin()
  await client.desk.scan({ text: await example(client, 'plain-article'), via: 'typed', aim: null })
  await page.keyboard.press('F12')
  await expect(page.getByRole('heading', { name: 'Payment' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
  await client.desk.go({ to: 'home', unitId: null })
  await expect(page.getByRole('main')).toContainText('opened with an empty drawer')
  await page.getByRole('button', { name: 'Look at the shift' }).click()
  await expect(page.getByRole('dialog')).toContainText('Close the shift')
})

test('a checked piece that is looked for is handed over and never taken back; an unsold one alarms nobody', async ({ page }) => {
  await signIn(page, 'supervisor')
  await page.keyboard.press('F4')
  await scanField(page).fill(await example(client, 'stolen'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Hand over' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Take it back' })).toHaveCount(0)

  await page.waitForTimeout(EYES_MS)
  await page.keyboard.press('F4')
  await scanField(page).fill(await example(client, 'fresh-phone'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Nothing against it' })).toBeVisible()
  await expect(page.locator('.finding--attention').filter({ hasText: 'Warranty' })).toHaveCount(0)
})

test('a return is reasoned and graded with one key each, in sight at once', async ({ page }) => {
  await signIn(page, 'supervisor')
  await page.keyboard.press('F3')
  await scanField(page).fill(await example(client, 'may-be-returned'))
  await page.keyboard.press('Enter')
  await expect(page.locator('.verdict-head__reason')).toContainText(/^Sold on|^Sold online on/)
  const asked = page.locator('.assess__questions')
  for (const choice of await asked.getByRole('radio').all()) await expect(choice).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('main')).not.toContainText(/\b(legal|maker) \d{4}-/)
  await page.keyboard.press('4')
  await expect(page.getByRole('radio', { name: /Does not work/ })).toBeChecked()
  await page.keyboard.press('b')
  await expect(asked.getByRole('radio', { checked: true })).toHaveCount(2)
  // The first sign of a scan goes through to the page, and is no choice.
  await wedge(page, '1234567890128')
  await page.waitForTimeout(200)
  await expect(page.getByRole('radio', { name: /Does not work/ })).toBeChecked()
})

test('an auditor is offered nothing that is not allowed', async ({ page }) => {
  await signIn(page, 'auditor')
  await client.desk.go({ to: 'home', unitId: null })
  await expect(page.getByRole('button', { name: /Check a piece/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /Start a sale|Take something back/ })).toHaveCount(0)
  await expect(page.getByRole('navigation').getByRole('button', { name: /Sale|Return/ })).toHaveCount(0)
})

test('locked out, one is told until when by the clock of the store', async ({ page }) => {
  const { session } = await client.desk.view()
  if (session.at === 'signed-in') await client.session.signOut()
  await page.goto(till.url)
  const out = (await client.desk.view()).session
  const tile = out.at === 'signed-out' ? out.staff.find((person) => person.role === 'manager') : undefined
  for (let tries = 0; tries < 12; tries += 1) {
    await client.session.signIn({ staffId: tile?.staffId ?? '', pin: '0000' }).catch(() => undefined)
  }
  await page.getByRole('radio', { name: new RegExp(tile?.name ?? 'nobody') }).click()
  await type(page, '0000')
  await page.keyboard.press('Enter')
  const view = await client.desk.view()
  const until = view.session.at === 'signed-out' ? view.session.staff.find((one) => one.staffId === tile?.staffId)?.lockedUntil : null
  const told = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: view.store.timeZone }).format(new Date(until ?? 0))
  await expect(page.getByRole('alert')).toContainText(`Wait until ${told}`)
})
