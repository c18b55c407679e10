import { holdsCardNumber } from '../../contract/identity/card-guard.ts'
import { nowOf } from '../ground.ts'
import { isKeepable } from '../keepable.ts'
import type { Office } from '../people/office.ts'
import type { Answer, Asked, Route } from '../server.ts'
import type { Caller } from './api-keys.ts'
import type { CallLimit } from './call-limit.ts'
import { addressOf, callerWith } from './door-caller.ts'
import { capture, captureJob } from './epcis-capture.ts'
import { EpcisProblem } from './epcis-problem.ts'
import { conditionsOf, dropQuery, listQueries, makeQuery, queryNamed } from './epcis-queries.ts'
import { queryDocument, queryEvents } from './epcis-query.ts'
import { listSubscriptions, subscribe, subscriptionOf, unsubscribe } from './epcis-subscriptions.ts'

const CAPTURE_BYTES_MAX = 8 * 1024 * 1024
const QUERY_BYTES_MAX = 256 * 1024
const HEADERS = { 'gs1-epcis-version': '2.0.0', 'gs1-cbv-version': '2.0.0', 'gs1-epc-format': 'Always_GS1_Digital_Link' }

/** A door whose answer may be bad news in the words of EPCIS. */
type Handler = (asked: Asked, caller: Caller) => Promise<Exclude<Answer, 'answered'>>

/** A body of EPCIS, refused where it holds what must not or cannot be kept. */
async function told(asked: Asked, bytes_max: number): Promise<unknown> {
  const body = await asked.json(bytes_max)
  if (!isKeepable(body)) throw new EpcisProblem('ValidationException', 'A text holds what cannot be kept.')
  if (holdsCardNumber(body)) throw new EpcisProblem('ValidationException', 'A text looks like the number of a payment card. It must not be kept.')
  return body
}

const base = (asked: Asked): string => `${addressOf(asked)}/`
const named = (asked: Asked, name = 'name'): string => asked.params[name] ?? ''
const found = (json: unknown, headers: Readonly<Record<string, string>> = {}): Exclude<Answer, 'answered'> => ({ status: 200, json, headers: { ...HEADERS, ...headers } })
const GONE = { status: 204, body: null, headers: HEADERS } as const

/** EPCIS 2.0 as its REST binding has it, as far as single pieces need it. */
export function epcisRoutes(office: Office, limit: CallLimit): Route[] {
  const route = (method: Route['method'], path: string, handler: Handler): Route => ({
    method, path: `/epcis${path}`,
    answer: async (asked) => {
      const caller = await callerWith(office, limit, asked, 'epcis')
      return handler(asked, caller).catch((error: unknown) => {
        if (error instanceof EpcisProblem) return problemAnswer(error)
        throw error
      })
    },
  })
  return [...captureRoutes(office, route), ...eventRoutes(office, route), ...queryRoutes(office, route)]
}

type MakeRoute = (method: Route['method'], path: string, handler: Handler) => Route

const captureRoutes = (office: Office, route: MakeRoute): Route[] => [
  route('POST', '/capture', async (asked) => {
    const job = await capture(office, await told(asked, CAPTURE_BYTES_MAX), base(asked))
    const location = { location: `/epcis/capture/${job.captureID}` }
    if (job.success) return { status: 202, body: '', headers: { ...HEADERS, ...location } }
    const refused = problemAnswer(new EpcisProblem('ValidationException', job.errors[0]?.detail ?? ''))
    return { ...refused, headers: { ...refused.headers, ...location } }
  }),
  route('GET', '/capture/:id', async (asked) => {
    const job = await captureJob(office.db, named(asked, 'id'))
    if (job === null) throw new EpcisProblem('NoSuchResourceException', 'No such capture.')
    return found(job)
  }),
]

function eventRoutes(office: Office, route: MakeRoute): Route[] {
  return [
    route('GET', '/events', (asked) => page(office, asked, asked.url.searchParams)),
    route('GET', '/events/:id', (asked) => page(office, asked, new URLSearchParams({ EQ_eventID: named(asked, 'id') }))),
    route('GET', '/epcs/:epc/events', (asked) => page(office, asked, new URLSearchParams([...asked.url.searchParams, ['MATCH_anyEPC', named(asked, 'epc')]]))),
  ]
}

const queryRoutes = (office: Office, route: MakeRoute): Route[] => [
  route('GET', '/queries', async () => found(await listQueries(office.db))),
  route('POST', '/queries', async (asked, caller) => {
    const made = await makeQuery(office, caller.name, await told(asked, QUERY_BYTES_MAX))
    return { status: 201, json: made, headers: { ...HEADERS, location: `/epcis/queries/${made.name}` } }
  }),
  route('GET', '/queries/:name', async (asked) => found(await queryNamed(office.db, named(asked)))),
  route('DELETE', '/queries/:name', async (asked, caller) => {
    await dropQuery(office, caller.name, named(asked))
    return GONE
  }),
  route('GET', '/queries/:name/events', async (asked) => {
    const query = await queryNamed(office.db, named(asked))
    return page(office, asked, new URLSearchParams([...conditionsOf(query), ...asked.url.searchParams]), query.name)
  }),
  route('GET', '/queries/:name/subscriptions', async (asked) => found(await listSubscriptions(office, named(asked)))),
  route('POST', '/queries/:name/subscriptions', async (asked, caller) => {
    const made = await subscribe(office, caller.name, named(asked), await told(asked, QUERY_BYTES_MAX), base(asked))
    return { status: 201, json: made, headers: { ...HEADERS, location: `/epcis/queries/${named(asked)}/subscriptions/${made.subscriptionID}` } }
  }),
  route('GET', '/queries/:name/subscriptions/:id', async (asked) => found(await subscriptionOf(office, named(asked), named(asked, 'id')))),
  route('DELETE', '/queries/:name/subscriptions/:id', async (asked, caller) => {
    await unsubscribe(office, caller.name, named(asked), named(asked, 'id'))
    return GONE
  }),
]

async function page(office: Office, asked: Asked, params: URLSearchParams, queryName = 'SimpleEventQuery'): Promise<Exclude<Answer, 'answered'>> {
  const { events, nextPageToken } = await queryEvents(office.db, params, base(asked))
  const link = new URL(asked.url.pathname + asked.url.search, addressOf(asked))
  if (nextPageToken !== null) link.searchParams.set('nextPageToken', nextPageToken)
  return found(queryDocument(events, nowOf(office), base(asked), { queryName }), {
    'content-type': 'application/ld+json', ...(nextPageToken === null ? {} : { link: `<${link.href}>; rel="next"` }),
  })
}

/** Bad news in the shape that the standard asks for (RFC 9457). */
const problemAnswer = ({ status, title, message }: EpcisProblem): Exclude<Answer, 'answered'> =>
  ({ status, json: { type: `epcisException:${title}`, title, status, detail: message }, headers: { ...HEADERS, 'content-type': 'application/problem+json' } })
