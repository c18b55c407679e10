/** The customer's screen under Electron's shell: a second window on the second screen, on a line that only looks. */
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { runtimeProgram, start } from './runtime.ts'
import { strangeScript } from './strange-script.ts'

const ROOT = join(import.meta.dirname, '../../..')

test.skip(runtimeProgram().real, 'how many screens there are is said to the stand-in alone')
test.beforeEach(() => {
  process.env['COUNTERMARK_STANDIN_SCREENS'] = '2'
})
test.afterEach(() => {
  delete process.env['COUNTERMARK_STANDIN_SCREENS']
})

test('the customer reads along on the second screen, and nothing can be done from there', async () => {
  const till = await start(ROOT, ['--display', 'screen'])
  const ofCustomer = () => till.app.windows().find((page) => page.url().endsWith('#display'))
  await expect.poll(() => ofCustomer() !== undefined).toBe(true)
  expect(till.app.windows()).toHaveLength(2)
  const customer = ofCustomer()
  if (!customer) throw new Error('there is no window for the customer')
  await expect(customer.locator('.customer__shop')).toBeVisible()

  const staff = await strangeScript(till.page)
  const { session } = await staff.desk.view()
  if (session.at !== 'signed-out') throw new Error('a fresh till has nobody signed in')
  const cashier = session.staff.find(({ role, demoPin }) => role === 'cashier' && demoPin !== null)
  await staff.session.signIn({ staffId: cashier?.staffId ?? '', pin: cashier?.demoPin ?? '' })
  const unit = (await staff.demo.examples()).find(({ story }) => story === 'fresh-phone')
  await staff.sale.begin()
  const sold = await staff.desk.scan({ text: unit?.text ?? '', via: 'typed', aim: null })
  if (sold.front.screen !== 'sale') throw new Error('nothing is sold')
  await expect(customer.locator('.customer__line')).toContainText(sold.front.sale.lines[0]?.name ?? '-')
  await expect(customer.locator('main')).not.toContainText(unit?.text ?? '-')

  const stranger = await strangeScript(customer)
  await expect(stranger.desk.view()).rejects.toMatchObject({ data: { code: 'not-your-seat' } })
  await expect(stranger.sale.begin()).rejects.toMatchObject({ data: { code: 'not-your-seat' } })
  await till.stop()
})

test('without a second screen there is one window', async () => {
  process.env['COUNTERMARK_STANDIN_SCREENS'] = '1'
  const till = await start(ROOT, ['--display', 'screen'])
  const staff = await strangeScript(till.page)
  expect((await staff.desk.view()).devices).toMatchObject([{ role: 'display', state: 'searching' }])
  expect(till.app.windows()).toHaveLength(1)
  await till.stop()
})
