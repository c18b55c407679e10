import type { z } from 'zod'
import { coverLayers, type PlaceOfSale } from '../../contract/cover.ts'
import { localDay } from '../../contract/epcis/local-time.ts'
import type { Policy } from '../../contract/policy.ts'
import type { CoverLayer, Title } from '../../contract/unit.ts'
import type { NewOrder, Order } from '../contract/door-contract.ts'
import { policyInForce } from '../catalogue/policies.ts'
import { productNames, productsOfCodes, type ProductRecord } from '../catalogue/products.ts'
import { storesOf } from '../catalogue/stores.ts'
import { giveUnit, saveCustomer } from '../customers/customers.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import type { Office } from '../people/office.ts'
import type { Tell } from '../sync/feed.ts'
import { lockClaims } from '../sync/claims.ts'
import { factsOf, feedRowOf, readUnits, scopesOfChange, withFacts, writeUnits, type HubUnit } from '../sync/units.ts'
import { appendTold } from '../reports/told-row.ts'
import { piecesOf } from '../reports/tell-out.ts'
import { codeOf } from './deliveries.ts'
import { DoorRefusal } from './door-refusal.ts'

type NewOrderInput = z.infer<typeof NewOrder>
type OrderLineInput = NewOrderInput['lines'][number]

/**
 * Takes an online order. A line with a serial sells that very piece, so that it can come back in any store and cannot
 * be sold there meanwhile. Refuses, and changes nothing, if one piece is unknown, sold, flagged or in a basket.
 */
export async function takeOrder(tx: Query, tell: Tell, office: Office, given: NewOrderInput): Promise<z.infer<typeof Order>> {
  const store = (await storesOf(tx)).get(given.storeId)
  if (store === undefined) throw new DoorRefusal('REFUSED', 'unknown-store', 'storeId')
  const now = instant(office.now_ms())
  const fresh = await tx.touch(
    'INSERT INTO web_order (number, store_id, state, body, made_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
    // The customer is kept sealed and apart; the order itself names nobody.
    [given.number, given.storeId, given.lines.every((line) => line.serial !== undefined) ? 'sold' : 'open', JSON.stringify({ ...given, customer: undefined }), now],
  )
  if (fresh === 0) throw new DoorRefusal('REFUSED', 'number-used', 'number')
  const products = await productsOfCodes(tx, given.lines.map(codeOf))
  const [policy, goods] = [await policyInForce(tx, office.now_ms()), await productNames(tx, products.values())]
  const seller = { country: store.country, timeZone: store.time_zone }
  const sold: { was: number; before: HubUnit; unit: HubUnit; line: OrderLineInput }[] = []
  for (const { line, place, before } of await freePieces(tx, office, given.lines, products)) {
    if (sold.some(({ unit }) => unit.id === before.id)) throw new DoorRefusal('REFUSED', 'already-sold', place)
    const unit = soldUnit(before, given, line, (title, told) => promisedCover(goods.get(before.product_id), title, seller, policy, told))
    sold.push({ was: before.ver, before, unit, line })
  }
  await writeUnits(tx, sold)
  for (const { before, unit, line } of sold) {
    const params = { receipt: given.number, order: given.number, price_cents: line.price_cents, currency: given.currency, store: store.name, date: given.soldAt }
    tell(scopesOfChange(before, unit, given.storeId), feedRowOf(unit, [{ at: given.soldAt, n: unit.ver, kind: 'sold', store_id: given.storeId, who: given.channel, params }]))
    await tx.query(
      `INSERT INTO unit_event (unit_id, till, inc, seq, id, kind, at, store_id, who, params, verdict, ver)
       VALUES ($1, 'centre', 'centre', $2, $3, 'sold', $4, $5, $6, $7, 'accepted', $2) ON CONFLICT DO NOTHING`,
      [unit.id, unit.ver, newId(), given.soldAt, given.storeId, given.channel, JSON.stringify(params)],
    )
  }
  await keepCustomer(tx, office, given, sold.map(({ unit }) => unit.id))
  const pieces = await piecesOf(tx, sold.map(({ unit }) => unit.id))
  await appendTold(tx, sold.map(({ unit, line }) => ({
    ...(pieces.get(unit.id) ?? { unit_id: unit.id, product_id: unit.product_id, serial: line.serial ?? null, lot: null, supplier: null }), id: newId(), kind: 'sold',
    store_id: given.storeId, till: null, at: given.soldAt, day: localDay(given.soldAt, store.time_zone), received_at: now, verdict: 'accepted',
    amount_cents: line.price_cents, currency: given.currency, params: JSON.stringify({ receipt: given.number, order: given.number, channel: given.channel }),
  })))
  return { number: given.number, state: sold.length === given.lines.length ? 'sold' : 'open', units: sold.map(({ unit }) => unit.id) }
}

