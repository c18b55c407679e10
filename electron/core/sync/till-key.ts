import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyStore } from '../../../contract/key-store.ts'
import type { TillKeyPlace } from '../../../contract/device-view.ts'
import { writeWhole } from '../store/write-whole.ts'

/** The till's own Ed25519 key. It never leaves the machine, and is in no copy of the shop's file. */
export interface TillKey {
  /** Base64 of the raw public key. */
  readonly publicKey: string
  /** Base64 of the signature under a text. */
  sign(text: string): string
}

/** For its owner alone: where the system has no place for secrets. */
const PLAIN = 'till-key.pem'
const SEALED = 'till-key.sealed'

/**
 * The till's key where it is kept: sealed by the system's own place for secrets, or in a file that only its owner may
 * read where there is no such place. One that lay in a file is sealed as soon as there is, and the file goes only when
 * the sealed key was read back from the disk. A key that does not open is never replaced: another one would be another
 * till, whom its centre does not know.
 */
export class KeptTillKey {
  readonly #plain: string
  readonly #sealed: string
  readonly #store: KeyStore
  #key: TillKey | null = null
  #place: TillKeyPlace = 'none'
  #making: Promise<void> | null = null

  private constructor(dataDir: string, store: KeyStore) {
    this.#plain = join(dataDir, PLAIN)
    this.#sealed = join(dataDir, SEALED)
    this.#store = store
  }

  static async read(dataDir: string, store: KeyStore): Promise<KeptTillKey> {
    const kept = new KeptTillKey(dataDir, store)
    await kept.#read()
    return kept
  }

  /** Null before it is made, and where it does not open. */
  get key(): TillKey | null {
    return this.#key
  }

  get place(): TillKeyPlace {
    return this.#place
  }

  /**
   * The key, asked for once more where it did not open: a key ring that was locked at the start may be open by now.
   * Null where it still does not.
   */
  async again(): Promise<TillKey | null> {
    if (this.#place === 'elsewhere') await this.#read()
    return this.#key
  }

  /** The key, made where this till never had one; null where it has one that does not open here. */
  async made(): Promise<TillKey | null> {
    if (this.#place === 'none') await (this.#making ??= this.#make().finally(() => (this.#making = null)))
    return this.#key
  }

  #make(): Promise<void> {
    return this.#keep(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
  }

  async #read(): Promise<void> {
    if (!existsSync(this.#sealed)) {
      if (existsSync(this.#plain)) await this.#keep(readFileSync(this.#plain, 'utf8'))
      return
    }
    const opened = await this.#store.open(readFileSync(this.#sealed, 'utf8'))
    if (opened === null) {
      this.#place = 'elsewhere'
      return
    }
    if (opened.sealAnew) await this.#isSealed(opened.text)
    if (existsSync(this.#plain)) this.#clearPlain(opened.text)
    this.#use(opened.text, 'key-store')
  }

  /** A file beside the sealed key is what is left of sealing it, or the key of a program that looks for none elsewhere. */
  #clearPlain(pem: string): void {
    if (readFileSync(this.#plain, 'utf8') === pem) rmSync(this.#plain)
    else renameSync(this.#plain, `${this.#plain}.other`)
  }

  async #keep(pem: string): Promise<void> {
    if (await this.#isSealed(pem)) {
      rmSync(this.#plain, { force: true })
      return this.#use(pem, 'key-store')
    }
    if (!existsSync(this.#plain)) writeWhole(this.#plain, pem)
    // A backup that was put back may have let others in.
    if (process.platform !== 'win32') chmodSync(this.#plain, 0o600)
    this.#use(pem, 'file')
  }

  /**
   * Nothing is written that the system would not open again, and what was written is read back from the disk. A full
   * disk keeps no till from starting: the key is sealed at a later start.
   */
  async #isSealed(pem: string): Promise<boolean> {
    const sealed = await this.#store.seal(pem)
    if (sealed === null || (await this.#store.open(sealed))?.text !== pem) return false
    try {
      writeWhole(this.#sealed, sealed)
    } catch {
      return false
    }
    return readFileSync(this.#sealed, 'utf8') === sealed
  }

  #use(pem: string, place: TillKeyPlace): void {
    const key = createPrivateKey(pem)
    const { x } = createPublicKey(key).export({ format: 'jwk' })
    this.#place = place
    this.#key = {
      publicKey: Buffer.from(x ?? '', 'base64url').toString('base64'),
      sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64'),
    }
  }
}

/** True when the centre with this raw public key (base64) signed the text. */
export function isFromHub(hubKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(hubKey, 'base64').toString('base64url') }, format: 'jwk' })
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
