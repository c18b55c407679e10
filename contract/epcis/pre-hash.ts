import { buildDigitalLink, parseDigitalLink } from '../identity/digital-link.ts'
import type { Element } from '../identity/element.ts'
import { parseEpcUri } from '../identity/epc/uri.ts'

/** Parsed JSON of an event. */
export type EventJson = Readonly<Record<string, unknown>>

/**
 * What the EPCIS Event Hash ID (CBV 2.0, 8.9) is the hash of: one text for the same event however it is written. The
 * `@context` of its document says what the prefixes of extension fields mean. The order of fields is that of the
 * published reference generator, which puts the lists of transactions, sources and destinations among the fields
 * sorted by name.
 */
export function preHashOf(event: EventJson, context: unknown): string {
  const writer = new PreHash(namespacesOf(context))
  return `eventType=${String(event['type'])}${writer.fields(event, EVENT_FIELDS)}`
}

/** The fields of one level that have a place in the order, and those that take no part; all others are sorted. */
interface Level {
  readonly order: readonly string[]
  readonly ignored: ReadonlySet<string>
}

const level = (order: readonly string[], ignored: readonly string[] = []): Level =>
  ({ order, ignored: new Set([...ignored, 'rdfs:comment', 'comment']) })

const EVENT_FIELDS = level([
  'eventTime', 'eventTimeZoneOffset', 'certificationInfo', 'parentID', 'epcList', 'inputEPCList', 'childEPCs',
  'quantityList', 'childQuantityList', 'inputQuantityList', 'outputEPCList', 'outputQuantityList', 'action',
  'transformationID', 'bizStep', 'disposition', 'persistentDisposition', 'readPoint', 'bizLocation',
  'sensorElementList',
], ['@context', 'type', 'eventID', 'recordTime', 'errorDeclaration'])

const QUANTITY = level(['epcClass', 'quantity', 'uom'])
const PLACE = level(['id'])
const SENSOR_METADATA = level([
  'time', 'startTime', 'endTime', 'deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules',
])
const SENSOR_REPORT = level([
  'type', 'exception', 'deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'time', 'microorganism',
  'chemicalSubstance', 'value', 'component', 'stringValue', 'booleanValue', 'hexBinaryValue', 'uriValue', 'minValue',
  'maxValue', 'meanValue', 'sDev', 'percRank', 'percValue', 'uom', 'coordinateReferenceSystem',
])

/** Objects whose fields have an order of their own. */
const LEVELS: Readonly<Record<string, Level>> = {
  persistentDisposition: level(['set', 'unset']),
  readPoint: PLACE,
  bizLocation: PLACE,
  quantityElement: QUANTITY,
  sensorElement: level(['sensorMetadata', 'sensorReport']),
  sensorMetadata: SENSOR_METADATA,
  sensorReport: SENSOR_REPORT,
}

/** The name of the members of each list; '' for members that are written without one. */
const MEMBERS: Readonly<Record<string, string>> = {
  epcList: 'epc',
  inputEPCList: 'epc',
  childEPCs: 'epc',
  outputEPCList: 'epc',
  quantityList: 'quantityElement',
  childQuantityList: 'quantityElement',
  inputQuantityList: 'quantityElement',
  outputQuantityList: 'quantityElement',
  sensorElementList: 'sensorElement',
  bizTransactionList: '',
  sourceList: '',
  destinationList: '',
}

/** Members of these lists put their type first. */
const TYPED = level(['type', 'bizTransaction', 'source', 'destination'])

/** Where a bare term of the vocabulary stands, and what it is short for. */
const TERMS: Readonly<Record<string, string>> = {
  bizStep: 'https://ref.gs1.org/cbv/BizStep-',
  disposition: 'https://ref.gs1.org/cbv/Disp-',
  set: 'https://ref.gs1.org/cbv/Disp-',
  unset: 'https://ref.gs1.org/cbv/Disp-',
  'bizTransactionList.type': 'https://ref.gs1.org/cbv/BTT-',
  'sourceList.type': 'https://ref.gs1.org/cbv/SDT-',
  'destinationList.type': 'https://ref.gs1.org/cbv/SDT-',
  'sensorReport.type': 'https://gs1.org/voc/',
  'sensorReport.exception': 'https://gs1.org/voc/',
  'sensorReport.component': 'https://ref.gs1.org/cbv/Comp-',
}

