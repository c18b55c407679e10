import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashIdOf } from '../../../electron/core/epcis/hash-id.ts'
import type { EventJson } from '../../../contract/epcis/pre-hash.ts'

const CONTEXT = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { shop: 'https://shop.example/ns/' }]

const SALE: EventJson = {
  type: 'ObjectEvent',
  eventTime: '2026-03-01T10:00:00.000+01:00',
  eventTimeZoneOffset: '+01:00',
  epcList: ['https://id.gs1.org/01/09521234543213/21/S1', 'https://id.gs1.org/01/09521234543213/21/S2'],
  action: 'OBSERVE',
  bizStep: 'retail_selling',
  disposition: 'retail_sold',
  readPoint: { id: 'https://id.gs1.org/414/9521234567899/254/POS1' },
  bizTransactionList: [
    { type: 'inv', bizTransaction: 'https://shop.example/receipt/2026-000123' },
    { type: 'po', bizTransaction: 'https://shop.example/order/9' },
  ],
  'shop:lane': '03',
}

const hash = (event: EventJson): string => hashIdOf(event, CONTEXT).eventID

describe('a sale that is sent twice', () => {
  it('has one hash, however the second copy was written', () => {
    const again: EventJson = {
      ...Object.fromEntries(Object.entries(SALE).reverse()),
      eventID: 'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8',
      recordTime: '2026-03-01T09:00:01Z',
      errorDeclaration: { declarationTime: '2026-03-02T09:00:00Z', reason: 'did_not_occur' },
      eventTime: '2026-03-01T09:00:00Z',
      epcList: ['urn:epc:id:sgtin:9521234.054321.S2', 'https://maker.example/x/01/09521234543213/21/S1?17=261231'],
      bizStep: 'https://ref.gs1.org/cbv/BizStep-retail_selling',
      disposition: 'urn:epcglobal:cbv:disp:retail_sold',
      readPoint: { id: 'urn:epc:id:sgln:9521234.56789.POS1' },
      bizTransactionList: [...(SALE['bizTransactionList'] as EventJson[])].reverse(),
      'shop:lane': '3.0',
    }
    expect(hash(again)).toBe(hash(SALE))
    expect(hashIdOf(again, [{ ...(CONTEXT[1] as object), cbv: 'https://ref.gs1.org/cbv/' }]).eventID).toBe(hash(SALE))
  })

  it('has another hash as soon as any field says something else', () => {
    const changes: EventJson[] = [
      { eventTime: '2026-03-01T10:00:00.001+01:00' }, { eventTimeZoneOffset: '+02:00' }, { action: 'ADD' },
      { bizStep: 'receiving' }, { disposition: 'returned' }, { 'shop:lane': '4' },
      { epcList: ['urn:epc:id:sgtin:9521234.054321.S2'] },
      { readPoint: { id: 'https://id.gs1.org/414/9521234567899' } }, { bizTransactionList: [] }, { 'shop:new': '1' },
      { readPoint: { id: 'https://id.gs1.org/414/9521234567899/254/POS1', 'shop:area': 'door' } },
      { quantityList: [{ epcClass: 'https://id.gs1.org/01/09521234543213', quantity: 2 }] },
    ]
    const hashes = changes.map((change) => hash({ ...SALE, ...change }))
    expect(new Set([...hashes, hash(SALE)]).size).toBe(changes.length + 1)
  })

  it('does not care in which order lists and fields stand', () => {
    const entries = Object.entries(SALE)
    fc.assert(fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
      expect(hash(Object.fromEntries(shuffled))).toBe(hash(SALE))
    }))
  })
})

describe('the text before hashing', () => {
  it('orders sensors, lists and extensions as the published generator does', () => {
    const { preHash } = hashIdOf({
      type: 'ObjectEvent',
      eventTime: '2019-04-02T15:00:00.000+01:00',
      eventTimeZoneOffset: '+01:00',
      action: 'OBSERVE',
      bizStep: 'inspecting',
      sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4012345.00000' }],
      bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:4012345000009:1' }],
      quantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.Lot1', quantity: 1.5, uom: 'KGM' }],
      sensorElementList: [{
        sensorReport: [
          { type: 'Temperature', value: 26, uom: 'CEL' }, { type: 'Illuminance', value: 800, uom: 'LUX' },
        ],
        sensorMetadata: { time: '2019-04-02T14:05:00+01:00', deviceID: 'urn:epc:id:giai:4000001.111' },
      }],
      ilmd: { 'shop:lot': 'A' },
      'shop:lane': 'x',
    }, CONTEXT)
    expect(preHash).toBe('eventType=ObjectEventeventTime=2019-04-02T14:00:00.000ZeventTimeZoneOffset=+01:00'
      + 'quantityListquantityElementepcClass=https://id.gs1.org/01/04012345123456/10/Lot1quantity=1.5uom=KGM'
      + 'action=OBSERVEbizStep=https://ref.gs1.org/cbv/BizStep-inspecting'
      + 'sensorElementListsensorElementsensorMetadatatime=2019-04-02T13:05:00.000Z'
      + 'deviceID=https://id.gs1.org/8004/4000001111'
      + 'sensorReporttype=https://gs1.org/voc/Illuminancevalue=800uom=LUX'
      + 'sensorReporttype=https://gs1.org/voc/Temperaturevalue=26uom=CEL'
      + 'bizTransactionListtype=https://ref.gs1.org/cbv/BTT-pobizTransaction=urn:epcglobal:cbv:bt:4012345000009:1'
      + 'ilmd{https://shop.example/ns/}lot=A'
      + 'sourceListtype=https://ref.gs1.org/cbv/SDT-owning_partysource=https://id.gs1.org/417/4012345000009'
      + '{https://shop.example/ns/}lane=x')
  })

  it('takes a field called like a method for a field', () => {
    expect(hashIdOf({ toString: {}, constructor: [[false]], valueOf: 'x' }, CONTEXT).eventID).toMatch(/^ni:/)
  })

  it('never throws on any JSON', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (event, context) => {
      expect(hashIdOf(event, context).eventID).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/)
    }), { numRuns: 300 })
  })
})
