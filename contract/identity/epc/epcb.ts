import { buildDigitalLink } from '../digital-link.ts'
import { refused } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { decodeEpc, decodeEpcBytes } from './decode.ts'
import type { Epc } from './epc.ts'

/** A tag's content carried as the last segment of a web address. */
export interface EpcSegment extends Epc {
  /** The canonical Digital Link of the same thing; null if none can hold it. */
  readonly digitalLink: string | null
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Reads a path segment of EPCB 1.0.0: `eh` and lower-case hexadecimal digits, or `ex` and base64url without padding.
 * Refuses every other segment, and an empty one, as `FORMAT`; a bad tag content keeps its own code.
 */
export function decodeEpcbSegment(segment: string): Outcome<EpcSegment> {
  const content = segment.slice(2)
  const epc = contentOf(segment.slice(0, 2), content)
  return epc.ok ? { ...epc, digitalLink: buildDigitalLink(epc.elements) } : epc
}

function contentOf(prefix: string, content: string): Outcome<Epc> {
  if (prefix === 'eh' && /^[0-9a-f]+$/.test(content)) return decodeEpc(content)
  if (prefix !== 'ex' || !/^[A-Za-z0-9_-]+$/.test(content) || content.length % 4 === 1) return refused('FORMAT')
  const bytes = new Uint8Array(Math.floor((content.length * 3) / 4))
  for (let i = 0; i < content.length; i++) {
    const value = BASE64URL.indexOf(content.charAt(i))
    const at = (i * 6) >> 3
    const shifted = value << (10 - ((i * 6) & 7))
    bytes[at]! |= shifted >> 8
    if (at + 1 < bytes.length) bytes[at + 1]! |= shifted & 0xff
  }
  return decodeEpcBytes(bytes)
}
