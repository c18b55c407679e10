import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The till's own Ed25519 key. It never leaves the machine, and is in no copy of the shop's file. */
export interface TillKey {
  /** Base64 of the raw public key. */
  readonly publicKey: string
  /** Base64 of the signature under a text. */
  sign(text: string): string
}

const FILE = 'till-key.pem'

/** Reads the key, or makes it at the first need: a file that only its owner may read. */
export function tillKey(dataDir: string): TillKey {
  const file = join(dataDir, FILE)
  if (!existsSync(file)) {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })
    writeFileSync(`${file}.new`, pem, { mode: 0o600, flush: true })
    renameSync(`${file}.new`, file)
  }
  // A backup that was put back may have let others in.
  if (process.platform !== 'win32') chmodSync(file, 0o600)
  const key = createPrivateKey(readFileSync(file))
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey: Buffer.from(x ?? '', 'base64url').toString('base64'),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64'),
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
