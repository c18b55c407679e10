import type { CounterFigures, DayFigures } from '../../../contract/figures.ts'
import { cents } from '../../../contract/money.ts'
import { dayIn, zoneKnownHere } from '../../../contract/days.ts'
import { DAY_MS, HOUR_MS } from '../../../contract/durations.ts'
import type { Ground } from '../ground.ts'
import { TOLD_BY_NO_PAPER } from '../money/day-journal.ts'
import { sql, type Reading } from '../store/store.ts'

const DAYS_SHOWN = 14
/** A store's day begins at most 14 hours before and ends at most 14 hours after that of UTC. */
const ZONE_MS = 14 * HOUR_MS
/** Somebody who was called away in the middle of a sale says nothing of how long a sale takes. */
const SALE_S_MAX = 1_800

interface SaleRow {
  readonly soldAt: string
  readonly gross_cents: number
  readonly pieces: number
  readonly begunAt: string | null
}

/** Sales with the moment of their first scan: the flow itself is opened before the customer is there. */
const SALES = `
  SELECT s.sold_at AS soldAt, s.gross_cents, (SELECT sum(quantity) FROM sale_lines l WHERE l.sale_id = s.id) AS pieces,
    (SELECT m.at FROM scan_marks m WHERE m.flow_id = s.flow_id ORDER BY m.n LIMIT 1) AS begunAt
  FROM sales s WHERE s.sold_at >= ? AND s.sold_at < ?`

const RETURNS = `
  SELECT r.returned_at AS soldAt, 0 AS gross_cents, 1 AS pieces,
    (SELECT m.at FROM scan_marks m WHERE m.flow_id = r.flow_id ORDER BY m.n LIMIT 1) AS begunAt
  FROM returns r WHERE r.returned_at >= ? AND r.returned_at < ?`

const SERIALS = "SELECT at, via AS what FROM scan_marks WHERE at >= ? AND at < ? AND what = 'unit'"
/** What somebody answered for. The whole list of the index stands first, because a partial index is found by its own words. */
const ANSWERED_FOR = `
  SELECT at, kind AS what FROM journal
  WHERE kind IN ${TOLD_BY_NO_PAPER} AND kind IN ('authorised', 'price-changed') AND at >= ? AND at < ?`

/** The figures of one day of this till in the store's calendar, with the two weeks that end with it. */
export function counterFigures(ground: Ground, asked: string | null): CounterFigures {
  const zone = ground.place.time_zone
  const today = dayIn(ground.now(), zone)
  const day = asked ?? today
  const first = Date.parse(day) - (DAYS_SHOWN - 1) * DAY_MS
  const days = Array.from({ length: DAYS_SHOWN }, (_, n) => new Date(first + n * DAY_MS).toISOString().slice(0, 10))
  const figures = days.map((one) => figuresOf(ground, one, today))
  return { chosen: { ...figures.at(-1)!, byHour: byHour(ground.store.reading, day, zone) }, today, days: figures }
}

/** A day that is over does not change any more: it is counted once, and a screen that asks often costs one day. */
const over = new WeakMap<Ground, Map<string, DayFigures>>()

function figuresOf(ground: Ground, day: string, today: string): DayFigures {
  const known = over.get(ground) ?? new Map<string, DayFigures>()
  over.set(ground, known)
  const kept = known.get(day)
  if (kept) return kept
  const counted = count(ground.store.reading, day, ground.place.time_zone)
  if (day < today) known.set(day, counted)
  return counted
}

function count(db: Reading, day: string, zone: string): DayFigures {
  const sold = soldOn(db, SALES, day, zone)
  const back = soldOn(db, RETURNS, day, zone)
  const told = [...rows<Told>(db, SERIALS, day), ...rows<Told>(db, ANSWERED_FOR, day)].filter(({ at }) => dayIn(at, zone) === day)
  const times = (what: string): number => told.filter((one) => one.what === what).length
  return {
    day, sales: sold.length, returns: back.length, pieces: sum(sold.map((sale) => sale.pieces)),
    gross_cents: cents(sum(sold.map((sale) => sale.gross_cents))), saleMedian_s: median_s(sold), returnMedian_s: median_s(back),
    serialsScanned: times('scanned'), serialsTyped: times('typed'), stepUps: times('authorised'), priceChanges: times('price-changed'),
  }
}

interface Told {
  readonly at: string
  readonly what: string
}

function byHour(db: Reading, day: string, zone: string): number[] {
  const hours = Array.from({ length: 24 }, () => 0)
  for (const sale of soldOn(db, SALES, day, zone)) hours[hourIn(sale.soldAt, zone)]! += 1
  return hours
}

/** A day of the store lies within a day and a half around that of UTC; what is beyond it is sorted out by its own day. */
const rows = <Row>(db: Reading, text: string, day: string): Row[] =>
  sql(db, text).all(new Date(Date.parse(day) - ZONE_MS).toISOString(), new Date(Date.parse(day) + DAY_MS + ZONE_MS).toISOString()) as Row[]

const soldOn = (db: Reading, text: string, day: string, zone: string): SaleRow[] =>
  rows<SaleRow>(db, text, day).filter((row) => dayIn(row.soldAt, zone) === day)

const formats = new Map<string, Intl.DateTimeFormat>()

/** The hour on the store's clock; the format is made once a zone, because making one costs more than a thousand uses. */
function hourIn(at: string, zone: string): number {
  let format = formats.get(zone)
  if (!format) formats.set(zone, (format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zoneKnownHere(zone) })))
  return Number(format.format(new Date(at)))
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)

/** The median time from first scan to end, in seconds with one decimal. */
function median_s(done: readonly SaleRow[]): number | null {
  const took = done
    .flatMap(({ begunAt, soldAt }) => (begunAt === null ? [] : [(Date.parse(soldAt) - Date.parse(begunAt)) / 1000]))
    .filter((seconds) => seconds >= 0 && seconds <= SALE_S_MAX)
    .sort((a, b) => a - b)
  const middle = took[took.length >> 1]
  return middle === undefined ? null : Math.round(middle * 10) / 10
}
