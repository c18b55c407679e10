import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { EventKind } from '../../../contract/journal.ts'
import { FlagKind } from '../../../contract/unit.ts'
import { cbvFaults } from '../../../contract/epcis/cbv-rules.ts'
import { epcisDocument, exportOfCase, exportOfDay, exportOfUnit } from '../../../contract/epcis/document.ts'
import type { ExportWorld, JournalLine } from '../../../contract/epcis/journal-line.ts'
import { localDay, localTime } from '../../../contract/epcis/local-time.ts'
import { mapJournal } from '../../../contract/epcis/map-journal.ts'
import { sensorEvent } from '../../../electron/core/epcis/sensor-event.ts'
import { epcisSchema } from '../../support/epcis-schema.ts'
import type { SchemaCheck } from '../../support/epcis-schema.ts'

const WORLD: ExportWorld = {
  base: 'https://shop.example/',
  stores: {
    berlin: { gln: '9521234567899', timeZone: 'Europe/Berlin' },
    goa: { gln: null, timeZone: 'Asia/Kolkata' },
  },
  units: {
    phone: { gtin: '09521234543213', serial: 'S/1', lot: 'L1', expiresOn: '2028-12-31' },
    guitar: { gtin: null, serial: '25-42-000123' },
    odd: { gtin: '09521234543213', serial: 'no GS1 serial' },
    kit: { gtin: '09521234543220', serial: 'K1' },
  },
}
const CREATED = '2026-11-22T10:00:00.000Z'

let count = 0
const line = (kind: JournalLine['kind'], more: Partial<JournalLine> = {}): JournalLine => ({
  id: `01a7b3c4-0000-7000-8000-${String(++count).padStart(12, '0')}`,
  kind,
  unitId: 'phone',
  at: '2026-03-01T09:00:00.000Z',
  storeId: 'berlin',
  tillId: 'POS1',
  params: {},
  ...more,
})

let schema: SchemaCheck
beforeAll(() => {
  schema = epcisSchema()
})

function faultsOf(lines: readonly JournalLine[]): string[] {
  const ofCase = lines.map((one) => ({ ...one, params: { case: 'x', ...one.params } }))
  const { document } = exportOfCase(ofCase, 'x', WORLD, CREATED)
  return [...schema(document), ...cbvFaults(document)]
}

