import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../native/clock.ts'
import type { PrinterAddress } from '../../../native/printers/printer-address.ts'
import { openPrinter } from '../../../native/printers/open-printer.ts'
import { bytesForPrinter } from '../../../native/printers/print-bytes.ts'
import { usbPrinterFile } from '../../../native/printers/usb-printer-file.ts'
import type { PrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { startPrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { TransportFault } from '../../../native/transport.ts'
import { PLAIN, RECEIPT } from '../../support/printer/print-blocks.ts'

const SOCAT = spawnSync('socat', ['-V']).status === 0
let folder = ''
const children: ChildProcess[] = []
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  for (const child of children.splice(0)) await stopped(child)
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-printer-'))
})

/** socat takes its device node away itself when it ends; only then is the folder ours to remove. */
function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill()
  })
}

/** A character device with a simulated printer behind it: what usblp shows of one on the cable. */
async function printerNode(): Promise<{ path: string; server: PrinterServer; unplug(): void }> {
  const server = await startPrinterServer()
  closing.push(() => server.close())
  const path = join(folder, 'lp0')
  const child = spawn('socat', [`pty,raw,echo=0,link=${path}`, `tcp:127.0.0.1:${server.port}`], { stdio: 'ignore' })
  children.push(child)
  for (let tries = 0; tries < 200 && !existsSync(path); tries++) await new Promise((tick) => setTimeout(tick, 20))
  return { path, server, unplug: () => void child.kill('SIGKILL') }
}

function printerOn(path: string, address: PrinterAddress = { kind: 'usb', path }) {
  const printer = openPrinter(address, { dialect: 'escpos', watch_ms: 0 }, systemClock)
  closing.push(() => printer.close())
  return printer
}

describe('a printer on a cable', () => {
  it.skipIf(!SOCAT)('prints through its device node and answers through it', async () => {
    const { path, server } = await printerNode()
    expect(await printerOn(path).print(bytesForPrinter(RECEIPT, PLAIN).bytes)).toEqual({
      outcome: 'printed',
      paper: 'ok',
    })
    expect(server.text()).toContain('IMEI 356938035643809')
  })

  it.skipIf(!SOCAT)('prints through a serial line', async () => {
    const { path, server } = await printerNode()
    const printer = printerOn(path, { kind: 'serial', path, baud: 115_200 })
    expect((await printer.print(bytesForPrinter(RECEIPT, PLAIN).bytes)).outcome).toBe('printed')
    expect(server.text()).toContain('IMEI 356938035643809')
  })

  it.skipIf(!SOCAT)('a stalled printer does not hang the till: writing fails after its deadline', async () => {
    const { path, server } = await printerNode()
    server.setLine({ stalled: true })
    let gone = ''
    const stalled = usbPrinterFile({ path, write_ms_max: 300 })
    const line = await stalled.open({ bytes: () => {}, gone: (why) => (gone = why) })
    // More than every buffer between here and there takes.
    await expect(line.write(new Uint8Array(32 * 1024 * 1024))).rejects.toThrow(TransportFault)
    expect(gone).toBe('the printer takes no bytes')
    await line.close()
  })

  it.skipIf(!SOCAT)('pulled out in the middle of a receipt, the outcome is unknown', async () => {
    const { path, server, unplug } = await printerNode()
    server.printer.set({ confirms: false })
    const outcome = printerOn(path).print(bytesForPrinter(RECEIPT, PLAIN).bytes)
    await expect.poll(() => server.text()).toContain('TOTAL')
    unplug()
    expect(await outcome).toEqual({ outcome: 'unknown', why: 'lost' })
  })

  it('never creates a file where the printer should be, and refuses one that lies there', async () => {
    const path = join(folder, 'lp9')
    const open = () => usbPrinterFile({ path }).open({ bytes: () => {}, gone: () => {} })
    await expect(open()).rejects.toMatchObject({ trouble: 'not-there' })
    expect(existsSync(path)).toBe(false)
    writeFileSync(path, '')
    await expect(open()).rejects.toThrow('is not a printer device')
    expect(await printerOn(path).print(Uint8Array.of(0x0a))).toEqual({
      outcome: 'not-printed',
      why: 'not-there',
      begun: false,
    })
  })
})
