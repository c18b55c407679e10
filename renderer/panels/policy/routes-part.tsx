import { Plus } from 'lucide-react'
import { returnRules } from '../../../contract/cautious-return-rules.ts'
import type { ReturnRules } from '../../../contract/return-rules.ts'
import { Condition } from '../../../contract/unit.ts'
import { NextPlace } from '../../../contract/verdict.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { categoryWords } from './category-words.ts'
import type { PartProps } from './part-props.ts'
import { Checks, Pick } from './policy-fields.tsx'
import { MaybeNumber, MoneyField } from './typed-fields.tsx'

/** Where what comes back goes, and what is paid for what a customer gives in exchange. */
export function RoutesPart({ draft, desk, onDraft }: PartProps) {
  const { say } = useWords()
  const rules = returnRules(draft)
  const set = (change: Partial<ReturnRules>) => onDraft({ ...draft, returns: { ...draft.returns, rules: { ...rules, ...change } } })
  const places = NextPlace.options.map((id) => ({ id, words: say(`place.${id}`) }))
  return (
    <section className="policy__part">
      <p className="muted">{say('policy.routes-text')}</p>
      {Condition.options.map((condition) => (
        <Pick
          key={condition} rule="returns.rules.routes.*" label={say('policy.route-of', { condition: say(`condition.${condition}`) })} value={rules.routes[condition] ?? 'none'}
          all={[{ id: 'none', words: say('policy.route-none') }, ...places]}
          onPick={(place) => {
            const { [condition]: _before, ...others } = rules.routes
            set({ routes: place === 'none' ? others : { ...others, [condition]: place } })
          }}
        />
      ))}
      <Checks rule="returns.rules.routeChoices" label={say('policy.route-choices')} all={places} chosen={rules.routeChoices} onChosen={(routeChoices) => set({ routeChoices })} />
      <TradeIns rules={rules} desk={desk} onRules={(tradeIn) => set({ tradeIn })} />
    </section>
  )
}

interface TradeInsProps {
  readonly rules: ReturnRules
  readonly desk: PartProps['desk']
  readonly onRules: (tradeIn: ReturnRules['tradeIn']) => void
}

/** What a used piece is worth here, by kind of goods and grade, in percent of a new one's price. */
function TradeIns({ rules: { tradeIn }, desk, onRules }: TradeInsProps) {
  const words = useWords()
  const { say } = words
  const { prices } = tradeIn
  const free = desk.categories.filter((category) => !prices.some((entry) => entry.category === category))
  return (
    <>
      <h4>{say('policy.trade-in')}</h4>
      <p className="muted">{say('policy.trade-in-text')}</p>
      <MoneyField rule="returns.rules.tradeIn.approvalFrom_cents" label={say('policy.trade-in-approval')} cents={tradeIn.approvalFrom_cents} currency={desk.currency} onCents={(approvalFrom_cents) => onRules({ ...tradeIn, approvalFrom_cents })} />
      {prices.map((entry) => (
        <fieldset key={entry.category} className="policy__entry">
          <legend>{categoryWords(words, entry.category)}</legend>
          <div className="policy__row policy__row--many">
            {Condition.options.map((condition) => (
              <MaybeNumber
                key={condition} rule="returns.rules.tradeIn.prices[].grades.*" label={say('policy.trade-in-percent', { condition: say(`condition.${condition}`) })}
                value={entry.grades[condition] ?? null} most={100} whenEmpty={say('policy.trade-in-none')}
                onValue={(percent) => {
                  const { [condition]: _before, ...others } = entry.grades
                  const grades = percent === null ? others : { ...others, [condition]: percent }
                  onRules({ ...tradeIn, prices: prices.map((one) => (one.category === entry.category ? { ...one, grades } : one)) })
                }}
              />
            ))}
          </div>
          <Button tone="quiet" onPress={() => onRules({ ...tradeIn, prices: prices.filter(({ category }) => category !== entry.category) })}>{say('policy.remove')}</Button>
        </fieldset>
      ))}
      <div className="row row--wrap" data-rule="returns.rules.tradeIn.prices[].category">
        {free.map((category) => (
          <Button key={category} tone="quiet" icon={Plus} onPress={() => onRules({ ...tradeIn, prices: [...prices, { category, grades: {} }] })}>
            {say('policy.trade-in-add', { category: categoryWords(words, category) })}
          </Button>
        ))}
      </div>
    </>
  )
}
