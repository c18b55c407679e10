import { createDecipheriv, timingSafeEqual } from 'node:crypto'
import { refused } from '../../../contract/identity/outcome.ts'
import type { Outcome, Refused } from '../../../contract/identity/outcome.ts'
import { aesCmac, encryptBlocks } from './aes-cmac.ts'

/**
 * What an NTAG 424 DNA wrote into its own web address at a tap (NXP AN12196, "secure unique NFC message"):
 * all fields are hexadecimal text of either case, as they stand in the address.
 */
export interface SunMessage {
  /** The encrypted uid and counter; tags that mirror in the plain have `uid` and `readCounter` instead. */
  readonly piccData?: string
  readonly uid?: string
  /** Three bytes, most significant first. */
  readonly readCounter?: string
  /** The truncated MAC, eight bytes. */
  readonly sdmmac: string
  /** The characters of the address that the MAC covers besides uid and counter; often none. */
  readonly macInput: string
  readonly encFileData?: string
}

/** The keys of this tag, 16 bytes each in hexadecimal. A till holds those of its own stock only, never a master key. */
export interface SunKeys {
  readonly metaReadKey?: string
  readonly fileReadKey: string
}

/** A tap that was really made on a chip with our key. */
export interface SunTap {
  readonly uid: string
  readonly counter: number
  readonly piccDataTag?: string
  readonly fileData?: string
}

const KEY_BYTES = 16
const UID_BYTES = 7
const COUNTER_BYTES = 3
const MAC_BYTES = 8
const PICC_BYTES = 16
/** An encrypted uid of LRP mode has this many bytes; that mode is another primitive. */
const PICC_LRP_BYTES = 24
/** Uid and counter are both mirrored and the uid has seven bytes: anything else means that the key is not the tag's. */
const PICC_TAG = 0xc7
const SESSION_MAC = [0x3c, 0xc3, 0x00, 0x01, 0x00, 0x80]
const SESSION_ENCRYPTION = [0xc3, 0x3c, 0x00, 0x01, 0x00, 0x80]

/**
 * Verifies one tap. `lastCounter` is the highest counter accepted from this tag so far; keep the new one in the same
 * transaction that uses the result. Refuses, in this order: text that is not hexadecimal (`HEX`), LRP mode
 * (`UNSUPPORTED`), wrong sizes (`LENGTH`), a foreign key (`PICC_TAG`), a forged message (`MAC`), a repeated tap
 * (`COUNTER_REPLAY`).
 * It proves that a chip with the key was tapped now, not that the chip still sits on the goods.
 */
export function verifySun(message: SunMessage, keys: SunKeys, lastCounter = 0): Outcome<SunTap> {
  const fault = hexFault(message, keys) ?? sizeFault(message, keys)
  if (fault !== null) return fault
  const mirrored = message.piccData === undefined
    ? plainMirror(message)
    : openPiccData(bytes(message.piccData), bytes(keys.metaReadKey))
  if (!mirrored.ok) return mirrored
  const { uid, counter } = mirrored
  const fileKey = bytes(keys.fileReadKey)
  const full = aesCmac(sessionKey(fileKey, SESSION_MAC, uid, counter), Buffer.from(message.macInput, 'utf8'))
  const truncated = Uint8Array.from({ length: MAC_BYTES }, (_, i) => full[2 * i + 1]!)
  if (!timingSafeEqual(truncated, bytes(message.sdmmac))) return refused('MAC')
  const count = counter.readUIntLE(0, COUNTER_BYTES)
  if (count <= lastCounter) return refused('COUNTER_REPLAY')
  return {
    ok: true,
    uid: uid.toString('hex').toUpperCase(),
    counter: count,
    ...(message.piccData === undefined ? {} : { piccDataTag: PICC_TAG.toString(16).toUpperCase() }),
    ...(message.encFileData === undefined ? {} : { fileData: openFile(message.encFileData, fileKey, uid, counter) }),
  }
}

