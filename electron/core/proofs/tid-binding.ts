import type { Element } from '../../../contract/identity/element.ts'
import { decodeEpc } from '../../../contract/identity/epc/decode.ts'
import { decodeTid } from '../../../contract/identity/epc/tid.ts'
import { refused } from '../../../contract/identity/outcome.ts'
import type { Outcome } from '../../../contract/identity/outcome.ts'

/** Which chip carried which identity when the piece was commissioned; kept with the unit. */
export interface TagBinding {
  /** What the tag said, as elements: never the raw EPC, which depends on who encoded it. */
  readonly elements: readonly Element[]
  /** The serialised tag id of the chip, `urn:epc:stid:…`. */
  readonly stid: string
}

/** How a tag that is read later compares with the binding. */
export type TagComparison =
  | { readonly is: 'match' }
  /** The same identity on another chip: the tag was copied or swapped. */
  | { readonly is: 'mismatch', readonly boundTo: string, readonly seen: string }
  | { readonly is: 'unknown', readonly why: 'not-bound' | 'no-tid-read' | 'chip-without-serial' | 'other-identity' }

/**
 * Binds the EPC of a tag to its chip, both in hexadecimal as the reader delivered them. Refuses an EPC or tag id that
 * cannot be read, and a chip without serial (`MISSING_SERIAL`): its tag id names a model, which proves nothing.
 */
export function bindTag(epcHex: string, tidHex: string): Outcome<TagBinding> {
  const epc = decodeEpc(epcHex)
  if (!epc.ok) return epc
  const tid = decodeTid(tidHex)
  if (!tid.ok) return tid
  if (tid.stid === null) return refused('MISSING_SERIAL')
  return { ok: true, elements: epc.elements, stid: tid.stid }
}

/**
 * Compares a tag with the binding of the unit that it claims to be. Nothing read is never a mismatch: the answer is
 * then `unknown`, with why. A match is evidence and not proof, because tag ids can be emulated.
 */
export function compareTag(binding: TagBinding | null, epcHex: string, tidHex: string | null): TagComparison {
  if (binding === null) return { is: 'unknown', why: 'not-bound' }
  const epc = decodeEpc(epcHex)
  if (!epc.ok || !isSameIdentity(binding.elements, epc.elements)) return { is: 'unknown', why: 'other-identity' }
  const tid = tidHex === null ? null : decodeTid(tidHex)
  if (tid === null || !tid.ok) return { is: 'unknown', why: 'no-tid-read' }
  if (tid.stid === null) return { is: 'unknown', why: 'chip-without-serial' }
  return tid.stid === binding.stid ? { is: 'match' } : { is: 'mismatch', boundTo: binding.stid, seen: tid.stid }
}

/** Every element that was bound must be there; data written behind the EPC later does not make it another piece. */
function isSameIdentity(bound: readonly Element[], seen: readonly Element[]): boolean {
  return bound.every(([ai, value]) => seen.some(([seenAi, seenValue]) => seenAi === ai && seenValue === value))
}
