import { SET_39, SET_82, allOf } from '../characters.ts'
import type { Element } from '../element.ts'
import { refused } from '../outcome.ts'
import type { Code, Outcome } from '../outcome.ts'
import { encodeEpc, encodeForeignEpc } from './encode.ts'
import { GCP_LENGTH_MAX, GCP_LENGTH_MIN, elementFault, isWithin } from './epc.ts'
import type { Epc } from './epc.ts'
import { FAMILIES, familyOfName } from './families.ts'
import { SCHEMES, schemeOfName } from './schemes.ts'
import type { Scheme } from './schemes.ts'

const IDENTITY = 'urn:epc:id:'
const TAG = 'urn:epc:tag:'
/** The families outside of GS1, with the number of their parts. */
const FOREIGN_PARTS: Readonly<Record<string, { scheme: string, parts: number }>> = {
  gid: { scheme: 'GID-96', parts: 3 },
  usdod: { scheme: 'USDoD-96', parts: 2 },
  adi: { scheme: 'ADI-var', parts: 3 },
}
/** Characters that have a meaning in a URI and must be escaped (TDS 5.4). */
const ESCAPED = /["%&/<>?#]/g
const NAKED = /["&/<>?#]/

/** A pure identity or tag URI, understood. */
export interface EpcUri {
  readonly elements: readonly Element[]
  readonly gcpLength?: number
  /** Tag URIs only. */
  readonly scheme?: string
  readonly filter?: number
  /** Names outside of GS1, unescaped. */
  readonly parts?: readonly string[]
}

/**
 * Reads `urn:epc:id:…` and `urn:epc:tag:…` (TDS 6 and 12). Lower case only. Refuses wrong counts of digits, naked or
 * broken escapes (`URI`), characters that no GS1 serial has (`CHARSET`), and tag URIs of tags that cannot exist.
 */
export function parseEpcUri(uri: string): Outcome<EpcUri> {
  if (uri.startsWith(IDENTITY)) {
    const [family = '', ...rest] = uri.slice(IDENTITY.length).split(':')
    return parseName(family, rest.join(':'))
  }
  if (!uri.startsWith(TAG)) return refused('URI')
  const [tag = '', ...rest] = uri.slice(TAG.length).split(':')
  const scheme = schemeByTag.get(tag)
  if (scheme === undefined) return refused('URI')
  return parseTag(scheme, rest.join(':'))
}

const schemeByTag: ReadonlyMap<string, Scheme> = new Map(
  SCHEMES.filter((scheme) => scheme.kind !== 'plus').map((scheme) => [scheme.name.toLowerCase(), scheme]),
)

function parseTag(scheme: Scheme, text: string): Outcome<EpcUri> {
  const family = scheme.kind === 'partitioned' ? scheme.family : scheme.name.split('-')[0]!.toLowerCase()
  const [, digits, name = text] = scheme.name === 'GID-96' ? [] : /^(0|[1-9]\d?)\.(.*)$/.exec(text) ?? [text, 'none']
  if (digits === 'none') return refused('URI')
  const filter = Number(digits ?? 0)
  const named = parseName(family, name)
  if (!named.ok) return named
  const held = named.parts === undefined
    ? encodeEpc(scheme.name, named.elements, { filter, gcpLength: named.gcpLength! })
    : encodeForeignEpc(scheme.name, named.parts, filter)
  if (!held.ok) return held
  return { ...named, scheme: scheme.name, ...(digits === undefined ? {} : { filter }) }
}

function parseName(familyName: string, text: string): Outcome<EpcUri> {
  if (Object.hasOwn(FOREIGN_PARTS, familyName)) return parseForeign(FOREIGN_PARTS[familyName]!, text)
  const family = familyOfName(familyName)
  if (family === undefined) return refused('URI')
  const parts = splitParts(text, family.parts)
  if (parts === null) return refused('URI')
  const [company = '', reference = ''] = parts
  if (!/^\d+$/.test(company) || !isWithin(company.length, GCP_LENGTH_MIN, GCP_LENGTH_MAX)) return refused('URI')
  if (family.digits > 0) {
    if (!/^\d*$/.test(reference) || company.length + reference.length !== family.digits) return refused('URI')
    if (familyName === 'itip' && !parts.slice(2, 4).every((piece) => /^\d\d$/.test(piece))) return refused('URI')
  }
  const plain = unescapeAll(parts)
  if (typeof plain === 'string') return refused(plain)
  const bare = plain.findIndex((part, i) => part === '' && !(i === 1 && family.digits > 0))
  if (bare >= 0) return refused('CHARSET')
  const elements = family.elementsOf(plain)
  return elementFault(elements) ?? { ok: true, elements, gcpLength: company.length }
}

function parseForeign(foreign: { scheme: string, parts: number }, text: string): Outcome<EpcUri> {
  const parts = splitParts(text, foreign.parts)
  if (parts === null) return refused('URI')
  const plain = unescapeAll(parts)
  if (typeof plain === 'string') return refused(plain)
  const held = encodeForeignEpc(foreign.scheme, plain)
  return held.ok ? { ok: true, elements: [], parts: plain } : held
}

/** Cuts at the first dots only, because a serial may have dots of its own. */
function splitParts(text: string, count: number): string[] | null {
  const pieces = text.split('.')
  if (pieces.length < count) return null
  return [...pieces.slice(0, count - 1), pieces.slice(count - 1).join('.')]
}

function unescapeAll(parts: readonly string[]): string[] | Code {
  const plain: string[] = []
  for (const part of parts) {
    if (NAKED.test(part) || /%(?![0-9A-Fa-f]{2})/.test(part)) return 'URI'
    const text = part.replaceAll(/%[0-9A-Fa-f]{2}/g, (escape) => String.fromCharCode(Number(`0x${escape.slice(1)}`)))
    if (!allOf(SET_82 | SET_39, text)) return 'CHARSET'
    plain.push(text)
  }
  return plain
}

/**
 * The pure identity URI of elements for a company prefix of `gcpLength` digits (6–12), or null if the elements are not
 * exactly one EPC key. The same thing has different URIs for different lengths: compare elements, not URIs.
 */
export function pureIdentityUri(elements: readonly Element[], gcpLength: number): string | null {
  const name = nameOf(elements, gcpLength)
  return name === null ? null : `${IDENTITY}${name.family}:${name.text}`
}

function nameOf(elements: readonly Element[], gcpLength: number): { family: string, text: string } | null {
  if (elementFault(elements) !== null) return null
  for (const [family, { partsOf }] of Object.entries(FAMILIES)) {
    const parts = partsOf(elements, gcpLength)
    if (parts !== null) {
      const [company = '', , last] = [parts[0], parts[1], parts.at(-1)]
      if (!/^\d+$/.test(company) || company.length !== gcpLength || last === '') return null
      return { family, text: escapeAll(parts) }
    }
  }
  return null
}

const escapeAll = (parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll(ESCAPED, escapeOne)).join('.')

const escapeOne = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** Both URIs of a decoded tag; null where the scheme has none (a plus scheme does not know its company prefix). */
export function urisOf(epc: Epc): { epcUri: string, tagUri: string } | null {
  const scheme = schemeOfName(epc.scheme)
  const name = epc.parts === undefined
    ? epc.gcpLength === undefined ? null : nameOf(epc.elements, epc.gcpLength)
    : { family: epc.scheme.split('-')[0]!.toLowerCase(), text: escapeAll(epc.parts) }
  if (name === null || scheme === undefined) return null
  const filter = epc.filter === null ? '' : `${epc.filter}.`
  return {
    epcUri: `${IDENTITY}${name.family}:${name.text}`,
    tagUri: `${TAG}${epc.scheme.toLowerCase()}:${filter}${name.text}`,
  }
}