describe('the journal of a shop, told to the world', () => {
  const params = fc.record({
    receipt: fc.constant('2026-000123'), number: fc.constantFrom('77', 'R 1/ä'),
    area: fc.constantFrom('shelf', 'back-room'),
    to: fc.constantFrom('shelf', 'goa', 'maker', 'S2'), from: fc.constantFrom('maker', 'S1'),
    condition: fc.constantFrom('new', 'damaged', 'parts-missing', 'wrong-item', 'to-inspect'),
    place: fc.constantFrom('shelf', 'inspection', 'refurbish', 'maker', 'customer', 'quarantine'),
    flag: fc.constantFrom(...FlagKind.options),
    why: fc.constantFrom('destroyed', 'tag-killed', 'worn out', 'reserved'), scope: fc.constantFrom('full', 'sample'),
    parent: fc.constant('kit'), order: fc.constant('PO-1'), despatch: fc.constant('D-1'), serial: fc.constant('S2'),
  }, { requiredKeys: [] })

  it.each(EventKind.options)('%s is a valid EPCIS event, whatever is known of it', (kind) => {
    fc.assert(fc.property(
      params, fc.constantFrom('phone', 'guitar', 'odd', 'stranger'), fc.constantFrom('berlin', 'goa', null),
      (given, unitId, storeId) => {
        const sale = line('sold', { unitId, params: { receipt: '2026-000123' } })
        const told = line(kind, { unitId, storeId, at: '2026-03-02T09:00:00.000Z', params: { of: sale.id, ...given } })
        expect(faultsOf([sale, told])).toEqual([])
      }), { numRuns: 25 })
  })

  it('tells a sale with its receipt, its till and the time on the wall', () => {
    const [event] = mapJournal([line('sold', { params: { receipt: '2026-000123' } })], WORLD).events
    expect(event).toMatchObject({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      epcList: ['https://id.gs1.org/01/09521234543213/21/S%2F1'],
      eventTime: '2026-03-01T10:00:00.000+01:00',
      eventTimeZoneOffset: '+01:00',
      readPoint: { id: 'https://id.gs1.org/414/9521234567899/254/POS1' },
      bizLocation: { id: 'https://id.gs1.org/414/9521234567899' },
      bizTransactionList: [{ type: 'inv', bizTransaction: 'https://shop.example/receipt/2026-000123' }],
    })
  })

  it('names a piece without a GS1 serial under the shop’s own address and never bends it into one', () => {
    const epcs = ['guitar', 'odd', 'stranger']
      .map((unitId) => mapJournal([line('found', { unitId })], WORLD).events[0])
    expect(epcs.map((event) => (event?.type === 'ObjectEvent' ? event.epcList : null))).toEqual([
      ['https://shop.example/unit/guitar'], ['https://shop.example/unit/odd'], ['https://shop.example/unit/stranger'],
    ])
  })

  it('declares a voided sale an error: the very same event again, with no correction', () => {
    const sale = line('sold', { params: { receipt: '7' } })
    const later = line('sold', { at: '2026-03-01T09:30:00.000Z', params: { receipt: '8' } })
    const [told] = mapJournal([sale], WORLD).events
    const { events, untold } = mapJournal(
      [line('voided', { at: '2026-03-01T10:00:00.000Z', params: { receipt: '7' } })], WORLD, [sale, later])
    expect(untold).toEqual([])
    expect(events).toEqual([
      { ...told, errorDeclaration: { declarationTime: '2026-03-01T11:00:00.000+01:00', reason: 'did_not_occur' } },
    ])
  })

  it('corrects a serial by declaring the wrong event and telling the right one', () => {
    const sale = line('sold', { params: { receipt: '7' } })
    const fix = line('corrected', { at: '2026-03-01T10:00:00.000Z', params: { of: sale.id, serial: 'S2' } })
    const { events } = mapJournal([fix], WORLD, [sale, fix])
    expect(events).toMatchObject([
      {
        eventID: `urn:uuid:${sale.id}`, epcList: ['https://id.gs1.org/01/09521234543213/21/S%2F1'],
        errorDeclaration: { reason: 'incorrect_data', correctiveEventIDs: [`urn:uuid:${fix.id}`] },
      },
      { eventID: `urn:uuid:${fix.id}`, epcList: ['https://id.gs1.org/01/09521234543213/21/S2'] },
    ])
    expect(events[1]).not.toHaveProperty('errorDeclaration')
  })

  it('says which lines it could not tell', () => {
    const lost = line('voided', { params: { receipt: '7' } })
    expect(mapJournal([lost], WORLD)).toEqual({ events: [], untold: [{ id: lost.id, why: 'original-not-known' }] })
  })

  it('never lets a person out', () => {
    const who = { who: 'Mara Lind', customer: 'mara@example.com', reason: 'too small for Mara' }
    const lines = EventKind.options.map((kind) => line(kind, { params: { ...who, receipt: '7' } }))
    const text = JSON.stringify(mapJournal(lines, WORLD).events)
    expect(text).not.toMatch(/mara/i)
  })
})

describe('an export', () => {
  const journal = [
    line('received', { at: '2026-02-27T08:00:00.000Z', params: { from: 'maker' } }),
    line('sold', { at: '2026-02-28T22:59:00.000Z', params: { receipt: '7' } }),
    line('returned', { at: '2026-02-28T23:01:00.000Z', params: { number: 'R-1', receipt: '7' } }),
    line('counted', { at: '2026-02-28T12:00:00.000Z', unitId: 'guitar' }),
    line('counted', { at: '2026-02-28T12:00:00.000Z', unitId: 'guitar', storeId: 'goa' }),
  ]
  const kinds = (made: ReturnType<typeof exportOfDay>): (string | undefined)[] =>
    made.document.epcisBody.eventList.map(({ bizStep }) => bizStep)

  it('of a day goes by the clock of the store', () => {
    expect(kinds(exportOfDay(journal, 'berlin', '2026-02-28', WORLD, CREATED)))
      .toEqual(['retail_selling', 'cycle_counting'])
    expect(kinds(exportOfDay(journal, 'berlin', '2026-03-01', WORLD, CREATED))).toEqual(['receiving'])
  })

  it('of a unit tells its life, of a case the lives of all its units', () => {
    expect(kinds(exportOfUnit(journal, 'guitar', WORLD, CREATED))).toEqual(['cycle_counting', 'cycle_counting'])
    expect(kinds(exportOfCase(journal, 'R-1', WORLD, CREATED))).toEqual(['receiving', 'retail_selling', 'receiving'])
    expect(kinds(exportOfCase(journal, 'none', WORLD, CREATED))).toEqual([])
  })

  it('finds the sale of yesterday for the void of today', () => {
    const sale = line('sold', { at: '2026-02-27T09:00:00.000Z', params: { receipt: '9' } })
    const voided = line('voided', { at: '2026-02-28T09:00:00.000Z', params: { receipt: '9' } })
    const made = exportOfDay([sale, voided], 'berlin', '2026-02-28', WORLD, CREATED)
    expect(made.untold).toEqual([])
    expect(made.document.epcisBody.eventList).toMatchObject([{ eventID: `urn:uuid:${sale.id}`, errorDeclaration: {} }])
    expect(schema(made.document)).toEqual([])
  })
})

