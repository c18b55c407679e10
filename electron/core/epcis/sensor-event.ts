import assert from 'node:assert/strict'
import type { ObjectEvent } from '../../../contract/epcis/event.ts'
import type { ExportWorld } from '../../../contract/epcis/journal-line.ts'
import { localTime } from '../../../contract/epcis/local-time.ts'
import { eventUri, placesOf, unitUri } from '../../../contract/epcis/names.ts'

/** What a shop's sensors measure, with the unit of UN/ECE Recommendation 20 that goes with each. */
const UNITS = { Temperature: 'CEL', RelativeHumidity: 'P1', AbsoluteHumidity: 'A93', Illuminance: 'LUX' } as const

export interface SensorReading {
  readonly id: string
  /** UTC, ISO 8601. */
  readonly at: string
  readonly storeId: string | null
  readonly tillId: string | null
  /** The pieces that were measured; none if the room was. */
  readonly unitIds: readonly string[]
  readonly deviceId: string
  readonly values: readonly { readonly of: keyof typeof UNITS, readonly value: number }[]
}

/**
 * A measurement as an EPCIS event. A reading without pieces must at least say where it was made, and the schema
 * wants to hear that as a read point even if only the store is known.
 */
export function sensorEvent(reading: SensorReading, world: ExportWorld): ObjectEvent {
  assert(reading.unitIds.length > 0 || reading.storeId !== null, 'a measurement is of something or somewhere')
  const time = localTime(reading.at, world.stores[reading.storeId ?? '']?.timeZone ?? 'UTC')
  const places = placesOf(reading, world)
  const epcList = reading.unitIds.map((id) => unitUri(world.units[id], id, world.base))
  return {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    ...(epcList.length === 0 ? {} : { epcList }),
    eventID: eventUri(reading.id, world),
    ...time,
    bizStep: 'sensor_reporting',
    ...places,
    ...(places.bizLocation === undefined ? {} : { readPoint: places.readPoint ?? places.bizLocation }),
    sensorElementList: [{
      sensorMetadata: {
        time: time.eventTime,
        deviceID: `${world.base}device/${encodeURIComponent(reading.deviceId)}`,
      },
      sensorReport: reading.values.map(({ of, value }) => ({ type: of, value, uom: UNITS[of] })),
    }],
  }
}
