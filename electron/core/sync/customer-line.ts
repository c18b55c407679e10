import type { CustomerExchange } from '../customers/customer-exchange.ts'
import { HubRefusal, type HubClient } from './hub-client.ts'

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
  readonly #asked = new Map<string, number>()
  #isTelling = false
  #isUnknownThere = false

  constructor(parts: { customers: () => CustomerExchange | null; client: () => HubClient | null; told: () => void }) {
    this.#customers = parts.customers
    this.#client = parts.client
    this.#told = parts.told
  }

  /** Rows came: somebody may have to be forgotten. */
  forget(): void {
    if ((this.#customers()?.forgetErased() ?? 0) > 0) this.#told()
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
    void this.#tell(customers).finally(() => {
      this.#isTelling = false
    })
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
    try {
      const found = await client.findCustomers(whole, AbortSignal.timeout(FIND_MS))
      if (customers.take(found) > 0) this.#told()
      return found.length
    } catch (error) {
      this.#isUnknownThere = error instanceof HubRefusal && error.status === 404
      this.#asked.delete(whole)
      return 0
    }
  }

  async #tell(customers: CustomerExchange): Promise<void> {
    for (let client = this.#client(); client !== null && !this.#isUnknownThere; client = this.#client()) {
      const due = customers.due()
      if (due.length === 0) return
      try {
        await client.tellCustomers(due.map(({ told }) => told))
      } catch (error) {
        this.#isUnknownThere = error instanceof HubRefusal && error.status === 404
        return
      }
      customers.noteTold(due)
    }
  }
}
