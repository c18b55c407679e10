import { useEffect, useRef } from 'react'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { unreachable } from '../../contract/unreachable.ts'
import type { Core } from '../connect.ts'
import { useDesk, useDeskState, useDeskStore } from '../desk/desk-context.ts'
import { playTone } from '../sounds.ts'
import { Speaking } from '../words/words-context.tsx'
import { AnswerStep } from './answer-step.tsx'
import { BoughtStep } from './bought-step.tsx'
import { CartStep } from './cart-step.tsx'
import { ConfirmStep } from './confirm-step.tsx'
import { DoneStep } from './done-step.tsx'
import { DoorDialog } from './door-dialog.tsx'
import { IdleWatch } from './idle-watch.tsx'
import type { KioskAct } from './kiosk-act.ts'
import { maySpeak, useKioskAccess } from './kiosk-access.ts'
import { KioskFrame } from './kiosk-frame.tsx'
import { useLockedPage } from './locked-page.ts'
import { PayingStep } from './paying-step.tsx'
import { PhotoStep } from './photo-step.tsx'
import { QuestionsStep } from './questions-step.tsx'
import { readAloud, textOf, useReadAloud } from './read-aloud.ts'
import { ScanStep } from './scan-step.tsx'
import { ClosedStep, ColleagueStep, StartStep, TaskStep } from './simple-steps.tsx'

/** Steps at which a clock may run: at the others a machine or a colleague is what is waited for. */
const NEVER_IDLE: readonly KioskView['at'][] = ['start', 'closed', 'paying-out', 'paying']

/** The customers' seat. There is no way from here to a staff screen. */
export function KioskApp() {
  const desk = useDesk()
  const { refusal } = useDeskState()
  const store = useDeskStore()
  const kiosk: KioskView = desk.front.screen === 'kiosk' ? desk.front.kiosk : { at: 'start', languages: [desk.language] }
  const flowId = 'flowId' in kiosk ? kiosk.flowId : null
  const language = 'language' in kiosk ? kiosk.language : desk.language
  const { access, toggle } = useKioskAccess(flowId)
  // An answer and the next one may follow each other faster than the core replies; only what moves on is taken once.
  const act: KioskAct = (action) => void store.act((core: Core) => core.kiosk.act({ flowId, action }))
  useLockedPage()
  const refusalId = refusal?.id ?? null
  useEffect(() => {
    if (refusalId !== null) playTone('info')
  }, [refusalId])
  useEffect(() => {
    if (kiosk.at === 'answer' || kiosk.at === 'done' || kiosk.at === 'bought') playTone('good')
  }, [kiosk.at])
  const pieces = kiosk.at === 'cart' ? kiosk.lines.reduce((sum, { quantity }) => sum + quantity, 0) : 0
  const counted = useRef(0)
  useEffect(() => {
    if (pieces > counted.current) playTone('good')
    counted.current = pieces
  }, [pieces])
  const isSpeaking = access.speech && maySpeak()
  useReadAloud(isSpeaking, language, `${JSON.stringify(kiosk)} ${refusalId}`)
  return (
    <Speaking language={language} timeZone={desk.store.timeZone}>
      <KioskFrame
        kiosk={kiosk}
        act={act}
        access={access}
        onToggle={toggle}
        onCorner={() => void store.act((core) => core.kiosk.door({ action: { do: 'ask' } }))}
      >
        <Step kiosk={kiosk} act={act} />
      </KioskFrame>
      {NEVER_IDLE.includes(kiosk.at) || desk.kioskIdle === null || desk.kioskDoor !== null ? null : (
        <IdleWatch act={act} sign={`${desk.kioskIdle.life} ${refusalId}`} idle={desk.kioskIdle} onAsked={() => isSpeaking && readAloud(textOf('[role="alertdialog"]'), language)} />
      )}
      {desk.kioskDoor === null ? null : <DoorDialog door={desk.kioskDoor} />}
    </Speaking>
  )
}

function Step({ kiosk, act }: { kiosk: KioskView; act: KioskAct }) {
  switch (kiosk.at) {
    case 'start':
      return <StartStep languages={kiosk.languages} act={act} />
    case 'closed':
      return <ClosedStep />
    case 'choose-task':
      return <TaskStep mayBuy={kiosk.mayBuy} act={act} />
    case 'scan':
      return <ScanStep kiosk={kiosk} />
    case 'answer':
      return <AnswerStep kiosk={kiosk} act={act} />
    case 'questions':
      return <QuestionsStep kiosk={kiosk} act={act} />
    case 'photo':
      return <PhotoStep kiosk={kiosk} act={act} />
    case 'confirm':
      return <ConfirmStep kiosk={kiosk} act={act} />
    case 'cart':
      return <CartStep kiosk={kiosk} act={act} />
    case 'bought':
      return <BoughtStep kiosk={kiosk} act={act} />
    case 'paying':
    case 'paying-out':
      return <PayingStep kiosk={kiosk} act={act} />
    case 'done':
      return <DoneStep kiosk={kiosk} act={act} />
    case 'colleague':
      return <ColleagueStep kiosk={kiosk} act={act} />
    default:
      return unreachable(kiosk)
  }
}
