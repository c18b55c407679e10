import { decodeEpc } from '../../contract/identity/epc/decode.ts'
import { parseElementString } from '../../contract/identity/element-string.ts'
import { identify } from '../../contract/identity/identify.ts'

/** A measure beside a minimum that it cannot beat. Each closure does `n` rounds and gives rounds per second. */
export interface Bench {
  readonly name: string
  /** What the project promises on one core of an ordinary till. */
  readonly promised_per_s: number
  readonly limitName: string
  run(n: number): number
  limit(n: number): number
}

const GS = '\u001d'

/** Different texts, so that no engine can hold the answer. */
const LABELS = Array.from({ length: 512 }, (_, i) =>
  `010952123454321321SN${String(i).padStart(8, '0')}${GS}1725123110LOT${i % 40}`)
const TAGS = Array.from({ length: 512 }, (_, i) =>
  `3074257BF7194E40${(0x1a85 + i).toString(16).toUpperCase().padStart(8, '0')}`)
const DAY = { today: '2026-03-01', masks: [] }

/** Keeps the results alive, so that no round is optimised away. */
let kept = 0

function perSecond(n: number, round: (i: number) => number): number {
  const started = performance.now()
  for (let i = 0; i < n; i++) kept += round(i)
  const ms = performance.now() - started
  if (!Number.isFinite(kept)) throw new Error('the rounds counted nothing')
  return Math.round((n * 1_000) / ms)
}

/** Looks at every character once and cuts four pieces: no reader can do less. */
function leastWork(text: string): number {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i)
  return sum + text.slice(2, 16).length + text.slice(18, 28).length + text.slice(31, 37).length + text.slice(39).length
}

const word = (tag: string, at: number) => Number.parseInt(tag.slice(at, at + 8), 16)

export const benches: readonly Bench[] = [
  {
    name: 'element string (01)(21)(17)(10)',
    promised_per_s: 500_000,
    limitName: 'each character looked at, four pieces cut',
    run: (n) => perSecond(n, (i) => {
      const read = parseElementString(LABELS[i & 511]!)
      return read.ok ? read.elements.length : Number.NaN
    }),
    limit: (n) => perSecond(n, (i) => leastWork(LABELS[i & 511]!)),
  },
  {
    name: 'SGTIN-96 tag',
    promised_per_s: 1_000_000,
    limitName: 'hexadecimal to three words',
    run: (n) => perSecond(n, (i) => {
      const read = decodeEpc(TAGS[i & 511]!)
      return read.ok ? read.elements.length : Number.NaN
    }),
    limit: (n) => perSecond(n, (i) => {
      const tag = TAGS[i & 511]!
      return word(tag, 0) + word(tag, 8) + word(tag, 16)
    }),
  },
  {
    name: 'whole identification of a GS1 DataMatrix scan',
    promised_per_s: 20_000,
    limitName: 'element string alone',
    run: (n) => perSecond(n, (i) => {
      const found = identify({ text: `]d2${LABELS[i & 511]!}`, channel: 'scanner', config: DAY })
      return found.readings.length === 1 ? 1 : Number.NaN
    }),
    limit: (n) => perSecond(n, (i) => (parseElementString(LABELS[i & 511]!).ok ? 1 : Number.NaN)),
  },
]
