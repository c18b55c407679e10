import type { ScanEvent } from '../driver.ts'

/** Symbology by the first two characters after `]` where the modifier matters, else by the code letter alone. */
const SYMBOLOGIES: Readonly<Record<string, string>> = {
  A: 'code39', B: 'telepen', C: 'code128', C1: 'gs1-128', E1: 'ean-addon-2', E2: 'ean-addon-5', E3: 'ean-with-addon',
  E4: 'ean8', F: 'codabar', G: 'code93', H: 'code11', I: 'itf', K: 'code16k', L: 'pdf417', M: 'msi', N: 'anker',
  O: 'codablock', P: 'plessey', Q: 'qr', Q3: 'gs1-qr', Q4: 'gs1-qr', R: 'straight-2of5', S: 'straight-2of5',
  U: 'maxicode', c: 'channel-code', d: 'datamatrix', d2: 'gs1-datamatrix', d5: 'gs1-datamatrix', e: 'gs1-databar',
  h: 'han-xin', o: 'ocr', p: 'posicode', s: 'supercode', z: 'aztec', z1: 'gs1-aztec', z4: 'gs1-aztec',
  z7: 'gs1-aztec', zA: 'gs1-aztec',
  // Makers' own forms under ]X: Zebra's numbering, the only one that is published.
  X9: 'ean13', XC: 'ean8', Xg: 'upca', Xk: 'upce', Xr: 'gs1-databar', Xs: 'gs1-databar', Xt: 'gs1-databar',
  XV: 'pdf417', XS: 'micro-qr',
}
const CODE_LETTERS = new Set('ABCEFGHIKLMNOPQRSUXZcdehopsz')
const MODIFIER = /^[0-9A-Za-z]$/
const BRACKET = 0x5d

/**
 * Splits a leading AIM symbology identifier (ISO/IEC 15424: `]`, code letter, modifier) from a scan. A text that only
 * happens to begin with `]` keeps it.
 */
export function splitAim(raw: Uint8Array): { readonly aim: string | null; readonly data: Uint8Array } {
  const letter = String.fromCharCode(raw[1] ?? 0)
  const modifier = String.fromCharCode(raw[2] ?? 0)
  if (raw[0] !== BRACKET || !CODE_LETTERS.has(letter) || !MODIFIER.test(modifier)) return { aim: null, data: raw }
  return { aim: `]${letter}${modifier}`, data: raw.slice(3) }
}

/**
 * The symbology an AIM identifier names, or null. `]E0` stands for EAN-13, UPC-A and UPC-E alike; there the number of
 * digits decides, and a UPC-A that the scanner widened to 13 digits cannot be told from an EAN-13.
 */
export function symbologyOf(aim: string, length: number): string | null {
  const code = aim.slice(1)
  if (code === 'E0') return length === 12 ? 'upca' : length === 8 ? 'upce' : length === 13 ? 'ean13' : 'ean-with-addon'
  return SYMBOLOGIES[code] ?? SYMBOLOGIES[code.charAt(0)] ?? null
}

/** A scan from the bytes between the framing, the AIM identifier still in front when the scanner sends one. */
export function scanOf(raw: Uint8Array, symbology: string | null = null): ScanEvent {
  const { aim, data } = splitAim(raw)
  const named = aim === null ? null : symbologyOf(aim, data.length)
  return { kind: 'scan', raw, text: textOf(data), aim, symbology: symbology ?? named }
}

/** UTF-8 where the bytes are valid UTF-8, else Latin-1, in which every byte is a character. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return latin1(bytes)
  }
}

export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
