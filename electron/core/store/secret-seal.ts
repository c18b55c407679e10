import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Reading } from './store.ts'

/** A key of its own, so that the shop's file alone, in a backup or on a lost disk, gives no secret away. */
const KEY_FILE = 'secrets.key'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals the few secrets of a shop that its machines need, such as the passwords of its tags: AES-256-GCM with a key in a file that only the till's user may read, made at the
 * first use. Without the key a sealed text cannot be opened, and says nothing but how long it is.
 */
export class SecretSeal {
  readonly #key: Buffer

  /** `shopFile` is the precious file; the key lies beside it. */
  constructor(shopFile: string) {
    this.#key = keyIn(dirname(shopFile))
  }

  /** The sealed text as base64; `about` binds it to its place, so that it cannot be moved to another row. */
  seal(text: string, about: string): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv)
    cipher.setAAD(Buffer.from(about, 'utf8'))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
  }

  /** Null where the key is another one, the text was changed, or it was sealed about something else. */
  open(sealed: string, about: string): string | null {
    const bytes = Buffer.from(sealed, 'base64')
    if (bytes.length < IV_BYTES + TAG_BYTES) return null
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, IV_BYTES))
    decipher.setAAD(Buffer.from(about, 'utf8'))
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    try {
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
    } catch {
      return null
    }
  }
}

const seals = new WeakMap<Reading, SecretSeal>()

/** The seal of the shop in this file; its key is made when it is first needed. */
export function sealOf(db: Reading): SecretSeal {
  let seal = seals.get(db)
  if (!seal) seals.set(db, (seal = new SecretSeal(db.name)))
  return seal
}

/** Another till on the same folder may make the key at the same moment: whoever comes second takes the first one's. */
function keyIn(dir: string): Buffer {
  const file = join(dir, KEY_FILE)
  try {
    const handle = openSync(file, 'wx', 0o600)
    try {
      writeSync(handle, randomBytes(KEY_BYTES))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const key = readFileSync(file)
  if (key.length !== KEY_BYTES) throw new Error(`${file} is not a key; the secrets sealed with it cannot be read without the right one`)
  return key
}
