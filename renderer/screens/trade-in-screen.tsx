import { FileText, HandCoins, RotateCcw, UserRound } from 'lucide-react'
import { TradeInPay, type TradeInAction, type TradeInView } from '../../contract/trade-in-view.ts'
import { unreachable } from '../../contract/unreachable.ts'
import { useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { PieceStrip } from '../parts/piece-strip.tsx'
import { PrintLine } from '../parts/print-line.tsx'
import { Scrolled } from '../parts/scrolled.tsx'
import { SerialText } from '../parts/unit-panel.tsx'
import { Findings, VerdictHead } from '../parts/verdict-panel.tsx'
import { ApproveButton } from '../returns/approve-button.tsx'
import { HandedOverCard } from '../returns/handed-over-card.tsx'
import { PieceCondition } from '../returns/piece-choices.tsx'
import { StillMissing } from '../returns/still-missing.tsx'
import { LookedAtCard, YesNo } from '../returns/yes-no.tsx'
import { useWords } from '../words/words-context.tsx'
import { DonePage } from './done-page.tsx'
import { GoHome } from './go-home.tsx'
import type { OpenPanel } from './panel-name.ts'
import { ScanFirst } from './scan-first.tsx'

type Act = (action: TradeInAction) => void
type Assess = Extract<TradeInView, { at: 'assess' }>

/** The shop buys from a customer: checked, looked at, priced by the policy, stated by the owner, paid. */
export function TradeInScreen({ flow, openPanel }: { flow: TradeInView; openPanel: OpenPanel }) {
  const { say } = useWords()
  const store = useDeskStore()
  const act: Act = (action) => void store.choose((core) => core.tradeIns.act({ flowId: flow.flowId, action }))
  switch (flow.at) {
    case 'scan':
      return (
        <ScanFirst
          title={say('trade-in.scan')}
          hint={say('trade-in.scan-hint')}
          pictures={['laptop', 'camera', 'guitar']}
          question={flow.question}
          onChoose={(choice) => act({ do: 'choose', choice })}
          onNone={() => act({ do: 'dismiss-question' })}
        />
      )
    case 'assess':
      return <AssessTradeIn flow={flow} act={act} openPanel={openPanel} />
    case 'done':
      return <DoneTradeIn flow={flow} />
    case 'handed-over':
      return (
        <div className="return-scan">
          <HandedOverCard caseId={flow.caseId} />
          <VerdictHead verdict={flow.verdict} />
          <Piece piece={flow.piece} />
          <GoHome />
        </div>
      )
    default:
      return unreachable(flow)
  }
}

const Piece = ({ piece }: { piece: Assess['piece'] }) => (
  <PieceStrip piece={piece}>
    <SerialText text={piece.serial} />
  </PieceStrip>
)

function AssessTradeIn({ flow, act, openPanel }: { flow: Assess; act: Act; openPanel: OpenPanel }) {
  const words = useWords()
  const store = useDeskStore()
  const print = () =>
    void store.ask((core) => core.tradeIns.statement({ flowId: flow.flowId })).then((made) => {
      if (made !== null) openPanel({ name: 'paper', documentId: made.documentId })
    })
  return (
    <div className="assess">
      <Scrolled className="assess__main" label={words.say('verdict.answers')}>
        <h1 className="visually-hidden">{words.say('trade-in.title')}</h1>
        <VerdictHead verdict={flow.verdict} />
        <Piece piece={flow.piece} />
        <LookedAtCard asked={flow} act={act} />
        <section className="card stack">
          <Button icon={FileText} onPress={print}>
            {words.say('trade-in.statement')}
          </Button>
          <YesNo label={words.say('trade-in.signed')} chosen={flow.signed ? true : null} yes={words.say('return.yes')} no={words.say('return.no')} onChoose={(signed) => act({ do: 'signed', signed })} />
          <YesNo label={words.say('trade-in.identity')} chosen={flow.identitySeen ? true : null} yes={words.say('return.yes')} no={words.say('return.no')} onChoose={(seen) => act({ do: 'identity-seen', seen })} />
        </section>
        <Findings verdict={flow.verdict} />
      </Scrolled>
      <aside className="assess__side">
        <div className="card stack assess__questions">
          <PieceCondition chosen={flow.condition} choices={flow.conditionChoices} onChoose={(condition) => act({ do: 'grade', condition })} />
          <ChoiceGroup
            label={words.say('trade-in.pay-as')}
            chosen={flow.payAs}
            choices={TradeInPay.options.map((id) => ({ id, words: words.say(`tender.${id}`) }))}
            onChoose={(as) => act({ do: 'pay-as', as })}
          />
        </div>
        <Offer flow={flow} act={act} />
        <div className="assess__acts">
          <Button icon={UserRound} onPress={() => act({ do: 'hand-over' })}>
            {words.say('return.hand-over')}
          </Button>
          <Button icon={RotateCcw} hotkey={KEYS.back} onPress={() => act({ do: 'start-over' })}>
            {words.say('return.start-over')}
          </Button>
        </div>
      </aside>
    </div>
  )
}

function Offer({ flow, act }: { flow: Assess; act: Act }) {
  const words = useWords()
  const { missing } = flow
  if (flow.offer_cents === null) return flow.condition === null ? null : <p className="card prose">{words.say('trade-in.no-offer')}</p>
  const amount = words.money(flow.offer_cents, flow.currency)
  return (
    <section className="card totals">
      <p className="totals__total">
        <span className="totals__label">{words.say('trade-in.offer')}</span>
        <output className="amount amount--total">{amount}</output>
      </p>
      <StillMissing approvedBy={flow.approvedBy} missing={missing.map((one) => words.say(`trade-in.missing-${one}`))} />
      {missing.length === 1 && missing[0] === 'approval' ? (
        <ApproveButton why={flow.approvalFor} onApprove={(note) => act({ do: 'approve', note })} />
      ) : (
        <Button tone="primary" size="huge" icon={HandCoins} hotkey={KEYS.finish} isDisabled={missing.length > 0} onPress={() => act({ do: 'buy' })}>
          {words.say('trade-in.buy', { amount })}
        </Button>
      )}
    </section>
  )
}

function DoneTradeIn({ flow }: { flow: Extract<TradeInView, { at: 'done' }> }) {
  const words = useWords()
  return (
    <DonePage title={words.say('trade-in.done')} documentId={flow.documentId} number={flow.number}>
      <div className="card paid__change">
        <p className="tendering__label">{words.say('return.refund-to', { tender: words.say(`tender.${flow.payAs}`) })}</p>
        <output className="amount amount--hero">{words.money(flow.amount_cents, flow.currency)}</output>
        {flow.credits.map((number) => (
          <p key={number}>{words.say('return.credit-given', { number })}</p>
        ))}
      </div>
      <Piece piece={flow.piece} />
      <div className="card stack">
        <p>{words.say('trade-in.number', { number: flow.number })}</p>
        <p>{words.say('trade-in.waits')}</p>
        <PrintLine print={flow.print} />
      </div>
      <GoHome />
    </DonePage>
  )
}
