import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { smtpServer, type SmtpServer } from '../../support/mail/smtp-server.ts'
import { oneTill } from '../../support/core/one-till.ts'
import { signIn } from '../../support/core/till.ts'
import { press, type } from '../fingers.ts'

/** A sale for somebody, found and finished without a scanner and without a mouse; and what is there to help. */
let server: SmtpServer
const at = oneTill(test)

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  server = await smtpServer()
})

test.afterAll(() => server.close())

const openTill = async (page: Page): Promise<void> => {
  await page.goto(at.till.url)
  await expect(page.getByRole('combobox')).toBeFocused()
}

/** The pieces of a product. Its name alone says nothing: the product stood there under the same one. */
const pieces = (page: Page) => page.getByRole('group', { name: 'Pieces' })

/** Holds back what the core answers from `hold()` on, until it is let through in its order. */
async function slowAnswers(page: Page) {
  const late: (() => void)[] = []
  let isHeld = false
  await page.routeWebSocket(/\/core\?/, (socket) => {
    socket.connectToServer().onMessage((answer) => {
      if (isHeld) late.push(() => socket.send(answer))
      else socket.send(answer)
    })
  })
  return {
    hold: () => (isHeld = true),
    letThrough: () => {
      isHeld = false
      for (const send of late.splice(0)) send()
    },
  }
}

