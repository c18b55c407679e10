import { ArrowRight } from 'lucide-react'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'
import { PublicUnit } from './public-unit.tsx'

export function QuestionsStep({ kiosk, act }: { kiosk: Extract<KioskView, { at: 'questions' }>; act: KioskAct }) {
  const { say, sayCode } = useWords()
  return (
    <section className="kiosk-step kiosk-step--wide">
      <PublicUnit unit={kiosk.unit} />
      <ChoiceGroup
        label={say('kiosk.reason')}
        size="huge"
        chosen={kiosk.reason}
        choices={kiosk.reasonChoices.map((id) => ({ id, words: sayCode(`return-reason.${id}`, {}, id) }))}
        onChoose={(reason) => act({ do: 'give-reason', reason })}
      />
      <ChoiceGroup
        label={say('kiosk.condition')}
        size="huge"
        chosen={kiosk.condition}
        choices={kiosk.conditionChoices.map((id) => ({ id, words: say(`condition.${id}`) }))}
        onChoose={(condition) => act({ do: 'grade', condition })}
      />
      <div className="kiosk-step__acts">
        <KioskButton
          tone="primary"
          icon={ArrowRight}
          isDisabled={kiosk.reason === null || kiosk.condition === null}
          onPress={() => act({ do: 'next' })}
        >
          {say('kiosk.next')}
        </KioskButton>
      </div>
    </section>
  )
}
