import { mustNotStore } from '../../../contract/identity/card-guard.ts'
import { readDate } from '../../../contract/identity/dates.ts'
import { parseDigitalLink } from '../../../contract/identity/digital-link.ts'
import type { Element } from '../../../contract/identity/element.ts'
import { parseElementString } from '../../../contract/identity/element-string.ts'
import { decodeEpc } from '../../../contract/identity/epc/decode.ts'
import { parseHri } from '../../../contract/identity/hri.ts'
import { readImei } from '../../../contract/identity/imei.ts'
import { readGtin } from '../../../contract/identity/keys.ts'
import { matchKey } from '../../../contract/identity/match-key.ts'
import { readScan } from '../../../contract/identity/scan.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Mirror, Product } from '../mirror/mirror.ts'
import type { Found, UnitHit } from './found.ts'

/** Where the resolver looks. */
export interface Knowledge {
  readonly mirror: Mirror
  readonly today: string
  readonly unit: (unitId: string) => KnownUnit | null
  readonly unitIdsOfReceipt: (number: string) => readonly string[]
  readonly isReceipt: (number: string) => boolean
}

/** What a receipt's QR code holds in front of its number: told apart from any serial at the first look. */
export const RECEIPT_QR = 'countermark:receipt:'

/**
 * The one door for every channel: a scan, a tag or a typed number comes in, what it is about comes out. Identity is
 * byte for byte; a number that only looks alike is asked about, never taken.
 */
export function resolve(scan: { readonly text: string; readonly aim: string | null }, know: Knowledge): Found {
  const text = scan.text.trim()
  const receipt = text.startsWith(RECEIPT_QR) ? text.slice(RECEIPT_QR.length) : text
  if (know.isReceipt(receipt)) return receiptFound(text, receipt, know)
  const byAlias = hitsOf(text, know)
  const byCode = scan.aim === null || isPlain(scan.aim) ? productsOf(text, know) : []
  if (byAlias.length + byCode.length > 0) return oneOrMany(text, byAlias, byCode)
  // A number of ours is no card, whatever its digits; anything else that could be one is not even repeated.
  if (mustNotStore(text)) return nothing('', 'card-number')
  const elements = elementsOf(text, scan.aim)
  if (elements !== null) return foundByElements(text, elements, know)
  return alikeOrNothing(text, know)
}

const isPlain = (aim: string): boolean => !/^\](?:C1|e0|d2|Q3|J1)$/.test(aim)

function receiptFound(text: string, number: string, know: Knowledge): Found {
  const units = know.unitIdsOfReceipt(number).flatMap((id) => {
    const unit = know.unit(id)
    return unit ? [{ unit, matchedBy: null, retiredLabel: null }] : []
  })
  return { is: 'receipt', text, number, units }
}

function hitsOf(value: string, know: Knowledge): UnitHit[] {
  return know.mirror.unitIdsByAlias(value).flatMap((alias) => {
    const unit = know.unit(alias.unitId)
    return unit ? [{ unit, matchedBy: alias.kind, retiredLabel: alias.retiredWhy === null ? null : value }] : []
  })
}

/** By a GTIN of any length, or by a code of our own as printed. */
function productsOf(text: string, know: Knowledge): Product[] {
  const gtin = readGtin(text)
  const products = [...(gtin.ok ? know.mirror.productsByCode(gtin.gtin14) : []), ...know.mirror.productsByCode(text)]
  return products.filter((product, index) => product.active && products.findIndex((other) => other.id === product.id) === index)
}

function oneOrMany(text: string, hits: readonly UnitHit[], products: readonly Product[]): Found {
  const [hit] = hits
  const [product] = products
  if (hits.length === 1 && products.length === 0 && hit) return { is: 'unit', text, hit }
  if (hits.length === 0 && products.length === 1 && product)
    return { is: 'product', text, product, lot: null, expiry: null, strangeSerial: null }
  return { is: 'many', text, hits, products }
}

/** Every way in which structured data reaches us; a text that is none of them has no elements. */
function elementsOf(text: string, aim: string | null): readonly Element[] | null {
  if (aim !== null) {
    const scan = readScan(aim + text)
    if (scan.ok && scan.elements) return scan.elements
  }
  if (/^https?:/i.test(text)) return okElements(parseDigitalLink(text))
  if (text.startsWith('(')) return okElements(parseHri(text))
  if (/^(?:[0-9A-F]{4})?3[0-9A-F]{23,}$/i.test(text)) {
    const epc = okElements(decodeEpc(text))
    if (epc) return epc
  }
  // Without an AIM identifier only what is GS1 data to the last character, and starts with a GTIN, is read as such.
  return text.startsWith('01') ? okElements(parseElementString(text)) : null
}

const okElements = (outcome: { ok: boolean; elements?: readonly Element[] }): readonly Element[] | null =>
  outcome.ok && outcome.elements && outcome.elements.length > 0 ? outcome.elements : null

function foundByElements(text: string, elements: readonly Element[], know: Knowledge): Found {
  const value = (ai: string): string | null => elements.find(([candidate]) => candidate === ai)?.[1] ?? null
  const gtin = value('01')
  const serial = value('21')
  const product = gtin === null ? undefined : know.mirror.productsByCode(gtin).find((candidate) => candidate.active)
  if (serial !== null) {
    const hits = hitsOf(serial, know).filter((hit) => product !== undefined && hit.unit.product.id === product.id)
    if (hits.length > 0) return oneOrMany(text, hits, [])
  }
  const byImei = ['8040', '8041'].flatMap((ai) => (value(ai) === null ? [] : hitsOf(value(ai) ?? '', know)))
  if (byImei.length > 0 && serial === null) return oneOrMany(text, byImei, [])
  if (!product) return nothing(text, 'unknown-code')
  const expiry = value('17')
  const date = expiry === null ? null : readDate('17', expiry, know.today)
  return {
    is: 'product',
    text,
    product,
    lot: value('10'),
    expiry: date?.ok ? date.date : null,
    strangeSerial: serial,
  }
}

function alikeOrNothing(text: string, know: Knowledge): Found {
  const keys = new Set([matchKey(text, 'loose'), matchKey(text, 'ocr')])
  const ids = new Set([...keys].flatMap((key) => (key.length < 4 ? [] : know.mirror.unitIdsByMatchKey(key))))
  const alike = [...ids].flatMap((id): UnitHit[] => {
    const unit = know.unit(id)
    return unit ? [{ unit, matchedBy: null, retiredLabel: null }] : []
  })
  // One that looks alike is asked about too: a look-alike is a question, never an identity.
  if (alike.length > 0) return { is: 'many', text, hits: alike, products: [] }
  return nothing(text, wrongDigit(text) ? 'bad-check-digit' : 'unknown-code')
}

/** A number of the length of an IMEI or a GTIN whose last digit does not fit was misread or mistyped. */
function wrongDigit(text: string): boolean {
  if (/^\d{15}$/.test(text)) return !readImei(text).ok
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false
  const gtin = readGtin(text)
  return !gtin.ok && gtin.code === 'CHECK_DIGIT'
}

const nothing = (text: string, why: Extract<Found, { is: 'nothing' }>['why']): Found => ({ is: 'nothing', text, why })
