import { HandCoins, RotateCcw, ShieldCheck, Undo2, UserRound } from 'lucide-react'
import { useState } from 'react'
import type { ReturnAction, ReturnView } from '../../contract/return-view.ts'
import type { StaffTile } from '../../contract/staff-tile.ts'
import { useDeskState, useDeskStore } from '../desk/desk-context.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { PinPad } from '../parts/pin-pad.tsx'
import { StaffTiles } from '../parts/staff-tiles.tsx'
import { Scrolled } from '../parts/scrolled.tsx'
import { ToneSign } from '../parts/tone-sign.tsx'
import { UnitDetails, UnitStrip } from '../parts/unit-panel.tsx'
import { Findings, VerdictHead } from '../parts/verdict-panel.tsx'
import { useWords } from '../words/words-context.tsx'

type Assess = Extract<ReturnView, { at: 'assess' }>

/** The piece, what is known of it, two questions, and the money. */
export function AssessReturn({ flow }: { flow: Assess }) {
  const words = useWords()
  const store = useDeskStore()
  const [approving, setApproving] = useState(false)
  const choose = (action: ReturnAction) => void store.choose((core) => core.returns.act({ flowId: flow.flowId, action }))
  const act = (action: ReturnAction) => void store.act((core) => core.returns.act({ flowId: flow.flowId, action }))
  return (
    <div className="assess">
      <Scrolled className="assess__main" label={words.say('verdict.answers')}>
        <h1 className="visually-hidden">{words.say('return.title')}</h1>
        <VerdictHead verdict={flow.verdict} />
        <UnitStrip unit={flow.unit} />
        <Findings verdict={flow.verdict} />
        <UnitDetails unit={flow.unit} />
      </Scrolled>
      <aside className="assess__side">
        <div className="card stack assess__questions">
          <ChoiceGroup
            label={words.say('return.reason')}
            chosen={flow.reason}
            keys={KEYS.returnReasons}
            choices={flow.reasonChoices.map((id) => ({ id, words: words.sayCode(`return-reason.${id}`, {}, id) }))}
            onChoose={(reason) => choose({ do: 'give-reason', reason })}
          />
          <ChoiceGroup
            label={words.say('return.condition')}
            chosen={flow.condition}
            keys={KEYS.returnConditions}
            choices={flow.conditionChoices.map((id) => ({ id, words: words.say(`condition.${id}`) }))}
            onChoose={(condition) => choose({ do: 'grade', condition })}
          />
        </div>
        <RefundCard flow={flow} act={act} onApprove={() => setApproving(true)} />
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
      {approving && flow.missing.includes('approval') ? (
        <ApprovalDialog
          approvers={flow.approvers}
          onClose={() => setApproving(false)}
          onApprove={(staffId, pin) =>
            store.act((core) => core.returns.act({ flowId: flow.flowId, action: { do: 'approve', staffId, pin } }))
          }
        />
      ) : null}
    </div>
  )
}

interface RefundCardProps {
  readonly flow: Assess
  readonly act: (action: ReturnAction) => void
  readonly onApprove: () => void
}

function RefundCard({ flow, act, onApprove }: RefundCardProps) {
  const words = useWords()
  const { refund, missing } = flow
  if (refund === null) {
    return (
      <section className="card">
        <p className="tendering__label">{words.say('return.no-refund')}</p>
      </section>
    )
  }
  const amount = words.money(refund.amount_cents, refund.currency)
  const onlyApproval = missing.length === 1 && missing[0] === 'approval'
  return (
    <section className="card totals">
      <p className="totals__total">
        <span className="totals__label">{words.say('return.refund')}</span>
        <output className="amount amount--total">{amount}</output>
      </p>
      <p className="totals__row muted">
        <span>{words.say('return.refund-to', { tender: words.say(`tender.${refund.to}`) })}</span>
        <span>{words.say('return.refund-receipt', { receipt: refund.receiptNumber })}</span>
      </p>
      {flow.approvedBy === null ? null : (
        <p className="chip chip--good">
          <ToneSign tone="good" size={16} />
          {words.say('return.approved-by', { name: flow.approvedBy })}
        </p>
      )}
      {missing.length === 0 ? null : (
        <p className="refund__missing" role="status">
          {words.say('return.missing')} {missing.map((one) => words.say(`return.missing-${one}`)).join(', ')}
        </p>
      )}
      {onlyApproval ? (
        <Button tone="primary" size="huge" icon={ShieldCheck} hotkey={KEYS.finish} onPress={onApprove}>
          {words.say('return.approve')}
        </Button>
      ) : (
        <Button
          tone="primary"
          size="huge"
          icon={HandCoins}
          hotkey={KEYS.finish}
          isDisabled={missing.length > 0}
          onPress={() => act({ do: 'refund' })}
        >
          {words.say('return.refund-do', { amount })}
        </Button>
      )}
    </section>
  )
}

interface ApprovalDialogProps {
  readonly approvers: readonly StaffTile[]
  readonly onClose: () => void
  readonly onApprove: (staffId: string, pin: string) => Promise<boolean>
}

/** One act with another person's PIN; the cashier stays signed in. It closes when the view says it is approved. */
function ApprovalDialog({ approvers, onClose, onApprove }: ApprovalDialogProps) {
  const words = useWords()
  const { refusal } = useDeskState()
  const [chosenId, setChosenId] = useState<string | null>(approvers.length === 1 ? (approvers[0]?.staffId ?? null) : null)
  const chosen = approvers.find((tile) => tile.staffId === chosenId)
  return (
    <Dialog title={words.say('return.approve-title')} width="narrow" onClose={onClose}>
      <p className="prose">{words.say('return.approve-who')}</p>
      <StaffTiles staff={approvers} chosenId={chosenId} onChoose={setChosenId} />
      {chosen === undefined ? null : (
        <PinPad
          key={chosen.staffId}
          title={words.say('sign-in.pin-of', { name: chosen.name })}
          doLabel={words.say('return.approve-do')}
          onPin={(pin) => onApprove(chosen.staffId, pin)}
        />
      )}
      {refusal === null ? null : (
        <p className="sign-in__refusal tone tone--stop" role="alert">
          <ToneSign tone="stop" />
          {words.refusal(refusal.code, refusal.params)}
        </p>
      )}
    </Dialog>
  )
}