test('at the very first start the till speaks as the browser does', async ({ page }) => {
  expect((await at.client.desk.view()).language).toBe('de')
  await page.goto(at.till.url)
  await expect(page.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible()
  expect(await at.client.desk.view()).toMatchObject({ language: 'en', languageChosen: true })
  await signIn(at.client, 'manager')
  const settings = { host: '127.0.0.1', port: server.port, security: 'none', user: '', from: 'till@shop.example' } as const
  await at.client.papers.setMailSettings({ settings, password: null })
})

test('P25: a piece is found by words, chosen by its serial, sold to a new customer and mailed, by keys alone', async ({ page }) => {
  await openTill(page)
  await type(page, 'trail cam')
  await expect(page.getByRole('option').first()).toContainText('Trail Cam')
  await press(page, 'ArrowDown')
  await press(page, 'Enter')
  await expect(pieces(page)).toContainText('Okkera Trail Cam 4K')
  await press(page, 'Enter')
  await expect(page.locator('.lines__list > li')).toHaveCount(1)
  await press(page, 'Shift+F2')
  await expect(page.getByRole('dialog')).toBeVisible()
  await type(page, 'rosa@example.org')
  await page.getByRole('button', { name: 'New customer' }).focus()
  await press(page, 'Enter')
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue('rosa@example.org')
  await page.getByLabel('Name', { exact: true }).focus()
  await type(page, 'Rosa')
  await press(page, 'Enter')
  await expect(page.getByRole('button', { name: /For Rosa/ })).toBeVisible()
  await press(page, 'F12')
  await press(page, 'Enter')
  await page.getByRole('button', { name: 'By e-mail to the customer' }).focus()
  await press(page, 'Enter')
  await expect(page.locator('.mail-line')).toContainText('Sent')
  expect(server.delivered[0]?.to).toEqual(['rosa@example.org'])
})

test('the customer is found again by the first letters, with what was bought', async ({ page }) => {
  await openTill(page)
  await press(page, 'Control+k')
  await type(page, 'ros')
  await expect(page.getByRole('option', { name: /Rosa/ })).toBeVisible()
  await press(page, 'ArrowDown')
  await press(page, 'Enter')
  await expect(page.getByRole('dialog')).toContainText('Trail Cam 4K')
  await press(page, 'Escape')
  await expect(page.getByRole('combobox')).toBeFocused()
})

test('Enter alone still means what was typed, and Escape forgets it', async ({ page }) => {
  await openTill(page)
  await type(page, 'zzz-no-such-thing')
  await press(page, 'Enter')
  await expect(page.locator('#main')).toContainText('zzz-no-such-thing')
  await type(page, 'ros')
  await expect(page.getByRole('listbox')).toBeVisible()
  await press(page, 'Escape')
  await expect(page.getByRole('combobox')).toHaveValue('')
})

test('the pieces of a product that come late are not offered to who is looking for something else by then', async ({ page }) => {
  const answers = await slowAnswers(page)
  await openTill(page)
  await type(page, 'trail cam')
  await expect(page.getByRole('option').first()).toContainText('Trail Cam')
  await press(page, 'ArrowDown')
  answers.hold()
  await press(page, 'Enter')
  await page.getByRole('combobox').selectText()
  await type(page, 'rosa')
  answers.letThrough()
  await expect(page.getByRole('option', { name: /Rosa/ })).toBeVisible()
  await expect(page.locator('[role=option][aria-selected=true]')).toHaveCount(0)
})

test('a late answer puts nothing else under the mark of who has walked to a hit', async ({ page }) => {
  const answers = await slowAnswers(page)
  await openTill(page)
  await type(page, 'rosa')
  const first = page.getByRole('option').first()
  await expect(first).toContainText('Rosa')
  answers.hold()
  await page.getByRole('combobox').fill('trail cam')
  await press(page, 'ArrowDown')
  await expect(first).toHaveAttribute('aria-selected', 'true')
  answers.letThrough()
  await expect(first).toContainText('Trail Cam')
  await expect(page.locator('[role=option][aria-selected=true]')).toHaveCount(0)
})

test('every key of the till is one key away, and goes away again', async ({ page }) => {
  await openTill(page)
  await press(page, '?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Search everything')
  await press(page, 'Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a lesson is done on the till itself, and knows when it is', async ({ page }) => {
  await at.client.desk.go({ to: 'home', unitId: null })
  await openTill(page)
  await press(page, 'Control+k')
  await type(page, 'practise')
  await press(page, 'ArrowDown')
  await press(page, 'Enter')
  const lessons = page.getByRole('complementary', { name: 'Practise' })
  await lessons.getByRole('button', { name: /Sell a piece for cash/ }).click()
  await lessons.getByRole('button', { name: /^Scan / }).click()
  await expect(lessons.locator('[aria-current=step]')).toContainText('F12')
  await press(page, 'F12')
  await expect(lessons.locator('[aria-current=step]')).toContainText('Enter')
  await press(page, 'Enter')
  await expect(lessons).toContainText('Well done')
})

test('the day stands in figures on the first screen', async ({ page }) => {
  await at.client.desk.go({ to: 'home', unitId: null })
  await openTill(page)
  await expect(page.getByRole('heading', { name: 'Today at this till' })).toBeVisible()
  await expect(page.locator('.figures__number').first()).toHaveText('2')
})

test('the paper changes under the hand of whoever sets it', async ({ page }) => {
  await openTill(page)
  await press(page, 'Control+k')
  await type(page, 'receipt design')
  await press(page, 'ArrowDown')
  await press(page, 'Enter')
  await page.getByLabel('At the end').fill('Danke · شكرًا · 谢谢')
  await expect(page.getByRole('article')).toContainText('Danke · شكرًا · 谢谢')
  await page.getByRole('button', { name: 'Use this design' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect((await at.client.papers.template()).footer).toEqual(['Danke · شكرًا · 谢谢'])
})

test('F117: who sees little has more contrast and larger letters at this window, and finds them again', async ({ page }) => {
  await openTill(page)
  const root = page.locator('html')
  for (const wish of ['More contrast', 'Larger text']) {
    await page.locator('.person').click()
    await page.getByRole('menuitemcheckbox', { name: wish }).click()
    await press(page, 'Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
  }
  await page.reload()
  await expect(root).toHaveAttribute('data-contrast', 'more')
  await expect(root).toHaveCSS('font-size', '20px')
  await expect(page.getByRole('combobox')).toBeFocused()
  for (const [go, seen] of [['', 'Scan anything to begin'], ['F2', 'Scan the first piece'], ['F4', 'Scan any piece']] as const) {
    if (go !== '') await press(page, go)
    await expect(page.getByRole('heading', { name: seen })).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast-enhanced']).analyze()
    expect(violations.flatMap(({ nodes }) => nodes.map(({ target }) => target.join(' '))), go).toEqual([])
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
})
