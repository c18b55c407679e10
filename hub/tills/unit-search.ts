import { readLink } from '../../contract/identity/link.ts'
import { matchKey } from '../../contract/identity/match-key.ts'
import type { Params } from '../../contract/ids.ts'
import { lifeKindOf, type LifeLine } from '../../contract/journal.ts'
import { cents } from '../../contract/money.ts'
import { Picture, type UnitCard } from '../../contract/unit.ts'
import { productNames } from '../catalogue/products.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'
import { newId } from '../ground.ts'
import { aliasesOf, factsOf, UNIT_COLUMNS, type HubUnit } from '../sync/units.ts'

const FOUND_MAX = 50

/** Pieces by any number on them, by what a GS1 Digital Link names, by receipt number, or by id; the exact ones first. */
export async function findUnits(db: Query, text: string): Promise<UnitCard[]> {
  const link = text.includes('://') ? readLink(text) : null
  const serial = link?.ok === true ? (link.elements.find(([ai]) => ai === '21')?.[1] ?? text) : text
  const ids = await db.query<{ unit_id: string }>(
    `SELECT unit_id FROM unit_alias WHERE value = $1 UNION SELECT unit_id FROM unit_alias WHERE match_key = $2
     UNION SELECT id FROM unit WHERE receipt_number = $1 UNION SELECT id FROM unit WHERE id = $1 LIMIT $3`,
    [serial, matchKey(serial, 'loose'), FOUND_MAX],
  )
  return unitCards(db, ids.map((row) => row.unit_id))
}

export async function unitCards(db: Query, ids: readonly string[]): Promise<UnitCard[]> {
  if (ids.length === 0) return []
  const units = await db.query<HubUnit>(`SELECT ${UNIT_COLUMNS.join(', ')} FROM unit WHERE id = ANY ($1::text[]) ORDER BY id`, [[...ids]])
  const products = await productNames(db, units.map((unit) => unit.product_id))
  return units.map((unit) => {
    const product = products.get(unit.product_id)
    const price = unit.price_cents ?? product?.price_cents ?? null
    return {
      unitId: unit.id, productId: unit.product_id, brand: product?.brand ?? '', name: product?.name ?? unit.product_id, variant: product?.variant ?? '',
      gtin: product?.gtin ?? null, picture: Picture.catch('other').parse(product?.picture),
      aliases: aliasesOf(unit).map(({ kind, value, retired_why }) => ({ kind, value, retiredWhy: retired_why })),
      facts: factsOf(unit), price_cents: price === null ? null : cents(price),
    }
  })
}

/** A piece's life as the centre has applied it, the oldest first. */
export async function lifeOf(db: Query, unitId: string): Promise<LifeLine[]> {
  const rows = await db.query<{ at: string; kind: string; store_id: string | null; who: string | null; params: string }>(
    'SELECT at, kind, store_id, who, params FROM unit_event WHERE unit_id = $1 ORDER BY at, ver, seq', [unitId],
  )
  const stores = await storesOf(db)
  return rows.map((row) => {
    const storeName = row.store_id === null ? null : (stores.get(row.store_id)?.name ?? row.store_id)
    return { at: row.at, kind: lifeKindOf(row.kind), storeId: row.store_id, storeName, who: row.who, params: JSON.parse(row.params) as Params, atHub: true }
  })
}

/** Times an answer about a piece, for the report of how fast the shop can say where a piece is. */
export async function timed<T>(db: Query, now_ms: () => number, answer: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const result = await answer()
  const day = new Date(now_ms()).toISOString().slice(0, 10)
  await db.query('INSERT INTO trace_time (day, id, ms) VALUES ($1, $2, $3)', [day, newId(), Math.round(performance.now() - started)])
  return result
}
