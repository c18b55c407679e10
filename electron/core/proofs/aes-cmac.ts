import { createCipheriv } from 'node:crypto'

const BLOCK = 16
/** What overflows on doubling comes back as this (RFC 4493, 2.3). */
const REDUCTION = 0x87

/** The AES-CMAC (RFC 4493) of a message of any length, empty included: 16 bytes. The key has 16 bytes. */
export function aesCmac(key: Uint8Array, message: Uint8Array): Buffer {
  const first = doubled(encryptBlocks(key, Buffer.alloc(BLOCK)))
  const whole = message.length > 0 && message.length % BLOCK === 0
  const last = Buffer.alloc(BLOCK)
  const lastAt = whole ? message.length - BLOCK : message.length - (message.length % BLOCK)
  last.set(message.subarray(lastAt))
  if (!whole) last[message.length % BLOCK] = 0x80
  const mask = whole ? first : doubled(first)
  const masked = last.map((byte, i) => byte ^ mask[i]!)
  const cipher = createCipheriv('aes-128-cbc', key, Buffer.alloc(BLOCK)).setAutoPadding(false)
  const before = cipher.update(message.subarray(0, lastAt))
  return Buffer.concat([before, cipher.update(masked), cipher.final()]).subarray(-BLOCK)
}

/** AES-128 of whole blocks, each by itself. */
export function encryptBlocks(key: Uint8Array, blocks: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  return Buffer.concat([cipher.update(blocks), cipher.final()])
}

/** The block shifted left by one bit in the field of 2^128. */
function doubled(block: Buffer): Buffer {
  const result = Buffer.alloc(BLOCK)
  for (let i = 0; i < BLOCK; i++) result[i] = (block[i]! << 1) | ((block[i + 1] ?? 0) >> 7)
  if ((block[0]! & 0x80) !== 0) result[BLOCK - 1]! ^= REDUCTION
  return result
}
