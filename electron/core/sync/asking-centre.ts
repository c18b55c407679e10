import type { CustomerCard } from '../../../contract/customer.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import type { JournalQuery } from '../../../contract/day-journal.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { PurchasesElsewhere } from '../../../contract/purchases-elsewhere.ts'
import { returnRules } from '../../../contract/cautious-return-rules.ts'
import { later } from '../../../contract/days.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import { piecesIn } from '../checks/pieces-in-front.ts'
import type { CustomerDesk } from '../customers/customer-desk.ts'
import type { Desk } from '../desk/desk.ts'
import { frontOf } from '../desk/going-on.ts'
import type { Ground } from '../ground.ts'
import type { Scan } from '../scans/knowledge.ts'
import { flowOf } from '../store/flows.ts'
import { Errands } from './errands.ts'
import { purchaseQuestion, purchasesToShow } from './purchases-elsewhere.ts'
import type { SyncDesk } from './sync-desk.ts'

export interface AskingParts {
  readonly ground: Ground
  readonly desk: Desk
  readonly customers: Pick<CustomerDesk, 'find' | 'takeMissedCard'>
  readonly line: Pick<SyncDesk, 'view' | 'lookUpCustomer' | 'lookUpReceipt' | 'findPurchases' | 'broughtBack' | 'beforePaying'>
}

/**
 * Who stands here and with what, asked of the centre beside what this till knows itself: the till goes on at once, and
 * what the centre knows comes after it, into what was in front when it was asked and into nothing else.
 */
export class AskingCentre {
  readonly #parts: AskingParts
  readonly #errands = new Errands()
  #counting: Promise<unknown> = Promise.resolve()

  constructor(parts: AskingParts) {
    this.#parts = parts
  }

  /** Customers by what is typed; where nobody here is meant, the centre is asked for a whole number or address. */
  async findCustomers(text: string): Promise<CustomerCard[]> {
    const { customers, line } = this.#parts
    const here = customers.find(text)
    if (here.length === 0) return (await line.lookUpCustomer(text)) === 0 ? here : customers.find(text)
    // Whoever is known here is shown at once; what the centre knows better comes with the next view.
    this.#errands.run(() => line.lookUpCustomer(text))
    return here
  }

  /**
   * Purchases of other tills that fit what the journal is narrowed to, for somebody who may take back: whoever chooses
   * one goes on with its number, as if its receipt lay there. Refuses `no-right`.
   */
  async findPurchases(query: JournalQuery): Promise<Result<PurchasesElsewhere>> {
    const { ground, line } = this.#parts
    if (!this.#mayTakeBack) return refused('no-right', { right: 'take-back' })
    const question = purchaseQuestion(query, ground.place.time_zone)
    if (question === null) return ok({ is: 'too-wide' })
    const found = await line.findPurchases(question)
    return ok(found === null ? { is: 'not-reached' } : purchasesToShow(ground, found, query.text))
  }

  /**
   * A scan into what is in front. A card nobody here has and the receipt of somebody who may take back are asked for; a
   * receipt is this till's alone from then on, so that one which a customer or nobody holds up here is not.
   */
  scan(scan: Scan): Result<DeskView> {
    const { desk, customers, line } = this.#parts
    const mayTakeBack = this.#mayTakeBack
    customers.takeMissedCard()
    const scanned = desk.scan(scan)
    const card = customers.takeMissedCard()
    if (!scanned.ok) return scanned
    const before = this.#moment()
    const again = (): void => {
      if (this.#errands.signal.aborted || this.#moment() !== before) return
      desk.scan(scan)
    }
    if (card !== null && ['sale', 'home'].includes(frontOf(this.#parts.ground.store.reading).screen))
      this.#errands.run(async () => {
        if ((await line.lookUpCustomer(card)) > 0) again()
      })
    if (mayTakeBack) this.#errands.run(() => line.lookUpReceipt(scan.text, again))
    return scanned
  }

  /**
   * Pieces come back here: where the rules count how often somebody comes, the centre is asked what the buyer of each
   * brought to other tills. The till goes on by its own count until it answers. Never waits, never throws.
   */
  look(): void {
    const { ground, desk, line } = this.#parts
    const days = returnRules(ground.policy()).perCustomer?.days
    const flow = days === undefined || line.view.state === 'alone' ? null : flowOf(ground.store.reading, frontOf(ground.store.reading).flowId ?? '')
    if (days === undefined || (flow?.kind !== 'return' && flow?.kind !== 'kiosk')) return
    const since = later(ground.now(), -days * DAY_MS)
    for (const { unitId, intent } of piecesIn(flow)) {
      if (intent !== 'return' || !ground.brought.begin(unitId)) continue
      const asked = this.#errands.over(async () => {
        ground.brought.heard(unitId, await line.broughtBack(unitId, since))
        if (!this.#errands.signal.aborted) desk.changed()
      })
      this.#counting = Promise.all([this.#counting, asked])
    }
  }

  /** The last look before money goes back: how everything stands at the centre, and how often the customer came. Answers whether it may. */
  async beforeRefund(flowId: string | null): Promise<boolean> {
    this.look()
    const [may] = await Promise.all([this.#parts.line.beforePaying(flowId), this.#counting])
    return may
  }

  close(): Promise<void> {
    return this.#errands.close()
  }

  get #mayTakeBack(): boolean {
    const { desk, ground } = this.#parts
    const { person } = desk
    return ground.seat !== 'kiosk' && person !== null && desk.rights(person).includes('take-back')
  }

  /** What is in front, how far it has come and who stands there, as one text: the same text is the same moment. */
  #moment(): string {
    const { desk, ground } = this.#parts
    const db = ground.store.reading
    const front = frontOf(db)
    return JSON.stringify([front, flowOf(db, front.flowId ?? '')?.revision ?? null, desk.person?.staffId ?? null])
  }
}
