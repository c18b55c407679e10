import { implement, ORPCError } from '@orpc/server'
import { holdsCardNumber } from '../../contract/identity/card-guard.ts'
import { productName } from '../../contract/product-name.ts'
import { Picture, type UnitCard } from '../../contract/unit.ts'
import { doorContract } from '../contract/door-contract.ts'
import { productNames, productsOfCodes, writeProducts } from '../catalogue/products.ts'
import { stockByStore } from '../catalogue/stock.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { isKeepable } from '../keepable.ts'
import { newId } from '../ground.ts'
import type { Office } from '../people/office.ts'
import { toldAfter } from '../reports/told-row.ts'
import { findUnits, timed } from '../tills/unit-search.ts'
import type { Caller } from './api-keys.ts'
import { announce, noticeOf } from './deliveries.ts'
import { DoorRefusal } from './door-refusal.ts'
import { messageOf } from './hook-message.ts'
import { once } from './once.ts'
import { takeOrder } from './orders.ts'
import { postingsOfDay } from './postings.ts'
import { takeTold } from './told-readings.ts'

/** Who calls, by the key; and the token under which a write is done once. */
export interface DoorContext {
  readonly caller: Caller | null
  readonly token: string | null
}

const STATUS = { REFUSED: 409, TOKEN: 422, UNAUTHORIZED: 401, FORBIDDEN: 403 } as const

const refusal = (error: DoorRefusal): ORPCError<string, unknown> =>
  new ORPCError(error.error, { status: STATUS[error.error], data: { code: error.fault, place: error.place }, message: error.fault })

/** Numbers of pieces are whatever their makers made them, and those of orders and deliveries what a program counted. */
const MACHINE_NUMBERS: ReadonlySet<string> = new Set(['serial', 'serials', 'number', 'gtin'])

/** The calls with the check of the key in front; what must not be kept is refused in whatever field it was typed. */
function implementer() {
  return implement(doorContract)
    .$context<DoorContext>()
    .use(async ({ context, next, procedure }, input) => {
      const { scope, needsToken } = procedure['~orpc'].meta
      if (context.caller === null) throw refusal(new DoorRefusal('UNAUTHORIZED', 'no-key'))
      if (!context.caller.scopes.includes(scope)) throw refusal(new DoorRefusal('FORBIDDEN', 'scope', scope))
      if (needsToken && context.token === null) throw refusal(new DoorRefusal('TOKEN', 'token-missing', 'Idempotency-Key'))
      if (!isKeepable(input)) throw new ORPCError('BAD_REQUEST', { message: 'A text holds what cannot be kept.' })
      if (needsToken && holdsCardNumber(input, MACHINE_NUMBERS)) throw refusal(new DoorRefusal('REFUSED', 'card-number'))
      try {
        return await next()
      } catch (error) {
        if (error instanceof HubRefusal) throw refusal(new DoorRefusal('REFUSED', error.fault))
        throw error instanceof DoorRefusal ? refusal(error) : error
      }
    })
}

const callerIn = (context: DoorContext): Caller => {
  if (context.caller === null) throw new DoorRefusal('UNAUTHORIZED', 'no-key')
  return context.caller
}

/** The doors for other systems; one without a handler does not compile. */
export function doorRouter(office: Office) {
  const os = implementer()
  const { db, now_ms } = office
  return os.router({
    stock: {
      list: os.stock.list.handler(async ({ input }) => {
        const rows = await stockByStore(db, input.storeId ?? null, '')
        const products = await productNames(db, rows.map((row) => row.productId))
        return rows.map(({ storeId, productId, pieces }) => ({ storeId, productId, gtin: products.get(productId)?.gtin ?? null, sku: products.get(productId)?.sku ?? '', pieces }))
      }),
    },
    events: {
      list: os.events.list.handler(async ({ input }) => {
        const rows = await toldAfter(db, input.after, input.limit)
        const kinds = new Set((input.kinds ?? '').split(',').filter((kind) => kind !== ''))
        return { events: rows.filter((row) => kinds.size === 0 || kinds.has(row.kind)).map((row) => ({ ...messageOf(row), amount_cents: row.amount_cents as never })), next: rows.at(-1)?.seq ?? input.after }
      }),
    },
    units: { get: os.units.get.handler(async ({ input }) => (await timed(db, now_ms, () => findUnits(db, input.number))).map(unitAnswer)) },
    products: {
      put: os.products.put.handler(({ context, input }) =>
        once(office, callerIn(context), context.token, input, async (tx, tell) => {
          const gtin = input.gtin === null ? null : input.gtin.padStart(14, '0')
          const id = (await productsOfCodes(tx, [input.sku])).get(input.sku) ?? newId()
          const before = (await productNames(tx, [id])).get(id)
          const product = { ...input, gtin, id, serialMask: before?.serial_mask ?? null, picture: Picture.catch('other').parse(before?.picture) }
          if ((await writeProducts(tx, tell, [product])).size > 0) throw new DoorRefusal('REFUSED', 'code-of-another-product', 'gtin')
          return { productId: id }
        })),
    },
    notices: {
      create: os.notices.create.handler(({ context, input }) => once(office, callerIn(context), context.token, input, (tx, tell) => announce(tx, tell, office, input))),
      get: os.notices.get.handler(({ input }) => noticeOf(db, input.number)),
    },
    readings: { take: os.readings.take.handler(({ context, input }) => once(office, callerIn(context), context.token, input, (tx, tell) => takeTold(tx, tell, office, input.readings))) },
    orders: { create: os.orders.create.handler(({ context, input }) => once(office, callerIn(context), context.token, input, (tx, tell) => takeOrder(tx, tell, office, input))) },
    postings: { day: os.postings.day.handler(({ input }) => postingsOfDay(db, input.day)) },
  })
}

function unitAnswer(card: UnitCard) {
  const { facts } = card
  const purchase = 'purchase' in facts.title ? facts.title.purchase : null
  return {
    unitId: card.unitId, productId: card.productId, name: productName(card), gtin: card.gtin,
    numbers: card.aliases.filter((alias) => alias.retiredWhy === null).map(({ kind, value }) => ({ kind, value })), custody: facts.custody.at,
    storeId: 'storeId' in facts.custody && facts.custody.storeId !== '' ? facts.custody.storeId : null, title: facts.title.is, condition: facts.condition, flags: facts.flags.map((flag) => flag.kind),
    soldAt: purchase?.soldAt ?? null, receiptNumber: purchase?.receiptNumber ?? null,
  }
}
