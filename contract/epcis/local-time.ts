import { zoneKnownHere } from '../days.ts'

/** An instant as the clock on the wall showed it, with the offset that applied there and then. */
export interface LocalTime {
  /** `2026-03-01T10:00:00.000+01:00` */
  readonly eventTime: string
  /** `+01:00` */
  readonly eventTimeZoneOffset: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * The local time of a UTC instant in an IANA time zone, summer time included. EPCIS demands both fields,
 * and knows no `Z` for the offset. A zone that this machine does not know is told as Greenwich: the instant is the same.
 */
export function localTime(instant: string, timeZone: string): LocalTime {
  const offset = offsetAt(new Date(instant), timeZone)
  const minutes = (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4)))
  const wall = new Date(Date.parse(instant) + minutes * 60_000)
  return { eventTime: wall.toISOString().replace('Z', offset), eventTimeZoneOffset: offset }
}

/** The ISO day that the clock on the wall showed. */
export function localDay(instant: string, timeZone: string): string {
  return localTime(instant, timeZone).eventTime.slice(0, 10)
}

function offsetAt(date: Date, timeZone: string): string {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', { timeZone: zoneKnownHere(timeZone), timeZoneName: 'longOffset' })
    formats.set(timeZone, format)
  }
  const name = format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return /[+-]\d{2}:\d{2}/.exec(name)?.[0] ?? '+00:00'
}
