import { RotateCcw, ScanSearch, ShoppingBasket, UserRound } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import type { Language } from '../../contract/ids.ts'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { say as sayIn } from '../../contract/words/say.ts'
import { Mark } from '../parts/mark.tsx'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { KioskButton } from './kiosk-frame.tsx'

/** Language first, each greeting in its own. */
export function StartStep({ languages, act }: { languages: readonly Language[]; act: KioskAct }) {
  const { say } = useWords()
  return (
    <section className="kiosk-step kiosk-step--start">
      <Mark size={160} />
      <h1 className="kiosk-step__title">{say('kiosk.welcome')}</h1>
      <p className="kiosk-step__hint">{say('kiosk.choose-language')}</p>
      <div className="kiosk-tiles">
        {languages.map((language) => (
          <AriaButton
            key={language}
            className="kiosk-tile kiosk-tile--language"
            onPress={() => act({ do: 'begin', language })}
          >
            <span lang={language} dir={LANGUAGES[language].direction} className="kiosk-tile__words">
              <span className="kiosk-tile__name">{LANGUAGES[language].ownName}</span>
              <span className="kiosk-tile__hint">{sayIn(language, 'kiosk.welcome')}</span>
            </span>
          </AriaButton>
        ))}
      </div>
    </section>
  )
}

export function TaskStep({ mayBuy, act }: { mayBuy: boolean; act: KioskAct }) {
  const { say } = useWords()
  return (
    <section className="kiosk-step">
      <h1 className="kiosk-step__title">{say('kiosk.task')}</h1>
      <div className="kiosk-tiles kiosk-tiles--tall">
        {mayBuy ? (
          <TaskTile icon={ShoppingBasket} name={say('kiosk.buy')} hint={say('kiosk.buy-hint')} onPress={() => act({ do: 'choose-task', task: 'buy' })} />
        ) : null}
        <TaskTile icon={RotateCcw} name={say('kiosk.return')} hint={say('kiosk.return-hint')} onPress={() => act({ do: 'choose-task', task: 'return' })} />
        <TaskTile icon={ScanSearch} name={say('kiosk.check')} hint={say('kiosk.check-hint')} onPress={() => act({ do: 'choose-task', task: 'check' })} />
      </div>
    </section>
  )
}

function TaskTile({ icon: Icon, name, hint, onPress }: { icon: LucideIcon; name: string; hint: string; onPress: () => void }) {
  return (
    <AriaButton className="kiosk-tile" onPress={onPress}>
      <Icon size={72} aria-hidden />
      <span className="kiosk-tile__words">
        <span className="kiosk-tile__name">{name}</span>
        <span className="kiosk-tile__hint">{hint}</span>
      </span>
    </AriaButton>
  )
}

/** Friendly for everybody, whatever the reason: who looks over the shoulder learns nothing. */
export function ColleagueStep({ kiosk, act }: { kiosk: Extract<KioskView, { at: 'colleague' }>; act: KioskAct }) {
  const { say } = useWords()
  const { place, takenBy } = kiosk
  return (
    <section className="kiosk-step">
      <UserRound className="kiosk-step__sign" size={140} aria-hidden />
      <h1 className="kiosk-step__title">{say('kiosk.colleague')}</h1>
      <p className="kiosk-step__hint" role="status">
        {takenBy !== null
          ? say('kiosk.colleague-taken', takenBy)
          : place !== null
            ? say('kiosk.colleague-place', { place })
            : say('kiosk.colleague-text')}
      </p>
      <p className="kiosk-step__hint">{say(kiosk.isTold ? 'kiosk.colleague-told' : 'kiosk.colleague-calm')}</p>
      <p className="kiosk-step__number">
        {say('kiosk.colleague-number', { number: kiosk.caseId.slice(-4).toUpperCase() })}
      </p>
      <div className="kiosk-step__acts">
        <KioskButton onPress={() => act({ do: 'finish' })}>{say('kiosk.finish')}</KioskButton>
      </div>
    </section>
  )
}

/** Shut by staff: it says so in every language of the shop's customers, and asks for nothing. */
export function ClosedStep() {
  const { say } = useWords()
  return (
    <section className="kiosk-step">
      <Mark size={140} />
      <h1 className="kiosk-step__title">{say('kiosk.closed')}</h1>
      <p className="kiosk-step__hint">{say('kiosk.closed-text')}</p>
    </section>
  )
}
