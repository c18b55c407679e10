import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client, RunningTill } from '../../support/core/till.ts'
import { enter, example, saleIn, signIn, startTill, temporaryFolder } from '../../support/core/till.ts'
import { UsbPrinter } from '../devices/usb-printer.ts'
import { UsbSerialDevice } from '../devices/usb-serial-device.ts'
import type { Counter } from '../story.ts'
import { story, until } from '../story.ts'

const MIRROR = '/run/job/mirror.db'
const GRANIT = { vendorId: 0x0c2e, productId: 0x0b0a, maker: 'Honeywell', product: 'Granit', serialNumber: 'SER1' }
const START_MS_MAX = 60_000
/**
 * A second process with the whole till in it: its start alone takes the better part of a minute, and a machine that does
 * other work beside takes five times as long. The limit is for a story that hangs.
 */
const WHOLE_TILL_MS_MAX = 600_000

/** The till as its user starts it, in a process of its own, with a scanner and a printer at its counter. */
async function counterWith(counter: Counter, ...devices: readonly string[]): Promise<{ till: RunningTill; client: Client }> {
  const folder = temporaryFolder()
  counter.after(() => folder.remove())
  copyFileSync(MIRROR, join(folder.path, 'mirror.db'))
  const till = await startTill(['--data', folder.path, ...devices])
  counter.after(() => till.end())
  const { client, close } = await enter(till)
  counter.after(close)
  await signIn(client)
  return { till, client }
}

async function isReady(client: Client, role: string): Promise<void> {
  const state = async () => (await client.desk.view()).devices.find((device) => device.role === role)?.state
  await until(async () => (await state()) === 'ready', `${role} ready`, START_MS_MAX)
}

async function lines(client: Client, count: number): Promise<ReturnType<typeof saleIn>> {
  const view = async () => {
    const { front } = await client.desk.view()
    return front.screen === 'sale' ? front.sale : null
  }
  await until(async () => (await view())?.lines.length === count, `${count} lines in the cart`)
  return saleIn(await client.desk.view())
}

async function payInCash(client: Client): Promise<string> {
  const open = saleIn(await client.desk.view())
  const due = saleIn(await client.sale.act({ flowId: open.flowId, action: { do: 'pay' } }))
  assert.ok(due.at === 'tendering')
  const paid = saleIn(await client.sale.act({ flowId: due.flowId, action: { do: 'tender', kind: 'cash', given_cents: due.due_cents } }))
  assert.ok(paid.at === 'paid')
  return paid.receiptNumber
}

story('the whole till sells what its scanner reads and prints the receipt on its USB printer', async (counter) => {
  const scanner = new UsbSerialDevice('till-scanner', GRANIT)
  counter.after(() => scanner.remove())
  const printer = new UsbPrinter()
  counter.after(() => printer.remove())
  scanner.plug()
  await printer.plug()
  const { client } = await counterWith(counter, '--scanner', 'serial:/dev/ttyACM0@9600', '--printer', 'usb:/dev/usb/lp0')
  await isReady(client, 'scanner')
  await isReady(client, 'printer')

  const phone = await example(client, 'fresh-phone')
  await scanner.say(`${phone}\r`)
  await lines(client, 1)
  scanner.unplug()
  await until(async () => (await client.desk.view()).devices.some((device) => device.state === 'lost'), 'the scanner is lost')
  scanner.plug()
  await isReady(client, 'scanner')
  await scanner.say(`${await example(client, 'plain-article')}\r`)
  const cart = await lines(client, 2)
  assert.deepEqual(cart.lines.map((line) => line.tracking), ['unit', 'plain'])
  const number = await payInCash(client)
  await until(() => printer.text().includes(number), 'the receipt')
  assert.ok(printer.text().includes(phone), 'the serial number stands on it')
  await until(async () => (await client.desk.view()).papers.length === 0, 'nothing left to print')

  printer.unplug()
  await scanner.say(`${await example(client, 'by-imei')}\r`)
  await lines(client, 1)
  const second = await payInCash(client)
  await printer.plug()
  await until(() => printer.text().includes(second), 'the receipt that waited for its printer', START_MS_MAX)
  assert.equal(printer.text().split(second).length, 2, 'it was printed once')
}, WHOLE_TILL_MS_MAX)
