import { Check, X } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { PublicUnit } from './public-unit.tsx'

type Kiosk = Extract<KioskView, { at: 'questions' }>

/** One question, its answers under it: a touch answers and goes on. */
export function QuestionsStep({ kiosk, act }: { kiosk: Kiosk; act: KioskAct }) {
  return (
    <section className="kiosk-step kiosk-step--wide">
      <PublicUnit unit={kiosk.unit} />
      <Question question={kiosk.question} act={act} />
    </section>
  )
}

function Question({ question, act }: { question: Kiosk['question']; act: KioskAct }) {
  const { say, sayCode } = useWords()
  switch (question.kind) {
    case 'reason':
      return (
        <Asked title={say('kiosk.reason')}>
          {question.choices.map((id) => (
            <Answer key={id} words={sayCode(`return-reason.${id}`, {}, id)} onPress={() => act({ do: 'give-reason', reason: id })} />
          ))}
        </Asked>
      )
    case 'condition':
      return (
        <Asked title={say('kiosk.condition')}>
          {question.choices.map((id) => (
            <Answer key={id} words={say(`condition.${id}`)} onPress={() => act({ do: 'grade', condition: id })} />
          ))}
        </Asked>
      )
    case 'question':
      return (
        <Asked title={question.words ?? sayCode(`question-of.${question.id}`, {}, question.id)} isPair>
          <Answer icon={Check} words={say('kiosk.yes')} onPress={() => act({ do: 'answer', question: question.id, good: true })} />
          <Answer icon={X} words={say('kiosk.no')} onPress={() => act({ do: 'answer', question: question.id, good: false })} />
        </Asked>
      )
    case 'accessory':
      return (
        <Asked title={say('kiosk.accessory', { name: question.words ?? sayCode(`accessory.${question.id}`, {}, question.id) })} isPair>
          <Answer icon={Check} words={say('kiosk.here')} onPress={() => act({ do: 'count-accessory', accessory: question.id, here: true })} />
          <Answer icon={X} words={say('kiosk.missing')} onPress={() => act({ do: 'count-accessory', accessory: question.id, here: false })} />
        </Asked>
      )
    default:
      return unreachable(question)
  }
}

function Asked({ title, isPair = false, children }: { title: string; isPair?: boolean; children: ReactNode }) {
  return (
    <>
      <h1 className="kiosk-step__title">{title}</h1>
      <div className="kiosk-answers" data-pair={isPair} role="group" aria-label={title}>
        {children}
      </div>
    </>
  )
}

function Answer({ words, icon: Icon, onPress }: { words: string; icon?: LucideIcon; onPress: () => void }) {
  return (
    <AriaButton className="kiosk-answer" onPress={onPress}>
      {Icon === undefined ? null : <Icon size={44} aria-hidden />}
      {words}
    </AriaButton>
  )
}