describe('a measurement', () => {
  it('goes out with the pieces it was made of, or with the place', () => {
    const reading = {
      id: 'm1', at: '2026-07-01T10:00:00.000Z', storeId: 'goa', tillId: null, unitIds: ['phone'], deviceId: 'fridge 2',
      values: [{ of: 'Temperature' as const, value: 21.5 }, { of: 'RelativeHumidity' as const, value: 40 }],
    }
    const events = [sensorEvent(reading, WORLD), sensorEvent({ ...reading, unitIds: [] }, WORLD)]
    const document = epcisDocument(events, CREATED, WORLD.base)
    expect([...schema(document), ...cbvFaults(document)]).toEqual([])
    expect(events[0]?.sensorElementList?.[0]?.sensorReport[0]).toEqual({ type: 'Temperature', value: 21.5, uom: 'CEL' })
    expect(() => sensorEvent({ ...reading, unitIds: [], storeId: null }, WORLD)).toThrow('of something or somewhere')
  })
})

describe('the clock on the wall', () => {
  it('knows summer time, half hours and both sides of Greenwich', () => {
    expect(localTime('2026-07-01T22:30:00.000Z', 'Europe/Berlin').eventTime).toBe('2026-07-02T00:30:00.000+02:00')
    expect(localTime('2026-01-01T00:00:00.000Z', 'America/New_York'))
      .toEqual({ eventTime: '2025-12-31T19:00:00.000-05:00', eventTimeZoneOffset: '-05:00' })
    expect(localTime('2026-01-01T00:00:00.000Z', 'Asia/Kolkata').eventTimeZoneOffset).toBe('+05:30')
    expect(localTime('2026-01-01T00:00:00.000Z', 'America/St_Johns').eventTime).toBe('2025-12-31T20:30:00.000-03:30')
    expect(localTime('2026-01-01T00:00:00.000Z', 'UTC').eventTime).toBe('2026-01-01T00:00:00.000+00:00')
    expect(localDay('2026-02-28T23:00:00.000Z', 'Europe/Berlin')).toBe('2026-03-01')
  })

  it('shows the same instant, whatever the zone', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Chatham', 'UTC')
    const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2037-12-31'), noInvalidDate: true })
    fc.assert(fc.property(instants, zones, (instant, zone) => {
      expect(Date.parse(localTime(instant.toISOString(), zone).eventTime)).toBe(instant.getTime())
    }), { numRuns: 300 })
  })
})

describe('rules that the schema cannot see', () => {
  const event = { type: 'ObjectEvent', action: 'OBSERVE', epcList: ['https://id.gs1.org/00/106141412345678908'] }
  const voided = { ...event, errorDeclaration: { reason: 'did_not_occur', correctiveEventIDs: ['urn:uuid:1'] } }

  it.each([
    [voided, 'did-not-occur-names-corrections'],
    [{ ...event, errorDeclaration: { reason: 'incorrect_data' } }, 'correction-names-none'],
    [{ ...event, epcList: [] }, 'empty-epc-list'],
    [{ type: 'AggregationEvent', action: 'ADD', childEPCs: ['urn:x:1'] }, 'no-parent'],
    [{ type: 'ObjectEvent', action: 'OBSERVE', sensorElementList: [{}] }, 'sensor-nowhere'],
    [{ ...event, bizStep: 'encoding' }, 'encoding-outside-transaction'],
  ])('finds %o', (bad, fault) => {
    expect(cbvFaults({ epcisBody: { eventList: [event, bad] } })).toEqual([fault])
    expect(cbvFaults(bad)).toEqual([fault])
  })

  it('has nothing to say about what is no document', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(Array.isArray(cbvFaults(value))).toBe(true)
    }))
  })
})
