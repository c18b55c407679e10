import type { Point, SensedKind, SensedSeries } from '../../contract/sensors/sensed.ts'
import type { WordKey } from '../../contract/words/en.ts'
import { useWords } from '../words/words-context.tsx'

const WIDTH = 400
const HEIGHT = 96

const NAMES: Readonly<Record<SensedKind, WordKey>> = {
  temperature: 'sensed.temperature', humidity: 'sensed.humidity', shock: 'sensed.shock', other: 'sensed.other',
}

/** What sensors have read of a piece, each as a line over its limits, with the same as a table for whoever would rather read. */
export function Readings({ sensed }: { sensed: readonly SensedSeries[] }) {
  const { say } = useWords()
  if (sensed.length === 0) return null
  return (
    <section className="readings card" aria-label={say('sensed.title')}>
      <h3>{say('sensed.title')}</h3>
      {sensed.map((series) => <Series key={`${series.of} ${series.source}`} series={series} />)}
    </section>
  )
}

function Series({ series }: { series: SensedSeries }) {
  const words = useWords()
  const { of, source, limit, last, alarmAt, points } = series
  // Each stands for itself: in Arabic a number below zero would else draw the day that follows it over to its other side.
  const figure = (one: number): string => `\u2068${words.number(one)}\u2069`
  const value = ([, low, high]: Point): string => (low === high ? figure(low) : `${figure(low)} – ${figure(high)}`)
  const end = (one: number | null): string => (one === null ? '…' : figure(one))
  const name = words.say(NAMES[of])
  return (
    <div className="readings__one">
      <p>
        <strong>{name}</strong> <bdi className="muted">{source}</bdi>
      </p>
      {points.length === 0 ? null : <Drawn series={series} label={name} />}
      {last === null ? null : <p>{words.say('sensed.last', { value: value(last), at: words.instant(last[0]) })}</p>}
      {limit === null ? null : <p className="muted">{words.say('sensed.kept', { min: end(limit.min), max: end(limit.max), minutes: limit.outside_minutes })}</p>}
      {alarmAt === null ? null : <p className="readings__alarm">{words.say('sensed.alarm', { at: words.instant(alarmAt) })}</p>}
      {points.length === 0 ? null : (
        <details>
          <summary>{words.say('sensed.table')}</summary>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{words.say('sensed.from')}</th>
                <th scope="col">{name}</th>
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point[0]}>
                  <th scope="row">{words.instant(point[0])}</th>
                  <td>{value(point)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  )
}

/** The limits as a band, the readings as a line from the first to the last, and a mark on each that was outside. */
function Drawn({ series: { limit, last, points }, label }: { series: SensedSeries; label: string }) {
  const { instant } = useWords()
  const times = [...points.map(([at]) => Date.parse(at)), ...(last === null ? [] : [Date.parse(last[0])])]
  const [begin, end] = [Math.min(...times), Math.max(...times)]
  const ends = [...points.flatMap(([, low, high]) => [low, high]), ...[limit?.min, limit?.max].filter((one) => typeof one === 'number')]
  const [least, most] = [Math.min(...ends) - 1, Math.max(...ends) + 1]
  const x = (at: string): number => ((Date.parse(at) - begin) / Math.max(1, end - begin)) * WIDTH
  const y = (value: number): number => HEIGHT - ((value - least) / (most - least)) * HEIGHT
  const isOut = ([, low, high]: Point): boolean => limit !== null && (low < (limit.min ?? -Infinity) || high > (limit.max ?? Infinity))
  const upper = points.map(([at, , high]) => `${x(at)} ${y(high)}`)
  const lower = points.map(([at, low]) => `${x(at)} ${y(low)}`).toReversed()
  const line = points.map(([at, low, high]) => `${x(at)} ${y((low + high) / 2)}`)
  const top = y(limit?.max ?? most)
  return (
    <figure>
      <svg className="readings__chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {limit === null ? null : <rect className="readings__band" x={0} y={top} width={WIDTH} height={y(limit.min ?? least) - top} />}
        <path className="readings__span" d={`M${[...upper, ...lower].join('L')}Z`} />
        <path className="readings__line" d={`M${line.join('L')}${line.length === 1 ? `H${WIDTH}` : ''}`} />
        {points.filter(isOut).map((point) => <path key={point[0]} className="readings__out" d={`M${x(point[0])} ${y(point[2] > (limit?.max ?? Infinity) ? point[2] : point[1])}h0`} />)}
      </svg>
      <figcaption className="readings__scale">
        <span>{instant(points[0]?.[0] ?? '')}</span>
        <span>{instant(last?.[0] ?? '')}</span>
      </figcaption>
    </figure>
  )
}
