import { useDesk } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { useWords } from '../words/words-context.tsx'

/** The hours a shop may be open; earlier and later sales widen the chart. */
const OPEN_FROM = 8
const OPEN_UNTIL = 20
const HEIGHT = 40

/** The day in a few numbers, and two pictures: sales by the hour, and how long a sale took on each of the last days. */
export function FiguresCard() {
  const words = useWords()
  const { revision, store } = useDesk()
  const figures = useAnswer((core) => core.figures.counter({ day: null }), revision)
  if (figures === null) return null
  const { today, days } = figures
  const seconds = (value: number | null) => (value === null ? '–' : words.say('figures.seconds', { seconds: words.number(value) }))
  const scans = today.scanned + today.typed
  return (
    <section className="card figures">
      <h2 className="card__title">{words.say('figures.title')}</h2>
      <div className="figures__row">
        <Figure number={words.number(today.sales)} name={words.say('figures.sales')} />
        <Figure number={words.number(today.pieces)} name={words.say('figures.pieces')} />
        <Figure number={seconds(today.saleMedian_s)} name={words.say('figures.a-sale')} />
      </div>
      {today.sales === 0 ? <p className="muted">{words.say('figures.none-yet')}</p> : <Hours byHour={today.byHour} label={words.say('figures.by-hour')} />}
      {days.filter((day) => day.saleMedian_s !== null).length < 2 ? null : (
        <Speed days={days} label={words.say('figures.speed', { count: days.length })} />
      )}
      {scans + today.sales + today.returns === 0 ? null : <p className="muted figures__more">
        {words.say('figures.taken', { amount: words.money(today.gross_cents, store.currency) })}
        {scans === 0 ? null : ` · ${words.say('figures.typed', { percent: words.number(Math.round((100 * today.typed) / scans)) })}`}
        {today.overrides === 0 ? null : ` · ${words.say('figures.overrides', { count: today.overrides })}`}
        {today.returns === 0 ? null : ` · ${words.say('figures.returns', { count: today.returns })}`}
      </p>}
    </section>
  )
}

function Figure({ number, name }: { number: string; name: string }) {
  return (
    <p className="figures__one">
      <span className="figures__number">{number}</span>
      <span className="muted">{name}</span>
    </p>
  )
}

/** One bar an hour; the tallest is the busiest hour of the day, whatever its number. */
function Hours({ byHour, label }: { byHour: readonly number[]; label: string }) {
  const words = useWords()
  const busy = byHour.flatMap((sales, hour) => (sales > 0 ? [hour] : []))
  const from = Math.min(OPEN_FROM, ...busy)
  const until = Math.max(OPEN_UNTIL, ...busy.map((hour) => hour + 1))
  const most = Math.max(1, ...byHour)
  const hours = Array.from({ length: until - from }, (_, place) => from + place)
  const latest = busy.at(-1)
  return (
    <figure>
      <svg className="figures__chart" viewBox={`0 0 ${hours.length * 10} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <path className="figures__axis" d={`M0 ${HEIGHT}H${hours.length * 10}`} />
        {hours.map((hour, place) => {
          const tall = ((byHour[hour] ?? 0) / most) * (HEIGHT - 4)
          return (
            <rect
              key={hour}
              className={`figures__bar${hour === latest ? ' figures__bar--now' : ''}`}
              x={place * 10 + 1.5}
              y={HEIGHT - tall}
              width={7}
              height={tall}
              rx={1}
            />
          )
        })}
      </svg>
      <figcaption className="figures__scale">
        <span>{words.say('figures.hour', { hour: from })}</span>
        <span>{label}</span>
        <span>{words.say('figures.hour', { hour: until })}</span>
      </figcaption>
    </figure>
  )
}

/** A line through the days on which something was sold. */
function Speed({ days, label }: { days: readonly { readonly saleMedian_s: number | null }[]; label: string }) {
  const known = days.flatMap(({ saleMedian_s }, place) => (saleMedian_s === null ? [] : [{ place, saleMedian_s }]))
  const most = Math.max(1, ...known.map((day) => day.saleMedian_s))
  const path = known.map(({ place, saleMedian_s }) => `${place * 10} ${HEIGHT - 3 - (saleMedian_s / most) * (HEIGHT - 6)}`).join('L')
  return (
    <figure>
      <svg className="figures__chart" viewBox={`0 0 ${(days.length - 1) * 10} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <path className="figures__axis" d={`M0 ${HEIGHT}H${(days.length - 1) * 10}`} />
        <path className="figures__line" d={`M${path}`} />
      </svg>
      <figcaption className="figures__scale">{label}</figcaption>
    </figure>
  )
}
