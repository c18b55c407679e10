import { createHash } from 'node:crypto'
import { z } from 'zod'
import { cbvFaults } from '../../contract/epcis/cbv-rules.ts'
import { preHashOf } from '../../contract/epcis/pre-hash.ts'
import { readLink } from '../../contract/identity/link.ts'
import type { EventKind } from '../../contract/journal.ts'
import type { UnitFacts } from '../../contract/unit.ts'
import { productsOfCodes } from '../catalogue/products.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import { unitOf } from '../imports/apply-rows.ts'
import type { Office } from '../people/office.ts'
import { appendTold } from '../reports/told-row.ts'
import { piecesOf } from '../reports/tell-out.ts'
import { takeReadings } from '../sensors/take-readings.ts'
import { change, type Tell } from '../sync/feed.ts'
import { factsOf, feedRowOf, readUnits, scopesOfChange, withFacts, writeUnits, type HubUnit } from '../sync/units.ts'
import { readingFaults, readingsOf, SensorElements } from './epcis-readings.ts'
import { word } from './epcis-word.ts'
import { unitsOfEpc } from './epcis-world.ts'

/** What is read of a captured event; the whole of it is kept as it came. */
const Captured = z.looseObject({
  type: z.enum(['ObjectEvent', 'AggregationEvent', 'AssociationEvent', 'TransactionEvent', 'TransformationEvent']),
  eventTime: z.iso.datetime({ offset: true }),
  eventTimeZoneOffset: z.string().regex(/^[+-]\d{2}:\d{2}$/),
  eventID: z.string().max(500).optional(),
  action: z.enum(['ADD', 'OBSERVE', 'DELETE']).optional(),
  epcList: z.array(z.string().max(500)).max(5_000).optional(),
  childEPCs: z.array(z.string().max(500)).max(5_000).optional(),
  bizStep: z.string().max(200).optional(),
  disposition: z.string().max(200).optional(),
  bizLocation: z.looseObject({ id: z.string().max(500) }).optional(),
  errorDeclaration: z.unknown().optional(),
  sensorElementList: SensorElements.optional(),
})
type Captured = z.infer<typeof Captured>

const CapturedDocument = z.looseObject({
  type: z.literal('EPCISDocument'),
  schemaVersion: z.literal('2.0'),
  epcisBody: z.looseObject({ eventList: z.array(z.unknown()).min(1).max(1_000) }),
})

/** A problem as RFC 9457 has it, with the place in what was sent. */
export interface CaptureProblem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
}

export interface CaptureJob {
  readonly captureID: string
  readonly createdAt: string
  readonly finishedAt: string
  readonly running: false
  readonly success: boolean
  readonly captureErrorBehaviour: 'rollback'
  readonly errors: readonly CaptureProblem[]
}

const problem = (detail: string): CaptureProblem =>
  ({ type: 'epcisException:ValidationException', title: 'The event is not valid', status: 400, detail })

/**
 * Takes a document of events: all of them or, if one is not valid, none. An event that was captured before (by its id,
 * else by its CBV event hash) is passed over, so a document may be sent again.
 */
export async function capture(office: Office, document: unknown, base: string): Promise<CaptureJob> {
  const read = CapturedDocument.safeParse(document)
  const events = read.success ? read.data.epcisBody.eventList : []
  const context = read.success ? read.data['@context'] : null
  const errors = read.success ? events.flatMap(faultsOf) : [problem('This is no EPCISDocument of version 2.0 with an eventList.')]
  const id = newId()
  const now = instant(office.now_ms())
  if (errors.length === 0) await change(office, (tx, tell) => captureAll(tx, tell, office, id, events.map((event) => Captured.parse(event)), context, base))
  await office.db.query('INSERT INTO capture_job (id, state, events, errors, made_at) VALUES ($1, $2, $3, $4, $5)', [
    id, errors.length === 0 ? 'done' : 'refused', errors.length === 0 ? events.length : 0, JSON.stringify(errors), now,
  ])
  return { captureID: id, createdAt: now, finishedAt: now, running: false, success: errors.length === 0, captureErrorBehaviour: 'rollback', errors }
}

