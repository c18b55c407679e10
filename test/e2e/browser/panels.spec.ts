import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { Params } from '../../../contract/ids.ts'
import { say } from '../../../contract/words/say.ts'
import type { WordKey } from '../../../contract/words/en.ts'
import { sheetOf } from '../../../scripts/picture-sheet.ts'
import { oneTill } from '../../support/core/one-till.ts'
import { example, saleIn, scan, signIn } from '../../support/core/till.ts'
import { troublesOn } from '../axe.ts'

/**
 * Every panel of a till with a morning behind it, opened by its name as a person would: nothing in it troubles a screen
 * reader or runs out of the screen, in both looks and both directions. `SCREENS=docs` also writes the pictures.
 */
const at = oneTill(test)
const OUT = process.env['SCREENS'] === undefined ? null : join(import.meta.dirname, '../../../docs/screens/panels')

test.describe.configure({ mode: 'default', timeout: 120_000 })

test.beforeAll(async () => {
  const { client } = at
  await signIn(client, 'manager')
  await client.shift.act({ action: { do: 'open', float_cents: 20_000 as never } })
  await client.sale.begin()
  const open = saleIn(await scan(client, await example(client, 'fresh-phone')))
  const due = saleIn(await client.sale.act({ flowId: open.flowId, action: { do: 'pay' } }))
  await client.sale.act({ flowId: open.flowId, action: { do: 'tender', kind: 'cash', given_cents: due.totals.gross_cents } })
  const next = saleIn(await client.sale.begin())
  await scan(client, await example(client, 'plain-article'))
  await client.sale.act({ flowId: next.flowId, action: { do: 'park', name: 'Kim' } })
  const sold = await client.service.findPiece({ text: await example(client, 'may-be-returned') })
  await client.service.openClaim({ unitId: sold?.unitId ?? '', symptom: 'No sound on the left', note: '' })
  await client.customers.create({
    details: { name: 'Rosa Núñez', phone: '+49 171 5550123', email: 'rosa@example.org', card: 'CM-7712', address: '', note: '', language: null },
    consents: [], flowId: null,
  })
  const [wanted] = (await client.search.everywhere({ text: 'camera', where: 'here', condition: 'new', coverDays_min: 0 })).pieces
  await client.reservations.reserve({ unitId: wanted?.unitId ?? '', customer: 'Rosa Núñez', days: 3, send: false })
  await client.desk.go({ to: 'home', unitId: null })
})

/** The word under which the panel is found, by the file of its picture. */
const PANELS: Readonly<Record<string, WordKey>> = {
  shift: 'go.shift', journal: 'journal.title', figures: 'figures.all', service: 'go.service', shipments: 'shipments.title', counting: 'counting.title', pieces: 'pieces.title', kept: 'pieces.kept', inspection: 'inspect.title',
  cases: 'case.list', authorities: 'authority.title', papers: 'papers.title', parked: 'go.parked', customers: 'customers.title', mails: 'mails.title', policy: 'policy.title',
  template: 'template.title', devices: 'go.devices', explain: 'go.explain', keys: 'keys.title',
}
/** The word on the button of a checked piece that opens it. */
const OF_A_PIECE: Readonly<Record<string, WordKey>> = { 'unit-service': 'service.open', marks: 'mark.open', label: 'label.open' }
const SMALL = { width: 1280, height: 800 }
const LARGE = { width: 1920, height: 1080 }
const CORNERS = [['de', 'light', SMALL], ['ar', 'dark', SMALL]] as const
const ALL = [SMALL, LARGE].flatMap((size) => (['de', 'ar'] as const).flatMap((language) => (['light', 'dark'] as const).map((look) => [language, look, size] as const)))

async function open(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('search').getByRole('combobox').fill(words)
  await page.getByRole('option').filter({ hasText: words }).first().click()
  await stands(page)
}

async function openFromPiece(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: words, exact: true }).click()
  await stands(page)
}

async function stands(page: Page): Promise<void> {
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running'))
}

async function complaints(page: Page): Promise<string[]> {
  const troubles = await troublesOn(page)
  const sideways = await page.evaluate(() => [...document.querySelectorAll('.dialog, .dialog *')].filter((element) => {
    const { overflowX } = getComputedStyle(element)
    // What is there for screen readers alone is a pixel wide.
    return element.clientWidth > 1 && overflowX !== 'visible' && overflowX !== 'clip' && element.scrollWidth > element.clientWidth + 1 && !element.matches('table, pre, input, textarea, [data-scrolls]')
  }).map((element) => `runs out of ${element.className || element.tagName}`))
  return [...troubles, ...sideways]
}

