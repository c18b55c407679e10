import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../hub/ground.ts'
import { appendTold } from '../../../hub/reports/told-row.ts'
import { Browser, joinWithTotp, startOffice, startPostgres, type RunningOffice, type TestPostgres } from '../../support/hub-office.ts'
import { openShop, until } from '../../support/hub-shop.ts'
import { epcisSchema, type SchemaCheck } from '../../support/epcis-schema.ts'

interface QueryDocument {
  readonly epcisBody: { readonly queryResults: { readonly queryName: string; readonly subscriptionID?: string; readonly resultsBody: { readonly eventList: { readonly bizStep: string; readonly epcList: string[] }[] } } }
}

let postgres: TestPostgres
let office: RunningOffice
let owner: Browser
let key = ''
let target: Server
let dest = ''
const told: { headers: IncomingHttpHeaders; body: string }[] = []
let schema: SchemaCheck

beforeAll(async () => {
  schema = epcisSchema()
  postgres = await startPostgres()
  office = await startOffice(await postgres.database('standing'), postgres.folder)
  owner = new Browser(office.hub.url)
  await joinWithTotp(owner, office.ownerCode)
  await openShop(owner.client)
  key = (await owner.client.doors.makeKey({ name: 'WMS', scopes: ['epcis'] })).key
  target = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      told.push({ headers: request.headers, body })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
  dest = `http://127.0.0.1:${(target.address() as AddressInfo).port}/comings`
})

afterAll(async () => {
  target.closeAllConnections()
  await new Promise((resolve) => target.close(resolve))
  await office.stop()
  await postgres.stop()
})

