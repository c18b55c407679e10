import type { DeviceHealth, DeviceView } from '../../../contract/device-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { DRAWER_PULSE } from '../../../native/printers/escpos-commands.ts'
import type { Printer, PrinterCondition, PrinterReport } from '../../../native/printers/open-printer.ts'
import type { PrintOutcome } from '../../../native/printers/print-outcome.ts'
import { bytesForPrinter } from '../../../native/printers/print-bytes.ts'
import type { PaperSettings } from '../../../native/printers/paper.ts'
import type { Ground } from '../ground.ts'
import { copyOf } from '../papers/other-papers.ts'
import { picturesOf } from '../papers/template.ts'
import { documentOf, jobsGoingOn, markJob, type JobRow } from '../store/papers.ts'
import { letteringFor } from './lettering-for.ts'

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
  /** Jobs that are another printer's. */
  readonly #leaves: (job: JobRow) => boolean
  #working: Promise<void> | null = null
  #closed = false
  #condition: PrinterCondition = 'unknown'
  #drawer: PrinterReport['drawer'] = 'unknown'
  #since: string
  #drawerSince: string
  #printed = 0
  #lost = 0
  #card: string | null = null
  #cardAsked = false
  #forgetStatus: () => void

  constructor(parts: { ground: Ground; printer: Printer; paper: PaperSettings; changed: () => void; leaves: (job: JobRow) => boolean }) {
    this.#ground = parts.ground
    this.#printer = parts.printer
    this.#paper = parts.paper
    this.#changed = parts.changed
    this.#leaves = parts.leaves
    this.#since = this.#ground.now()
    this.#drawerSince = this.#since
    this.#askAboutInterrupted()
    this.#forgetStatus = this.#printer.onStatus((report) => this.#heard(report))
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
    const { heard_at } = this.#printer.status()
    return {
      deviceId: 'printer',
      role: 'printer',
      name: 'printer',
      address: this.#printer.address,
      state: STATE_OF[this.#condition],
      since: this.#since,
      lastEventAt: heard_at === null ? null : new Date(heard_at).toISOString(),
      events: this.#printed,
      garbled: 0,
    }
  }

  /** The drawer hangs on the printer and speaks through it: a printer that is not there has no drawer either. */
  drawer(): DeviceView {
    const printer = this.device()
    const reached = READY.has(this.#condition) || printer.state.startsWith('paper') || printer.state === 'cover-open'
    return {
      ...printer,
      deviceId: 'drawer',
      role: 'drawer',
      name: 'drawer',
      state: !reached ? printer.state : this.#drawer === 'open' ? 'drawer-open' : 'ready',
      since: this.#drawerSince,
      events: 0,
    }
  }

  /** What the health page shows beside the view, as far as the queue knows it. */
  health(): Pick<DeviceHealth, 'lost' | 'lastEvent' | 'why'> {
    return { lost: this.#lost, lastEvent: this.#printed > 0 ? 'printed' : null, why: this.#condition }
  }

  /** Maker and model as the printer names itself; null where it does not, and until it was reached. */
  get saysOfItself(): string | null {
    return this.#card
  }

  /** Prints something that is no document, such as a label, between two papers. */
  printNow(bytes: Uint8Array): Promise<PrintOutcome> {
    return this.#printer.print(bytes)
  }

  /** Asks the printer how it is, as a person who pressed "try again" wants to know at once. */
  look(): void {
    void this.#printer.askStatus()
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
    return jobsGoingOn(this.#ground.store.reading).find((job) => job.state === 'waiting' && !this.#leaves(job))
  }

  async #work(): Promise<void> {
    for (let job = this.#next(); job && !this.#closed; job = this.#next()) await this.#print(job)
  }

  async #print(job: JobRow): Promise<void> {
    const document = documentOf(this.#ground.store.reading, job.document_id)
    if (!document) throw new Error(`document ${job.document_id} is not there`)
    this.#mark(job.id, 'printing', null)
    if (job.drawer === 1) await this.#printer.openDrawer(DRAWER_PULSE)
    const { shownOnce } = this.#ground
    const body = job.copy === 1 ? copyOf(document.body, this.#ground.paperSetting()) : (shownOnce.forPrinter(document.id) ?? document.body)
    const { bytes } = bytesForPrinter(body.blocks, {
      ...this.#paper, pictures: picturesOf(this.#ground.paperSetting().template), ...(await letteringFor(body, this.#paper.profile)),
    })
    const outcome = await this.#printer.print(bytes)
    if (outcome.outcome !== 'not-printed') shownOnce.forget(document.id)
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
  #heard({ condition, drawer }: PrinterReport): void {
    if (this.#closed) return
    if (drawer !== this.#drawer) {
      this.#drawer = drawer
      this.#drawerSince = this.#ground.now()
      this.#changed()
    }
    if (condition === this.#condition) return
    const wasReady = READY.has(this.#condition)
    this.#condition = condition
    this.#since = this.#ground.now()
    if (condition === 'lost') this.#lost += 1
    if (READY.has(condition) && !wasReady)
      for (const job of jobsGoingOn(this.#ground.store.reading))
        if (job.state === 'not-printed') this.#mark(job.id, 'waiting', null)
    this.#changed()
    this.kick()
    if (READY.has(condition)) void this.#askCard()
  }

  /** Asked once, and only of a printer that has just said that it is well: a question in between delays a receipt. */
  async #askCard(): Promise<void> {
    if (this.#cardAsked) return
    this.#cardAsked = true
    const card = await this.#printer.askCard()
    if (card === null || this.#closed) return
    this.#card = `${card.maker} ${card.model}`
    this.#changed()
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
  silent: 'silent',
  'not-there': 'searching',
  'not-allowed': 'not-allowed',
  busy: 'busy',
  refused: 'refused',
  'no-library': 'no-library',
  lost: 'lost',
  'time-out': 'time-out',
  closed: 'closed',
}
