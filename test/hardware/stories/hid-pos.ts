import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { hidScannerDevice } from '../../../native/scanners/open-scanner.ts'
import { findDevices } from '../../../native/supervisor/find-devices.ts'
import { toHex } from '../../support/drivers/desk.ts'
import { HID_POS_DESCRIPTOR, hidPosReports } from '../devices/scanner-reports.ts'
import { UhidDevice } from '../devices/uhid-device.ts'
import type { Counter } from '../story.ts'
import { beBusy, story, until } from '../story.ts'
import { supervise } from './supervised-till.ts'

const VOYAGER = { vendorId: 0x0c2e, productId: 0x0b8f }
const MATRIX = ']d2'
/** The kernel keeps 63 reports of a device that nobody reads. */
const MORE_THAN_THE_KERNEL_KEEPS = 80

function scannerOn(counter: Counter): UhidDevice {
  const scanner = new UhidDevice({ name: 'Voyager', ...VOYAGER, serialNumber: '15B1', descriptor: HID_POS_DESCRIPTOR })
  counter.after(() => scanner.close())
  return scanner
}

const scan = (scanner: UhidDevice, text: string) => hidPosReports(text, MATRIX).forEach((report) => scanner.send(report))

story('a HID POS scanner is found by its ids and reads a code', async (counter) => {
  const scanner = scannerOn(counter)
  scanner.plug()
  await until(async () => (await findDevices()).devices.length > 0, 'the scanner in the list')
  const [found] = (await findDevices()).devices
  assert.equal(found?.address, 'hid:0c2e:0b8f#15B1')
  assert.equal(found.driver, 'hid-pos')
  const till = supervise(counter, hidScannerDevice('scanner', VOYAGER))
  await till.is('ready')
  scan(scanner, '010950110153000321SN0001')
  await until(() => till.events.length === 1, 'the scan')
  const [event] = till.events
  assert.deepEqual(event?.kind === 'scan' && [event.text, event.aim, event.symbology], [
    '010950110153000321SN0001', MATRIX, 'gs1-datamatrix',
  ])
})

story('a HID POS scanner sends a long code over three reports, and it is one scan', async (counter) => {
  const scanner = scannerOn(counter)
  scanner.plug()
  const till = supervise(counter, hidScannerDevice('scanner', VOYAGER))
  await till.is('ready')
  const long = `https://example.com/01/09501101530003/21/SN0001?${'q'.repeat(100)}`
  scan(scanner, long)
  scan(scanner, 'NEXT')
  await until(() => till.scans().length === 2, 'two scans')
  assert.deepEqual(till.scans(), [long, 'NEXT'])
})

story('a HID POS scanner beeps when the till asks it to', async (counter) => {
  const scanner = scannerOn(counter)
  scanner.plug()
  const till = supervise(counter, hidScannerDevice('scanner', VOYAGER))
  await till.is('ready')
  assert.deepEqual(scanner.features.map(toHex), ['FE 01'])
  assert.equal(till.command({ kind: 'beep', good: true }), true)
  assert.equal(till.command({ kind: 'trigger', on: true }), true)
  await until(() => scanner.outputs.length === 2, 'two reports')
  assert.deepEqual(scanner.outputs.map(toHex), ['04 40', '04 04'])
})

story('no scan is lost while the till is busy: more of them than the kernel keeps', async (counter) => {
  const scanner = scannerOn(counter)
  scanner.plug()
  const till = supervise(counter, hidScannerDevice('scanner', VOYAGER))
  await till.is('ready')
  const codes = Array.from({ length: MORE_THAN_THE_KERNEL_KEEPS }, (_, index) => `SN${1000 + index}`)
  for (const code of codes) {
    scan(scanner, code)
    beBusy(25)
  }
  assert.equal(till.scans().length, 0)
  await until(() => till.scans().length === codes.length, 'every scan')
  assert.deepEqual(till.scans(), codes)
})

story('a HID POS scanner is pulled out and plugged in four times, and every scan comes', async (counter) => {
  const scanner = scannerOn(counter)
  const till = supervise(counter, hidScannerDevice('scanner', VOYAGER))
  await till.is('searching')
  for (let round = 1; round <= 4; round++) {
    scanner.plug()
    await till.is('ready')
    scan(scanner, `ROUND${round}`)
    await until(() => till.scans().length === round, 'a scan')
    scanner.unplug()
    await till.is('lost', 2_000)
    assert.equal(till.command({ kind: 'beep', good: true }), false)
  }
  assert.deepEqual(till.scans(), ['ROUND1', 'ROUND2', 'ROUND3', 'ROUND4'])
  const { opened_count, lost_count, garbled_count } = till.health()
  assert.deepEqual([opened_count, lost_count, garbled_count], [4, 4, 0])
})

story('a HID POS scanner is pulled out in the middle of a code: the half is forgotten', async (counter) => {
  const scanner = scannerOn(counter)
  scanner.plug()
  const till = supervise(counter, hidScannerDevice('scanner', VOYAGER))
  await till.is('ready')
  scanner.send(hidPosReports('HALF'.repeat(30), MATRIX)[0]!)
  await until(() => till.health().bytes_in > 0, 'the half')
  scanner.unplug()
  await till.is('lost')
  scanner.plug()
  await till.is('ready')
  scan(scanner, 'WHOLE')
  await until(() => till.scans().length === 1, 'a scan')
  await pause(300)
  assert.deepEqual(till.scans(), ['WHOLE'])
})
