import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, test } from '@playwright/test'
import { build } from 'vite'
import { usCharacter } from '../../../renderer/wedge/us-keys.ts'

const CODES = [
  ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `Key${letter}`),
  ...Array.from('0123456789', (digit) => `Digit${digit}`),
  'Minus', 'BracketRight', 'Space', 'Slash', 'Period',
]
const CTRL = 2
const SHIFT = 8

/** The keyboard scanner of a page without anything else: one field of each kind and a button. */
const PAGE = `<input id="name" value="abc"><textarea id="note">hello</textarea><input id="count" type="number" value="5">
<button id="pay" onclick="this.textContent = 'pressed'">pay</button><ul id="scans"></ul><ul id="hints"></ul>`

async function counter(page: Page): Promise<void> {
  const built = await build({
    logLevel: 'silent',
    configFile: false,
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL('../../../renderer/wedge/attach-wedge.ts', import.meta.url)),
        formats: ['iife'],
        name: 'wedge',
      },
    },
  })
  const [output] = Array.isArray(built) ? built : []
  const code = output?.output[0].code ?? ''
  await page.setContent(PAGE)
  await page.addScriptTag({
    content: `${code}
      const tell = (id, text) => { const li = document.createElement('li'); li.textContent = text; document.getElementById(id).append(li) }
      window.attached = wedge.attachWedge(window, { scan: (text) => tell('scans', text), hint: (hint) => tell('hints', hint.kind) })`,
  })
}

/** Types as a scanner does, 5 ms from key to key by the events' own time, all keys at once by ours. */
async function scan(page: Page, text: string, modifiers = 0): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const started = Date.now() / 1_000
  const keys = Array.from(text, (character, index) => {
    const timestamp = started + index * 0.005
    const common = { timestamp, autoRepeat: false }
    if (character === '\n') return { ...common, code: 'Enter', key: 'Enter', text: '\r', windowsVirtualKeyCode: 13, modifiers }
    if (character === '\u001d') return { ...common, code: 'BracketRight', key: ']', modifiers: CTRL, windowsVirtualKeyCode: 221 }
    const plain = CODES.find((code) => usCharacter(code, false) === character)
    const code = plain ?? CODES.find((each) => usCharacter(each, true) === character) ?? ''
    return { ...common, code, key: character, text: character, modifiers: modifiers | (plain === undefined ? SHIFT : 0) }
  })
  await Promise.all(
    keys.flatMap((key) => [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key, text: '' }),
    ]),
  )
  await session.detach()
}

const scans = (page: Page) => page.locator('#scans li')

test.beforeEach(async ({ page }) => {
  await counter(page)
})

test('a scan leaves the field it fell into as it was, its selection too', async ({ page }) => {
  await page.locator('#name').evaluate((field: HTMLInputElement) => {
    field.focus()
    field.setSelectionRange(1, 2)
  })
  await scan(page, ']d20109501101530003\u001d21SN-1\n')
  await expect(scans(page)).toHaveText([']d20109501101530003\u001d21SN-1'])
  await expect(page.locator('#name')).toHaveValue('abc')
  const selection = await page.locator('#name').evaluate((field: HTMLInputElement) => [field.selectionStart, field.selectionEnd])
  expect(selection).toEqual([1, 2])
})

test('it does so in every kind of field, and presses no button', async ({ page }) => {
  for (const id of ['#note', '#count', '#pay']) {
    await page.locator(id).focus()
    await scan(page, '4006381 333931\n')
  }
  await expect(scans(page)).toHaveCount(3)
  await expect(page.locator('#note')).toHaveValue('hello')
  await expect(page.locator('#count')).toHaveValue('5')
  await expect(page.locator('#pay')).toHaveText('pay')
})

test('what a person types stays, at any pace', async ({ page }) => {
  await page.locator('#note').fill('')
  await page.locator('#note').pressSequentially('4006381333931', { delay: 60 })
  await scan(page, 'ab')
  await expect(page.locator('#note')).toHaveValue('4006381333931ab')
  await page.locator('#pay').press('Enter')
  await expect(page.locator('#pay')).toHaveText('pressed')
  await expect(scans(page)).toHaveCount(0)
})

test('a key held down repeats into the field and is no scan', async ({ page }) => {
  await page.locator('#note').fill('')
  for (let count = 0; count < 12; count++) await page.keyboard.down('7')
  await page.keyboard.up('7')
  await expect(page.locator('#note')).toHaveValue('7'.repeat(12))
  await expect(scans(page)).toHaveCount(0)
})

test('the calibration code teaches the scanner and is no scan', async ({ page }) => {
  await page.evaluate('void (window.learning = attached.calibrate(5000))')
  await scan(page, ']#AZ-az_0189\n')
  expect(await page.evaluate<unknown>('learning')).toMatchObject({ layout: 'us', gap_ms_max: 20 })
  await expect(scans(page)).toHaveCount(0)
})
