import { DAY_MS } from '../../../contract/durations.ts'
import { cents } from '../../../contract/money.ts'
import type { ProductLimits } from '../../../contract/sensors/product-limits.ts'
import { withReadings } from '../../../contract/sensors/take-reading.ts'
import type { Custody, ParcelPlace } from '../../../contract/unit.ts'
import type { Intent, NextPlace, Outcome } from '../../../contract/verdict.ts'
import type { VerdictFacts } from '../../../contract/verdicts/facts.ts'
import {
  aged, at, atCustomer, before, facts, flag, HERE, IN_STOCK, layer, MY_FLOW, NOW, outside, purchase, returned, sold, stranger, THERE, transferred,
  WITH_CUSTOMER,
} from './facts-of-a-piece.ts'

/** What the handbook says of one piece and one intent. `because` is the first reason: `question answer/reason`. */
export interface Rule {
  readonly outcome: Outcome
  readonly because: string
  readonly next: NextPlace
  readonly quiet: boolean
}

export interface Page {
  readonly story: string
  readonly facts: VerdictFacts
  /** Findings that hold whatever the intent: `question answer/reason`. */
  readonly finds?: readonly string[]
  readonly now?: string
  readonly rules: Readonly<Partial<Record<Intent, Rule>>>
}

const CLEAR = 'stolen clear/no-flag'
const yes = (next: NextPlace, because = CLEAR): Rule => ({ outcome: 'accept', because, next, quiet: false })
const ask = (because: string, next: NextPlace): Rule => ({ outcome: 'ask-staff', because, next, quiet: false })
const no = (because: string, next: NextPlace): Rule => ({ outcome: 'refuse', because, next, quiet: false })
const hush = (rule: Rule): Rule => ({ ...rule, quiet: true })

const NOT_SOLD = 'purchase ours-not-sold/not-sold-yet'
const SOLD = 'purchase ours-sold/sold-here-on'
const BACK = 'purchase already-returned/returned-on'
const NO_RECORD = 'purchase unknown/no-record'
const OVER = 'purchase ours-sold/window-over'
const NO_DATES = 'warranty unknown/no-dates'
const AT_HOME = 'custody with-customer/with-customer'
const HERE_ALREADY = 'custody may-leave/in-stock-here'
const OWN_THEFT = 'stolen flagged/stolen-own'
const THEFT = 'stolen flagged/stolen-reported'
const FAKE = 'authenticity suspect/counterfeit-suspected'
const TWICE = 'authenticity suspect/contradiction'
const RECALLED = 'recall affected/campaign-affects'
const OTHER_STORE = 'custody not-here/other-store'
const STRANGE = 'identity known-product-unknown-unit/known-product'
const UNREADABLE = 'identity impossible/bad-check-digit'
const NOT_KNOWN = 'identity unknown/not-known-here'
const MANY = 'identity ambiguous/ambiguous-number'
const OLD = 'stolen unknown/list-too-old'
const NO_LIST = 'stolen unknown/no-list'
const UNLISTED = 'stolen unknown/not-known-here'

const COOL: ProductLimits = { limits: [{ of: 'temperature', min: 2, max: 8, outside_minutes: 60 }], readEvery_minutes: 24 * 60 }
const KEPT_COOL = { category: 'cosmetic', tracking: 'serial', durable: false, limits: COOL } as const
/** What its logger read: so many days ago, so many degrees. */
const read = (...told: readonly (readonly [days: number, celsius: number])[]) =>
  withReadings([], told.map(([days, low]) => ({ of: 'temperature', from: before(days), to: before(days), low, high: low, isAlarm: false, source: 'Logger 7' })), COOL)
const warm = read([3, 5], [2.5, 14], [2, 6], [0.04, 5])

/** Sent by this store to whoever bought it, since yesterday. */
const sentTo = (is: ParcelPlace['is']): Custody => ({ at: 'with-customer', parcel: { is, storeId: HERE, since: before(1) } })
/** Kept for a customer, for so many days from now. */
const kept = (days: number) => flag('hold', { reference: 'T1-H000001', until: before(-days) })
const campaign = flag('recall', { reference: 'RC-7', source: 'Maker' })
const remedy = flag('recall-remedied', { reference: 'RC-7', at: before(1) })
const isRecalled = { flags: [campaign] }
const dear = { paid_cents: cents(89_900) }
const small = { paid_cents: cents(9_900) }

