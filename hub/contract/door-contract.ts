import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Day, Id, Instant, Params } from '../../contract/ids.ts'
import { Cents, Currency } from '../../contract/money.ts'
import { LimitedKind, ProductLimits } from '../../contract/sensors/product-limits.ts'
import { Condition } from '../../contract/unit.ts'
import type { Scope } from './office-calls.ts'

/** What a key must be allowed for a call of the doors. A write that is repeated names its token in `Idempotency-Key`. */
export interface DoorAllowed {
  readonly scope: Scope
  readonly needsToken: boolean
}

const Refused = z.object({ code: z.string(), place: z.string().nullable() })

const base = oc.$meta<DoorAllowed>({ scope: 'events', needsToken: false }).errors({
  UNAUTHORIZED: { status: 401, message: 'No key, or one that is not valid.' },
  FORBIDDEN: { status: 403, message: 'This key may not do that.' },
  REFUSED: { status: 409, data: Refused, message: 'It cannot be done; nothing was changed.' },
  TOKEN: { status: 422, data: Refused, message: 'The Idempotency-Key is missing, or was used for something else.' },
  TOO_MANY: { status: 429, message: 'Too many calls. Wait a moment.' },
})

const reading = (scope: Scope) => base.meta({ scope, needsToken: false })
const writing = (scope: Scope) => base.meta({ scope, needsToken: true })

const Amount = Cents.meta({ description: 'Whole minor units of the currency: 1234 is 12.34.' })
const ProductName = { gtin: z.string().regex(/^\d{8}(\d{4,6})?$/).optional(), sku: z.string().min(1).max(64).optional() }

export const EventMessage = z.object({
  seq: z.int().meta({ description: 'Its place in the list; the next page begins after the last one had.' }),
  id: z.string(), kind: z.string().meta({ description: 'sale, sold, returned, refunded, received, flagged, …' }), at: Instant, receivedAt: Instant,
  unitId: Id.nullable(), productId: Id.nullable(), serial: z.string().nullable(), lot: z.string().nullable(), storeId: Id.nullable(), tillId: Id.nullable(),
  verdict: z.string().nullable(), amount_cents: Amount.nullable(), currency: Currency.nullable(), params: Params,
})

export const NoticeLine = z.object({ ...ProductName, serials: z.array(z.string().trim().min(1).max(64)).max(5_000), lot: z.string().max(32).optional(), producedOn: Day.optional() })
export const NewNotice = z.object({
  number: z.string().trim().min(1).max(64), supplier: z.string().trim().min(1).max(80), storeId: Id, dueOn: Day.optional(), lines: z.array(NoticeLine).min(1).max(1_000),
})
export const Notice = z.object({ number: z.string(), supplier: z.string(), storeId: Id, dueOn: Day.nullable(), state: z.enum(['expected', 'partly', 'received']), expected: z.int(), received: z.int() })

export const OrderLine = z.object({ ...ProductName, serial: z.string().max(64).optional(), quantity: z.int().min(1).max(10_000).default(1), price_cents: Amount })
export const NewOrder = z.object({
  number: z.string().trim().min(1).max(64), storeId: Id, soldAt: Instant, currency: Currency, channel: z.enum(['online', 'marketplace']).default('online'),
  lines: z.array(OrderLine).min(1).max(1_000),
  customer: z.object({ email: z.email().max(254), name: z.string().max(160), phone: z.string().max(40).default(''), address: z.string().max(400).default('') }).optional(),
})
export const Order = z.object({ number: z.string(), state: z.enum(['open', 'sold']), units: z.array(Id) })

export const UnitAnswer = z.object({
  unitId: Id, productId: Id, name: z.string(), gtin: z.string().nullable(), numbers: z.array(z.object({ kind: z.string(), value: z.string() })),
  custody: z.string(), storeId: Id.nullable(), title: z.string(), condition: Condition, flags: z.array(z.string()), soldAt: Instant.nullable(), receiptNumber: z.string().nullable(),
})

export const NewReading = z.object({
  serial: z.string().trim().min(1).max(64), ...ProductName,
  of: LimitedKind, unit: z.string().max(3).meta({ description: 'UN/ECE Recommendation 20: CEL, FAH, KEL; P1; K40 (g), MSK.' }),
  value: z.number().optional(), low: z.number().optional(), high: z.number().optional(), at: Instant.optional(), from: Instant.optional(), to: Instant.optional(),
  alarm: z.boolean().default(false), source: z.string().trim().min(1).max(128),
}).refine(({ value, low, high, alarm }) => alarm || value !== undefined || (low !== undefined && high !== undefined && low <= high), 'a reading has a value, or a low and a high one')
  .refine(({ at, from, to }) => at !== undefined || (from !== undefined && to !== undefined && Date.parse(from) <= Date.parse(to)), 'a reading is of a moment, or of the time between two')
