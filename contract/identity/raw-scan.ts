import { GS } from './element.ts'

/** What arrived, kept as it arrived beside everything that was made of it. JSON holds it: bytes are hexadecimal. */
export interface RawScan {
  readonly text: string
  readonly hex: string
}

/** The raw form of a text; its bytes are those of UTF-8. */
export function rawOfText(text: string): RawScan {
  return { text, hex: hexOf(new TextEncoder().encode(text)) }
}

/** The raw form of bytes: read as UTF-8 if they are, else one character per byte, so that no byte is lost. */
export function rawOfBytes(bytes: Uint8Array): RawScan {
  return { text: textOf(bytes), hex: hexOf(bytes) }
}

function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  if (!text.includes('\ufffd')) return text
  let latin = ''
  for (const byte of bytes) latin += String.fromCharCode(byte)
  return latin
}

function hexOf(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

/** A scan for eyes: control characters by name, so that a missing separator can be seen. */
export function shownScan(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(/[\u0000-\u001f\u007f]/g, (character) =>
    character === GS ? '<GS>' : `<${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}>`)
}
