import { PATIENCE } from '../../native/printers/patience.ts'
import { printerDriver } from '../../native/printers/print-job.ts'
import { ESCPOS, STAR_LINE } from '../../native/printers/printer-tongue.ts'
import type { PrinterCommand } from '../../native/printers/printer-events.ts'
import type { Driver } from '../../native/driver.ts'
import { hidKeyboard } from '../../native/scanners/hid-keyboard.ts'
import { hidPos } from '../../native/scanners/hid-pos.ts'
import { ibmOem } from '../../native/scanners/ibm-oem.ts'
import { serialScanner } from '../../native/scanners/serial-scanner.ts'
import { zebraSsi } from '../../native/scanners/zebra-ssi.ts'
import { readDeviceVectors } from '../support/device-vectors.ts'
import { fromHex } from '../support/drivers/desk.ts'
import { fuzzDriver } from '../support/drivers/fuzz.ts'

/** One driver of a scanner or a printer, ready to be run for so many chunks. */
export interface LineTarget {
  readonly name: string
  readonly run: (chunks: number, seed: number) => void
}

const FRAMES = readDeviceVectors().filter((frame) => frame.dir !== 'host>device')
const PRINTS: readonly PrinterCommand[] = [
  { kind: 'ask-status' },
  { kind: 'print', job: 'a', bytes: new Uint8Array(10_000).fill(0x41) },
  { kind: 'open-drawer', pulse: { pin: 2, on_ms: 50, off_ms: 500 } },
  { kind: 'ask-card' },
]

/** The samples are what real devices said, from the fixture, by the name of the protocol. */
function target<State, Command, Event extends { readonly kind: string }>(
  name: string,
  driver: Driver<State, Command, Event>,
  protocol: string,
  commands: readonly Command[] = [],
): LineTarget {
  const samples = FRAMES.filter((frame) => frame.protocol === protocol)
    .map((frame) => ({ name: frame.name, bytes: fromHex(frame.hex), events: [] }))
  if (samples.length === 0) throw new Error(`the fixture has no frame of ${protocol}`)
  return { name, run: (chunks, seed) => fuzzDriver(driver, samples, { seed, chunks, commands }) }
}

const printer = { answers: true, patience: PATIENCE }

export const LINE_TARGETS: readonly LineTarget[] = [
  target('HID POS scanner', hidPos(), 'hidpos', [{ kind: 'trigger', on: true }, { kind: 'ask', text: 'REVINF.' }]),
  target('Newland HID scanner', hidPos(), 'hidpos-newland'),
  target('Microscan HID scanner', hidPos(), 'hid-microscan'),
  target('serial scanner', serialScanner(), 'serial-scanner'),
  target('Newland serial scanner', serialScanner({ family: 'newland' }), 'newland-serial'),
  target('GM65 serial scanner', serialScanner({ family: 'gm65' }), 'gm65-serial'),
  target('keyboard scanner', hidKeyboard(), 'hid-keyboard'),
  target('IBM hand-held scanner', ibmOem(), 'ibm-hh'),
  target('Zebra SSI scanner', zebraSsi(), 'ssi'),
  target('ESC/POS printer', printerDriver({ tongue: ESCPOS, ...printer }), 'escpos', PRINTS),
  target('Star printer', printerDriver({ tongue: STAR_LINE, ...printer }), 'star', PRINTS),
]
