import { refused } from '../../../contract/identity/outcome.ts'
import type { Outcome } from '../../../contract/identity/outcome.ts'

/**
 * The curve secp224r1 (FIPS 186-4, P-224). Node's own ECDSA always hashes first, and NXP signs the bare uid,
 * so the arithmetic is done here; it works on public values only and need not hide its timing.
 */
const P = 2n ** 224n - 2n ** 96n + 1n
const N = 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn
const B = 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n
const G: Point = {
  x: 0xb70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21n,
  y: 0xbd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34n,
}

interface Point {
  readonly x: bigint
  readonly y: bigint
}

const UID_DIGITS = 14
const SIGNATURE_DIGITS = 112
const HALF_DIGITS = SIGNATURE_DIGITS / 2
const PUBLIC_KEY_DIGITS = 2 + SIGNATURE_DIGITS

/**
 * Verifies the originality signature of an NTAG chip: ECDSA over the bare uid. All inputs in hexadecimal: the public
 * key uncompressed (`04` x y), the uid of 7 bytes, the signature r‖s of 56. Refuses other forms (`HEX`, `LENGTH`) and
 * a key that is not on the curve (`FORMAT`). A valid one says that NXP made a chip with this uid; both can be copied.
 */
export function verifyOriginality(publicKey: string, uid: string, signature: string): Outcome<{ valid: boolean }> {
  if (![publicKey, uid, signature].every((text) => /^[0-9A-Fa-f]+$/.test(text))) return refused('HEX')
  const sizesFit = publicKey.length === PUBLIC_KEY_DIGITS && uid.length === UID_DIGITS
    && signature.length === SIGNATURE_DIGITS
  if (!sizesFit) return refused('LENGTH')
  const key = { x: hexNumber(publicKey.slice(2, 2 + HALF_DIGITS)), y: hexNumber(publicKey.slice(2 + HALF_DIGITS)) }
  if (!publicKey.startsWith('04') || !isOnCurve(key)) return refused('FORMAT')
  const [r, s] = [hexNumber(signature.slice(0, HALF_DIGITS)), hexNumber(signature.slice(HALF_DIGITS))]
  return { ok: true, valid: isSignature(r, s, hexNumber(uid), key) }
}

function isSignature(r: bigint, s: bigint, message: bigint, key: Point): boolean {
  if (r <= 0n || r >= N || s <= 0n || s >= N) return false
  const w = inverse(s, N)
  const sum = add(multiply(G, mod(message * w, N)), multiply(key, mod(r * w, N)))
  return sum !== null && mod(sum.x, N) === r
}

const hexNumber = (hex: string): bigint => BigInt(`0x${hex}`)

function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus
  return rest < 0n ? rest + modulus : rest
}

/** Extended Euclid; the moduli are primes and the value is not a multiple of them. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [mod(value, modulus), modulus, 1n, 0n]
  while (a > 1n) {
    const quotient = b / a
    const next = [b - quotient * a, y - quotient * x] as const
    b = a
    y = x
    a = next[0]
    x = next[1]
  }
  return mod(x, modulus)
}

function isOnCurve({ x, y }: Point): boolean {
  return x < P && y < P && mod(y * y - (x * x * x - 3n * x + B), P) === 0n
}

/** The sum of two points; null is the point at infinity. */
function add(left: Point | null, right: Point | null): Point | null {
  if (left === null) return right
  if (right === null) return left
  if (left.x === right.x && mod(left.y + right.y, P) === 0n) return null
  const slope = left.x === right.x
    ? mod((3n * left.x * left.x - 3n) * inverse(2n * left.y, P), P)
    : mod((right.y - left.y) * inverse(right.x - left.x, P), P)
  const x = mod(slope * slope - left.x - right.x, P)
  return { x, y: mod(slope * (left.x - x) - left.y, P) }
}

function multiply(point: Point, times: bigint): Point | null {
  let sum: Point | null = null
  let doubled: Point | null = point
  for (let rest = times; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) sum = add(sum, doubled)
    doubled = add(doubled, doubled)
  }
  return sum
}
