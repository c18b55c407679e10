import type { Garbled } from '../driver.ts'

/** The words every RFID or NFC pad shares, whatever it says on the wire. EPCs, UIDs and memory are upper-case hex. */
export type ReaderFamily = 'r200' | 'uhf18' | 'a0' | 'thingmagic' | 'pn532'

export type Region = 'eu' | 'us' | 'cn' | 'cn800' | 'kr' | 'jp' | 'in' | 'au' | 'nz' | 'open' | 'unknown'

/** One sighting of one tag. Presence is worked out in `presence.ts`; a single sighting means nothing yet. */
export interface TagSeen {
  readonly kind: 'tag'
  /** The EPC of a UHF tag, null for NFC. */
  readonly epc: string | null
  /** The UID of an NFC tag, null for UHF. */
  readonly uid: string | null
  /** The protocol control word, four hex digits, where the reader passes it on. */
  readonly pc: string | null
  readonly rssi_dbm: number | null
  /** The reader's own number for signal strength where no scale to dBm is documented. */
  readonly rssi_raw: number | null
  /** Antenna counted from 1. */
  readonly antenna: number | null
  readonly tid: string | null
  readonly userMemory: string | null
  /** The first web address in the tag's NDEF message: for an authenticated tag, its one-time address. */
  readonly url: string | null
  /** False for a telephone's UID, which changes at every tap and must never become a customer or unit number. */
  readonly stable: boolean
}

export interface ReaderSettings {
  readonly family: ReaderFamily
  readonly model: string | null
  readonly firmware: string | null
  readonly power_dbm: number | null
  readonly power_max_dbm: number | null
  readonly region: Region
  readonly region_code: number | null
  /** True when a power change wears the reader's flash and outlives its power. */
  readonly power_is_stored: boolean
  readonly region_is_stored: boolean
  /** True when the reader reports tags unasked, so that its radio cannot be switched off from here. */
  readonly pushes_unasked: boolean
}

export interface ReaderKnown extends ReaderSettings {
  readonly kind: 'reader'
}

export type OutcomeWhy =
  | 'no-tag'
  | 'poor-contact'
  | 'password-wrong'
  | 'password-zero'
  | 'memory-locked'
  | 'memory-overrun'
  | 'too-little-power'
  | 'tag-refused'
  | 'reader-refused'
  | 'no-answer'
  | 'reader-not-answering'
  | 'line-lost'
  | 'busy'
  | 'malformed'

/**
 * How an order ended. `unknown` is an outcome of its own: the order went out and nobody can say whether the tag
 * obeyed. It is never repeated by itself; a reading of the tag has to tell.
 */
export interface Outcome {
  readonly kind: 'outcome'
  readonly id: string
  readonly order: Order['kind']
  readonly outcome: 'done' | 'not-done' | 'unknown'
  readonly why: OutcomeWhy | null
  /** The reader's own code, for the health page. */
  readonly code: number | null
  /** What was read, as hex. */
  readonly bytes: string | null
}

export interface Unsupported {
  readonly kind: 'unsupported'
  readonly id: string
  readonly order: Order['kind']
}

export type FaultName =
  | 'not-answering'
  | 'antenna-missing'
  | 'too-hot'
  | 'reader-error'
  | 'pushes-unasked'
  | 'will-not-start'

export interface ReaderFault {
  readonly kind: 'fault'
  readonly fault: FaultName
  readonly code: number | null
}

/**
 * The reader has looked at its field, several times a second while it works. A tag that is missing is gone only by
 * the reader's own time: when the reader itself falls silent, nothing is known about the tags.
 */
export interface ReaderAlive {
  readonly kind: 'alive'
}

export type RfidEvent = TagSeen | ReaderAlive | ReaderKnown | Outcome | Unsupported | ReaderFault | Garbled

export type LockField = 'kill-password' | 'access-password' | 'epc' | 'tid' | 'user'
export type LockAction = 'unlock' | 'lock' | 'lock-for-ever'

interface ToTag {
  readonly id: string
  /** The EPC of the tag meant; for NFC its UID. No order ever goes to "any tag in the field". */
  readonly epc: string
  /** Access (or kill) password, eight hex digits. */
  readonly password?: string
}

export type Order =
  | { readonly kind: 'read-settings'; readonly id: string }
  | ({ readonly kind: 'read-tid' } & ToTag)
  | ({ readonly kind: 'read-user'; readonly words: number } & ToTag)
  | ({ readonly kind: 'write-epc'; readonly to: string } & ToTag)
  | ({ readonly kind: 'lock'; readonly field: LockField; readonly action: LockAction } & ToTag)
  /** The article surveillance bit of NXP chips, for a gate at the door; only after the sale is committed. */
  | ({ readonly kind: 'set-eas'; readonly armed: boolean } & ToTag)
  | ({ readonly kind: 'kill'; readonly password: string } & Omit<ToTag, 'password'>)
  | { readonly kind: 'set-power'; readonly id: string; readonly power_dbm: number }
  | { readonly kind: 'set-region'; readonly id: string; readonly region: Region }
  /** Ends unasked reporting. Writes the reader's memory: only after somebody confirmed it. */
  | { readonly kind: 'set-answer-mode'; readonly id: string }
  | { readonly kind: 'feedback'; readonly id: string; readonly as: 'good' | 'bad' }

/** The radio works only between `open-field` and `close-field`; outside it no tag is reported. */
export type RfidCommand = Order | { readonly kind: 'open-field' } | { readonly kind: 'close-field' }

const BLANK_TAG: TagSeen = {
  kind: 'tag',
  epc: null,
  uid: null,
  pc: null,
  rssi_dbm: null,
  rssi_raw: null,
  antenna: null,
  tid: null,
  userMemory: null,
  url: null,
  stable: true,
}

/** A sighting with what the protocol does not tell left null. */
export function tagSeen(told: Partial<Omit<TagSeen, 'kind'>>): TagSeen {
  return { ...BLANK_TAG, ...told }
}

/** The unit of a tag's memory is a word of two bytes; an EPC has 1 to 31 of them, as its PC word can say no more. */
export const EPC_BYTES_MAX = 62

/** A PC word whose five length bits agree with the EPC (Gen2): the second check after the frame's own checksum. */
export function pcAgrees(pc: number, epc_bytes: number): boolean {
  return epc_bytes > 0 && (pc >> 11) * 2 === epc_bytes
}

const ORDER_HEX = /^(?:[0-9A-F]{2})+$/
const PASSWORD = /^[0-9A-F]{8}$/

/** An order whose hex cannot be sent as it stands: odd digits, no EPC, an EPC of half a word, a short password. */
export function malformed(order: Order): boolean {
  if ('epc' in order && !(ORDER_HEX.test(order.epc) && order.epc.length <= EPC_BYTES_MAX * 2)) return true
  if ('password' in order && order.password !== undefined && !PASSWORD.test(order.password)) return true
  if (order.kind === 'write-epc')
    return !(ORDER_HEX.test(order.to) && order.to.length % 4 === 0 && order.to.length <= EPC_BYTES_MAX * 2)
  if (order.kind === 'read-user') return !(Number.isInteger(order.words) && order.words >= 1 && order.words <= 64)
  if (order.kind === 'set-power') return !(order.power_dbm >= 0 && order.power_dbm <= 33)
  return false
}
