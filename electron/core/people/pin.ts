import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

interface Cost {
  /** Binary logarithm of scrypt's N. */
  readonly ln: number
  readonly r: number
  readonly p: number
}

/** A PIN has few digits, so each guess must be dear: 128 MiB and a third of a second on a till's processor. */
const COST: Cost = { ln: 17, r: 8, p: 1 }
const SALT_BYTES = 16
const HASH_BYTES = 32

/** A hash that asks for more than this was not written by us; working on it would stop the till. */
const COST_MAX: Cost = { ln: 18, r: 8, p: 2 }

const PARTS = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/

/**
 * Hashes a PIN with scrypt (RFC 7914) to a text that names its own parameters (PHC string format), so that the cost can
 * rise later and old hashes still hold. `salt` is for the demo shop's published PINs; everyone else gets a random one.
 */
export async function hashPin(pin: string, salt: Buffer = randomBytes(SALT_BYTES)): Promise<string> {
  if (salt.length !== SALT_BYTES) throw new Error(`a salt has ${SALT_BYTES} bytes`)
  const hash = await derived(pin, salt, COST)
  return `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${unpadded(salt)}$${unpadded(hash)}`
}

/**
 * True if the PIN is the one the hash was made of. Runs on the thread pool, so the core goes on answering; compares in
 * constant time; a hash that is no hash of ours matches nothing.
 */
export async function verifyPin(pin: string, hash: string): Promise<boolean> {
  const [, ln, r, p, salt, expected] = PARTS.exec(hash) ?? []
  if (salt === undefined || expected === undefined) return false
  const cost: Cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  if (!isBearable(cost)) return false
  const actual = await derived(pin, Buffer.from(salt, 'base64'), cost)
  return timingSafeEqual(actual, Buffer.from(expected, 'base64'))
}

const isBearable = ({ ln, r, p }: Cost): boolean =>
  ln >= 1 && ln <= COST_MAX.ln && r >= 1 && r <= COST_MAX.r && p >= 1 && p <= COST_MAX.p

function derived(pin: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const N = 2 ** cost.ln
  // Node refuses scrypt over 32 MiB unless told otherwise; it needs 128·N·r bytes and a little for itself.
  const maxmem = 128 * N * cost.r + 128 * cost.r * cost.p + (1 << 20)
  return new Promise((resolve, reject) => {
    scrypt(pin.normalize('NFKC'), salt, HASH_BYTES, { N, r: cost.r, p: cost.p, maxmem }, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
