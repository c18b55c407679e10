import { MINUTE_MS } from '../../../contract/durations.ts'
import type { Params } from '../../../contract/ids.ts'
import type { EventKind } from '../../../contract/journal.ts'
import type { Alias, AliasKind, Channel, Condition, CoverLayer, Flag, FlagKind, TenderKind } from '../../../contract/unit.ts'
import type { NextPlace } from '../../../contract/verdict.ts'
import { dayOf, instantOf } from './calendar.ts'
import type { DemoStore } from './demo-shop.ts'

/** Where a piece waits between the counter and the bench where it is inspected. */
export const RETURNS_AREA = 'returns'

/** One sale of the past: several pieces may have left the shop on the same receipt. */
export interface PastSale {
  readonly id: string
  readonly receipt: string
  readonly at_ms: number
  readonly store: DemoStore
  readonly channel: Channel
  readonly tender: TenderKind
  readonly who: string
}

export interface LifeEvent {
  readonly at: string
  readonly kind: EventKind
  readonly storeId: string | null
  readonly who: string | null
  readonly params: Params
}

export type CustodyAt =
  | 'unknown' | 'expected' | 'in-stock' | 'in-cart' | 'with-customer' | 'in-repair' | 'in-transit' | 'at-vendor'
  | 'missing' | 'retired'
export type TitleIs = 'unknown' | 'ours' | 'sold' | 'returned' | 'transferred'

/**
 * The life of one piece. Every act writes its event and changes the facts in the same breath, so that the facts of a
 * demo unit are what its history says and never what somebody thought they should be. Time only moves on.
 */
export class Life {
  readonly events: LifeEvent[] = []
  readonly aliases: Alias[]
  readonly flags: Flag[] = []
  readonly cover: CoverLayer[] = []
  custody: CustodyAt = 'unknown'
  custodyMore: Record<string, string> | null = null
  storeId: string | null = null
  area: string | null = null
  title: TitleIs = 'unknown'
  titleMore: Record<string, string> | null = null
  sale: PastSale | null = null
  paid_cents: number | null = null
  condition: Condition = 'new'
  price_cents: number | null = null
  at_ms = 0

  constructor(numbers: readonly { readonly kind: AliasKind; readonly value: string }[]) {
    this.aliases = numbers.map(({ kind, value }) => ({ kind, value, retiredWhy: null }))
  }

  /** Goes to a later moment. A story that goes back in time is a mistake in the story. */
  on(at_ms: number): this {
    if (at_ms < this.at_ms) throw new Error(`a life cannot go back from ${instantOf(this.at_ms)} to ${instantOf(at_ms)}`)
    this.at_ms = at_ms
    return this
  }

  after(minutes: number): this {
    return this.on(this.at_ms + minutes * MINUTE_MS)
  }

  commissioned(maker: string): this {
    return this.#tell('commissioned', null, maker, { from: maker })
  }

  announced(maker: string, store: DemoStore): this {
    this.#place('expected', store.id, null)
    this.title = 'ours'
    return this.#tell('shipped', null, maker, { from: maker, to: store.name })
  }

  received(from: string, store: DemoStore, who: string): this {
    this.#place('in-stock', store.id, 'back-room')
    if (this.title === 'unknown') this.title = 'ours'
    return this.#tell('received', store.id, who, { from })
  }

  stocked(store: DemoStore, area: string, who: string): this {
    this.#place('in-stock', store.id, area)
    return this.#tell('stocked', store.id, who, { area })
  }

  moved(store: DemoStore, to: string, who: string): this {
    const from = this.area ?? ''
    this.#place('in-stock', store.id, to)
    return this.#tell('moved', store.id, who, { from, to })
  }

  shippedTo(from: DemoStore, to: DemoStore, who: string): this {
    this.#place('in-transit', from.id, null, { toStoreId: to.id })
    return this.#tell('shipped', from.id, who, { from: from.name, to: to.name })
  }

  shippedToVendor(from: DemoStore, vendor: string, who: string): this {
    this.#place('at-vendor', null, null, { vendor })
    return this.#tell('shipped', from.id, who, { from: from.name, to: vendor })
  }

  putInCart(store: DemoStore, till: string, flowId: string, until_ms: number, who: string): this {
    this.#place('in-cart', store.id, null, { tillId: till, flowId, until: instantOf(until_ms) })
    return this.#tell('put-in-cart', store.id, who, { till })
  }

  sold(sale: PastSale, paid_cents: number): this {
    this.on(sale.at_ms)
    this.#place('with-customer', null, null)
    this.title = 'sold'
    this.titleMore = null
    this.sale = sale
    this.paid_cents = paid_cents
    this.price_cents = null
    return this.#tell('sold', sale.store.id, sale.who, this.#receiptParams(sale, paid_cents))
  }

  /** A sale that was undone at the till: as if it had never been, except that it is remembered. */
  voided(who: string): this {
    const { sale } = this.#bought()
    this.#place('in-stock', sale.store.id, 'shelf')
    this.title = 'ours'
    this.sale = null
    this.paid_cents = null
    return this.#tell('voided', sale.store.id, who, { receipt: sale.receipt })
  }

  returned(store: DemoStore, returnNumber: string, reason: string, who: string): this {
    const { sale } = this.#bought()
    this.#place('in-stock', store.id, RETURNS_AREA)
    this.title = 'returned'
    this.titleMore = { returnedAt: instantOf(this.at_ms), returnNumber }
    this.condition = 'to-inspect'
    const params = { number: returnNumber, receipt: sale.receipt, store: store.name, reason, date: dayOf(this.at_ms) }
    return this.#tell('returned', store.id, who, params)
  }

