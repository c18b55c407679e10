import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Seat } from '../../contract/roles.ts'
import { parsePrinterAddress, type PrinterAddress } from '../../native/printers/printer-address.ts'
import { defaultDataDir } from './data-dir.ts'

/** A wrong word of the person who started the program: one clear sentence, exit code 2, nothing changed. */
export class StartFault extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'StartFault'
  }
}

export interface ScannerAddress {
  readonly path: string
  readonly baud: number
}

export interface CoreOptions {
  readonly seat: Seat
  readonly dataDir: string
  /** Null: any free port. */
  readonly port: number | null
  readonly open: boolean
  readonly scanner: ScannerAddress | null
  readonly printer: PrinterAddress | null
  readonly store: string | null
  readonly demo: boolean
}

export const HELP = `Countermark: the till and returns kiosk for shops that sell things with serial numbers.

  npm start -- [options]

  --seat counter|kiosk|service   what this place is (default: counter)
  --data DIR                     where the shop's data lies (default: ${defaultDataDir()})
  --store ID                     which store of the shop this is (default: the first)
  --scanner serial:PATH[@baud]   a scanner on a serial line, such as serial:/dev/ttyUSB0@9600
  --printer tcp://HOST:PORT      a receipt printer on the network (also serial:PATH[@baud], usb:/dev/usb/lp0)
  --port N                       the port of the loopback door, where Electron is not there (default: any free one)
  --no-open                      do not open a window or browser, only print the address
  --demo                         open a demo shop in a folder of its own beside your data
  --help                         this text

All of them but --data, --demo and --help can also stand in settings.json in the data folder,
as {"seat": "kiosk", "scanner": "serial:/dev/ttyUSB0@9600"}; what is given here wins.
`

const Settings = z.strictObject({
  seat: Seat.optional(),
  store: z.string().optional(),
  scanner: z.string().optional(),
  printer: z.string().optional(),
  port: z.union([z.int(), z.string()]).optional(),
  open: z.boolean().optional(),
})
type Settings = z.infer<typeof Settings>

/** Reads the command line and the settings file. Answers `help` where that was asked for; refuses with a `StartFault`. */
export function readOptions(args: readonly string[]): CoreOptions | 'help' {
  const given = parsed(args)
  if (given.help) return 'help'
  const base = resolve(given.data ?? defaultDataDir())
  const dataDir = given.demo ? join(base, 'demo') : base
  const settings = readSettings(dataDir)
  const text = (name: 'seat' | 'store' | 'scanner' | 'printer' | 'port'): string | null => {
    const value = given[name] ?? settings[name]
    return value === undefined ? null : String(value)
  }
  return {
    seat: seatOf(text('seat') ?? 'counter'),
    dataDir,
    port: portOf(text('port')),
    open: given['no-open'] ? false : (settings.open ?? true),
    scanner: scannerOf(text('scanner')),
    printer: printerOf(text('printer')),
    store: text('store'),
    demo: given.demo === true,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        seat: { type: 'string' },
        data: { type: 'string' },
        store: { type: 'string' },
        scanner: { type: 'string' },
        printer: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        demo: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new StartFault(`${why}. Try --help.`, { cause: error })
  }
}

function readSettings(dataDir: string): Settings {
  const file = join(dataDir, 'settings.json')
  if (!existsSync(file)) return {}
  try {
    return Settings.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : String(error)
    throw new StartFault(`The settings in ${file} cannot be used: ${why}`, { cause: error })
  }
}

function seatOf(text: string): Seat {
  const seat = Seat.safeParse(text)
  if (!seat.success) throw new StartFault(`--seat is counter, kiosk or service, not "${text}".`)
  return seat.data
}

function portOf(text: string | null): number | null {
  if (text === null) return null
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new StartFault(`--port is a number from 1 to 65535, not "${text}".`)
  return port
}

function scannerOf(text: string | null): ScannerAddress | null {
  if (text === null) return null
  const match = /^serial:([^@]+?)(?:@(\d+))?$/.exec(text)
  if (!match?.[1]) throw new StartFault(`--scanner is written serial:PATH[@baud], such as serial:/dev/ttyUSB0@9600, not "${text}".`)
  const baud = Number(match[2] ?? 9600)
  if (baud < 300 || baud > 4_000_000) throw new StartFault(`--scanner: no scanner runs at ${baud} baud.`)
  return { path: match[1], baud }
}

function printerOf(text: string | null): PrinterAddress | null {
  if (text === null) return null
  const address = parsePrinterAddress(text)
  if (typeof address === 'string') throw new StartFault(`--printer: ${address}.`)
  return address
}