/** From the shelf to the customer and back: the life most pieces have. */
const LIFE: readonly Page[] = [
  {
    story: 'new on our shelf', facts: facts(),
    finds: ['identity known-unit/known', 'authenticity consistent/consistent', 'recall none/no-campaign', NO_DATES],
    rules: {
      sell: yes('customer'), return: no(NOT_SOLD, 'inspection'), check: yes('stay'), claim: no(NOT_SOLD, 'inspection'),
      'trade-in': no(NOT_SOLD, 'inspection'), transfer: no(NOT_SOLD, 'stay'), receive: ask(HERE_ALREADY, 'inspection'),
    },
  },
  {
    story: 'bought here three days ago and in the customer’s hands', facts: atCustomer(3),
    finds: ['warranty covered/covered-until', SOLD],
    rules: {
      sell: no(SOLD, 'stay'), return: yes('inspection'), check: yes('stay'), claim: yes('maker'), 'trade-in': yes('inspection'),
      transfer: yes('customer'), receive: ask(AT_HOME, 'inspection'),
    },
  },
  {
    story: 'bought here yesterday, and waits in the store to be sent', facts: atCustomer(1, { custody: sentTo('to-be-sent') }),
    finds: ['custody being-sent/parcel-to-be-sent', SOLD],
    rules: {
      sell: no(SOLD, 'stay'), return: yes('inspection'), check: yes('stay'), claim: ask('custody being-sent/parcel-to-be-sent', 'inspection'),
      'trade-in': ask('custody being-sent/parcel-to-be-sent', 'inspection'), transfer: ask('custody being-sent/parcel-to-be-sent', 'customer'),
      receive: ask('custody being-sent/parcel-to-be-sent', 'inspection'),
    },
  },
  {
    story: 'under way to its buyer, and brought to the counter', facts: atCustomer(1, { custody: sentTo('under-way') }),
    finds: ['custody being-sent/parcel-under-way'], rules: { sell: no(SOLD, 'stay'), return: yes('inspection'), check: yes('stay') },
  },
  {
    story: 'reported lost on the way to its buyer, and here it is', facts: atCustomer(9, { custody: sentTo('lost') }),
    rules: { return: ask('custody being-sent/parcel-lost', 'inspection'), check: ask('custody being-sent/parcel-lost', 'stay') },
  },
  {
    story: 'bought in another store of ours',
    facts: atCustomer(3, { title: sold(3, { storeId: THERE }) }),
    rules: { return: yes('inspection'), claim: yes('maker'), transfer: yes('customer') },
  },
  {
    story: 'bought in our online shop',
    facts: atCustomer(3, { title: sold(3, { channel: 'online' }) }), finds: ['purchase ours-sold/sold-online-on'],
    rules: { sell: no('purchase ours-sold/sold-online-on', 'stay'), return: yes('inspection'), claim: yes('maker') },
  },
  {
    story: 'bought from us on a marketplace',
    facts: atCustomer(3, { title: sold(3, { channel: 'marketplace' }) }), finds: ['purchase ours-sold/sold-online-on'],
    rules: { return: yes('inspection'), check: yes('stay') },
  },
  {
    story: 'brought back on the last day of the window', facts: atCustomer(30),
    rules: { return: yes('inspection'), claim: yes('maker') },
  },
  {
    story: 'brought back one day after the window', facts: atCustomer(31),
    rules: {
      return: no(OVER, 'customer'), claim: yes('maker'), check: yes('stay'), 'trade-in': yes('inspection'),
      transfer: yes('customer'),
    },
  },
  {
    story: 'a phone, whose window is shorter, after fifteen days',
    facts: atCustomer(15, {}, { product: { category: 'phone', tracking: 'serial', durable: true } }),
    rules: { return: no(OVER, 'customer'), claim: yes('maker') },
  },
  {
    story: 'a piece whose product is gone from the list, after twenty days: every other category’s window', facts: atCustomer(20, {}, { product: null }),
    rules: { return: yes('inspection') },
  },
  {
    story: 'bought half an hour before midnight of the store, thirty days ago there and thirty-one in Greenwich',
    facts: atCustomer(30, { title: sold(30, { soldAt: '2026-04-19T22:30:00.000Z' }) }), now: '2026-05-20T20:00:00.000Z',
    rules: { return: yes('inspection') },
  },
  {
    story: 'brought back half an hour after midnight of the store, when the window is over there and not yet in Greenwich',
    facts: atCustomer(30, { title: sold(30, { soldAt: '2026-04-20T10:00:00.000Z' }) }), now: '2026-05-20T22:30:00.000Z',
    rules: { return: no(OVER, 'customer') },
  },
  {
    story: 'brought back and not inspected yet',
    facts: facts({
      custody: { ...IN_STOCK, area: 'returns' }, title: returned(1), condition: 'to-inspect',
    }), finds: [BACK],
    rules: {
      sell: ask(
        'custody on-hold/to-inspect', 'inspection',
      ), return: no(BACK, 'inspection'), check: yes('stay'), claim: no(BACK, 'inspection'),
      'trade-in': no(BACK, 'inspection'), transfer: no(BACK, 'stay'), receive: ask(HERE_ALREADY, 'inspection'),
    },
  },
  {
    story: 'brought back, inspected, open box and on the shelf again',
    facts: facts({ title: returned(9), condition: 'open-box' }),
    rules: { sell: yes('customer'), return: no(BACK, 'inspection'), check: yes('stay') },
  },
  {
    story: 'brought back, refurbished and on the shelf', facts: facts({
      title: returned(40), condition: 'refurbished',
    }),
    rules: { sell: yes('customer'), check: yes('stay') },
  },
  {
    story: 'graded as damaged', facts: facts({ title: returned(9), condition: 'damaged' }),
    rules: { sell: ask('custody on-hold/damaged', 'stay'), check: yes('stay') },
  },
  {
    story: 'graded as incomplete', facts: facts({ title: returned(9), condition: 'parts-missing' }),
    rules: { sell: ask('custody on-hold/parts-missing', 'stay'), check: yes('stay') },
  },
  {
    story: 'brought back once, sold again three days ago: the newer sale counts',
    facts: atCustomer(3, { title: sold(3, { receiptNumber: 'B1-R000099' }), condition: 'open-box' }),
    rules: { sell: no(SOLD, 'stay'), return: yes('inspection') },
  },
  {
    story: 'carried to the counter a second time after its return, by somebody who took it from the returns shelf',
    facts: facts({ custody: WITH_CUSTOMER, title: returned(1), condition: 'to-inspect' }),
    rules: {
      return: no(BACK, 'inspection'), claim: no(BACK, 'inspection'), 'trade-in': no(BACK, 'inspection'),
      transfer: no(BACK, 'stay'),
    },
  },
  {
    story: 'given on to a second owner', facts: atCustomer(3, { title: transferred(2) }),
    rules: {
      return: ask(
        'purchase ours-sold/owner-changed', 'inspection',
      ), claim: yes('maker'), check: yes('stay'), transfer: yes('customer'),
      'trade-in': yes('inspection'), sell: no(SOLD, 'stay'),
    },
  },
  {
    story: 'given on to a second owner, and the window is over', facts: atCustomer(3, { title: transferred(60) }),
    rules: { return: no(OVER, 'customer'), claim: yes('maker') },
  },
  {
    story: 'in our records without a sale: sold before this system', facts: facts({
      custody: WITH_CUSTOMER, title: { is: 'unknown' },
    }),
    finds: [NO_RECORD],
    rules: {
      sell: no('custody with-customer/with-customer', 'stay'), return: ask(NO_RECORD, 'inspection'), check: yes('stay'),
      claim: ask(NO_DATES, 'inspection'), 'trade-in': yes('inspection'), transfer: ask(NO_RECORD, 'customer'),
      receive: ask(AT_HOME, 'inspection'),
    },
  },
  {
    story: 'on our shelf, but nobody recorded whose it is', facts: facts({ title: { is: 'unknown' } }),
    rules: { sell: ask(NO_RECORD, 'stay'), return: ask(NO_RECORD, 'inspection') },
  },
]

