import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ImportKind } from '../../../hub/contract/office-calls.ts'
import { en, type FaceKey } from '../../../hub/face/words/en.ts'
import { Browser, joinWithTotp, startOffice, startPostgres, type RunningOffice, type TestPostgres } from '../../support/hub-office.ts'
import { openShop, until } from '../../support/hub-shop.ts'

const DOC = readFileSync(new URL('../../../docs/doors.md', import.meta.url), 'utf8')

interface Example {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly status: number
  readonly answer: unknown
}

/** Every `http` block of the page with the `answer` block behind it. */
function examplesIn(text: string): Example[] {
  return [...text.matchAll(/```http\n([\s\S]*?)```\n+```answer (\d+)\n([\s\S]*?)```/gu)].map(([, asked = '', status, answer = '']) => {
    const [head = '', body = ''] = asked.split('\n\n')
    const [line = '', ...headers] = head.trim().split('\n')
    const [method = '', path = ''] = line.split(' ')
    return {
      method, path, headers: Object.fromEntries(headers.map((header) => header.split(/: (.*)/su).slice(0, 2) as [string, string])), body: body.trim() === '' ? null : body.trim(),
      status: Number(status), answer: answer.trim() === '' ? null : (JSON.parse(answer) as unknown),
    }
  })
}

/** Every file of a list on the page, with the rows that are not taken as it says they are. */
const listsIn = (text: string): { kind: string; csv: string; notTaken: string[] }[] =>
  [...text.matchAll(/```csv (\w+)\n([\s\S]*?)```\n+```troubles\n([\s\S]*?)```/gu)]
    .map(([, kind = '', csv = '', notTaken = '']) => ({ kind, csv, notTaken: notTaken.trim().split('\n') }))

let postgres: TestPostgres
let office: RunningOffice
let owner: Browser
let key = ''

beforeAll(async () => {
  postgres = await startPostgres()
  office = await startOffice(await postgres.database('doors'), postgres.folder)
  owner = new Browser(office.hub.url)
  await joinWithTotp(owner, office.ownerCode)
  await openShop(owner.client)
  const made = await owner.client.doors.makeKey({ name: 'ERP', scopes: ['stock', 'events', 'products', 'notices', 'orders', 'epcis', 'readings', 'postings'] })
  key = made.key
})

afterAll(async () => {
  await office.stop()
  await postgres.stop()
})

const call = (method: string, path: string, headers: Readonly<Record<string, string>>, body: string | null): Promise<Response> =>
  fetch(`${office.hub.url}${path}`, { method, headers, body })