async function call(method: string, path: string, body?: object): Promise<{ status: number; location: string; answer: unknown }> {
  const response = await fetch(`${office.hub.url}${path}`, {
    method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, location: response.headers.get('location') ?? '', answer: text === '' ? null : (JSON.parse(text) as unknown) }
}

const link = (serial: string): string => `https://id.gs1.org/01/09521234543213/21/${serial}`

const happens = (serial: string, bizStep: string, action: 'ADD' | 'OBSERVE'): Promise<{ status: number }> =>
  call('POST', '/epcis/capture', {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-11-20T08:00:00.000Z',
    epcisBody: { eventList: [{ type: 'ObjectEvent', eventTime: '2026-11-20T09:00:00.000+01:00', eventTimeZoneOffset: '+01:00', action, bizStep, disposition: 'active', epcList: [link(serial)] }] },
  })

const eventsIn = (document: unknown) => (document as QueryDocument).epcisBody.queryResults.resultsBody.eventList

describe('a question that is kept under a name', () => {
  it('is answered page by page like one that is asked at once, valid by the schema of the standard', async () => {
    for (const serial of ['Q-1', 'Q-2', 'Q-3']) expect((await happens(serial, 'commissioning', 'ADD')).status).toBe(202)
    const made = await call('POST', '/epcis/queries', { name: 'made', query: { EQ_bizStep: ['commissioning'], MATCH_anyEPC: [link('Q-1'), link('Q-3')] } })
    expect([made.status, made.location]).toEqual([201, '/epcis/queries/made'])
    expect((await call('GET', '/epcis/queries')).answer).toMatchObject([{ name: 'SimpleEventQuery' }, { name: 'made' }])
    const { answer } = await call('GET', '/epcis/queries/made/events')
    expect(schema(answer)).toEqual([])
    expect(answer).toMatchObject({ epcisBody: { queryResults: { queryName: 'made' } } })
    expect(eventsIn(answer).map((event) => event.epcList[0])).toEqual([link('Q-1'), link('Q-3')])
    expect(eventsIn((await call('GET', '/epcis/queries/made/events?perPage=1')).answer)).toHaveLength(1)
    expect(eventsIn((await call('GET', '/epcis/queries/SimpleEventQuery/events')).answer)).toHaveLength(3)
    expect(eventsIn((await call('GET', `/epcis/events?GE_recordTime=${new Date(Date.now() + 60_000).toISOString()}`)).answer)).toEqual([])
  })

  it('is about the pieces that both of its conditions name', async () => {
    const about = (any: string, one: string) => call('GET', `/epcis/events?MATCH_anyEPC=${encodeURIComponent(any)}&MATCH_epc=${encodeURIComponent(one)}`)
    expect(eventsIn((await about(`${link('Q-1')}|${link('Q-2')}`, link('Q-2'))).answer).map((event) => event.epcList[0])).toEqual([link('Q-2')])
    expect(eventsIn((await about(link('Q-1'), link('Q-2'))).answer)).toEqual([])
  })

  it('loses neither event of a correction where a page ends', async () => {
    const { db } = office.hub.ground
    const [piece] = await db.query<{ unit_id: string }>("SELECT unit_id FROM unit_alias WHERE value = 'Q-2'")
    const lines = [{ kind: 'received', params: {} }, { kind: 'corrected', params: { serial: 'Q-2B' } }, { kind: 'checked', params: {} }].map((line) => ({ ...line, id: newId() }))
    const at = new Date().toISOString()
    await db.transaction((tx) => appendTold(tx, lines.map(({ id, kind, params }) => ({
      id, kind, unit_id: piece?.unit_id ?? '', product_id: null, serial: null, lot: null, supplier: null, store_id: null, till: null, at, day: at.slice(0, 10), received_at: at, verdict: 'applied',
      amount_cents: null, currency: null, params: JSON.stringify(kind === 'corrected' ? { ...params, of: lines[0]?.id ?? '' } : params),
    }))))
    const all = eventsIn((await call('GET', '/epcis/events?perPage=100')).answer).map((event) => JSON.stringify(event))
    for (const perPage of [1, 2, 3]) {
      const paged: string[] = []
      for (let next: string | null = `/epcis/events?perPage=${perPage}`; next !== null;) {
        const response: Response = await fetch(new URL(next, office.hub.url), { headers: { authorization: `Bearer ${key}` } })
        paged.push(...eventsIn(await response.json()).map((event) => JSON.stringify(event)))
        next = /<([^>]+)>; rel="next"/u.exec(response.headers.get('link') ?? '')?.[1] ?? null
      }
      expect(paged, `pages of ${perPage}`).toEqual(all)
    }
    expect(all.filter((event) => event.includes('correctiveEventIDs'))).toHaveLength(1)
    await db.query("DELETE FROM told WHERE id = ANY ($1::text[])", [lines.map(({ id }) => id)])
  })

  it('is refused in the words of the standard, and then nothing is kept', async () => {
    const type = async (method: string, path: string, body?: object) => {
      const { status, answer } = await call(method, path, body)
      return [status, (answer as { type: string }).type]
    }
    expect(await type('POST', '/epcis/queries', { name: 'made', query: {} })).toEqual([409, 'epcisException:ResourceAlreadyExistsException'])
    expect(await type('POST', '/epcis/queries', { name: 'SimpleEventQuery', query: {} })).toEqual([409, 'epcisException:ResourceAlreadyExistsException'])
    expect(await type('POST', '/epcis/queries', { name: 'a/b', query: {} })).toEqual([400, 'epcisException:QueryValidationException'])
    expect(await type('POST', '/epcis/queries', { name: 'b', query: { EQ_unheardOf: ['1'] } })).toEqual([400, 'epcisException:QueryParameterException'])
    expect(await type('POST', '/epcis/queries', { name: 'b', query: { GE_eventTime: 'yesterday' } })).toEqual([400, 'epcisException:QueryParameterException'])
    expect(await type('GET', '/epcis/queries/b')).toEqual([404, 'epcisException:NoSuchNameException'])
    expect(await type('GET', '/epcis/queries/made/events?stream=true')).toEqual([400, 'epcisException:QueryParameterException'])
    const twice = [400, 'epcisException:QueryParameterException']
    expect(await type('GET', '/epcis/events?EQ_bizStep=commissioning&EQ_bizStep=receiving')).toEqual(twice)
    expect(await type('GET', '/epcis/queries/made/events?EQ_bizStep=receiving')).toEqual(twice)
    expect(await type('GET', `/epcis/epcs/${encodeURIComponent(link('Q-1'))}/events?MATCH_anyEPC=${encodeURIComponent(link('Q-2'))}`)).toEqual(twice)
    const paths = '/epcis/queries/made/subscriptions'
    expect(await type('POST', '/epcis/queries/b/subscriptions', { dest, stream: true })).toEqual([404, 'epcisException:NoSuchNameException'])
    expect(await type('POST', paths, { dest })).toEqual([400, 'epcisException:SubscriptionControlsException'])
    expect(await type('POST', paths, { dest, stream: true, schedule: { hour: '1' } })).toEqual([400, 'epcisException:SubscriptionControlsException'])
    expect(await type('POST', paths, { dest, schedule: { month: '2', dayOfMonth: '30' } })).toEqual([400, 'epcisException:SubscriptionControlsException'])
    expect(await type('POST', paths, { dest: 'file:///etc/passwd', stream: true })).toEqual([400, 'epcisException:ValidationException'])
    expect((await call('GET', paths)).answer).toEqual([])
  })
})

describe('a subscription', () => {
  it('is told what fits and nothing else, signed, and no more once it has ended', async () => {
    await call('POST', '/epcis/queries', { name: 'comings', query: { EQ_bizStep: ['receiving'] } })
    const made = await call('POST', '/epcis/queries/comings/subscriptions', { dest, signatureToken: 'a-token-of-ours', stream: true })
    expect(made.status).toBe(201)
    const { subscriptionID } = made.answer as { subscriptionID: string }
    expect(JSON.stringify((await call('GET', made.location)).answer)).not.toContain('a-token-of-ours')
    await happens('Q-1', 'storing', 'OBSERVE')
    await happens('Q-2', 'receiving', 'OBSERVE')
    await until(async () => told.length, (count) => count >= 1)
    const { headers, body } = told[0] ?? { headers: {}, body: '' }
    const document = JSON.parse(body) as QueryDocument
    expect(schema(document)).toEqual([])
    expect(document.epcisBody.queryResults).toMatchObject({ queryName: 'comings', subscriptionID, resultsBody: { eventList: [{ bizStep: 'receiving', epcList: [link('Q-2')] }] } })
    const [, stamp = '', signature] = /^t=(\d+),v1=([0-9a-f]+)$/u.exec(String(headers['gs1-signature'])) ?? []
    expect(signature).toBe(createHmac('sha256', 'a-token-of-ours').update(`${stamp}.${body}`).digest('hex'))
    expect((await owner.client.doors.webhooks()).map(({ queryName }) => queryName)).toContain('comings')
    expect((await call('GET', made.location)).answer).toMatchObject({ stream: true, lastNotifiedAt: expect.any(String) as string })
    expect((await call('DELETE', made.location)).status).toBe(204)
    expect((await call('GET', made.location)).status).toBe(404)
  })

  it('begins in the past where it asks for it, and hears at its moments that nothing came', async () => {
    told.length = 0
    const since = '2020-01-01T00:00:00.000Z'
    const { answer } = await call('POST', '/epcis/queries/made/subscriptions', { dest, schedule: { minute: '5' }, reportIfEmpty: true, initialRecordTime: since })
    const { subscriptionID } = answer as { subscriptionID: string }
    const { db } = office.hub.ground
    const due = (): Promise<unknown> => db.query('UPDATE webhook SET next_try_ms = 0 WHERE id = $1', [subscriptionID])
    const [waits] = await db.query<{ next_try_ms: number }>('SELECT next_try_ms FROM webhook WHERE id = $1', [subscriptionID])
    expect(new Date(waits?.next_try_ms ?? 0).getUTCMinutes()).toBe(5)
    await due()
    await until(async () => told.length, (count) => count === 1)
    await until(async () => (await db.query<{ next_try_ms: number }>('SELECT next_try_ms FROM webhook WHERE id = $1', [subscriptionID]))[0]?.next_try_ms, (at) => (at ?? 0) > Date.now())
    await due()
    await until(async () => told.length, (count) => count === 2)
    const [first, second] = told.map(({ body }) => JSON.parse(body) as QueryDocument)
    expect(eventsIn(first).map((event) => event.epcList[0])).toEqual([link('Q-1'), link('Q-3')])
    expect(eventsIn(second)).toEqual([])
    expect(schema(second)).toEqual([])
    expect(told[0]?.headers['gs1-signature']).toBeUndefined()
  })

  it('ends with its query', async () => {
    expect((await call('DELETE', '/epcis/queries/made')).status).toBe(204)
    expect((await call('GET', '/epcis/queries/made')).status).toBe(404)
    expect((await owner.client.doors.webhooks()).filter(({ queryName }) => queryName === 'made')).toEqual([])
    expect((await call('DELETE', '/epcis/queries/SimpleEventQuery')).status).toBe(400)
  })
})