/** Where the piece is, when it is not where it should be. */
const PLACES: readonly Page[] = [
  {
    story: 'in the sale of the colleague at the next till', facts: facts(
      {}, { heldBy: { flowId: 'flow-other', till: 'Till 2' } },
    ),
    rules: {
      sell: no('custody in-another-cart/in-cart-of', 'stay'), receive: ask(
        'custody in-another-cart/in-cart-of', 'inspection',
      ), check: yes('stay'),
    },
  },
  {
    story: 'in this very sale already', facts: facts({}, { heldBy: { flowId: MY_FLOW, till: 'Till 1' } }),
    rules: { sell: yes('customer') },
  },
  {
    story: 'in a cart that the centre told us of',
    facts: facts({
      custody: { at: 'in-cart', storeId: HERE, tillId: 'till-9', flowId: 'flow-9', until: before(-0.01) },
    }),
    rules: { sell: no('custody in-another-cart/in-cart-of', 'stay'), return: no(NOT_SOLD, 'inspection') },
  },
  {
    story: 'in a cart that was left behind: its lease ran out',
    facts: facts({
      custody: { at: 'in-cart', storeId: HERE, tillId: 'till-9', flowId: 'flow-9', until: before(0.01) },
    }),
    rules: { sell: yes('customer') },
  },
  {
    story: 'in a cart of ours, told back by the centre',
    facts: facts({
      custody: { at: 'in-cart', storeId: HERE, tillId: 'till-1', flowId: MY_FLOW, until: before(-0.01) },
    }),
    rules: { sell: yes('customer') },
  },
  {
    story: 'sold, and in a colleague’s sale at once', facts: atCustomer(
      3, {}, { heldBy: { flowId: 'flow-other', till: 'Till 2' } },
    ),
    rules: {
      return: ask(
        'custody in-another-cart/in-cart-of', 'inspection',
      ), claim: ask('custody in-another-cart/in-cart-of', 'inspection'),
      'trade-in': ask(
        'custody in-another-cart/in-cart-of', 'inspection',
      ), transfer: ask('custody in-another-cart/in-cart-of', 'customer'),
    },
  },
  {
    story: 'in the stock of another store', facts: facts({
      custody: { at: 'in-stock', storeId: THERE, area: 'shelf' },
    }),
    rules: { sell: ask(OTHER_STORE, 'stay'), receive: ask(OTHER_STORE, 'inspection'), check: yes('stay') },
  },
  {
    story: 'expected here, never received', facts: facts({ custody: { at: 'expected', storeId: HERE } }),
    rules: { sell: ask('custody not-here/not-received-yet', 'stay'), receive: yes('shelf'), check: yes('stay') },
  },
  {
    story: 'expected in another store, unpacked here', facts: facts({ custody: { at: 'expected', storeId: THERE } }),
    rules: { receive: ask(OTHER_STORE, 'inspection'), sell: ask('custody not-here/not-received-yet', 'stay') },
  },
  {
    story: 'on its way between two stores', facts: facts({
      custody: { at: 'in-transit', fromStoreId: THERE, toStoreId: HERE },
    }),
    rules: { sell: ask('custody in-transit/in-transit', 'stay'), receive: yes('shelf'), check: yes('stay') },
  },
  {
    story: 'a returned piece, not inspected, on its way to us',
    facts: facts({
      custody: { at: 'in-transit', fromStoreId: THERE, toStoreId: HERE }, title: returned(4), condition: 'to-inspect',
    }),
    rules: { receive: yes('inspection'), sell: ask('custody on-hold/to-inspect', 'inspection') },
  },
  {
    story: 'sold, and recorded as on its way between stores',
    facts: atCustomer(3, { custody: { at: 'in-transit', fromStoreId: THERE, toStoreId: HERE } }),
    rules: {
      return: ask(
        'custody in-transit/in-transit', 'inspection',
      ), claim: ask('custody in-transit/in-transit', 'inspection'),
      'trade-in': ask(
        'custody in-transit/in-transit', 'inspection',
      ), transfer: ask('custody in-transit/in-transit', 'customer'),
      receive: ask('purchase ours-sold/sold-here-on', 'inspection'),
    },
  },
  {
    story: 'sold, and recorded as with its maker', facts: atCustomer(
      90, { custody: { at: 'at-vendor', vendor: 'Maker' } },
    ),
    rules: {
      claim: ask(
        'custody not-here/at-vendor', 'inspection',
      ), 'trade-in': ask('custody not-here/at-vendor', 'inspection'),
      transfer: ask(
        'custody not-here/at-vendor', 'customer',
      ), sell: no(SOLD, 'stay'), check: yes('stay'), return: no(OVER, 'customer'),
    },
  },
  {
    story: 'our own, back from its maker', facts: facts({
      custody: { at: 'at-vendor', vendor: 'Maker' }, condition: 'refurbished',
    }),
    rules: { receive: yes('shelf'), sell: ask('custody not-here/at-vendor', 'stay') },
  },
  {
    story: 'missing since the last count', facts: facts({
      custody: { at: 'missing', storeId: HERE, since: before(20) },
    }),
    rules: {
      sell: ask(
        'custody missing/missing-since', 'stay',
      ), return: no(NOT_SOLD, 'inspection'), check: ask('custody missing/missing-since', 'stay'),
      receive: yes('shelf'),
    },
  },
  {
    story: 'sold, and then missed at a count', facts: atCustomer(
      3, { custody: { at: 'missing', storeId: HERE, since: before(1) } },
    ),
    rules: {
      return: ask(
        'custody missing/missing-since', 'inspection',
      ), claim: ask('custody missing/missing-since', 'inspection'),
      'trade-in': ask(
        'custody missing/missing-since', 'inspection',
      ), transfer: ask('custody missing/missing-since', 'customer'),
    },
  },
  {
    story: 'taken out of use and scrapped', facts: facts({
      custody: { at: 'retired', why: 'Scrapped' }, title: returned(90),
    }),
    rules: {
      sell: no('custody retired/retired', 'stay'), receive: ask(
        'custody retired/retired', 'inspection',
      ), check: ask('custody retired/retired', 'stay'),
      return: no(BACK, 'inspection'),
    },
  },
  {
    story: 'sold by mistake after it was scrapped', facts: atCustomer(
      3, { custody: { at: 'retired', why: 'Scrapped' } },
    ),
    rules: {
      return: ask('custody retired/retired', 'inspection'), claim: ask('custody retired/retired', 'inspection'),
      'trade-in': ask('custody retired/retired', 'inspection'), transfer: ask('custody retired/retired', 'customer'),
    },
  },
  {
    story: 'in repair for its owner', facts: atCustomer(100, { custody: { at: 'in-repair', place: 'Workshop' } }),
    rules: {
      claim: ask(
        'custody in-repair/in-repair', 'inspection',
      ), return: no(OVER, 'customer'), check: yes('stay'), sell: no(SOLD, 'stay'),
      'trade-in': ask(
        'custody in-repair/in-repair', 'inspection',
      ), transfer: ask('custody in-repair/in-repair', 'customer'),
    },
  },
  {
    story: 'our own, in the workshop', facts: facts({ custody: { at: 'in-repair', place: 'Workshop' } }),
    rules: {
      sell: no('custody in-repair/in-repair', 'stay'), receive: ask('custody in-repair/in-repair', 'inspection'),
    },
  },
  {
    story: 'sold, but its place was never recorded', facts: atCustomer(3, { custody: { at: 'unknown' } }),
    rules: {
      return: ask(
        'custody unknown/unknown-place', 'inspection',
      ), claim: ask('custody unknown/unknown-place', 'inspection'),
      'trade-in': yes('inspection'), transfer: ask('custody unknown/unknown-place', 'customer'),
    },
  },
  {
    story: 'ours, but its place was never recorded', facts: facts({ custody: { at: 'unknown' } }),
    rules: { sell: ask('custody unknown/unknown-place', 'stay'), receive: yes('shelf') },
  },
  {
    story: 'sold, and lying on our shelf: a sale that was undone by hand', facts: atCustomer(3, { custody: IN_STOCK }),
    rules: {
      sell: no(SOLD, 'stay'), return: ask(HERE_ALREADY, 'inspection'), claim: ask(HERE_ALREADY, 'inspection'),
      'trade-in': ask(HERE_ALREADY, 'inspection'), transfer: ask(HERE_ALREADY, 'customer'),
    },
  },
]