export type NewReading = z.infer<typeof NewReading>

const StockAnswer = z.object({ storeId: Id, productId: Id, gtin: z.string().nullable(), sku: z.string(), pieces: z.int() })
const Posting = z.object({
  day: Day, storeId: Id, currency: Currency, debit: z.string(), credit: z.string(), amount_cents: Amount, tax_bp: z.int().nullable(), text: z.string(), documents: z.int(),
})

/** What other systems may ask and tell. The OpenAPI document is made from this and from nothing else. */
export const doorContract = {
  stock: {
    list: reading('stock').route({ method: 'GET', path: '/stock', summary: 'What lies in each store', tags: ['Stock'] })
      .input(z.object({ storeId: Id.optional() })).output(z.array(StockAnswer)),
  },
  events: {
    list: reading('events').route({ method: 'GET', path: '/events', summary: 'What has been applied, in one order', tags: ['Events'], description: 'Sales, returns and everything that happens to a piece. Read from `after=0` and go on after the last `seq`: no line is left out and none comes twice.' })
      .input(z.object({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1_000).default(200), kinds: z.string().max(400).optional() }))
      .output(z.object({ events: z.array(EventMessage), next: z.int() })),
  },
  units: {
    get: reading('events').route({ method: 'GET', path: '/units/{number}', summary: 'Pieces by any number on them', tags: ['Pieces'] })
      .input(z.object({ number: z.string().min(1).max(128) })).output(z.array(UnitAnswer)),
  },
  products: {
    put: writing('products').route({ method: 'PUT', path: '/products/{sku}', summary: 'Writes a product and its price', tags: ['Products'] })
      .input(z.object({
        sku: z.string().min(1).max(64), gtin: z.string().regex(/^\d{8}(\d{4,6})?$/).nullable().default(null), brand: z.string().min(1).max(80), name: z.string().min(1).max(160),
        variant: z.string().max(80).default(''), category: z.string().min(1).max(64), tracking: z.enum(['serial', 'lot', 'none', 'service']), price_cents: Amount,
        tax_bp: z.int().min(0).max(10_000), makerMonths: z.int().min(0).max(600).default(0), durable: z.boolean().default(false), supplier: z.string().max(80).default(''), active: z.boolean().default(true),
        limits: ProductLimits.nullable().optional().meta({ description: 'What its pieces are kept within; left out, it stays as it is.' }),
      }))
      .output(z.object({ productId: Id })),
  },
  notices: {
    create: writing('notices').route({ method: 'POST', path: '/receive-notices', summary: 'Announces a delivery (ASN)', tags: ['Deliveries'], successStatus: 201 })
      .input(NewNotice).output(Notice),
    get: reading('notices').route({ method: 'GET', path: '/receive-notices/{number}', summary: 'How much of a delivery has come', tags: ['Deliveries'] })
      .input(z.object({ number: z.string() })).output(Notice),
  },
  readings: {
    take: writing('readings').route({ method: 'POST', path: '/readings', summary: 'Tells what sensors have read of pieces', tags: ['Pieces'], successStatus: 201, description: 'For loggers that do not speak EPCIS. The same reading told again is one reading. Pieces that are not known, or not by one number alone, are named in `unknown`.' })
      .input(z.object({ readings: z.array(NewReading).min(1).max(5_000) })).output(z.object({ taken: z.int(), unknown: z.array(z.string()) })),
  },
  orders: {
    create: writing('orders').route({ method: 'POST', path: '/orders', summary: 'Hands in an online order', tags: ['Orders'], successStatus: 201, description: 'Lines with a serial sell that very piece; it can then be returned in any store. If one of them cannot be sold, nothing is.' })
      .input(NewOrder).output(Order),
  },
  postings: {
    day: reading('postings').route({ method: 'GET', path: '/postings/{day}', summary: 'The postings of a day', tags: ['Accounting'] })
      .input(z.object({ day: Day })).output(z.array(Posting)),
  },
}
export type DoorContract = typeof doorContract
