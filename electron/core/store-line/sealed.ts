import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'

/** So that a key of this line opens nothing else that the shop may seal with the same words. */
const SALT = 'countermark store line 1'
const NONCE_BYTES = 12
const TAG_BYTES = 16

export type LineKey = Buffer

export const lineKey = (words: string): LineKey => scryptSync(words, SALT, 32, { N: 2 ** 14 })

/**
 * Seals a message for the other tills of the store (AES-256-GCM, NIST SP 800-38D): nobody else in the shop's network
 * reads it, and nobody else writes one. `about` binds it to its place: a reply fits its question and no other.
 */
export function seal(key: LineKey, message: unknown, about: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
  const sealed = Buffer.concat([cipher.update(JSON.stringify(message), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

/** Null for what was not sealed with this key about this, or was changed on the way. */
export function unseal(key: LineKey, text: string, about: string): unknown {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(about)).setAuthTag(tag)
  try {
    const open = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
    return JSON.parse(open.toString('utf8')) as unknown
  } catch {
    return null
  }
}