/** Flags: what somebody said of this very piece. */
const FLAGS: readonly Page[] = [
  {
    story: 'put on hold by a colleague', facts: facts({ flags: [flag('hold')] }),
    rules: {
      sell: ask('custody on-hold/on-hold', 'stay'), check: yes('stay'),
      receive: ask('custody on-hold/on-hold', 'inspection'),
    },
  },
  {
    story: 'kept for a customer until tomorrow', facts: facts({ flags: [kept(1)] }),
    rules: { sell: ask('custody on-hold/reserved', 'stay'), check: yes('stay') },
  },
  {
    story: 'asked for by this store, kept for a customer, and just come in',
    facts: facts({ custody: { at: 'in-transit', fromStoreId: THERE, toStoreId: HERE }, flags: [kept(1)] }),
    rules: { receive: yes('shelf') },
  },
  {
    story: 'kept for a customer who did not come: the promise has ended', facts: facts({ flags: [kept(-1)] }),
    rules: { sell: yes('customer'), receive: ask(HERE_ALREADY, 'inspection') },
  },
  {
    story: 'kept for a customer, and sold to him: nobody waits for it any more', facts: atCustomer(3, { flags: [kept(1)] }),
    finds: [AT_HOME],
    rules: { check: yes('stay') },
  },
  {
    story: 'in quarantine', facts: facts({ flags: [flag('quarantine')] }),
    rules: {
      sell: no('custody on-hold/quarantine', 'quarantine'), receive: ask('custody on-hold/quarantine', 'quarantine'),
    },
  },
  {
    story: 'a recalled piece that was taken back, in quarantine by its place alone',
    facts: facts({ custody: { ...IN_STOCK, area: 'quarantine' }, title: returned(2) }),
    rules: { sell: no('custody on-hold/quarantine', 'quarantine') },
  },
  {
    story: 'its cold chain was broken', facts: facts({ flags: [flag('cold-chain-excursion')] }),
    rules: { sell: no('custody on-hold/cold-chain-excursion', 'quarantine'), check: ask('custody on-hold/cold-chain-excursion', 'stay') },
  },
  {
    story: 'its logger tells that it was too warm', facts: facts({ flags: [flag('cold-chain-excursion')], sensed: warm }),
    finds: ['custody on-hold/too-warm'],
    rules: {
      sell: no('custody on-hold/too-warm', 'quarantine'), receive: ask('custody on-hold/too-warm', 'quarantine'),
      return: no(NOT_SOLD, 'inspection'), check: ask('custody on-hold/too-warm', 'stay'),
    },
  },
  {
    story: 'it was too warm, and somebody has looked at it and let it go', facts: facts({ sensed: warm }),
    rules: { sell: yes('customer') },
  },
  {
    story: 'it was too warm, and lies in another cart: the cart is there first', facts: facts({ flags: [flag('hold')], sensed: warm }, { heldBy: { flowId: 'flow-other', till: 'Till 2' } }),
    rules: { sell: no('custody in-another-cart/in-cart-of', 'stay') },
  },
  {
    story: 'it is only sold with readings, and there are none', facts: facts({}, { product: KEPT_COOL }),
    rules: { sell: ask('custody on-hold/no-readings', 'stay'), receive: ask(HERE_ALREADY, 'inspection') },
  },
  {
    story: 'it is only sold with readings, and the last one is of last week', facts: facts({ sensed: read([7, 5]) }, { product: KEPT_COOL }),
    rules: { sell: ask('custody on-hold/readings-old', 'stay') },
  },
  {
    story: 'it was cool all the time, to the last hour', facts: facts({ sensed: read([7, 5], [0.04, 6]) }, { product: KEPT_COOL }),
    rules: { sell: yes('customer') },
  },
  {
    story: 'it was too warm when it was last read, and nobody has read it since', facts: facts({ sensed: read([2, 5], [1, 12]) }),
    rules: { sell: ask('custody on-hold/still-outside', 'stay') },
  },
  {
    story: 'on hold, and in another cart: the cart weighs more',
    facts: facts({ flags: [flag('hold')] }, { heldBy: { flowId: 'flow-other', till: 'Till 2' } }),
    rules: { sell: no('custody in-another-cart/in-cart-of', 'stay') },
  },
  {
    story: 'still locked to its owner’s account', facts: atCustomer(3, { flags: [flag('activation-lock')] }),
    finds: ['custody on-hold/activation-lock'],
    rules: {
      return: ask(
        'custody on-hold/activation-lock', 'inspection',
      ), claim: ask('custody on-hold/activation-lock', 'inspection'),
      'trade-in': ask(
        'custody on-hold/activation-lock', 'inspection',
      ), transfer: ask('custody on-hold/activation-lock', 'customer'),
      check: yes('stay'),
    },
  },
  {
    story: 'taken back and still locked to somebody’s account', facts: facts({
      title: returned(2), condition: 'open-box', flags: [flag('activation-lock')],
    }),
    rules: { sell: ask('custody on-hold/activation-lock', 'stay') },
  },
  {
    story: 'stolen from our own showcase and brought to our counter',
    facts: facts({
      custody: { at: 'missing', storeId: HERE, since: before(24) }, flags: [flag('stolen-own', { reference: 'POL-1' })],
    }),
    finds: [OWN_THEFT],
    rules: {
      sell: hush(no(OWN_THEFT, 'police-hold')), return: hush(no(OWN_THEFT, 'police-hold')), check: hush(ask(OWN_THEFT, 'police-hold')),
      claim: hush(no(OWN_THEFT, 'police-hold')), 'trade-in': hush(no(OWN_THEFT, 'police-hold')), transfer: hush(no(OWN_THEFT, 'police-hold')),
      receive: hush(no(OWN_THEFT, 'police-hold')),
    },
  },
  {
    story: 'stolen from our own showcase and laid on our kiosk', facts: facts(
      { flags: [flag('stolen-own')] }, at('kiosk'),
    ),
    rules: { return: hush(no(OWN_THEFT, 'police-hold')), check: hush(ask(OWN_THEFT, 'police-hold')) },
  },
  {
    story: 'reported stolen by its owner', facts: atCustomer(3, { flags: [flag('stolen-reported')] }), finds: [THEFT],
    rules: {
      return: hush(no(THEFT, 'police-hold')), check: hush(ask(THEFT, 'police-hold')), claim: hush(no(THEFT, 'police-hold')),
      'trade-in': hush(no(THEFT, 'police-hold')), transfer: hush(no(THEFT, 'police-hold')),
    },
  },
  {
    story: 'reported stolen, while every list is old: a hit does not age', facts: atCustomer(
      3, { flags: [flag('stolen-reported')] }, aged(400),
    ),
    rules: { return: hush(no(THEFT, 'police-hold')), check: hush(ask(THEFT, 'police-hold')) },
  },
  {
    story: 'stolen, recalled and perhaps counterfeit: the theft is told first',
    facts: atCustomer(3, { flags: [flag('counterfeit-suspected'), campaign, flag('stolen-reported')] }),
    rules: { return: hush(no(THEFT, 'police-hold')), check: hush(ask(THEFT, 'police-hold')) },
  },
  {
    story: 'marked as perhaps counterfeit', facts: atCustomer(
      3, { flags: [flag('counterfeit-suspected')] },
    ), finds: [FAKE],
    rules: {
      sell: hush(no(FAKE, 'quarantine')), return: hush(ask(FAKE, 'quarantine')), check: hush(ask(FAKE, 'quarantine')),
      claim: hush(ask(FAKE, 'quarantine')), 'trade-in': hush(no(FAKE, 'quarantine')), transfer: hush(ask(FAKE, 'quarantine')),
      receive: hush(ask(FAKE, 'quarantine')),
    },
  },
  {
    story: 'sold twice by its history: one of two pieces or one of two records is wrong, nobody is accused',
    facts: atCustomer(3, {}, { contradictions: ['sold-twice'] }), finds: [TWICE],
    rules: {
      return: ask(TWICE, 'inspection'), check: ask(TWICE, 'stay'), claim: ask(TWICE, 'inspection'), 'trade-in': no(TWICE, 'customer'),
      transfer: ask(TWICE, 'customer'),
    },
  },
  {
    story: 'on our shelf with a history that cannot be', facts: facts({}, { contradictions: ['commissioned-twice'] }),
    rules: { sell: no(TWICE, 'stay'), receive: ask(TWICE, 'inspection') },
  },
  {
    story: 'recalled and on our shelf', facts: facts(isRecalled), finds: [RECALLED],
    rules: { sell: no(RECALLED, 'quarantine'), check: ask(RECALLED, 'stay'), receive: ask(HERE_ALREADY, 'quarantine') },
  },
  {
    story: 'recalled while it lies in this sale', facts: facts(
      isRecalled, { heldBy: { flowId: MY_FLOW, till: 'Till 1' } },
    ),
    rules: { sell: no(RECALLED, 'quarantine') },
  },
  {
    story: 'recalled, delivered to us', facts: facts({ ...isRecalled, custody: { at: 'expected', storeId: HERE } }),
    rules: { receive: ask(RECALLED, 'quarantine') },
  },
  {
    story: 'recalled and brought back: taken gladly, and set apart', facts: atCustomer(3, isRecalled),
    rules: {
      return: yes('quarantine'), claim: yes('quarantine'), check: ask(RECALLED, 'stay'), 'trade-in': ask(RECALLED, 'quarantine'),
      transfer: yes('customer'),
    },
  },
  {
    story: 'recalled and brought to the kiosk: it deserves a person', facts: atCustomer(3, isRecalled, at('kiosk')),
    rules: { return: ask(RECALLED, 'quarantine'), check: ask(RECALLED, 'stay') },
  },
  {
    story: 'recalled, with its window and its cover long over: no refund, but a remedy',
    facts: atCustomer(900, { ...isRecalled, cover: [layer('legal', 900, -170)] }),
    rules: { return: no(OVER, 'quarantine'), claim: ask('warranty ended/ended-on', 'quarantine') },
  },
  {
    story: 'a recall that was remedied', facts: atCustomer(3, { flags: [campaign, remedy] }), finds: ['recall remedied/campaign-remedied'],
    rules: {
      return: yes('inspection'), check: yes('stay'), claim: yes('maker'), 'trade-in': yes('inspection'), transfer: yes('customer'),
      sell: no(SOLD, 'stay'),
    },
  },
  {
    story: 'our own, a recall of which was remedied', facts: facts({
      flags: [remedy], custody: { at: 'expected', storeId: HERE },
    }),
    rules: { receive: yes('shelf'), sell: ask('custody not-here/not-received-yet', 'stay') },
  },
  {
    story: 'one recall remedied, a second one open', facts: facts({
      flags: [campaign, remedy, flag('recall', { reference: 'RC-8' })],
    }),
    rules: { sell: no(RECALLED, 'quarantine'), check: ask(RECALLED, 'stay') },
  },
  {
    story: 'remedied, and called out again for the same campaign', facts: facts({
      flags: [{ ...campaign, at: before(0.5) }, remedy],
    }),
    rules: { sell: no(RECALLED, 'quarantine') },
  },
  {
    story: 'one recall remedied long ago, and the list too old to know of the next',
    facts: atCustomer(3, { title: sold(3, dear), flags: [remedy] }, { asOf: { ...facts().asOf, recall: before(9) } }),
    finds: ['recall unknown/list-too-old'],
    rules: { return: yes('inspection'), claim: yes('maker'), check: ask('recall unknown/list-too-old', 'stay') },
  },
  {
    story: 'the same dear piece at the kiosk',
    facts: atCustomer(
      3, { title: sold(3, dear), flags: [remedy] }, { ...at('kiosk'), asOf: { ...facts().asOf, recall: before(9) } },
    ),
    rules: {
      return: ask('recall unknown/list-too-old', 'inspection'), check: ask('recall unknown/list-too-old', 'stay'),
    },
  },
]