describe('the page about the doors', () => {
  const examples = examplesIn(DOC)

  it('has examples', () => expect(examples.length).toBeGreaterThan(12))

  it.each(examples.map((example, place) => [place + 1, `${example.method} ${example.path.slice(0, 60)} → ${example.status}`, example] as const))(
    'example %i is as it says: %s', async (_place, _name, example) => {
      const fill = (text: string): string => text.replaceAll('{key}', key).replaceAll('{base}', `${office.hub.url}/`)
      const headers = Object.fromEntries(Object.entries(example.headers).map(([name, value]) => [name, fill(value)]))
      const body = example.body === null ? null : fill(example.body)
      const first = await call(example.method, example.path, headers, body)
      const text = await first.text()
      expect([first.status, text]).toEqual([example.status, expect.any(String)])
      if (example.answer !== null) expect(JSON.parse(text)).toMatchObject(example.answer as object)
      if (headers['Idempotency-Key'] === undefined || example.status >= 400) return
      // The first answer was lost on its way: the same call gives it again.
      const again = await call(example.method, example.path, headers, body)
      expect([again.status, await again.text()]).toEqual([example.status, text])
    },
  )

  it('P63: an order keeps with its piece what was promised, so that no later change of the article moves its dates', async () => {
    const [row] = await office.hub.ground.db.query<{ more: string }>("SELECT more FROM unit WHERE receipt_number = 'W-1001'")
    expect(JSON.parse(row?.more ?? '{}')).toMatchObject({ cover: [{ layer: 'maker', start: '2026-11-20', end: '2028-11-20' }] })
  })

  it('says of the same key with other content that one of the two would be lost', async () => {
    const headers = { authorization: `Bearer ${key}`, 'idempotency-key': 'order-W-1001', 'content-type': 'application/json' }
    const other = { number: 'W-9', storeId: 'berlin', soldAt: '2026-11-20T10:15:00.000Z', currency: 'EUR', lines: [{ sku: 'CAM-100', price_cents: 1 }] }
    expect((await call('POST', '/api/v1/orders', headers, JSON.stringify(other))).status).toBe(422)
    const { 'idempotency-key': _token, ...without } = headers
    expect((await call('POST', '/api/v1/orders', without, JSON.stringify(other))).status).toBe(422)
  })

  it('lets nobody in without a key, with a revoked one, or beyond what the key may do', async () => {
    expect((await call('GET', '/api/v1/stock', {}, null)).status).toBe(401)
    const small = await owner.client.doors.makeKey({ name: 'Shop window', scopes: ['stock'] })
    const headers = { authorization: `Bearer ${small.key}` }
    expect((await call('GET', '/api/v1/stock', headers, null)).status).toBe(200)
    expect((await call('GET', '/api/v1/events', headers, null)).status).toBe(403)
    expect((await call('GET', '/epcis/events', headers, null)).status).toBe(403)
    await owner.client.doors.revokeKey({ id: small.row.id })
    expect((await call('GET', '/api/v1/stock', headers, null)).status).toBe(401)
    const rows = await office.hub.ground.db.query<{ text: string }>('SELECT to_jsonb(k)::text AS text FROM api_key k')
    for (const row of rows) expect(row.text).not.toContain(key)
  })

  it('reads no more of a body than anybody has to say, with a key or without one', async () => {
    const endless = JSON.stringify({ number: 'A-1', note: 'x'.repeat(17 * 1024 * 1024) })
    for (const authorization of ['', `Bearer ${key}`]) {
      const answer = await call('POST', '/api/v1/receive-notices', { 'content-type': 'application/json', authorization }, endless).then(({ status }) => status, () => 'cut off')
      expect([413, 'cut off']).toContain(answer)
    }
    expect((await call('GET', '/api/v1/stock', { authorization: `Bearer ${key}` }, null)).status).toBe(200)
  })

  it('is the contract: OpenAPI 3.1 names every door with its token and its key', async () => {
    const document = (await (await call('GET', '/api/openapi.json', {}, null)).json()) as {
      openapi: string; paths: Record<string, Record<string, { parameters?: { name: string }[]; responses: object }>>
    }
    expect(document.openapi).toMatch(/^3\.1/u)
    expect(Object.keys(document.paths).sort()).toEqual([
      '/epcis/capture', '/epcis/capture/{id}', '/epcis/epcs/{epc}/events', '/epcis/events', '/epcis/events/{id}', '/epcis/queries', '/epcis/queries/{name}',
      '/epcis/queries/{name}/events', '/epcis/queries/{name}/subscriptions', '/epcis/queries/{name}/subscriptions/{id}',
      '/events', '/orders', '/postings/{day}', '/products/{sku}', '/readings', '/receive-notices', '/receive-notices/{number}', '/stock', '/units/{number}',
    ])
    expect(document.paths['/orders']?.['post']?.parameters?.map(({ name }) => name)).toContain('Idempotency-Key')
    expect(Object.keys(document.paths['/orders']?.['post']?.responses ?? {})).toEqual(expect.arrayContaining(['201', '401', '403', '409', '422']))
  })

  it('keeps the customer of an order sealed, and away from the order and the piece', async () => {
    const { db } = office.hub.ground
    for (const table of ['web_order', 'unit', 'unit_event', 'told', 'customer', 'customer_key', 'idempotent', 'feed', 'office_log']) {
      const rows = await db.query<{ text: string }>(`SELECT to_jsonb(t)::text AS text FROM ${table} t`)
      for (const { text } of rows) expect(text, table).not.toMatch(/ida@example\.org|Ida Example/u)
    }
    const [ida] = await owner.client.customers.find({ text: 'IDA@example.org' })
    expect(ida).toMatchObject({ name: 'Ida Example', units: [{ serial: 'LX100-0001' }] })
    const file = await owner.client.customers.exported({ id: ida?.id ?? '' })
    expect(JSON.parse(file.text)).toMatchObject({ email: 'ida@example.org', units: [{ history: [{ kind: 'sold' }] }] })
    expect(await owner.client.customers.erase({ id: ida?.id ?? '', why: 'asked for it' })).toMatchObject({ name: '', email: '', units: [] })
    expect(await owner.client.customers.find({ text: 'ida@example.org' })).toEqual([])
    const [piece] = await owner.client.units.find({ text: 'LX100-0001' })
    expect(await owner.client.units.timeline({ unitId: piece?.unitId ?? '' })).toMatchObject([{ kind: 'sold' }])
  })
})

