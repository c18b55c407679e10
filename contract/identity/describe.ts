import { splitUri } from './digital-link.ts'
import type { NamedMask } from './classify.ts'
import { doubtsOf } from './doubts.ts'
import type { Doubt } from './doubts.ts'
import { readEid } from './eid.ts'
import { parseElementString } from './element-string.ts'
import type { Element } from './element.ts'
import { decodeEpc } from './epc/decode.ts'
import { decodeTid } from './epc/tid.ts'
import { parseEpcUri } from './epc/uri.ts'
import { parseHri } from './hri.ts'
import { readIccid } from './iccid.ts'
import { elementsIdentity, plainIdentity } from './identity.ts'
import type { Identity, IdentityKind } from './identity.ts'
import { readImei } from './imei.ts'
import { readIsbn, readIssn } from './isbn-issn.ts'
import { expandUpcE, readGtin, readKey } from './keys.ts'
import { readLink } from './link.ts'
import { readMac } from './mac.ts'
import { readMask } from './mask.ts'
import { readMeid } from './meid.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { readVin } from './vin.ts'
import { unreachable } from '../unreachable.ts'

/** What a reader may know beside the text. */
export interface DescribeContext {
  readonly today: string
  readonly masks: readonly NamedMask[]
  readonly allowShortGtin?: boolean
  /** The RFID reader puts the protocol control word in front of the EPC. */
  readonly includesPc?: boolean
}

type Described = Outcome<{ identity: Identity }>

/** Reads a text as one kind of identity and takes it apart field by field, or says why it is none. */
export function describe(kind: IdentityKind, text: string, context: DescribeContext): Described[] {
  if (kind === 'shop-serial') return context.masks.map((mask) => shopSerial(mask, text, context))
  return [describeOne(kind, text, context)]
}

function describeOne(kind: Exclude<IdentityKind, 'shop-serial'>, text: string, context: DescribeContext): Described {
  const elements = (list: readonly Element[], doubts: readonly Doubt[] = [], fields = {}): Described =>
    identity(elementsIdentity(kind, list, context.today, [...doubts, ...doubtsOf(list)], fields))
  if (isNumberKind(kind)) return NUMBERS[kind](text)
  switch (kind) {
    case 'gs1-element-string': return then(parseElementString(text), (read) => elements(read.elements))
    case 'gs1-hri': return then(parseHri(text), (read) => elements(read.elements))
    case 'gs1-digital-link': return then(readLink(text, context), (read) =>
      elements(read.elements, read.doubts, { form: read.form, host: read.host, canonical: read.canonical }))
    case 'url': return then(splitUri(text), (read) =>
      identity(plainIdentity(kind, null, { host: read.host, path: read.path, query: read.query })))
    case 'epc-hex': return epcHex(text, context)
    case 'epc-uri': return epcUri(text, context)
    case 'tid': return tagId(text)
    case 'gtin-8': case 'gtin-12': case 'gtin-13': case 'gtin-14':
      return then(gtinOf(kind, text), (read) => elements([['01', read.gtin14]], [], titleFields(text)))
    case 'isbn': return then(readIsbn(text), (read) => elements([['01', `0${read.isbn13}`]], [], printable(read)))
    case 'sscc': return then(readKey('SSCC', text), () => elements([['00', text]]))
    case 'free-serial': return identity(plainIdentity(kind, { scheme: kind, value: text }))
    default: return unreachable(kind)
  }
}

type NumberKind = 'issn' | 'imei' | 'meid' | 'iccid' | 'eid' | 'vin' | 'mac'

/** The numbers that other bodies than GS1 give out. */
const NUMBERS: Readonly<Record<NumberKind, (text: string) => Described>> = {
  issn: (text) => then(readIssn(text), (read) => number('issn', read.issn, read)),
  imei: (text) => then(readImei(text), (read) =>
    number('imei', read.imei, read, read.type === 'IMEI' ? [] : [{ kind: 'NO_CHECK_DIGIT' }])),
  meid: (text) => then(readMeid(text), (read) => number('meid', read.hex, read)),
  iccid: (text) => then(readIccid(text), (read) => number('iccid', read.iccid, read)),
  eid: (text) => then(readEid(text), (read) => number('eid', read.eid, read)),
  vin: (text) => then(readVin(text), (read) =>
    number('vin', read.vin, read, read.checkDigit === 'ok' ? [] : [{ kind: 'VIN_CHECK' }])),
  mac: (text) => then(readMac(text), (read) =>
    number('mac', read.mac, read, read.locallyAdministered ? [{ kind: 'RANDOM_MAC' }] : [])),
}