/** Which protection it still has. */
const COVER: readonly Page[] = [
  {
    story: 'the maker’s warranty and the legal guarantee both last: the promise is named before the law',
    facts: atCustomer(
      100, { cover: [layer('legal', 100, 630), layer('maker', 100, 265)] },
    ), finds: ['warranty covered/covered-until'],
    rules: { claim: yes('maker') },
  },
  {
    story: 'the maker’s warranty ended, the legal guarantee lasts',
    facts: atCustomer(
      400, { cover: [layer('legal', 400, 330), layer('maker', 400, -35)] },
    ), finds: ['warranty covered/covered-by-law-until'],
    rules: { claim: yes('maker'), check: yes('stay'), return: no(OVER, 'customer') },
  },
  {
    story: 'law and maker ended, a plan that was bought still lasts',
    facts: atCustomer(
      900,
      {
        cover: [
          layer('legal', 900, -170), layer('maker', 900, -535), layer('plan', 900, 195, { contractNumber: 'PL-1' }),
        ],
      },
    ),
    finds: ['warranty covered/covered-until'], rules: { claim: yes('maker') },
  },
  {
    story: 'the last day of the cover', facts: atCustomer(
      730, { cover: [layer('legal', 730, 0)] },
    ), finds: ['warranty covered/covered-until'],
    rules: { claim: yes('maker') },
  },
  {
    story: 'the day after the cover', facts: atCustomer(
      731, { cover: [layer('legal', 731, -1)] },
    ), finds: ['warranty ended/ended-on'],
    rules: {
      claim: no('warranty ended/ended-on', 'customer'), check: yes('stay'), 'trade-in': yes('inspection'), transfer: yes('customer'),
      return: no(OVER, 'customer'), sell: no(SOLD, 'stay'), receive: ask(AT_HOME, 'inspection'),
    },
  },
  {
    story: 'everything ended but a repair, which is guaranteed by itself',
    facts: atCustomer(
      900, { cover: [layer('legal', 900, -170), layer('repair', 20, 345)] },
    ), finds: ['warranty covered/covered-until'],
    rules: { claim: yes('maker') },
  },
  {
    story: 'cover starts with the delivery next week', facts: atCustomer(
      1, { cover: [layer('maker', -7, 358, { basis: 'delivery' })] },
    ),
    finds: ['warranty not-started/not-started'],
    rules: {
      claim: ask(
        'warranty not-started/not-started', 'inspection',
      ), check: yes('stay'), return: yes('inspection'), transfer: yes('customer'),
      'trade-in': yes('inspection'), sell: no(SOLD, 'stay'), receive: ask(AT_HOME, 'inspection'),
    },
  },
  {
    story: 'the only cover is void: opened by a stranger', facts: atCustomer(
      90, { cover: [layer('maker', 90, 275, { voidWhy: 'Seal broken' })] },
    ),
    finds: ['warranty void/void-because'],
    rules: {
      claim: ask(
        'warranty void/void-because', 'inspection',
      ), check: yes('stay'), return: no(OVER, 'customer'), transfer: yes('customer'),
      'trade-in': yes('inspection'), sell: no(SOLD, 'stay'), receive: ask(AT_HOME, 'inspection'),
    },
  },
  {
    story: 'the maker’s cover is void, the law’s is not',
    facts: atCustomer(90, { cover: [layer('maker', 90, 275, { voidWhy: 'Seal broken' }), layer('legal', 90, 640)] }),
    finds: ['warranty covered/covered-until'], rules: { claim: yes('maker') },
  },
  {
    story: 'bought here, but no dates of cover are on record', facts: atCustomer(3, { cover: [] }), finds: [NO_DATES],
    rules: {
      claim: ask(NO_DATES, 'inspection'), return: yes('inspection'), transfer: yes('customer'),
      'trade-in': yes('inspection'),
    },
  },
]

