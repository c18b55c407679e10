import type { ReactNode } from 'react'

const HEIGHT = 40

interface ChartProps {
  readonly label: string
  /** What stands under the picture; the label where nothing is given. */
  readonly scale?: ReactNode
}

function Chart({ width, label, scale = label, children }: ChartProps & { readonly width: number; readonly children: ReactNode }) {
  return (
    <figure>
      <svg className="chart" viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <path className="chart__axis" d={`M0 ${HEIGHT}H${width}`} />
        {children}
      </svg>
      <figcaption className="chart__scale">{scale}</figcaption>
    </figure>
  )
}

/** One bar a value; the tallest fills the height, whatever its number. `current` is the place of the bar that stands out. */
export function Bars({ values, current, ...chart }: ChartProps & { readonly values: readonly number[]; readonly current?: number }) {
  const most = Math.max(1, ...values)
  return (
    <Chart {...chart} width={values.length * 10}>
      {values.map((value, place) => {
        const tall = (value / most) * (HEIGHT - 4)
        return (
          <rect
            key={place}
            className={`chart__bar${place === current ? ' chart__bar--current' : ''}`}
            x={place * 10 + 1.5}
            y={HEIGHT - tall}
            width={7}
            height={tall}
            rx={1}
          />
        )
      })}
    </Chart>
  )
}

/** A line through the values that are known, in their places; one value alone is a short stroke. */
export function Line({ values, ...chart }: ChartProps & { readonly values: readonly (number | null)[] }) {
  const known = values.flatMap((value, place) => (value === null ? [] : [{ place, value }]))
  const most = Math.max(1, ...known.map(({ value }) => value))
  const points = known.map(({ place, value }) => `${place * 10 + 5} ${HEIGHT - 3 - (value / most) * (HEIGHT - 6)}`)
  return (
    <Chart {...chart} width={values.length * 10}>
      {points.length === 0 ? null : <path className="chart__line" d={`M${points.join('L')}${points.length === 1 ? 'h3' : ''}`} />}
    </Chart>
  )
}
