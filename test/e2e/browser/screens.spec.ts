import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { galleryServer, type GalleryServer } from '../../support/gallery-server.ts'
import { KIOSK_STATES, STAFF_STATES } from '../../support/gallery-states.ts'
import { troublesOn } from '../axe.ts'

/**
 * Every screen, standing still in each of its states, under the content policy of the product. The gallery is built
 * for this test alone and is no part of the program. `SCREENS=docs` also writes the pictures of docs/screens.
 */
const ROOT = join(import.meta.dirname, '../../..')

interface Look {
  readonly state: string
  readonly language: string
  readonly look: 'light' | 'dark'
  readonly width: number
  readonly height: number
}

let gallery: GalleryServer

test.beforeAll(async () => {
  gallery = await galleryServer()
})

test.afterAll(() => gallery.close())

/** Opens a state and returns what the page complained of: a broken policy, an error, a warning. */
async function show(page: Page, { state, language, look, width, height }: Look): Promise<string[]> {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`${gallery.origin}/gallery.html?state=${state}&language=${language}&look=${look}`)
  await page.locator('#main').waitFor()
  if (state === 'search') await page.locator('#scan').pressSequentially('aurora')
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running'))
  return complaints
}

const sidewaysScroll = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

for (const state of [...STAFF_STATES, ...KIOSK_STATES]) {
  test(`${state} is clean in both themes`, async ({ page }) => {
    const [width, height] = state.startsWith('kiosk') ? [1080, 1920] : [1280, 800]
    for (const look of ['light', 'dark'] as const) {
      const complaints = await show(page, { state, language: look === 'light' ? 'de' : 'ar', look, width, height })
      expect(complaints, look).toEqual([])
      expect(await troublesOn(page), look).toEqual([])
      expect(await sidewaysScroll(page), look).toBeLessThanOrEqual(0)
      // A key that is drawn on a button is told to those who do not see it.
      await expect(page.locator('[data-rac]:is(button):has(.key-cap):not([aria-keyshortcuts])')).toHaveCount(0)
    }
  })
}

test('nothing is cut off sideways at twice the size of letters, in any language', async ({ page }) => {
  for (const language of ['en', 'de', 'fr', 'es', 'ar']) {
    for (const state of ['home', 'sale-open', 'tendering', 'return-assess', 'check-result', 'sign-in']) {
      // 1280 by 800 at 200 % zoom is 640 by 400 to the page.
      await show(page, { state, language, look: 'light', width: 640, height: 400 })
      expect(await sidewaysScroll(page), `${state} ${language}`).toBeLessThanOrEqual(0)
    }
  }
})

test('the kiosk also stands sideways, and its targets are large enough for a hurried hand', async ({ page }) => {
  for (const state of KIOSK_STATES) {
    await show(page, { state, language: 'de', look: 'light', width: 1920, height: 1080 })
    expect(await sidewaysScroll(page), state).toBeLessThanOrEqual(0)
    const small = await page.locator('.kiosk button:visible, .dialog .kiosk-button:visible').evaluateAll((buttons) =>
      buttons.map((button) => button.getBoundingClientRect()).filter((box) => box.height < 64 || box.width < 64).length)
    expect(small, state).toBe(0)
  }
})

test('what a customer does next is in sight without scrolling, upright and sideways, in larger text too', async ({ page }) => {
  test.slow()
  for (const state of KIOSK_STATES)
    for (const [width, height] of [[1080, 1920], [1920, 1080], [1280, 800]] as const) {
      await show(page, { state, language: 'de', look: 'light', width, height })
      expect(await choicesHidden(page), `${state} ${width}`).toEqual([])
      // A dialog over the screen keeps fingers off the bar of settings, so the press is told to its button.
      await page.locator('.access-bar__button:has(.lucide-a-arrow-up)').evaluate((button: HTMLElement) => button.click())
      await expect(page.locator('.kiosk')).toHaveAttribute('data-large', 'true')
      expect(await choicesHidden(page), `${state} ${width} large`).toEqual([])
    }
})

