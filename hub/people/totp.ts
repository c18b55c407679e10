import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** What every authenticator program takes for granted (RFC 6238): SHA-1, six digits, half a minute. */
const STEP_MS = 30_000
const DIGITS = 6
/** One step early or late: telephones are seldom further off, and every further step is another guess for a thief. */
const STEPS_AROUND = 1
const SECRET_BYTES = 20
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A fresh secret as Base32 (RFC 4648), the way a person can type it into a telephone. */
export const newTotpSecret = (): string => base32(randomBytes(SECRET_BYTES))

/** The address that a telephone reads from a QR code. */
export function totpAddress(secret: string, person: string, shop: string): string {
  const label = `${encodeURIComponent(shop)}:${encodeURIComponent(person)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(shop)}`
}

/** The code of a secret at a moment (milliseconds of Unix time). */
export const totpCode = (secret: string, at_ms: number): string => codeOfStep(secret, Math.floor(at_ms / STEP_MS))

/**
 * The step whose code this is, or null. A step that is not later than `lastStep` is refused: a code that was read over
 * a shoulder is worth nothing once its owner has used it.
 */
export function totpStep(secret: string, code: string, at_ms: number, lastStep: number): number | null {
  if (!/^\d{6}$/u.test(code)) return null
  const now = Math.floor(at_ms / STEP_MS)
  let found: number | null = null
  for (let step = now - STEPS_AROUND; step <= now + STEPS_AROUND; step += 1) {
    const isSame = timingSafeEqual(Buffer.from(codeOfStep(secret, step)), Buffer.from(code))
    if (isSame && step > lastStep) found = step
  }
  return found
}

function codeOfStep(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', unbase32(secret)).update(counter).digest()
  const place = mac.readUInt8(mac.length - 1) & 0x0f
  const number = mac.readUInt32BE(place) & 0x7fff_ffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/gu) ?? []).map((five) => ALPHABET.charAt(Number.parseInt(five, 2))).join('')
}

function unbase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/gu) ?? []).map((eight) => Number.parseInt(eight, 2)))
}
