import type { Database } from 'better-sqlite3'
import { productId } from './catalogue.ts'
import { DEMO_STORES } from './demo-shop.ts'
import { SET, UNITS_MIN } from './unit-plan.ts'

/** Less than both cost alone. */
const PRICE_CENTS = 339_900

/** The last of the showpieces: whoever looks for a fresh camera or lens finds the first, and never the set's. */
const FIND_LAST = `
  SELECT id FROM units
  WHERE product_id = ? AND store_id = ? AND custody = 'in-stock' AND area = 'shelf' AND title = 'ours' AND condition = 'new' AND more IS NULL
    AND price_cents IS NULL AND id <= COALESCE((SELECT id FROM units ORDER BY id LIMIT 1 OFFSET ${UNITS_MIN - 1}), '~')
  ORDER BY id DESC LIMIT 1`

/** A set in every store of the demo shop: its camera and its lens each keep their own number. */
export function writeSets(db: Database): void {
  const find = db.prepare<[string, string], { id: string }>(FIND_LAST)
  for (const { id: store } of DEMO_STORES) {
    const whole = find.get(productId(SET.whole), store)
    const part = find.get(productId(SET.part), store)
    if (whole === undefined || part === undefined) throw new Error(`${store} has nothing to make a set of`)
    db.prepare('UPDATE units SET price_cents = ? WHERE id = ?').run(PRICE_CENTS, whole.id)
    db.prepare('UPDATE units SET more = ? WHERE id = ?').run(JSON.stringify({ partOf: whole.id }), part.id)
    // A minute after whatever happened to it last.
    db.prepare(
      `INSERT INTO unit_events (unit_id, at, n, kind, store_id, who, params)
       SELECT unit_id, strftime('%Y-%m-%dT%H:%M:%fZ', max(at), '+1 minute'), max(n) + 1, 'kitted', store_id, who, ?
       FROM unit_events WHERE unit_id = ?`,
    ).run(JSON.stringify({ parent: whole.id }), part.id)
  }
}
