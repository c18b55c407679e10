import { decodeEpc } from '../../contract/identity/epc/decode.ts'
import { identify } from '../../contract/identity/identify.ts'
import { LONG_PIECES } from '../support/long-pieces.ts'
import { percentiles } from '../support/percentiles.ts'

const SHORT = 10_000
const LONGER = 20
const ROUNDS = 5

/** A text so many times as long takes so many times as long, not the square of it: nobody holds up a till with one label. */
const inProportion = (name: string, pieces: readonly string[], read: (text: string) => unknown) => ({
  name: `${name}, ${LONGER} times as long`,
  promised_us: null,
  promisedTimes: 3,
  limitName: `${LONGER} short ones`,
  measure: () => {
    const texts = (length: number) => pieces.map((piece) => piece.repeat(Math.ceil(length / piece.length)))
    percentiles(texts(SHORT), ROUNDS, read)
    const { median_us } = percentiles([texts(SHORT * LONGER)], ROUNDS, (all) => all.forEach(read))
    const short = percentiles([texts(SHORT)], ROUNDS * LONGER, (all) => all.forEach(read))
    return { median_us, limit_us: LONGER * short.median_us }
  },
})

const DAY = { today: '2026-03-01', masks: [] }

export const benches = [
  inProportion('a tag', ['F7109521234543213060007B', '0'], (text) => decodeEpc(`F7109521234543213060007B${text}`)),
  inProportion('a label', LONG_PIECES, (text) => identify({ text: `]d2${text}`, channel: 'scanner', config: DAY })),
  inProportion('an address', LONG_PIECES, (text) => identify({ text: `https://x.example/${text}`, channel: 'scanner', config: DAY })),
]
