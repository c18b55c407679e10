import type { Clock } from '../../../native/clock.ts'
import { openPrinter, type PrinterOptions } from '../../../native/printers/open-printer.ts'
import { printerTransport } from '../../../native/printers/printer-address.ts'
import { PROFILES } from '../../../native/printers/profiles.ts'
import type { PrinterSetting } from '../devices/device-settings.ts'
import type { LineWatch } from '../devices/line-watch.ts'
import type { PracticeCounter } from '../devices/practice-counter.ts'
import type { Ground } from '../ground.ts'
import type { JobRow } from '../store/papers.ts'
import { warmUpLettering } from './lettering-for.ts'
import { PrintQueue } from './print-queue.ts'

/** The receipt printer of a setting with its queue, its line watched for the health page. */
export function openPrinting(parts: {
  ground: Ground
  setting: PrinterSetting
  clock: Clock
  watch: LineWatch
  practice: PracticeCounter
  changed: () => void
  leaves: (job: JobRow) => boolean
}): PrintQueue {
  const { ground, setting, clock, watch, practice, changed, leaves } = parts
  const { at, profile, paper, answers, drawerOpenWhen } = setting
  const options: PrinterOptions = {
    dialect: PROFILES[profile].dialect,
    answers,
    ...(drawerOpenWhen === null ? {} : { drawer_open_when: drawerOpenWhen }),
    transport: watch.over(at === 'practice' ? practice.printer() : printerTransport(at)),
    // A switch that somebody throws in practice is to be seen at once; hardware is not asked so often.
    ...(at === 'practice' ? { hold: 'open', watch_ms: 1_000, patience: { answer_ms: 500, silence_ms: 2_000 } } : {}),
  }
  // The address only says how fast the line is, and whether it is shared; the line itself is the watched one.
  const address = at === 'practice' ? ({ kind: 'usb', path: 'practice' } as const) : at
  const settings = { profile, paper, pictures: new Map() } as const
  warmUpLettering(ground, settings, clock)
  return new PrintQueue({
    ground,
    printer: openPrinter(address, options, clock),
    paper: settings,
    changed,
    leaves,
  })
}
