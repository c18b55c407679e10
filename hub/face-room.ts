import { RPCHandler, BodyLimitPlugin } from '@orpc/server/node'
import { ORPCError, onError } from '@orpc/server'
import { HOUR_MS } from '../contract/durations.ts'
import { customerKey, sealingWith } from './customers/sealing.ts'
import { eraseOverdue } from './customers/customers.ts'
import { tellUnknownNumbers } from './catalogue/stolen.ts'
import { faceRouter } from './calls/face-router.ts'
import { guardFace, type FaceContext } from './calls/implementer.ts'
import { ImportKind } from './contract/office-calls.ts'
import { WebhookSender } from './doors/webhook-sender.ts'
import { facePagesDir, pageAnswer } from './face-pages.ts'
import { newId, type HubGround } from './ground.ts'
import { HubRefusal } from './hub-refusal.ts'
import { runSomeImport } from './imports/run-imports.ts'
import { takeFile } from './imports/runs.ts'
import { alone, runJobs } from './office-jobs.ts'
import { BROWSER_KNOWN_MS } from './people/known-browsers.ts'
import type { Office } from './people/office.ts'
import { inviteOwner } from './people/persons.ts'
import { BROWSER_COOKIE, COOKIE, cookieText, secretIn, signedBy } from './people/sessions.ts'
import { tellOut } from './reports/tell-out.ts'
import { tellPast } from './reports/tell-past.ts'
import type { Room } from './room.ts'
import { Refusal, type Asked, type Route } from './server.ts'
import { sourceOf } from './source-address.ts'
import { mendHomes } from './sync/mend-homes.ts'
import { forgetGuessers } from './wrong-tries.ts'

const CALL_BYTES_MAX = 2 * 1024 * 1024
const TELL_EVERY_MS = 300
const WEBHOOKS_EVERY_MS = 700
const IMPORTS_EVERY_MS = 700
const RETENTION_EVERY_MS = HOUR_MS
const MEND_EVERY_MS = 60_000

/** The centre's own face: its pages, their calls, files that come in, and the work that goes on behind them. */
export async function faceRoom(ground: HubGround): Promise<Room> {
  const office: Office = { ...ground, sealing: sealingWith(customerKey(process.env['COUNTERMARK_CUSTOMER_KEY'], ground.dataDir)) }
  const holder = newId()
  const webhooks = new WebhookSender(office)
  const jobs = runJobs(office, [
    { every_ms: TELL_EVERY_MS, job: alone(office, 'tell', async () => (await tellOut(office.db)) + (await tellPast(office.db)) > 0) },
    { every_ms: RETENTION_EVERY_MS, job: alone(office, 'stolen-numbers', () => tellUnknownNumbers(office)) },
    { every_ms: WEBHOOKS_EVERY_MS, job: () => webhooks.turn().then(() => false) },
    { every_ms: IMPORTS_EVERY_MS, job: (isStopping) => runSomeImport(office, holder, isStopping) },
    { every_ms: MEND_EVERY_MS, job: alone(office, 'homes', async () => (await mendHomes(office)) > 0) },
    { every_ms: RETENTION_EVERY_MS, job: alone(office, 'forget-guessers', () => forgetGuessers(office.db, office.now_ms()).then(() => false)) },
    { every_ms: RETENTION_EVERY_MS, job: alone(office, 'retention', async () => (await eraseOverdue(office)) > 0) },
  ])
  const invited = await inviteOwner(office.db, office)
  if (invited === 'elsewhere') ground.log('Nobody leads this centre yet. The code for the first person was printed by another of its processes half a minute ago or less.')
  else if (invited !== null) ground.log(`Nobody leads this centre yet. The first person joins on its page with the code ${invited.code}`)
  return { routes: [...callRoutes(office), ...pageRoutes()], stop: () => Promise.all([jobs.stop(), webhooks.stop()]).then(() => undefined) }
}

function callRoutes(office: Office): Route[] {
  const handler = new RPCHandler(faceRouter(office), {
    plugins: [new BodyLimitPlugin({ maxBodySize: CALL_BYTES_MAX })],
    interceptors: [onError((error) => {
      if (!(error instanceof ORPCError)) office.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
    })],
  })
  return [
    {
      method: 'POST', path: '/face/rpc/*',
      answer: async (asked) => {
        refuseOtherOrigin(asked)
        const { matched } = await handler.handle(asked.request, asked.response, { prefix: '/face/rpc', context: await contextOf(office, asked) })
        return matched ? 'answered' : { status: 404, json: { error: 'not-found' } }
      },
    },
    {
      method: 'POST', path: '/face/imports/:kind',
      answer: async (asked) => {
        refuseOtherOrigin(asked)
        const { signed } = await contextOf(office, asked)
        try {
          guardFace(signed, { roles: ['owner', 'manager'], withOneFactor: false })
        } catch {
          throw new Refusal(403, 'no-right')
        }
        const kind = ImportKind.safeParse(asked.params['kind'])
        if (!kind.success) throw new Refusal(404, 'not-found')
        const view = await takeFile(office, kind.data, asked.url.searchParams.get('name') ?? 'file.csv', signed?.name ?? '', asked.request as AsyncIterable<Buffer>)
          .catch((error: unknown) => {
            throw error instanceof HubRefusal ? new Refusal(413, error.fault) : error
          })
        return { status: 200, json: view }
      },
    },
  ]
}

/** The cookie is sent along by no other site; that the page is ours is asked all the same. */
function refuseOtherOrigin({ request }: Asked): void {
  const { origin, host } = request.headers
  if (origin === undefined || URL.parse(origin)?.host !== host) throw new Refusal(403, 'other-origin')
}

async function contextOf(office: Office, { request, response }: Asked): Promise<FaceContext> {
  const origin = request.headers.origin ?? ''
  const isSecure = origin.startsWith('https:')
  return {
    signed: await signedBy(office.db, secretIn(request.headers.cookie, COOKIE), office.now_ms()),
    from: { address: sourceOf(request, office.proxies), browser: secretIn(request.headers.cookie, BROWSER_COOKIE) },
    place: { origin, host: URL.parse(origin)?.hostname ?? '' },
    setSecret: (secret) => void response.appendHeader('set-cookie', cookieText(COOKIE, secret, isSecure)),
    setBrowser: (secret) => void response.appendHeader('set-cookie', cookieText(BROWSER_COOKIE, secret, isSecure, BROWSER_KNOWN_MS)),
  }
}

function pageRoutes(): Route[] {
  const dir = facePagesDir()
  return [
    { method: 'GET', path: '/', answer: async () => pageAnswer(dir, '') },
    { method: 'GET', path: '/mark.svg', answer: async () => pageAnswer(dir, 'mark.svg') },
    { method: 'GET', path: '/assets/*', answer: async (asked) => pageAnswer(dir, `assets/${asked.params['*'] ?? ''}`) },
  ]
}