/** What a customer may touch that lies under a remark or under the lower edge. */
const choicesHidden = (page: Page) =>
  page.locator('.kiosk__main :is(.kiosk-button, .kiosk-tile, .kiosk-answer)').evaluateAll((choices) => {
    const edge = document.querySelector('.kiosk__remark[data-shown="true"], .kiosk__foot')?.getBoundingClientRect().top ?? 0
    return choices.filter((choice) => choice.getBoundingClientRect().bottom > edge).map((choice) => choice.textContent)
  })

test('the targets of the counter are at least 44 pixels high', async ({ page }) => {
  for (const state of STAFF_STATES) {
    await show(page, { state, language: 'de', look: 'light', width: 1280, height: 800 })
    const small = await page.locator('button:visible').evaluateAll((buttons) =>
      buttons
        .map((button) => ({ box: button.getBoundingClientRect(), html: button.outerHTML.slice(0, 120) }))
        // A dialog has a way out for screen readers, one pixel large, that nobody touches.
        .filter(({ box, html }) => !html.includes('width: 1px') && Math.round(box.height) < 44)
        .map(({ html }) => html))
    expect(small, state).toEqual([])
  }
})

const SCRIPTS = ['م', 'W', '漢', '👩‍🔧', 'ท้', '\u202Eabc', '<b>x</b> '] as const

test('no field breaks its screen, whatever is typed or pasted into it', async ({ page }) => {
  test.slow()
  for (const state of ['home', 'customers', 'customer-new', 'template', 'paper'] as const) {
    const complaints = await show(page, { state, language: 'de', look: 'light', width: 1280, height: 800 })
    if (state === 'paper') await page.getByRole('button', { name: /E-Mail/ }).click()
    // Under a dialog the fields of the screen are asleep.
    const place = page.locator(state === 'home' ? '.frame' : '.dialog')
    const fields = place.locator('input:not([type=checkbox]):not([type=file]):visible, textarea:visible')
    for (const sign of SCRIPTS) {
      // What is set past its `maxLength` is cut by the field itself when a person pastes it; here nothing is cut.
      for (const field of await fields.all()) await field.fill(sign.repeat(Math.ceil(10_000 / sign.length)))
      expect(await sidewaysScroll(page), `${state} ${sign}`).toBeLessThanOrEqual(0)
    }
    expect(complaints, state).toEqual([])
  }
})

const PICTURES: readonly (Look & { readonly name: string })[] = [
  picture('home', 'home', 'en', 'light'),
  picture('sale', 'sale-open', 'en', 'light'),
  picture('sale-ar', 'sale-open', 'ar', 'light'),
  picture('sale-refused-de-dark', 'sale-refused', 'de', 'dark'),
  picture('tendering-de', 'tendering', 'de', 'light'),
  picture('asking-terminal', 'asking-terminal', 'en', 'light'),
  picture('card-unknown-de-dark', 'asking-terminal-unknown', 'de', 'dark'),
  picture('paid-de-dark', 'paid', 'de', 'dark'),
  picture('return', 'return-assess', 'en', 'light'),
  picture('check-ar-dark', 'check-result', 'ar', 'dark'),
  picture('sign-in-de', 'sign-in', 'de', 'light'),
  picture('kiosk-start', 'kiosk-start', 'en', 'light', 1080, 1920),
  picture('kiosk-answer-ar', 'kiosk-answer', 'ar', 'light', 1080, 1920),
  picture('kiosk-questions-de-dark', 'kiosk-questions', 'de', 'dark', 1080, 1920),
]

function picture(name: string, state: string, language: string, look: 'light' | 'dark', width = 1280, height = 800) {
  return { name, state, language, look, width, height }
}

test('pictures for docs/screens', async ({ page }) => {
  test.skip(process.env['SCREENS'] !== 'docs', 'only when asked for')
  for (const one of PICTURES) {
    await show(page, one)
    await page.screenshot({ path: join(ROOT, 'docs/screens', `${one.name}.jpg`), type: 'jpeg', quality: 68 })
  }
})
