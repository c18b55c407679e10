import type { Condition } from '../../../contract/unit.ts'
import { sql, type Reading } from '../store/store.ts'
import type { Mirror } from '../mirror/mirror.ts'

const HITS_MAX = 8
/** Shorter beginnings of a number say nothing: half of the shop begins with them. */
const START_MIN = 3

/** Above every sign that a number can hold: the end of all that begins with a text. */
const END = '\u{10FFFF}'

const LABELS_HERE = `SELECT DISTINCT unit_id AS id FROM unit_labels WHERE value >= ? AND value < ? LIMIT ${HITS_MAX}`

/** Pieces whose number begins with the text, as typed or in capitals; labels of this till too. */
export function unitIdsByStart(mirror: Mirror, db: Reading, text: string): string[] {
  if (text.length < START_MIN) return []
  const starts = [...new Set([text, text.toUpperCase()])]
  const found = starts.flatMap((start) => [
    ...mirror.unitIdsByStart(start, HITS_MAX),
    ...(sql(db, LABELS_HERE).all(start, start + END) as { id: string }[]).map((row) => row.id),
  ])
  return [...new Set(found)].slice(0, HITS_MAX)
}

const WITH_FEATURE = `
  SELECT id FROM units WHERE product_id = ? AND store_id = ? AND custody = 'in-stock' AND condition = ? LIMIT ${HITS_MAX}`

/** Pieces of these goods in a store that are in this condition: "fjord refurbished". */
export function unitIdsByFeature(mirror: Mirror, productIds: readonly string[], storeId: string, condition: Condition): string[] {
  return productIds
    .flatMap((id) => (sql(mirror.reading, WITH_FEATURE).all(id, storeId, condition) as { id: string }[]).map((row) => row.id))
    .slice(0, HITS_MAX)
}

const RECEIPTS = `
  SELECT receipt_number AS number, min(sold_at) AS at, min(product_id) AS productId FROM units
  WHERE receipt_number >= ? AND receipt_number < ? GROUP BY receipt_number ORDER BY receipt_number LIMIT 5`

/** Receipts of any till that the centre told of, by the beginning of their number. */
export function receiptsByStart(mirror: Mirror, text: string): { number: string; at: string | null; productId: string }[] {
  if (text.length < START_MIN) return []
  const start = text.toUpperCase()
  return sql(mirror.reading, RECEIPTS).all(start, start + END) as { number: string; at: string | null; productId: string }[]
}
