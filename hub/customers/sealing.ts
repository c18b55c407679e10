import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const VERSION = 1
const KEY_FILE = 'customer.key'

/** Seals what is said about a person; the database, its backups and its logs never see it open. */
export interface Sealing {
  /** Bound to the record it belongs to: a text that was moved to another record cannot be opened there. */
  seal(recordId: string, text: string): Buffer
  /** Throws for bytes that were changed, belong to another record or were sealed with another key. */
  open(recordId: string, sealed: Buffer): string
  /** The same for the same text and telling nothing about it: by this a person is found by mail address. */
  blind(text: string): string
}

/** AES-256-GCM under a fresh nonce each time; the key for searching is another one than the key for sealing. */
export function sealingWith(master: Buffer): Sealing {
  if (master.length !== KEY_BYTES) throw new Error(`the customer key has ${KEY_BYTES} bytes, not ${master.length}`)
  const sealKey = Buffer.from(hkdfSync('sha256', master, '', 'countermark customer seal', KEY_BYTES))
  const blindKey = Buffer.from(hkdfSync('sha256', master, '', 'countermark customer search', KEY_BYTES))
  return {
    seal(recordId, text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(recordId))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body])
    },
    open(recordId, sealed) {
      if (sealed[0] !== VERSION || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) throw new Error('not sealed by us')
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(recordId))
        .setAuthTag(tag)
      return decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    },
    blind: (text) => createHmac('sha256', blindKey).update(text.trim().toLowerCase().normalize('NFKC')).digest('base64url'),
  }
}

/**
 * The key from the environment (32 bytes as Base64), else from a file with owner-only rights in the hub's data folder,
 * which is made at the first start. Whoever loses it loses the customers' data and nothing else.
 */
export function customerKey(environment: string | undefined, dataDir: string): Buffer {
  if (environment !== undefined && environment !== '') return Buffer.from(environment, 'base64')
  const file = join(dataDir, KEY_FILE)
  if (!existsSync(file)) writeFileSync(file, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx' })
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
}
