import { PackageSearch } from 'lucide-react'
import type { ReturnAction, ReturnView } from '../../contract/return-view.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { AtTerminal } from '../parts/at-terminal.tsx'
import { Button } from '../parts/button.tsx'
import { MoneyBack } from '../parts/money-back.tsx'
import { PrintLine } from '../parts/print-line.tsx'
import { Scrolled } from '../parts/scrolled.tsx'
import { SerialText, UnitDetails, UnitStrip } from '../parts/unit-panel.tsx'
import { Findings, VerdictHead } from '../parts/verdict-panel.tsx'
import { HandedOverCard } from '../returns/handed-over-card.tsx'
import { PieceTiles } from '../returns/piece-tiles.tsx'
import { ReceiptLines } from '../returns/receipt-lines.tsx'
import { useWords } from '../words/words-context.tsx'
import { AssessReturn } from './assess-return.tsx'
import { DonePage } from './done-page.tsx'
import { GoHome } from './go-home.tsx'
import type { OpenPanel } from './panel-name.ts'
import { ScanFirst } from './scan-first.tsx'

export function ReturnScreen({ flow, openPanel }: { flow: ReturnView; openPanel: OpenPanel }) {
  const { say } = useWords()
  const store = useDeskStore()
  const { flowId } = flow
  const act = (action: ReturnAction) => void store.act((core) => core.returns.act({ flowId, action }))
  switch (flow.at) {
    case 'scan':
      return (
        <div className="return-scan">
          <ScanFirst
            title={say(flow.pieces.length === 0 ? 'return.scan' : 'return.add-piece')}
            hint={say('return.scan-hint')}
            pictures={['watch', 'lens', 'bike']}
            question={flow.question}
            onChoose={(choice) => act({ do: 'choose', choice })}
            onNone={() => act({ do: 'dismiss-question' })}
          />
          {flow.stranger === null ? null : <Stranger stranger={flow.stranger} act={act} />}
          {flow.pieces.length === 0 ? null : <PieceTiles pieces={flow.pieces} currentId={null} act={act} />}
        </div>
      )
    case 'lines':
      return <ReceiptLines flow={flow} act={act} />
    case 'assess':
      return <AssessReturn key={flow.flowId} flow={flow} openPanel={openPanel} />
    case 'paying-out':
      return <AtTerminal way="refund" asked={{ ...flow, currency: flow.refund.currency }} act={act} />
    case 'done':
      return <DoneReturn flow={flow} />
    case 'handed-over':
      return <HandedOver flow={flow} />
    default:
      return unreachable(flow)
  }
}

/** Nobody has a record of it: who may take an exception on himself may take it all the same, for credit. */
function Stranger({ stranger, act }: { stranger: NonNullable<Extract<ReturnView, { at: 'scan' }>['stranger']>; act: (action: ReturnAction) => void }) {
  const words = useWords()
  return (
    <section className="card tone tone--attention stack">
      <p className="prose">{words.say('return.stranger', { name: stranger.name })}</p>
      {stranger.serial === null ? null : <SerialText text={stranger.serial} />}
      {stranger.most_cents === 0 ? null : (
        <Button icon={PackageSearch} onPress={() => act({ do: 'take-stranger' })}>
          {words.say('return.stranger-take', { amount: words.money(stranger.most_cents, stranger.currency) })}
        </Button>
      )}
    </section>
  )
}

function DoneReturn({ flow }: { flow: Extract<ReturnView, { at: 'done' }> }) {
  const words = useWords()
  const { refund } = flow
  return (
    <DonePage title={words.say('return.done')} documentId={flow.documentId} number={flow.returnNumber}>
      <MoneyBack pays={refund.pays} currency={refund.currency} credits={flow.credits} />
      <PieceTiles pieces={flow.pieces} currentId={null} act={null} />
      <div className="card stack">
        <p>{words.say('return.done-number', { number: flow.returnNumber })}</p>
        <PrintLine print={flow.print} />
      </div>
      <NextReturn />
    </DonePage>
  )
}

function HandedOver({ flow }: { flow: Extract<ReturnView, { at: 'handed-over' }> }) {
  const { say } = useWords()
  return (
    <div className="assess">
      <Scrolled className="assess__main" label={say('verdict.answers')}>
        <HandedOverCard caseId={flow.caseId} />
        {flow.verdict === null ? null : (
          <>
            <VerdictHead verdict={flow.verdict} />
            <Findings verdict={flow.verdict} />
          </>
        )}
      </Scrolled>
      <aside className="assess__side">
        {flow.unit === null ? null : (
          <>
            <UnitStrip unit={flow.unit} />
            <UnitDetails unit={flow.unit} />
          </>
        )}
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
      <GoHome />
      <Button size="large" onPress={() => void store.act((core) => core.desk.go({ to: 'return', unitId: null }))}>
        {say('return.again')}
      </Button>
    </div>
  )
}
