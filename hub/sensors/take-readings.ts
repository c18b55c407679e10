import { createHash } from 'node:crypto'
import { breachesOf, isWorse } from '../../contract/sensors/breach.ts'
import { limitsIn, type ProductLimits } from '../../contract/sensors/product-limits.ts'
import type { Reading, SensedSeries } from '../../contract/sensors/sensed.ts'
import { isInOrder, withReadings } from '../../contract/sensors/take-reading.ts'
import type { Flag } from '../../contract/unit.ts'
import { productNames } from '../catalogue/products.ts'
import { recordFlags } from '../catalogue/stolen.ts'
import type { Query } from '../database.ts'
import { instant } from '../ground.ts'
import type { Tell } from '../sync/feed.ts'
import { factsOf, feedRowOf, readUnits, scopesOfChange, withFacts, writeUnits, type HubUnit } from '../sync/units.ts'

export interface ReadingOfUnit {
  readonly unitId: string
  readonly reading: Reading
}

/**
 * Keeps readings with their pieces and judges them by the limits of the product; a piece that was harmed is flagged, and
 * every till is told. Inside of `change`. A reading that was kept before is passed over; answers how many were new.
 */
export async function takeReadings(tx: Query, tell: Tell, clock: { now_ms(): number }, given: readonly ReadingOfUnit[]): Promise<number> {
  const fresh = await keep(tx, given, instant(clock.now_ms()))
  const byUnit = Map.groupBy(fresh, ({ unitId }) => unitId)
  await judge(tx, tell, clock, [...byUnit.keys()], async (unit, limits) => {
    const readings = (byUnit.get(unit.id) ?? []).map(({ reading }) => reading).sort(byEnd)
    const known = factsOf(unit).sensed ?? []
    // A logger that is read out late tells of the past: then everything is worked out anew, in order.
    return readings.every((reading) => isInOrder(known, reading)) ? withReadings(known, readings, limits) : withReadings([], await readingsOf(tx, unit.id), limits)
  })
  return fresh.length
}

/** Judges pieces once more by all that was ever read of them: the limits of their product are others now. */
export const judgeAnew = (tx: Query, tell: Tell, clock: { now_ms(): number }, unitIds: readonly string[]): Promise<void> =>
  judge(tx, tell, clock, unitIds, async (unit, limits) => withReadings([], await readingsOf(tx, unit.id), limits))

type Sensing = (unit: HubUnit, limits: ProductLimits | null) => Promise<SensedSeries[]>

async function judge(tx: Query, tell: Tell, clock: { now_ms(): number }, unitIds: readonly string[], sense: Sensing): Promise<void> {
  const now = instant(clock.now_ms())
  const units = await readUnits(tx, unitIds)
  const products = await productNames(tx, [...units.values()].map((unit) => unit.product_id))
  const changes: { before: HubUnit; after: HubUnit; flag: Flag | null }[] = []
  for (const before of units.values()) {
    const facts = factsOf(before)
    const sensed = await sense(before, limitsIn(products.get(before.product_id)?.limits))
    const isFlagged = facts.flags.some(({ kind }) => kind === 'cold-chain-excursion')
    const flag = !isFlagged && isWorse(facts.sensed ?? [], sensed) ? flagFor(sensed, now) : null
    changes.push({ before, flag, after: withFacts(before, { ...facts, sensed, flags: flag === null ? facts.flags : [...facts.flags, flag] }) })
  }
  await writeUnits(tx, changes.map(({ before, after }) => ({ was: before.ver, unit: after })))
  for (const { before, after, flag } of changes) {
    if (flag !== null) await recordFlags(tx, [after.id], 'flagged', flag.kind, flag.reason, flag.source, now)
    const told = flag === null ? [] : [{ at: now, n: after.ver, kind: 'flagged', store_id: null, who: flag.source, params: { flag: flag.kind, reason: flag.reason, date: now } }]
    tell(scopesOfChange(before, after, null), feedRowOf(after, told))
  }
}

const SIGNS = { temperature: '°C', humidity: '%', shock: 'g', other: '' } as const

/** In figures, which need no language: what was read, and between which limits it should have been. */
function flagFor(sensed: readonly SensedSeries[], now: string): Flag {
  const [breach] = breachesOf(sensed)
  const limit = sensed.find((series) => series.of === breach?.of && series.source === breach.source)?.limit ?? null
  const between = limit === null ? '' : ` (${limit.min ?? '…'} – ${limit.max ?? '…'})`
  const reason = breach === undefined || breach.value === null ? '' : `${breach.value} ${SIGNS[breach.of]}${between}`
  return { kind: 'cold-chain-excursion', source: breach?.source ?? '', at: now, reason, reference: null }
}

const byEnd = (a: Reading, b: Reading): number => (`${a.to} ${a.from}` < `${b.to} ${b.from}` ? -1 : 1)

const KEEP = `INSERT INTO unit_reading (unit_id, id, kind, from_at, to_at, low, high, alarm, source, heard_at)
  SELECT n.unit_id, n.id, n.kind, n.from_at, n.to_at, n.low, n.high, n.alarm, n.source, $2
  FROM jsonb_to_recordset($1::jsonb) AS n (unit_id text, id text, kind text, from_at text, to_at text, low float8, high float8, alarm boolean, source text)
  ON CONFLICT (unit_id, id) DO NOTHING RETURNING unit_id, id`

/** Whoever tells the same reading of the same piece again, by whichever door, tells nothing new. */
async function keep(tx: Query, given: readonly ReadingOfUnit[], now: string): Promise<ReadingOfUnit[]> {
  if (given.length === 0) return []
  const named = new Map(given.map((one) => [`${one.unitId} ${idOf(one.reading)}`, one]))
  const rows = [...named.values()].map(({ unitId, reading: { of, from, to, low, high, isAlarm, source }, reading }) => ({
    unit_id: unitId, id: idOf(reading), kind: of, from_at: from, to_at: to, low, high, alarm: isAlarm, source,
  }))
  const kept = await tx.query<{ unit_id: string; id: string }>(KEEP, [JSON.stringify(rows), now])
  return kept.flatMap(({ unit_id, id }) => named.get(`${unit_id} ${id}`) ?? [])
}

const idOf = ({ of, from, to, low, high, isAlarm, source }: Reading): string =>
  createHash('sha256').update(JSON.stringify([of, from, to, low, high, isAlarm, source])).digest('hex').slice(0, 32)

async function readingsOf(tx: Query, unitId: string): Promise<Reading[]> {
  const rows = await tx.query<{ kind: Reading['of']; from_at: string; to_at: string; low: number | null; high: number | null; alarm: boolean; source: string }>(
    'SELECT kind, from_at, to_at, low, high, alarm, source FROM unit_reading WHERE unit_id = $1 ORDER BY to_at, from_at, id', [unitId],
  )
  return rows.map(({ kind, from_at, to_at, low, high, alarm, source }) => ({ of: kind, from: from_at, to: to_at, low, high, isAlarm: alarm, source }))
}
