import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Seat } from '../../contract/roles.ts'
import type { UsableRole } from '../../contract/device-view.ts'
import { defaultDataDir } from './data-dir.ts'
import { DeviceSettingFault, readDeviceOptions, type GivenDevices } from './devices/device-options.ts'

/** A wrong word of the person who started the program: one clear sentence, exit code 2, nothing changed. */
export class StartFault extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'StartFault'
  }
}

export interface CoreOptions {
  readonly seat: Seat
  readonly dataDir: string
  /** Null: any free port. */
  readonly port: number | null
  readonly open: boolean
  /** The devices of the command line; those of the settings file are read when the shop is opened. */
  readonly givenDevices: GivenDevices
  readonly store: string | null
  /** The till's own letters in front of its numbers; taken at its first start only. */
  readonly till: string | null
  readonly demo: boolean
  /** A centre to join at this start, with the code that was read there. */
  readonly join: { readonly url: string; readonly code: string } | null
}

export const HELP = `Countermark: the till and returns kiosk for shops that sell things with serial numbers.

  npm start -- [options]

  --seat counter|kiosk|service   what this place is (default: counter)
  --data DIR                     where the shop's data lies (default: ${defaultDataDir()})
  --store ID                     which store of the shop this is (default: the first)
  --till CODE                    at the first start: what stands in front of this till's numbers, such as T2
  --scanner ADDRESS              a scanner, such as serial:/dev/ttyUSB0@9600, serial:usb:0c2e:0b6a, hid:1eab:0d10,
                                 tcp://HOST:PORT; may be given several times
  --pad serial:PATH[@baud][,type]  an RFID or NFC pad; without a type the reader is asked which it is
  --printer tcp://HOST:PORT      a receipt printer on the network (also serial:PATH[@baud], usb:/dev/usb/lp0),
                                 with ?profile=star&paper=58mm&drawer=high where it needs that
  --label-printer ADDRESS        a label printer, such as tcp://HOST:9100?size=50x30&dpi=203 (ZPL)
  --display serial:PATH[@baud][,epson]  a customer display of two lines (CD5220 when not said)
  --terminal zvt://HOST:PORT     a card terminal on the network that speaks ZVT, or manual for a stand-alone one
  --hub URL --join CODE          join the centre at this address with a code from there; once, then the till knows it
  --port N                       the port of the loopback door, where Electron is not there (default: any free one)
  --no-open                      do not open a window or browser, only print the address
  --demo                         open a demo shop in a folder of its own beside your data
  --help                         this text

All of them but --data, --demo and --help can also stand in settings.json in the data folder,
as {"seat": "kiosk", "scanner": "serial:/dev/ttyUSB0@9600", "open": false}; what is given here wins. Devices put into use on the
screen are kept there too.
`

const OneOrMore = z.union([z.string(), z.array(z.string())])
const Settings = z.strictObject({
  seat: Seat.optional(),
  store: z.string().optional(),
  till: z.string().optional(),
  scanner: OneOrMore.optional(),
  pad: OneOrMore.optional(),
  printer: z.string().optional(),
  'label-printer': z.string().optional(),
  display: z.string().optional(),
  terminal: z.string().optional(),
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
  const text = (name: 'seat' | 'store' | 'till' | 'port'): string | null => {
    const value = given[name] ?? settings[name]
    return value === undefined ? null : String(value)
  }
  return {
    seat: seatOf(text('seat') ?? 'counter'),
    dataDir,
    port: portOf(text('port')),
    open: given['no-open'] ? false : (settings.open ?? true),
    givenDevices: devicesOf(given, dataDir),
    store: text('store'),
    till: tillOf(text('till')),
    demo: given.demo === true,
    join: joinOf(given),
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
        till: { type: 'string' },
        scanner: { type: 'string', multiple: true },
        pad: { type: 'string', multiple: true },
        printer: { type: 'string' },
        'label-printer': { type: 'string' },
        display: { type: 'string' },
        terminal: { type: 'string' },
        hub: { type: 'string' },
        join: { type: 'string' },
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

function tillOf(text: string | null): string | null {
  if (text === null) return null
  if (!/^[A-Z0-9]{1,6}$/.test(text)) throw new StartFault(`--till is one to six capital letters and digits, such as T2, not "${text}".`)
  return text
}

function joinOf({ hub, join: code }: ReturnType<typeof parsed>): CoreOptions['join'] {
  if (hub === undefined && code === undefined) return null
  if (hub === undefined || code === undefined) throw new StartFault('--hub and --join belong together: the address of the centre, and the code it gave for this till.')
  if (!/^https?:\/\/\S+$/.test(hub) || !URL.canParse(hub)) throw new StartFault(`--hub is an address such as http://192.168.1.10:7350, not "${hub}".`)
  return { url: hub, code }
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

const ROLES = ['scanner', 'pad', 'printer', 'label-printer', 'display', 'terminal'] as const satisfies readonly UsableRole[]

/** What was given for each role. All devices are read once here, so that a wrong one is told before anything starts. */
function devicesOf(given: ReturnType<typeof parsed>, dataDir: string): GivenDevices {
  const devices: GivenDevices = Object.fromEntries(
    ROLES.flatMap((role) => (given[role] === undefined ? [] : [[role, [given[role]].flat()]])),
  )
  try {
    readDeviceOptions(dataDir, devices)
  } catch (error) {
    if (!(error instanceof DeviceSettingFault)) throw error
    throw new StartFault(error.message, { cause: error })
  }
  return devices
}
