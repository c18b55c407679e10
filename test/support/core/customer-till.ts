import { dirname } from 'node:path'
import type { PersonDetails, Purpose } from '../../../contract/customer.ts'
import { CustomerDesk } from '../../../electron/core/customers/customer-desk.ts'
import { CustomerExchange, type DueCustomer } from '../../../electron/core/customers/customer-exchange.ts'
import { openCustomerKey } from '../../../electron/core/customers/customer-key.ts'
import { findForTill, takeCustomers } from '../../../hub/customers/told-customers.ts'
import type { Office } from '../../../hub/people/office.ts'
import { ShopFloor } from './shop-floor.ts'

export const CY: PersonDetails = { name: 'Cy Example', email: 'cy@example.org', phone: '', card: '', address: 'Old Street 1', note: '', language: null }

/** A till whose clock is off by as much, and what it and the centre tell each other. */
export class CustomerTill {
  readonly floor: ShopFloor
  readonly people: CustomerDesk
  readonly exchange: CustomerExchange
  readonly #office: () => Office
  readonly #code: string

  constructor(code: string, off_ms: number, office: () => Office) {
    this.#code = code
    this.#office = office
    this.floor = new ShopFloor('counter', code)
    this.floor.later(off_ms)
    this.floor.enter('manager')
    const key = openCustomerKey(dirname(this.floor.ground.store.file), false)
    if (key === null) throw new Error('the key of a new till is made')
    this.people = new CustomerDesk({ ground: this.floor.ground, desk: this.floor.desk, key })
    this.exchange = new CustomerExchange(this.floor.ground, key)
  }

  due(): DueCustomer[] {
    return this.exchange.due(new Map())
  }

  async tell(due = this.due()): Promise<void> {
    this.exchange.noteTold(due, await takeCustomers(this.#office(), this.#code, due.map(({ told }) => told)))
  }

  /** The centre hears all of it, and its answer is lost on the line. */
  async tellUnanswered(): Promise<void> {
    await takeCustomers(this.#office(), this.#code, this.due().map(({ told }) => told))
  }

  /** The person stands here: the centre is asked. */
  async hear(text = CY.email): Promise<void> {
    this.exchange.take(await findForTill(this.#office(), this.#code, text))
  }

  get known(): PersonDetails | undefined {
    return this.people.find(CY.email)[0]?.details
  }

  change(details: Partial<PersonDetails>, consents: Purpose[] = []): void {
    const [card] = this.people.find(CY.email)
    if (card === undefined) throw new Error('nobody is known here')
    const done = this.people.change(card.customerId, { ...card.details, ...details }, consents)
    if (!done.ok) throw new Error(done.fault.code)
  }

  allowed(): string[] {
    return (this.people.find(CY.email)[0]?.consents ?? []).filter(({ given }) => given).map(({ purpose }) => purpose)
  }
}
