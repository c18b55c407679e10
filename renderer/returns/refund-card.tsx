import { HandCoins } from 'lucide-react'
import type { ReturnAction, ReturnView } from '../../contract/return-view.ts'
import { KEYS } from '../keys/keymap.ts'
import { Button } from '../parts/button.tsx'
import { ChoiceGroup } from '../parts/choice-group.tsx'
import { useWords } from '../words/words-context.tsx'
import { ApproveButton } from './approve-button.tsx'
import { StillMissing } from './still-missing.tsx'

type Assess = Extract<ReturnView, { at: 'assess' }>

interface RefundCardProps {
  readonly flow: Assess
  readonly act: (action: ReturnAction) => void
}

/** The money: how much, to which tender, what is still missing, and the key that does it. */
export function RefundCard({ flow, act }: RefundCardProps) {
  const words = useWords()
  const { refund, missing } = flow
  if (refund === null) {
    return (
      <section className="card">
        <p className="tendering__label">{words.say('return.no-refund')}</p>
        {flow.whyNot === null ? null : <p className="prose">{words.sayCode(`notice.${flow.whyNot}`)}</p>}
      </section>
    )
  }
  const { currency } = refund
  const amount = words.money(refund.amount_cents + refund.rounding_cents, currency)
  const onlyApproval = missing.length === 1 && missing[0] === 'approval'
  return (
    <section className="card totals">
      <p className="totals__total">
        <span className="totals__label">{words.say('return.refund')}</span>
        <output className="amount amount--total">{amount}</output>
      </p>
      {refund.pays.length < 2 ? (
        <p className="totals__row muted">
          <span>{words.say('return.refund-to', { tender: words.say(`tender.${refund.pays[0]?.kind ?? 'store-credit'}`) })}</span>
          <span>{refund.receiptNumbers.length === 0 ? words.say('return.no-record') : words.say('return.receipts', { receipts: refund.receiptNumbers.join(', ') })}</span>
        </p>
      ) : (
        refund.pays.map(({ kind, amount_cents }) => (
          <p key={kind} className="totals__row muted">
            <span>{words.say('return.refund-to', { tender: words.say(`tender.${kind}`) })}</span>
            <span className="amount">{words.money(amount_cents, currency)}</span>
          </p>
        ))
      )}
      {flow.onlyCredit_cents === 0 || flow.onlyCredit_cents === refund.amount_cents ? null : (
        <p className="totals__row muted">{words.say('return.only-credit', { amount: words.money(flow.onlyCredit_cents, currency) })}</p>
      )}
      {flow.deducted_cents === 0 ? null : (
        <p className="totals__row muted">{words.say('return.deducted', { amount: words.money(flow.deducted_cents, currency) })}</p>
      )}
      {flow.mayHaveCredit && refund.receiptNumbers.length > 0 ? (
        <ChoiceGroup
          label={words.say('return.pay-as')}
          chosen={flow.payAs}
          choices={[{ id: 'original', words: words.say('return.pay-original') }, { id: 'store-credit', words: words.say('return.pay-credit') }]}
          onChoose={(as) => act({ do: 'pay-as', as })}
        />
      ) : null}
      {flow.countedHere === true ? <p className="totals__row muted">{words.say('return.counted-here')}</p> : null}
      <StillMissing approvedBy={flow.approvedBy} missing={missing.map((one) => words.say(`return.missing-${one}`))} />
      {onlyApproval ? (
        <ApproveButton why={flow.approvalFor} onApprove={(note) => act({ do: 'approve', note })} />
      ) : (
        <Button tone="primary" size="huge" icon={HandCoins} hotkey={KEYS.finish} isDisabled={missing.length > 0} onPress={() => act({ do: 'refund' })}>
          {words.say('return.refund-do', { amount })}
        </Button>
      )}
    </section>
  )
}
