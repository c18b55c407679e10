import { expect, type Page } from '@playwright/test'

/** Nobody answers a new screen faster. */
const EYES_MS = 300
/** The keys of a person: slower than any scanner. */
const KEY_MS = 90

export const type = (page: Page, text: string): Promise<void> => page.keyboard.type(text, { delay: KEY_MS })

/**
 * Presses keys one after the other, each no sooner than a person would: a function key when the screen shows it on a
 * button that can be pressed, any other after a look.
 */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    if (/^F\d+$/.test(key)) await expect(page.locator(`[aria-keyshortcuts="${key}"]:enabled:visible`).first()).toBeVisible()
    await page.waitForTimeout(EYES_MS)
    await page.keyboard.press(key)
  }
}

/**
 * Goes where a key leads, and waits until its heading stands there: what a scanner of the core's own reads next does
 * not queue behind the page's keys.
 */
export async function goTo(page: Page, key: string, heading: string): Promise<void> {
  await press(page, key)
  await expect(page.getByRole('heading', { name: heading })).toBeVisible()
}

/** The return, ready for the piece. */
export const goToReturn = (page: Page): Promise<void> => goTo(page, 'F3', 'Scan the piece that comes back')

/** A place of the centre's page, chosen in its menu. */
export async function goToPlace(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: place, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible()
}

/** The digits and the Enter of a scanner that types like a keyboard, 5 ms apart by the events' own time. */
export async function wedge(page: Page, digits: string): Promise<void> {
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
