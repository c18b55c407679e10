import { z } from 'zod'
import type { LimitedKind } from '../../contract/sensors/product-limits.ts'
import type { Reading, SensedKind } from '../../contract/sensors/sensed.ts'
import { inOurUnit, unitsOf } from '../../contract/sensors/sensor-units.ts'
import { word } from './epcis-word.ts'

const Time = z.iso.datetime({ offset: true })
const Name = z.string().max(500)

const Report = z.looseObject({
  type: Name, exception: Name.optional(), deviceID: Name.optional(), time: Time.optional(), value: z.number().optional(), minValue: z.number().optional(),
  maxValue: z.number().optional(), meanValue: z.number().optional(), uom: z.string().max(20).optional(),
})
type Report = z.infer<typeof Report>

const Metadata = z.looseObject({ time: Time.optional(), startTime: Time.optional(), endTime: Time.optional(), deviceID: Name.optional() })
type Metadata = z.infer<typeof Metadata>

/** What is read of `sensorElementList` as EPCIS 2.0 has it (section 7.3.7). */
export const SensorElements = z.array(z.looseObject({ sensorMetadata: Metadata.optional(), sensorReport: z.array(Report).min(1).max(5_000) })).max(1_000)

interface Sensing {
  readonly eventTime: string
  readonly sensorElementList?: z.infer<typeof SensorElements> | undefined
}

/** Readings of one event times the pieces it names: more than this comes in several events. */
const READINGS_MAX = 20_000

/** Types of the GS1 Web Vocabulary for which there are limits; all others are kept with their event and not judged. */
const KINDS: Readonly<Record<string, LimitedKind>> = { Temperature: 'temperature', RelativeHumidity: 'humidity', Acceleration: 'shock' }

const kindOf = (report: Report): SensedKind => KINDS[word(report.type)] ?? 'other'
const isLimited = (of: SensedKind): of is LimitedKind => of !== 'other'

/** What is wrong with the readings of an event, each with its place: a unit that does not measure what it stands for would be heard by nobody. */
export function readingFaults({ sensorElementList = [] }: Sensing, pieces: number): string[] {
  const count = sensorElementList.reduce((sum, { sensorReport }) => sum + sensorReport.length, 0)
  if (count * Math.max(1, pieces) > READINGS_MAX) return [`sensorElementList: more than ${READINGS_MAX} readings of pieces in one event`]
  return sensorElementList.flatMap(({ sensorReport }, element) => sensorReport.flatMap((report, place) => {
    const of = kindOf(report)
    if (!isLimited(of) || valuesOf(report).length === 0 || unitsOf(of).includes(report.uom ?? '')) return []
    return [`sensorElementList[${element}].sensorReport[${place}].uom: ${report.uom ?? 'none'} is none of ${unitsOf(of).join(', ')}`]
  }))
}

/** The readings of an event in our units. What the sensor itself calls an error is no reading. */
export const readingsOf = ({ eventTime, sensorElementList = [] }: Sensing): Reading[] =>
  sensorElementList.flatMap(({ sensorMetadata = {}, sensorReport }) => sensorReport.flatMap((report) => readingOf(report, sensorMetadata, eventTime)))

const valuesOf = ({ value, minValue, maxValue, meanValue }: Report): number[] => {
  const ends = [value, minValue, maxValue].filter((one) => one !== undefined)
  return ends.length > 0 || meanValue === undefined ? ends : [meanValue]
}

function readingOf(report: Report, metadata: Metadata, eventTime: string): Reading[] {
  const exception = word(report.exception)
  const isAlarm = exception === 'ALARM_CONDITION'
  const of = kindOf(report)
  const values = isLimited(of) ? valuesOf(report).flatMap((value) => inOurUnit(of, of === 'shock' ? Math.abs(value) : value, report.uom ?? '') ?? []) : []
  if (exception === 'ERROR_CONDITION' || (values.length === 0 && !isAlarm)) return []
  const isSpan = report.time === undefined && metadata.startTime !== undefined && metadata.endTime !== undefined
  const moment = report.time ?? metadata.time ?? metadata.endTime ?? eventTime
  const [from, to] = (isSpan ? [metadata.startTime, metadata.endTime] : [moment, moment]).map((at) => new Date(at ?? moment).toISOString()).sort()
  return [{
    of, from: from ?? moment, to: to ?? moment, low: values.length === 0 ? null : Math.min(...values), high: values.length === 0 ? null : Math.max(...values), isAlarm,
    source: (report.deviceID ?? metadata.deviceID ?? 'EPCIS').slice(0, 128),
  }]
}
