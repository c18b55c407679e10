import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { encodeEpc } from '../../../contract/identity/epc/encode.ts'
import { cents } from '../../../contract/money.ts'
import { startPrinterServer, type PrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import { startTerminalServer, type TerminalServer } from '../../../native/simulators/terminal/terminal-server.ts'
import { findChromium } from '../../../scripts/find-chromium.mjs'
import { boughtLately } from '../../support/core/kiosk.ts'
import { enter, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'
import { plainSerials } from '../../support/core/till-in-process.ts'
import { withRules } from '../../support/core/with-rules.ts'
import { PseudoTerminal } from '../../support/pseudo-terminal.ts'
import { inhabit } from '../../support/rfid/inhabit.ts'
import { troublesOn } from '../axe.ts'
import { KIOSK_DECISION_MS, KioskCustomer } from '../kiosk-customer.ts'
import { press } from '../fingers.ts'

/**
 * A customer at the kiosk, in portrait, with everything that stands on and around it: a scanner and a pad at real serial
 * lines, a printer, a card terminal, a camera, and the counter of the store at the other end of the line.
 */
const kioskFolder = temporaryFolder()
const counterFolder = temporaryFolder()
const reader = r200Simulator()
const SHOTS = process.env['SCREENS'] === undefined ? null : join(import.meta.dirname, '../../../docs/screens/kiosk')
/** The first screen stands in the language of the till. */
const WELCOME = 'Willkommen'
let scanner: PseudoTerminal
let padLine: PseudoTerminal
let printer: PrinterServer
let terminal: TerminalServer
let kiosk: RunningTill
let counter: RunningTill
let client: Client
let clerk: Client
let supervisorPin = ''
const undo: (() => void)[] = []

test.describe.configure({ mode: 'default', timeout: 120_000 })
test.use({
  viewport: { width: 1080, height: 1920 },
  permissions: ['camera'],
  launchOptions: {
    executablePath: findChromium() ?? '',
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
})

const WARN_AFTER_MS = 120_000

/** Slow to ask and to wipe, however slow the machine is; what is about the waiting turns the page's own clock on. */
function patient(dataDir: string): void {
  const rules = { idleWarnAfter_ms: WARN_AFTER_MS, idleWipeAfter_ms: WARN_AFTER_MS + 10_000, checksPerHour: 500, buyUpTo_cents: cents(1_000_000) }
  withRules(dataDir, (policy) => ({ ...policy, kiosk: { ...policy.kiosk, ...rules } }))
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return typeof address === 'object' && address !== null ? address.port : 0
}

test.beforeAll(async () => {
  if (SHOTS !== null) mkdirSync(SHOTS, { recursive: true })
  for (const folder of [kioskFolder, counterFolder]) withDemoMirror(folder.path)
  patient(kioskFolder.path)
  const port = await freePort()
  const key = 'a line of the store in the tests'
  writeFileSync(join(counterFolder.path, 'store-line.json'), JSON.stringify({ key, listen: { host: '127.0.0.1', port } }))
  writeFileSync(join(kioskFolder.path, 'store-line.json'), JSON.stringify({ key, to: `http://127.0.0.1:${port}` }))
  ;[scanner, padLine, printer, terminal] = await Promise.all([PseudoTerminal.plugged(), PseudoTerminal.plugged(), startPrinterServer(), startTerminalServer()])
  terminal.terminal.bookByHand(4_200)
  undo.push(inhabit(padLine, reader))
  counter = await startTill(['--data', counterFolder.path, '--till', 'T1'])
  kiosk = await startTill([
    '--data', kioskFolder.path, '--seat', 'kiosk', '--till', 'K1', '--scanner', `serial:${scanner.path}@9600`, '--pad', `serial:${padLine.path}@115200,r200`,
    '--printer', printer.address, '--terminal', terminal.address,
  ])
  const [atKiosk, atCounter] = await Promise.all([enter(kiosk), enter(counter)])
  client = atKiosk.client
  clerk = atCounter.client
  undo.push(atKiosk.close, atCounter.close)
  const { session } = await clerk.desk.view()
  supervisorPin = (session.at === 'signed-out' ? session.staff.find(({ role }) => role === 'supervisor')?.demoPin : null) ?? ''
  const ready = async () => (await client.desk.view()).devices.flatMap(({ role, state }) => (state === 'ready' ? [role] : []))
  await expect.poll(ready).toEqual(expect.arrayContaining(['pad', 'printer', 'scanner', 'terminal']))
})

test.afterAll(async () => {
  for (const end of undo) end()
  await Promise.all([kiosk.end(), counter.end()])
  await Promise.all([printer.close(), terminal.close(), scanner.remove(), padLine.remove()])
  for (const folder of [kioskFolder, counterFolder]) folder.remove()
})

test.beforeEach(async () => {
  await client.kiosk.act({ flowId: null, action: { do: 'finish' } })
})

/** A radio tag as a maker would have written it: some piece of a category that has one. */
function tagOf(dataDir: string, category: string): string {
  const db = new Database(join(dataDir, 'mirror.db'), { readonly: true })
  const rows = db.prepare(
    `SELECT p.gtin, a.value AS serial FROM units u JOIN unit_aliases a ON a.unit_id = u.id AND a.kind = 'serial' AND a.retired_why IS NULL
     JOIN products p ON p.id = u.product_id WHERE p.gtin IS NOT NULL AND p.category <> ? AND u.title = 'sold' LIMIT 200`,
  ).all(category) as { gtin: string; serial: string }[]
  db.close()
  for (const { gtin, serial } of rows) {
    const tag = encodeEpc('SGTIN-198', [['01', gtin.padStart(14, '0')], ['21', serial]], { filter: 1, gcpLength: 7 })
    if (tag.ok) return tag.hex
  }
  throw new Error('no piece of the demo has a number that a tag can hold')
}

const say = (text: string) => scanner.send(`${text}\r\n`)

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS !== null) await page.screenshot({ path: join(SHOTS, `${name}.png`) })
}

/** Keeps what the kiosk says, in the place of a voice: `window.said`, each with its language before it. */
const listensToSpeech = (page: Page) => page.addInitScript(() => {
  const said: string[] = []
  Object.defineProperty(window, 'speechSynthesis', { value: { cancel: () => undefined, speak: (words: SpeechSynthesisUtterance) => said.push(`${words.lang}: ${words.text}`) } })
  Object.assign(window, { said })
})

const saidOn = (page: Page) => page.evaluate(() => (window as unknown as { said: string[] }).said.join(' '))

const customerAt = (page: Page) => new KioskCustomer({ page, url: kiosk.url, client, hold: say })

test('gives money back to the card: at most 90 s for a person who takes 2 s a decision', async ({ page }) => {
  const began = Date.now()
  const customer = customerAt(page)
  await page.goto(kiosk.url)
  await shoot(page, '01-start')
  await customer.begin()
  await shoot(page, '02-scan')
  await customer.shows(boughtLately(kioskFolder.path, { tender: 'card', category: 'camera' }))
  await customer.title('Is this your piece?')
  await shoot(page, '03-answer')
  await customer.answersAll()
  await customer.title('You get back')
  await shoot(page, '06-confirm')
  const before = terminal.terminal.taken_cents
  terminal.terminal.set({ slow_ms: 400 })
  await customer.touch('Back to my card')
  await customer.title(/hold your card/)
  await shoot(page, '07-card')
  customer.decisions += 1
  await customer.title('Thank you')
  terminal.terminal.set({ slow_ms: 0 })
  await expect(page.getByText(/slot A/)).toBeVisible()
  await expect(page.getByText('Please take your paper.')).toBeVisible()
  await shoot(page, '08-done')
  expect(terminal.terminal.taken_cents).toBeLessThan(before)
  customer.decisions += 3
  const machine_ms = Date.now() - began
  const whole_s = (machine_ms + customer.decisions * KIOSK_DECISION_MS) / 1_000
  test.info().annotations.push({ type: 'journey', description: `${customer.decisions} decisions, ${whole_s.toFixed(1)} s` })
  expect(whole_s).toBeLessThanOrEqual(90)
  await customer.touch('Finish')
  await customer.title(WELCOME)
})

test('sells to a customer alone: what is scanned twice may be taken out, a declined card may be tried again, the paper comes out', async ({ page }) => {
  const [phone = '', other = ''] = plainSerials(kioskFolder.path, (await client.desk.view()).store.storeId, 2)
  const article = (await client.demo.examples()).find(({ story }) => story === 'plain-article')?.text ?? ''
  const customer = customerAt(page)
  await customer.begin('Buy something')
  await shoot(page, '14-buy')
  for (const text of [article, phone, other]) {
    await customer.shows(text)
    await customer.title('Your cart')
  }
  await expect(page.getByRole('listitem')).toHaveCount(3)
  await customer.shows(other)
  await expect(page.getByRole('alertdialog')).toContainText('This is in your cart already')
  expect(await troublesOn(page)).toEqual([])
  await customer.touch('Take it out')
  await expect(page.getByRole('listitem')).toHaveCount(2)
  await shoot(page, '15-cart')
  expect(await troublesOn(page)).toEqual([])
  terminal.terminal.set({ customer: 'is-declined' })
  const before = terminal.terminal.taken_cents
  await customer.touch('Pay by card')
  await expect(page.getByText(/Nothing was paid/)).toBeVisible()
  terminal.terminal.set({ customer: 'pays' })
  await customer.touch('Pay by card')
  await customer.title('Thank you')
  await expect(page.getByText('Please take your paper.')).toBeVisible()
  await expect(page.getByText(/Receipt K1-R\d{6}/)).toBeVisible()
  await shoot(page, '16-bought')
  expect(terminal.terminal.taken_cents).toBeGreaterThan(before)
  await customer.touch('Finish')
  await customer.title(WELCOME)
})

test('gives a voucher with its code where cash was paid, and the paper carries it', async ({ page }) => {
  const customer = customerAt(page)
  await customer.begin()
  await customer.shows(boughtLately(kioskFolder.path, { tender: 'cash' }))
  await customer.title('Is this your piece?')
  await customer.answersAll()
  await expect(page.getByRole('button', { name: 'Back to my card' })).toHaveCount(0)
  await customer.touch('As a voucher')
  await customer.title('Thank you')
  await expect(page.getByText(/K1-V\d{6}-/)).toBeVisible()
  await shoot(page, '09-voucher')
})

test('a declined card is offered again, and nothing has been taken back', async ({ page }) => {
  const customer = customerAt(page)
  await customer.begin()
  await customer.shows(boughtLately(kioskFolder.path, { tender: 'card', skip: 2 }))
  await customer.answersAll()
  terminal.terminal.set({ customer: 'is-declined' })
  await customer.touch('Back to my card')
  await expect(page.getByText(/could not take the money/)).toBeVisible()
  terminal.terminal.set({ customer: 'pays' })
  await customer.title('You get back')
  await customer.touch('As a voucher')
  await customer.title('Thank you')
})

test('a refund whose end the terminal cannot tell is settled at the staff’s door, and the customer who waited gets thanks and paper', async ({ page }) => {
  const customer = customerAt(page)
  await customer.begin()
  await customer.shows(boughtLately(kioskFolder.path, { tender: 'card', skip: 8 }))
  await customer.answersAll()
  terminal.terminal.set({ line_ends: 'after-booking', tells_last: false })
  await customer.touch('Back to my card')
  await customer.title(/colleague/)
  terminal.terminal.set({ line_ends: 'never', tells_last: true })
  await openDoor(page)
  await expect(page.getByText(/A refund of .* has no known end/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Ask the terminal again' })).toBeVisible()
  expect(await troublesOn(page)).toEqual([])
  await shoot(page, '19-door-refund')
  await page.getByRole('button', { name: 'Given back, the piece is here: finish the return' }).click()
  await expect(page.getByText(/has no known end/)).toBeHidden()
  await page.getByRole('button', { name: 'Shut the door' }).click()
  await customer.title('Thank you')
})

test('hands over warmly: the counter sees it at once and goes on with every answer', async ({ page, browser }) => {
  const tile = (await clerk.desk.view()).session
  if (tile.at === 'signed-out') await clerk.session.signIn({ staffId: tile.staff.find(({ role }) => role === 'supervisor')?.staffId ?? '', pin: tile.staff.find(({ role }) => role === 'supervisor')?.demoPin ?? '' })
  const customer = customerAt(page)
  await customer.begin()
  await customer.shows(boughtLately(kioskFolder.path, { tender: 'card', skip: 3 }))
  await customer.touch('Continue')
  await customer.answers('reason')
  await customer.touch('Damaged')
  await customer.title('A colleague will help you')
  await expect(page.getByText(/Till 1/)).toBeVisible()
  await expect(page.getByText('A colleague knows that you are here.')).toBeVisible()
  await shoot(page, '10-colleague')
  const counterPage = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await counterPage.goto(counter.url)
  // A customer of an earlier story may still be shown there.
  const call = counterPage.getByRole('region', { name: /K1/ }).filter({ hasText: 'The condition has to be seen.' })
  await expect(call).toBeVisible()
  await shoot(counterPage, '11-counter-sees')
  await call.getByRole('button', { name: 'Take over' }).click()
  await expect.poll(async () => (await clerk.desk.view()).front).toMatchObject({ screen: 'return', return: { at: 'assess', reason: 'changed-mind', condition: 'damaged' } })
  await shoot(counterPage, '12-counter-goes-on')
  await expect(page.getByText(/is expecting you/)).toBeVisible()
  await shoot(page, '13-expected')
  await counterPage.close()
})

test('5.3: stolen from our own stock and brought to our kiosk: the same friendly words, and no sound at the counter', async ({ page }) => {
  const stolen = (await client.demo.examples()).find(({ story }) => story === 'stolen-from-us')
  const customer = customerAt(page)
  await customer.begin()
  await customer.shows(stolen?.text ?? '')
  await customer.title('A colleague will help you')
  expect(await page.locator('#main').innerText()).not.toMatch(/stolen|police|theft/i)
  await expect.poll(async () => (await clerk.desk.view()).handOvers.find(({ quiet }) => quiet)).toMatchObject({ state: 'waiting', why: 'verdict' })
})

test('5.3: tag and printed serial disagree: a colleague', async ({ page }) => {
  const customer = customerAt(page)
  await customer.begin()
  await customer.shows(boughtLately(kioskFolder.path, { tender: 'card', skip: 4 }))
  await customer.title('Is this your piece?')
  // Another piece lies on the pad than the one whose label was shown: by its radio tag, through the reader's own line.
  const epc = tagOf(kioskFolder.path, 'headphones')
  reader.field.place({ epc })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A colleague will help you', { timeout: 30_000 })
  await expect.poll(async () => (await clerk.desk.view()).handOvers[0]?.why).toBe('tag-differs')
  reader.field.lift(epc)
})

test('asks before it wipes, gives more time, and then leaves nothing of the last customer', async ({ page }) => {
  const serial = boughtLately(kioskFolder.path, { tender: 'card', skip: 5 })
  const customer = customerAt(page)
  await page.clock.install()
  await listensToSpeech(page)
  await customer.begin()
  await page.getByRole('button', { name: 'Read aloud' }).click()
  await customer.shows(serial)
  await customer.title('Is this your piece?')
  const asks = page.getByRole('alertdialog')
  await page.clock.fastForward(WARN_AFTER_MS)
  await expect(asks).toBeVisible()
  await expect.poll(() => saidOn(page)).toContain('I need more time')
  await shoot(page, '14-more-time')
  await page.getByRole('button', { name: 'I need more time' }).click()
  await expect(asks).toHaveCount(0)
  await customer.title('Is this your piece?')
  await page.clock.fastForward(WARN_AFTER_MS)
  await expect(asks).toBeVisible()
  await customer.title(WELCOME)
  expect(await page.content()).not.toContain(serial.slice(-4))
  await page.goBack().catch(() => null)
  await page.goto(kiosk.url)
  await customer.title(WELCOME)
  expect(JSON.stringify(await client.desk.view())).not.toContain(serial)
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(serial)
})

test('P95, P96: after a night in which nobody came one touch begins, and so it does right after a wipe', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, hasTouch: true })
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(kiosk.url)
  const welcome = page.getByRole('heading', { name: WELCOME })
  const english = page.getByRole('button', { name: /English/ })
  await expect(welcome).toBeVisible()
  await page.clock.fastForward('10:00:00')
  await expect(english).toBeVisible()
  await english.tap()
  await expect(welcome).toHaveCount(0)
  // The customer goes away without a word; the next one touches once.
  await client.kiosk.act({ flowId: null, action: { do: 'finish' } })
  await expect(welcome).toBeVisible()
  await english.tap()
  await expect(welcome).toHaveCount(0)
  await context.close()
})

