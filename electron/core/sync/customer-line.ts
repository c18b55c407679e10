import type { BroughtReply, ToldCustomer } from '../../../contract/sync/customer-wire.ts'
import type { CustomerExchange, DueCustomer } from '../customers/customer-exchange.ts'
import type { Errands } from './errands.ts'
import type { HubClient } from './hub-client.ts'
import { bearLineTrouble, isRefusedForGood, isUnknownThere } from './line-trouble.ts'

/** A customer waits at the counter: the till is asked on its own after that. */
const FIND_MS = 800
/** Typed twice is asked once. */
const ASKED_AGAIN_MS = 60_000
/** Whole numbers and addresses alone: five digits at least, or something around an @. */
const WHOLE = /^(?:[^\s@]+@[^\s@]+\.[^\s@]{2,}|(?=(?:.*\d){5})[\p{L}\d+()/. -]{5,64})$/u

/** Customers between this till and its centre: told when they change, asked for when somebody stands here, forgotten when erased. */
export class CustomerLine {
  readonly #customers: () => CustomerExchange | null
  readonly #client: () => HubClient | null
  readonly #told: () => void
  readonly #errands: Errands
  readonly #asked = new Map<string, number>()
  /** Whom the centre does not take as they are written here, by the mark of that change. */
  readonly #leftOff = new Map<string, number>()
  #isTelling = false
  #isForgetting = false
  #mayHaveToForget = false
  #isUnknownThere = false

  constructor(parts: { customers: () => CustomerExchange | null; client: () => HubClient | null; told: () => void; errands: Errands }) {
    this.#customers = parts.customers
    this.#client = parts.client
    this.#told = parts.told
    this.#errands = parts.errands
  }

  /** So many people the centre does not take, until they are changed or the line is a new one. */
  get leftOff(): number {
    return this.#leftOff.size
  }

  /** A new line, perhaps to a newer centre: whatever it did not know or take before is tried again. */
  connected(): void {
    this.#isUnknownThere = false
    this.#leftOff.clear()
  }

  /** Rows came: somebody may have to be forgotten, or be one person with somebody else. */
  forget(): void {
    const customers = this.#customers()
    this.#mayHaveToForget = true
    if (customers === null || this.#isForgetting) return
    this.#isForgetting = true
    this.#errands.run(() => this.#forgetAll(customers).finally(() => void (this.#isForgetting = false)))
  }

  /** Another generation of the centre: what the last one was told may be lost. */
  again(): void {
    this.#customers()?.tellAllAgain()
  }

  /** Something may have to be told. Nobody waits for it; what does not get through is told the next time. */
  kick(): void {
    const customers = this.#customers()
    if (customers === null || this.#isTelling) return
    this.#isTelling = true
    this.#errands.run(() => this.#tell(customers).finally(() => void (this.#isTelling = false)))
  }

  /** Asks the centre for somebody with this card, telephone number or mail address, no longer than a breath. Answers how many it knows. */
  async lookUp(text: string): Promise<number> {
    const [customers, client] = [this.#customers(), this.#client()]
    const whole = text.trim()
    const now_ms = performance.now()
    if (customers === null || client === null || this.#isUnknownThere || !WHOLE.test(whole)) return 0
    if (now_ms - (this.#asked.get(whole) ?? -ASKED_AGAIN_MS) < ASKED_AGAIN_MS) return 0
    if (this.#asked.size > 1_000) this.#asked.clear()
    this.#asked.set(whole, now_ms)
    let found: ToldCustomer[]
    try {
      found = await client.findCustomers(whole, AbortSignal.any([this.#errands.signal, AbortSignal.timeout(FIND_MS)]))
    } catch (error) {
      this.#isUnknownThere = isUnknownThere(error)
      this.#asked.delete(whole)
      bearLineTrouble(error)
      return 0
    }
    if (this.#errands.signal.aborted) return 0
    if (customers.take(found) > 0) this.#told()
    return found.length
  }

  /** Which pieces the buyer of this one brought back anywhere, no longer than a breath; null where the centre does not answer. */
  async broughtBack(unitId: string, since: string): Promise<BroughtReply | null> {
    const client = this.#client()
    if (client === null) return null
    try {
      return await client.broughtBack(unitId, since, AbortSignal.any([this.#errands.signal, AbortSignal.timeout(FIND_MS)]))
    } catch (error) {
      bearLineTrouble(error)
      return null
    }
  }

  async #forgetAll(customers: CustomerExchange): Promise<void> {
    while (this.#mayHaveToForget && !this.#errands.signal.aborted) {
      this.#mayHaveToForget = false
      const forgotten = await customers.forgetErased(this.#errands.signal)
      if (this.#errands.signal.aborted) return
      if (forgotten + customers.followMerged() > 0) this.#told()
    }
  }

  async #tell(customers: CustomerExchange): Promise<void> {
    for (let client = this.#client(); client !== null && !this.#isUnknownThere; client = this.#client()) {
      const due = customers.due(this.#leftOff)
      if (due.length === 0 || !(await this.#send(client, customers, due))) return
    }
  }

  /** Answers whether those behind may follow. Of a batch that is refused each is told alone: one must not hold up the others. */
  async #send(client: HubClient, customers: CustomerExchange, due: readonly DueCustomer[]): Promise<boolean> {
    let now: ToldCustomer[]
    try {
      now = await client.tellCustomers(due.map(({ told }) => told), this.#errands.signal)
    } catch (error) {
      if (isRefusedForGood(error)) return this.#sendAlone(client, customers, due)
      this.#isUnknownThere = isUnknownThere(error)
      bearLineTrouble(error)
      return false
    }
    if (this.#errands.signal.aborted) return false
    customers.noteTold(due, now)
    return true
  }

  async #sendAlone(client: HubClient, customers: CustomerExchange, due: readonly DueCustomer[]): Promise<boolean> {
    const [first, ...others] = due
    if (first !== undefined && others.length === 0) {
      this.#leftOff.set(first.told.id, first.mark)
      process.stderr.write(`The centre does not take customer ${first.told.id} as written here.\n`)
      this.#told()
      return true
    }
    for (const one of due) if (!(await this.#send(client, customers, [one]))) return false
    return true
  }
}
