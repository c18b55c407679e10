import { specOfAi } from './ai-table.ts'
import type { AiSpec } from './ai-table.ts'
import { elementsFault } from './check-elements.ts'
import { isDigits } from './characters.ts'
import type { Element } from './element.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** The domain of the canonical form: the one that GS1 itself runs, so that two labels compare equal. */
export const CANONICAL_STEM = 'https://id.gs1.org'

const URI_TEXT = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]*$/
const SCHEME = /^(?:https?|HTTPS?):\/\//
const DOMAIN_FORBIDDEN = /[@_~!$&'()*+,;=%]/

/** A Digital Link that was understood. */
export interface DigitalLink {
  /** The key, its qualifiers, then the attributes, in the order of the link. */
  readonly elements: readonly Element[]
  /** The form in which two links to the same thing are equal. */
  readonly canonical: string
  /** The host as written: it says where the link leads, not who made the label. */
  readonly host: string
  /** Parts of the query that are not GS1's, as they stand: `linkType=gs1:pip`. */
  readonly ignored: readonly string[]
  /** `SHORT_GTIN`: padded, as the option allows. `LOOSE_PERCENT`: a `%` that begins no escape was taken as itself. */
  readonly doubts: readonly { readonly kind: 'SHORT_GTIN' | 'LOOSE_PERCENT', readonly ai: string }[]
}

/**
 * Reads an uncompressed GS1 Digital Link URI of any domain (GS1 Digital Link Standard: URI Syntax).
 * The last key in the path wins; what stands before it is the owner's own path. `allowShortGtin` also takes
 * keys of 8, 12 or 13 digits, as old links have them. Refuses everything else with a code; opens nothing.
 */
export function parseDigitalLink(uri: string, options: { allowShortGtin?: boolean } = {}): Outcome<DigitalLink> {
  const split = splitUri(uri)
  if (!split.ok) return split
  const segments = split.path.split('/').slice(1)
  const keyAt = keyIndex(segments)
  if (keyAt < 0) return refused('DL_NO_KEY')
  const doubts: DigitalLink['doubts'][number][] = []
  const elements: Element[] = []
  for (let i = keyAt; i < segments.length; i += 2) {
    const value = percentDecoded(segments[i + 1]!)
    if (value.loose) doubts.push({ kind: 'LOOSE_PERCENT', ai: segments[i]! })
    elements.push([segments[i]!, value.text])
  }
  const key = specOfAi(elements[0]![0])!
  const qualifiers = elements.slice(1).map(([ai]) => ai)
  if (!key.qualifierOrders!.some((order) => standsInOrder(qualifiers, order))) return refused('DL_PATH_ORDER')
  const attributes = queryElements(split.query, key, qualifiers)
  if (!attributes.ok) return attributes
  elements.push(...attributes.elements)
  doubts.push(...attributes.loose.map((ai) => ({ kind: 'LOOSE_PERCENT' as const, ai })))
  const seen = new Set<string>()
  for (const [ai] of elements) {
    if (seen.has(ai)) return refused('DUPLICATE_AI', undefined, ai)
    seen.add(ai)
  }
  if (options.allowShortGtin === true && lengthenGtin(elements)) doubts.push({ kind: 'SHORT_GTIN', ai: '01' })
  const fault = elementsFault(elements)
  if (fault !== null) return fault
  const canonical = buildDigitalLink(elements)
  if (canonical === null) return refused('DL_ATTR')
  return { ok: true, elements, canonical, host: split.host, ignored: attributes.ignored, doubts }
}

/** The parts of an http(s) address that matter here; also the guard against addresses made to mislead. */
export function splitUri(uri: string): Outcome<{ host: string, path: string, query: string }> {
  if (uri === '') return refused('EMPTY', 0)
  if (!URI_TEXT.test(uri)) return refused('URI_CHARSET')
  const scheme = SCHEME.exec(uri)
  if (scheme === null) return refused('URI_SCHEME', 0)
  const rest = uri.slice(scheme[0].length)
  const hostEnd = rest.search(/[/?#]/)
  const host = hostEnd < 0 ? rest : rest.slice(0, hostEnd)
  if (host === '' || DOMAIN_FORBIDDEN.test(host)) return refused('URI_DOMAIN', scheme[0].length)
  const beforeFragment = (hostEnd < 0 ? '' : rest.slice(hostEnd)).split('#', 1)[0]!
  const queryAt = beforeFragment.indexOf('?')
  const path = queryAt < 0 ? beforeFragment : beforeFragment.slice(0, queryAt)
  return { ok: true, host, path, query: queryAt < 0 ? '' : beforeFragment.slice(queryAt + 1) }
}

/** Walks backwards in pairs of AI and value while the first of a pair is an AI; the first key met ends the search. */
function keyIndex(segments: readonly string[]): number {
  for (let i = segments.length - 2; i >= 0; i -= 2) {
    const spec = specOfAi(segments[i]!)
    if (spec === undefined) return -1
    if (spec.qualifierOrders !== null) return i
  }
  return -1
}

function standsInOrder(qualifiers: readonly string[], order: readonly string[]): boolean {
  let at = 0
  for (const ai of qualifiers) {
    const found = order.indexOf(ai, at)
    if (found < 0) return false
    at = found + 1
  }
  return true
}

/** True if the AI could legally stand in this path, so that it must not hide in the query. */
function belongsInPath(ai: string, key: AiSpec, qualifiers: readonly string[]): boolean {
  return key.qualifierOrders!.some((order) => order.includes(ai) && standsInOrder(qualifiers, order))
}

function queryElements(
  query: string, key: AiSpec, qualifiers: readonly string[],
): Outcome<{ elements: Element[], ignored: string[], loose: string[] }> {
  const elements: Element[] = []
  const ignored: string[] = []
  const loose: string[] = []
  for (const part of query.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const ai = part.slice(0, Math.max(equals, 0))
    if (!isDigits(ai)) {
      ignored.push(part)
      continue
    }
    const spec = specOfAi(ai)
    if (spec === undefined) return refused('UNKNOWN_AI', undefined, ai)
    if (!spec.attribute || belongsInPath(ai, key, qualifiers)) return refused('DL_ATTR', undefined, ai)
    const value = percentDecoded(part.slice(equals + 1).replaceAll('+', ' '))
    if (value.loose) loose.push(ai)
    elements.push([ai, value.text])
  }
  return { ok: true, elements, ignored, loose }
}

/**
 * Decodes `%XX` byte by byte. Bytes over 7F stay single characters, which no GS1 character set holds, so that
 * the value check refuses them. A `%` without two hexadecimal digits is kept, as GS1's own engine does.
 */
function percentDecoded(text: string): { text: string, loose: boolean } {
  let loose = false
  const decoded = text.replace(/%([0-9A-Fa-f]{2})?/g, (whole, hex: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    loose = true
    return whole
  })
  return { text: decoded, loose }
}

const SHORT_GTIN_LENGTHS: readonly number[] = [8, 12, 13]

function lengthenGtin(elements: Element[]): boolean {
  const [ai, value] = elements[0]!
  if (ai !== '01' || !isDigits(value) || !SHORT_GTIN_LENGTHS.includes(value.length)) return false
  elements[0] = [ai, value.padStart(14, '0')]
  return true
}

/**
 * Writes elements as a canonical Digital Link, or null if no link can hold all of them: no key among them,
 * or one that may stand neither in the path nor in the query. Nothing is ever left out.
 * It writes what it is given; check the elements first.
 */
export function buildDigitalLink(elements: readonly Element[]): string | null {
  const distinct = elements.filter(([ai], i) => elements.findIndex(([other]) => other === ai) === i)
  for (const [ai, value] of distinct) {
    const key = specOfAi(ai)
    for (const order of longestFirst(key?.qualifierOrders ?? [], distinct)) {
      const link = linkOf(key!, value, order, distinct)
      if (link !== null) return link
    }
  }
  return null
}

function longestFirst(orders: readonly (readonly string[])[], elements: readonly Element[]): (readonly string[])[] {
  const used = (order: readonly string[]) => elements.filter(([ai]) => order.includes(ai)).length
  return orders.toSorted((a, b) => used(b) - used(a))
}

function linkOf(
  key: AiSpec, keyValue: string, order: readonly string[], elements: readonly Element[],
): string | null {
  let path = `/${key.ai}/${percentEncoded(keyValue)}`
  const qualifiers: string[] = []
  for (const ai of order) {
    const found = elements.find(([other]) => other === ai)
    if (found === undefined) continue
    qualifiers.push(ai)
    path += `/${ai}/${percentEncoded(found[1])}`
  }
  const query: string[] = []
  for (const [ai, value] of elements) {
    if (ai === key.ai || qualifiers.includes(ai)) continue
    if (specOfAi(ai)?.attribute !== true || belongsInPath(ai, key, qualifiers)) return null
    query.push(`${ai}=${percentEncoded(value)}`)
  }
  return CANONICAL_STEM + path + (query.length === 0 ? '' : `?${query.join('&')}`)
}

/** Percent-encodes all but the unreserved characters of RFC 3986, with upper-case digits. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (character) =>
    `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

