import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FeedRow } from '../../../contract/sync/wire.ts'
import { factsOfColumns, type UnitColumns } from '../../../contract/sync/unit-columns.ts'
import { limitsIn } from '../../../contract/sensors/product-limits.ts'
import { judgeByChangedLimits } from '../../../hub/sensors/judge-by-changed-limits.ts'
import { Browser, joinWithTotp, startOffice, startPostgres, type RunningOffice, type TestPostgres } from '../../support/hub-office.ts'
import { openShop } from '../../support/hub-shop.ts'

const GTIN = '09521234543213'
const epc = (serial: string): string => `https://id.gs1.org/01/${GTIN}/21/${serial}`

let postgres: TestPostgres
let office: RunningOffice
let owner: Browser
let key = ''
let tokens = 0

const api = async (method: string, path: string, body: unknown): Promise<{ status: number; answer: unknown }> => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': `sensors-${(tokens += 1)}` }
  const response = await fetch(`${office.hub.url}${path}`, { method, headers, body: JSON.stringify(body) })
  const text = await response.text()
  return { status: response.status, answer: text === '' ? null : (JSON.parse(text) as unknown) }
}

/** An event as EPCIS 2.0 shows it: pieces by their EPC, the sensor by its device, each report with its type and unit. */
const event = (serials: readonly string[], minute: number, reports: readonly object[], metadata: object = { deviceID: 'urn:epc:id:giai:4000001.111' }) => ({
  type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'sensor_reporting', epcList: serials.map(epc), eventTime: `2026-11-12T10:${String(minute).padStart(2, '0')}:00.000+01:00`,
  eventTimeZoneOffset: '+01:00', readPoint: { id: 'https://example.org/loc/truck-7' }, sensorElementList: [{ sensorMetadata: metadata, sensorReport: reports }],
})

const capture = (...events: readonly object[]) =>
  api('POST', '/epcis/capture', { '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-11-12T11:00:00.000Z', epcisBody: { eventList: events } })

const celsius = (value: number, more: object = {}) => ({ type: 'Temperature', value, uom: 'CEL', ...more })

const unitIdOf = async (serial: string): Promise<string> =>
  (await office.hub.ground.db.query<{ unit_id: string }>('SELECT unit_id FROM unit_alias WHERE value = $1', [serial]))[0]?.unit_id ?? ''

async function factsOf(serial: string) {
  const [row] = await office.hub.ground.db.query<UnitColumns>('SELECT * FROM unit WHERE id = $1', [await unitIdOf(serial)])
  if (row === undefined) throw new Error(`no piece ${serial}`)
  return factsOfColumns(row)
}

async function lastTold(serial: string) {
  const [row] = await office.hub.ground.db.query<{ body: string }>('SELECT body FROM feed WHERE body LIKE $1 ORDER BY at_ms DESC, seq DESC LIMIT 1', [`%${await unitIdOf(serial)}%`])
  const told = FeedRow.parse(JSON.parse(row?.body ?? '{}'))
  if (told.t !== 'unit') throw new Error('no row of a unit')
  return told
}

const limits = (max: number) => ({ limits: [{ of: 'temperature', min: 2, max, outside_minutes: 15 }], readEvery_minutes: 1_440 })
const product = (more: object) => ({ gtin: '9521234543213', brand: 'Lumen', name: 'Lumen X100', category: 'camera', tracking: 'serial', price_cents: 129_900, tax_bp: 1_900, supplier: 'Lumen Optics', ...more })

beforeAll(async () => {
  postgres = await startPostgres()
  office = await startOffice(await postgres.database('sensors'), postgres.folder)
  owner = new Browser(office.hub.url)
  await joinWithTotp(owner, office.ownerCode)
  await openShop(owner.client)
  key = (await owner.client.doors.makeKey({ name: 'Loggers', scopes: ['products', 'notices', 'epcis', 'readings'] })).key
  await api('PUT', '/api/v1/products/CAM-100', product({ limits: limits(8) }))
  await api('POST', '/api/v1/receive-notices', {
    number: 'ASN-1', supplier: 'Lumen Optics', storeId: 'berlin', lines: [{ sku: 'CAM-100', serials: ['COOL-1', 'WARM-1', 'LATE-1', 'TOLD-1', 'ALARM-1', 'LIMIT-1'] }],
  })
})

