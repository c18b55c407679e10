import { DAY_MS } from '../../../contract/durations.ts'
import type { Role } from '../../../contract/roles.ts'
import type { Channel, TenderKind } from '../../../contract/unit.ts'
import { calendarOf, dayOf } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import type { DemoProduct } from './catalogue.ts'
import { demoIds } from './demo-ids.ts'
import { DEMO_STAFF, TILLS_OF_A_STORE } from './demo-shop.ts'
import type { DemoStore } from './demo-shop.ts'
import type { PastSale } from './life.ts'
import type { Random } from './random.ts'

/** What the stories share: chance, the calendar, and the numbers that count on from sale to sale. */
export interface PastWorld {
  readonly random: Random
  readonly calendar: Calendar
  newId(): string
  person(role: Role): string
  /** A till of the store: B1 to B3. */
  till(store: DemoStore): string
  sale(store: DemoStore, at_ms: number, wish: { readonly channel?: Channel; readonly tender?: TenderKind }): PastSale
  /** Lets further pieces join a sale, for receipts with several things on them. */
  leaveOpen(sale: PastSale): void
  /** The sale last left open in a store, if it lies after the moment given and is not full yet. */
  openReceipt(store: DemoStore, after_ms: number): PastSale | null
  returnNumber(store: DemoStore): string
  contractNumber(): string
  /** A number of the shop's own, for a piece whose label is lost. */
  ownNumber(): string
  /** What was paid: the price, or a little less. */
  paid(product: DemoProduct): number
}

const PIECES_OF_A_RECEIPT_MAX = 3

/** `ids_ms` is the time inside the ids, and says nothing about when a thing happened. */
export function pastWorld(random: Random, now: string): PastWorld {
  const calendar = calendarOf(now, random)
  const newId = demoIds(random, calendar.now_ms - DAY_MS)
  const counts = new Map<string, number>()
  const open = new Map<string, { sale: PastSale; pieces: number }>()
  const names = new Map<Role, string[]>()
  for (const { role, name } of DEMO_STAFF) names.set(role, [...(names.get(role) ?? []), name])

  const count = (what: string): string => {
    const number = (counts.get(what) ?? 0) + 1
    counts.set(what, number)
    return String(number).padStart(5, '0')
  }
  const person = (role: Role): string => random.pick(names.get(role) ?? [])
  const till = (store: DemoStore): string => `${store.letter}${random.between(1, TILLS_OF_A_STORE)}`

  return {
    random,
    calendar,
    newId,
    person,
    till,
    sale: (store, at_ms, { channel = 'store', tender }) => {
      const place = channel === 'store' ? till(store) : 'WEB'
      const day = dayOf(at_ms).slice(2).replaceAll('-', '')
      return {
        id: newId(),
        receipt: `${place}-${day}-${count(channel === 'store' ? store.letter : place)}`,
        at_ms,
        store,
        channel,
        tender: tender ?? (channel === 'store' && random.chance(30) ? 'cash' : 'card'),
        who: channel === 'store' ? person('cashier') : 'Web shop',
      }
    },
    leaveOpen: (sale) => {
      open.set(sale.store.id, { sale, pieces: 1 })
    },
    openReceipt: (store, after_ms) => {
      const last = open.get(store.id)
      if (last === undefined || last.sale.at_ms <= after_ms || last.pieces >= PIECES_OF_A_RECEIPT_MAX) return null
      last.pieces += 1
      return last.sale
    },
    returnNumber: (store) => `R${store.letter}-${count(`return ${store.letter}`)}`,
    contractNumber: () => `PLAN-${count('plan')}`,
    ownNumber: () => `MU-${count('own')}`,
    paid: ({ price_cents }) =>
      random.chance(20) ? Math.round((price_cents * random.between(88, 97)) / 10_000) * 100 : price_cents,
  }
}
