import type { DeskView } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { BroughtReply } from '../../../contract/sync/customer-wire.ts'
import type { PurchaseQuestion, PurchasesFound } from '../../../contract/sync/receipt-wire.ts'
import type { SyncCase, SyncPanel, SyncView } from '../../../contract/sync/sync-view.ts'
import type { CustomerExchange } from '../customers/customer-exchange.ts'
import type { Desk } from '../desk/desk.ts'
import { tillHealth } from '../desk/till-health.ts'
import type { Ground } from '../ground.ts'
import { say } from '../flows/say.ts'
import { linesOfReceipt } from '../returns/bought.ts'
import { DiskFailed, DiskFull } from '../store/store.ts'
import { isToldLately } from '../store/told-receipts.ts'
import { casesToShow, queueToShow, settleCase } from './cases.ts'
import { HubRefusal } from './hub-client.ts'
import { lastLook } from './last-look.ts'
import { hubPlace } from './progress.ts'
import { receiptNumberIn } from './receipt-line.ts'
import { Sync } from './sync.ts'
import type { KeptTillKey } from './till-key.ts'
import { centreRefused } from './why-refused.ts'

export interface SyncDeskParts {
  readonly ground: Ground
  readonly dataDir: string
  readonly tillKey: KeptTillKey
  readonly desk: () => Desk
  readonly moved: () => void
  /** The centre may have brought something that a room of the till waits for; called before the screen is told. */
  readonly heard: () => void
  readonly customers: () => CustomerExchange | null
  /** A centre to join at this start; null: none was named. */
  readonly join: { readonly url: string; readonly code: string } | null
}

/** What a person at the till sees of the line to the centre, and what can be done about it. */
export class SyncDesk {
  readonly #ground: Ground
  readonly #desk: () => Desk
  readonly #sync: Sync
  readonly #tillKey: KeptTillKey

  constructor(parts: SyncDeskParts) {
    this.#ground = parts.ground
    this.#desk = parts.desk
    this.#tillKey = parts.tillKey
    this.#sync = new Sync({
      ground: parts.ground, dataDir: parts.dataDir, tillKey: parts.tillKey, moved: parts.moved,
      told: () => {
        hearSafely(parts.heard)
        parts.desk().changed()
      },
      health: () => tillHealth(parts.ground, parts.desk().view()), customers: parts.customers,
    })
    if (parts.join !== null && hubPlace(parts.ground.store.reading) === null) void this.#joinAtStart(parts.join)
  }

  get view(): SyncView {
    return this.#sync.view
  }

  panel(): SyncPanel {
    return { view: this.view, hub: hubPlace(this.#ground.store.reading)?.url ?? null, queue: queueToShow(this.#ground), cases: casesToShow(this.#ground) }
  }

  /** Joins a centre by the code that was read out there. Refused for a till that has one already, and for the demo. */
  async join(url: string, code: string): Promise<Result<DeskView>> {
    if (this.#ground.demo || hubPlace(this.#ground.store.reading) !== null) return refused('not-in-this-state')
    if (this.#tillKey.place === 'elsewhere') return refused('key-elsewhere')
    try {
      await this.#sync.join(url, code)
    } catch (error) {
      return error instanceof HubRefusal ? centreRefused(url, error) : refused('no-centre', { url })
    }
    return ok(this.#desk().view())
  }

  settle(caseId: string, way: SyncCase['ways'][number], note: string): Result<DeskView> {
    return this.#desk().act('', (deed) => settleCase(deed, caseId, way, note))
  }

  retry(): DeskView {
    this.#sync.retry()
    return this.#desk().view()
  }

  kick(): void {
    this.#sync.kick()
  }

  /** The last look before money moves; answers whether it may. Null: the flow in front. */
  beforePaying(flowId: string | null): Promise<boolean> {
    const sync = this.#sync
    return lastLook({ ground: this.#ground, desk: this.#desk, receipts: sync.receipts, confirm: (unitIds) => sync.confirm(unitIds) }, flowId)
  }

  /** Asks the centre for a customer by a whole number or address; answers how many it knows. Not longer than a breath. */
  lookUpCustomer(text: string): Promise<number> {
    return this.#sync.customers.lookUp(text)
  }

  /** Asks which pieces the buyer of this one brought back anywhere; null where the centre does not answer within a breath. */
  broughtBack(unitId: string, since: string): Promise<BroughtReply | null> {
    return this.#sync.customers.broughtBack(unitId, since)
  }

  /** Looks for a purchase of another till; null where the centre does not answer. */
  findPurchases(question: PurchaseQuestion): Promise<PurchasesFound | null> {
    return this.#sync.receipts.search(question)
  }

  /**
   * Somebody stands here with a receipt: the centre is asked how it stands, beside what is known here. `again` is called
   * where it is known here only now. A receipt that lies on another counter is said and put aside, and so is one of
   * another till while the centre is not reached, unless it was told so lately that nobody else can have had it since.
   */
  async lookUpReceipt(text: string, again: () => void): Promise<void> {
    const number = receiptNumberIn(text)
    const ground = this.#ground
    if (number === null || this.view.state === 'alone') return
    const db = ground.store.reading
    const lines = linesOfReceipt(ground, db, number)
    const looked = await this.#sync.receipts.lookUp(number, lines.length > 0)
    if (looked.is === 'held') return this.#putAside(number, say(ground, 'stop', 'receipt-held', { number, till: looked.till }))
    const mayBeStale = lines.length === 0 || lines.some(({ isElsewhere }) => isElsewhere)
    if (looked.is === 'not-reached' && mayBeStale && !isToldLately(db, number, ground.now()))
      return this.#putAside(number, say(ground, 'stop', 'receipt-elsewhere', { number }))
    if (looked.is === 'new') again()
    else if (looked.is === 'known') this.#desk().changed()
  }

  close(): Promise<void> {
    return this.#sync.close()
  }

  /** Another till has the receipt on its counter, or may have had it: nothing is taken back by it here meanwhile. */
  #putAside(number: string, why: Notice): void {
    const desk = this.#desk()
    const { front } = desk.view()
    if (front.screen === 'return' && front.return.at === 'lines' && front.return.receiptNumber === number)
      desk.actReturn(front.return.flowId, { do: 'start-over' })
    desk.raise(why)
  }

  async #joinAtStart({ url, code }: { url: string; code: string }): Promise<void> {
    const joined = await this.join(url, code)
    if (!joined.ok) process.stderr.write(`The centre at ${url} did not let this till in: ${joined.fault.code} ${JSON.stringify(joined.fault.params)}\n`)
  }
}

/**
 * What the centre brought can be read again, the line cannot be done without: it goes on, whatever a room makes of it.
 * Of a disk that takes nothing the counter tells by itself.
 */
function hearSafely(heard: () => void): void {
  try {
    heard()
  } catch (error) {
    if (error instanceof DiskFull || error instanceof DiskFailed) return
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  }
}
