import type { PrintOutcome } from '../../../native/printers/print-outcome.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import type { Ground } from '../ground.ts'
import { documentHead, documentOf, jobsGoingOn, markJob, type JobRow } from '../store/papers.ts'

/** The one kind of paper that a label printer takes. */
const ROUTING = 'routing'

type Print = (document: ReceiptDocument) => Promise<PrintOutcome | { readonly outcome: 'not-printed'; readonly why: 'cannot-be-coded' }>

/**
 * The labels that go with returned pieces, one at a time, in the order in which they were made. What surely did not
 * come out of the label printer is left to the receipt printer as a slip, where there is one: a piece without its way
 * is put on the wrong shelf.
 */
export class RoutingLabels {
  readonly #ground: Ground
  readonly #print: Print
  readonly #changed: () => void
  /** The receipt printer, which takes over what the label printer could not print; null where there is none. */
  readonly #other: () => { kick(): void } | null
  /** Jobs that are the receipt printer's now. */
  readonly #left = new Set<string>()
  #working: Promise<void> | null = null
  #closed = false

  constructor(parts: { ground: Ground; print: Print; changed: () => void; other: () => { kick(): void } | null }) {
    this.#ground = parts.ground
    this.#print = parts.print
    this.#changed = parts.changed
    this.#other = parts.other
    // The till went down while it was on its way: nobody but a person knows whether it came out.
    for (const job of jobsGoingOn(this.#ground.store.reading)) if (job.state === 'printing' && this.takes(job)) this.#mark(job, 'unknown', 'power')
  }

  /** Whether a job waits for the label printer, and no other is to take it. */
  takes(job: JobRow): boolean {
    return !this.#left.has(job.id) && documentHead(this.#ground.store.reading, job.document_id)?.kind === ROUTING
  }

  /** There may be something to print. Never waits, never throws. */
  kick(): void {
    if (this.#closed || this.#working) return
    this.#working = this.#work().finally(() => {
      this.#working = null
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#working
  }

  async #work(): Promise<void> {
    for (let job = this.#next(); job && !this.#closed; job = this.#next()) await this.#printOne(job)
  }

  #next(): JobRow | undefined {
    return jobsGoingOn(this.#ground.store.reading).find((job) => job.state === 'waiting' && this.takes(job))
  }

  async #printOne(job: JobRow): Promise<void> {
    const document = documentOf(this.#ground.store.reading, job.document_id)
    if (!document) throw new Error(`document ${job.document_id} is not there`)
    this.#mark(job, 'printing', null)
    const outcome = await this.#print(document.body)
    // Closed in the middle: what became of it is asked when the till is there again.
    if (this.#closed && outcome.outcome !== 'printed') return
    // A label printer that never answers has been given all of it; the clerk who sticks it on holds the proof.
    if (outcome.outcome === 'printed' || (outcome.outcome === 'unknown' && outcome.why === 'one-way')) return this.#mark(job, 'printed', null)
    if (outcome.outcome === 'unknown') return this.#mark(job, 'unknown', outcome.why)
    this.#left.add(job.id)
    const other = this.#other()
    this.#mark(job, other === null ? 'not-printed' : 'waiting', outcome.why)
    other?.kick()
  }

  #mark(job: JobRow, state: JobRow['state'], why: string | null): void {
    this.#ground.store.write((db) => markJob(db, job.id, state, why, this.#ground.now()))
    this.#changed()
  }
}
