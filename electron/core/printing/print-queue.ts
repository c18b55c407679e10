import type { DeviceView } from '../../../contract/device-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { DRAWER_PULSE } from '../../../native/printers/escpos-commands.ts'
import type { Printer, PrinterCondition } from '../../../native/printers/open-printer.ts'
import { bytesForPrinter } from '../../../native/printers/print-bytes.ts'
import type { PaperSettings } from '../../../native/printers/paper.ts'
import type { Ground } from '../ground.ts'
import { copyOf } from '../papers/other-papers.ts'
import { documentOf, jobsGoingOn, markJob, type JobRow } from '../store/papers.ts'

/**
 * Brings papers onto paper, one at a time, in the order in which they were made. A job is marked before its bytes
 * leave and ticked only when the printer itself answered; what was on its way when the power went is of unknown fate,
 * and a person is asked.
 */
export class PrintQueue {
  readonly #ground: Ground
  readonly #printer: Printer
  readonly #paper: PaperSettings
  readonly #changed: () => void
  #working: Promise<void> | null = null
  #closed = false
  #condition: PrinterCondition = 'unknown'
  #since: string
  #printed = 0
  #forgetStatus: () => void

  constructor(parts: { ground: Ground; printer: Printer; paper: PaperSettings; changed: () => void }) {
    this.#ground = parts.ground
    this.#printer = parts.printer
    this.#paper = parts.paper
    this.#changed = parts.changed
    this.#since = this.#ground.now()
    this.#askAboutInterrupted()
    this.#forgetStatus = this.#printer.onStatus((report) => this.#heard(report.condition))
  }

  /** There may be something to print. Never waits, never throws. */
  kick(): void {
    if (this.#closed || this.#working) return
    this.#working = this.#work().finally(() => {
      this.#working = null
      if (!this.#closed && this.#next()) this.kick()
    })
  }

  device(): DeviceView {
    return {
      deviceId: 'printer',
      role: 'printer',
      name: 'Receipt printer',
      address: this.#printer.address,
      state: STATE_OF[this.#condition],
      since: this.#since,
      lastEventAt: null,
      events: this.#printed,
      garbled: 0,
    }
  }

  openDrawer(): Promise<string> {
    return this.#printer.openDrawer(DRAWER_PULSE)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#forgetStatus()
    await this.#printer.close()
    await this.#working
  }

  #next(): JobRow | undefined {
    return jobsGoingOn(this.#ground.store.reading).find((job) => job.state === 'waiting')
  }

  async #work(): Promise<void> {
    for (let job = this.#next(); job && !this.#closed; job = this.#next()) await this.#print(job)
  }

  async #print(job: JobRow): Promise<void> {
    const document = documentOf(this.#ground.store.reading, job.document_id)
    if (!document) throw new Error(`document ${job.document_id} is not there`)
    this.#mark(job.id, 'printing', null)
    if (job.drawer === 1) await this.#printer.openDrawer(DRAWER_PULSE)
    const body = job.copy === 1 ? copyOf(document.body, this.#ground.paperSetting()) : document.body
    const { bytes } = bytesForPrinter(body.blocks, this.#paper)
    const outcome = await this.#printer.print(bytes)
    if (this.#closed && outcome.outcome !== 'printed') return
    switch (outcome.outcome) {
      case 'printed':
        this.#printed += 1
        return this.#mark(job.id, 'printed', null)
      case 'not-printed':
        return this.#mark(job.id, 'not-printed', outcome.why)
      case 'unknown':
        return this.#mark(job.id, 'unknown', outcome.why)
      default:
        return unreachable(outcome)
    }
  }

  #mark(id: string, state: JobRow['state'], why: string | null): void {
    this.#ground.store.write((db) => markJob(db, id, state, why, this.#ground.now()))
    this.#changed()
  }

  /** The till went down while these were on their way: nobody but a person knows whether they came out. */
  #askAboutInterrupted(): void {
    for (const job of jobsGoingOn(this.#ground.store.reading))
      if (job.state === 'printing') this.#mark(job.id, 'unknown', 'power')
  }

  /** A printer that is ready again prints what surely did not come out; what is of unknown fate waits for a person. */
  #heard(condition: PrinterCondition): void {
    if (condition === this.#condition) return
    const wasReady = READY.has(this.#condition)
    this.#condition = condition
    this.#since = this.#ground.now()
    if (READY.has(condition) && !wasReady)
      for (const job of jobsGoingOn(this.#ground.store.reading))
        if (job.state === 'not-printed') this.#mark(job.id, 'waiting', null)
    this.#changed()
    this.kick()
  }
}

const READY: ReadonlySet<PrinterCondition> = new Set(['ready', 'paper-low'])

const STATE_OF: Readonly<Record<PrinterCondition, DeviceView['state']>> = {
  unknown: 'searching',
  ready: 'ready',
  'paper-low': 'paper-low',
  'paper-end': 'paper-end',
  'cover-open': 'cover-open',
  error: 'error',
  offline: 'offline',
  silent: 'offline',
  'not-there': 'searching',
  'not-allowed': 'not-allowed',
  busy: 'busy',
  refused: 'refused',
  'no-library': 'no-library',
  lost: 'lost',
  'time-out': 'lost',
  closed: 'closed',
}