test('P96: who types a long number slowly is heard by the till too, whose own clock would wipe it', async ({ page }) => {
  await page.clock.install()
  const customer = customerAt(page)
  await customer.begin()
  await page.getByRole('button', { name: 'Type the number instead' }).click()
  const life = async () => (await client.desk.view()).kioskIdle?.life
  const before = await life()
  await page.getByRole('button', { name: '7', exact: true }).click()
  await page.clock.fastForward(WARN_AFTER_MS / 2)
  await expect.poll(life).not.toBe(before)
  await expect(page.getByRole('textbox')).toHaveValue('7')
})

test('is one for everybody: keys alone, large text, contrast, low, read aloud; axe finds nothing at any step', async ({ page }) => {
  const axe = async () => expect(await troublesOn(page)).toEqual([])
  await listensToSpeech(page)
  const customer = customerAt(page)
  await page.goto(kiosk.url)
  await axe()
  await page.getByRole('button', { name: /English/ }).focus()
  await press(page, 'Enter')
  await customer.title('What would you like to do?')
  await axe()
  for (const name of ['Read aloud', 'Larger text', 'More contrast', 'Within reach']) await page.getByRole('button', { name }).click()
  await expect.poll(() => saidOn(page)).toContain('What would you like to do?')
  await axe()
  await shoot(page, '15-access')
  const choice = await page.getByRole('button', { name: /Give something back/ }).boundingBox()
  expect((choice?.y ?? 0) + (choice?.height ?? 0) / 2).toBeGreaterThan(1920 * 0.42)
  await page.getByRole('button', { name: /Give something back/ }).focus()
  await press(page, 'Enter')
  await axe()
  await page.getByRole('button', { name: 'Type the number instead' }).click()
  await page.getByRole('button', { name: 'Q', exact: true }).click()
  await expect.poll(() => saidOn(page)).toContain('en-GB: Q')
  await axe()
  await press(page, 'Escape')
  await say(boughtLately(kioskFolder.path, { tender: 'card', skip: 6 }))
  await customer.title('Is this your piece?')
  await axe()
  await page.getByRole('button', { name: 'Continue' }).focus()
  await press(page, 'Enter')
  await customer.title('Why do you bring it back?')
  await axe()
  await shoot(page, '16-question')
  await customer.answers('reason')
  await axe()
  await customer.touch('Call a colleague')
  await customer.title('A colleague will help you')
  await axe()
  await customer.touch('Finish')
  await customer.title(WELCOME)
  await expect(page.getByRole('button', { name: 'Größere Schrift' })).toHaveAttribute('aria-pressed', 'false')
})

