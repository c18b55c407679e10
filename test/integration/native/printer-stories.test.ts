import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../native/clock.ts'
import type { Printer, PrinterOptions, PrinterReport } from '../../../native/printers/open-printer.ts'
import { openPrinter } from '../../../native/printers/open-printer.ts'
import type { PaperSettings } from '../../../native/printers/paper.ts'
import { bytesForPrinter } from '../../../native/printers/print-bytes.ts'
import { parsePrinterAddress } from '../../../native/printers/printer-address.ts'
import type { PrinterServer, PrinterServerOptions } from '../../../native/simulators/printer/printer-server.ts'
import { startPrinterServer } from '../../../native/simulators/printer/printer-server.ts'
import { STAR_LIKE } from '../../../native/simulators/printer/simulated-printer.ts'
import { PLAIN, RECEIPT } from '../../support/printer/print-blocks.ts'

/** For stories in which no answer comes: nobody waits a minute for a roll of paper in a test. */
const HURRIED = {
  patience: { answer_ms: 150, optional_answer_ms: 80, silence_ms: 500, report_ms: 150, confirm_ms: 400, mend_ms: 700 },
}

const open: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function counter(
  options: Partial<PrinterOptions> = {},
  serverOptions: PrinterServerOptions = {},
): Promise<{ server: PrinterServer; printer: Printer }> {
  const server = await startPrinterServer(serverOptions)
  open.push(() => server.close())
  return { server, printer: printerAt(server.address, options) }
}

function printerAt(address: string, options: Partial<PrinterOptions> = {}): Printer {
  const parsed = parsePrinterAddress(address)
  if (typeof parsed === 'string') throw new Error(parsed)
  const printer = openPrinter(parsed, { dialect: 'escpos', watch_ms: 0, ...options }, systemClock)
  open.push(() => printer.close())
  return printer
}

const receipt = (settings: PaperSettings = PLAIN) => bytesForPrinter(RECEIPT, settings).bytes

