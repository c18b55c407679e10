import { epcisDocument, EPCIS_CONTEXT } from '../../contract/epcis/document.ts'
import type { EpcisEvent } from '../../contract/epcis/event.ts'
import type { Query } from '../database.ts'
import { toldAfter, type NumberedTold } from '../reports/told-row.ts'
import { epcisOf, unitsOfEpc } from './epcis-world.ts'
import { DoorRefusal } from './door-refusal.ts'

/** The parameters of the standard's query language (EPCIS 2.0, 8.2.7.1) that are understood here. */
const KNOWN = new Set([
  'eventType', 'MATCH_anyEPC', 'MATCH_epc', 'EQ_bizStep', 'EQ_disposition', 'EQ_eventID', 'EQ_bizLocation', 'EQ_readPoint', 'GE_eventTime', 'LT_eventTime', 'EQ_action',
  'perPage', 'nextPageToken',
])
const PAGE = 30
const PAGE_MAX = 1_000
const READ_AT_ONCE = 500
/** So many lines are looked at for one page; a page may then be shorter, and the next one goes on. */
const READ_MAX = 20_000

export interface EpcisPage {
  readonly events: readonly EpcisEvent[]
  readonly nextPageToken: string | null
}

/** A page of events in the order in which the centre applied them. Refuses parameters that it does not understand: an answer that leaves a condition out would be a wrong one. */
export async function queryEvents(db: Query, params: URLSearchParams, base: string): Promise<EpcisPage> {
  const unknown = [...params.keys()].find((name) => !KNOWN.has(name))
  if (unknown !== undefined) throw new DoorRefusal('REFUSED', 'unknown-parameter', unknown)
  const perPage = Math.min(PAGE_MAX, Math.max(1, Number(params.get('perPage') ?? PAGE) || PAGE))
  const epcs = [...params.getAll('MATCH_anyEPC'), ...params.getAll('MATCH_epc')].flatMap((list) => list.split('|'))
  const units = epcs.length === 0 ? null : (await Promise.all(epcs.map((epc) => unitsOfEpc(db, epc, base)))).flat()
  const found: EpcisEvent[] = []
  let after = Number(params.get('nextPageToken') ?? 0) || 0
  for (let read = 0; read < READ_MAX; read += READ_AT_ONCE) {
    const rows = units === null ? await toldAfter(db, after, READ_AT_ONCE) : await toldOfUnits(db, units, after, READ_AT_ONCE)
    for (const { seq, event } of await epcisOf(db, rows, base)) {
      if (!fits(event, params)) continue
      if (found.length === perPage) return { events: found, nextPageToken: String(after) }
      found.push(event)
      after = Math.max(after, seq)
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < READ_AT_ONCE) return { events: found, nextPageToken: null }
    after = last.seq
  }
  return { events: found, nextPageToken: String(after) }
}

const toldOfUnits = (db: Query, units: readonly string[], after: number, limit: number): Promise<NumberedTold[]> =>
  db.query<NumberedTold>("SELECT * FROM told WHERE feed = 'all' AND unit_id = ANY ($1::text[]) AND seq > $2 ORDER BY seq LIMIT $3", [[...units], after, limit])

function fits(event: EpcisEvent, params: URLSearchParams): boolean {
  const isOneOf = (name: string, value: string | undefined): boolean => {
    const wanted = params.get(name)
    return wanted === null || wanted.split('|').some((one) => one === value || (value !== undefined && one.endsWith(`:${value}`)) || one.endsWith(`-${value ?? ''}`))
  }
  const exactly = (name: string, value: string | undefined): boolean => {
    const wanted = params.get(name)
    return wanted === null || wanted.split('|').includes(value ?? '')
  }
  const at = Date.parse(event.eventTime)
  const [from, before] = [params.get('GE_eventTime'), params.get('LT_eventTime')]
  return (
    exactly('eventType', event.type) && exactly('EQ_eventID', event.eventID) && exactly('EQ_bizLocation', event.bizLocation?.id) && exactly('EQ_readPoint', event.readPoint?.id) &&
    isOneOf('EQ_bizStep', event.bizStep) && isOneOf('EQ_disposition', event.disposition) && exactly('EQ_action', 'action' in event ? event.action : undefined) &&
    (from === null || at >= Date.parse(from)) && (before === null || at < Date.parse(before))
  )
}

/** The answer as the standard has it: an `EPCISQueryDocument` with the events in its result body. */
export function queryDocument(events: readonly EpcisEvent[], createdAt: string, base: string): object {
  const { schemaVersion, creationDate } = epcisDocument([], createdAt, base)
  return {
    '@context': [EPCIS_CONTEXT, { shop: `${base}ns/` }], type: 'EPCISQueryDocument', schemaVersion, creationDate,
    epcisBody: { queryResults: { queryName: 'SimpleEventQuery', resultsBody: { eventList: events } } },
  }
}
