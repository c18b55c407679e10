import { fullName, productName } from '../../contract/product-name.ts'
import type { FloorCase } from '../contract/till-calls.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'
import { productNames } from '../catalogue/products.ts'
import { instant } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { OVER_RETURNED } from '../sync/receipts.ts'
import type { FloorCaseRow } from '../sync/floor-cases.ts'
import { unitCards } from './unit-search.ts'

const ROWS_MAX = 200

/** Told twice: a customer who still waits is one line, and so is the file that lies there when the customer is gone. */
const OPEN = `f.state <> 'closed' AND NOT (f.source = 'case' AND EXISTS (
  SELECT 1 FROM floor_case o WHERE o.case_id = f.case_id AND o.source = 'hand-over' AND o.state <> 'closed'))`
const SETTLED = `f.state = 'closed' AND NOT (f.source = 'hand-over' AND EXISTS (SELECT 1 FROM floor_case o WHERE o.case_id = f.case_id AND o.source = 'case'))`

/** Cases and hand-overs of the tills, the newest first. One of which only its end has been told yet is not shown before its beginning is. */
export async function listFloorCases(db: Query, state: 'open' | 'settled'): Promise<FloorCase[]> {
  const rows = await db.query<FloorCaseRow>(
    `SELECT f.* FROM floor_case f WHERE f.opened_at IS NOT NULL AND ${state === 'open' ? OPEN : SETTLED} ORDER BY f.opened_at DESC LIMIT $1`, [ROWS_MAX],
  )
  const stores = await storesOf(db)
  const tills = new Map((await db.query<{ till: string; name: string }>('SELECT till, name FROM device')).map(({ till, name }) => [till, name]))
  const cards = new Map((await unitCards(db, rows.flatMap((row) => row.unit_id ?? []))).map((card) => [card.unitId, card]))
  const goods = await goodsOfLines(db, rows.filter(({ kind }) => kind === OVER_RETURNED).map(({ case_id }) => case_id))
  return rows.map((row): FloorCase => {
    const card = row.unit_id === null ? undefined : cards.get(row.unit_id)
    return {
      id: row.case_id, source: row.source, kind: row.kind ?? '', quiet: row.quiet, state: row.state, openedAt: row.opened_at ?? row.changed_at, changedAt: row.changed_at,
      tillName: row.till === null ? null : (tills.get(row.till) ?? row.till), storeName: row.store_id === null ? null : (stores.get(row.store_id)?.name ?? row.store_id),
      ofCentre: row.kind === OVER_RETURNED,
      unitId: row.unit_id, thing: card === undefined ? (goods.get(row.case_id) ?? null) : fullName(card.brand, card.name),
      serial: card?.aliases.find((alias) => alias.retiredWhy === null)?.value ?? null,
    }
  })
}

/** Plain goods of which too many came back: the article and the receipt it was bought with. */
async function goodsOfLines(db: Query, lineIds: readonly string[]): Promise<Map<string, string>> {
  if (lineIds.length === 0) return new Map()
  const rows = await db.query<{ line_id: string; product: string; number: string | null }>(
    `SELECT l.row_id AS line_id, l.body::jsonb ->> 'product_id' AS product, s.number FROM receipt_row l
     LEFT JOIN receipt_row s ON s.sale_id = l.sale_id AND s.kind = 'sale' WHERE l.kind = 'line' AND l.row_id = ANY ($1::text[])`, [[...lineIds]],
  )
  const products = await productNames(db, rows.map(({ product }) => product))
  return new Map(rows.map(({ line_id, product, number }) => {
    const known = products.get(product)
    return [line_id, [known === undefined ? product : productName(known), number].filter(Boolean).join(' · ')]
  }))
}

/** Settles a case that the centre has found itself; who and why stands in the office's log. Refuses (`no-such-thing`) any other. */
export async function closeFloorCase(office: Office, who: string, id: string, note: string): Promise<void> {
  await office.db.transaction(async (tx) => {
    const closed = await tx.touch(
      "UPDATE floor_case SET state = 'closed', changed_at = $3 WHERE case_id = $1 AND source = 'case' AND kind = $2 AND state <> 'closed'",
      [id, OVER_RETURNED, instant(office.now_ms())],
    )
    if (closed !== 1) throw new HubRefusal('no-such-thing')
    await logAct(tx, office, who, 'over-returned-settled', `${id}: ${note}`)
  })
}