async function openDoor(page: Page): Promise<void> {
  for (let touch = 0; touch < 5; touch += 1) await page.locator('.kiosk__corner').click()
  await expect(page.getByRole('heading', { name: 'PIN' })).toBeVisible()
  // The keys of a person: slower than any scanner.
  await page.keyboard.type(supervisorPin, { delay: 150 })
  await press(page, 'Enter')
}

test('in a browser too nothing leads out of the page: keys, drops, the menu of a long touch, printing, windows, message boxes', async ({ page }) => {
  const opened: string[] = []
  page.on('dialog', (dialog) => {
    opened.push(dialog.type())
    void dialog.dismiss()
  })
  page.on('popup', (popup) => opened.push(`window ${popup.url()}`))
  page.on('download', () => opened.push('download'))
  await page.goto(kiosk.url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(WELCOME)
  const reached = await page.evaluate((chords) => {
    const sent = chords.map((chord) => {
      const parts = chord.split('+')
      const has = (name: string) => parts.slice(0, -1).includes(name)
      return new KeyboardEvent('keydown', {
        key: parts.at(-1) ?? '', ctrlKey: has('Control'), altKey: has('Alt'), metaKey: has('Meta'), shiftKey: has('Shift'), bubbles: true, cancelable: true,
      })
    })
    const files = new DataTransfer()
    files.items.add(new File(['out'], 'out.html', { type: 'text/html' }))
    const others = [
      new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: files }),
      new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }),
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true }),
      new WheelEvent('wheel', { bubbles: true, cancelable: true, ctrlKey: true }),
    ]
    return [...sent, ...others].filter((event) => document.body.dispatchEvent(event)).map((event) => ('key' in event ? event.key : event.type))
  }, ['F1', 'F5', 'F7', 'F11', 'F12', 'Shift+F10', 'Control+p', 'Control+o', 'Control+s', 'Control+r', 'Control+u', 'Control+f', 'Control++', 'Control+-', 'Control+0', 'Control+Shift+i', 'Alt+ArrowLeft', 'Alt+Home', 'Meta+d', 'ContextMenu'])
  expect(reached).toEqual([])
  const printed = await page.evaluate(() => {
    let count = 0
    window.addEventListener('beforeprint', () => (count += 1))
    window.print()
    window.alert('out')
    window.confirm('out')
    window.open('https://shop.example/')
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['out'])), download: 'out.html' })
    document.body.append(link)
    link.click()
    link.remove()
    return count
  })
  expect(printed).toBe(0)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(WELCOME)
  expect(opened).toEqual([])
})

