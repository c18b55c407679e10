import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const KEY_BYTES = 32
/** NIST SP 800-38D: 96 bits of nonce, which must never come twice under a key; random ones do not below 2^32 rows. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const FINDING_BYTES = 16
const OWNER_ONLY = 0o600

/**
 * Seals what is known of people (AES-256-GCM) and makes the hashes they are found by (HMAC-SHA-256). The two keys are
 * drawn by HKDF (RFC 5869) from one that lies in a file of its own beside the database, readable by its owner alone:
 * a copy of the database says nothing about anybody.
 */
export class CustomerKey {
  readonly #seal: Buffer
  readonly #find: Buffer

  constructor(key: Uint8Array) {
    if (key.length !== KEY_BYTES) throw new Error(`a customer key has ${KEY_BYTES} bytes, not ${key.length}`)
    this.#seal = drawn(key, 'countermark customer seal 1')
    this.#find = drawn(key, 'countermark customer find 1')
  }

  /** `owner` is bound in: a sealed text moved to another row does not open there. */
  seal(text: string, owner: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#seal, nonce).setAAD(Buffer.from(owner))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
  }

  /** Null for what was not sealed with this key for this owner, or was changed since. */
  open(sealed: Uint8Array, owner: string): string | null {
    if (sealed.length < NONCE_BYTES + TAG_BYTES) return null
    const nonce = sealed.subarray(0, NONCE_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', this.#seal, nonce).setAAD(Buffer.from(owner))
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    try {
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
    } catch {
      // The tag does not fit: GCM has no other way to say it.
      return null
    }
  }

  /** What a person is found by, as a hash that tells nothing without the key. */
  finding(of: string): Buffer {
    return createHmac('sha256', this.#find).update(of).digest().subarray(0, FINDING_BYTES)
  }
}

const drawn = (key: Uint8Array, what: string): Buffer => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), what, KEY_BYTES))

export const customerKeyFile = (dataDir: string): string => join(dataDir, 'customer.key')

/**
 * The key of this till. Made where there is none and nobody was sealed yet; null where people are sealed and the key
 * is gone or broken: a new one would only hide that they cannot be read any more.
 */
export function openCustomerKey(dataDir: string, anybodySealed: boolean): CustomerKey | null {
  const file = customerKeyFile(dataDir)
  if (existsSync(file)) {
    chmodSync(file, OWNER_ONLY)
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
    return key.length === KEY_BYTES ? new CustomerKey(key) : null
  }
  if (anybodySealed) return null
  const key = randomBytes(KEY_BYTES)
  const handle = openSync(file, 'wx', OWNER_ONLY)
  try {
    writeSync(handle, `${key.toString('base64')}\n`)
    // Before anything is sealed with it: a power cut must not leave people whom nobody can read.
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return new CustomerKey(key)
}
