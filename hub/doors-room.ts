import { OpenAPIHandler } from '@orpc/openapi/node'
import { ORPCError, onError } from '@orpc/server'
import { BodyLimitPlugin } from '@orpc/server/node'
import { HOUR_MS, SECOND_MS } from '../contract/durations.ts'
import { customerKey, sealingWith } from './customers/sealing.ts'
import { callerOf } from './doors/api-keys.ts'
import { addressOf, callerWith } from './doors/door-caller.ts'
import { doorRouter } from './doors/door-router.ts'
import { epcisRoutes } from './doors/epcis-routes.ts'
import { CallLimit } from './doors/call-limit.ts'
import { forgetOldTokens } from './doors/once.ts'
import { openApiDocument } from './doors/openapi.ts'
import { postingsCsv, postingsDatev, postingsOfDay } from './doors/postings.ts'
import type { HubGround } from './ground.ts'
import { alone, runJobs } from './office-jobs.ts'
import type { Office } from './people/office.ts'
import type { Room } from './room.ts'
import { judgeByChangedLimits } from './sensors/judge-by-changed-limits.ts'
import { Refusal, type Route } from './server.ts'

const FORGET_EVERY_MS = HOUR_MS
const LIMITS_EVERY_MS = 5 * SECOND_MS
/** Several hundred thousand serials announced at once; a body is read before its key is looked at. */
const CALL_BYTES_MAX = 16 * 1024 * 1024

/** Doors for other systems: the calls of the OpenAPI document, EPCIS 2.0 as its REST binding has it, postings as files. */
export async function doorsRoom(ground: HubGround): Promise<Room> {
  const office: Office = { ...ground, sealing: sealingWith(customerKey(process.env['COUNTERMARK_CUSTOMER_KEY'], ground.dataDir)) }
  const jobs = runJobs(office, [
    { every_ms: FORGET_EVERY_MS, job: alone(office, 'forget-tokens', async () => (await forgetOldTokens(office)) > 10_000) },
    { every_ms: LIMITS_EVERY_MS, job: alone(office, 'changed-limits', () => judgeByChangedLimits(office)) },
  ])
  const limit = new CallLimit(ground.now_ms)
  return { routes: [...apiRoutes(office, limit), ...postingRoutes(office, limit), ...epcisRoutes(office, limit)], stop: () => jobs.stop() }
}

function apiRoutes(office: Office, limit: CallLimit): Route[] {
  const handler = new OpenAPIHandler(doorRouter(office), {
    plugins: [new BodyLimitPlugin({ maxBodySize: CALL_BYTES_MAX })],
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
