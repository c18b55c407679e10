import { EventKind } from '../../../contract/journal.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { paramsOf } from './demo-fixture.ts'
import type { EventRow } from './demo-fixture.ts'

/** What can be known of a piece from its history alone, worked out without the code that wrote the history. */
export interface Folded {
  custody: string
  storeId: string | null
  area: string | null
  title: string
  receipt: string | null
  paid_cents: number | null
  condition: string
  flags: string[]
  covers: string[]
  numbersLost: string[]
  partOf: string | null
}

const STORE_NAME = /^Morgenrot /

export function foldHistory(history: readonly EventRow[]): Folded {
  const facts: Folded = {
    custody: 'unknown', storeId: null, area: null, title: 'unknown', receipt: null, paid_cents: null, condition: 'new',
    flags: [], covers: [], numbersLost: [], partOf: null,
  }
  for (const event of history) foldEvent(facts, event)
  facts.flags.sort()
  return facts
}

function place(facts: Folded, custody: string, storeId: string | null, area: string | null): void {
  Object.assign(facts, { custody, storeId, area })
}

function lift(facts: Folded, flag: string): void {
  facts.flags = facts.flags.filter((kind) => kind !== flag)
}

function foldEvent(facts: Folded, event: EventRow): void {
  const params = paramsOf(event)
  const kind = EventKind.parse(event.kind)
  const text = (name: string): string => String(params[name])
  switch (kind) {
    case 'commissioned':
      return
    case 'shipped':
      if (facts.custody === 'unknown') {
        place(facts, 'expected', storeNamed(text('to')), null)
        facts.title = 'ours'
      } else if (STORE_NAME.test(text('to'))) place(facts, 'in-transit', storeNamed(text('from')), null)
      else place(facts, 'at-vendor', null, null)
      return
    case 'received':
      place(facts, 'in-stock', event.store_id, 'back-room')
      if (facts.title === 'unknown') facts.title = 'ours'
      return
    case 'stocked':
      return place(facts, 'in-stock', event.store_id, text('area'))
    case 'moved':
      return place(facts, 'in-stock', event.store_id, text('to'))
    case 'routed':
      return place(facts, 'in-stock', event.store_id, text('place'))
    case 'found':
      return place(facts, 'in-stock', event.store_id, 'back-room')
    case 'put-in-cart':
      return place(facts, 'in-cart', event.store_id, null)
    case 'sold':
      place(facts, 'with-customer', null, null)
      return void Object.assign(facts, { title: 'sold', receipt: text('receipt'), paid_cents: params['price_cents'] })
    case 'voided':
      place(facts, 'in-stock', event.store_id, 'shelf')
      return void Object.assign(facts, { title: 'ours', receipt: null, paid_cents: null })
    case 'returned':
      place(facts, 'in-stock', event.store_id, 'returns')
      return void Object.assign(facts, { title: 'returned', condition: 'to-inspect' })
    case 'inspected':
      facts.condition = text('condition')
      return
    case 'transferred':
      facts.title = 'transferred'
      return
    case 'sent-to-repair':
      return place(facts, 'in-repair', null, null)
    case 'back-from-repair':
      if (text('to') === 'customer') place(facts, 'with-customer', null, null)
      else place(facts, 'in-stock', event.store_id, 'back-room')
      return
    case 'missed':
      return place(facts, 'missing', event.store_id, null)
    case 'retired':
      return place(facts, 'retired', null, null)
    case 'flagged':
      facts.flags.push(text('flag'))
      return
    case 'unflagged':
      return lift(facts, text('flag'))
    case 'held':
      facts.flags.push('hold')
      return
    case 'released':
      return lift(facts, 'hold')
    case 'remedied':
      lift(facts, 'recall')
      facts.flags.push('recall-remedied')
      return
    case 'cover-added':
      facts.covers.push(text('layer'))
      return
    case 'relabelled':
      facts.numbersLost.push(text('from'))
      return
    case 'refunded':
    case 'claimed':
    case 'counted':
    case 'checked':
      return
    case 'kitted':
      facts.partOf = text('parent')
      return
    case 'exchanged':
    case 'replaced':
    case 'cover-moved':
    case 'unkitted':
    case 'lost':
    case 'corrected':
    case 'tag-muted':
    case 'tag-killed':
    case 'authorised':
    case 'cart-voided':
    case 'line-voided':
    case 'price-changed':
    case 'gate-passed':
    case 'shift-opened':
    case 'shift-closed':
    case 'settled':
    case 'money-moved':
    case 'drawer-opened':
    case 'kiosk-let-go':
    case 'clock-set-right':
    case 'authority-asked':
    case 'tested':
    case 'activation-asked':
    case 'activated':
    case 'activation-failed':
    case 'activation-postponed':
    case 'activation-dropped':
    case 'to-be-sent':
    case 'packed':
    case 'delivered':
    case 'came-back':
    case 'lost-under-way':
    case 'credit-issued':
    case 'credit-spent':
      throw new Error(`no story tells ${kind}, so nobody has said what it means here`)
    default:
      return unreachable(kind)
  }
}

const STORES: Readonly<Record<string, string>> = {
  'Morgenrot Berlin': 'store-berlin',
  'Morgenrot Zürich': 'store-zurich',
  'Morgenrot Lyon': 'store-lyon',
  'Morgenrot Pro Hamburg': 'store-hamburg',
}

function storeNamed(name: string): string {
  const id = STORES[name]
  if (id === undefined) throw new Error(`no store is called ${name}`)
  return id
}
