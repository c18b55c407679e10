import { ArrowRight, Check } from 'lucide-react'
import type { KioskView, PublicAnswer } from '../../contract/kiosk-view.ts'
import { ToneSign } from '../parts/tone-sign.tsx'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'
import { PublicUnit } from './public-unit.tsx'

const SIGN_OF = { good: 'good', info: 'info', attention: 'attention' } as const

export function AnswerStep({ kiosk, act }: { kiosk: Extract<KioskView, { at: 'answer' }>; act: KioskAct }) {
  const { say } = useWords()
  const isReturn = kiosk.task === 'return'
  return (
    <section className="kiosk-step kiosk-step--wide">
      <h1 className="kiosk-step__title">{say(isReturn ? 'kiosk.answer-return' : 'kiosk.answer-check')}</h1>
      <PublicUnit unit={kiosk.unit} />
      <ul className="public-answers">
        {kiosk.answers.map((answer) => (
          <Answer key={answer.question} answer={answer} />
        ))}
      </ul>
      {kiosk.isAsking ? (
        <p className="kiosk-step__hint" role="status">
          {say('kiosk.asking')}
        </p>
      ) : null}
      <div className="kiosk-step__acts">
        {isReturn ? (
          <KioskButton tone="primary" icon={ArrowRight} onPress={() => act({ do: 'next' })}>
            {say('kiosk.next')}
          </KioskButton>
        ) : (
          <KioskButton tone="primary" icon={Check} onPress={() => act({ do: 'finish' })}>
            {say('kiosk.finish')}
          </KioskButton>
        )}
      </div>
    </section>
  )
}

function Answer({ answer }: { answer: PublicAnswer }) {
  const { say, sayCode } = useWords()
  return (
    <li className={`public-answer public-answer--${answer.tone}`}>
      <ToneSign tone={SIGN_OF[answer.tone]} size={40} />
      <span className="public-answer__words">
        <span className="public-answer__question">{say(`question.${answer.question}`)}</span>
        <span>{sayCode(`reason.${answer.reason}.customer`, answer.params, say('kiosk.colleague'))}</span>
      </span>
    </li>
  )
}