type Opened = readonly [name: string, key: WordKey, way: (page: Page, words: string) => Promise<void>]
const OPENED: readonly Opened[] = [
  ...Object.entries(PANELS).map(([name, key]) => [name, key, open] as const),
  ...Object.entries(OF_A_PIECE).map(([name, key]) => [name, key, openFromPiece] as const),
]

for (const [name, key, way] of OPENED) {
  test(`${name} is clean in German and Arabic, by day and by night`, async ({ page, browser }) => {
    await at.client.desk.go({ to: way === open ? 'home' : 'check', unitId: null })
    if (way === openFromPiece) await scan(at.client, await example(at.client, 'by-imei'))
    const shots: Buffer[] = []
    for (const [language, look, size] of OUT === null ? CORNERS : ALL) {
      await at.client.desk.setLanguage({ language })
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme: look, reducedMotion: 'reduce' })
      await page.goto('about:blank')
      await page.goto(at.till.url)
      await way(page, say(language, key))
      expect(await complaints(page), `${language} ${look} ${size.width}`).toEqual([])
      if (OUT !== null) shots.push(await page.screenshot())
    }
    if (OUT === null) return
    mkdirSync(OUT, { recursive: true })
    const desk = await browser.newPage()
    writeFileSync(join(OUT, `${name}.webp`), await sheetOf(desk, shots))
    await desk.close()
  })
}

test('a register of the rules keeps what was typed for it when the one above is removed', async ({ page }) => {
  await at.client.desk.setLanguage({ language: 'en' })
  await page.goto(at.till.url)
  await open(page, say('en', 'policy.title'))
  const dialog = page.getByRole('dialog')
  await dialog.getByText(say('en', 'policy.part-outside')).first().click()
  const limits = dialog.getByLabel(say('en', 'policy.outside-limit'))
  await expect(dialog.getByRole('button', { name: say('en', 'policy.outside-add-stolen') })).toBeVisible()
  const registers = await limits.count()
  for (const limit of ['111', '222']) {
    await dialog.getByRole('button', { name: say('en', 'policy.outside-add-stolen') }).click()
    await limits.last().fill(limit)
  }
  const first = dialog.locator('details').filter({ has: page.getByLabel(say('en', 'policy.outside-limit')) }).nth(registers)
  await first.getByRole('button', { name: say('en', 'policy.remove'), exact: true }).last().click()
  await expect(limits).toHaveCount(registers + 1)
  await expect(limits.last()).toHaveValue('222')
})

test('the long parts of the rules are clean, and what is typed there is told as a sentence before it is saved', async ({ page }) => {
  await at.client.desk.setLanguage({ language: 'de' })
  await page.setViewportSize(SMALL)
  await page.goto(at.till.url)
  await open(page, say('de', 'policy.title'))
  const dialog = page.getByRole('dialog')
  const part = async (key: WordKey): Promise<void> => {
    // The one that is chosen has a tick before its name.
    const subject = dialog.getByRole('radiogroup', { name: say('de', 'policy.part') }).getByRole('radio').getByText(say('de', key), { exact: true })
    await subject.click()
    await expect(subject).toBeChecked()
  }
  const isTold = (key: WordKey, params: Params) => expect(dialog.locator('.rule-changes')).toContainText(say('de', key, params))
  for (const key of ['policy.part-questions', 'policy.part-routes', 'policy.part-money'] as const) {
    await part(key)
    expect(await complaints(page), key).toEqual([])
  }
  await part('policy.part-offline')
  await dialog.getByRole('group', { name: say('de', 'policy.seat-counter') }).getByRole('radio', { name: say('de', 'policy.a-limit'), exact: true }).click()
  await dialog.getByLabel(say('de', 'policy.cut-off-after')).fill('90')
  await dialog.getByLabel(say('de', 'policy.cut-off-sell')).fill('500')
  await isTold('policy-change.cut-off', { seat: say('de', 'policy.seat-counter'), minutes: 90, sell_cents: 50_000, refund_cents: 0, cash_cents: 0, currency: 'EUR' })
  await dialog.getByRole('radio', { name: say('de', 'policy.lease-over-stop') }).click()
  await isTold('policy-change.lease-stop', {})
  await part('policy.part-questions')
  await dialog.getByLabel(say('de', 'policy.question-own')).fill('Sitzt der Akku fest?')
  await dialog.getByRole('button', { name: say('de', 'policy.add-own') }).first().click()
  await expect(dialog.getByRole('group', { name: 'Sitzt der Akku fest?' })).toBeVisible()
  await dialog.getByRole('group', { name: say('de', 'policy.parts-asked') }).getByText(say('de', 'accessory.battery')).click()
  await isTold('policy-change.part-added', { category: 'phone', item: say('de', 'accessory.battery') })
})
