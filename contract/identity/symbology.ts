/** How the content of a symbol is to be read. */
export type SymbolContent = 'elements' | 'ean-13' | 'ean-8' | 'text-or-link' | 'text' | 'itf'

/** A kind of barcode as the scanner names it. */
export interface Symbology {
  /** The AIM symbology identifier (ISO/IEC 15424), three characters. */
  readonly aim: string
  readonly name: string
  readonly content: SymbolContent
}

/** The symbols that are understood. Others are refused: a kind of code that nobody planned for is not guessed at. */
export const SYMBOLOGIES: readonly Symbology[] = [
  { aim: ']C1', name: 'GS1-128', content: 'elements' },
  { aim: ']e0', name: 'GS1 DataBar', content: 'elements' },
  { aim: ']d2', name: 'GS1 DataMatrix', content: 'elements' },
  { aim: ']Q3', name: 'GS1 QR Code', content: 'elements' },
  { aim: ']J1', name: 'GS1 DotCode', content: 'elements' },
  { aim: ']E0', name: 'EAN-13/UPC', content: 'ean-13' },
  { aim: ']E4', name: 'EAN-8', content: 'ean-8' },
  { aim: ']d1', name: 'DataMatrix', content: 'text-or-link' },
  { aim: ']Q1', name: 'QR Code', content: 'text-or-link' },
  { aim: ']J0', name: 'DotCode', content: 'text-or-link' },
  { aim: ']C0', name: 'Code 128', content: 'text' },
  { aim: ']A0', name: 'Code 39', content: 'text' },
  { aim: ']I0', name: 'ITF', content: 'itf' },
  // The same, by scanners that verify the check digit and send it along.
  { aim: ']I1', name: 'ITF', content: 'itf' },
]

const byAim: ReadonlyMap<string, Symbology> = new Map(SYMBOLOGIES.map((symbology) => [symbology.aim, symbology]))

/** The symbology of an AIM identifier; undefined if it is not one of ours. */
export function symbologyOf(aim: string): Symbology | undefined {
  return byAim.get(aim)
}

/** The AIM identifier in front of a scan: `]`, a letter, a modifier. Null if there is none. */
export function aimOf(data: string): string | null {
  return /^\][A-Za-z][0-9A-Za-z]/.test(data) ? data.slice(0, 3) : null
}