/**
 * The uid inside an encrypted mirror, in upper-case hexadecimal, so that the keys of this very tag can be looked up.
 * It proves nothing yet. Refuses as {@link verifySun} does, up to the foreign key.
 */
export function tapUid(message: SunMessage, metaReadKey: string): Outcome<{ uid: string }> {
  const fields = [message.piccData, metaReadKey]
  if (!fields.every((field) => field !== undefined && /^[0-9A-Fa-f]*$/.test(field))) return refused('HEX')
  if (message.piccData?.length === PICC_LRP_BYTES * 2) return refused('UNSUPPORTED')
  if (message.piccData?.length !== PICC_BYTES * 2 || metaReadKey.length !== KEY_BYTES * 2) return refused('LENGTH')
  const opened = openPiccData(bytes(message.piccData), bytes(metaReadKey))
  return opened.ok ? { ok: true, uid: opened.uid.toString('hex').toUpperCase() } : opened
}

const bytes = (hex: string | undefined): Buffer => Buffer.from(hex ?? '', 'hex')

function hexFault(message: SunMessage, keys: SunKeys): Refused | null {
  const fields = [
    message.piccData, message.uid, message.readCounter, message.sdmmac, message.encFileData,
    keys.metaReadKey, keys.fileReadKey,
  ]
  return fields.every((field) => field === undefined || /^[0-9A-Fa-f]*$/.test(field)) ? null : refused('HEX')
}

function sizeFault(message: SunMessage, keys: SunKeys): Refused | null {
  const { piccData, uid, readCounter, sdmmac, encFileData } = message
  if (piccData?.length === PICC_LRP_BYTES * 2) return refused('UNSUPPORTED')
  const has = (field: string | undefined, size: number): boolean => field?.length === size * 2
  const mirrorFits = piccData === undefined
    ? has(uid, UID_BYTES) && has(readCounter, COUNTER_BYTES)
    : has(piccData, PICC_BYTES) && has(keys.metaReadKey, KEY_BYTES)
  const fileFits = encFileData === undefined || (encFileData.length > 0 && encFileData.length % (KEY_BYTES * 2) === 0)
  return mirrorFits && fileFits && has(sdmmac, MAC_BYTES) && has(keys.fileReadKey, KEY_BYTES) ? null : refused('LENGTH')
}

/** The uid and the counter, its three bytes in the tag's own order: least significant first. */
type Mirrored = Outcome<{ uid: Buffer, counter: Buffer }>

function plainMirror(message: SunMessage): Mirrored {
  return { ok: true, uid: bytes(message.uid), counter: bytes(message.readCounter).reverse() }
}

function openPiccData(piccData: Buffer, key: Buffer): Mirrored {
  const plain = decrypt(piccData, key, Buffer.alloc(KEY_BYTES))
  if (plain[0] !== PICC_TAG) return refused('PICC_TAG')
  const counterAt = 1 + UID_BYTES
  return { ok: true, uid: plain.subarray(1, counterAt), counter: plain.subarray(counterAt, counterAt + COUNTER_BYTES) }
}

function sessionKey(fileKey: Buffer, label: readonly number[], uid: Buffer, counter: Buffer): Buffer {
  const vector = Buffer.alloc(KEY_BYTES)
  Buffer.concat([Buffer.from(label), uid, counter]).copy(vector)
  return aesCmac(fileKey, vector)
}

function openFile(hex: string, fileKey: Buffer, uid: Buffer, counter: Buffer): string {
  const key = sessionKey(fileKey, SESSION_ENCRYPTION, uid, counter)
  const start = Buffer.alloc(KEY_BYTES)
  counter.copy(start)
  return decrypt(bytes(hex), key, encryptBlocks(key, start)).toString('hex').toUpperCase()
}

function decrypt(data: Buffer, key: Buffer, start: Buffer): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', key, start).setAutoPadding(false)
  return Buffer.concat([decipher.update(data), decipher.final()])
}