function isNumberKind(kind: IdentityKind): kind is NumberKind {
  return Object.hasOwn(NUMBERS, kind)
}

function number(kind: NumberKind, value: string, fields: object, doubts: readonly Doubt[] = []): Described {
  return identity(plainIdentity(kind, { scheme: kind, value }, printable(fields), doubts))
}

/** The title of a book or magazine behind its EAN-13: both name an edition, never a copy. */
export function titleFields(ean: string): Record<string, string> {
  if (ean.length !== 13) return {}
  const isbn = readIsbn(ean)
  const issn = readIssn(ean)
  return { ...(isbn.ok ? printable(isbn) : {}), ...(issn.ok ? printable(issn) : {}) }
}

function then<T extends object>(read: Outcome<T>, make: (read: T) => Described): Described {
  return read.ok ? make(read) : read
}

function identity(made: Identity): Described {
  return { ok: true, identity: made }
}

/** Field values as text, without the `ok` of the outcome that they came in. */
function printable(fields: object): Record<string, string> {
  return Object.fromEntries(Object.entries(fields)
    .filter(([name, value]: [string, unknown]) => name !== 'ok' && value !== undefined && value !== null)
    .map(([name, value]: [string, unknown]) => [name, String(value)]))
}

/** Eight digits are an EAN-8 or a UPC-E, which is a UPC of twelve. */
function gtinOf(kind: string, text: string): Outcome<{ gtin14: string }> {
  const gtin = readGtin(text)
  const upcE = kind === 'gtin-12' && text.length === 8
  if (upcE) return expandUpcE(text)
  if (!gtin.ok) return gtin
  return gtin.scheme.toLowerCase() === kind ? gtin : refused('LENGTH')
}

function shopSerial({ name, mask }: NamedMask, text: string, context: DescribeContext): Described {
  const read = readMask(mask, text, Number(context.today.slice(0, 4)))
  if (!read.ok) return read
  const fields = { mask: name, ...read.fields }
  return identity(plainIdentity('shop-serial', { scheme: 'shop-serial', value: read.canonical }, fields))
}

function epcHex(text: string, context: DescribeContext): Described {
  const epc = decodeEpc(text, { includesPc: context.includesPc === true })
  if (!epc.ok) return epc
  const fields = printable({
    scheme: epc.scheme, filter: epc.filter, partition: epc.partition, gcpLength: epc.gcpLength, hostname: epc.hostname,
    name: epc.parts?.join('.'),
  })
  if (epc.elements.length === 0) {
    return identity(plainIdentity('epc-hex', { scheme: epc.scheme, value: epc.parts?.join('.') ?? text }, fields))
  }
  return identity(elementsIdentity('epc-hex', epc.elements, context.today, doubtsOf(epc.elements), fields))
}

function epcUri(text: string, context: DescribeContext): Described {
  const uri = parseEpcUri(text)
  if (!uri.ok) return uri
  const fields = printable({
    scheme: uri.scheme, filter: uri.filter, gcpLength: uri.gcpLength, name: uri.parts?.join('.'),
  })
  if (uri.elements.length === 0) {
    const key = { scheme: uri.scheme ?? 'epc', value: uri.parts?.join('.') ?? text }
    return identity(plainIdentity('epc-uri', key, fields))
  }
  return identity(elementsIdentity('epc-uri', uri.elements, context.today, doubtsOf(uri.elements), fields))
}

function tagId(text: string): Described {
  const tid = decodeTid(text)
  return tid.ok ? identity(plainIdentity('tid', { scheme: 'tid', value: text.toUpperCase() }, printable(tid))) : tid
}
