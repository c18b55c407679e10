import { Plus } from 'lucide-react'
import { useState } from 'react'
import { returnRules } from '../../../contract/cautious-return-rules.ts'
import type { CategoryQuestions } from '../../../contract/return-rules.ts'
import { Condition } from '../../../contract/unit.ts'
import { RETURN_REASON_CODES } from '../../../contract/words/codes.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { CategoryAsked } from './category-asked.tsx'
import { categoryWords } from './category-words.ts'
import type { PartProps } from './part-props.ts'
import { Checks, Choice } from './policy-fields.tsx'

/** What is asked when something comes back, and which answers need nobody. */
export function QuestionsPart({ draft, desk, onDraft }: PartProps) {
  const words = useWords()
  const { say } = words
  const { returns } = draft
  const rules = returnRules(draft)
  const [category, setCategory] = useState(rules.categories[0]?.category ?? '*')
  const set = (categories: CategoryQuestions[]) => onDraft({ ...draft, returns: { ...returns, rules: { ...rules, categories } } })
  const now = rules.categories.find((entry) => entry.category === category)
  const free = ['*', ...desk.categories].filter((one) => !rules.categories.some((entry) => entry.category === one))
  const known: readonly string[] = RETURN_REASON_CODES
  const ownReasons = returns.reasons.filter((reason) => !known.includes(reason))
  return (
    <section className="policy__part">
      <Checks
        rule="returns.reasons" label={say('policy.reasons')} all={[...known, ...ownReasons].map((id) => ({ id, words: words.sayCode(`return-reason.${id}`, {}, id) }))}
        chosen={returns.reasons} onChosen={(reasons) => onDraft({ ...draft, returns: { ...returns, reasons } })}
      />
      <Checks
        rule="returns.acceptedConditions" label={say('policy.conditions')} all={Condition.options.map((id) => ({ id, words: say(`condition.${id}`) }))}
        chosen={returns.acceptedConditions} onChosen={(acceptedConditions) => onDraft({ ...draft, returns: { ...returns, acceptedConditions } })}
      />
      <Choice
        rule="returns.rules.categories[].category" label={say('policy.questions-of')} chosen={category}
        choices={rules.categories.map((entry) => ({ id: entry.category, words: categoryWords(words, entry.category) }))} onChoose={setCategory}
      />
      {now === undefined ? null : (
        <CategoryAsked key={category} asked={now} currency={desk.currency} onAsked={(next) => set(rules.categories.map((entry) => (entry === now ? next : entry)))} />
      )}
      <div className="row row--wrap" data-rule="returns.rules.categories[].category">
        {free.map((one) => (
          <Button
            key={one} tone="quiet" icon={Plus}
            onPress={() => {
              set([...rules.categories, { category: one, questions: [], accessories: [], parts: [], photos: {} }])
              setCategory(one)
            }}
          >
            {say('policy.questions-add', { category: categoryWords(words, one) })}
          </Button>
        ))}
        {now === undefined ? null : (
          <Button
            tone="quiet"
            onPress={() => {
              set(rules.categories.filter((entry) => entry !== now))
              setCategory(rules.categories.find((entry) => entry !== now)?.category ?? '*')
            }}
          >
            {say('policy.questions-remove', { category: categoryWords(words, category) })}
          </Button>
        )}
      </div>
    </section>
  )
}
