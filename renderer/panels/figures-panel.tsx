import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { DAY_MS } from '../../contract/durations.ts'
import type { CounterFigures, DayFigures } from '../../contract/figures.ts'
import { useDesk } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { figureWords, typedPercent } from '../parts/figure-words.ts'
import { Figure, Hours } from '../parts/figures-card.tsx'
import { Bars, Line } from '../parts/small-charts.tsx'
import { useWords } from '../words/words-context.tsx'

const dayBeside = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/** A day of this till in figures, and the two weeks that end with it: how quick, how often typed, how often overridden. */
export function FiguresPanel({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const { revision, till } = useDesk()
  const [asked, setAsked] = useState<string | null>(null)
  const figures = useAnswer((core) => core.figures.counter({ day: asked }), `${revision} ${asked ?? ''}`)
  return (
    <Dialog title={words.say('figures.of-till', { till: till.name })} width="wide" onClose={onClose}>
      {figures === null ? null : (
        <div className="figures-sheet">
          <div className="figures__day">
            <Button icon={ArrowLeft} iconOnly label={words.say('figures.day-before')} onPress={() => setAsked(dayBeside(figures.chosen.day, -1))}>
              {words.say('figures.day-before')}
            </Button>
            <h3 className="card__title" aria-live="polite">{words.date(figures.chosen.day)}</h3>
            <Button
              icon={ArrowRight}
              iconOnly
              label={words.say('figures.day-after')}
              isDisabled={figures.chosen.day >= figures.today}
              onPress={() => setAsked(dayBeside(figures.chosen.day, 1))}
            >
              {words.say('figures.day-after')}
            </Button>
          </div>
          <ChosenDay chosen={figures.chosen} />
          <Charts {...figures} />
          <DaysTable days={figures.days} />
        </div>
      )}
    </Dialog>
  )
}

function ChosenDay({ chosen }: { chosen: CounterFigures['chosen'] }) {
  const words = useWords()
  const { store } = useDesk()
  const { seconds, typedShare } = figureWords(words)
  return (
    <div className="figures__row figures__row--wide">
      <Figure number={words.number(chosen.sales)} name={words.say('figures.count-sales', { count: chosen.sales })} />
      <Figure number={words.money(chosen.gross_cents, store.currency)} name={words.say('figures.sold')} />
      <Figure number={words.number(chosen.returns)} name={words.say('figures.count-returned', { count: chosen.returns })} />
      <Figure number={seconds(chosen.saleMedian_s)} name={words.say('figures.a-sale')} />
      <Figure number={seconds(chosen.returnMedian_s)} name={words.say('figures.a-return')} />
      <Figure number={typedShare(chosen)} name={words.say('figures.typed-serials')} />
      <Figure number={words.number(chosen.stepUps)} name={words.say('figures.count-step-ups', { count: chosen.stepUps })} />
      <Figure number={words.number(chosen.priceChanges)} name={words.say('figures.count-price-changes', { count: chosen.priceChanges })} />
    </div>
  )
}

function Charts({ chosen, days }: CounterFigures) {
  const { say } = useWords()
  const count = days.length
  const current = count - 1
  return (
    <div className="figures__charts">
      <Hours byHour={chosen.byHour} />
      <Bars values={days.map((day) => day.sales)} current={current} label={say('figures.sale-days', { count })} />
      <Line values={days.map((day) => day.saleMedian_s)} label={say('figures.speed', { count })} />
      <Line values={days.map((day) => day.returnMedian_s)} label={say('figures.return-speed', { count })} />
      <Line values={days.map(typedPercent)} label={say('figures.typed-days', { count })} />
      <Bars values={days.map((day) => day.stepUps + day.priceChanges)} current={current} label={say('figures.override-days', { count })} />
    </div>
  )
}

/** The same as numbers, for whoever reads them or has them read; the newest day first. */
function DaysTable({ days }: { days: readonly DayFigures[] }) {
  const words = useWords()
  const { seconds, typedShare } = figureWords(words)
  const columns = ['figures.sales', 'figures.a-sale', 'figures.returned', 'figures.a-return', 'figures.typed-serials', 'figures.step-ups', 'figures.price-changes'] as const
  return (
    <div className="figures__days">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.say('figures.day')}</th>
            {columns.map((column) => <th key={column} scope="col">{words.say(column)}</th>)}
          </tr>
        </thead>
        <tbody>
          {days.toReversed().filter((day) => day.sales + day.returns + day.serialsScanned + day.serialsTyped + day.stepUps > 0).map((day) => (
            <tr key={day.day}>
              <th scope="row">{words.date(day.day)}</th>
              <td>{words.number(day.sales)}</td>
              <td>{seconds(day.saleMedian_s)}</td>
              <td>{words.number(day.returns)}</td>
              <td>{seconds(day.returnMedian_s)}</td>
              <td>{typedShare(day)}</td>
              <td>{words.number(day.stepUps)}</td>
              <td>{words.number(day.priceChanges)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
