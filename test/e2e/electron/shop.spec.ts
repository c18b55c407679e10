/** The whole product under Electron's shell: our page, our core, a demo shop of its own for each story. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { corePid, newFolder, runtimeProgram, start } from './runtime.ts'
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
