/** Low byte of the sum of `bytes[from..to)`. */
export function sum8(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += bytes[at]!
  return sum & 0xff
}

/** CRC-16/MCRF4XX: reflected 8408, start FFFF, no final xor; sent low byte first (UHFReader18 family). */
export function crcMcrf4xx(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0xffff
  for (let at = from; at < to; at++) crc = (crc >> 8) ^ MCRF4XX[(crc ^ bytes[at]!) & 0xff]!
  return crc
}

/**
 * The ThingMagic CRC. Documents call it CCITT 1021, but the message bits enter at the low end of the register and no
 * sixteen zero bits follow, so CCITT-FALSE gives another value for every message. `00 03` gives 1D0C.
 */
export function crcThingMagic(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0xffff
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!
    crc = (((crc << 4) & 0xffff) | (byte >> 4)) ^ THINGMAGIC[crc >> 12]!
    crc = (((crc << 4) & 0xffff) | (byte & 0x0f)) ^ THINGMAGIC[crc >> 12]!
  }
  return crc
}

/** The CRC-16 of Gen2 tags (ISO/IEC 18000-63, 1021, start FFFF, inverted): what a tag sends behind PC and EPC. */
export function crcGen2(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc ^ 0xffff
}

const MCRF4XX = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1
  return crc
})

const THINGMAGIC = Uint16Array.from({ length: 16 }, (_, nibble) => {
  let crc = 0
  for (let bit = 3; bit >= 0; bit--) if ((nibble >> bit) & 1) crc ^= 0x1021 << bit
  return crc & 0xffff
})
