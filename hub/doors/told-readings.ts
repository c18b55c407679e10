import type { Reading } from '../../contract/sensors/sensed.ts'
import { inOurUnit } from '../../contract/sensors/sensor-units.ts'
import { productsOfCodes } from '../catalogue/products.ts'
import type { NewReading } from '../contract/door-contract.ts'
import type { Query } from '../database.ts'
import { takeReadings } from '../sensors/take-readings.ts'
import type { Tell } from '../sync/feed.ts'
import { DoorRefusal } from './door-refusal.ts'

/** Takes readings as a logger tells them that does not speak EPCIS. Refuses a unit that does not measure what it stands for. */
export async function takeTold(tx: Query, tell: Tell, clock: { now_ms(): number }, told: readonly NewReading[]): Promise<{ taken: number; unknown: string[] }> {
  const readings = told.map((one, place) => readingOf(one, place))
  const pieces = await piecesOf(tx, told)
  const known = told.flatMap((one, place) => {
    const unitId = pieces.get(nameOf(one))
    const reading = readings[place]
    return unitId === undefined || reading === undefined ? [] : [{ unitId, reading }]
  })
  const unknown = [...new Set(told.filter((one) => !pieces.has(nameOf(one))).map(({ serial }) => serial))]
  return { taken: await takeReadings(tx, tell, clock, known), unknown }
}

function readingOf({ of, unit, value, low, high, at, from, to, alarm, source }: NewReading, place: number): Reading {
  const ours = [value, low, high].filter((one) => one !== undefined).map((one) => {
    const converted = inOurUnit(of, one, unit)
    if (converted === null) throw new DoorRefusal('REFUSED', 'unit-does-not-fit', `readings[${place}].unit`)
    return converted
  })
  const [begin, end] = [from ?? at ?? '', to ?? at ?? ''].map((moment) => new Date(moment).toISOString())
  return { of, from: begin ?? '', to: end ?? '', low: ours.length === 0 ? null : Math.min(...ours), high: ours.length === 0 ? null : Math.max(...ours), isAlarm: alarm, source }
}

const codeOf = ({ gtin, sku }: Pick<NewReading, 'gtin' | 'sku'>): string | undefined => gtin?.padStart(14, '0') ?? sku
const nameOf = (one: Pick<NewReading, 'serial' | 'gtin' | 'sku'>): string => `${codeOf(one) ?? ''} ${one.serial}`

/** The pieces by what they were named; a number that several pieces carry names none of them. */
async function piecesOf(tx: Query, told: readonly NewReading[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ value: string; unit_id: string; product_id: string }>(
    'SELECT a.value, a.unit_id, u.product_id FROM unit_alias a JOIN unit u ON u.id = a.unit_id WHERE a.value = ANY ($1::text[])', [[...new Set(told.map(({ serial }) => serial))]],
  )
  const products = await productsOfCodes(tx, told.flatMap((one) => codeOf(one) ?? []))
  const bySerial = Map.groupBy(rows, ({ value }) => value)
  return new Map(told.flatMap((one): [string, string][] => {
    const code = codeOf(one)
    const fitting = (bySerial.get(one.serial) ?? []).filter(({ product_id }) => code === undefined || products.get(code) === product_id)
    const [only] = fitting
    return only === undefined || fitting.length > 1 ? [] : [[nameOf(one), only.unit_id]]
  }))
}