/** Numbers that are not, or not yet, a piece of ours. */
const STRANGERS: readonly Page[] = [
  {
    story: 'our product with a serial we never had', facts: stranger({ is: 'product' }),
    finds: [
      STRANGE, UNLISTED, 'recall unknown/not-known-here', 'authenticity not-checkable/not-checkable',
      'custody unknown/unknown-place', NO_RECORD,
    ],
    rules: {
      sell: no(STRANGE, 'stay'), return: ask(UNLISTED, 'inspection'), check: ask(UNLISTED, 'stay'), claim: ask(UNLISTED, 'inspection'),
      'trade-in': ask(UNLISTED, 'inspection'), transfer: no(STRANGE, 'customer'), receive: yes('shelf', UNLISTED),
    },
  },
  {
    story: 'a number nobody knows', facts: stranger({ is: 'unknown' }), finds: [NOT_KNOWN],
    rules: {
      sell: no(NOT_KNOWN, 'stay'), return: ask(UNLISTED, 'inspection'), check: ask(UNLISTED, 'stay'), claim: ask(UNLISTED, 'inspection'),
      'trade-in': ask(UNLISTED, 'inspection'), transfer: no(NOT_KNOWN, 'customer'), receive: ask(NOT_KNOWN, 'inspection'),
    },
  },
  {
    story: 'a number with a wrong check digit', facts: stranger({
      is: 'impossible', why: 'bad-check-digit',
    }), finds: [UNREADABLE],
    rules: {
      sell: no(UNREADABLE, 'stay'), return: ask(UNLISTED, 'inspection'), check: no(UNREADABLE, 'stay'), claim: ask(UNLISTED, 'inspection'),
      'trade-in': no(UNREADABLE, 'customer'), transfer: no(UNREADABLE, 'customer'), receive: no(UNREADABLE, 'maker'),
    },
  },
  {
    story: 'a number the maker does not issue', facts: stranger({ is: 'impossible', why: 'wrong-format' }),
    rules: {
      check: no('identity impossible/wrong-format', 'stay'), receive: no('identity impossible/wrong-format', 'maker'),
    },
  },
  {
    story: 'a number of two makers', facts: stranger({ is: 'ambiguous', candidates: 2 }), finds: [MANY],
    rules: {
      sell: ask(NO_RECORD, 'stay'), return: ask(UNLISTED, 'inspection'), check: ask(UNLISTED, 'stay'), claim: ask(UNLISTED, 'inspection'),
      'trade-in': ask(UNLISTED, 'inspection'), transfer: no(MANY, 'customer'), receive: ask(MANY, 'inspection'),
    },
  },
  {
    story: 'relabelled, and scanned by its old label', facts: facts(
      {}, { identity: { is: 'unit', matchedBy: 'serial', retiredLabel: 'OLD-1' } },
    ),
    finds: ['identity known-unit/known-by-old-label'], rules: { sell: yes('customer'), check: yes('stay') },
  },
  {
    story: 'sold, and brought back under its old label', facts: atCustomer(
      3, {}, { identity: { is: 'unit', matchedBy: 'serial', retiredLabel: 'OLD-1' } },
    ),
    rules: { return: yes('inspection'), claim: yes('maker') },
  },
  {
    story: 'brought to the kiosk under its old label',
    facts: atCustomer(3, {}, { ...at('kiosk'), identity: { is: 'unit', matchedBy: 'serial', retiredLabel: 'OLD-1' } }),
    rules: { return: ask('identity known-unit/known-by-old-label', 'inspection'), check: yes('stay') },
  },
]

