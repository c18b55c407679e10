import { z } from 'zod'
import { buildHri } from '../../contract/identity/build.ts'
import { contradictionsOf, flagsOf } from '../../contract/identity/contradictions.ts'
import type { HistoryEvent, HistoryKind } from '../../contract/identity/contradictions.ts'
import { buildDigitalLink } from '../../contract/identity/digital-link.ts'
import type { Element } from '../../contract/identity/element.ts'
import { decodeEpc } from '../../contract/identity/epc/decode.ts'
import { encodeEpc } from '../../contract/identity/epc/encode.ts'
import { decodeEpcbSegment } from '../../contract/identity/epc/epcb.ts'
import { decodeTid } from '../../contract/identity/epc/tid.ts'
import { parseEpcUri, urisOf } from '../../contract/identity/epc/uri.ts'
import { cbvFaults } from '../../contract/epcis/cbv-rules.ts'
import { hashIdOf } from '../../electron/core/epcis/hash-id.ts'
import type { JournalLine } from '../../contract/epcis/journal-line.ts'
import { mapJournal } from '../../contract/epcis/map-journal.ts'
import { aesCmac } from '../../electron/core/proofs/aes-cmac.ts'
import { verifyOriginality } from '../../electron/core/proofs/originality.ts'
import { verifySun } from '../../electron/core/proofs/sun.ts'
import { epcisSchema } from './epcis-schema.ts'
import type { SchemaCheck } from './epcis-schema.ts'

/** The vector kinds of tags, proofs and EPCIS: kind → function from a vector's input to the fields to compare. */
export const epcKinds: Record<string, (input: unknown) => unknown> = {
  'epc.decode': decoded,
  'epc.encode': encoded,
  'epc.uri': (input) => {
    const read = parseEpcUri(Uri.parse(input).uri)
    return read.ok ? { ...read, ...writtenForms(read.elements) } : read
  },
  'epc.tid': (input) => decodeTid(Hex.parse(input).hex),
  'dl.epcb': (input) => decodeEpcbSegment(Segment.parse(input).segment),
  'crypto.aes-cmac': (input) => {
    const { key, message } = CmacInput.parse(input)
    return { ok: true, mac: aesCmac(Buffer.from(key, 'hex'), Buffer.from(message, 'hex')).toString('hex') }
  },
  'nfc.sun': (input) => {
    const { metaReadKey, fileReadKey, lastCounter, ...message } = SunInput.parse(input)
    return verifySun(message, { metaReadKey, fileReadKey }, lastCounter)
  },
  'nfc.originality': (input) => {
    const { publicKey, uid, signature } = OriginalityInput.parse(input)
    return verifyOriginality(publicKey, uid, signature)
  },
  'epcis.validate': (input) => {
    const { document } = DocumentInput.parse(input)
    schema ??= epcisSchema()
    const schemaValid = schema(document).length === 0
    return { ok: true, schemaValid, cbvCompliant: schemaValid && cbvFaults(document).length === 0 }
  },
  'epcis.map': mapped,
  'epcis.hash-id': (input) => {
    const { event, context } = HashInput.parse(input)
    return { ok: true, ...hashIdOf(event, context) }
  },
  'clone.history': history,
}

const Uri = z.object({ uri: z.string() })
const Hex = z.object({ hex: z.string() })
const Segment = z.object({ segment: z.string() })
const DecodeInput = z.object({ hex: z.string(), includesPc: z.boolean().default(false) })
const EncodeInput = z.object({
  scheme: z.string(), filter: z.number(), gcpLength: z.number().optional(), hostname: z.string().optional(),
  gtin: z.string().optional(), serial: z.string().optional(), sscc: z.string().optional(),
})
const CmacInput = z.object({ key: z.string(), message: z.string() })
const SunInput = z.object({
  metaReadKey: z.string().optional(), fileReadKey: z.string(), piccData: z.string().optional(),
  uid: z.string().optional(), readCounter: z.string().optional(), sdmmac: z.string(), macInput: z.string(),
  encFileData: z.string().optional(), lastCounter: z.number().optional(),
})
const OriginalityInput = z.object({ publicKey: z.string(), uid: z.string(), signature: z.string() })
const DocumentInput = z.object({ document: z.unknown() })
const HashInput = z.object({ event: z.record(z.string(), z.unknown()), context: z.unknown() })
const MapInput = z.object({ journalEvent: z.string() })
const HistoryInput = z.object({
  events: z.array(z.object({
    t: z.string(), type: z.string(), site: z.string().optional(), lat: z.number().optional(),
    lon: z.number().optional(), ctr: z.number().optional(),
  })),
  params: z.object({
    graceKm: z.number().optional(), maxKmh: z.number().optional(), clockSkewSec: z.number().optional(),
  }).default({}),
})

let schema: SchemaCheck | null = null

function writtenForms(elements: readonly Element[]): object {
  return { elementString: buildHri(elements), digitalLink: buildDigitalLink(elements) }
}

