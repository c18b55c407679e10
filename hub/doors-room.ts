import { OpenAPIHandler } from '@orpc/openapi/node'
import { ORPCError, onError } from '@orpc/server'
import { customerKey, sealingWith } from './customers/sealing.ts'
import { callerOf, type Caller } from './doors/api-keys.ts'
import { DoorRefusal } from './doors/door-refusal.ts'
import { doorRouter } from './doors/door-router.ts'
import { capture, captureJob } from './doors/epcis-capture.ts'
import { queryDocument, queryEvents } from './doors/epcis-query.ts'
import { CallLimit } from './doors/call-limit.ts'
import { forgetOldTokens } from './doors/once.ts'
import { openApiDocument } from './doors/openapi.ts'
import { postingsCsv, postingsDatev, postingsOfDay } from './doors/postings.ts'
import type { HubGround } from './ground.ts'
import { nowOf } from './ground.ts'
import { alone, runJobs } from './office-jobs.ts'
import type { Office } from './people/office.ts'
import type { Room } from './room.ts'
import { Refusal, type Answer, type Asked, type Route } from './server.ts'
import type { Scope } from './contract/office-calls.ts'

const CAPTURE_BYTES_MAX = 8 * 1024 * 1024
const FORGET_EVERY_MS = 3_600_000

/** Doors for other systems: the calls of the OpenAPI document, EPCIS 2.0 as its REST binding has it, postings as files. */
export async function doorsRoom(ground: HubGround): Promise<Room> {
  const office: Office = { ...ground, sealing: sealingWith(customerKey(process.env['COUNTERMARK_CUSTOMER_KEY'], ground.dataDir)) }
  const jobs = runJobs(office, [{ every_ms: FORGET_EVERY_MS, job: alone(office, 'forget-tokens', async () => (await forgetOldTokens(office)) > 10_000) }])
  const limit = new CallLimit(ground.now_ms)
  return { routes: [...apiRoutes(office, limit), ...postingRoutes(office, limit), ...epcisRoutes(office, limit)], stop: () => jobs.stop() }
}

const addressOf = ({ request }: Asked): string => {
  const forwarded = request.headers['x-forwarded-proto']
  return `${forwarded === 'https' ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`
}

function apiRoutes(office: Office, limit: CallLimit): Route[] {
  const handler = new OpenAPIHandler(doorRouter(office), {
    interceptors: [onError((error) => {
      if (!(error instanceof ORPCError)) office.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
    })],
  })
  return [
    { method: 'GET', path: '/api/openapi.json', answer: async (asked) => ({ status: 200, json: await openApiDocument(addressOf(asked)) }) },
    {
      method: '*', path: '/api/v1/*',
      answer: async (asked) => {
        const caller = await callerOf(office, asked.request.headers.authorization)
        if (caller !== null && !limit.mayCall(caller.keyId)) throw new Refusal(429, 'too-many')
        const token = asked.request.headers['idempotency-key']
        const context = { caller, token: typeof token === 'string' && token !== '' ? token : null }
        const { matched } = await handler.handle(asked.request, asked.response, { prefix: '/api/v1', context })
        return matched ? 'answered' : { status: 404, json: { error: 'not-found' } }
      },
    },
  ]
}

/** The caller of a door that is no call of the contract. */
async function callerWith(office: Office, limit: CallLimit, asked: Asked, scope: Scope): Promise<Caller> {
  const caller = await callerOf(office, asked.request.headers.authorization)
  if (caller === null) throw new Refusal(401, 'no-key')
  if (!caller.scopes.includes(scope)) throw new Refusal(403, 'scope')
  if (!limit.mayCall(caller.keyId)) throw new Refusal(429, 'too-many')
  return caller
}

const postingRoutes = (office: Office, limit: CallLimit): Route[] => (['csv', 'datev'] as const).map((form) => ({
  method: 'GET', path: `/api/files/postings/:day/${form}`,
  answer: async (asked) => {
    await callerWith(office, limit, asked, 'postings')
    const day = asked.params['day'] ?? ''
    if (!/^\d{4}-\d{2}-\d{2}$/u.test(day) || Number.isNaN(Date.parse(day))) throw new Refusal(400, 'bad-day')
    const rows = await postingsOfDay(office.db, day)
    const body = form === 'csv' ? postingsCsv(rows) : postingsDatev(rows)
    return { status: 200, body, headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${form}-${day}.csv"` } }
  },
}))

const EPCIS_HEADERS = { 'gs1-epcis-version': '2.0.0', 'gs1-cbv-version': '2.0.0', 'gs1-epc-format': 'Always_GS1_Digital_Link' }

function epcisRoutes(office: Office, limit: CallLimit): Route[] {
  const caller = (asked: Asked): Promise<Caller> => callerWith(office, limit, asked, 'epcis')
  const base = (asked: Asked): string => `${addressOf(asked)}/`
  const page = async (asked: Asked, params: URLSearchParams): Promise<Answer> => {
    await caller(asked)
    try {
      const { events, nextPageToken } = await queryEvents(office.db, params, base(asked))
      const link = new URL(asked.url.pathname + asked.url.search, addressOf(asked))
      if (nextPageToken !== null) link.searchParams.set('nextPageToken', nextPageToken)
      return {
        status: 200, json: queryDocument(events, nowOf(office), base(asked)),
        headers: { ...EPCIS_HEADERS, 'content-type': 'application/ld+json', ...(nextPageToken === null ? {} : { link: `<${link.href}>; rel="next"` }) },
      }
    } catch (error) {
      if (!(error instanceof DoorRefusal)) throw error
      return problemAnswer(400, 'epcisException:QueryParameterException', `${error.fault}: ${error.place ?? ''}`)
    }
  }
  return [
    {
      method: 'POST', path: '/epcis/capture',
      answer: async (asked) => {
        await caller(asked)
        const job = await capture(office, await asked.json(CAPTURE_BYTES_MAX), base(asked))
        const headers = { ...EPCIS_HEADERS, location: `/epcis/capture/${job.captureID}` }
        return job.success ? { status: 202, body: '', headers } : { ...problemAnswer(400, 'epcisException:ValidationException', job.errors[0]?.detail ?? ''), headers }
      },
    },
    {
      method: 'GET', path: '/epcis/capture/:id',
      answer: async (asked) => {
        await caller(asked)
        const job = await captureJob(office.db, asked.params['id'] ?? '')
        return job === null ? problemAnswer(404, 'epcisException:NoSuchResourceException', 'No such capture.') : { status: 200, json: job, headers: EPCIS_HEADERS }
      },
    },
    { method: 'GET', path: '/epcis/events', answer: (asked) => page(asked, asked.url.searchParams) },
    { method: 'GET', path: '/epcis/events/:id', answer: (asked) => page(asked, new URLSearchParams({ EQ_eventID: asked.params['id'] ?? '' })) },
    {
      method: 'GET', path: '/epcis/epcs/:epc/events',
      answer: (asked) => page(asked, new URLSearchParams([...asked.url.searchParams, ['MATCH_anyEPC', asked.params['epc'] ?? '']])),
    },
  ]
}

/** Bad news in the shape that the standard asks for (RFC 9457). */
const problemAnswer = (status: number, type: string, detail: string): Exclude<Answer, 'answered'> =>
  ({ status, json: { type, title: type.split(':')[1] ?? type, status, detail }, headers: { ...EPCIS_HEADERS, 'content-type': 'application/problem+json' } })
