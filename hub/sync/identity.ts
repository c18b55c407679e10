import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import { prepared, type Query } from '../database.ts'
import { newId } from '../ground.ts'

/** Who the centre is: the same for all its processes, kept in its database. */
export interface HubIdentity {
  /**
   * Another one says that the centre may have lost something since: tills then compare and send again. It stands in the
   * database, where another process may have changed it: `lookAgain` comes before whatever is told under it.
   */
  readonly gen: string
  lookAgain(): Promise<void>
  /** Base64 of the raw public key. */
  readonly publicKey: string
  sign(text: string): string
  isMine(text: string, signature: string): boolean
}

export async function hubIdentity(db: Query): Promise<HubIdentity> {
  const fresh = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  await db.query("INSERT INTO hub_meta VALUES ('gen', $1), ('key', $2) ON CONFLICT (key) DO NOTHING", [newId(), fresh])
  const rows = await db.query<{ key: string; value: string }>("SELECT key, value FROM hub_meta WHERE key IN ('gen', 'key')")
  const kept = new Map(rows.map((row) => [row.key, row.value]))
  const key = createPrivateKey({ key: Buffer.from(kept.get('key') ?? '', 'base64'), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key)
  let gen = kept.get('gen') ?? ''
  return {
    get gen() {
      return gen
    },
    lookAgain: async () => {
      gen = await generationIn(db)
    },
    publicKey: rawOf(publicKey),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64'),
    isMine: (text, signature) => verify(null, Buffer.from(text, 'utf8'), publicKey, Buffer.from(signature, 'base64')),
  }
}

const GENERATION = prepared("SELECT value FROM hub_meta WHERE key = 'gen'")

async function generationIn(db: Query): Promise<string> {
  const [row] = await db.query<{ value: string }>(GENERATION)
  if (row === undefined) throw new Error('the database has no generation: it is not the one this process was started with')
  return row.value
}

/** After a backup was put back: tills go back and send again what the centre lost. */
export async function newGeneration(db: Query): Promise<void> {
  await db.query("INSERT INTO hub_meta VALUES ('gen', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value", [newId()])
}

const rawOf = (key: KeyObject): string => {
  const { x } = key.export({ format: 'jwk' })
  return Buffer.from(x ?? '', 'base64url').toString('base64')
}

/** True when the owner of a raw Ed25519 public key (base64) signed the text. False for anything that is no key or signature. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'base64').toString('base64url') }, format: 'jwk' })
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
