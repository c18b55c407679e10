import type { ReactNode } from 'react'

interface ChartHeadProps {
  readonly title: string
  /** What the figure is named by. */
  readonly titleId: string
  /** Of a figure within a part of the page that has a heading of its own: h3. */
  readonly heading?: 'h2' | 'h3'
  readonly series: readonly { readonly id: string; readonly name: string }[]
  readonly children?: ReactNode
}

/** The head of a drawing: what it shows, and what its series are called, which of one alone its title says. */
export function ChartHead({ title, titleId, heading: Heading = 'h2', series, children }: ChartHeadProps) {
  return (
    <figcaption className="chart__head">
      <Heading className="chart__title" id={titleId}>
        {title}
      </Heading>
      {series.length < 2 ? null : (
        <ul className="chart__legend">
          {series.map((one, place) => (
            <li key={one.id} className={`chart__name chart__name--${place}`}>
              {one.name}
            </li>
          ))}
        </ul>
      )}
      {children}
    </figcaption>
  )
}
