import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** Binary logarithm of scrypt's N, and its r and p. */
interface Cost {
  readonly ln: number
  readonly r: number
  readonly p: number
}

/** The till verifies PINs that the centre has hashed, so both write the same text at the same price. */
const COST: Cost = { ln: 17, r: 8, p: 1 }
const COST_MAX: Cost = { ln: 18, r: 8, p: 2 }
const SALT_BYTES = 16
const HASH_BYTES = 32
const PARTS = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/u

/** Hashes a password or a PIN with scrypt (RFC 7914) to a text that names its own parameters (PHC string format). */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derived(secret, salt, COST)
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${unpadded(salt)}$${unpadded(hash)}`
}

/** True if the secret is the one the hash was made of; a text that is no hash of ours matches nothing. */
export async function isSecret(secret: string, hash: string): Promise<boolean> {
  const [, ln, r, p, salt, expected] = PARTS.exec(hash) ?? []
  if (salt === undefined || expected === undefined) return false
  const cost: Cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  if (cost.ln < 1 || cost.ln > COST_MAX.ln || cost.r > COST_MAX.r || cost.p > COST_MAX.p) return false
  const actual = await derived(secret, Buffer.from(salt, 'base64'), cost)
  return timingSafeEqual(actual, Buffer.from(expected, 'base64'))
}

/** As dear as a real comparison, for a name that nobody has: how long an answer takes tells nothing about the name. */
export async function pretendToCompare(secret: string): Promise<false> {
  await derived(secret, Buffer.alloc(SALT_BYTES), COST)
  return false
}

function derived(secret: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const N = 2 ** cost.ln
  const maxmem = 128 * N * cost.r + 128 * cost.r * cost.p + (1 << 20)
  return new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFKC'), salt, HASH_BYTES, { N, r: cost.r, p: cost.p, maxmem }, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/u, '')
