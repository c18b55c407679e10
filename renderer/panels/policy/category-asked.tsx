import { cents } from '../../../contract/money.ts'
import type { CategoryQuestions, ConditionQuestion } from '../../../contract/return-rules.ts'
import { Condition } from '../../../contract/unit.ts'
import { ACCESSORY_CODES, CONDITION_QUESTION_CODES } from '../../../contract/words/codes.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'
import { named } from '../../returns/named.ts'
import { AddOwn, OwnWordsFields } from './own-words-fields.tsx'
import { Checks, Pick } from './policy-fields.tsx'
import { MoneyField, WholeNumber } from './typed-fields.tsx'

const PHOTOS_MAX = 8
const ASKED_MAX = 12
const PARTS_MAX = 8

interface AskedProps {
  readonly asked: CategoryQuestions
  readonly currency: string
  readonly onAsked: (asked: CategoryQuestions) => void
}

/** Everything that is looked at on things of one category: questions, what belongs to them, numbers of parts, photographs. */
export function CategoryAsked({ asked, currency, onAsked }: AskedProps) {
  const { say, sayCode } = useWords()
  const partCodes = [...ACCESSORY_CODES, ...asked.parts.filter((part) => !isOf(ACCESSORY_CODES, part))]
  return (
    <>
      <Questions asked={asked} onAsked={onAsked} />
      <Accessories asked={asked} currency={currency} onAsked={onAsked} />
      <h4>{say('policy.parts')}</h4>
      <p className="muted">{say('policy.parts-text')}</p>
      <Checks
        rule="returns.rules.categories[].parts" label={say('policy.parts-asked')} all={partCodes.map((id) => ({ id, words: sayCode(`accessory.${id}`, {}, id) }))}
        chosen={asked.parts} onChosen={(parts) => onAsked({ ...asked, parts })}
      />
      {asked.parts.length >= PARTS_MAX ? null : (
        <AddOwn rule="returns.rules.categories[].parts" label={say('policy.own-part')} taken={asked.parts} onAdd={({ text }) => onAsked({ ...asked, parts: [...asked.parts, text] })} />
      )}
      <h4>{say('policy.photos')}</h4>
      <p className="muted">{say('policy.photos-text')}</p>
      <div className="policy__row policy__row--many">
        {Condition.options.map((condition) => (
          <WholeNumber
            key={condition} rule="returns.rules.categories[].photos.*" label={say(`condition.${condition}`)} value={asked.photos[condition] ?? 0} most={PHOTOS_MAX}
            onValue={(count) => onAsked({ ...asked, photos: { ...asked.photos, [condition]: count } })}
          />
        ))}
      </div>
    </>
  )
}

const isOf = (codes: readonly string[], code: string): boolean => codes.includes(code)

