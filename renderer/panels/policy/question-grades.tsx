import { cents } from '../../../contract/money.ts'
import type { CategoryQuestions } from '../../../contract/return-rules.ts'
import { Condition } from '../../../contract/unit.ts'
import { useWords } from '../../words/words-context.tsx'
import { Checks, MoneyField, Pick, WholeNumber } from './policy-fields.tsx'

interface QuestionGradesProps {
  readonly asked: CategoryQuestions
  readonly currency: string
  readonly onAsked: (asked: CategoryQuestions) => void
}

const PHOTOS_MAX = 8

/** What a bad answer does: the grade it makes, whether it ends in a colleague's hands, and what a missing thing costs. */
export function QuestionGrades({ asked, currency, onAsked }: QuestionGradesProps) {
  const { say, sayCode } = useWords()
  const { questions, accessories } = asked
  const grades = [{ id: 'none', words: say('policy.grade-none') }, ...Condition.options.map((id) => ({ id, words: say(`condition.${id}`) }))]
  const put = (id: string, change: Partial<(typeof questions)[number]>) => onAsked({ ...asked, questions: questions.map((one) => (one.id === id ? { ...one, ...change } : one)) })
  return (
    <>
      {questions.length === 0 ? null : <p className="muted">{say('policy.grades-text')}</p>}
      {questions.map(({ id, ifNo, stops }) => (
        <fieldset key={id} className="policy__entry">
          <legend>{sayCode(`question-of.${id}`, {}, id)}</legend>
          <Pick
            label={say('policy.grade-if-no')}
            value={ifNo ?? 'none'}
            all={grades as { id: Condition | 'none'; words: string }[]}
            onPick={(grade) => put(id, { ifNo: grade === 'none' ? null : grade })}
          />
          <Checks
            label={say('policy.grade-and')}
            all={[{ id: 'stops', words: say('policy.grade-stops') }]}
            chosen={stops ? ['stops'] : []}
            onChosen={(chosen) => put(id, { stops: chosen.length > 0 })}
          />
        </fieldset>
      ))}
      {accessories.map(({ id, deduct_cents }) => (
        <MoneyField
          key={`${asked.category} ${id}`}
          label={say('policy.deduct', { item: sayCode(`accessory.${id}`, {}, id) })}
          cents={deduct_cents}
          currency={currency}
          onCents={(amount) => onAsked({ ...asked, accessories: accessories.map((one) => (one.id === id ? { ...one, deduct_cents: cents(amount) } : one)) })}
        />
      ))}
      <WholeNumber
        key={`${asked.category} photos`}
        label={say('policy.photos-damaged')}
        value={asked.photos.damaged ?? 0}
        most={PHOTOS_MAX}
        onValue={(count) => onAsked({ ...asked, photos: { ...asked.photos, damaged: count } })}
      />
    </>
  )
}