/** Vocabulary in the form of EPCIS 1, and its web form. */
const OLD_VOCABULARY: readonly (readonly [string, string])[] = [
  ['urn:epcglobal:cbv:bizstep:', 'https://ref.gs1.org/cbv/BizStep-'],
  ['urn:epcglobal:cbv:disp:', 'https://ref.gs1.org/cbv/Disp-'],
  ['urn:epcglobal:cbv:btt:', 'https://ref.gs1.org/cbv/BTT-'],
  ['urn:epcglobal:cbv:sdt:', 'https://ref.gs1.org/cbv/SDT-'],
  ['urn:epcglobal:cbv:er:', 'https://ref.gs1.org/cbv/ER-'],
]

const STANDARD_PREFIXES: readonly (readonly [string, string])[] = [
  ['gs1', 'https://gs1.org/voc/'], ['cbv', 'https://ref.gs1.org/cbv/'], ['epcis', 'https://ref.gs1.org/epcis/'],
]

type Namespaces = ReadonlyMap<string, string>

function namespacesOf(context: unknown): Namespaces {
  const namespaces = new Map(STANDARD_PREFIXES)
  for (const part of Array.isArray(context) ? context : [context]) {
    if (!isRecord(part)) continue
    for (const [prefix, uri] of Object.entries(part)) if (typeof uri === 'string') namespaces.set(prefix, uri)
  }
  return namespaces
}

const isRecord = (value: unknown): value is EventJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Writes the parts of an event one after the other, without separators. */
class PreHash {
  readonly #namespaces: Namespaces

  constructor(namespaces: Namespaces) {
    this.#namespaces = namespaces
  }

  /** The fields of an object: first those with a place in the order, then all others sorted by what they say. */
  fields(object: EventJson, { order, ignored }: Level, parent = ''): string {
    const ordered = order.map((name) => (Object.hasOwn(object, name) ? this.#field(name, object[name], parent) : ''))
    const others = Object.entries(object)
      .filter(([name]) => !order.includes(name) && !ignored.has(name))
      .map(([name, value]) => this.#field(name, value, parent))
    return ordered.join('') + others.sort().join('')
  }

  #field(name: string, value: unknown, parent: string): string {
    if (Array.isArray(value)) return this.#list(name, value, parent)
    if (isRecord(value)) {
      const within = this.fields(value, own(LEVELS, name) ?? level([]), name)
      return within === '' ? '' : this.#key(name) + within
    }
    const text = this.#value(name, value, parent)
    return text === '' ? '' : `${this.#key(name)}=${text}`
  }

  /** A list of the standard names itself once; a list of an extension repeats its name for every member. */
  #list(name: string, members: readonly unknown[], parent: string): string {
    const memberName = own(MEMBERS, name)
    const written = members.map((member) => {
      if (memberName !== '') return this.#field(memberName ?? name, member, parent)
      return isRecord(member) ? this.fields(member, TYPED, name) : ''
    })
    const joined = written.sort().join('')
    return joined === '' || memberName === undefined ? joined : name + joined
  }

  #key(name: string): string {
    const [prefix = '', ...rest] = name.split(':')
    const namespace = rest.length === 0 ? undefined : this.#namespaces.get(prefix)
    return namespace === undefined ? name : `{${namespace}}${rest.join(':')}`
  }

