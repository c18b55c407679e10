/**
 * `npm run bench [-- word …]`: measures everything that test/bench says is worth measuring, or what has one of the
 * words in its name or its file's. Prints the figure with the promise and the limit beside it. Exit code 1 when a
 * promise is not kept.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Rounds a second beside those of the least work; or a median; or just work in a unit. */
type Bench = { readonly name: string } & (
  | { readonly promised_per_s: number; readonly limitName: string; run(n: number): number; limit(n: number): number }
  | {
      readonly promised_us: number | null
      /** The slowest of a hundred. */
      readonly promisedP99_us?: number
      /** At most so many times what the least work takes, measured in the same run. */
      readonly promisedTimes?: number
      readonly limitName: string
      measure(say: (sentence: string) => void): Medians | Promise<Medians>
    }
  | { readonly unit: string; run(n: number): unknown }
)

/** Microseconds. The slowest of a hundred is told where a person waits for it. */
interface Medians {
  readonly median_us: number
  readonly limit_us: number
  readonly p99_us?: number
  readonly limitP99_us?: number
}

interface Figure {
  readonly name: string
  readonly figure: string
  readonly promise: string
  readonly limit: string
  readonly ratio: string
  /** Null where nothing is promised. */
  readonly kept: boolean | null
}

const DIR = join(import.meta.dirname, '..', 'test', 'bench')
const ROUND_MS = 400
const REPEATS = 5

async function main(): Promise<number> {
  const words = process.argv.slice(2).map((word) => word.toLowerCase())
  const figures: Figure[] = []
  for (const file of readdirSync(DIR).filter((name) => name.endsWith('.bench.ts')).sort()) {
    const { benches, end } = (await import(pathToFileURL(join(DIR, file)).href)) as { benches: readonly Bench[]; end?: () => Promise<void> }
    const area = file.replace('.bench.ts', '')
    try {
      for (const bench of benches) {
        const name = `${area}: ${bench.name}`
        const isWanted = words.length === 0 || words.some((word) => name.toLowerCase().includes(word))
        if (isWanted) figures.push({ ...(await measured(bench)), name })
      }
    } finally {
      // What a file has started for its figures, such as a PostgreSQL.
      await end?.()
    }
  }
  if (figures.length === 0) {
    console.error(`nothing to measure is called ${words.join(' or ')}`)
    return 2
  }
  print(figures)
  const missed = figures.filter((figure) => figure.kept === false)
  for (const { name, figure, promise } of missed) console.error(`not kept: ${name} is ${figure}, promised ${promise}`)
  return missed.length > 0 ? 1 : 0
}

async function measured(bench: Bench): Promise<Figure> {
  if ('measure' in bench) return medianFigure(bench)
  if ('promised_per_s' in bench) return rateFigure(bench)
  const figure = `${count(perSecond(bench))} ${bench.unit}/s`
  return { name: bench.name, figure, promise: '', limit: '', ratio: '', kept: null }
}

async function medianFigure(bench: Extract<Bench, { measure: unknown }>): Promise<Figure> {
  const { median_us, limit_us, p99_us, limitP99_us } = await bench.measure((sentence) => console.error(sentence))
  const { promised_us, promisedP99_us, promisedTimes } = bench
  const promises: { said: string; kept: boolean }[] = []
  if (promised_us !== null) promises.push({ said: `≤ ${time(promised_us)}`, kept: median_us <= promised_us })
  if (promisedP99_us !== undefined) promises.push({ said: `p99 ≤ ${time(promisedP99_us)}`, kept: (p99_us ?? Infinity) <= promisedP99_us })
  if (promisedTimes !== undefined) promises.push({ said: `≤ ${promisedTimes} × limit`, kept: median_us <= promisedTimes * limit_us })
  return {
    name: bench.name,
    figure: p99_us === undefined ? time(median_us) : `${time(median_us)}, p99 ${time(p99_us)}`,
    promise: promises.map(({ said }) => said).join(', '),
    limit: Number.isFinite(limit_us) ? `${time(limit_us)}${limitP99_us === undefined ? '' : `, p99 ${time(limitP99_us)}`} (${bench.limitName})` : bench.limitName,
    ratio: Number.isFinite(limit_us) ? (median_us / limit_us).toFixed(1) : '',
    kept: promises.length === 0 ? null : promises.every(({ kept }) => kept),
  }
}

const time = (us: number): string => (us < 1_000 ? `${us.toFixed(1)} µs` : `${(us / 1_000).toFixed(1)} ms`)

/** The best of some runs: what else runs on the machine only ever makes a figure worse. */
function rateFigure(bench: Extract<Bench, { promised_per_s: number }>): Figure {
  const best = (rounds: (n: number) => number): number => {
    const n = Math.max(1_000, Math.round((rounds(2_000) * ROUND_MS) / 1_000))
    return Math.max(...Array.from({ length: REPEATS }, () => rounds(n)))
  }
  const [rate, limit] = [best((n) => bench.run(n)), best((n) => bench.limit(n))]
  return {
    name: bench.name,
    figure: `${count(rate)}/s`,
    promise: `≥ ${count(bench.promised_per_s)}/s`,
    limit: `${count(limit)}/s (${bench.limitName})`,
    ratio: (limit / rate).toFixed(1),
    kept: rate >= bench.promised_per_s,
  }
}

/** Doubles the work until it takes long enough to be told from the clock, then takes the best of some runs. */
function perSecond(bench: Extract<Bench, { unit: string }>): number {
  const time = (n: number): number => {
    const began = performance.now()
    bench.run(n)
    return performance.now() - began
  }
  let n = 1
  while (time(n) < ROUND_MS / 4 && n < 2 ** 24) n *= 2
  return Math.max(...Array.from({ length: REPEATS }, () => (n * 1_000) / time(n)))
}

const count = (value: number): string => Math.round(value).toLocaleString('en')

function print(figures: readonly Figure[]): void {
  const columns = ['name', 'figure', 'promise', 'kept', 'limit', 'ratio'] as const
  const heads = { name: 'what', figure: 'measured', promise: 'promised', kept: 'kept', limit: 'limit', ratio: 'ratio' }
  const rows = figures.map((figure) => ({ ...figure, kept: figure.kept === null ? '' : figure.kept ? 'yes' : 'NO' }))
  const width = (column: (typeof columns)[number]): number =>
    Math.max(...[heads, ...rows].map((row) => row[column].length))
  const line = (row: Record<(typeof columns)[number], string>): string =>
    columns.map((column) => row[column].padEnd(width(column))).join('  ').trimEnd()
  console.log([line(heads), ...rows.map(line)].join('\n'))
}

process.exitCode = await main()
