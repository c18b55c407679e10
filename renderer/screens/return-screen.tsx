import { ArrowRight, UserRound } from 'lucide-react'
import { unreachable } from '../../contract/unreachable.ts'
import type { ReturnView } from '../../contract/return-view.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { useAnswer } from '../desk/use-answer.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { Paper } from '../parts/paper.tsx'
import { PrintLine } from '../parts/print-line.tsx'
import { Scrolled } from '../parts/scrolled.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import { UnitDetails, UnitStrip } from '../parts/unit-panel.tsx'
import { Findings, VerdictHead } from '../parts/verdict-panel.tsx'
import { useWords } from '../words/words-context.tsx'
import { AssessReturn } from './assess-return.tsx'
import { ScanFirst } from './scan-first.tsx'

export function ReturnScreen({ flow }: { flow: ReturnView }) {
  const { say } = useWords()
  const store = useDeskStore()
  const { flowId } = flow
  switch (flow.at) {
    case 'scan':
      return (
        <ScanFirst
          title={say('return.scan')}
          hint={say('return.scan-hint')}
          pictures={['watch', 'lens', 'bike']}
          question={flow.question}
          onChoose={(choice) => void store.act((core) => core.returns.act({ flowId, action: { do: 'choose', choice } }))}
          onNone={() => void store.act((core) => core.returns.act({ flowId, action: { do: 'dismiss-question' } }))}
        />
      )
    case 'assess':
      return <AssessReturn key={flow.flowId} flow={flow} />
    case 'done':
      return <DoneReturn flow={flow} />
    case 'handed-over':
      return <HandedOver flow={flow} />
    default:
      return unreachable(flow)
  }
}

function DoneReturn({ flow }: { flow: Extract<ReturnView, { at: 'done' }> }) {
  const words = useWords()
  const paper = useAnswer((core) => core.papers.view({ documentId: flow.documentId }), flow.documentId)
  return (
    <div className="paid">
      <section className="paid__words">
        <h1 className="paid__title">
          <ToneSign tone="good" size={44} />
          {words.say('return.done')}
        </h1>
        <div className="card paid__change">
          <p className="tendering__label">
            {words.say('return.refund-to', { tender: words.say(`tender.${flow.refund.to}`) })}
          </p>
          <output className="amount amount--hero">{words.money(flow.refund.amount_cents, flow.refund.currency)}</output>
          <p className="paid__place">{words.say('return.next-place', { place: words.say(`place.${flow.next}`) })}</p>
        </div>
        <div className="card stack">
          <p>{words.say('return.done-number', { number: flow.returnNumber })}</p>
          <PrintLine print={flow.print} />
        </div>
        <NextReturn />
      </section>
      <div className="paid__paper">
        {paper === null ? null : (
          <Paper document={paper} label={words.say('papers.paper-of', { number: flow.returnNumber })} />
        )}
      </div>
    </div>
  )
}

function HandedOver({ flow }: { flow: Extract<ReturnView, { at: 'handed-over' }> }) {
  const { say } = useWords()
  return (
    <div className="assess">
      <Scrolled className="assess__main" label={say('verdict.answers')}>
        <div className="card handed-over">
          <UserRound size={44} aria-hidden />
          <div>
            <h1 className="verdict-head__answer">{say('return.handed-over')}</h1>
            <p className="prose">{say('return.handed-over-text')}</p>
            <p className="muted">{say('return.case', { number: flow.caseId.slice(-6).toUpperCase() })}</p>
          </div>
        </div>
        <VerdictHead verdict={flow.verdict} />
        <Findings verdict={flow.verdict} />
      </Scrolled>
      <aside className="assess__side">
        <UnitStrip unit={flow.unit} />
        <UnitDetails unit={flow.unit} />
        <NextReturn />
      </aside>
    </div>
  )
}

function NextReturn() {
  const { say } = useWords()
  const store = useDeskStore()
  return (
    <div className="row row--wrap">
      <Button
        tone="primary"
        size="huge"
        icon={ArrowRight}
        hotkey={KEYS.confirm}
        onPress={() => void store.act((core) => core.desk.go({ to: 'home', unitId: null }))}
      >
        {say('go.home')}
      </Button>
      <Button size="large" onPress={() => void store.act((core) => core.desk.go({ to: 'return', unitId: null }))}>
        {say('return.again')}
      </Button>
    </div>
  )
}