/** What became of an earlier document; null for one that nobody sent. */
export async function captureJob(db: Query, id: string): Promise<CaptureJob | null> {
  const [row] = await db.query<{ id: string; state: string; errors: string; made_at: string }>('SELECT id, state, errors, made_at FROM capture_job WHERE id = $1', [id])
  if (row === undefined) return null
  return {
    captureID: row.id, createdAt: row.made_at, finishedAt: row.made_at, running: false, success: row.state === 'done', captureErrorBehaviour: 'rollback',
    errors: JSON.parse(row.errors) as CaptureProblem[],
  }
}

function faultsOf(event: unknown, place: number): CaptureProblem[] {
  const read = Captured.safeParse(event)
  if (!read.success) return [problem(`eventList[${place}].${read.error.issues[0]?.path.join('.') ?? ''}: ${read.error.issues[0]?.message ?? ''}`)]
  return [...cbvFaults(event), ...readingFaults(read.data, namedBy(read.data).length)].map((fault) => problem(`eventList[${place}]: ${fault}`))
}

async function captureAll(tx: Query, tell: Tell, office: Office, job: string, events: readonly Captured[], context: unknown, base: string): Promise<void> {
  for (const event of events) {
    const eventId = event.eventID ?? hashOf(event, context)
    const fresh = await tx.touch('INSERT INTO captured (event_id, job, at, unit_ids, body) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
      eventId, job, new Date(event.eventTime).toISOString(), '[]', JSON.stringify(event),
    ])
    if (fresh === 0) continue
    const unitIds = isOnlyRead(event) ? await unitsNamed(tx, event, base) : await apply(tx, tell, office, event, eventId, base)
    if (event.errorDeclaration === undefined) await takeReadings(tx, tell, office, unitIds.flatMap((unitId) => readingsOf(event).map((reading) => ({ unitId, reading }))))
    await tx.query('UPDATE captured SET unit_ids = $2 WHERE event_id = $1', [eventId, JSON.stringify(unitIds)])
  }
}

const hashOf = (event: Captured, context: unknown): string =>
  `ni:///sha-256;${createHash('sha256').update(preHashOf(event, context), 'utf8').digest('hex')}?ver=CBV2.0`

const KINDS: Readonly<Record<string, EventKind>> = {
  commissioning: 'commissioned', receiving: 'received', accepting: 'received', shipping: 'shipped', departing: 'shipped', storing: 'stocked', stocking: 'stocked',
  inspecting: 'inspected', repairing: 'sent-to-repair', holding: 'held', decommissioning: 'retired', destroying: 'retired', retail_selling: 'moved', cycle_counting: 'counted',
}

const namedBy = (event: Captured): string[] => [...(event.epcList ?? []), ...(event.childEPCs ?? [])]

/** A sensor that reports every few minutes is no event in the life of a piece; what it reads is kept by itself. */
const isOnlyRead = (event: Captured): boolean =>
  event.sensorElementList !== undefined && event.disposition === undefined && (event.bizStep === undefined || word(event.bizStep) === 'sensor_reporting')

async function unitsNamed(tx: Query, event: Captured, base: string): Promise<string[]> {
  const ids: string[] = []
  for (const epc of namedBy(event)) ids.push(...(await unitsOfEpc(tx, epc, base)).slice(0, 1))
  return ids
}