/** Old lists, no lists, wrong clocks: what we do not know is never "clear". */
const AGE: readonly Page[] = [
  {
    story: 'a cheap piece at the counter, everything two days old: the shop takes the risk', facts: atCustomer(3, { title: sold(3, small) }, aged(2)),
    finds: [OLD, 'recall unknown/list-too-old'],
    rules: {
      return: yes('inspection', OLD), check: ask(OLD, 'stay'), claim: ask(OLD, 'inspection'),
      transfer: ask(OLD, 'customer'), 'trade-in': ask(OLD, 'inspection'),
    },
  },
  {
    story: 'a cheap piece at the kiosk, everything two days old', facts: atCustomer(
      3, { title: sold(3, small) }, { ...aged(2), ...at('kiosk') },
    ),
    rules: { return: yes('inspection', OLD), check: ask(OLD, 'stay') },
  },
  {
    story: 'a piece for 199.00, everything two days old: the counter may', facts: atCustomer(3, {}, aged(2)),
    rules: { return: yes('inspection', OLD) },
  },
  {
    story: 'a piece for 199.00, everything two days old: the kiosk may not', facts: atCustomer(3, {}, { ...aged(2), ...at('kiosk') }),
    rules: { return: ask(OLD, 'inspection') },
  },
  {
    story: 'a piece for 199.00, everything two days old: the service desk may', facts: atCustomer(
      3, {}, { ...aged(2), ...at('service') },
    ),
    rules: { return: yes('inspection', OLD) },
  },
  {
    story: 'a dear piece, everything two days old: nobody may alone', facts: atCustomer(3, { title: sold(3, dear) }, aged(2)),
    rules: { return: ask(OLD, 'inspection') },
  },
  {
    story: 'a dear piece, fresh lists, but the sales were last told two days ago',
    facts: atCustomer(3, { title: sold(3, dear) }, { asOf: { ...facts().asOf, mirror: before(2) } }),
    rules: { return: ask('purchase ours-sold/record-too-old', 'inspection'), claim: yes('maker') },
  },
  {
    story: 'a dear piece with everything fresh', facts: atCustomer(3, { title: sold(3, dear) }), rules: { return: yes('inspection') },
  },
  {
    story: 'our own stock while the cable is out for a week: sold', facts: facts({}, aged(7)),
    rules: { sell: yes('customer', OLD), check: ask(OLD, 'stay'), receive: ask(HERE_ALREADY, 'inspection') },
  },
  {
    story: 'a cheap piece, and no list at all: no amount is small enough',
    facts: atCustomer(
      3, { title: sold(3, small) }, { asOf: { mirror: before(0.1), stolen: null, recall: null } },
    ), finds: [NO_LIST, 'recall unknown/no-list'],
    rules: {
      return: ask(NO_LIST, 'inspection'), check: ask(NO_LIST, 'stay'), claim: ask(NO_LIST, 'inspection'), 'trade-in': ask(NO_LIST, 'inspection'),
      transfer: ask(NO_LIST, 'customer'), sell: no(SOLD, 'stay'),
    },
  },
  {
    story: 'a delivery while there is no list at all', facts: facts(
      { custody: { at: 'expected', storeId: HERE } }, { asOf: { mirror: null, stolen: null, recall: null } },
    ),
    rules: { receive: yes('shelf', NO_LIST), sell: ask('custody not-here/not-received-yet', 'stay') },
  },
  {
    story: 'the clock of the till is a year behind: the sale and the lists are of the future', facts: atCustomer(3, { title: sold(3, small) }),
    now: new Date(Date.parse(NOW) - 365 * DAY_MS).toISOString(), finds: [
      'stolen unknown/clock-wrong', 'recall unknown/clock-wrong', 'purchase ours-sold/clock-wrong',
    ],
    rules: {
      return: ask('stolen unknown/clock-wrong', 'inspection'), claim: ask('stolen unknown/clock-wrong', 'inspection'),
      'trade-in': ask(
        'stolen unknown/clock-wrong', 'inspection',
      ), transfer: ask('stolen unknown/clock-wrong', 'customer'), check: ask('stolen unknown/clock-wrong', 'stay'),
    },
  },
  {
    story: 'sold by a till whose clock is a year ahead', facts: atCustomer(
      3, { title: sold(3, { soldAt: before(-362) }) },
    ),
    rules: {
      return: ask(
        'purchase ours-sold/clock-wrong', 'inspection',
      ), claim: ask('purchase ours-sold/clock-wrong', 'inspection'),
      'trade-in': ask(
        'purchase ours-sold/clock-wrong', 'inspection',
      ), transfer: ask('purchase ours-sold/clock-wrong', 'customer'),
    },
  },
  {
    story: 'the clock of the till is a year ahead: the window looks over, and the lists look old',
    facts: atCustomer(3), now: new Date(Date.parse(NOW) + 365 * DAY_MS).toISOString(),
    rules: { return: no(OVER, 'customer'), check: ask(OLD, 'stay') },
  },
  {
    story: 'bought a minute ago at a till whose clock is a little ahead', facts: atCustomer(
      0, { title: sold(0, { soldAt: before(-0.04) }) },
    ),
    rules: { return: yes('inspection') },
  },
]

