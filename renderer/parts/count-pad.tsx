import { Minus, Plus } from 'lucide-react'
import { Button as AriaButton, Group, Input, NumberField } from 'react-aria-components'
import { denominationsOf, sumOfCounts } from '../../contract/denominations.ts'
import { useWords } from '../words/words-context.tsx'

/** Pieces by their value in minor units, as the core takes them. */
export type PieceCounts = Readonly<Record<string, number>>

interface CountPadProps {
  readonly currency: string
  readonly counts: PieceCounts
  readonly onCounts: (counts: PieceCounts) => void
}

/** Counts a drawer by notes and coins: a number beside each, what they come to under them. Tab walks, arrows count. */
export function CountPad({ currency, counts, onCounts }: CountPadProps) {
  const words = useWords()
  const set = (piece: number, count: number) => {
    const { [piece]: _before, ...others } = counts
    onCounts(count > 0 ? { ...others, [piece]: count } : others)
  }
  return (
    <div className="count">
      <ul className="count__pieces">
        {denominationsOf(currency).map((piece, place) => (
          <li key={piece}>
            <NumberField
              className="count__piece"
              aria-label={words.say('shift.pieces-of', { piece: words.money(piece, currency) })}
              value={counts[piece] ?? 0}
              minValue={0}
              maxValue={99_999}
              formatOptions={{ useGrouping: false }}
              onChange={(count) => set(piece, Number.isNaN(count) ? 0 : count)}
            >
              <span className="count__value" aria-hidden>
                {words.money(piece, currency)}
              </span>
              <Group className="count__group">
                <AriaButton slot="decrement" className="count__step">
                  <Minus size={18} aria-hidden />
                </AriaButton>
                <Input className="count__input" autoFocus={place === 0} onFocus={(event) => event.currentTarget.select()} />
                <AriaButton slot="increment" className="count__step">
                  <Plus size={18} aria-hidden />
                </AriaButton>
              </Group>
            </NumberField>
          </li>
        ))}
      </ul>
      <p className="totals__total" role="status">
        <span className="totals__label">{words.say('shift.counted-sum')}</span>
        <output className="amount amount--total">{words.money(sumOfCounts(counts), currency)}</output>
      </p>
    </div>
  )
}
