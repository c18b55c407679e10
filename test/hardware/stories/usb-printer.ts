import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '../../../native/clock.ts'
import { DRAWER_PULSE } from '../../../native/printers/escpos-commands.ts'
import type { Printer, PrinterOptions } from '../../../native/printers/open-printer.ts'
import { openPrinter } from '../../../native/printers/open-printer.ts'
import { bytesForPrinter } from '../../../native/printers/print-bytes.ts'
import { usbPrinterFile } from '../../../native/printers/usb-printer-file.ts'
import { UsbPrinter } from '../devices/usb-printer.ts'
import type { Counter } from '../story.ts'
import { story, until } from '../story.ts'

const LP0 = '/dev/usb/lp0'
const PATIENCE = { answer_ms: 1_500, optional_answer_ms: 500, silence_ms: 3_000, report_ms: 800, confirm_ms: 4_000, mend_ms: 15_000 }
const PAPER = { profile: 'epson', paper: '80mm', pictures: new Map() } as const
/** usblp and the virtual cable hold about 90 KB of a printer that takes nothing. */
const MORE_THAN_THE_CABLE_HOLDS = 400
const THREADS_OF_THE_POOL = 4

function receipt(number: number, item_count = 3): Uint8Array {
  const items = Array.from({ length: item_count }, (_, index) => ({
    kind: 'item' as const, name: `Piece ${index + 1} `.padEnd(200, 'é'), details: [`SN${number}-${index}`], quantity: null, amount: '€ 9.90',
  }))
  const blocks = [{ kind: 'title' as const, text: `RECEIPT ${number}` }, ...items, { kind: 'total' as const, left: 'TOTAL', right: '€ 29.70' }]
  return bytesForPrinter(blocks, PAPER).bytes
}

function atCounter(counter: Counter, options: Partial<PrinterOptions> = {}, write_ms_max?: number): Printer {
  const transport = usbPrinterFile({ path: LP0, ...(write_ms_max === undefined ? {} : { write_ms_max }) })
  const printer = openPrinter(
    { kind: 'usb', path: LP0 },
    { dialect: 'escpos', watch_ms: 500, patience: PATIENCE, transport, ...options },
    systemClock,
  )
  counter.after(() => printer.close())
  return printer
}

function iron(counter: Counter): UsbPrinter {
  const printer = new UsbPrinter()
  counter.after(() => printer.remove())
  return printer
}

story('a USB printer prints a receipt, says so itself, opens the drawer and tells its name', async (counter) => {
  const device = iron(counter)
  await device.plug()
  const printer = atCounter(counter)
  assert.deepEqual(await printer.print(receipt(1)), { outcome: 'printed', paper: 'ok' })
  assert.match(device.text(), /RECEIPT 1/)
  assert.match(device.text(), /TOTAL +€ 29\.70/)
  assert.deepEqual(await printer.askCard(), { maker: 'EPSON', model: 'TM-T20III' })
  assert.equal(await printer.openDrawer(DRAWER_PULSE), 'pulsed')
  assert.equal(device.printer.state.drawer, 'open')
})

story('the paper ends in the middle of a receipt, and the new roll brings the rest of it', async (counter) => {
  const device = iron(counter)
  await device.plug()
  const printer = atCounter(counter)
  await until(() => printer.status().condition === 'ready', 'ready')
  device.printer.set({ paper_lines: 4 })
  const outcome = printer.print(receipt(2))
  await until(() => printer.status().condition === 'paper-end', 'the end of the paper')
  device.printer.set({ paper_lines: null })
  assert.deepEqual(await outcome, { outcome: 'printed', paper: 'ok' })
  assert.equal(device.text().split('RECEIPT 2').length, 2)
})

story('a printer stalls in the middle of a receipt: the till asks a person, and goes on working', async (counter) => {
  const device = iron(counter)
  await device.plug()
  const printer = atCounter(counter, {}, 3_000)
  await until(() => printer.status().condition === 'ready', 'ready')
  device.setPace(512)
  const before = device.printer.received_bytes
  const outcome = printer.print(receipt(3, MORE_THAN_THE_CABLE_HOLDS))
  await until(() => device.printer.received_bytes > before + 5_000, 'the beginning')
  device.setPace(0)
  await pause(1_000)
  const started = performance.now()
  await Promise.all(Array.from({ length: THREADS_OF_THE_POOL * 2 }, () => readFile('/etc/hostname')))
  assert.ok(performance.now() - started < 1_000, 'no thread hangs at the printer')
  const { outcome: what } = await outcome
  assert.equal(what, 'unknown')
  device.unplug()
  device.setPace(null)
  await device.plug()
  await until(() => printer.status().condition === 'ready', 'ready again')
  assert.deepEqual(await printer.print(receipt(4)), { outcome: 'printed', paper: 'ok' })
})

story('the cable comes out while a receipt is written: nobody says that it was printed', async (counter) => {
  const device = iron(counter)
  await device.plug()
  const printer = atCounter(counter)
  for (let round = 1; round <= 3; round++) {
    await until(() => printer.status().condition === 'ready', 'ready')
    device.setPace(256)
    const before = device.printer.received_bytes
    const outcome = printer.print(receipt(round, 60))
    await until(() => device.printer.received_bytes > before + 500 * round, 'the beginning')
    device.unplug()
    assert.deepEqual(await outcome, { outcome: 'unknown', why: 'lost' })
    device.setPace(null)
    await device.plug()
  }
  await until(() => printer.status().condition === 'ready', 'ready')
  assert.deepEqual(await printer.print(receipt(9)), { outcome: 'printed', paper: 'ok' })
  assert.match(device.text(), /RECEIPT 9/)
})

story('a printer is told as not there, as ready when it is plugged in, and as lost when it is pulled out', async (counter) => {
  const device = iron(counter)
  const printer = atCounter(counter)
  await until(() => printer.status().condition === 'not-there', 'not there')
  assert.deepEqual(await printer.print(receipt(5)), { outcome: 'not-printed', why: 'not-there', begun: false })
  await device.plug()
  await until(() => printer.status().condition === 'ready', 'ready')
  device.unplug()
  await until(() => ['lost', 'not-there'].includes(printer.status().condition), 'lost')
})

story('two tills at one USB printer: the second is told that it is busy, and prints when it is free', async (counter) => {
  const device = iron(counter)
  await device.plug()
  const first = atCounter(counter)
  assert.equal((await first.print(receipt(6))).outcome, 'printed')
  const second = atCounter(counter, { watch_ms: 0, tries_max: 1 })
  assert.deepEqual(await second.print(receipt(7)), { outcome: 'not-printed', why: 'busy', begun: false })
  await first.close()
  assert.equal((await second.print(receipt(7))).outcome, 'printed')
})