/** What others said when they were asked. */
const OUTSIDE: readonly Page[] = [
  {
    story: 'a register of stolen goods lists a stranger’s piece',
    facts: stranger({ is: 'product' }, { outside: [outside({ asks: 'stolen', said: 'listed' })] }), finds: [THEFT],
    rules: {
      'trade-in': hush(no(THEFT, 'police-hold')), check: hush(ask(THEFT, 'police-hold')),
      receive: hush(no(THEFT, 'police-hold')),
    },
  },
  {
    story: 'a register does not list a stranger’s piece: clear, though never proven ours',
    facts: stranger({ is: 'product' }, { outside: [outside({ asks: 'stolen', said: 'not-listed' })] }), finds: [CLEAR],
    rules: { 'trade-in': ask('authenticity not-checkable/not-checkable', 'inspection') },
  },
  {
    story: 'the register cannot be reached', facts: atCustomer(
      3, { title: sold(3, dear) }, { outside: [outside({ asks: 'stolen', said: 'unreachable' })] },
    ),
    finds: ['stolen unknown/register-unreachable'],
    rules: {
      return: ask(
        'stolen unknown/register-unreachable', 'inspection',
      ), 'trade-in': ask('stolen unknown/register-unreachable', 'inspection'),
      transfer: ask('stolen unknown/register-unreachable', 'customer'), claim: ask(
        'stolen unknown/register-unreachable', 'inspection',
      ),
    },
  },
  {
    story: 'the register cannot be reached for a cheap piece', facts: atCustomer(
      3, { title: sold(3, small) }, { outside: [outside({ asks: 'stolen', said: 'unreachable' })] },
    ),
    rules: {
      return: yes('inspection', 'stolen unknown/register-unreachable'),
      check: ask('stolen unknown/register-unreachable', 'stay'),
    },
  },
  {
    story: 'the tag of the piece proved that it is genuine', facts: atCustomer(
      3, {}, { outside: [outside({ asks: 'authenticity', said: 'genuine' })] },
    ),
    finds: ['authenticity proven/proven-by'],
    rules: {
      return: yes('inspection'), check: yes('stay'), claim: yes('maker'), 'trade-in': yes('inspection'), transfer: yes('customer'), sell: no(SOLD, 'stay'),
      receive: ask(AT_HOME, 'inspection'),
    },
  },
  {
    story: 'a genuine tag on a piece whose history cannot be', facts: atCustomer(
      3, {}, { contradictions: ['sold-twice'], outside: [outside({ asks: 'authenticity', said: 'genuine' })] },
    ),
    finds: [TWICE], rules: { return: ask(TWICE, 'inspection') },
  },
  {
    story: 'the proof of the tag failed: a copy', facts: atCustomer(
      3, {}, { outside: [outside({ asks: 'authenticity', said: 'fake' })] },
    ),
    finds: ['authenticity counterfeit/proof-failed'],
    rules: {
      sell: hush(no(
        'authenticity counterfeit/proof-failed', 'quarantine',
      )), return: hush(no('authenticity counterfeit/proof-failed', 'quarantine')),
      check: hush(ask(
        'authenticity counterfeit/proof-failed', 'quarantine',
      )), claim: hush(no('authenticity counterfeit/proof-failed', 'quarantine')),
      'trade-in': hush(no(
        'authenticity counterfeit/proof-failed', 'quarantine',
      )), transfer: hush(no('authenticity counterfeit/proof-failed', 'quarantine')),
      receive: hush(no('authenticity counterfeit/proof-failed', 'quarantine')),
    },
  },
  {
    story: 'the maker’s service cannot be reached', facts: atCustomer(
      3, {}, { outside: [outside({ asks: 'authenticity', said: 'unreachable' })] },
    ),
    finds: ['authenticity not-checkable/register-unreachable'],
    rules: {
      return: yes('inspection'), 'trade-in': ask('authenticity not-checkable/register-unreachable', 'inspection'),
      check: yes('stay'),
    },
  },
  {
    story: 'the centre knows every sale, and this was none', facts: stranger(
      { is: 'product' }, { outside: [outside({ asks: 'purchase', said: 'none-of-ours' })] },
    ),
    finds: ['purchase not-ours/not-ours'],
    rules: {
      return: no(
        'purchase not-ours/not-ours', 'customer',
      ), claim: ask(UNLISTED, 'inspection'), 'trade-in': ask(UNLISTED, 'inspection'),
      check: ask(UNLISTED, 'stay'), sell: no('purchase not-ours/not-ours', 'stay'), transfer: no(STRANGE, 'customer'), receive: yes('shelf', UNLISTED),
    },
  },
  {
    story: 'the maker says who sold it, and it was another merchant',
    facts: stranger(
      { is: 'product' }, { outside: [outside({ asks: 'purchase', said: 'another-merchant' })] },
    ), finds: ['purchase sold-elsewhere/sold-by-another'],
    rules: {
      return: no(
        'purchase sold-elsewhere/sold-by-another', 'customer',
      ), claim: ask(UNLISTED, 'inspection'), 'trade-in': ask(UNLISTED, 'inspection'),
      check: ask(UNLISTED, 'stay'), sell: no(
        'purchase sold-elsewhere/sold-by-another', 'stay',
      ), transfer: no(STRANGE, 'customer'), receive: yes('shelf', UNLISTED),
    },
  },
  {
    story: 'the centre cannot be asked about a number we do not know', facts: stranger(
      { is: 'unknown' }, { outside: [outside({ asks: 'purchase', said: 'unreachable' })] },
    ),
    finds: ['purchase unknown/register-unreachable'], rules: { return: ask(UNLISTED, 'inspection') },
  },
  {
    story: 'the centre says none of ours, but our own till sold it an hour ago',
    facts: atCustomer(
      0, { title: { is: 'sold', purchase: purchase(0.04) } },
      { source: 'till', outside: [outside({ asks: 'purchase', said: 'none-of-ours' })] },
    ),
    finds: [SOLD], rules: { return: yes('inspection') },
  },
  {
    story: 'a register answered whose terms forbid keeping the answer',
    facts: atCustomer(3, {}, { outside: [outside({ asks: 'stolen', said: 'not-kept' })] }),
    finds: ['stolen unknown/answer-not-kept'],
    rules: {
      return: ask('stolen unknown/answer-not-kept', 'inspection'), claim: ask('stolen unknown/answer-not-kept', 'inspection'), check: ask('stolen unknown/answer-not-kept', 'stay'),
    },
  },
  {
    story: 'the clock of the till is a year ahead: bought the day before yesterday, or so it was',
    facts: atCustomer(2, {}, { clock: 'suspect' }), now: before(-365),
    finds: ['purchase ours-sold/clock-suspect', 'warranty unknown/clock-suspect'],
    rules: {
      return: ask('purchase ours-sold/clock-suspect', 'inspection'), claim: ask('stolen unknown/list-too-old', 'inspection'),
      'trade-in': ask('stolen unknown/list-too-old', 'inspection'), transfer: ask('stolen unknown/list-too-old', 'customer'),
    },
  },
  {
    story: 'the clock is a year ahead on a till whose lists were never aged by it',
    facts: atCustomer(2, {}, { clock: 'suspect', asOf: { mirror: before(-365), stolen: before(-365), recall: before(-365) } }),
    now: before(-365), finds: ['purchase ours-sold/clock-suspect'],
    rules: { return: ask('purchase ours-sold/clock-suspect', 'inspection'), claim: ask('warranty unknown/clock-suspect', 'inspection') },
  },
]

export const HANDBOOK: readonly Page[] = [...LIFE, ...PLACES, ...FLAGS, ...COVER, ...STRANGERS, ...AGE, ...OUTSIDE]
