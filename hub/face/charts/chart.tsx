import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'
import { Scrolled } from '../../../renderer/parts/scrolled.tsx'
import { useFaceWords } from '../words/use-face-words.ts'
import { TroubleLine } from '../parts/trouble-line.tsx'
import type { Called } from '../use-call.ts'
import { ChartHead } from './chart-head.tsx'
import { isAlone, niceTicks, shownLabels, spansOf } from './scale.ts'

export interface Series {
  readonly id: string
  readonly name: string
  /** One for each label; null where nothing was measured, which is not nought. */
  readonly values: readonly (number | null)[]
}

interface ChartProps {
  readonly title: string
  readonly kind: 'bars' | 'lines'
  readonly labels: readonly string[]
  readonly series: readonly Series[]
  /** A value in full, for the pointer and the table. */
  readonly format: (value: number) => string
  /** A value in short, for the axis. */
  readonly short: (value: number) => string
  readonly empty: string
  /** What the centre has answered: before that nothing is drawn, and what went wrong is said. */
  readonly answer: Pick<Called<unknown>, 'value' | 'trouble'>
}

const HEIGHT = 260
const TOP = 12
const BOTTOM = 30
const TICKS = 5
const LABEL_PX = 84
const AXIS_CHAR_PX = 7.2

/**
 * A small chart of our own: axes with round steps, the values of a place under the pointer or by the arrow keys, and
 * the same as a table for whoever would rather read. Series are told apart by pattern and place too, not by colour alone.
 */
export function Chart(props: ChartProps) {
  const { title, kind, labels, series, format, short, empty, answer } = props
  const { t } = useFaceWords()
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  const isEmpty = labels.length === 0 || series.every(({ values }) => values.every((value) => value === null || (value === 0 && kind === 'bars')))
  return (
    <figure className="chart card" aria-labelledby={id}>
      <ChartHead title={title} titleId={id} series={series}>
        <Button tone="quiet" onPress={() => setAsTable(!asTable)}>
          {t(asTable ? 'chart.drawn' : 'chart.table')}
        </Button>
      </ChartHead>
      <TroubleLine trouble={answer.trouble} />
      {answer.value === null ? answer.trouble === null ? <p className="list__waits" aria-busy="true" /> : null : isEmpty ? <p className="empty">{empty}</p> : asTable ? <ChartTable {...props} /> : <Drawn kind={kind} title={title} labels={labels} series={series} format={format} short={short} />}
    </figure>
  )
}

function ChartTable({ title, labels, series, format }: ChartProps) {
  return (
    <Scrolled className="list" label={title}>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{title}</span>
            </th>
            {series.map((one) => (
              <th key={one.id} scope="col" className="grid__figure">
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, place) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {series.map((one) => (
                <td key={one.id} className="grid__figure">
                  {textAt(one, place, format)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  )
}

function textAt({ values }: Series, place: number, format: ChartProps['format']): string {
  const value = values[place] ?? null
  return value === null ? '–' : format(value)
}

function Drawn({ kind, title, labels, series, format, short }: Omit<ChartProps, 'empty' | 'answer'>) {
  const { t } = useFaceWords()
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const [place, setPlace] = useState<number | null>(null)
  const all = series.flatMap(({ values }) => values.filter((value) => value !== null))
  const ticks = niceTicks(Math.max(...all), TICKS, all.every(Number.isInteger))
  const most = ticks.at(-1) ?? 1
  const left = 12 + Math.max(...ticks.map((tick) => short(tick).length)) * AXIS_CHAR_PX
  const inner = Math.max(10, width - left - 12)
  const band = inner / labels.length
  const x = (at: number): number => left + band * (at + 0.5)
  const y = (value: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most)
  const written = shownLabels(labels.length, inner, LABEL_PX)

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined && event.key !== 'Home' && event.key !== 'End') return
    event.preventDefault()
    const last = labels.length - 1
    if (step === undefined) setPlace(event.key === 'Home' ? 0 : last)
    else setPlace(Math.min(last, Math.max(0, (place ?? (step > 0 ? -1 : last + 1)) + step)))
  }
  const onPointerMove = (event: PointerEvent<SVGSVGElement>): void => {
    const at = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - left) / band)
    setPlace(at >= 0 && at < labels.length ? at : null)
  }
  const told = place === null ? '' : `${labels[place] ?? ''}: ${series.map((one) => `${one.name} ${textAt(one, place, format)}`).join(', ')}`
  return (
    <div className="chart__box" ref={box} dir="ltr">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the values of a drawing are walked through by key */}
      <svg
        className="chart__drawing"
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={`${title}. ${t('chart.keys')}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- and to be walked through it takes the focus
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPlace(null)}
        onBlur={() => setPlace(null)}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="chart__line" x1={left} x2={width - 12} y1={y(tick)} y2={y(tick)} />
            <text className="chart__tick" x={left - 8} y={y(tick) + 4} textAnchor="end">
              {short(tick)}
            </text>
          </g>
        ))}
        {labels.map((label, at) =>
          written.has(at) ? (
            <text key={label} className="chart__tick" x={x(at)} y={HEIGHT - 8} textAnchor="middle">
              {label}
            </text>
          ) : null)}
        {place === null ? null : <rect className="chart__here" x={x(place) - band / 2} y={TOP} width={band} height={HEIGHT - TOP - BOTTOM} />}
        {kind === 'bars'
          ? series.flatMap((one, number) => one.values.map((value, at) => {
              if (value === null) return null
              const thick = Math.max(1.5, Math.min(34, (band * 0.7) / series.length))
              const start = x(at) - (thick * series.length) / 2 + number * thick
              // oxlint-disable-next-line react/no-array-index-key -- a bar is its place
              return <rect key={`${one.id} ${at}`} className={`chart__bar chart__bar--${number}`} x={start} y={y(value)} width={thick * 0.92} height={Math.max(0, HEIGHT - BOTTOM - y(value))} rx={Math.min(3, thick / 4)} />
            }))
          : series.map((one, number) => (
              <g key={one.id}>
                {spansOf(one.values).map((span) => (
                  <polyline key={span[0]} className={`chart__path chart__path--${number}`} points={span.map((at) => `${x(at)},${y(one.values[at] ?? 0)}`).join(' ')} />
                ))}
                {one.values.map((value, at) => value === null || (at !== place && !isAlone(one.values, at)) ? null : (
                  // oxlint-disable-next-line react/no-array-index-key -- a dot is its place
                  <circle key={at} className={`chart__dot chart__dot--${number}`} cx={x(at)} cy={y(value)} r={at === place ? 5 : 3} />
                ))}
              </g>
            ))}
      </svg>
      {place === null ? null : (
        <div className={x(place) > width / 2 ? 'chart__tip chart__tip--before' : 'chart__tip'} style={{ insetInlineStart: `${x(place)}px` }} aria-hidden>
          <strong>{labels[place]}</strong>
          {series.map((one, number) => (
            <span key={one.id} className={`chart__name chart__name--${number}`}>
              {one.name}: {textAt(one, place, format)}
            </span>
          ))}
        </div>
      )}
      <p className="visually-hidden" role="status">
        {told}
      </p>
    </div>
  )
}

function useWidth(box: { readonly current: HTMLDivElement | null }): number {
  const [width, setWidth] = useState(640)
  useEffect(() => {
    const { current } = box
    if (current === null) return
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(240, Math.floor(entry?.contentRect.width ?? 640))))
    watch.observe(current)
    return () => watch.disconnect()
  }, [box])
  return width
}
