import { ArrowLeftRight, Plus, RotateCcw, ScanLine, Undo2, UserRound } from 'lucide-react'
import type { ReturnAction, ReturnView } from '../../contract/return-view.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { Scrolled } from '../parts/scrolled.tsx'
import { UnitDetails, UnitStrip } from '../parts/unit-panel.tsx'
import { Findings, VerdictHead } from '../parts/verdict-panel.tsx'
import { ApproveButton } from '../returns/approve-button.tsx'
import { ClaimOffer } from '../returns/claim-offer.tsx'
import { LookOver } from '../returns/look-over.tsx'
import { PieceCondition, ReturnReason } from '../returns/piece-choices.tsx'
import { PieceTiles } from '../returns/piece-tiles.tsx'
import { Count } from '../returns/receipt-lines.tsx'
import { RefundCard } from '../returns/refund-card.tsx'
import { useWords } from '../words/words-context.tsx'
import type { OpenPanel } from './panel-name.ts'

type Assess = Extract<ReturnView, { at: 'assess' }>

/** The piece in hand, what is known of it, what is looked at, and the money. */
export function AssessReturn({ flow, openPanel }: { flow: Assess; openPanel: OpenPanel }) {
  const words = useWords()
  const store = useDeskStore()
  const choose = (action: ReturnAction) => void store.choose((core) => core.returns.act({ flowId: flow.flowId, action }))
  const act = (action: ReturnAction) => void store.act((core) => core.returns.act({ flowId: flow.flowId, action }))
  const { quantity, unit } = flow
  // The piece leaves the return for the service desk; others on the counter stay in it.
  const claim = (unitId: string) =>
    void store.act((core) => core.returns.act({ flowId: flow.flowId, action: { do: 'remove-piece', pieceId: flow.pieceId } })).then((done) => {
      if (done) openPanel({ name: 'unit-service', unitId })
    })
  return (
    <div className="assess">
      <Scrolled className="assess__main" label={words.say('verdict.answers')}>
        <h1 className="visually-hidden">{words.say('return.title')}</h1>
        {flow.verdict === null ? null : <VerdictHead verdict={flow.verdict} />}
        {flow.toScan ? <ScanIt flow={flow} act={act} /> : null}
        {flow.unit === null ? null : <UnitStrip unit={flow.unit} />}
        {flow.claim === null || unit === null ? null : <ClaimOffer offer={flow.claim} onClaim={() => claim(unit.unitId)} />}
        {flow.unit !== null && flow.pieces.length === 1 ? null : <PieceTiles pieces={flow.pieces} currentId={flow.pieceId} act={act} />}
        {flow.setLacks.length === 0 ? null : (
          <p className="tone tone--attention sale__missing" role="status">
            {words.say('return.set-lacks', { names: flow.setLacks.join(', ') })}
          </p>
        )}
        {flow.refund === null ? null : (
          <div className="row row--wrap">
            <Button icon={Plus} onPress={() => act({ do: 'add-piece' })}>
              {words.say('return.add-piece')}
            </Button>
            {flow.unit === null || flow.toScan ? null : (
              <Button icon={ArrowLeftRight} onPress={() => void store.act((core) => core.desk.go({ to: 'exchange', unitId: flow.unit?.unitId ?? null }))}>
                {words.say('home.exchange')}
              </Button>
            )}
          </div>
        )}
        {quantity === null || quantity.most < 2 ? null : (
          <section className="card row row--wrap">
            <p className="choices__label">{words.say('return.quantity')}</p>
            <Count value={quantity.now} most={quantity.most} label={words.say('return.quantity')} onChange={(now) => choose({ do: 'set-quantity', quantity: now })} />
          </section>
        )}
        {flow.refund === null ? null : <LookOver key={flow.pieceId} flow={flow} act={choose} />}
        {flow.verdict === null ? null : <Findings verdict={flow.verdict} />}
        {flow.unit === null ? null : <UnitDetails unit={flow.unit} />}
      </Scrolled>
      <aside className="assess__side">
        <div className="card stack assess__questions">
          <ReturnReason chosen={flow.reason} choices={flow.reasonChoices} onChoose={(reason) => choose({ do: 'give-reason', reason })} />
          <PieceCondition chosen={flow.condition} choices={flow.conditionChoices} onChoose={(condition) => choose({ do: 'grade', condition })} />
        </div>
        <RefundCard flow={flow} act={act} />
        <div className="assess__acts">
          <Button icon={UserRound} onPress={() => act({ do: 'hand-over' })}>
            {words.say('return.hand-over')}
          </Button>
          <Button icon={Undo2} hotkey={KEYS.undo} onPress={() => act({ do: 'undo' })}>
            {words.say('return.undo')}
          </Button>
          <Button icon={RotateCcw} hotkey={KEYS.back} onPress={() => act({ do: 'start-over' })}>
            {words.say('return.start-over')}
          </Button>
        </div>
      </aside>
    </div>
  )
}

/** Picked from a list: the piece itself has still to say that it is the one. */
function ScanIt({ flow, act }: { flow: Assess; act: (action: ReturnAction) => void }) {
  const { say } = useWords()
  return (
    <section className="card tone tone--attention row row--wrap" role="status">
      <ScanLine size={28} aria-hidden />
      <p className="prose">{say('return.scan-it')}</p>
      <ApproveButton why={flow.approvalFor} label="return.cannot-scan" onApprove={(note) => act({ do: 'approve', note })} />
    </section>
  )
}