describe('a target that is told', () => {
  it('gets every event once it answers, signed; one that hangs or breaks holds up nobody', async () => {
    const got: { headers: IncomingHttpHeaders; body: string }[] = []
    let broken = 2
    const target = createServer((request, response) => {
      let body = ''
      request.on('data', (piece: Buffer) => (body += piece.toString()))
      request.on('end', () => {
        if (request.url === '/hangs') return
        if (request.url === '/breaks' && broken-- > 0) return void response.writeHead(500).end()
        got.push({ headers: request.headers, body })
        response.writeHead(204).end()
      })
    })
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`
    try {
      await owner.client.doors.makeWebhook({ url: `${url}/hangs`, kinds: [] })
      const { secret } = await owner.client.doors.makeWebhook({ url: `${url}/well`, kinds: ['flagged'] })
      await owner.client.doors.makeWebhook({ url: `${url}/breaks`, kinds: ['flagged'] })
      await owner.client.lists.reportStolen({ serials: ['LX100-0002'], kind: 'stolen-reported', reference: 'P-1', reason: '' })
      await until(async () => got.length, (count) => count >= 1)
      const { headers, body } = got[0] ?? { headers: {}, body: '' }
      const stamp = String(headers['countermark-timestamp'])
      expect(headers['countermark-signature']).toBe(`v1=${createHmac('sha256', secret).update(`${stamp}.${body}`).digest('hex')}`)
      expect(JSON.parse(body)).toMatchObject({ events: [{ kind: 'flagged', serial: 'LX100-0002' }] })
      const rows = await owner.client.doors.webhooks()
      expect(rows.find((row) => row.url.endsWith('/hangs'))).toMatchObject({ state: 'on', lastSentAt: null })
      await until(() => owner.client.doors.webhooks(), (all) => (all.find((row) => row.url.endsWith('/breaks'))?.failures ?? 0) >= 1)
      // Its wait is over: what a target missed, it is told.
      await office.hub.ground.db.query('UPDATE webhook SET next_try_ms = 0')
      await until(() => owner.client.doors.webhooks(), (all) => (all.find((row) => row.url.endsWith('/breaks'))?.failures ?? 0) !== 1)
      await office.hub.ground.db.query('UPDATE webhook SET next_try_ms = 0')
      await until(async () => got.length, (count) => count >= 2)
      expect(got.filter((one) => one.body.includes('LX100-0002'))).toHaveLength(2)
    } finally {
      for (const row of await owner.client.doors.webhooks()) await owner.client.doors.dropWebhook({ id: row.id })
      target.closeAllConnections()
      await new Promise((resolve) => target.close(resolve))
    }
  }, 40_000)
})

describe('events of the world outside', () => {
  const post = (events: readonly object[]): Promise<Response> =>
    call('POST', '/epcis/capture', { authorization: `Bearer ${key}`, 'content-type': 'application/ld+json' }, JSON.stringify({
      '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-11-20T08:00:00.000Z',
      epcisBody: { eventList: events },
    }))
  const made = (serial: string, more: object = {}): object => ({
    type: 'ObjectEvent', eventTime: '2026-11-01T09:00:00.000+01:00', eventTimeZoneOffset: '+01:00', action: 'ADD', bizStep: 'commissioning', disposition: 'active',
    epcList: [`https://id.gs1.org/01/09521234543213/21/${serial}`], ...more,
  })

  it('are taken whole or not at all, and once however often they come', async () => {
    const refused = await post([made('LX100-0100'), made('LX100-0101', { eventTime: 'yesterday' })])
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ type: 'epcisException:ValidationException', detail: expect.stringContaining('eventList[1].eventTime') as string })
    expect(await owner.client.units.find({ text: 'LX100-0100' })).toEqual([])
    for (let times = 0; times < 2; times += 1) {
      const taken = await post([made('LX100-0100')])
      expect(taken.status).toBe(202)
      const job = await call('GET', taken.headers.get('location') ?? '', { authorization: `Bearer ${key}` }, null)
      expect(await job.json()).toMatchObject({ success: true, running: false })
    }
    const [piece] = await owner.client.units.find({ text: 'LX100-0100' })
    expect(await owner.client.units.timeline({ unitId: piece?.unitId ?? '' })).toHaveLength(1)
  })

  it('can be read again page by page, none twice', async () => {
    const seen: string[] = []
    let path: string | null = '/epcis/events?perPage=2'
    while (path !== null) {
      const response: Response = await call('GET', path, { authorization: `Bearer ${key}` }, null)
      expect(response.headers.get('gs1-epcis-version')).toBe('2.0.0')
      const page = (await response.json()) as { epcisBody: { queryResults: { resultsBody: { eventList: { eventID: string }[] } } } }
      seen.push(...page.epcisBody.queryResults.resultsBody.eventList.map((event) => event.eventID))
      const next = /<([^>]+)>; rel="next"/u.exec(response.headers.get('link') ?? '')?.[1]
      path = next === undefined ? null : next.slice(office.hub.url.length)
    }
    expect(seen.length).toBeGreaterThan(4)
    expect(new Set(seen).size).toBe(seen.length)
  })
})

describe('the lists of the page', () => {
  const lists = listsIn(DOC)

  it('are one of each kind', () => expect(lists.map(({ kind }) => kind).toSorted()).toEqual(ImportKind.options.toSorted()))

  it.each(lists)('of $kind come in as they stand there, all but the row that it names', async ({ kind, csv, notTaken }) => {
    const { id } = await owner.upload(kind, `${kind}.csv`, csv)
    expect(await owner.client.imports.preview({ id })).toMatchObject({ missing: [], unused: [] })
    await owner.client.imports.start({ id })
    expect(await until(() => owner.client.imports.view({ id }), ({ state }) => state === 'done')).toMatchObject({ goodRows: 1, badRows: 1 })
    const troubles = await owner.client.imports.troubles({ id })
    expect(troubles.map(({ line, column, code, value }) => [line, column, en[`row-fault.${code}` as FaceKey], value].join(' | ').trim())).toEqual(notTaken)
  })
})
