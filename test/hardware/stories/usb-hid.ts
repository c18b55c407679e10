import assert from 'node:assert/strict'
import { hidScannerDevice } from '../../../native/scanners/open-scanner.ts'
import { listHid } from '../../../native/transports/hid.ts'
import { toHex } from '../../support/drivers/desk.ts'
import { KernelNode } from '../devices/kernel-node.ts'
import { HID_POS_DESCRIPTOR, HID_POS_REPORT_BYTES, hidPosReports, KEYBOARD_DESCRIPTOR, keyReports } from '../devices/scanner-reports.ts'
import { UsbGadget } from '../devices/usb-gadget.ts'
import type { Counter } from '../story.ts'
import { story, until } from '../story.ts'
import { supervise } from './supervised-till.ts'

const XENON = { vendorId: 0x0c2e, productId: 0x0b07, maker: 'Honeywell', product: 'Xenon', serialNumber: 'POS77' }
const OLD_ZEBRA = { vendorId: 0x05e0, productId: 0x1200, maker: 'Symbol', product: 'LS2208', serialNumber: 'KB1' }
const HID_POS = { protocol: '0', subclass: '0', report_length: String(HID_POS_REPORT_BYTES), report_desc: HID_POS_DESCRIPTOR }
const KEYBOARD = { protocol: '1', subclass: '1', report_length: '8', report_desc: KEYBOARD_DESCRIPTOR }

function inside(counter: Counter, gadget: UsbGadget, part: string, heard: Uint8Array[]): KernelNode {
  const node = new KernelNode(gadget.hidNode(part), (report) => heard.push(report))
  counter.after(() => node.close())
  return node
}

story('a scanner on USB is told by the hot-plug, read, asked to beep, and gone at once when it is pulled out', async (counter) => {
  const gadget = new UsbGadget('scanner', XENON, { 'hid.0': HID_POS })
  counter.after(() => gadget.remove())
  const till = supervise(counter, hidScannerDevice('scanner', XENON))
  await till.is('searching')
  gadget.plug()
  await till.is('ready')
  const heard: Uint8Array[] = []
  const node = inside(counter, gadget, 'hid.0', heard)
  for (const report of hidPosReports('X'.repeat(130), ']Q1')) await node.write(report)
  await until(() => till.scans().length === 1, 'the scan')
  assert.deepEqual(till.scans(), ['X'.repeat(130)])
  till.command({ kind: 'beep', good: true })
  await until(() => heard.length > 0, 'the report')
  assert.equal(toHex(heard[0]!), '04 40')
  gadget.unplug()
  await till.is('lost', 2_000)
})

story('a scanner that is also a keyboard is read by its scanner half', async (counter) => {
  const gadget = new UsbGadget('both', XENON, { 'hid.0': KEYBOARD, 'hid.1': HID_POS })
  counter.after(() => gadget.remove())
  gadget.plug()
  await until(async () => (await listHid(XENON)).length >= 2, 'both interfaces')
  const till = supervise(counter, hidScannerDevice('scanner', { vendorId: 0x0c2e, productId: 0x0b07 }))
  await till.is('ready')
  const node = inside(counter, gadget, 'hid.1', [])
  for (const report of hidPosReports('4006381333931', ']E0')) await node.write(report)
  await until(() => till.scans().length === 1, 'the scan')
  const [event] = till.events
  assert.equal(event?.kind === 'scan' && event.symbology, 'ean13')
})

story('a scanner that only types is read key by key', async (counter) => {
  const gadget = new UsbGadget('keyboard', OLD_ZEBRA, { 'hid.0': KEYBOARD })
  counter.after(() => gadget.remove())
  gadget.plug()
  const till = supervise(counter, hidScannerDevice('scanner', { vendorId: 0x05e0, productId: 0x1200 }))
  await till.is('ready')
  const node = inside(counter, gadget, 'hid.0', [])
  for (const text of ['SN-0001/a\n', 'sn:0002\n']) for (const report of keyReports(text)) await node.write(report)
  await until(() => till.scans().length === 2, 'two scans')
  assert.deepEqual(till.scans(), ['SN-0001/a', 'sn:0002'])
})