/** Lays the event on the pieces it names: into their history always, and on what is true of them where it says so plainly. */
async function apply(tx: Query, tell: Tell, office: Office, event: Captured, eventId: string, base: string): Promise<string[]> {
  const kind: EventKind = word(event.disposition) === 'stolen' || word(event.disposition) === 'recalled' ? 'flagged' : (KINDS[word(event.bizStep)] ?? 'moved')
  const storeId = await storeOf(tx, event.bizLocation?.id, base)
  const now = instant(office.now_ms())
  const at = new Date(event.eventTime).toISOString()
  const ids: string[] = []
  const written: HubUnit[] = []
  for (const epc of namedBy(event)) {
    const known = await unitsOfEpc(tx, epc, base)
    const before = known[0] === undefined ? null : ((await readUnits(tx, [known[0]])).get(known[0]) ?? null)
    const unit = before === null ? await newPiece(tx, epc, event) : withFacts(before, factsAfter(factsOf(before), event, storeId, now))
    if (unit === null) continue
    await writeUnits(tx, [{ was: before?.ver ?? 0, unit }])
    const params = { event: eventId, step: word(event.bizStep) }
    await tx.query(
      `INSERT INTO unit_event (unit_id, till, inc, seq, id, kind, at, store_id, who, params, verdict, ver)
       VALUES ($1, 'centre', 'centre', $2, $3, $4, $5, $6, 'EPCIS', $7, 'noted', $2) ON CONFLICT DO NOTHING`, [unit.id, unit.ver, newId(), kind, at, storeId, JSON.stringify(params)],
    )
    tell(scopesOfChange(before, unit, storeId), feedRowOf(unit, [{ at, n: unit.ver, kind, store_id: storeId, who: 'EPCIS', params }]))
    ids.push(unit.id)
    written.push(unit)
  }
  const pieces = await piecesOf(tx, ids)
  await appendTold(tx, written.map((unit) => ({
    ...(pieces.get(unit.id) ?? { unit_id: unit.id, product_id: unit.product_id, serial: null, lot: null, supplier: null }), id: newId(), kind, store_id: storeId, till: null, at,
    day: event.eventTime.slice(0, 10), received_at: now, verdict: 'noted', amount_cents: null, currency: null, params: JSON.stringify({ event: eventId }),
  })))
  return ids
}

async function storeOf(tx: Query, location: string | undefined, base: string): Promise<string | null> {
  const own = `${base}loc/`
  if (location === undefined || !location.startsWith(own)) return null
  const id = decodeURIComponent(location.slice(own.length).split('/')[0] ?? '')
  return (await storesOf(tx)).has(id) ? id : null
}

/** A piece that a maker has commissioned is known from then on, where the product is one of ours. */
async function newPiece(tx: Query, epc: string, event: Captured): Promise<HubUnit | null> {
  const link = readLink(epc)
  if (!link.ok || event.action !== 'ADD') return null
  const value = (ai: string): string => link.elements.find(([name]) => name === ai)?.[1] ?? ''
  const [gtin, serial, lot] = [value('01'), value('21'), value('10')]
  if (gtin === '' || serial === '') return null
  const productId = (await productsOfCodes(tx, [gtin])).get(gtin)
  if (productId === undefined) return null
  return unitOf({ gtin, sku: '', serial, kind: 'serial', store: '', area: '', condition: 'new', lot, supplier: '', producedOn: event.eventTime.slice(0, 10), price_cents: null }, productId, [])
}

function factsAfter(facts: UnitFacts, event: Captured, storeId: string | null, now: string): UnitFacts {
  const step = word(event.bizStep)
  const mayCome = ['unknown', 'expected', 'in-transit', 'at-vendor'].includes(facts.custody.at)
  if (word(event.disposition) === 'stolen' && !facts.flags.some((flag) => flag.kind === 'stolen-reported'))
    return { ...facts, flags: [...facts.flags, { kind: 'stolen-reported', source: 'EPCIS', at: now, reason: '', reference: null }] }
  if ((step === 'receiving' || step === 'storing') && storeId !== null && mayCome)
    return { ...facts, custody: { at: 'in-stock', storeId, area: 'back-room' }, title: facts.title.is === 'unknown' ? { is: 'ours' } : facts.title }
  if (step === 'decommissioning' || step === 'destroying') return { ...facts, custody: { at: 'retired', why: step === 'destroying' ? 'destroyed' : 'decommissioned' } }
  return facts
}
