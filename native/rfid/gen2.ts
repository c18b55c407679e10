import type { LockAction, LockField, OutcomeWhy } from './reader.ts'

/** The memory banks of a Gen2 tag (ISO/IEC 18000-63). */
export const BANK = { reserved: 0, epc: 1, tid: 2, user: 3 } as const

/** The TID's first six words hold the class, the maker and, with most chips, the chip's own serial number. */
export const TID_WORDS = 6
const NO_PASSWORD = '00000000'

/** The access password of an order; tags that were never given one have zeros. */
export function passwordOf(order: { readonly password?: string }): string {
  return order.password ?? NO_PASSWORD
}

/** Where the EPC starts in its bank, in words: behind the tag's CRC and PC. */
export const EPC_WORD = 2
const PC_WORD = 1

const FIELD_SHIFT: Readonly<Record<LockField, number>> = {
  'kill-password': 8,
  'access-password': 6,
  epc: 4,
  tid: 2,
  user: 0,
}
/** Mask bits and action bits; the high one of each pair is "password wanted", the low one "for ever". */
const ACTION_BITS: Readonly<Record<LockAction, readonly [number, number]>> = {
  unlock: [0b10, 0b00],
  lock: [0b10, 0b10],
  'lock-for-ever': [0b11, 0b11],
}

/** The ten mask bits and ten action bits of the Gen2 Lock command. */
export function lockBits(field: LockField, action: LockAction): { readonly mask: number; readonly action: number } {
  const [mask, wanted] = ACTION_BITS[action]
  return { mask: mask << FIELD_SHIFT[field], action: wanted << FIELD_SHIFT[field] }
}

/** Both in the one 20-bit number most readers take: 020080 locks the access password. */
export function lockPayload(field: LockField, action: LockAction): number {
  const bits = lockBits(field, action)
  return (bits.mask << 10) | bits.action
}

/**
 * Where and what to write so that the tag's EPC becomes `to`. An EPC of another length needs a new PC word in front
 * of it, since the PC tells readers how many words to expect.
 */
export function epcWrite(epc: string, to: string): { readonly address: number; readonly written: string } {
  if (epc.length === to.length) return { address: EPC_WORD, written: to }
  const pc = (to.length / 4) << 11
  return { address: PC_WORD, written: pc.toString(16).padStart(4, '0').toUpperCase() + to }
}

/** The error codes a Gen2 tag itself gives. */
export function gen2Why(code: number): OutcomeWhy {
  switch (code) {
    case 0x3:
      return 'memory-overrun'
    case 0x4:
      return 'memory-locked'
    case 0xb:
      return 'too-little-power'
    default:
      return 'tag-refused'
  }
}
