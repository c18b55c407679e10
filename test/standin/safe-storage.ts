import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const PREFIX = Buffer.from('v11')
const NONCE = 12
const TAG = 16

export type Backend = 'basic_text' | 'gnome_libsecret' | 'kwallet' | 'kwallet5' | 'kwallet6'

/** Which key ring Chromium takes on Linux: the one it was told, else that of the desktop it knows. */
export function backendOf(passwordStore: string | undefined, desktop: string | undefined): Backend {
  switch (passwordStore) {
    case 'basic':
      return 'basic_text'
    case 'gnome-libsecret':
      return 'gnome_libsecret'
    case 'kwallet':
    case 'kwallet5':
    case 'kwallet6':
      return passwordStore
    default:
      return /^(X-Cinnamon|Deepin|GNOME|Pantheon|XFCE|UKUI|unity)$/i.test(desktop ?? '') ? 'gnome_libsecret' : 'basic_text'
  }
}

/**
 * Electron's safeStorage as its documentation has it for Linux: nothing before the app is ready, nothing without a key
 * ring, and an error for what another key ring sealed. The key ring of this user is a file; another file is another
 * computer.
 */
export class SafeStorage {
  readonly #isReady: () => boolean
  readonly #backend: Backend
  readonly #keyRing: string

  constructor(parts: { isReady: () => boolean; backend: Backend; keyRing: string }) {
    this.#isReady = parts.isReady
    this.#backend = parts.backend
    this.#keyRing = parts.keyRing
  }

  getSelectedStorageBackend(): Backend | 'unknown' {
    return this.#isReady() ? this.#backend : 'unknown'
  }

  isEncryptionAvailable(): boolean {
    return this.#isReady() && this.#backend !== 'basic_text'
  }

  isAsyncEncryptionAvailable(): Promise<boolean> {
    return Promise.resolve(this.isEncryptionAvailable())
  }

  async encryptStringAsync(text: string): Promise<Buffer> {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', this.#key(), nonce)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([PREFIX, nonce, cipher.getAuthTag(), sealed])
  }

  async decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    if (!encrypted.subarray(0, PREFIX.length).equals(PREFIX)) throw new Error('Ciphertext does not appear to be encrypted.')
    const bytes = encrypted.subarray(PREFIX.length)
    const cipher = createDecipheriv('aes-256-gcm', this.#key(), bytes.subarray(0, NONCE))
    cipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
    return { result: Buffer.concat([cipher.update(bytes.subarray(NONCE + TAG)), cipher.final()]).toString('utf8'), shouldReEncrypt: false }
  }

  #key(): Buffer {
    if (!this.#isReady()) throw new Error('safeStorage cannot be used before app is ready')
    if (!this.isEncryptionAvailable()) throw new Error('Encryption is not available.')
    if (!existsSync(this.#keyRing)) {
      mkdirSync(dirname(this.#keyRing), { recursive: true })
      writeFileSync(this.#keyRing, randomBytes(32), { mode: 0o600 })
    }
    return readFileSync(this.#keyRing)
  }
}
