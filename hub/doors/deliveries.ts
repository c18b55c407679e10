import type { z } from 'zod'
import type { NewNotice, Notice } from '../contract/door-contract.ts'
import { productsOfCodes } from '../catalogue/products.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import { stolenFlags, unitOf } from '../imports/apply-rows.ts'
import type { Office } from '../people/office.ts'
import type { Tell } from '../sync/feed.ts'
import { feedRowOf, scopesOfChange, withFacts, writeUnits, type HubUnit } from '../sync/units.ts'
import { appendTold } from '../reports/told-row.ts'
import { piecesOf } from '../reports/tell-out.ts'
import { DoorRefusal } from './door-refusal.ts'

type NoticeView = z.infer<typeof Notice>

/** The GTIN with 14 digits, else the SKU: under which code a line names its product. */
export const codeOf = (line: { gtin?: string | undefined; sku?: string | undefined }): string => line.gtin?.padStart(14, '0') ?? line.sku ?? ''

/**
 * Announces a delivery: its pieces are known as expected in the store, so that receiving there is one scan each and a
 * piece that was not announced stands out. Refuses unknown stores and products, and a number that was used before.
 */
export async function announce(tx: Query, tell: Tell, office: Office, given: z.infer<typeof NewNotice>): Promise<NoticeView> {
  const now = instant(office.now_ms())
  if (!(await storesOf(tx)).has(given.storeId)) throw new DoorRefusal('REFUSED', 'unknown-store', 'storeId')
  const products = await productsOfCodes(tx, given.lines.map(codeOf))
  const fresh = await tx.touch(
    "INSERT INTO receive_notice (number, supplier, store_id, due_on, state, body, made_at) VALUES ($1, $2, $3, $4, 'expected', $5, $6) ON CONFLICT DO NOTHING",
    [given.number, given.supplier, given.storeId, given.dueOn ?? null, JSON.stringify(given), now],
  )
  if (fresh === 0) throw new DoorRefusal('REFUSED', 'number-used', 'number')
  const stolen = await stolenFlags(tx, given.lines.flatMap((line) => line.serials), 'centre')
  const units = given.lines.flatMap((line, place) => {
    const productId = products.get(codeOf(line))
    if (productId === undefined) throw new DoorRefusal('REFUSED', 'unknown-product', `lines[${place}]`)
    return line.serials.map((serial) => expected(given.storeId, productId, serial, line.lot ?? '', line.producedOn ?? null, stolen.get(serial) ?? []))
  })
  await refuseKnown(tx, given)
  await writeUnits(tx, units.map((unit) => ({ was: 0, unit })))
  await tx.query(
    `INSERT INTO unit_origin (unit_id, supplier, lot, notice) SELECT n.unit_id, $2, n.lot, $3 FROM jsonb_to_recordset($1::jsonb) AS n (unit_id text, lot text)`,
    [JSON.stringify(units.map((unit) => ({ unit_id: unit.id, lot: unit.more === null ? null : ((JSON.parse(unit.more) as { lot?: string }).lot ?? null) }))), given.supplier, given.number],
  )
  for (const unit of units) tell(scopesOfChange(null, unit, given.storeId), feedRowOf(unit, []))
  const pieces = await piecesOf(tx, units.map((unit) => unit.id))
  await appendTold(tx, units.map((unit) => ({
    ...(pieces.get(unit.id) ?? { unit_id: unit.id, product_id: unit.product_id, serial: null, lot: null, supplier: given.supplier }), id: newId(), kind: 'commissioned',
    store_id: given.storeId, till: null, at: now, day: now.slice(0, 10), received_at: now, verdict: 'accepted', amount_cents: null, currency: null,
    params: JSON.stringify({ despatch: given.number, from: given.supplier }),
  })))
  return { number: given.number, supplier: given.supplier, storeId: given.storeId, dueOn: given.dueOn ?? null, state: 'expected', expected: units.length, received: 0 }
}

function expected(storeId: string, productId: string, serial: string, lot: string, producedOn: string | null, flags: Parameters<typeof unitOf>[2]): HubUnit {
  const unit = unitOf({ gtin: null, sku: '', serial, kind: 'serial', store: storeId, area: '', condition: 'new', lot, supplier: '', producedOn, price_cents: null }, productId, flags)
  return { ...withFacts({ ...unit, ver: 0 }, { custody: { at: 'expected', storeId }, title: { is: 'unknown' }, condition: 'new', flags: [...flags], cover: [] }) }
}

/** A piece that is here already cannot be announced once more: one of the two numbers is wrong. */
async function refuseKnown(tx: Query, given: z.infer<typeof NewNotice>): Promise<void> {
  const serials = given.lines.flatMap((line) => line.serials)
  const [twice] = serials.filter((serial, place) => serials.indexOf(serial) !== place)
  if (twice !== undefined) throw new DoorRefusal('REFUSED', 'serial-twice', twice)
  const products = await productsOfCodes(tx, given.lines.map(codeOf))
  const [known] = await tx.query<{ value: string }>(
    'SELECT a.value FROM unit_alias a JOIN unit u ON u.id = a.unit_id WHERE a.value = ANY ($1::text[]) AND u.product_id = ANY ($2::text[]) LIMIT 1', [serials, [...products.values()]],
  )
  if (known !== undefined) throw new DoorRefusal('REFUSED', 'serial-known', known.value)
}

/** How much of a delivery has come: a piece has when it is no longer expected. */
export async function noticeOf(db: Query, number: string): Promise<NoticeView> {
  const [row] = await db.query<{ number: string; supplier: string; store_id: string; due_on: string | null }>('SELECT number, supplier, store_id, due_on FROM receive_notice WHERE number = $1', [number])
  if (row === undefined) throw new DoorRefusal('REFUSED', 'unknown-notice', 'number')
  const [count] = await db.query<{ expected: number; received: number }>(
    "SELECT count(*) AS expected, count(*) FILTER (WHERE u.custody <> 'expected') AS received FROM unit_origin o JOIN unit u ON u.id = o.unit_id WHERE o.notice = $1", [number],
  )
  const { expected: all, received } = count ?? { expected: 0, received: 0 }
  return {
    number: row.number, supplier: row.supplier, storeId: row.store_id, dueOn: row.due_on, state: received === 0 ? 'expected' : received < all ? 'partly' : 'received', expected: all, received,
  }
}
