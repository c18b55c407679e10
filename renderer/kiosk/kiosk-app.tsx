import { useEffect } from 'react'
import type { KioskView } from '../../contract/kiosk-view.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useDesk, useDeskState, useDeskStore } from '../desk/desk-context.ts'
import { playTone } from '../sounds.ts'
import { Speaking } from '../words/words-context.tsx'
import { AnswerStep } from './answer-step.tsx'
import { ConfirmStep } from './confirm-step.tsx'
import { DoneStep } from './done-step.tsx'
import { IdleWatch } from './idle-watch.tsx'
import type { Core } from '../connect.ts'
import type { KioskAct } from './kiosk-act.ts'
import { KioskFrame } from './kiosk-frame.tsx'
import { QuestionsStep } from './questions-step.tsx'
import { ScanStep } from './scan-step.tsx'
import { ColleagueStep, StartStep, TaskStep } from './simple-steps.tsx'

/** The customers' seat. There is no way from here to a staff screen. */
export function KioskApp() {
  const desk = useDesk()
  const { refusal } = useDeskState()
  const store = useDeskStore()
  const kiosk: KioskView = desk.front.screen === 'kiosk' ? desk.front.kiosk : { at: 'start', languages: [desk.language] }
  const flowId = 'flowId' in kiosk ? kiosk.flowId : null
  // An answer and the next one may follow each other faster than the core replies; only what moves on is taken once.
  const act: KioskAct = (action) => {
    const call = (core: Core) => core.kiosk.act({ flowId, action })
    void (action.do === 'give-reason' || action.do === 'grade' ? store.choose(call) : store.act(call))
  }
  const refusalId = refusal?.id ?? null
  useEffect(() => {
    if (refusalId !== null) playTone('info')
  }, [refusalId])
  useEffect(() => {
    if (kiosk.at === 'answer' || kiosk.at === 'done') playTone('good')
  }, [kiosk.at])
  return (
    <Speaking language={'language' in kiosk ? kiosk.language : desk.language} timeZone={desk.store.timeZone}>
      <KioskFrame kiosk={kiosk} act={act}>
        <Step kiosk={kiosk} act={act} />
      </KioskFrame>
      {kiosk.at === 'start' || desk.kioskIdle === null ? null : (
        <IdleWatch act={act} sign={`${kiosk.at} ${desk.revision}`} idle={desk.kioskIdle} />
      )}
    </Speaking>
  )
}

function Step({ kiosk, act }: { kiosk: KioskView; act: KioskAct }) {
  switch (kiosk.at) {
    case 'start':
      return <StartStep languages={kiosk.languages} act={act} />
    case 'choose-task':
      return <TaskStep act={act} />
    case 'scan':
      return <ScanStep task={kiosk.task} />
    case 'answer':
      return <AnswerStep kiosk={kiosk} act={act} />
    case 'questions':
      return <QuestionsStep kiosk={kiosk} act={act} />
    case 'confirm':
      return <ConfirmStep kiosk={kiosk} act={act} />
    case 'done':
      return <DoneStep kiosk={kiosk} act={act} />
    case 'colleague':
      return <ColleagueStep caseId={kiosk.caseId} act={act} />
    default:
      return unreachable(kiosk)
  }
}
