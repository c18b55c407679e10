import type { Database } from 'better-sqlite3'
import { HOUR_MS } from '../../../contract/durations.ts'
import { columnOfLimits, type ProductLimits } from '../../../contract/sensors/product-limits.ts'
import type { Reading } from '../../../contract/sensors/sensed.ts'
import { withReadings } from '../../../contract/sensors/take-reading.ts'
import { instantOf } from './calendar.ts'
import { DEMO_STORES } from './demo-shop.ts'
import { UNITS_MIN } from './unit-plan.ts'

/** Anything with a battery or a glued body bears this on its way, and an hour of worse. */
const LIMITS: ProductLimits = { limits: [{ of: 'temperature', min: -10, max: 45, outside_minutes: 60 }], readEvery_minutes: null }

const IN_STOCK = `u.store_id = @store AND u.custody = 'in-stock' AND u.id <= COALESCE((SELECT id FROM units ORDER BY id LIMIT 1 OFFSET ${UNITS_MIN - 1}), '~')`
const FROZEN = `SELECT u.id, u.product_id, u.more, f.value ->> 'at' AS until FROM units u, json_each(u.more, '$.flags') f
  WHERE ${IN_STOCK} AND f.value ->> 'kind' = 'cold-chain-excursion' ORDER BY u.id LIMIT 1`
/** One that was counted: no other story asks for it. */
const SOUND = `SELECT u.id, u.product_id, u.more, e.at AS until FROM units u JOIN unit_events e ON e.unit_id = u.id AND e.kind = 'counted'
  WHERE ${IN_STOCK} AND u.area = 'shelf' AND u.more IS NULL ORDER BY u.id LIMIT 1`

interface Sensed {
  readonly id: string
  readonly product_id: string
  readonly more: string | null
  /** When its logger was read out. */
  readonly until: string
}

/** In every store of the demo shop, the readings of a piece that lay in the frost, and of one that was kept well. */
export function writeReadings(db: Database): void {
  const write = (where: string, source: string, celsius: (hour: number) => number, store: string): void => {
    const piece = db.prepare<[{ store: string }], Sensed>(where).get({ store })
    if (piece === undefined) throw new Error(`${store} has no piece for the readings of ${source}`)
    const sensed = withReadings([], hourly(piece.until, source, celsius), LIMITS)
    db.prepare('UPDATE units SET more = ? WHERE id = ?').run(JSON.stringify({ ...(piece.more === null ? {} : JSON.parse(piece.more)), sensed }), piece.id)
    db.prepare('UPDATE products SET limits = ? WHERE id = ?').run(columnOfLimits(LIMITS), piece.product_id)
  }
  for (const { id } of DEMO_STORES) {
    write(FROZEN, 'LOG-88120', (hour) => (hour >= 20 && hour < 29 ? -18.4 - waver(hour) : 6 + waver(hour)), id)
    write(SOUND, 'LOG-90217', (hour) => 11 + 3 * waver(hour), id)
  }
}

const HOURS = 40

/** A reading an hour until the logger was read out. */
const hourly = (until: string, source: string, celsius: (hour: number) => number): Reading[] =>
  Array.from({ length: HOURS }, (_, hour) => {
    const at = instantOf(Date.parse(until) - (HOURS - hour) * HOUR_MS)
    const read = Math.round(celsius(hour) * 10) / 10
    return { of: 'temperature', from: at, to: at, low: read, high: read, isAlarm: false, source }
  })

/** Between 0 and 1.5, to the tenth, as no air is still. */
const waver = (hour: number): number => ((hour * 7) % 16) / 10
