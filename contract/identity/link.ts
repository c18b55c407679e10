import { parseDigitalLink, splitUri } from './digital-link.ts'
import { parseCompressedLink } from './digital-link-compressed.ts'
import type { Doubt } from './doubts.ts'
import type { Element } from './element.ts'
import { decodeEpcbSegment } from './epc/epcb.ts'
import type { Outcome } from './outcome.ts'

/** A web address that names a thing. */
export interface Link {
  /** `epcb`: a tag's content as the last segment; `compressed`: the withdrawn form, which is only read. */
  readonly form: 'plain' | 'epcb' | 'compressed'
  readonly elements: readonly Element[]
  readonly canonical: string
  readonly host: string
  readonly doubts: readonly Doubt[]
}

/**
 * Reads any form of GS1 Digital Link. The packed forms are tried only where an address shows no key at all; a word of
 * an ordinary address could be a compressed one by chance, so show that address beside it. Faults are the plain form's.
 */
export function readLink(uri: string, options: { allowShortGtin?: boolean } = {}): Outcome<Link> {
  const plain = parseDigitalLink(uri, options)
  if (plain.ok) {
    const { elements, canonical, host, doubts } = plain
    return { ok: true, form: 'plain', elements, canonical, host, doubts }
  }
  const split = plain.code === 'DL_NO_KEY' ? splitUri(uri) : plain
  if (!split.ok) return plain
  const { host, path } = split
  const epc = decodeEpcbSegment(path.slice(path.lastIndexOf('/') + 1))
  if (epc.ok && epc.digitalLink !== null) {
    return { ok: true, form: 'epcb', elements: epc.elements, canonical: epc.digitalLink, host, doubts: [] }
  }
  const packed = parseCompressedLink(uri)
  if (!packed.ok) return plain
  return { ok: true, form: 'compressed', elements: packed.elements, canonical: packed.digitalLink, host, doubts: [] }
}
