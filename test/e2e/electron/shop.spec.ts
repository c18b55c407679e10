/** The whole product under Electron's shell: our page, our core, a demo shop of its own for each story. */
import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { press, type } from '../fingers.ts'
import { corePid, newFolder, runtimeProgram, start } from './runtime.ts'
import type { Running } from './runtime.ts'
import { strangeScript } from './strange-script.ts'

const ROOT = join(import.meta.dirname, '../../..')

test('the open sale comes back when the core is killed, and the window stands', async () => {
  const till = await start(ROOT, [])
  const violations: string[] = []
  till.page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text())
  })
  const before = await strangeScript(till.page)
  const { session } = await before.desk.view()
  if (session.at !== 'signed-out') throw new Error('a fresh till has nobody signed in')
  const cashier = session.staff.find(({ role, demoPin }) => role === 'cashier' && demoPin !== null)
  await before.session.signIn({ staffId: cashier?.staffId ?? '', pin: cashier?.demoPin ?? '' })
  const unit = (await before.demo.examples()).find(({ story }) => story === 'fresh-phone')
  await before.sale.begin()
  const sold = await before.desk.scan({ text: unit?.text ?? '', via: 'typed', aim: null })
  if (sold.front.screen !== 'sale' || sold.front.sale.lines[0] === undefined) throw new Error('the unit is not in the sale')
  const { flowId, lines } = sold.front.sale
  const line = till.page.getByText(lines[0]?.name ?? '', { exact: false }).first()
  await expect(line).toBeVisible()

  const first = await corePid(till.app)
  process.kill(first, 'SIGKILL')
  await expect.poll(() => corePid(till.app).catch(() => first)).not.toBe(first)
  await expect(line).toBeVisible()

  await expect(async () => {
    const after = await strangeScript(till.page)
    const back = await after.desk.view()
    expect(back.front).toMatchObject({ screen: 'sale', sale: { at: 'open', flowId } })
    expect(back.front.screen === 'sale' && back.front.sale.lines.map(({ unitId }) => unitId)).toEqual(
      lines.map(({ unitId }) => unitId),
    )
  }).toPass({ timeout: 20_000 })
  await expect(line).toBeVisible()
  expect(till.app.windows()).toHaveLength(1)
  expect(violations).toEqual([])
  await till.stop()
})