test('lets staff in by a corner nobody sees and a PIN, and out again', async ({ page }) => {
  await page.goto(kiosk.url)
  await openDoor(page)
  await expect(page.getByRole('button', { name: 'Kiosk schließen' })).toBeVisible()
  await shoot(page, '17-door')
  await page.getByRole('button', { name: 'Kiosk schließen' }).click()
  await expect(page.getByRole('button', { name: 'Kiosk wieder öffnen' })).toBeVisible()
  await page.getByRole('button', { name: 'Tür schließen' }).click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Gerade geschlossen')
  await openDoor(page)
  await page.getByRole('button', { name: 'Kiosk wieder öffnen' }).click()
  await expect(page.getByRole('button', { name: 'Kiosk schließen' })).toBeVisible()
  await page.getByRole('button', { name: 'Tür schließen' }).click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(WELCOME)
})

test('speaks Arabic from the right, and a check ends with what is known and nothing else', async ({ page }) => {
  await page.goto(kiosk.url)
  await page.getByRole('button', { name: /العربية/ }).click()
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await page.getByRole('button', { name: /افحص|فحص/ }).first().click()
  // The scanner has a line of its own: what it reads may come to the kiosk before the touch does.
  await expect.poll(async () => (await client.desk.view()).front).toMatchObject({ kiosk: { at: 'scan', task: 'check' } })
  await say(boughtLately(kioskFolder.path, { tender: 'card', skip: 7 }))
  await expect(page.locator('.public-answers')).toBeVisible()
  await shoot(page, '18-arabic')
  expect(await page.locator('#main').innerText()).not.toMatch(/K1-|T1-R/)
})
