import type { HubGround } from '../../hub/ground.ts'
import { salesPerDay, stockAge, warranty } from '../../hub/reports/days.ts'
import { fraudsStopped } from '../../hub/reports/frauds.ts'
import { rates } from '../../hub/reports/rates.ts'
import { emptyCentre, medianOf, openBenchCentre, type BenchCentre } from '../support/hub/bench-centre.ts'
import type { CentreBench } from './hub.bench.ts'

const UNITS = 200_000
const EVENTS = 500_000
const STORES = 20
const PRODUCTS = 400
const NOW = Date.parse('2026-11-22T12:00:00.000Z')
/** A year, as the pages of the reports open. */
const SPAN = { from: '2025-11-23', to: '2026-11-22', storeId: null }
const MONTH = { ...SPAN, from: '2026-10-23' }
/** What a person waits for without wondering whether anything happens. */
const WAIT_US = 1_000_000

let opened: Promise<BenchCentre> | null = null
export const end = async (): Promise<void> => (await opened)?.end()

/** A chain of twenty stores after two years, made inside of PostgreSQL: where pieces lie, what was sold, came back and was claimed. */
function chain(say: (sentence: string) => void): Promise<BenchCentre> {
  opened ??= (async () => {
    const centre = await openBenchCentre()
    say(`making ${UNITS.toLocaleString('en')} units and ${EVENTS.toLocaleString('en')} events`)
    await emptyCentre(centre.ground)
    await makeChain(centre.ground)
    return centre
  })()
  return opened
}

async function makeChain({ db }: HubGround): Promise<void> {
  const day = "to_char(timestamp '2024-11-23' + (n * 730 / $1::bigint) * interval '1 day', 'YYYY-MM-DD')"
  await db.query(
    `INSERT INTO record (kind, key, scope, body, ver) SELECT 'products', json_build_object('id', 'p' || n)::text, '*',
       json_build_object('id', 'p' || n, 'brand', 'Lumo', 'name', 'Lamp ' || n, 'variant', '', 'price_cents', 10000 + n, 'sku', 'L' || n, 'category', 'lamps')::text, 1
     FROM generate_series(0, $1::bigint - 1) AS n`, [PRODUCTS],
  )
  await db.query(
    `INSERT INTO unit (id, product_id, home, custody, store_id, area, title, condition, price_cents, produced_on, aliases, ver)
     SELECT 'u' || n, 'p' || n % $2::bigint, 's' || n % $3::bigint, CASE WHEN n % 2 = 0 THEN 'in-stock' ELSE 'with-customer' END,
       CASE WHEN n % 2 = 0 THEN 's' || n % $3::bigint END, 'shelf', CASE WHEN n % 2 = 0 THEN 'ours' ELSE 'sold' END, 'new', 10000, ${day}, '[]', 1
     FROM generate_series(0, $1::bigint - 1) AS n`, [UNITS, PRODUCTS, STORES],
  )
  await db.query(
    `INSERT INTO unit_event (unit_id, till, inc, seq, id, kind, at, store_id, params, verdict, ver)
     SELECT 'u' || n % $2::bigint, 'till', 'till-1', n, 'e' || n, (ARRAY['received', 'sold', 'returned', 'stocked', 'checked'])[1 + n % 5], ${day} || 'T10:00:00.000Z',
       's' || n % $3::bigint, '{}', 'accepted', n / $2::bigint + 1 FROM generate_series(0, $1::bigint - 1) AS n`, [EVENTS, UNITS, STORES],
  )
  await db.query(
    `INSERT INTO told (feed, seq, id, kind, unit_id, product_id, serial, lot, supplier, store_id, till, at, day, received_at, verdict, amount_cents, currency, params)
     SELECT 'all', n + 1, 'e' || n, (ARRAY['sold', 'sold', 'sold', 'checked', 'checked', 'stocked', 'sold', 'returned', 'claimed', 'back-from-repair'])[1 + n % 10],
       'u' || n % $2::bigint, 'p' || n % $4::bigint, 'SN' || n % $2::bigint, 'L' || n % 900, 'Maker ' || n % 30, 's' || n % $3::bigint, 'till', ${day} || 'T10:00:00.000Z', ${day},
       ${day} || 'T10:00:01.000Z', CASE WHEN n % 1000 = 0 THEN 'double-sale' ELSE 'accepted' END, 10000, 'EUR',
       CASE WHEN n % 10 = 7 THEN '{"reason":"faulty"}' WHEN n % 50 = 3 THEN '{"outcome":"refuse","reason":"stolen"}' ELSE '{}' END
     FROM generate_series(0, $1::bigint - 1) AS n`, [EVENTS, UNITS, STORES, PRODUCTS],
  )
  await db.query('ANALYZE')
}

/** The same table read once from the first line to the last: what no question about all of it can be faster than. */
async function timed(say: (sentence: string) => void, table: string, ask: (ground: HubGround) => Promise<unknown>): Promise<{ median_us: number; limit_us: number }> {
  const { ground } = await chain(say)
  const [ours, least]: [number[], number[]] = [[], []]
  for (let round = 0; round < 4; round += 1) {
    const began = performance.now()
    await ask(ground)
    const asked = performance.now()
    await ground.db.query(`SELECT count(*) AS n, max(length(id)) AS longest FROM ${table}`)
    if (round === 0) continue
    ours.push((asked - began) * 1_000)
    least.push((performance.now() - asked) * 1_000)
  }
  return { median_us: medianOf(ours), limit_us: medianOf(least) }
}

const report = (name: string, table: string, ask: (ground: HubGround) => Promise<unknown>): CentreBench => ({
  name: `${name}, of ${EVENTS.toLocaleString('en')} events`, promised_us: WAIT_US, limitName: 'reading the table once', measure: (say) => timed(say, table, ask),
})

export const benches: readonly CentreBench[] = [
  report('sales by day of a year', 'told', ({ db }) => salesPerDay(db, SPAN)),
  report('sales by day of a month in one store', 'told', ({ db }) => salesPerDay(db, { ...MONTH, storeId: 's3' })),
  ...(['model', 'lot', 'serials', 'supplier'] as const).map((by) => report(`return and failure rates by ${by} of a year`, 'told', ({ db }) => rates(db, SPAN, by))),
  report('warranty of a year', 'told', ({ db }) => warranty(db, SPAN)),
  report('frauds stopped in a year', 'told', ({ db }) => fraudsStopped(db, SPAN)),
  report('age of all stock', 'unit', ({ db }) => stockAge(db, null, NOW)),
]
