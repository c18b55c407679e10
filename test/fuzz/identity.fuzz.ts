import { parseDigitalLink } from '../../contract/identity/digital-link.ts'
import { parseCompressedLink } from '../../contract/identity/digital-link-compressed.ts'
import { parseElementString } from '../../contract/identity/element-string.ts'
import { decodeEpc } from '../../contract/identity/epc/decode.ts'
import { decodeEpcbSegment } from '../../contract/identity/epc/epcb.ts'
import { decodeTid } from '../../contract/identity/epc/tid.ts'
import { parseEpcUri } from '../../contract/identity/epc/uri.ts'
import { parseHri } from '../../contract/identity/hri.ts'
import { identify } from '../../contract/identity/identify.ts'
import { matchKey } from '../../contract/identity/match-key.ts'
import { readScan } from '../../contract/identity/scan.ts'
import { verifySun } from '../../electron/core/proofs/sun.ts'
import { readVectors } from '../support/identity-vectors.ts'
import { generator } from '../support/drivers/fuzz.ts'

/** A reader of the identity library: it must give an answer to any text, in time that grows no faster than the text. */
export interface TextTarget {
  readonly name: string
  readonly read: (text: string) => unknown
}

const CONFIG = { today: '2026-03-01', masks: [] }
const KEYS = { metaReadKey: '0'.repeat(32), fileReadKey: '0'.repeat(32) }

export const TEXT_TARGETS: readonly TextTarget[] = [
  { name: 'identify text', read: (text) => identify({ text, channel: 'scanner', config: CONFIG }) },
  {
    name: 'identify bytes',
    read: (text) => identify({ bytes: new TextEncoder().encode(text), channel: 'rfid', config: CONFIG }),
  },
  { name: 'readScan', read: (text) => readScan(text, { assumeGs1: true }) },
  { name: 'parseElementString', read: (text) => parseElementString(text) },
  { name: 'parseHri', read: parseHri },
  { name: 'parseDigitalLink', read: (text) => parseDigitalLink(text) },
  { name: 'parseCompressedLink', read: parseCompressedLink },
  { name: 'decodeEpc', read: (text) => decodeEpc(text) },
  { name: 'decodeEpc with PC', read: (text) => decodeEpc(text, { includesPc: true }) },
  { name: 'decodeTid', read: decodeTid },
  { name: 'decodeEpcbSegment', read: decodeEpcbSegment },
  { name: 'parseEpcUri', read: parseEpcUri },
  { name: 'matchKey', read: (text) => matchKey(text, 'ocr') },
  { name: 'verifySun', read: (text) => verifySun({ piccData: text, sdmmac: text.slice(-16), macInput: text }, KEYS) },
]

/** What the vectors feed in, as a start for noise: every text of every input. */
const SEEDS = ['identity', 'review']
  .flatMap((file) => readVectors(new URL(`../fixtures/identity/${file}.vectors.json`, import.meta.url)))
  .flatMap(({ input }) => (typeof input === 'object' && input !== null ? Object.values(input) : []))
  .filter((value): value is string => typeof value === 'string' && value !== '')

const LONG = 20_000

/** Feeds `count` texts: changed vectors, two of them joined, plain noise. Throws at the first exception. */
export function fuzzText({ name, read }: TextTarget, count: number, seed: number): void {
  const random = generator(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const picked = () => SEEDS[below(SEEDS.length)] ?? ''
  for (let round = 0; round < count; round++) {
    const text = noisy(picked, below)
    try {
      read(text)
    } catch (error) {
      throw new Error(`${name} threw at ${JSON.stringify(text.slice(0, 200))}`, { cause: error })
    }
  }
}

function noisy(picked: () => string, below: (limit: number) => number): string {
  switch (below(4)) {
    case 0: return String.fromCharCode(...Array.from({ length: below(48) }, () => below(below(4) === 0 ? 0x10000 : 256)))
    case 1: return picked() + picked()
    case 2: return picked().slice(below(8), 8 + below(200))
    default: {
      const units = [...picked()]
      for (let changes = 1 + below(3); changes > 0; changes--)
        units[below(units.length)] = String.fromCharCode(below(160))
      return units.join('')
    }
  }
}

const PIECES = ['1', 'A', '(', '01', '%41', '/21/A', '&17=271231', '\u001d', 'https://a/', 'é', '-', '0', 'F7', '(99)A', '99A\u001d']
const HEADS = ['', ']d2', ']Q1https://a.b/', 'https://a.b/01/09521234543213/21/', 'urn:epc:id:sgtin:', '(99)', 'F7', 'eh', 'ex']
/** Four times the text may take eight times as long before it is called more than linear: clocks are not exact. */
const GROWTH_MAX = 8
const SPARE_MS = 40

/** Times texts of one kind at two lengths, four times apart. Throws when the longer takes far more than its share. */
export function checkGrowth({ name, read }: TextTarget): void {
  for (const head of HEADS) {
    for (const piece of PIECES) {
      const timeAt = (length: number): number => {
        const text = head + piece.repeat(Math.ceil(length / piece.length))
        // The quickest of many: another program that takes the processor for a moment says nothing of the reader.
        const took = Array.from({ length: 9 }, () => {
          const from = performance.now()
          read(text)
          return performance.now() - from
        })
        return Math.min(...took)
      }
      const [short, long] = [timeAt(LONG), timeAt(LONG * 4)]
      if (long > short * GROWTH_MAX + SPARE_MS) {
        const what = JSON.stringify(`${head}${piece}…`)
        throw new Error(`${name} takes ${short.toFixed(1)} ms, then ${long.toFixed(1)} ms for four times of ${what}`)
      }
    }
  }
}