  #value(name: string, value: unknown, parent: string): string {
    if (value === null || value === undefined) return ''
    const text = (typeof value === 'string' ? value : JSON.stringify(value)).trim()
    if (TIMES.has(name)) return utcMilliseconds(text)
    const term = own(TERMS, `${parent}.${name}`) ?? own(TERMS, name)
    if (term !== undefined && !text.includes(':')) return term + text
    return canonicalUri(plainNumber(this.#expanded(text)))
  }

  #expanded(text: string): string {
    const [prefix = '', ...rest] = text.split(':')
    const namespace = rest.length === 0 ? undefined : this.#namespaces.get(prefix)
    if (namespace !== undefined) return namespace + rest.join(':')
    const old = OLD_VOCABULARY.find(([urn]) => text.startsWith(urn))
    return old === undefined ? text : old[1] + text.slice(old[0].length)
  }
}

const TIMES: ReadonlySet<string> = new Set(['eventTime', 'time', 'startTime', 'endTime'])

/** UTC with milliseconds; a fourth decimal of 5 or more rounds up. A text that is no time stays as it is. */
function utcMilliseconds(text: string): string {
  const [, seconds = '', fraction = '', zone = ''] =
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/.exec(text) ?? []
  const time = Date.parse(seconds + zone)
  if (Number.isNaN(time)) return text
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3)) + ((fraction[3] ?? '0') >= '5' ? 1 : 0)
  return new Date(time + milliseconds).toISOString()
}

/** A decimal number without sign +, leading zeros or trailing zeros; digit by digit, so that long ones stay exact. */
function plainNumber(text: string): string {
  const [, sign = '', whole, fraction = ''] = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(text) ?? []
  if (whole === undefined) return text
  const digits = whole.replace(/^0+(?=\d)/, '')
  const decimals = fraction.replace(/0+$/, '')
  const number = decimals === '' ? digits : `${digits}.${decimals}`
  return sign === '-' && number !== '0' ? `-${number}` : number
}

/** The finest level that each key may be named at; of several qualifiers the first one that is there counts. */
const FINEST: Readonly<Record<string, readonly string[]>> = {
  '00': [], '01': ['21', '235', '10'], '253': [], '255': [], '401': [], '402': [], '414': ['254'], '417': [],
  '8003': [], '8004': [], '8006': ['21', '10'], '8010': ['8011'], '8017': [], '8018': [],
}

/** EPC names and Digital Links of any host become the canonical Digital Link; every other text stays as it is. */
function canonicalUri(text: string): string {
  const elements = elementsOf(text)
  const key = elements?.find(([ai]) => Object.hasOwn(FINEST, ai))
  if (elements === null || key === undefined) return text
  const qualifier = FINEST[key[0]]!.flatMap((ai) => elements.filter((element) => element[0] === ai)).slice(0, 1)
  return buildDigitalLink([key, ...qualifier]) ?? text
}

/** What a table itself holds under a name: an event may call a field `toString`, and no table means that. */
const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

function elementsOf(text: string): readonly Element[] | null {
  if (/^https?:\/\//i.test(text)) {
    const link = parseDigitalLink(text)
    return link.ok ? link.elements : null
  }
  const named = text.startsWith('urn:epc:id:') ? parseEpcUri(text) : classElements(text)
  return named !== null && named.ok ? named.elements : null
}

/** Classes and patterns: `urn:epc:class:lgtin:<prefix>.<item>.<lot>`, `urn:epc:idpat:sgtin:<prefix>.<item>.*`. */
function classElements(text: string): { ok: true, elements: readonly Element[] } | null {
  const [, scheme, name = '', last = ''] = /^urn:epc:(class:lgtin|idpat:sgtin):(\d+\.\d+)\.(.+)$/.exec(text) ?? []
  if (scheme === undefined || (scheme === 'idpat:sgtin' && last !== '*')) return null
  const read = parseEpcUri(`urn:epc:id:sgtin:${name}.${scheme === 'idpat:sgtin' ? '0' : last}`)
  if (!read.ok) return null
  const [product, variable] = read.elements
  if (product === undefined || variable === undefined) return null
  return { ok: true, elements: scheme === 'idpat:sgtin' ? [product] : [product, ['10', variable[1]]] }
}
