import { ArrowLeft, Info, UserRound } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { useDesk, useDeskState } from '../desk/desk-context.ts'
import { Mark } from '../parts/mark.tsx'
import { useWords } from '../words/words-context.tsx'
import { AccessBar } from './access-bar.tsx'
import type { KioskAct } from './kiosk-act.ts'
import type { KioskAccess } from './kiosk-access.ts'

interface KioskFrameProps {
  readonly kiosk: KioskView
  readonly act: KioskAct
  readonly access: KioskAccess
  readonly onToggle: (what: keyof KioskAccess) => void
  /** Somebody found the corner. */
  readonly onCorner: () => void
  readonly children: ReactNode
}

const GOES_BACK: readonly KioskView['at'][] = ['choose-task', 'scan', 'answer', 'questions', 'photo', 'confirm']
const MAY_CALL: readonly KioskView['at'][] = [...GOES_BACK, 'cart']

/** A full cart is not left by one key. */
const goesBack = (kiosk: KioskView): boolean => (kiosk.at === 'cart' ? kiosk.lines.length === 0 : GOES_BACK.includes(kiosk.at))

/** Every touchable thing in the lower part of the screen, within reach of somebody who sits. */
export function KioskFrame({ kiosk, act, access, onToggle, onCorner, children }: KioskFrameProps) {
  const { say } = useWords()
  const desk = useDesk()
  const { busy } = useDeskState()
  const isCheck = 'task' in kiosk && kiosk.task === 'check'
  const way = 'steps' in kiosk && !isCheck ? kiosk : null
  const question = kiosk.at === 'questions' ? `${kiosk.question.kind} ${'id' in kiosk.question ? kiosk.question.id : ''}` : ''
  useStepFocus(`${kiosk.at} ${question}`)
  return (
    <div className="kiosk" data-busy={busy} data-large={access.large} data-contrast={access.contrast} data-low={access.low}>
      <header className="kiosk__head">
        <Corner onFound={onCorner} />
        <span className="kiosk__store">{desk.store.name}</span>
        {desk.demo ? <span className="demo-mark">{say('app.demo-long')}</span> : null}
        {way === null ? null : (
          <div className="kiosk__steps" role="img" aria-label={say('kiosk.step', { step: way.step, steps: way.steps })}>
            {Array.from({ length: way.steps }, (_, place) => (
              <span key={place} data-reached={place < way.step} />
            ))}
          </div>
        )}
      </header>
      <main className="kiosk__main" id="main">
        {children}
        <Remark kiosk={kiosk} />
      </main>
      <footer className="kiosk__foot">
        {goesBack(kiosk) ? (
          <KioskButton icon={ArrowLeft} onPress={() => act({ do: 'back' })}>
            {say('kiosk.back')}
          </KioskButton>
        ) : (
          <span />
        )}
        {MAY_CALL.includes(kiosk.at) ? (
          <KioskButton icon={UserRound} onPress={() => act({ do: 'call-colleague' })}>
            {say('kiosk.call')}
          </KioskButton>
        ) : null}
        <AccessBar access={access} onToggle={onToggle} />
      </footer>
    </div>
  )
}

/** A new step is read from its title on, by eyes and by screen readers. */
function useStepFocus(step: string): void {
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    const title = document.querySelector<HTMLElement>('#main h1')
    if (title === null) return
    title.tabIndex = -1
    title.focus({ preventScroll: true })
  }, [step])
}

const TOUCHES = 5
const WITHIN_MS = 3_000

/** The picture of the shop; touched so often in a row, staff are asked for their PIN. Nothing tells a customer. */
function Corner({ onFound }: { onFound: () => void }) {
  const touches = useRef<number[]>([])
  return (
    <span
      className="kiosk__corner"
      onPointerDown={(event) => {
        touches.current = [...touches.current.filter((at) => event.timeStamp - at < WITHIN_MS), event.timeStamp]
        if (touches.current.length < TOUCHES) return
        touches.current = []
        onFound()
      }}
    >
      <Mark size={48} />
    </span>
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