  refunded(store: DemoStore, who: string): this {
    const { sale, paid_cents } = this.#bought()
    const params = { receipt: sale.receipt, amount_cents: paid_cents, currency: sale.store.currency, tender: sale.tender }
    return this.#tell('refunded', store.id, who, params)
  }

  inspected(store: DemoStore, condition: Condition, who: string): this {
    this.condition = condition
    return this.#tell('inspected', store.id, who, { condition })
  }

  routed(store: DemoStore, place: NextPlace, who: string): this {
    this.#place('in-stock', store.id, place)
    return this.#tell('routed', store.id, who, { place })
  }

  transferred(who: string): this {
    const { sale } = this.#bought()
    this.title = 'transferred'
    this.titleMore = { transferredAt: instantOf(this.at_ms) }
    return this.#tell('transferred', sale.store.id, who, { date: dayOf(this.at_ms) })
  }

  claimed(store: DemoStore, reason: string, who: string): this {
    return this.#tell('claimed', store.id, who, { reason })
  }

  sentToRepair(store: DemoStore, place: string, reason: string, who: string): this {
    this.#place('in-repair', null, null, { place })
    return this.#tell('sent-to-repair', store.id, who, { place, reason })
  }

  backFromRepair(store: DemoStore, place: string, to: 'customer' | 'stock', who: string): this {
    if (to === 'customer') this.#place('with-customer', null, null)
    else this.#place('in-stock', store.id, 'back-room')
    return this.#tell('back-from-repair', store.id, who, { from: place, to })
  }

  covered(layer: CoverLayer, who: string): this {
    this.cover.push(layer)
    const params: Params = { layer: layer.layer, until: layer.end }
    if (layer.contractNumber !== null) params['contract'] = layer.contractNumber
    return this.#tell('cover-added', this.sale?.store.id ?? null, who, params)
  }

  named(kind: AliasKind, value: string): this {
    this.aliases.push({ kind, value, retiredWhy: null })
    return this
  }

  relabelled(store: DemoStore, to: string, reason: string, who: string): this {
    const old = this.aliases[0]
    if (old === undefined) throw new Error('a piece without a number cannot get another')
    this.aliases[0] = { ...old, retiredWhy: reason }
    this.aliases.unshift({ kind: 'own', value: to, retiredWhy: null })
    return this.#tell('relabelled', store.id, who, { from: old.value, to, reason })
  }

  counted(store: DemoStore, who: string): this {
    return this.#tell('counted', store.id, who, {})
  }

  missed(store: DemoStore, who: string): this {
    this.#place('missing', store.id, null, { since: instantOf(this.at_ms) })
    return this.#tell('missed', store.id, who, {})
  }

  found(store: DemoStore, who: string): this {
    this.#place('in-stock', store.id, 'back-room')
    return this.#tell('found', store.id, who, {})
  }

  /** `store` null: the news came from outside, from a maker or a register. */
  flagged(kind: FlagKind, store: DemoStore | null, source: string, reason: string, reference: string | null): this {
    this.flags.push({ kind, source, at: instantOf(this.at_ms), reason, reference })
    const params: Params = { flag: kind, reason }
    if (reference !== null) params['campaign'] = reference
    return this.#tell('flagged', store?.id ?? null, source, params)
  }

  unflagged(kind: FlagKind, store: DemoStore, reason: string, who: string): this {
    this.#unflag(kind)
    return this.#tell('unflagged', store.id, who, { flag: kind, reason })
  }

  held(store: DemoStore, reason: string, who: string): this {
    this.flags.push({ kind: 'hold', source: store.name, at: instantOf(this.at_ms), reason, reference: null })
    return this.#tell('held', store.id, who, { reason })
  }

  released(store: DemoStore, who: string): this {
    this.#unflag('hold')
    return this.#tell('released', store.id, who, {})
  }

  remedied(store: DemoStore, campaign: string, remedy: string, who: string): this {
    this.#unflag('recall')
    const at = instantOf(this.at_ms)
    this.flags.push({ kind: 'recall-remedied', source: store.name, at, reason: remedy, reference: campaign })
    return this.#tell('remedied', store.id, who, { campaign, remedy })
  }

  retired(store: DemoStore, why: string, who: string): this {
    this.#place('retired', null, null, { why })
    return this.#tell('retired', store.id, who, { why })
  }

  checked(store: DemoStore, who: string): this {
    return this.#tell('checked', store.id, who, {})
  }

  priced(price_cents: number): this {
    this.price_cents = price_cents
    return this
  }

  #bought(): { sale: PastSale; paid_cents: number } {
    if (this.sale === null || this.paid_cents === null) throw new Error('only a piece that was sold can do this')
    return { sale: this.sale, paid_cents: this.paid_cents }
  }

  #receiptParams(sale: PastSale, paid_cents: number): Params {
    return {
      date: dayOf(sale.at_ms),
      receipt: sale.receipt,
      store: sale.store.name,
      channel: sale.channel,
      price_cents: paid_cents,
      currency: sale.store.currency,
    }
  }

  #unflag(kind: FlagKind): void {
    const index = this.flags.findIndex((flag) => flag.kind === kind)
    if (index < 0) throw new Error(`no flag ${kind} to lift`)
    this.flags.splice(index, 1)
  }

  #place(at: CustodyAt, storeId: string | null, area: string | null, more: Record<string, string> | null = null): void {
    this.custody = at
    this.storeId = storeId
    this.area = area
    this.custodyMore = more
  }

  #tell(kind: EventKind, storeId: string | null, who: string | null, params: Params): this {
    this.events.push({ at: instantOf(this.at_ms), kind, storeId, who, params })
    return this
  }
}