function decoded(input: unknown): unknown {
  const { hex, includesPc } = DecodeInput.parse(input)
  const epc = decodeEpc(hex, { includesPc })
  if (!epc.ok) return epc
  const byAi = new Map(epc.elements)
  return { ...epc, ...writtenForms(epc.elements), ...urisOf(epc), gtin: byAi.get('01'), serial: byAi.get('21') }
}

function encoded(input: unknown): unknown {
  const { scheme, gtin = '', serial = '', sscc, ...options } = EncodeInput.parse(input)
  return encodeEpc(scheme, sscc === undefined ? [['01', gtin], ['21', serial]] : [['00', sscc]], options)
}

/** The journal events of the reference in the words of our own journal. */
const JOURNAL_WORDS: Readonly<Record<string, Pick<JournalLine, 'kind' | 'params'>>> = {
  tag_encoded: { kind: 'relabelled', params: { order: 'P-1' } },
  item_created: { kind: 'commissioned', params: {} },
  goods_received: { kind: 'received', params: { order: 'PO-1', from: 'maker' } },
  put_on_shelf: { kind: 'stocked', params: { area: 'shelf' } },
  put_in_backroom: { kind: 'stocked', params: { area: 'back-room' } },
  reserved: { kind: 'put-in-cart', params: {} },
  reserved_for_customer: { kind: 'put-in-cart', params: {} },
  sold: { kind: 'sold', params: { receipt: '2026-000123' } },
  returned: { kind: 'returned', params: { number: '77', receipt: '2026-000123' } },
  inspected_ok: { kind: 'inspected', params: { condition: 'open-box' } },
  inspected_damaged: { kind: 'inspected', params: { condition: 'damaged' } },
  wrong_item_in_box: { kind: 'inspected', params: { condition: 'wrong-item' } },
  quarantined: { kind: 'held', params: {} },
  recall_flagged: { kind: 'flagged', params: { flag: 'recall' } },
  reported_stolen: { kind: 'flagged', params: { flag: 'stolen-own' } },
  recovered: { kind: 'unflagged', params: { flag: 'stolen-own' } },
  sent_to_repair: { kind: 'sent-to-repair', params: {} },
  back_from_repair: { kind: 'back-from-repair', params: {} },
  refurbished: { kind: 'relabelled', params: { from: 'S1', to: 'R1' } },
  returned_to_vendor: { kind: 'shipped', params: { number: '77', to: 'maker' } },
  tag_killed: { kind: 'retired', params: { why: 'tag-killed' } },
  destroyed: { kind: 'retired', params: { why: 'destroyed' } },
  counted: { kind: 'counted', params: {} },
  sale_voided: { kind: 'voided', params: { receipt: '2026-000123' } },
  serial_corrected: { kind: 'corrected', params: { of: 'sale', serial: 'S2' } },
}

const WORLD = {
  base: 'https://shop.example/',
  stores: { berlin: { gln: '9521234567899', timeZone: 'Europe/Berlin' } },
  units: { unit: { gtin: '09521234543213', serial: 'S1' } },
}

/** Tells the event after a sale, so that a void and a correction have something to be about. */
function mapped(input: unknown): unknown {
  const words = JOURNAL_WORDS[MapInput.parse(input).journalEvent]
  if (words === undefined) return { ok: false, code: 'FORMAT' }
  const place = { unitId: 'unit', storeId: 'berlin', tillId: 'POS1' }
  const sale: JournalLine = {
    id: 'sale', kind: 'sold', at: '2026-03-01T09:00:00.000Z', params: { receipt: '2026-000123' }, ...place,
  }
  const line: JournalLine = { id: 'line', at: '2026-03-01T10:00:00.000Z', ...words, ...place }
  const original = mapJournal([sale], WORLD).events[0]
  const { events } = mapJournal([line], WORLD, [sale, line])
  const [first, second] = events
  return {
    ok: true,
    ...first,
    bizTransactionType: first?.bizTransactionList?.[0]?.type,
    repeatsOriginalEventID: first?.eventID === original?.eventID,
    correctiveEvent: second !== undefined && first?.errorDeclaration?.correctiveEventIDs?.[0] === second.eventID,
  }
}

const HISTORY_KINDS: Readonly<Record<string, HistoryKind>> = {
  commission: 'commission', receive: 'receive', restock: 'restock', sell: 'sell', void: 'void', return: 'return',
  stolen: 'stolen', recalled: 'recalled', recall: 'recalled', block: 'block', unblock: 'unblock', destroy: 'destroy',
}

function history(input: unknown): unknown {
  const { events, params } = HistoryInput.parse(input)
  const told = events.map(({ t, type, site, lat, lon, ctr }): HistoryEvent => ({
    at: t,
    kind: HISTORY_KINDS[type] ?? 'observe',
    site,
    latitude: lat,
    longitude: lon,
    counter: ctr,
  }))
  return { ok: true, flags: flagsOf(contradictionsOf(told, params)) }
}
