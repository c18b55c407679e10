import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { CommandFamily } from '../../../native/scanners/scanner-commands.ts'
import { serialScannerDevice } from '../../../native/scanners/open-scanner.ts'
import { findDevices } from '../../../native/supervisor/find-devices.ts'
import { serial } from '../../../native/transports/serial.ts'
import { SerialAdapter } from '../devices/serial-adapter.ts'
import { UsbSerialDevice } from '../devices/usb-serial-device.ts'
import type { Counter } from '../story.ts'
import { beBusy, story, until } from '../story.ts'
import { supervise } from './supervised-till.ts'

const FTDI = { vendorId: 0x0403, productId: 0x6001 }
const GRANIT = { vendorId: 0x0c2e, productId: 0x0b0a, maker: 'Honeywell', product: 'Granit', serialNumber: 'SER1' }
const HONEYWELL: { family: CommandFamily } = { family: 'honeywell' }
const UNPLUGGINGS = 8

/** A scanner behind an FTDI adapter, plugged in. */
async function behindAdapter(counter: Counter): Promise<SerialAdapter> {
  const adapter = new SerialAdapter(0)
  counter.after(() => adapter.unplug())
  await adapter.plug()
  return adapter
}

/** A scanner with a serial line of its own, not yet plugged in. */
function withOwnLine(counter: Counter, hear: (bytes: Uint8Array) => void = () => {}): UsbSerialDevice {
  const scanner = new UsbSerialDevice('serial-scanner', GRANIT, hear)
  counter.after(() => scanner.remove())
  return scanner
}

story('a scanner behind a serial adapter is found by its ids and read however its bytes come', async (counter) => {
  const adapter = await behindAdapter(counter)
  await until(async () => (await findDevices()).devices.some((each) => each.vendorId === FTDI.vendorId), 'the adapter in the list')
  const till = supervise(counter, serialScannerDevice('scanner', FTDI, HONEYWELL))
  await till.is('ready')
  await adapter.say(']d2010950110153000321SN0001\r', 7)
  await adapter.say('SN0002\rSN0003\r\n')
  await until(() => till.scans().length === 3, 'three scans')
  assert.deepEqual(till.scans(), ['010950110153000321SN0001', 'SN0002', 'SN0003'])
  till.command({ kind: 'trigger', on: true })
  await until(() => adapter.heard.length >= 3, 'the trigger')
  assert.deepEqual(adapter.heard.slice(-3), [0x16, 0x54, 0x0d])
})

story('a serial scanner loses no scan while the till is busy', async (counter) => {
  const adapter = await behindAdapter(counter)
  const till = supervise(counter, serialScannerDevice('scanner', FTDI))
  await till.is('ready')
  const codes = Array.from({ length: 80 }, (_, index) => `SN${1000 + index}`)
  await adapter.say(codes.map((code) => `${code}\r`).join(''))
  beBusy(1_500)
  await until(() => till.scans().length === codes.length, 'every scan')
  assert.deepEqual(till.scans(), codes)
})

story('an adapter is pulled out and plugged in three times, and does not keep the till busy meanwhile', async (counter) => {
  const adapter = await behindAdapter(counter)
  const till = supervise(counter, serialScannerDevice('scanner', FTDI))
  for (let round = 1; round <= 3; round++) {
    await till.is('ready')
    await adapter.say(`ROUND${round}\r`)
    await until(() => till.scans().length === round, 'a scan')
    await adapter.unplug()
    await till.is('lost', 5_000)
    const before = process.cpuUsage()
    await pause(1_000)
    const { user, system } = process.cpuUsage(before)
    assert.ok((user + system) / 1_000 < 600, `${(user + system) / 1_000} ms of work in a second of waiting`)
    await adapter.plug()
  }
  await till.is('ready')
  assert.equal(till.health().lost_count, 3)
})

story('a scanner is pulled out while the till writes to it: told once each time, and it always comes back', async (counter) => {
  const scanner = withOwnLine(counter)
  const till = supervise(counter, serialScannerDevice('scanner', GRANIT, HONEYWELL))
  scanner.plug()
  for (let round = 1; round <= UNPLUGGINGS; round++) {
    await till.is('ready')
    const writing = setInterval(() => till.command({ kind: 'ask', text: 'REVINF.'.repeat(round % 2 === 0 ? 400 : 1) }), 3)
    await pause(40 + round * 13)
    scanner.unplug()
    await till.is('lost', 5_000)
    clearInterval(writing)
    assert.equal(till.health().lost_count, round)
    scanner.plug()
    await till.is('ready')
    await scanner.say(`BACK${round}\r`)
    await until(() => till.scans().length === round, 'a scan after it')
  }
  assert.equal(till.scans().at(-1), `BACK${UNPLUGGINGS}`)
})

story('a scanner that takes nothing does not hold the till when it closes', async (counter) => {
  const scanner = withOwnLine(counter)
  scanner.plug()
  scanner.setReading(false)
  const till = supervise(counter, serialScannerDevice('scanner', GRANIT, HONEYWELL))
  await till.is('ready')
  for (let count = 0; count < 200; count++) till.command({ kind: 'ask', text: 'REVINF.'.repeat(300) })
  await pause(500)
  const started = performance.now()
  await till.stop()
  assert.ok(performance.now() - started < 5_000, `it took ${performance.now() - started} ms`)
})

story('a port that another program holds is told as busy, and taken when it is free', async (counter) => {
  await behindAdapter(counter)
  await until(async () => (await findDevices()).devices.some((each) => each.vendorId === FTDI.vendorId), 'the adapter in the list')
  const other = await serial({ path: '/dev/ttyUSB0' }).open({ bytes: () => {}, gone: () => {} })
  const till = supervise(counter, serialScannerDevice('scanner', { path: '/dev/ttyUSB0' }))
  await till.is('busy')
  await other.close()
  await till.is('ready')
})
