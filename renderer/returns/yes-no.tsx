import { CheckCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { useWords } from '../words/words-context.tsx'
import { named } from './named.ts'

type Asked = Parameters<typeof named>[2]

interface LookedAtProps {
  readonly asked: {
    readonly questions: readonly (Asked & { readonly answer: boolean | null })[]
    readonly accessories: readonly (Asked & { readonly here: boolean | null })[]
  }
  readonly act: (
    said: { do: 'answer'; question: string; good: boolean } | { do: 'count-accessory'; accessory: string; here: boolean } | { do: 'all-in-order' },
  ) => void
}

/** What is asked of a piece and what belongs to it, two words each. */
function LookedAtList({ asked: { questions, accessories }, act }: LookedAtProps) {
  const words = useWords()
  return (
    <div className="look-over__list">
      {questions.map((question) => (
        <YesNo
          key={question.id}
          label={named(words, 'question-of', question)}
          chosen={question.answer}
          yes={words.say('return.yes')}
          no={words.say('return.no')}
          onChoose={(good) => act({ do: 'answer', question: question.id, good })}
        />
      ))}
      {accessories.map((accessory) => (
        <YesNo
          key={accessory.id}
          label={named(words, 'accessory', accessory)}
          chosen={accessory.here}
          yes={words.say('return.here')}
          no={words.say('return.absent')}
          onChoose={(here) => act({ do: 'count-accessory', accessory: accessory.id, here })}
        />
      ))}
    </div>
  )
}

/** All of it under its heading, with one key for a piece that has nothing wrong; `children` are what else is looked at. */
export function LookedAtCard({ asked, act, children }: LookedAtProps & { readonly children?: ReactNode }) {
  const { say } = useWords()
  return (
    <section className="card stack look-over" aria-label={say('return.questions')}>
      {asked.questions.length + asked.accessories.length === 0 ? null : (
        <header className="row row--wrap look-over__head">
          <h2 className="card__title">{say('return.questions')}</h2>
          <Button icon={CheckCheck} hotkey={KEYS.allInOrder} onPress={() => act({ do: 'all-in-order' })}>
            {say('return.all-in-order')}
          </Button>
        </header>
      )}
      <LookedAtList asked={asked} act={act} />
      {children}
    </section>
  )
}

interface YesNoProps {
  readonly label: string
  readonly chosen: boolean | null
  readonly yes: string
  readonly no: string
  readonly onChoose: (good: boolean) => void
}

export function YesNo({ label, chosen, yes, no, onChoose }: YesNoProps) {
  return (
    <div className="yes-no">
      <ChoiceGroup
        label={label}
        chosen={chosen === null ? null : chosen ? 'yes' : 'no'}
        choices={[{ id: 'yes', words: yes }, { id: 'no', words: no }]}
        onChoose={(id) => onChoose(id === 'yes')}
      />
    </div>
  )
}
