/**
 * How much two serials may differ and still be shown to each other. `strict`: blanks around them. `loose`: also width,
 * case, separators, and O for 0. `ocr`: also the letters that a camera or a tired eye takes for digits.
 * Match keys are for searching and warning. They are never identity and never a unique key.
 */
export type MatchProfile = 'strict' | 'loose' | 'ocr'

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  'I': '1', 'L': '1', '|': '1', 'Q': '0', 'D': '0', 'S': '5', 'B': '8', 'Z': '2',
}

/** The key under which a serial is found again. */
export function matchKey(value: string, profile: MatchProfile): string {
  if (profile === 'strict') return value.trim()
  const loose = value.normalize('NFKC').toUpperCase().replace(/[\s\-_./\\·:#]/g, '').replaceAll('O', '0')
  return profile === 'loose' ? loose : loose.replace(/[IL|QDSBZ]/g, (letter) => LOOK_ALIKES[letter]!)
}

/** A letter or two that cartons print before the serial and scanners hand over with it. */
export interface CartonPrefix {
  readonly prefix: string
  /** The prefix is only a prefix in front of a serial of one of these lengths; else it is part of the serial. */
  readonly serialLengths: readonly number[]
}

/** The `S` on the boxes of makers whose serials have twelve characters: only then can it not be part of the serial. */
export const APPLE_CARTON_PREFIX: CartonPrefix = { prefix: 'S', serialLengths: [12] }

/** The serial behind a carton prefix, or null if there is none. The scan itself is kept as it was. */
export function withoutCartonPrefix(value: string, prefixes: readonly CartonPrefix[]): string | null {
  const text = value.trim()
  for (const { prefix, serialLengths } of prefixes) {
    const serial = text.slice(prefix.length)
    if (text.startsWith(prefix) && serialLengths.includes(serial.length)) return serial
  }
  return null
}

/** All keys under which to look for a typed or scanned serial: as it is first, then without each carton prefix. */
export function matchKeys(value: string, profile: MatchProfile, prefixes: readonly CartonPrefix[] = []): string[] {
  const bare = withoutCartonPrefix(value, prefixes)
  const keys = [matchKey(value, profile), ...(bare === null ? [] : [matchKey(bare, profile)])]
  return [...new Set(keys)].filter((key) => key !== '')
}
