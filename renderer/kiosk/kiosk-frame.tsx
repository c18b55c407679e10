import { ArrowLeft, Info, UserRound } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { useDesk, useDeskState } from '../desk/desk-context.ts'
import { Mark } from '../parts/mark.tsx'
import { useWords } from '../words/words-context.tsx'
import type { KioskAct } from './kiosk-act.ts'

/** The steps of a return as a customer counts them; a check ends with the answer. */
const STEPS: readonly KioskView['at'][] = ['scan', 'answer', 'questions', 'confirm', 'done']

interface KioskFrameProps {
  readonly kiosk: KioskView
  readonly act: KioskAct
  readonly children: ReactNode
}

/** Every touchable thing in the lower part of the screen, within reach of somebody who sits. */
export function KioskFrame({ kiosk, act, children }: KioskFrameProps) {
  const { say } = useWords()
  const desk = useDesk()
  const { busy } = useDeskState()
  const step = STEPS.indexOf(kiosk.at)
  const isCheck = 'task' in kiosk && kiosk.task === 'check'
  const mayGoBack = kiosk.at === 'scan' || kiosk.at === 'answer' || kiosk.at === 'questions' || kiosk.at === 'confirm'
  return (
    <div className="kiosk" data-busy={busy}>
      <header className="kiosk__head">
        <Mark size={48} />
        <span className="kiosk__store">{desk.store.name}</span>
        {desk.demo ? <span className="demo-mark">{say('app.demo-long')}</span> : null}
      </header>
      {step < 0 || isCheck ? null : (
        <ol className="kiosk__steps" aria-label={say('kiosk.step', { step: step + 1, steps: STEPS.length })}>
          {STEPS.map((name, place) => (
            <li key={name} data-reached={place <= step} {...(place === step ? { 'aria-current': 'step' as const } : {})} />
          ))}
        </ol>
      )}
      <main className="kiosk__main" id="main">
        {children}
        <Remark kiosk={kiosk} />
      </main>
      <footer className="kiosk__foot">
        {mayGoBack ? (
          <KioskButton icon={ArrowLeft} onPress={() => act({ do: 'back' })}>
            {say('kiosk.back')}
          </KioskButton>
        ) : (
          <span />
        )}
        {kiosk.at === 'start' || kiosk.at === 'colleague' || kiosk.at === 'done' ? null : (
          <KioskButton icon={UserRound} onPress={() => act({ do: 'call-colleague' })}>
            {say('kiosk.call')}
          </KioskButton>
        )}
      </footer>
    </div>
  )
}

/** What went otherwise than expected, in a customer's words; never an alarm. */
function Remark({ kiosk }: { kiosk: KioskView }) {
  const { say, sayCode } = useWords()
  const { refusal, link } = useDeskState()
  const text =
    link !== 'up'
      ? say('app.one-moment')
      : refusal !== null
        ? sayCode(`remark.${refusal.code}`, refusal.params, say('remark.try-again'))
        : 'remark' in kiosk && kiosk.remark !== null
          ? sayCode(`remark.${kiosk.remark}`, {}, say('remark.try-again'))
          : null
  return (
    <p className="kiosk__remark" role="status" data-shown={text !== null}>
      {text === null ? null : (
        <>
          <Info size={36} aria-hidden />
          {text}
        </>
      )}
    </p>
  )
}

interface KioskButtonProps {
  readonly children: ReactNode
  readonly onPress: () => void
  readonly icon?: LucideIcon
  readonly tone?: 'primary' | 'plain'
  readonly isDisabled?: boolean
}

export function KioskButton({ children, onPress, icon: Icon, tone = 'plain', isDisabled = false }: KioskButtonProps) {
  return (
    <AriaButton className={`kiosk-button kiosk-button--${tone}`} isDisabled={isDisabled} onPress={onPress}>
      {Icon === undefined ? null : <Icon size={40} aria-hidden />}
      {children}
    </AriaButton>
  )
}
