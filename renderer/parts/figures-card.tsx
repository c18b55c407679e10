import { ChartColumn } from 'lucide-react'
import { useDesk } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import type { OpenPanel } from '../screens/panel-name.ts'
import { useWords } from '../words/words-context.tsx'
import { Button } from './button.tsx'
import { figureWords } from './figure-words.ts'
import { Bars, Line } from './small-charts.tsx'

/** The hours a shop may be open; earlier and later sales widen the chart. */
const OPEN_FROM = 8
const OPEN_UNTIL = 20

/** The day in a few numbers, and two pictures: sales by the hour, and how long a sale took on each of the last days. */
export function FiguresCard({ openPanel }: { openPanel: OpenPanel }) {
  const words = useWords()
  const { revision, store } = useDesk()
  const figures = useAnswer((core) => core.figures.counter({ day: null }), revision)
  if (figures === null) return null
  const { chosen, days } = figures
  const { seconds, typedShare } = figureWords(words)
  const more = [
    words.say('figures.taken', { amount: words.money(chosen.gross_cents, store.currency) }),
    words.say('figures.pieces-sold', { count: chosen.pieces }),
    ...(chosen.serialsScanned + chosen.serialsTyped === 0 ? [] : [words.say('figures.typed', { share: typedShare(chosen) })]),
    ...(chosen.stepUps === 0 ? [] : [words.say('figures.overrides', { count: chosen.stepUps })]),
    ...(chosen.priceChanges === 0 ? [] : [words.say('figures.prices', { count: chosen.priceChanges })]),
    ...(chosen.returns === 0 ? [] : [words.say('figures.returns', { count: chosen.returns })]),
  ]
  return (
    <section className="card figures">
      <div className="figures__head">
        <h2 className="card__title">{words.say('figures.title')}</h2>
        <Button tone="quiet" icon={ChartColumn} onPress={() => openPanel({ name: 'figures' })}>
          {words.say('figures.all')}
        </Button>
      </div>
      <div className="figures__row">
        <Figure number={words.number(chosen.sales)} name={words.say('figures.count-sales', { count: chosen.sales })} />
        <Figure number={seconds(chosen.saleMedian_s)} name={words.say('figures.a-sale')} />
        <Figure number={seconds(chosen.returnMedian_s)} name={words.say('figures.a-return')} />
      </div>
      {chosen.sales === 0 ? <p className="muted">{words.say('figures.none-yet')}</p> : <Hours byHour={chosen.byHour} />}
      {days.filter((day) => day.saleMedian_s !== null).length < 2 ? null : (
        <Line values={days.map((day) => day.saleMedian_s)} label={words.say('figures.speed', { count: days.length })} />
      )}
      {chosen.sales + chosen.returns + chosen.serialsScanned + chosen.serialsTyped === 0 ? null : (
        <p className="muted figures__more">{more.join(' · ')}</p>
      )}
    </section>
  )
}

export function Figure({ number, name }: { number: string; name: string }) {
  return (
    <p className="figures__one">
      <span className="figures__number">{number}</span>
      <span className="muted">{name}</span>
    </p>
  )
}

/** One bar an hour of the day, the latest standing out. */
export function Hours({ byHour }: { byHour: readonly number[] }) {
  const words = useWords()
  const busy = byHour.flatMap((sales, hour) => (sales > 0 ? [hour] : []))
  const from = Math.min(OPEN_FROM, ...busy)
  const until = Math.max(OPEN_UNTIL, ...busy.map((hour) => hour + 1))
  const label = words.say('figures.by-hour')
  const latest = busy.at(-1)
  return (
    <Bars
      values={byHour.slice(from, until)}
      label={label}
      {...(latest === undefined ? {} : { current: latest - from })}
      scale={
        <>
          <span>{words.say('figures.hour', { hour: from })}</span>
          <span>{label}</span>
          <span>{words.say('figures.hour', { hour: until })}</span>
        </>
      }
    />
  )
}