interface OrderedPiece {
  readonly line: OrderLineInput
  readonly place: string
  readonly before: HubUnit
}

/**
 * The pieces that an order names, none of which anybody else has: the leases first, the look after, as where tills sell.
 * So no till is given a lease on a piece that is just being ordered.
 */
async function freePieces(tx: Query, office: Office, lines: readonly OrderLineInput[], products: ReadonlyMap<string, string>): Promise<OrderedPiece[]> {
  const named: { line: OrderLineInput; place: string; id: string }[] = []
  for (const [index, line] of lines.entries()) {
    const productId = products.get(codeOf(line))
    if (productId === undefined) throw new DoorRefusal('REFUSED', 'unknown-product', `lines[${index}]`)
    if (line.serial === undefined) continue
    const place = `lines[${index}].serial`
    const rows = await tx.query<{ id: string }>('SELECT u.id FROM unit_alias a JOIN unit u ON u.id = a.unit_id WHERE a.value = $1 AND u.product_id = $2', [line.serial, productId])
    const [only] = rows
    if (rows.length !== 1 || only === undefined) throw new DoorRefusal('REFUSED', 'unknown-piece', place)
    named.push({ line, place, id: only.id })
  }
  const ids = [...new Set(named.map(({ id }) => id))].sort()
  const ours = await lockClaims(tx, 'centre', ids, office.now_ms())
  const units = await readUnits(tx, ids)
  return named.map(({ line, place, id }) => {
    const before = units.get(id)
    if (before === undefined) throw new DoorRefusal('REFUSED', 'unknown-piece', place)
    if (before.title === 'sold' || before.title === 'transferred') throw new DoorRefusal('REFUSED', 'already-sold', place)
    if (before.flagged || before.disputed) throw new DoorRefusal('REFUSED', 'flagged', place)
    if (!ours.has(id)) throw new DoorRefusal('REFUSED', 'in-a-basket', place)
    return { line, place, before }
  })
}

function soldUnit(before: HubUnit, given: NewOrderInput, line: OrderLineInput, cover: (title: Title, told: readonly CoverLayer[]) => CoverLayer[]): HubUnit {
  const facts = factsOf(before)
  const title: Title = {
    is: 'sold',
    purchase: {
      saleId: `order.${given.number}`.replace(/[^A-Za-z0-9:._-]/gu, '-').slice(0, 64), receiptNumber: given.number, soldAt: given.soldAt, storeId: given.storeId, channel: given.channel,
      paid_cents: line.price_cents, currency: given.currency, tender: 'card',
    },
  }
  return withFacts(before, { ...facts, custody: { at: 'with-customer' }, title, cover: cover(title, facts.cover) })
}

/** As at a till: what law and maker promise with the sale is told with it, so that no later change moves its dates. */
function promisedCover(product: ProductRecord | undefined, title: Title, seller: PlaceOfSale, policy: Policy | null, told: readonly CoverLayer[]): CoverLayer[] {
  if (product === undefined) return [...told]
  return coverLayers(title, { makerMonths: product.maker_months, durable: product.durable === 1 }, seller, policy ?? { legalGuarantee: {} }, told)
}

async function keepCustomer(tx: Query, office: Office, given: NewOrderInput, unitIds: readonly string[]): Promise<void> {
  if (given.customer === undefined) return
  const id = await saveCustomer(tx, office, { ...given.customer, language: null })
  for (const unitId of unitIds) await giveUnit(tx, id, unitId, given.soldAt)
}
