import { epcisDocument, EPCIS_CONTEXT } from '../../contract/epcis/document.ts'
import type { EpcisEvent } from '../../contract/epcis/event.ts'
import type { Query } from '../database.ts'
import { toldAfter, type NumberedTold } from '../reports/told-row.ts'
import { epcisOf, unitsOfEpc } from './epcis-world.ts'
import { EpcisProblem } from './epcis-problem.ts'

const TIMES = ['GE_eventTime', 'LT_eventTime', 'GE_recordTime', 'LT_recordTime'] as const
const OF_A_PAGE = ['perPage', 'nextPageToken'] as const

/** The parameters of the standard's query language (EPCIS 2.0, 8.2.7.1) that are understood here. */
const CONDITIONS = new Set<string>([
  'eventType', 'MATCH_anyEPC', 'MATCH_epc', 'EQ_bizStep', 'EQ_disposition', 'EQ_eventID', 'EQ_bizLocation', 'EQ_readPoint', 'EQ_action', ...TIMES,
])
const PAGE = 30
const PAGE_MAX = 1_000
const READ_AT_ONCE = 500
/** So many lines are looked at for one page; a page may then be shorter, and the next one goes on. */
const READ_MAX = 20_000

interface EpcisPage {
  readonly events: readonly EpcisEvent[]
  readonly nextPageToken: string | null
}

/** Refuses conditions that are not understood, stand twice, or make no sense: an answer that leaves a condition out would be a wrong one. */
export function checkConditions(params: URLSearchParams): void {
  const unknown = [...params.keys()].find((name) => !CONDITIONS.has(name))
  if (unknown !== undefined) throw new EpcisProblem('QueryParameterException', `unknown-parameter: ${unknown}`)
  const repeated = [...params.keys()].find((name) => params.getAll(name).length > 1)
  if (repeated !== undefined) throw new EpcisProblem('QueryParameterException', `repeated-parameter: ${repeated}`)
  const noTime = TIMES.find((name) => params.has(name) && Number.isNaN(Date.parse(params.get(name) ?? '')))
  if (noTime !== undefined) throw new EpcisProblem('QueryParameterException', `no-time: ${noTime}`)
}

/** A page of events in the order in which the centre applied them. Refuses what `checkConditions` refuses. */
export async function queryEvents(db: Query, asked: URLSearchParams, base: string): Promise<EpcisPage> {
  const params = new URLSearchParams([...asked].filter(([name]) => !OF_A_PAGE.some((one) => one === name)))
  checkConditions(params)
  const perPage = Math.min(PAGE_MAX, Math.max(1, Number(asked.get('perPage') ?? PAGE) || PAGE))
  const units = await unitsAskedFor(db, params, base)
  const found: EpcisEvent[] = []
  const token = asked.get('nextPageToken') ?? '0'
  if (!/^\d{1,15}$/u.test(token)) throw new EpcisProblem('QueryParameterException', 'nextPageToken is none that was given here.')
  let after = Number(token)
  for (let read = 0; read < READ_MAX; read += READ_AT_ONCE) {
    const rows = units === null ? await toldAfter(db, after, READ_AT_ONCE) : await toldOfUnits(db, units, after, READ_AT_ONCE)
    for (const { seq, event } of await fitting(db, rows, params, base)) {
      // A correction is two events of one line, and a page begins after a line: it then has one event more.
      if (found.length >= perPage && seq !== after) return { events: found, nextPageToken: String(after) }
      found.push(event)
      after = Math.max(after, seq)
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < READ_AT_ONCE) return { events: found, nextPageToken: null }
    after = last.seq
  }
  return { events: found, nextPageToken: String(after) }
}

/** The events among these lines that fit all conditions, in their order. */
export async function eventsAmong(db: Query, rows: readonly NumberedTold[], params: URLSearchParams, base: string): Promise<EpcisEvent[]> {
  const units = await unitsAskedFor(db, params, base)
  const about = units === null ? rows : rows.filter(({ unit_id }) => unit_id !== null && units.includes(unit_id))
  return (await fitting(db, about, params, base)).map(({ event }) => event)
}

/** The pieces that all conditions about pieces name; null where there is no such condition. */
async function unitsAskedFor(db: Query, params: URLSearchParams, base: string): Promise<string[] | null> {
  const lists = [params.get('MATCH_anyEPC'), params.get('MATCH_epc')].filter((list) => list !== null)
  const named = await Promise.all(lists.map(async (list) => (await Promise.all(list.split('|').map((epc) => unitsOfEpc(db, epc, base)))).flat()))
  return named.length === 0 ? null : named.reduce((both, units) => both.filter((id) => units.includes(id)))
}

const toldOfUnits = (db: Query, units: readonly string[], after: number, limit: number): Promise<NumberedTold[]> =>
  db.query<NumberedTold>("SELECT * FROM told WHERE feed = 'all' AND unit_id = ANY ($1::text[]) AND seq > $2 ORDER BY seq LIMIT $3", [[...units], after, limit])

async function fitting(db: Query, rows: readonly NumberedTold[], params: URLSearchParams, base: string): Promise<{ seq: number; event: EpcisEvent }[]> {
  const inTime = rows.filter(({ received_at }) => isWithin(received_at, params.get('GE_recordTime'), params.get('LT_recordTime')))
  return (await epcisOf(db, inTime, base)).filter(({ event }) => fits(event, params))
}

/** From the first moment on and before the second. */
const isWithin = (at: string, from: string | null, before: string | null): boolean =>
  (from === null || Date.parse(at) >= Date.parse(from)) && (before === null || Date.parse(at) < Date.parse(before))

function fits(event: EpcisEvent, params: URLSearchParams): boolean {
  const exactly = (name: string, value: string | undefined): boolean => {
    const wanted = params.get(name)
    return wanted === null || wanted.split('|').includes(value ?? '')
  }
  // A term of the vocabulary comes bare, as a CURIE or as an address; the events here have it bare.
  const isTerm = (name: string, value: string | undefined): boolean => {
    const wanted = params.get(name)
    return wanted === null || wanted.split('|').some((one) => value !== undefined && (one === value || one.endsWith(`:${value}`) || one.endsWith(`-${value}`)))
  }
  return (
    exactly('eventType', event.type) && exactly('EQ_eventID', event.eventID) && exactly('EQ_bizLocation', event.bizLocation?.id) && exactly('EQ_readPoint', event.readPoint?.id) &&
    isTerm('EQ_bizStep', event.bizStep) && isTerm('EQ_disposition', event.disposition) && exactly('EQ_action', 'action' in event ? event.action : undefined) &&
    isWithin(event.eventTime, params.get('GE_eventTime'), params.get('LT_eventTime'))
  )
}

/** Which question an answer belongs to; without a subscription it is an answer to who asked. */
export interface Asking {
  readonly queryName: string
  readonly subscriptionID?: string
}

/** The answer as the standard has it: an `EPCISQueryDocument` with the events in its result body. */
export function queryDocument(events: readonly EpcisEvent[], createdAt: string, base: string, asking: Asking = { queryName: 'SimpleEventQuery' }): object {
  const { schemaVersion, creationDate } = epcisDocument([], createdAt, base)
  return {
    '@context': [EPCIS_CONTEXT, { shop: `${base}ns/` }], type: 'EPCISQueryDocument', schemaVersion, creationDate,
    epcisBody: { queryResults: { ...asking, resultsBody: { eventList: events } } },
  }
}
