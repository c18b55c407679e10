import { useId } from 'react'
import { ChartHead } from './chart-head.tsx'

interface RankedThing {
  readonly key: string
  readonly name: string
  /** One for each series. */
  readonly values: readonly number[]
}

interface RankingProps {
  readonly title: string
  readonly series: readonly { readonly id: string; readonly name: string }[]
  /** In the order in which they stand. */
  readonly things: readonly RankedThing[]
  readonly format: (value: number) => string
}

/** Beside the longest bar its figure still has room. */
const FIGURE = '5rem'

/**
 * A few things with long names, each with its bars from where the reading starts: names do not fit under an axis. Every
 * value is written at its bar, so that nothing is told by length or colour alone.
 */
export function Ranking({ title, series, things, format }: RankingProps) {
  const titleId = useId()
  const most = Math.max(...things.flatMap(({ values }) => values))
  return (
    <figure className="chart card" aria-labelledby={titleId}>
      <ChartHead title={title} titleId={titleId} heading="h3" series={series} />
      <ol className="ranking">
        {things.map((thing) => (
          <li key={thing.key} className="ranking__thing">
            <bdi className="ranking__name">{thing.name}</bdi>
            <div>
              {series.map((one, place) => (
                <p key={one.id} className="ranking__value">
                  <span className="visually-hidden">{one.name}: </span>
                  <span className={`ranking__bar ranking__bar--${place}`} style={{ inlineSize: `calc((100% - ${FIGURE}) * ${(thing.values[place] ?? 0) / most})` }} />
                  <span className="ranking__figure">{format(thing.values[place] ?? 0)}</span>
                </p>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </figure>
  )
}
