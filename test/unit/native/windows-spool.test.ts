import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../native/clock.ts'
import { openPrinter } from '../../../native/printers/open-printer.ts'
import { parsePrinterAddress } from '../../../native/printers/printer-address.ts'
import { SPOOL_SCRIPT } from '../../../native/printers/spool-script.ts'
import { windowsSpool } from '../../../native/printers/windows-spool.ts'
import { parsePrinter } from '../../../electron/core/devices/device-settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'countermark-spool-'))
const out = join(folder, 'spooled')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A program in PowerShell's place that does what the script says, by Node. */
const spooler = (body: string): readonly [string, ...string[]] => [process.execPath, '-e', body]
const GOOD = spooler(`
  console.log('ready')
  const { appendFileSync } = require('node:fs')
  process.stdin.on('data', (b) => appendFileSync(${JSON.stringify(out)}, b))
  process.stdin.on('end', () => appendFileSync(${JSON.stringify(out)}, '<end of ' + process.env.COUNTERMARK_PRINTER + '>'))
`)

describe('a printer behind the spooler of Windows', () => {
  it('is one document a receipt, byte for byte, and is never said to be printed', async () => {
    const address = { kind: 'spool', printer: 'TM "T20"; $(x)' } as const
    const printer = openPrinter(address, { dialect: 'escpos', answers: false, transport: windowsSpool({ ...address, command: GOOD }) }, systemClock)
    const bytes = Uint8Array.from({ length: 9_000 }, (_, at) => at % 256)
    expect(await printer.print(bytes)).toEqual({ outcome: 'unknown', why: 'one-way' })
    expect(await printer.print(Uint8Array.of(0x48, 0x69))).toEqual({ outcome: 'unknown', why: 'one-way' })
    await printer.close()
    const spooled = readFileSync(out)
    expect(spooled.includes(Buffer.from(bytes))).toBe(true)
    expect(spooled.toString('latin1').match(/<end of TM "T20"; \$\(x\)>/g)).toHaveLength(2)
  })

  it.each([[10, 'not-there'], [5, 'not-allowed'], [1, 'refused']])('that ends with %i at once is %s, and nothing was printed', async (code, why) => {
    const transport = windowsSpool({ printer: 'x', command: spooler(`process.exit(${code})`) })
    const printer = openPrinter({ kind: 'spool', printer: 'x' }, { dialect: 'escpos', answers: false, transport, tries_max: 1 }, systemClock)
    expect(await printer.print(Uint8Array.of(1))).toEqual({ outcome: 'not-printed', why, begun: false })
    await printer.close()
  })

  it('that never says ready is given up within its time', async () => {
    const transport = windowsSpool({ printer: 'x', open_ms_max: 200, command: spooler('setInterval(() => {}, 1000)') })
    await expect(transport.open({ bytes: () => undefined, gone: () => undefined })).rejects.toMatchObject({ trouble: 'time-out' })
  })

  it('that is missing altogether is told in words', async () => {
    const transport = windowsSpool({ printer: 'x', command: ['no-such-program'] })
    await expect(transport.open({ bytes: () => undefined, gone: () => undefined })).rejects.toMatchObject({ trouble: 'no-library' })
  })

  it('is written spool:NAME, is one-way whatever somebody wishes, and is nowhere but on Windows', async () => {
    expect(parsePrinterAddress('spool:EPSON TM-T20III Receipt')).toEqual({ kind: 'spool', printer: 'EPSON TM-T20III Receipt' })
    expect(parsePrinterAddress('spool:')).toMatch(/spool:NAME/)
    expect(parsePrinter('spool:EPSON?answers=yes')).toMatchObject({ answers: false })
    if (process.platform === 'win32') return
    const transport = windowsSpool({ printer: 'EPSON' })
    await expect(transport.open({ bytes: () => undefined, gone: () => undefined })).rejects.toMatchObject({ trouble: 'not-there' })
  })

  it('hands the name to PowerShell by the environment alone', () => {
    expect(SPOOL_SCRIPT).toContain('$env:COUNTERMARK_PRINTER')
    expect(SPOOL_SCRIPT).toContain("'RAW'")
  })
})