test('a day in short, by keyboard: float, two sales, one parked and called back, counted to the cent', async () => {
  const till = await start(ROOT, [])
  const { page } = till
  const client = await strangeScript(page)
  await client.desk.setLanguage({ language: 'en' })
  const { session } = await client.desk.view()
  const cashier = session.at === 'signed-out' ? session.staff.find(({ role }) => role === 'cashier') : undefined
  await client.session.signIn({ staffId: cashier?.staffId ?? '', pin: cashier?.demoPin ?? '' })
  await client.shift.act({ action: { do: 'open', float_cents: 20_000 as never } })
  const keys = (...names: readonly string[]) => press(page, ...names)
  const field = page.getByRole('search').getByRole('combobox')
  const bring = async (text: string) => {
    await keys('F2')
    await expect(page.getByText('Scan the first piece')).toBeVisible()
    await expect(field).toBeFocused()
    await type(page, text)
    await keys('Enter')
    await expect(page.locator('.lines__list > li')).toHaveCount(1)
  }
  const payInCash = async () => {
    await keys('F12')
    await expect(page.getByRole('textbox', { name: 'Given in cash' })).toBeFocused()
    await keys('Enter')
    await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
  }
  await bring('MR-0202')
  await keys('F6')
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await type(page, 'Kim')
  await keys('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await bring('MR-0210')
  await payInCash()
  await keys('F7')
  await expect(page.getByRole('dialog').getByText('Kim', { exact: true })).toBeVisible()
  await keys('Enter')
  await expect(page.locator('.lines__list > li')).toHaveCount(1)
  await payInCash()
  await client.shift.act({ action: { do: 'close', counted_cents: (20_000 + 6_990 + 3_999) as never } })
  expect((await client.desk.view()).shift).toMatchObject({ at: 'closed', last: { difference_cents: 0 } })
  await till.stop()
})

test('the keys go on when the core is gone in the middle of an act', async () => {
  const till = await start(ROOT, [])
  const { page } = till
  const { desk, session } = await strangeScript(page)
  await desk.setLanguage({ language: 'en' })
  const { session: who } = await desk.view()
  const cashier = who.at === 'signed-out' ? who.staff.find(({ role }) => role === 'cashier') : undefined
  await session.signIn({ staffId: cashier?.staffId ?? '', pin: cashier?.demoPin ?? '' })
  await expect(page.getByRole('heading', { name: /Scan anything/ })).toBeVisible()
  const core = await corePid(till.app)
  process.kill(core, 'SIGSTOP')
  await press(page, 'F4')
  process.kill(core, 'SIGKILL')
  await expect(page.getByRole('alert').filter({ hasText: 'The till did not answer' })).toBeVisible()
  // A key that is pressed before the next core is there is told to wait; then they all go on.
  await expect(async () => {
    await press(page, 'F2')
    await expect(page.getByText('Scan the first piece')).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 60_000 })
  await till.stop()
})

test("a kiosk's window cannot begin a sale, whatever its page sends", async () => {
  const till = await start(ROOT, ['--seat', 'kiosk'])
  const stranger = await strangeScript(till.page)
  const before = await stranger.desk.view()
  expect(before.seat).toBe('kiosk')
  await expect(stranger.sale.begin()).rejects.toMatchObject({ data: { code: 'not-your-seat' } })
  await expect(stranger.session.signIn({ staffId: 'anybody', pin: '1111' })).rejects.toMatchObject({
    data: { code: 'not-your-seat' },
  })
  await expect(stranger.devices.openDrawer({ deviceId: 'drawer' })).rejects.toMatchObject({ data: { code: 'not-your-seat' } })
  const after = await stranger.desk.view()
  expect(after.front).toEqual(before.front)
  await till.stop()
})

test('a setting that is none is refused in one sentence', async () => {
  const data = newFolder()
  const child = spawn(
    runtimeProgram().program,
    ['--no-sandbox', `--user-data-dir=${data}`, ROOT, '--', '--data', data, '--printr', 'tcp://127.0.0.1:9100'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr.on('data', (bytes) => (said += String(bytes)))
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2)
  expect(said).toContain("Unknown option '--printr'")
})

test('the key of a till is sealed by its computer, and a folder that is carried to another one says so', async () => {
  test.skip(runtimeProgram().real, 'a key ring of the desktop is what this machine may not have')
  const folders = { data: newFolder(), carried: newFolder(), here: newFolder(), there: newFolder() }
  writeFileSync(join(folders.data, 'till-key.pem'), generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const keyPlace = async (till: Running) => {
    const client = await strangeScript(till.page)
    const { session } = await client.desk.view()
    const manager = session.at === 'signed-out' ? session.staff.find(({ role }) => role === 'manager') : undefined
    await client.session.signIn({ staffId: manager?.staffId ?? '', pin: manager?.demoPin ?? '' })
    return (await client.devices.health()).tillKey
  }
  const here = await start(ROOT, ['--password-store=gnome-libsecret'], folders.data, folders.here)
  expect(await keyPlace(here)).toBe('key-store')
  expect(readdirSync(folders.data).filter((name) => name.startsWith('till-key'))).toEqual(['till-key.sealed'])
  copyFileSync(join(folders.data, 'till-key.sealed'), join(folders.carried, 'till-key.sealed'))
  await here.stop()

  const there = await start(ROOT, ['--password-store=gnome-libsecret'], folders.carried, folders.there)
  expect(await keyPlace(there)).toBe('elsewhere')
  expect(readdirSync(folders.carried).filter((name) => name.startsWith('till-key'))).toEqual(['till-key.sealed'])
  await there.stop()
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true })
})