describe('a printer on the network', () => {
  it('P86: prints the receipt that a person can read, with no browser and no print dialog in between', async () => {
    const { server, printer } = await counter()
    expect(await printer.print(receipt())).toEqual({ outcome: 'printed', paper: 'ok' })
    expect(server.text()).toContain('IMEI 356938035643809')
    expect(server.text()).toMatch(/^TOTAL +€ 674\.00$/m)
    expect(server.paper().at(-1)).toEqual({ kind: 'cut' })
    expect(printer.status()).toMatchObject({ condition: 'ready', status: { cover: 'closed', paper: 'ok' } })
  })

  it('prints three in their order, one connection each', async () => {
    const { server, printer } = await counter()
    const numbered = ['one', 'two', 'three'].map((text) =>
      bytesForPrinter([{ kind: 'text', text, align: 'left', bold: false, size: 'normal' }], PLAIN).bytes,
    )
    const outcomes = await Promise.all(numbered.map((bytes) => printer.print(bytes)))
    expect(outcomes.map((one) => one.outcome)).toEqual(['printed', 'printed', 'printed'])
    expect(server.text()).toBe('one\ntwo\nthree')
    expect(server.turned_away).toBe(0)
  })

  it('prints on a Star printer too', async () => {
    const { server, printer } = await counter({ dialect: 'star-line' }, { make: STAR_LIKE })
    expect(await printer.print(receipt({ ...PLAIN, profile: 'star' }))).toEqual({ outcome: 'printed', paper: 'ok' })
    expect(server.text()).toContain('IMEI 356938035643809')
  })

  it.each([
    [{ cover: 'open' }, 'cover-open'],
    [{ paper_lines: 0 }, 'paper-end'],
    [{ error: 'unrecoverable' }, 'error'],
    [{ silent: true }, 'silent'],
  ] as const)('says why when it is %o, and no line is printed', async (switches, why) => {
    const { server, printer } = await counter(HURRIED)
    server.printer.set(switches)
    expect(await printer.print(receipt())).toEqual({ outcome: 'not-printed', why, begun: false })
    expect(server.printer.printed).toEqual([])
    expect(printer.status().condition).toBe(why)
  })

  it('P89: prints and says that the roll is nearly at its end', async () => {
    const { server, printer } = await counter()
    server.printer.set({ paper_low: true })
    expect(await printer.print(receipt())).toEqual({ outcome: 'printed', paper: 'low' })
    expect(printer.status().condition).toBe('paper-low')
  })

  it('P90: finishes a receipt whose paper ended in the middle, once somebody put in a roll', async () => {
    const { server, printer } = await counter()
    server.printer.set({ paper_lines: 5 })
    const conditions: string[] = []
    printer.onStatus((report) => {
      conditions.push(report.condition)
      if (report.condition === 'paper-end') setTimeout(() => server.printer.set({ paper_lines: null }), 50)
    })
    expect(await printer.print(receipt())).toEqual({ outcome: 'printed', paper: 'ok' })
    expect(conditions).toContain('paper-end')
    expect(server.text().match(/TOTAL/g)).toHaveLength(1)
  })

  it('is not printed when nobody did', async () => {
    const { server, printer } = await counter(HURRIED)
    server.printer.set({ paper_lines: 5 })
    expect(await printer.print(receipt())).toEqual({ outcome: 'not-printed', why: 'paper-end', begun: true })
    expect((await printer.askStatus()).condition).toBe('paper-end')
    server.printer.set({ paper_lines: null })
    expect(server.text()).not.toContain('TOTAL')
  })

  it('P88: is unknown when the printer stops answering in the middle, and nothing is printed again', async () => {
    const { server, printer } = await counter(HURRIED)
    server.printer.set({ silent_after_bytes: 120 })
    expect(await printer.print(receipt())).toEqual({ outcome: 'unknown', why: 'silent' })
    const received = server.printer.received_bytes
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(server.printer.received_bytes).toBe(received)
  })

  it('is unknown when the connection breaks in the middle', async () => {
    const { server, printer } = await counter()
    server.setLine({ reset_after_bytes: 200 })
    expect(await printer.print(receipt())).toEqual({ outcome: 'unknown', why: 'lost' })
    expect(printer.status().condition).toBe('lost')
  })

  it('says silent when the other end takes the connection and never reads', async () => {
    const { server, printer } = await counter(HURRIED)
    server.setLine({ stalled: true })
    expect(await printer.print(receipt())).toEqual({ outcome: 'not-printed', why: 'silent', begun: false })
  })

  it('says refused when nobody is there', async () => {
    const { server, printer } = await counter({ tries_max: 2 })
    await server.close()
    expect(await printer.print(receipt())).toEqual({ outcome: 'not-printed', why: 'refused', begun: false })
    expect(printer.status().condition).toBe('refused')
  })

  it('P91: waits for another till that holds the printer, and prints when it lets go', async () => {
    const { server, printer } = await counter()
    const other = connect(server.port, '127.0.0.1')
    await new Promise((connected) => other.once('connect', connected))
    setTimeout(() => other.end(), 500)
    expect(await printer.print(receipt())).toEqual({ outcome: 'printed', paper: 'ok' })
    expect(server.turned_away).toBeGreaterThan(0)
    expect(server.text().match(/TOTAL/g)).toHaveLength(1)
  })

  it('prints as soon as the printer has forgotten the till whose cable was pulled', async () => {
    const { server, printer } = await counter()
    server.setLine({ half_open: true })
    setTimeout(() => server.setLine({ half_open: false }), 500)
    expect(await printer.print(receipt())).toEqual({ outcome: 'printed', paper: 'ok' })

    server.setLine({ half_open: true })
    const hurried = printerAt(server.address, { tries_max: 2 })
    expect(await hurried.print(receipt())).toMatchObject({ outcome: 'not-printed', begun: false })
    expect(server.text().match(/TOTAL/g)).toHaveLength(1)
  })

  it('says who made it and what it is called', async () => {
    const { server, printer } = await counter(HURRIED)
    expect(await printer.askCard()).toEqual({ maker: 'EPSON', model: 'TM-T20III' })
    server.printer.set({ silent: true })
    expect(await printer.askCard()).toBeNull()
  })

  it('opens the drawer once, sees it open, and lets its coil rest', async () => {
    const { server, printer } = await counter({ drawer_open_when: 'high' })
    expect(await printer.openDrawer({ pin: 2, on_ms: 50, off_ms: 500 })).toBe('pulsed')
    expect(await printer.openDrawer({ pin: 2, on_ms: 50, off_ms: 500 })).toBe('resting')
    expect(server.paper()).toEqual([{ kind: 'pulse', pin: 2 }])
    expect(printer.status().drawer).toBe('open')
    server.printer.set({ drawer: 'closed' })
    expect((await printer.askStatus()).drawer).toBe('closed')
  })

  it('notices by itself that a cover was opened, and that it was closed again', async () => {
    const { server, printer } = await counter({ watch_ms: 60 })
    const seen = (condition: PrinterReport['condition']) =>
      new Promise<void>((resolve) => {
        const stop = printer.onStatus((report) => {
          if (report.condition !== condition) return
          stop()
          resolve()
        })
      })
    await seen('ready')
    server.printer.set({ cover: 'open' })
    await seen('cover-open')
    server.printer.set({ cover: 'closed' })
    await seen('ready')
  })

  it('ends with an answer when the till is closed in the middle of a job', async () => {
    const { server, printer } = await counter()
    server.printer.set({ confirms: false })
    const outcome = printer.print(receipt())
    await expect.poll(() => server.text()).toContain('TOTAL')
    await printer.close()
    expect(await outcome).toEqual({ outcome: 'unknown', why: 'lost' })
    expect(await printer.print(receipt())).toEqual({ outcome: 'not-printed', why: 'closed', begun: false })
    expect(printer.status().condition).toBe('closed')
  })

  it('keeps a line open where it is told to, and hears a change at once', async () => {
    const { server, printer } = await counter({ hold: 'open' })
    expect((await printer.print(receipt())).outcome).toBe('printed')
    const changed = new Promise<PrinterReport>((resolve) => printer.onStatus(resolve))
    server.printer.set({ cover: 'open' })
    expect((await changed).condition).toBe('cover-open')
    server.printer.set({ cover: 'closed' })
    server.cutLines()
    await expect.poll(() => printer.status().condition).toBe('lost')
    expect((await printer.print(receipt())).outcome).toBe('printed')
  })
})