afterAll(async () => {
  await office.stop()
  await postgres.stop()
})

describe('readings of sensors at the centre', () => {
  it('keeps the limits of a product, and keeps them where whoever writes it says nothing of them', async () => {
    await api('PUT', '/api/v1/products/CAM-100', product({ name: 'Lumen X100' }))
    const [row] = await office.hub.ground.db.query<{ body: string }>("SELECT body FROM record WHERE kind = 'products' AND body LIKE '%CAM-100%'")
    expect(limitsIn((JSON.parse(row?.body ?? '{}') as { limits?: string }).limits)).toEqual(limits(8))
    expect((await api('PUT', '/api/v1/products/CAM-100', product({ limits: { ...limits(8), limits: [] } }))).status).toBe(400)
  })

  it('ties what EPCIS tells to each piece it names, and flags the one that was too warm, at every till', async () => {
    expect((await capture(event(['COOL-1', 'WARM-1'], 0, [celsius(5)]), event(['COOL-1'], 10, [celsius(6)]), event(['WARM-1'], 10, [{ type: 'https://gs1.org/voc/Temperature', value: 57.2, uom: 'FAH' }]))).status).toBe(202)
    expect((await factsOf('WARM-1')).flags).toEqual([])
    expect((await capture(event(['COOL-1', 'WARM-1'], 40, [celsius(6), { type: 'RelativeHumidity', value: 41, uom: 'P1' }]))).status).toBe(202)

    const warm = await factsOf('WARM-1')
    expect(warm.flags).toMatchObject([{ kind: 'cold-chain-excursion', source: 'urn:epc:id:giai:4000001.111', reason: '14 °C (2 – 8)' }])
    expect(warm.sensed?.find(({ of }) => of === 'temperature')).toMatchObject({ outside_ms: 30 * 60_000, outsideFrom: '2026-11-12T09:10:00.000Z', worst: { value: 14 }, last: ['2026-11-12T09:40:00.000Z', 6, 6] })
    expect((await factsOf('COOL-1')).flags).toEqual([])

    const told = await lastTold('WARM-1')
    expect(told).toMatchObject({ flagged: true, events: [{ kind: 'flagged', params: { flag: 'cold-chain-excursion' } }] })
    expect(factsOfColumns(told.row as unknown as UnitColumns)).toEqual(warm)
  })

  it('hears the same document twice as once, and makes no life of a sensor that reports every minute', async () => {
    const before = await lastTold('WARM-1')
    await capture(event(['COOL-1', 'WARM-1'], 40, [celsius(6), { type: 'RelativeHumidity', value: 41, uom: 'P1' }]))
    expect(await lastTold('WARM-1')).toEqual(before)
    const life = await owner.client.units.timeline({ unitId: await unitIdOf('COOL-1') })
    expect(life.map(({ kind }) => kind)).not.toContain('moved')
  })

  it('works out a logger that is read out late in the order of its readings, lowest and highest of a time among them', async () => {
    await capture(event(['LATE-1'], 50, [celsius(5)]))
    const span = { startTime: '2026-11-12T08:00:00.000Z', endTime: '2026-11-12T08:30:00.000Z', deviceID: 'urn:epc:id:giai:4000001.111' }
    await capture(event(['LATE-1'], 55, [{ type: 'Temperature', minValue: 4, maxValue: 12, meanValue: 6, uom: 'CEL' }], span))
    expect((await factsOf('LATE-1')).sensed).toMatchObject([{ outsideFrom: '2026-11-12T08:00:00.000Z', worst: { value: 12 }, last: ['2026-11-12T09:50:00.000Z', 5, 5] }])
    expect((await factsOf('LATE-1')).flags).toHaveLength(1)
  })

  it('believes an alarm, and nothing of a sensor that says itself that it is broken', async () => {
    await capture(event(['ALARM-1'], 1, [celsius(90, { exception: 'ERROR_CONDITION' })]))
    expect((await factsOf('ALARM-1')).sensed).toBeUndefined()
    await capture(event(['ALARM-1'], 2, [{ type: 'gs1:Illuminance', exception: 'gs1:ALARM_CONDITION' }]))
    expect(await factsOf('ALARM-1')).toMatchObject({ sensed: [{ of: 'other', alarmAt: '2026-11-12T09:02:00.000Z' }], flags: [{ kind: 'cold-chain-excursion' }] })
  })

  it('takes none of a document with a unit that measures something else, and says where it stands', async () => {
    const before = await factsOf('COOL-1')
    const refused = await capture(event(['COOL-1'], 57, [celsius(5)]), event(['COOL-1'], 58, [{ type: 'Temperature', value: 9, uom: 'P1' }]))
    expect(refused).toMatchObject({ status: 400, answer: { detail: expect.stringContaining('eventList[1]: sensorElementList[0].sensorReport[0].uom') as string } })
    expect(await factsOf('COOL-1')).toEqual(before)
  })

  it('takes readings of those that do not speak EPCIS, once, and names the pieces it does not know', async () => {
    const reading = { serial: 'TOLD-1', sku: 'CAM-100', of: 'temperature', unit: 'KEL', value: 287.15, at: '2026-11-12T09:00:00.000Z', source: 'Fridge 3' }
    const later = { ...reading, unit: 'CEL', value: 5, at: '2026-11-12T09:20:00.000Z' }
    expect(await api('POST', '/api/v1/readings', { readings: [reading, later, { ...reading, serial: 'NOBODY' }] })).toEqual({ status: 201, answer: { taken: 2, unknown: ['NOBODY'] } })
    expect(await api('POST', '/api/v1/readings', { readings: [reading, later] })).toMatchObject({ answer: { taken: 0 } })
    expect((await factsOf('TOLD-1')).flags).toMatchObject([{ source: 'Fridge 3' }])
    expect((await api('POST', '/api/v1/readings', { readings: [later, { ...reading, unit: 'P1' }] })).status).toBe(409)
    expect((await api('POST', '/api/v1/readings', { readings: [{ ...reading, value: undefined }] })).status).toBe(400)
  })

  it('judges what was read long ago by limits that are stricter now, and takes no flag back where they are looser', async () => {
    await api('POST', '/api/v1/readings', { readings: [0, 20].map((minute) => ({ serial: 'LIMIT-1', of: 'temperature', unit: 'CEL', value: minute === 0 ? 7 : 4, at: `2026-11-12T09:${String(minute).padStart(2, '0')}:00.000Z`, source: 'Fridge 3' })) })
    expect((await factsOf('LIMIT-1')).flags).toEqual([])
    await api('PUT', '/api/v1/products/CAM-100', product({ limits: limits(6) }))
    while (await judgeByChangedLimits(office.hub.ground));
    expect((await factsOf('LIMIT-1')).flags).toMatchObject([{ reason: '7 °C (2 – 6)' }])
    await api('PUT', '/api/v1/products/CAM-100', product({ limits: limits(30) }))
    while (await judgeByChangedLimits(office.hub.ground));
    expect((await factsOf('WARM-1')).flags).toHaveLength(1)
    expect((await factsOf('WARM-1')).sensed?.find(({ of }) => of === 'temperature')?.worst).toBeNull()
  })

  it('shows at the centre what a counter would say of it', async () => {
    await api('PUT', '/api/v1/products/CAM-100', product({ limits: limits(8) }))
    while (await judgeByChangedLimits(office.hub.ground));
    const [card] = await owner.client.units.find({ text: 'WARM-1' })
    expect(card?.facts.sensed?.map(({ of }) => of)).toEqual(['humidity', 'temperature'])
  })
})