/** Which questions, in whose words, and what a bad answer does. */
function Questions({ asked, onAsked }: Omit<AskedProps, 'currency'>) {
  const words = useWords()
  const { say, sayCode } = words
  const { questions } = asked
  const own = questions.filter(({ id }) => !isOf(CONDITION_QUESTION_CODES, id))
  const set = (next: ConditionQuestion[]) => onAsked({ ...asked, questions: next })
  const put = (id: string, change: Partial<ConditionQuestion>) => set(questions.map((one) => (one.id === id ? { ...one, ...change } : one)))
  const grades = [{ id: 'none' as const, words: say('policy.grade-none') }, ...Condition.options.map((id) => ({ id, words: say(`condition.${id}`) }))]
  return (
    <>
      <Checks
        rule="returns.rules.categories[].questions[].id" label={say('policy.questions')} all={CONDITION_QUESTION_CODES.map((id) => ({ id, words: sayCode(`question-of.${id}`) }))}
        chosen={questions.map(({ id }) => id).filter((id) => isOf(CONDITION_QUESTION_CODES, id)) as typeof CONDITION_QUESTION_CODES[number][]}
        onChosen={(ids) => set([...ids.map((id) => questions.find((entry) => entry.id === id) ?? { id, ifNo: 'damaged' as const, stops: id === 'signed-out' }), ...own])}
      />
      {questions.length >= ASKED_MAX ? null : (
        <AddOwn
          rule="returns.rules.categories[].questions[].id" label={say('policy.question-own')} taken={questions.map(({ id }) => id)}
          onAdd={({ id, text }) => set([...questions, { id, words: { [words.language]: text }, ifNo: 'damaged', stops: false }])}
        />
      )}
      {questions.length === 0 ? null : <p className="muted">{say('policy.grades-text')}</p>}
      {questions.map((question) => (
        <fieldset key={question.id} className="policy__entry">
          <legend>{named(words, 'question-of', question)}</legend>
          <Pick
            rule="returns.rules.categories[].questions[].ifNo" label={say('policy.grade-if-no')} value={question.ifNo ?? 'none'} all={grades}
            onPick={(grade) => put(question.id, { ifNo: grade === 'none' ? null : grade })}
          />
          <Checks
            rule="returns.rules.categories[].questions[].stops" label={say('policy.grade-and')} all={[{ id: 'stops', words: say('policy.grade-stops') }]}
            chosen={question.stops ? ['stops'] : []} onChosen={(chosen) => put(question.id, { stops: chosen.length > 0 })}
          />
          <OwnWordsFields rule="returns.rules.categories[].questions[].words.*" own={question.words} onOwn={(next) => set(questions.map((one) => (one.id === question.id ? withWords(one, next) : one)))} />
          {isOf(CONDITION_QUESTION_CODES, question.id) ? null : <Button tone="quiet" onPress={() => set(questions.filter(({ id }) => id !== question.id))}>{say('policy.remove')}</Button>}
        </fieldset>
      ))}
    </>
  )
}

/** What belongs to a piece, in whose words, and what is taken off when it is missing. */
function Accessories({ asked, currency, onAsked }: AskedProps) {
  const words = useWords()
  const { say, sayCode } = words
  const { accessories } = asked
  const own = accessories.filter(({ id }) => !isOf(ACCESSORY_CODES, id))
  const set = (next: CategoryQuestions['accessories']) => onAsked({ ...asked, accessories: next })
  return (
    <>
      <Checks
        rule="returns.rules.categories[].accessories[].id" label={say('policy.accessories')} all={ACCESSORY_CODES.map((id) => ({ id, words: sayCode(`accessory.${id}`) }))}
        chosen={accessories.map(({ id }) => id).filter((id) => isOf(ACCESSORY_CODES, id)) as typeof ACCESSORY_CODES[number][]}
        onChosen={(ids) => set([...ids.map((id) => accessories.find((entry) => entry.id === id) ?? { id, deduct_cents: cents(0) }), ...own])}
      />
      {accessories.length >= ASKED_MAX ? null : (
        <AddOwn
          rule="returns.rules.categories[].accessories[].id" label={say('policy.accessory-own')} taken={accessories.map(({ id }) => id)}
          onAdd={({ id, text }) => set([...accessories, { id, words: { [words.language]: text }, deduct_cents: cents(0) }])}
        />
      )}
      {accessories.map((accessory) => (
        <fieldset key={accessory.id} className="policy__entry">
          <legend>{named(words, 'accessory', accessory)}</legend>
          <MoneyField
            rule="returns.rules.categories[].accessories[].deduct_cents" label={say('policy.deduct', { item: named(words, 'accessory', accessory) })} cents={accessory.deduct_cents}
            currency={currency} onCents={(deduct_cents) => set(accessories.map((one) => (one.id === accessory.id ? { ...one, deduct_cents } : one)))}
          />
          <OwnWordsFields rule="returns.rules.categories[].accessories[].words.*" own={accessory.words} onOwn={(next) => set(accessories.map((one) => (one.id === accessory.id ? withWords(one, next) : one)))} />
          {isOf(ACCESSORY_CODES, accessory.id) ? null : <Button tone="quiet" onPress={() => set(accessories.filter(({ id }) => id !== accessory.id))}>{say('policy.remove')}</Button>}
        </fieldset>
      ))}
    </>
  )
}

/** Without any words the key goes too: it is then the program's own question again. */
function withWords<Entry extends { readonly words?: ConditionQuestion['words'] }>(entry: Entry, own: ConditionQuestion['words']): Entry {
  const { words: _before, ...rest } = entry
  return (own === undefined || Object.keys(own).length === 0 ? rest : { ...rest, words: own }) as Entry
}
