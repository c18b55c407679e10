import type { PracticeDeed, PracticeView } from '../../../contract/device-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Clock } from '../../../native/clock.ts'
import { padDevice } from '../../../native/rfid/open-pad.ts'
import type { RfidCommand, RfidEvent } from '../../../native/rfid/reader.ts'
import { practiceScanner, type PracticeScanner } from '../../../native/scanners/practice-scanner.ts'
import type { ScannerCommand } from '../../../native/scanners/scanner-commands.ts'
import type { SerialScannerEvent } from '../../../native/scanners/serial-scanner.ts'
import { readPaper, textOf } from '../../../native/simulators/printer/read-paper.ts'
import { EPSON_LIKE, SimulatedPrinter } from '../../../native/simulators/printer/simulated-printer.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import { simulatedTransport, type PluggedSimulator } from '../../../native/simulators/rfid/simulated-transport.ts'
import type { TagField } from '../../../native/simulators/rfid/tag-field.ts'
import { PAPER_WIDTHS, PROFILES } from '../../../native/printers/profiles.ts'
import type { Device } from '../../../native/supervisor/device.ts'
import type { Transport } from '../../../native/transport.ts'
import type { TagPasswords } from './tag-passwords.ts'

/** What is done to scanner, pad and printer; the card terminal has its own switches. */
export type CounterDeed = Exclude<PracticeDeed, { do: 'terminal' }>

/**
 * The practice devices of the demo shop: a scanner, a pad and a printer without hardware. Only the cable and the iron
 * are made up; drivers, supervisor and print queue are the real ones, so what is practised here is what happens there.
 */
export class PracticeCounter {
  readonly #clock: Clock
  readonly #changed: () => void
  #scanner: { readonly device: PracticeScanner; plugged: boolean } | null = null
  #pad: { readonly cable: PluggedSimulator; readonly field: TagField; plugged: boolean } | null = null
  #printer: { readonly printer: SimulatedPrinter; taken: number } | null = null

  readonly #passwords: () => TagPasswords

  /** `passwords`: those of the shop, with which the tags that are laid down here were written. */
  constructor(clock: Clock, changed: () => void, passwords: () => TagPasswords) {
    this.#clock = clock
    this.#passwords = passwords
    this.#changed = changed
  }

  scanner(id: string): Device<ScannerCommand, SerialScannerEvent> {
    const device = practiceScanner(id)
    this.#scanner = { device, plugged: true }
    return device.device
  }

  pad(id: string): Device<RfidCommand, RfidEvent> {
    const reader = r200Simulator()
    const cable = simulatedTransport(reader, this.#clock)
    this.#pad = { cable, field: reader.field, plugged: true }
    return padDevice(id, { path: 'practice' }, { family: 'r200', transportAt: () => cable, clock: this.#clock })
  }

  /** The line to a simulated printer; its paper is what the practice panel shows. */
  printer(): Transport {
    let say: (bytes: Uint8Array) => void = () => undefined
    const printer = new SimulatedPrinter(EPSON_LIKE, (bytes) => say(bytes))
    this.#printer = { printer, taken: 0 }
    return {
      address: 'practice:printer',
      open: (on) => {
        // An answer never comes within the write that asked for it.
        say = (bytes) => void this.#clock.after(1, () => on.bytes(bytes))
        printer.connected()
        return Promise.resolve({
          write: (bytes) => {
            printer.receive(bytes)
            this.#changed()
            return Promise.resolve()
          },
          close: () => {
            say = () => undefined
            return Promise.resolve()
          },
        })
      },
    }
  }

  /** The device of this role is not in use any more. */
  forget(role: 'scanner' | 'pad' | 'printer'): void {
    if (role === 'scanner') this.#scanner = null
    else if (role === 'pad') this.#pad = null
    else this.#printer = null
  }

  view(): Omit<PracticeView, 'terminal'> {
    const printer = this.#printer
    return {
      scanner: this.#scanner && { plugged: this.#scanner.plugged },
      pad: this.#pad && { plugged: this.#pad.plugged, tags: [...this.#pad.field.epcs] },
      printer: printer && {
        paper: printer.printer.state.paper_lines !== 0,
        cover: printer.printer.state.cover,
        silent: printer.printer.state.silent,
        text: textOf(readPaper(printer.printer.printed.slice(printer.taken), PROFILES.epson, PAPER_WIDTHS['80mm'].columns)),
      },
    }
  }

  /** Throws the switch that a person asked for. Refuses where that practice device is not in use. */
  act(deed: CounterDeed): Result<null> {
    const done = this.#act(deed)
    if (done) this.#changed()
    return done ? ok(null) : refused('no-such-device')
  }

  #written(): { readonly accessPassword?: string; readonly killPassword?: string } {
    const { access, kill } = this.#passwords()
    return { ...(access === null ? {} : { accessPassword: access }), ...(kill === null ? {} : { killPassword: kill }) }
  }

  #act(deed: CounterDeed): boolean {
    const [scanner, pad, printer] = [this.#scanner, this.#pad, this.#printer]
    switch (deed.do) {
      case 'scan':
        scanner?.device.scan(deed.text)
        return scanner !== null
      case 'lay':
        pad?.field.place({ epc: deed.tag.toUpperCase(), ...this.#written() })
        return pad !== null
      case 'lift':
        pad?.field.lift(deed.tag.toUpperCase())
        return pad !== null
      case 'plug':
        return deed.what === 'scanner' ? plug(scanner, scanner?.device, deed.plugged) : plug(pad, pad?.cable, deed.plugged)
      case 'paper':
        printer?.printer.set({ paper_lines: deed.paper ? null : 0 })
        return printer !== null
      case 'cover':
        printer?.printer.set({ cover: deed.cover })
        return printer !== null
      case 'silence':
        printer?.printer.set({ silent: deed.silent })
        return printer !== null
      case 'tear-off':
        if (printer) printer.taken = printer.printer.printed.length
        return printer !== null
      default:
        return unreachable(deed)
    }
  }
}

function plug(
  state: { plugged: boolean } | null,
  cable: { plug(): void; unplug(): void } | undefined,
  plugged: boolean,
): boolean {
  if (state === null || cable === undefined) return false
  if (plugged) cable.plug()
  else cable.unplug()
  state.plugged = plugged
  return true
}
